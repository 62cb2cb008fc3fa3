"""Answers and scores as open files: the same content in every format, the schema holds, JSON comes back as it went."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import jsonschema
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.answers import Answer, Evidence, Profile, Sheet
from assess.assessment import Assessment, Author
from assess.exchange.parquet import grid
from assess.framework.read import builtin
from assess.framework.tiers import tailored
from assess.interchange import documents
from assess.interchange.files import write
from assess.interchange.tables import flat
from assess.measure.score import score
from assess.problems import Problem
from assess.samples.cities import cities
from forms.cli import main
from forms.commands.run import now

HOSTILE = '=1+1 </script> 🎉 㙍𡐓\n"'


def sheet(*, unit: str = "衡川市") -> Sheet:
    answers = {
        "ST1.1": Answer.of_level(3, ("3.1",)),
        "SE4.2": Answer.of_choice("no"),
        "ST2.2": Answer.of_ticks(()),
        "ME2.2": Answer.of_number(result="85.30", source=HOSTILE),
        "SE2.1": Answer.of_number("3", "4"),
        "ST1.2": Answer.no_data("未建台账"),
        "ST1.3": Answer.not_applicable(HOSTILE),
    }
    kinds = {code: builtin().indicators[code].kind for code in answers}
    fits = {c: a for c, a in answers.items() if a.kind in (kinds[c], "na", "nd")}
    made = Sheet.of(Profile(unit, year=2026), fits)
    piece = Evidence("e1", HOSTILE, number="衡发〔2026〕1号").to_json()
    return made.with_cells({("ST1.1", "note"): HOSTILE, ("ST1.1", "evidence/e1"): piece})


def data(made: Sheet):
    framework = tailored(builtin(), made.profile)
    return framework, documents.document(framework, made, score(framework, made))


def test_every_sample_city_follows_the_published_schema():
    checker = jsonschema.Draft202012Validator(documents.schema())
    checker.check_schema(documents.schema())
    for city in cities():
        _, written = data(city.sheet)
        checker.validate([json.loads(json.dumps(written, allow_nan=False))])


def test_json_comes_back_as_it_went(tmp_path: Path):
    made = sheet()
    framework, written = data(made)
    path = tmp_path / "x.json"
    write((), [written], path)
    back = documents.read(path, framework)
    expected = {cell: value for cell, value in made.cells.items() if not cell[1].startswith("evidence/")}
    assert back == expected
    jsonschema.validate(json.loads(path.read_text("utf-8")), documents.schema())


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
def test_the_tables_are_the_same_in_every_format(tmp_path: Path, kind: str):
    made = sheet(unit=HOSTILE)
    framework, written = data(made)
    tables = flat(framework, made, score(framework, made))
    paths = write(tables, [written], tmp_path / f"x.{kind}")
    for table in tables:
        if kind == "xlsx":
            rows = [list(row) for row in openpyxl.load_workbook(paths[0])[table.name].values]
        elif kind == "csv":
            with (tmp_path / f"x.{table.name}.csv").open(encoding="utf-8-sig", newline="") as stream:
                rows = [[cell.removeprefix("'") for cell in row] for row in csv.reader(stream)]
        else:
            rows = [list(row) for row in grid(tmp_path / f"x.{table.name}.parquet").rows]
        assert rows[0] == list(table.columns)
        assert len(rows) == len(table.rows) + 1
        for found, expected in zip(rows[1:], table.rows, strict=True):
            for one, other in zip(found, expected, strict=True):
                if isinstance(other, str):
                    assert str(one or "").split() == other.split()
                elif other is None:
                    assert one in (None, "")
                else:
                    assert float(one) == pytest.approx(float(other))


def test_formulas_stay_words(tmp_path: Path):
    made = sheet(unit="=1+1")
    framework, written = data(made)
    tables = flat(framework, made, score(framework, made))
    path = write(tables, [written], tmp_path / "x.xlsx")[0]
    cell = openpyxl.load_workbook(path)["answers"]["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    write(tables, [written], tmp_path / "x.csv")
    assert "\n'=1+1," in (tmp_path / "x.answers.csv").read_text("utf-8-sig").replace("\r", "")


def test_values_are_short_words_that_never_change_with_the_language():
    made = sheet()
    framework = tailored(builtin(), made.profile)
    zh, en = (flat(framework, made, score(framework, made), language)[0] for language in ("zh", "en"))
    place = list(zh.columns).index("value")
    item = list(zh.columns).index("item")
    assert [row[place] for row in zh.rows] == [row[place] for row in en.rows]
    found = {row[item]: row[place] for row in zh.rows}
    assert found["ST1.1"] == "3"
    assert found["ST1.2"] == "ND"
    assert found["ST1.3"] == "NA"
    assert found["SE2.1"] == "3/4"


def test_nothing_answered_gives_headings_alone_and_a_valid_document(tmp_path: Path):
    empty = Sheet(Profile("空"))
    framework, written = data(empty)
    answers, scores = flat(framework, empty, score(framework, empty))
    assert answers.rows == ()
    assert scores.rows
    jsonschema.validate([written], documents.schema())
    for kind in ("csv", "xlsx", "parquet", "json"):
        assert write((answers, scores), [written], tmp_path / f"x.{kind}")


def _one(answers: str) -> str:
    """One document with answers of one item."""
    return '[{"schema": 1, "framework": {"code": "zhiheng"}, "items": {"ST1.1": {"answers": ' + answers + "}}}]"


BAD = {
    "not json": ("{", "json.unreadable"),
    "nothing": ("[]", "json.several"),
    "another schema": ('[{"schema": 2}]', "json.schema"),
    "another framework": ('[{"schema": 1, "framework": {"code": "x"}}]', "json.framework"),
    "an unknown item": ('[{"schema": 1, "framework": {"code": "zhiheng"}, "items": {"Q9": {}}}]', "json.item"),
    "a wrong kind": (
        _one('{"self": {"kind": "yesno"}}'),
        "json.answer",
    ),
    "a wrong type": (
        _one('{"self": {"kind": "level", "level": "3"}}'),
        "json.answer",
    ),
    "an unknown column": (
        _one('{"x": {"kind": "nd"}}'),
        "json.answer",
    ),
}


@pytest.mark.parametrize(("text", "code"), BAD.values(), ids=BAD)
def test_a_file_that_does_not_fit_is_refused_whole(tmp_path: Path, text: str, code: str):
    path = tmp_path / "x.json"
    path.write_text(text, "utf-8")
    with pytest.raises(Problem) as caught:
        documents.read(path, builtin())
    assert caught.value.code == code
    assert caught.value.sentence("zh")


plain = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
anything = st.recursive(
    plain, lambda one: st.lists(one, max_size=3) | st.dictionaries(st.text(max_size=8), one, max_size=3)
)


@settings(max_examples=40)
@given(anything)
def test_any_json_is_read_or_refused_in_words(tmp_path_factory, found):
    path = tmp_path_factory.mktemp("any") / "x.json"
    path.write_text(json.dumps(found), "utf-8")
    with pytest.raises(Problem):
        documents.read(path, builtin())


def test_the_command_writes_every_format_and_reads_json_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    city = cities()[0]
    path = tmp_path / "甲.zhd"
    made = Assessment.create(path, builtin(), city.profile, author=Author(role="command line"), now=now)
    made.set_cells(dict(city.cells))
    made.close()
    for kind in ("csv", "xlsx", "json", "parquet"):
        assert main(["export", str(path), str(path), "--out", str(tmp_path / f"x.{kind}"), "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["documents"] == 2
    assert main(["export", "--schema"]) == 0
    assert json.loads(capsys.readouterr().out) == documents.schema()
    assert main(["export", str(path), "--out", str(tmp_path / "one.json")]) == 0
    blank = tmp_path / "乙.zhd"
    assert main(["new", str(blank), "--unit", city.profile.unit, "--tier", city.profile.tier]) == 0
    assert main(["answer", str(blank), "--from", str(tmp_path / "one.json")]) == 0
    opened = Assessment.open(blank, author=Author(), now=now)
    assert opened.sheet.answers() == city.sheet.answers()
    opened.close()
    capsys.readouterr()
    assert main(["export", str(path), "--out", str(tmp_path / "x.odt")]) == 1
    assert main(["export"]) == 1
    assert "Traceback" not in capsys.readouterr().err
