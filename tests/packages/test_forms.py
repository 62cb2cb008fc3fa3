"""Forms: a package as a workbook, joined as events that every copy of the master makes alike."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from assess.answers import Answer
from assess.assessment import Assessment
from assess.framework.read import builtin
from assess.language import Words
from assess.packages.conflicts import conflicts
from assess.packages.issue import issue
from assess.packages.overview import overview
from assess.packages.preview import Options, preview
from assess.packages.recipients import LowerUnit, add_units, recipients
from assess.packages.taking import inspect, take_in
from assess.problems import Problem
from tests.packages.conftest import OFFICE, issued
from tests.packages.test_returns import TODAY


def typed(form: Path, target: Path, answers: dict[str, str], note: str = "", filler: str = "李四") -> Path:
    """Somebody fills in a form: what is typed beside the items, and one note for each."""
    book = openpyxl.load_workbook(form)
    for sheet in book:
        heading = [cell.value for cell in sheet[3]] if sheet.max_row >= 3 else []
        if "行标记" not in heading:
            continue
        key, answer = heading.index("行标记") + 1, heading.index("作答") + 1
        for row in range(4, sheet.max_row + 1):
            code = str(sheet.cell(row, key).value or "")
            if code in answers:
                sheet.cell(row, answer).value = answers[code]
                if note and "情况说明" in heading:
                    sheet.cell(row, heading.index("情况说明") + 1).value = note
    cover = book["封面"]
    for row in cover.iter_rows():
        for cell in row:
            if cell.value == "填报人":
                cover.cell(cell.row, cell.column + 1).value = filler
    book.save(target)
    return target


@pytest.fixture
def forms(master, folder):
    document = master()
    document.answer("SH1.1", Answer.of_level(1))
    document.note("SH1.1", "内部备注")
    done = issued(document, folder, Options(documents=False, deadline="2026-07-25"))
    return document, {one.parcel.recipient.name: one.form for one in done.files}


def test_packages_go_out_as_forms_alone(forms):
    document, files = forms
    assert all(path is not None and path.suffix == ".xlsx" and path.exists() for path in files.values())
    folder = next(iter(files.values())).parent
    assert not list(folder.glob("*.zhd"))
    book = openpyxl.load_workbook(files["市大数据局（数据局）"])
    said = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert not any("内部备注" in text for text in said)
    row = next(one for one in overview(document, TODAY).rows if one.recipient.name == "市公安局")
    assert row.file.endswith(".xlsx")


def test_a_form_comes_back_once_and_the_overview_knows(forms, folder):
    document, files = forms
    back = typed(files["市大数据局（数据局）"], folder / "填好.xlsx", {"SH1.1": "3级", "SH1.2": "4"}, "依据见登记表")
    looked = inspect(document, back)
    assert looked.state == "waiting"
    assert document.sheet.answer("SH1.1") == Answer.of_level(1)
    (outcome,) = take_in(document, [back]).outcomes
    assert (outcome.state, outcome.form, outcome.unit) == ("taken", True, "市大数据局（数据局）")
    assert outcome.events == looked.events
    assert inspect(document, back).state == "again"
    assert document.sheet.answer("SH1.1") == Answer.of_level(3)
    assert document.sheet.answer("SH1.2") == Answer.of_level(4)
    assert document.history("SH1.2", "self")[-1].author == "李四"
    assert document.sheet.text("SH1.2") == "依据见登记表"
    row = next(one for one in overview(document, TODAY).rows if one.recipient.name == "市大数据局（数据局）")
    assert row.form
    assert row.returned is not None
    assert row.state == "conflict"
    assert [one.cell for one in conflicts(document)] == [("SH1.1", "note")]
    copy = folder / "又一份.xlsx"
    shutil.copyfile(back, copy)
    assert [one.state for one in take_in(document, [copy, back]).outcomes] == ["again", "again"]


def test_what_the_master_changed_meanwhile_is_a_conflict_and_two_forms_of_a_unit_are_too(forms, folder):
    document, files = forms
    form = files["市大数据局（数据局）"]
    document.answer("SH1.1", Answer.of_level(2))
    one = typed(form, folder / "甲.xlsx", {"SH1.1": "3", "SH1.2": "4"}, filler="甲")
    two = typed(form, folder / "乙.xlsx", {"SH1.1": "3", "SH1.2": "1"}, filler="乙")
    intake = take_in(document, [one, two])
    assert set(intake.conflicts) == {("SH1.1", "self"), ("SH1.2", "self")}
    pair = conflicts(document, ["SH1.1"])[0]
    assert pair.base is not None
    assert pair.base.value["level"] == 1
    assert {side.author for side in pair.sides} == {"张三", "甲", "乙"}
    assert {side.author for side in conflicts(document, ["SH1.2"])[0].sides} == {"甲", "乙"}


def test_a_doubtful_cell_waits_for_a_person(forms, folder):
    document, files = forms
    back = typed(files["市大数据局（数据局）"], folder / "疑.xlsx", {"SH1.1": "大概三级左右吧", "SH1.2": "4"})
    (outcome,) = take_in(document, [back]).outcomes
    assert outcome.state == "taken"
    assert outcome.doubts or outcome.findings
    assert document.sheet.answer("SH1.1") == Answer.of_level(1)
    assert document.sheet.answer("SH1.2") == Answer.of_level(4)


def test_forms_of_others_are_told_apart(forms, folder, master):
    document, files = forms
    stranger = master("别处.zhd", identity=None)
    back = typed(files["市公安局"], folder / "填好.xlsx", {})
    assert take_in(stranger, [back]).outcomes[0].problem.code == "return.other-assessment"
    plain = openpyxl.Workbook()
    plain.active["A1"] = "x"
    plain.save(folder / "表.xlsx")
    before = document.path.read_bytes()
    assert take_in(document, [folder / "表.xlsx"]).outcomes[0].problem.code == "sheets.foreign"
    from assess.sheets import write

    write.write(folder / "单独.xlsx", document.framework, document.sheet, assessment=document.id, items=["ST1.1"])
    assert take_in(document, [folder / "单独.xlsx"]).outcomes[0].problem.code == "return.form-unknown"
    assert document.path.read_bytes() == before


def test_the_form_of_a_county_goes_into_the_document_of_the_county(master, folder, clock):
    document = master()
    add_units(document, [LowerUnit("青石县", "county", "990121"), LowerUnit("河口镇", "township")])
    out = folder / "发放"
    out.mkdir()
    chosen = [one for one in recipients(document, "all") if one.own]
    done = issue(document, preview(document, chosen, Options(documents=False)), out)
    files = {one.parcel.recipient.name: one.form for one in done.files}
    back = typed(files["青石县"], folder / "县.xlsx", {"ST1.1": "3", "SH1.1": "2"})
    small = typed(files["河口镇"], folder / "镇.xlsx", {"ST3.1": "2", "ST3.2": "3"})
    assert [inspect(document, path).state for path in (back, small)] == ["waiting", "waiting"]
    intake = take_in(document, [back, small])
    assert [one.problem for one in intake.refused] == []
    assert [one.state for one in intake.outcomes] == ["taken", "taken"]
    assert document.sheet.answers() == {}
    rows = {one.recipient.name: one for one in overview(document, TODAY).rows}
    assert (rows["青石县"].answered, rows["青石县"].form) == (2, True)
    assert rows["青石县"].returned is not None
    assert rows["河口镇"].answered >= 1
    with Assessment.open(rows["青石县"].document, author=OFFICE, now=clock, read_only=True) as own:
        assert own.sheet.answer("ST1.1") == Answer.of_level(3)
    assert [one.state for one in take_in(document, [back]).outcomes] == ["again"]


def test_forms_are_not_issued_as_if_they_were_protected(master, folder):
    document = master()
    with pytest.raises(Problem) as caught:
        issued(document, folder, Options(encrypt=True, forms=True))
    assert caught.value.code == "packages.open-form"


@pytest.fixture
def of_an_older_version(master, folder):
    """A form of an older version of the framework, and a master of the same assessment on the one in force: one item
    asks something else now, one has another weight and list of evidence only, one is gone."""
    now = builtin()
    first, second, third = next(one for one in levels_of(master) if len(one) >= 3)[:3]
    items = dict(now.indicators)
    items[first] = replace(items[first], question=Words("从前问的是另一件事吗？", "Asked of something else?"))
    items[second] = replace(items[second], evidence=Words("从前的佐证材料", "other evidence"))
    items["OLD9"] = replace(items[third], code="OLD9")
    before = replace(now, indicators=items, version="0.9", digest="0" * 64)
    return before, first, second, third


def levels_of(master):
    document = master("看单位.zhd", identity=None)
    found = [tuple(code for code in one.items if document.framework.indicators[code].kind == "level")
             for one in recipients(document)]  # fmt: skip
    document.close()
    return found


def test_a_form_of_an_older_version_is_carried_over(of_an_older_version, master, folder, clock):
    before, first, second, third = of_an_older_version
    document = master()
    key = next(one.key for one in recipients(document) if first in one.items)
    from assess.packages.forms import package_of
    from assess.sheets import write

    path = folder / "旧版.xlsx"
    write.write(path, before, document.sheet, assessment=document.id, items=[first, second, third, "OLD9"],
                unit="某部门", package=package_of(key, clock()))  # fmt: skip
    back = typed(path, folder / "旧版填好.xlsx", {first: "3", second: "4", third: "2"})
    outcome = take_in(document, [back]).outcomes[0]
    assert outcome.problem is None
    assert outcome.state == "taken"
    assert outcome.carried is not None
    assert outcome.carried.version == "0.9"
    assert outcome.carried.changed == (first,)
    assert set(outcome.carried.kept) == {second, third}
    assert outcome.carried.answers == ((first, Answer.of_level(3)),)
    assert document.sheet.answer(first) is None
    assert document.sheet.answer(second) == Answer.of_level(4)
    assert document.sheet.answer(third) == Answer.of_level(2)
    assert [one.state for one in take_in(document, [back]).outcomes] == ["again"]


def test_what_was_confirmed_of_an_older_form_is_the_same_everywhere(of_an_older_version, master, folder, clock):
    before, first, second, _third = of_an_older_version
    document = master()
    key = next(one.key for one in recipients(document) if first in one.items)
    from assess.packages.forms import package_of, take_read
    from assess.packages.read_form import read_form
    from assess.sheets import write

    path = folder / "旧版.xlsx"
    write.write(path, before, document.sheet, assessment=document.id, items=[first, second], unit="某部门",
                package=package_of(key, clock()))  # fmt: skip
    back = typed(path, folder / "旧版填好.xlsx", {first: "3", second: "4"})
    elsewhere = folder / "另一份.zhd"
    shutil.copyfile(document.path, elsewhere)
    read = read_form(document, back)
    take_read(document, read, {(first, "self"): 0})
    assert document.sheet.answer(first) == Answer.of_level(3)
    with Assessment.open(elsewhere, author=OFFICE, now=clock) as other:
        take_in(other, [back])
        take_read(other, read_form(other, back), {(first, "self"): 0})
        assert set(other._ledger.events) == set(document._ledger.events)
        assert other.merge(document.path).events == 0
