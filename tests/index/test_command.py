"""`zhiheng index` from a table to its files."""

from __future__ import annotations

import csv
import json

import pytest

from forms.cli import main

FRAMEWORK = """code = "x"
language = "en"
title = { zh = "甲", en = "x" }
[index]
impute = "median"
outliers = { most = 2 }
[index.robustness]
weights = 0.3
[[node]]
code = "n"
name = { zh = "组", en = "group" }
[[indicator]]
code = "n.1"
kind = "number"
name = { zh = "一", en = "one" }
number = { scale = "minmax" }
[[indicator]]
code = "n.2"
kind = "number"
name = { zh = "二", en = "two" }
number = { scale = "minmax", direction = "down" }
[[indicator]]
code = "q"
kind = "yesno"
name = { zh = "三", en = "three" }
"""
NAMES = ["甲市", "=1+1", "</script>", "🏙️ 城", "㙍𡐓县", "two\nlines", "甲市", "a,b"]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "f").mkdir()
    (tmp_path / "f" / "framework.toml").write_text(FRAMEWORK, encoding="utf-8")
    with (tmp_path / "t.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["名称", "代码", "n.1", "n.2", "q"])
        for place, name in enumerate(NAMES):
            writer.writerow(
                [name, f"c{place}", "" if place == 3 else place + 1, 10 - place, "是" if place % 2 else "否"]
            )
    return tmp_path


def run(folder, *more, out="out"):
    return main(["--language", "en", "index", "--framework", str(folder / "f"), "--data", str(folder / "t.csv"),
                 "--out", str(folder / out), *more])  # fmt: skip


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_scores_places_and_changed_cells_are_written(folder):
    assert run(folder) == 0
    scores, ranks, cells = (rows(folder / "out" / f"{name}.csv") for name in ("scores", "ranks", "cells"))
    assert list(scores[0]) == ["unit", "code", "stage", "stage_held", "coverage", "total", "n", "n.1", "n.2", "q"]
    assert len(scores) == len(ranks) == len(NAMES)
    assert [row["code"] for row in scores] == [f"c{place}" for place in range(8)]
    for row in scores:
        assert float(row["n"]) == pytest.approx((float(row["n.1"]) + float(row["n.2"])) / 2)
        assert float(row["total"]) == pytest.approx((float(row["n"]) + float(row["q"])) / 2)
    assert [(row["code"], row["item"], row["change"], row["before"], row["after"]) for row in cells] == [
        ("c3", "n.1", "imputed", "", "5.0")
    ]
    assert float(scores[3]["coverage"]) == 0.75
    best = max(range(8), key=lambda place: float(scores[place]["total"]))
    assert ranks[best]["rank"] == "1"


def test_hostile_names_are_text_and_come_back(folder):
    assert run(folder) == 0
    names = [row["unit"] for row in rows(folder / "out" / "scores.csv")]
    assert names == [f"'{name}" if name.startswith("=") else name for name in NAMES]


def test_the_recipe_is_stored_with_the_result_and_the_same_run_gives_the_same_bytes(folder):
    for out in ("one", "two"):
        assert run(folder, "--robust", "50", "--seed", "7", out=out) == 0
    for name in ("scores.csv", "ranks.csv", "cells.csv", "result.json"):
        assert (folder / "one" / name).read_bytes() == (folder / "two" / name).read_bytes()
    result = json.loads((folder / "one" / "result.json").read_text("utf-8"))
    recipe = result["recipe"]
    assert len(recipe["framework"]["digest"]) == 64
    assert recipe["program"]
    assert len(recipe["table"]) == 64
    assert recipe["impute"] == "median"
    assert recipe["outliers"] == {"most": 2, "skew": 2.0, "kurtosis": 3.5, "otherwise": "log"}
    assert recipe["scales"]["n.1"] == {"scale": "minmax", "range": [0.0, 100.0]}
    assert (result["robustness"]["draws"], result["robustness"]["seed"]) == (50, 7)
    assert result["robustness"]["varied"] == {"weights": {"share": 0.3, "at": "all"}}
    assert (result["units"], result["imputed"]) == (8, 1)


def test_places_over_the_draws_stand_beside_the_place(folder):
    assert run(folder, "--robust", "200", "--seed", "1") == 0
    for row in rows(folder / "out" / "ranks.csv"):
        assert 1 <= float(row["rank_low"]) <= float(row["rank_median"]) <= float(row["rank_high"]) <= 8


def test_json_goes_to_the_screen(folder, capsys):
    assert run(folder, "--json") == 0
    assert json.loads(capsys.readouterr().out)["scored"] == 8


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--robust", "10"), "A robustness run needs a seed"),
        (("--mode", "festive"), "The framework has no mode festive."),
    ],
)
def test_what_is_missing_is_said_in_one_sentence(folder, capsys, more, words):
    assert run(folder, *more) == 1
    said = capsys.readouterr().err
    assert words in said
    assert len(said.strip().splitlines()) == 1


def test_a_workbook_is_read_like_a_text_table(folder):
    import openpyxl

    book = openpyxl.Workbook()
    for row in csv.reader((folder / "t.csv").open(encoding="utf-8", newline="")):
        book.active.append([float(cell) if cell.replace(".", "").isdigit() else cell or None for cell in row])
    for cell in book.active["A"]:
        cell.data_type = "s"
    book.save(folder / "t.xlsx")
    assert run(folder) == 0
    assert main(["--language", "en", "index", "--framework", str(folder / "f"), "--data", str(folder / "t.xlsx"),
                 "--out", str(folder / "book")]) == 0  # fmt: skip
    ours, theirs = rows(folder / "out" / "scores.csv"), rows(folder / "book" / "scores.csv")
    assert [row["total"] for row in ours] == [row["total"] for row in theirs]


def test_a_level_takes_its_own_items_and_an_unknown_one_is_told(tmp_path, capsys):
    (tmp_path / "t.csv").write_text("name,ST1.1\n甲县,3\n乙县,4\n", encoding="utf-8")
    table = ["--framework", "zhiheng", "--data", str(tmp_path / "t.csv"), "--mode", "self"]
    for tier in ("市", "县"):
        assert main(["--language", "en", "index", *table, "--tier", tier, "--out", str(tmp_path / tier)]) == 0
    city, county = (rows(tmp_path / tier / "scores.csv")[0] for tier in ("市", "县"))
    assert set(county) < set(city)
    assert "ST1.1" in county
    capsys.readouterr()
    assert main(["--language", "en", "index", *table, "--tier", "国", "--out", str(tmp_path / "x")]) == 1
    assert "The framework has no administrative level 国." in capsys.readouterr().err
