"""What a form changes is shown before anything changes, and is taken in one operation in the filler's name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assess.answers import Answer, Evidence
from assess.assessment import Assessment, Author
from assess.framework.read import builtin
from assess.problems import Problem
from assess.sheets.difference import differences
from assess.sheets.form import LEAVE, Form
from assess.sheets.reading import read
from assess.sheets.rivals import copies, rivals
from assess.sheets.taking import left_open, take_in
from assess.sheets.told import told
from assess.sheets.write import write
from tests.sheets.office import FEW, PROFILE, Book


@pytest.fixture
def document(tmp_path: Path) -> Iterator[Assessment]:
    """An assessment with two answers, open for writing."""
    clock = iter(datetime(2026, 11, 23, tzinfo=UTC) + timedelta(seconds=step) for step in range(10_000))
    opened = Assessment.create(
        tmp_path / "衡.zhd", builtin(), PROFILE, author=Author("王五", "数据局"), now=lambda: next(clock)
    )
    with opened:
        opened.answer("ST1.1", Answer.of_level(2, ("2.1",)))
        opened.note("ST1.1", "原说明")
        opened.answer("ST1.2", Answer.of_number(result="1.50"))
        yield opened


def issue(document: Assessment, name: str = "表.xlsx") -> Book:
    path = document.path.parent / name
    write(path, document.framework, document.sheet, assessment=document.id, items=FEW, unit="市委政法委")
    return Book(path)


def back(document: Assessment, book: Book) -> Form:
    return read(book.save(), document.framework, document.id)


def by_cell(document: Assessment, form: Form, choices=None, **how):
    return {one.cell: one for one in differences(document.sheet, form, choices, **how)}


def test_an_untouched_form_changes_nothing(document: Assessment) -> None:
    form = back(document, issue(document))
    assert not differences(document.sheet, form)
    before = document.sheet
    assert not take_in(document, form).cells
    assert document.sheet == before


def test_new_changed_and_noted(document: Assessment) -> None:
    book = issue(document).put("ST1.1", "4").put("ST2.1", "３级").put("ST1.1", "新说明", "note").put("ME2.1", "是")
    found = by_cell(document, back(document, book))
    assert {cell: one.kind for cell, one in found.items()} == {
        ("ST1.1", "self"): "changed",
        ("ST1.1", "note"): "changed",
        ("ST2.1", "self"): "new",
        ("ME2.1", "self"): "new",
    }
    one = found["ST1.1", "self"]
    assert (one.before["level"], one.after["level"], one.moved, one.taken) == (2, 4, False, True)
    assert one.place.startswith("填报表!D")


def test_it_lands_in_one_operation_in_the_name_of_the_filler_who_can_undo_it(document: Assessment) -> None:
    book = issue(document).put("ST1.1", "4").put("ST2.1", "3").cover("填报人", "张三").cover("职务", "科长")
    form = back(document, book)
    changes = take_in(document, form)
    assert changes.kind == "sheet"
    assert set(changes.cells) == {("ST1.1", "self"), ("ST2.1", "self")}
    assert document.sheet.answer("ST1.1") == Answer.of_level(4)
    event = document.history("ST1.1", "self")[-1]
    assert (event.author, event.unit, event.role) == ("张三", "市委政法委", "filler")
    assert len({event.action for code in ("ST1.1", "ST2.1") for event in document.history(code, "self")[-1:]}) == 1
    assert document.author.name == "王五"
    document.act_as(form.author)
    document.undo()
    assert document.sheet.answer("ST1.1") == Answer.of_level(2, ("2.1",))


def test_taking_the_same_form_twice_changes_nothing_the_second_time(document: Assessment) -> None:
    book = issue(document).put("ST1.1", "4").evidence(1, code="ST1.1", material="成立文件")
    form = back(document, book)
    take_in(document, form)
    again = read(form.path, document.framework, document.id)
    assert not differences(document.sheet, again)
    assert not take_in(document, again).cells


def test_what_the_document_has_gained_meanwhile_is_not_overwritten_by_what_the_form_left_alone(
    document: Assessment,
) -> None:
    book = issue(document).put("ST2.1", "3")
    document.answer("ST1.1", Answer.of_level(5))
    form = back(document, book)
    take_in(document, form)
    assert document.sheet.answer("ST1.1") == Answer.of_level(5)
    assert document.sheet.answer("ST2.1") == Answer.of_level(3)


def test_a_cell_changed_on_both_sides_waits_for_a_choice(document: Assessment) -> None:
    book = issue(document).put("ST1.1", "4")
    document.answer("ST1.1", Answer.of_level(5))
    form = back(document, book)
    one = by_cell(document, form)["ST1.1", "self"]
    assert one.moved
    assert not one.taken
    assert [left.cell for left in left_open(document.sheet, form)] == [("ST1.1", "self")]
    take_in(document, form)
    assert document.sheet.answer("ST1.1") == Answer.of_level(5)
    take_in(document, form, {("ST1.1", "self"): 0})
    assert document.sheet.answer("ST1.1") == Answer.of_level(4)


def test_the_same_change_on_both_sides_is_no_difference(document: Assessment) -> None:
    book = issue(document).put("ST1.1", "4")
    document.answer("ST1.1", Answer.of_level(4, ("4.1",)))
    assert not differences(document.sheet, back(document, book))


def test_doubtful_cells_are_taken_only_by_choice_or_when_readings_are_accepted(document: Assessment) -> None:
    book = issue(document).put("ST1.2", "约2次").put("ST2.1", "基本建成").put("ME2.1", "是")
    form = back(document, book)
    take_in(document, form)
    assert document.sheet.answer("ST1.2") == Answer.of_number(result="1.50")
    assert document.sheet.answer("ME2.1") == Answer.of_choice("yes")
    assert {one.cell for one in left_open(document.sheet, form)} == {("ST1.2", "self"), ("ST2.1", "self")}
    take_in(document, form, accept=True)
    assert document.sheet.answer("ST1.2") == Answer.of_number(result="2")
    assert document.sheet.answer("ST2.1") is None  # there is no reading to accept
    take_in(document, form, {("ST2.1", "self"): 3})
    assert document.sheet.answer("ST2.1") == Answer.of_level(3)


def test_a_doubt_without_a_reading_is_open_and_changes_nothing_until_chosen(document: Assessment) -> None:
    form = back(document, issue(document).put("ST1.1", "基本建成"))
    (one,) = differences(document.sheet, form)
    assert (one.kind, one.after == one.before, one.taken) == ("open", True, False)
    assert one.doubt is not None
    left = by_cell(document, form, {("ST1.1", "self"): LEAVE})
    assert not left["ST1.1", "self"].taken
    assert not left_open(document.sheet, form, {("ST1.1", "self"): LEAVE})


def test_a_certain_cell_can_be_left_as_it_is(document: Assessment) -> None:
    form = back(document, issue(document).put("ST1.1", "4"))
    take_in(document, form, {("ST1.1", "self"): LEAVE})
    assert document.sheet.answer("ST1.1") == Answer.of_level(2, ("2.1",))


def test_an_emptied_cell_is_emptied_only_by_choice(document: Assessment) -> None:
    form = back(document, issue(document).put("ST1.1", None))
    take_in(document, form, accept=True)
    assert document.sheet.answer("ST1.1") == Answer.of_level(2, ("2.1",))
    assert by_cell(document, form, {("ST1.1", "self"): 0})["ST1.1", "self"].kind == "cleared"
    take_in(document, form, {("ST1.1", "self"): 0})
    assert document.sheet.answer("ST1.1") is None


def test_evidence_is_registered_once_and_changed_with_its_file_kept(document: Assessment) -> None:
    attachment = document.path.parent / "a.pdf"
    attachment.write_bytes(b"%PDF")
    document.add_evidence("ST1.1", Evidence("", "成立文件", number="1号"), attachment)
    kept = document.sheet.evidence("ST1.1")[0]
    book = issue(document)
    book.evidence(1, number="衡办〔2025〕3号", grade="B", standing="是")
    book.evidence(
        2, code="ST2.2　政策文件", options="A、b", material="管理办法", date="2025-01-01", pages="1—3", place="机要室"
    )
    form = back(document, book)
    found = by_cell(document, form)
    assert sorted(one.kind for one in found.values()) == ["evidence_changed", "evidence_new"]
    take_in(document, form)
    changed = document.sheet.evidence("ST1.1")[0]
    assert changed == replace(kept, number="衡办〔2025〕3号", grade="B", in_force=True)
    assert changed.digest
    (new,) = document.sheet.evidence("ST2.2")
    assert (new.name, new.options, new.pages, new.place) == ("管理办法", ("A", "B"), "1—3", "机要室")


def test_lines_of_evidence_that_nobody_can_place_are_told(document: Assessment) -> None:
    book = issue(document)
    book.evidence(1, code="XX1", material="无主材料").evidence(2, code="ST1.1", number="3号")
    book.evidence(3, code="领导机构规格与运行", material="按名称写的").evidence(
        4, code="ST2.1", material="规划", grade="优"
    )
    form = back(document, book)
    assert {finding.code for finding in form.findings} == {"sheets.evidence-item", "sheets.evidence-name"}
    assert [cell[0] for cell in form.evidence] == ["ST1.1"]
    (doubt,) = form.doubts
    assert doubt.typed == "优"


@pytest.mark.parametrize("standing", ["foreign", "other_assessment", "other_framework", "older_framework", "altered"])
def test_a_form_that_does_not_belong_here_is_refused_whole_unless_told_otherwise(
    document: Assessment, standing: str
) -> None:
    form = replace(back(document, issue(document).put("ST1.1", "4")), standing=standing)
    before = document.sheet
    with pytest.raises(Problem):
        take_in(document, form, accept=True)
    assert document.sheet == before
    take_in(document, form, anyway=True)
    assert document.sheet.answer("ST1.1") == Answer.of_level(4)


def test_the_author_stays_who_he_was_even_when_writing_fails(
    document: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = back(document, issue(document).put("ST1.1", "4").cover("填报人", "张三"))

    def fails(*_: object) -> None:
        raise Problem("store.disk-full", form.problem or told(document.framework, ("ST1.1", "self"), None))

    monkeypatch.setattr(type(document), "set_cells", fails)
    with pytest.raises(Problem):
        take_in(document, form)
    assert document.author.name == "王五"


def test_a_document_that_was_sealed_takes_no_form_and_says_so(document: Assessment) -> None:
    form = back(document, issue(document).put("ST1.1", "4").cover("填报人", "张三"))
    document.seal(closing=True)
    with pytest.raises(Problem):
        take_in(document, form)
    assert document.sheet.answer("ST1.1") == Answer.of_level(2, ("2.1",))
    assert document.author.name == "王五"


def test_equal_copies_and_differing_copies(document: Assessment) -> None:
    first = issue(document, "甲.xlsx").put("ST1.1", "4").put("ST2.1", "1").put("ST1.2", "约3次")
    first.save()
    same = Book(first.path)
    forms = [back(document, first)]
    same.book.save(document.path.parent / "甲 (2).xlsx")
    forms.append(read(document.path.parent / "甲 (2).xlsx", document.framework, document.id))
    assert copies(forms) == ((1, 0),)
    assert not rivals(forms)
    same.put("ST2.1", "2").put("ST1.2", "3")
    forms.append(read(same.save(document.path.parent / "甲 (3).xlsx"), document.framework, document.id))
    (rival,) = rivals(forms)
    assert rival.cell == ("ST2.1", "self")
    assert [value["level"] for _, value in rival.values] == [1, 1, 2]


def test_values_are_told_in_words(document: Assessment) -> None:
    def words(code: str, value: object, column: str = "self") -> str:
        return told(document.framework, (code, column), value).render("zh")

    assert words("ST1.1", None) == "—"
    assert words("ST1.1", Answer.of_level(0).to_json()) == "0 级：没有文件明确由谁牵头"
    assert words("ST4.3", Answer.of_number("3", "4").to_json()) == "3 ÷ 4"
    assert words("ST2.2", Answer.of_ticks(()).to_json()) == "以上都没有"
    assert words("ST2.2", Answer.of_ticks("AB").to_json()) == "2 项：A、B"
    assert words("ST2.3", Answer.not_applicable("撤并").to_json()) == "不适用：撤并"
    assert words("ST1.1", {"name": "文件", "number": "3号"}, "evidence/x") == "文件、3号"
    assert words("ST1.1", "</script>", "note") == "“</script>”"
