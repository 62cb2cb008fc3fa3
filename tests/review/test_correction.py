"""The sheet of a unit: problem, basis, what to do; and the workbooks, in which text stays text."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from assess.answers import Evidence
from assess.measure.score import score
from assess.problems import Problem
from assess.review import books, correction, sampling, steps
from tests.review.conftest import LI, level

HOSTILE = "=1+1\n</script> 😀 㙍𡐓 \x07"
DAY = date(2026, 8, 1)


def sheets(document, **asked):
    scores = score(document.framework, document.sheet)
    return correction.corrections(document.framework, document.sheet, scores, issued=date(2026, 7, 22), **asked)


def returned(create):
    document = create({"ST1.1": level(4), "ME1.4": level(3)}, unit=f"甲市{HOSTILE}".replace("\x07", ""))
    document.add_evidence("ME1.4", Evidence("", "办法"))
    document.act_as(LI)
    document.answer("ST1.1", level(1), "review")
    steps.take(document, ["ST1.1", "ST1.3"], "return", reason=HOSTILE, demand="补文号", deadline=DAY)
    steps.take(document, ["ME1.4"], "return", reason="口径不符", deadline=date(2026, 7, 30))
    return document


def english(messages):
    return " ".join(message.render("en") for message in messages)


def test_every_line_says_problem_basis_and_what_to_do(create):
    found = sheets(returned(create))
    lines = {line.code: line for one in found for line in one.lines}
    first = lines["ST1.1"]
    assert "3 levels apart" in english(first.problem)
    assert "No evidence is registered" in english(first.problem)
    assert "Level 4 demands" in english(first.basis)
    assert "Level 1 demands" in english(first.basis)
    assert english(first.demand) == "补文号"
    assert first.deadline == DAY
    assert "has not been answered" in english(lines["ST1.3"].problem)
    assert lines["ME1.4"].problem[0].render("zh") == "口径不符"
    assert lines["ME1.4"].demand
    assert all(line.problem and line.basis and line.demand for line in lines.values())


def test_there_is_one_sheet_for_each_unit_with_its_earliest_day(create):
    document = returned(create)
    found = sheets(document)
    assert len(found) == len({one.unit.to("zh") for one in found}) > 1
    for one in found:
        assert one.deadline == min(line.deadline for line in one.lines)
        assert [line.number for line in one.lines] == list(range(1, len(one.lines) + 1))
    only = sheets(document, unit=found[0].unit.to("zh"))
    assert only == (found[0],)
    assert sheets(document, unit="没有这个单位") == ()


def test_what_was_rated_lower_is_a_sheet_of_its_own_kind(create):
    document = create({"ST1.1": level(4), "ST1.3": level(3), "ST2.1": level(2)})
    document.act_as(LI)
    for code, given in (("ST1.1", 3), ("ST1.3", 3), ("ST2.1", 3)):
        document.set_cells(steps.confirming(code, value=level(given)), steps.KIND)
    assert sheets(document) == ()
    (one,) = sheets(document, scope="lowered")
    assert [line.code for line in one.lines] == ["ST1.1"]
    assert one.deadline is None


def test_the_workbook_holds_text_and_never_a_formula(create, tmp_path: Path):
    path = tmp_path / "整改单.xlsx"
    found = sheets(returned(create))
    for language in ("zh", "en"):
        books.write_corrections(found, path, language)
        book = openpyxl.load_workbook(path)
        assert len(book.sheetnames) == len(found)
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert not [cell for cell in cells if cell.data_type == "f"]
        assert any("=1+1" in str(cell.value) for cell in cells)
        assert any("㙍𡐓" in str(cell.value) for cell in cells)
        assert all("\x07" not in str(cell.value) for cell in cells)


def test_names_of_units_that_no_sheet_may_have_are_made_fit(create, tmp_path: Path):
    document = create({"ST1.1": level(4), "ST1.3": level(4), "ST2.1": level(3)})
    names = {"ST1.1": "甲/乙:[一]*?" + "长" * 40, "ST1.3": "甲/乙:[二]*?" + "长" * 40, "ST2.1": "'"}
    document.set_cells({(code, "assignment"): {"lead": name} for code, name in names.items()})
    document.act_as(LI)
    steps.take(document, list(names), "return", reason="缺件", deadline=DAY)
    path = tmp_path / "a.xlsx"
    books.write_corrections(sheets(document), path)
    titles = openpyxl.load_workbook(path).sheetnames
    assert len(titles) == len(set(titles)) == 3
    assert all(1 <= len(title) <= 31 for title in titles)


def test_nothing_returned_is_said_and_no_file_is_written(create, tmp_path: Path):
    with pytest.raises(Problem) as caught:
        books.write_corrections(sheets(create()), tmp_path / "a.xlsx")
    assert caught.value.code == "review.no-lines"
    assert not list(tmp_path.glob("*.xlsx"))


def test_a_folder_that_is_not_there_is_a_problem(create, tmp_path: Path):
    with pytest.raises(Problem) as caught:
        books.write_corrections(sheets(returned(create)), tmp_path / "没有" / "a.xlsx")
    assert caught.value.code == "review.unwritten"


def test_the_printed_sample_is_enough_to_draw_it_again(create, tmp_path: Path):
    document = create({code: level(4) for code in ("ST1.1", "ST1.3", "ST2.1", "ME1.4", "SH1.1")})
    listed = sampling.candidates(document.framework, document.sheet, score(document.framework, document.sheet))
    found = sampling.draw(listed, seed="20260722", size=3)
    path = tmp_path / "抽样表.xlsx"
    books.write_sample(document.framework, found, path)
    sheet = openpyxl.load_workbook(path).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert any("20260722" in str(row[0]) for row in rows)
    table = [row for row in rows if row[2] in {one.code for one in listed}]
    assert len(table) == 5
    drawn = {row[2] for row in table if row[1]}
    assert drawn == set(found.codes)
    by_stratum: dict[str, list[tuple[float, str, bool]]] = {}
    for row in table:
        by_stratum.setdefault(row[4], []).append((float(row[8]), row[2], bool(row[1])))
    for group in by_stratum.values():
        marks = [mark for _key, _code, mark in sorted(group)]
        assert marks == sorted(marks, reverse=True)  # the smallest keys are those drawn
