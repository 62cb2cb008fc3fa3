"""An inspection of websites, worked by hand: a veto, points off 100, 60 to pass, a bonus from 80, experts."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from assess.answers import Answer, Profile, Sheet
from assess.framework.read import read as read_framework
from assess.framework.settled import chosen
from assess.index.chain import index
from assess.index.robust import robust
from assess.index.table import read
from assess.measure.lines import again
from assess.measure.score import score
from assess.measure.trace import trace
from forms.cli import main
from tests.index.tables import parquet

FOLDER = Path(__file__).parent.parent / "data" / "website-inspection"
FRAMEWORK = read_framework(FOLDER)
HEAD = ("unit", "tier", "V1", "K1", "K2", "K3", "B1", "B2", "X1")
ROWS = {
    # 100 − 6 − 5 = 89; 12 + 8 = 20 bonus, 109 is held at 100; 0.7 × 100 + 0.3 × 70 = 91
    "甲市": (("市", "no", 3, 1, 0, "yes", 2, 70), 89, 100, 91.0, 3),
    # 100 − 20 − 20 − 15 = 45: no bonus; 0.7 × 45 + 0.3 × 90 = 58.5
    "乙市": (("市", "no", 10, 4, 5, "yes", 0, 90), 45, 45, 58.5, 1),
    # 100 − 10 − 10 = 80: the bonus counts from 80; 92; 0.7 × 92 + 0.3 × 80 = 88.4
    "丙市": (("市", "no", 5, 2, 0, "yes", 0, 80), 80, 92, 88.4, 3),
    # 100 − 20 − 5 = 75: no bonus; 0.7 × 75 + 0.3 × 100 = 82.5
    "丁市": (("市", "no", 10, 1, 0, "yes", 4, 100), 75, 75, 82.5, 2),
    # the veto takes everything: 0.3 × 100 = 30
    "戊市": (("市", "yes", 0, 0, 0, "yes", 4, 100), 0, 0, 30.0, 1),
    # 100 − 20 − 25 = 55: in the band of 60 to 85 through the experts alone, and failed; 0.7 × 55 + 30 = 68.5
    "己市": (("市", "no", 10, 5, 0, "no", 0, 100), 55, 55, 68.5, 1),
    # counties: experts count 20 %: 0.8 × 100 + 0.2 × 70 = 94
    "庚县": (("县", "no", 3, 1, 0, "yes", 2, 70), 89, 100, 94.0, 3),
}


def sheet(name: str) -> Sheet:
    tier, *values = ROWS[name][0]
    answers = {
        code: Answer.of_choice(value) if isinstance(value, str) else Answer.of_number(str(value))
        for code, value in zip(HEAD[2:], values, strict=True)
    }
    return Sheet.of(Profile(name, tier=str(tier), mode="self"), answers)


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "t.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEAD)
        writer.writerows((name, *row[0]) for name, row in ROWS.items())
    return path


@pytest.mark.parametrize("name", ROWS)
def test_a_document_is_scored_as_by_hand(name):
    found = score(FRAMEWORK, sheet(name))
    _, left, inspected, total, stage = ROWS[name]
    assert found.score_of("K") == pytest.approx(left)
    assert found.score_of("W") == pytest.approx(inspected)
    assert found.base == pytest.approx(total)
    assert found.gated_stage is not None
    assert found.gated_stage.level == stage


def test_a_table_is_scored_as_by_hand(table):
    found = index(FRAMEWORK, read(table, FRAMEWORK), mode="self")
    for row, (_, left, inspected, total, stage) in enumerate(ROWS.values()):
        assert found.of("K")[row] == pytest.approx(left)
        assert found.of("W")[row] == pytest.approx(inspected)
        assert found.total[row] == pytest.approx(total)
        assert found.held[row] == stage
    assert found.lines.in_force["V"].tolist() == [name == "戊市" for name in ROWS]


def test_a_document_and_a_table_agree_to_the_last_bit_at_every_node(table):
    found = index(FRAMEWORK, read(table, FRAMEWORK), mode="self")
    for row, name in enumerate(ROWS):
        own = score(FRAMEWORK, sheet(name))
        for code in found.scores:
            assert own.score_of(code) == found.of(code)[row]


@pytest.mark.parametrize("name", ROWS)
def test_every_line_of_the_trace_adds_up_again(name):
    found = trace(FRAMEWORK, sheet(name), score(FRAMEWORK, sheet(name)), "total")
    for _, line in found.root.walk():
        assert again(line) == line.value
    said = "\n".join(found.lines("en"))
    assert "Points lost taken off 100" in said
    assert "the points of the others where it reaches 80, at most 100" in said


def test_points_lost_and_won_add_up_to_what_the_items_contribute():
    found = score(FRAMEWORK, sheet("丁市"))
    lost = sum(found.items[code].share * (100 - found.items[code].score) for code in ("K1", "K2", "K3"))
    assert lost == pytest.approx(0.7 * 25)


def test_the_weight_set_of_the_tier_holds_by_itself_and_a_scenario_can_be_chosen(table):
    data = read(table, FRAMEWORK)
    own = index(FRAMEWORK, data, mode="self")
    assert own.recipe["weight_sets"]["county"]["units"] == 1
    machine = index(chosen(FRAMEWORK, "machine"), data, mode="self")
    assert machine.total[0] == pytest.approx(0.9 * 100 + 0.1 * 70)
    assert machine.total[-1] == pytest.approx(97)
    assert machine.recipe["weight_sets"]["machine"]["units"] == len(ROWS)
    assert score(chosen(FRAMEWORK, "只看检查结果为主"), sheet("甲市")).base == pytest.approx(97)


def test_a_table_without_tiers_says_that_the_set_does_not_hold(tmp_path):
    (tmp_path / "t.csv").write_text("unit,X1\n甲县,50\n乙县,60\n", encoding="utf-8")
    found = index(FRAMEWORK, read(tmp_path / "t.csv", FRAMEWORK), mode="self")
    assert [one.subject for one in found.findings if one.code == "index.unit-kind"] == ["tier"]


def test_places_over_draws_use_the_set_of_each_unit(table):
    data = read(table, FRAMEWORK)
    found = robust(FRAMEWORK, data, 200, 1, mode="self", share=1e-9)
    assert found.median.tolist() == index(FRAMEWORK, data, mode="self").ranks().tolist()


def test_the_command_scores_the_scheme_and_names_what_was_in_force(table, tmp_path):
    args = ["--language", "en", "index", "--framework", str(FOLDER), "--data", str(table), "--mode", "self"]
    assert main([*args, "--out", str(tmp_path / "own")]) == 0
    assert main([*args, "--out", str(tmp_path / "chosen"), "--weights", "machine"]) == 0
    own, other = (json.loads((tmp_path / name / "result.json").read_text("utf-8")) for name in ("own", "chosen"))
    assert own["red_lines"] == {"V": 1}
    assert list(own["recipe"]["weight_sets"]) == ["county"]
    assert list(other["recipe"]["weight_sets"]) == ["machine"]
    assert other["recipe"]["weight_sets"]["machine"]["weights"]["W"] == 90
    assert own["stages_held"] == {"1": 3, "2": 1, "3": 3}


def test_an_unknown_set_of_weights_is_one_sentence(table, tmp_path, capsys):
    args = ["--language", "en", "index", "--framework", str(FOLDER), "--data", str(table), "--out", str(tmp_path / "o")]
    assert main([*args, "--weights", "machin"]) == 1
    assert capsys.readouterr().err.strip().splitlines()[-1] == (
        "The framework has no set of weights named machin, and there is no such file. Did you mean machine?"
    )


def test_340_cities_of_a_scheme_from_a_parquet_table(tmp_path):
    random = np.random.default_rng(3)
    count = 340
    columns = {
        "unit": ("text", [f"城{n}" for n in range(count)]), "tier": ("text", ["市"] * count),
        "V1": ("flag", (random.random(count) < 0.05).tolist()), "B1": ("flag", (random.random(count) < 0.5).tolist()),
        **{code: ("whole", random.integers(0, top, count).tolist())
           for code, top in (("K1", 11), ("K2", 9), ("K3", 11), ("B2", 5), ("X1", 101))},
    }  # fmt: skip
    found = index(FRAMEWORK, read(parquet(tmp_path / "t.parquet", columns), FRAMEWORK), mode="self")
    off = 2 * np.array(columns["K1"][1]) + 5 * np.array(columns["K2"][1]) + 3 * np.array(columns["K3"][1])
    left = np.maximum(0, 100 - off - 100 * np.array(columns["V1"][1]))
    extra = np.minimum(20, 12 * np.array(columns["B1"][1]) + 4 * np.array(columns["B2"][1]))
    inspected = np.where(left >= 80, np.minimum(100, left + extra), left)
    assert found.total == pytest.approx(0.7 * inspected + 0.3 * np.array(columns["X1"][1]))
