"""A merge can be taken back as a whole: the document reads as if the file had never come, and nothing is lost."""

from __future__ import annotations

import shutil

import pytest

from assess.answers import Answer, Evidence
from assess.assessment import Assessment, Author
from assess.packages.conflicts import combine, conflicts, settle, take
from assess.packages.imports import bring_back, imports, take_back
from assess.packages.overview import overview
from assess.packages.preview import Options, preview
from assess.packages.recipients import LowerUnit, add_units, recipients
from assess.packages.returning import hand_back
from assess.packages.taking import inspect, take_in
from assess.problems import Problem
from tests.packages.conftest import OFFICE, filled, issued
from tests.packages.test_forms import typed
from tests.packages.test_returns import TODAY, paths, row


def state(document):
    return dict(document.sheet.cells), dict(document.conflicts())


def test_a_return_is_taken_back_and_the_document_reads_as_before(master, folder, clock):
    document = master()
    files = paths(issued(document, folder))
    before, unit = state(document), row(document, "市公安局")
    intake = take_in(document, [filled(files["市公安局"], folder, clock)])
    merged = state(document)
    assert merged != before
    done = take_back(document, intake.places)
    assert state(document) == before
    assert row(document, "市公安局") == unit
    assert set(done.items) == {item for item, _ in done.cells}
    assert done.kept == ()
    assert document.verify() == ()
    code = intake.outcomes[0].answers[0]
    assert document.history(code, "self")[-1].author == "李四"
    bring_back(document, intake.places)
    assert state(document) == merged
    assert row(document, "市公安局").returned is not None


def test_it_holds_after_reopening_and_undo_lifts_it(master, folder, clock):
    document = master()
    files = paths(issued(document, folder))
    intake = take_in(document, [filled(files["市公安局"], folder, clock)])
    merged = state(document)
    take_back(document, intake.places)
    gone = state(document)
    document.close()
    with Assessment.open(document.path, author=OFFICE, now=clock) as again:
        assert state(again) == gone
        assert "撤回" in again.undoable.render("zh")
        again.undo()
        assert state(again) == merged
        again.redo()
        assert state(again) == gone


def test_a_file_taken_back_stays_out_until_somebody_wants_it(master, folder, clock):
    document = master()
    back = filled(paths(issued(document, folder))["市公安局"], folder, clock)
    intake = take_in(document, [back])
    merged = state(document)
    take_back(document, intake.places)
    gone = state(document)
    assert inspect(document, back).state == "left_out"
    assert [one.state for one in take_in(document, [back, back]).outcomes] == ["left_out", "left_out"]
    assert state(document) == gone
    assert [one.state for one in take_in(document, [back], again=True).outcomes] == ["taken"]
    assert state(document) == merged
    assert imports(document)[0].taken_back is None


def test_a_later_return_counts_with_all_it_holds(master, folder, clock):
    document = master()
    path = paths(issued(document, folder))["市公安局"]
    first = take_in(document, [filled(path, folder, clock, level=2)])
    take_back(document, first.places)
    with Assessment.open(path, author=Author("李四", "市公安局"), now=clock) as package:
        package.reopen("更正一处")
        codes = list(package.framework.indicators)
        package.answer(codes[0], Answer.no_data("重新核对后确无数据"))
        expected = dict(package.sheet.answers())
        later = hand_back(package, folder, anyway=True).path
    assert take_in(document, [later]).outcomes[0].state == "taken"
    assert {code: document.sheet.answer(code) for code in expected} == expected
    assert document.conflicts() == {}


def test_what_was_written_since_stays_and_is_told(master, folder, clock):
    document = master()
    intake = take_in(document, [filled(paths(issued(document, folder))["市公安局"], folder, clock, level=2)])
    first, second = intake.outcomes[0].answers[:2]
    document.answer(first, Answer.no_data("牵头单位核对后改填"))
    done = take_back(document, intake.places)
    assert done.kept == ((first, "self"),)
    assert document.sheet.answer(first) == Answer.no_data("牵头单位核对后改填")
    assert document.sheet.answer(second) is None
    bring_back(document, intake.places)
    assert document.conflicts() == {}
    assert document.sheet.answer(first) == Answer.no_data("牵头单位核对后改填")


def test_an_answer_given_after_taking_back_stands_beside_the_return_when_it_counts_again(master, folder, clock):
    document = master()
    intake = take_in(document, [filled(paths(issued(document, folder))["市公安局"], folder, clock, level=2)])
    code = intake.outcomes[0].answers[0]
    take_back(document, intake.places)
    document.answer(code, Answer.no_data("另行填报"))
    bring_back(document, intake.places)
    assert (code, "self") in document.conflicts()


@pytest.fixture
def contested(master, folder, clock):
    """The master answers an item, the unit answers it otherwise; both have a note."""
    document = master()
    path = paths(issued(document, folder))["市公安局"]
    code = next(one for one in recipients(document) if one.name == "市公安局").items[0]
    document.answer(code, Answer.no_data("牵头单位先填"))
    document.note(code, "牵头单位的说明")
    intake = take_in(document, [filled(path, folder, clock, level=2, only=(code,))])
    return document, code, intake


def test_a_ruling_that_chose_among_sides_goes_with_the_side(contested):
    document, code, intake = contested
    cell = (code, "self")
    theirs = next(one for one in conflicts(document, [code])[0].sides if one.author == "李四")
    take(document, cell, theirs.event, "以部门数据为准")
    assert document.sheet.answer(code) != Answer.no_data("牵头单位先填")
    take_back(document, intake.places)
    assert document.sheet.answer(code) == Answer.no_data("牵头单位先填")
    assert document.conflicts() == {}
    bring_back(document, intake.places)
    assert cell not in document.conflicts()
    assert document.sheet.answer(code) != Answer.no_data("牵头单位先填")


def test_what_was_combined_is_taken_apart_and_a_value_of_ones_own_stays(contested):
    document, code, intake = contested
    pair = next(one for one in conflicts(document, [code]) if one.column == "note")
    combine(document, (code, "note"), pair.sides[-1].event)
    settle(document, (code, "self"), Answer.no_data("会商后另定").to_json(), "会商")
    done = take_back(document, intake.places)
    assert document.sheet.text(code) == "牵头单位的说明"
    assert document.sheet.answer(code) == Answer.no_data("会商后另定")
    assert (code, "self") in done.kept


def test_a_county_and_its_form_are_taken_back_in_the_document_of_the_county(master, folder, clock):
    document = master()
    add_units(document, [LowerUnit("青石县", "county", "990121"), LowerUnit("河口县", "county", "990122")])
    out = folder / "发放"
    out.mkdir()
    from assess.packages.issue import issue

    chosen = [one for one in recipients(document, "all") if one.own]
    done = {one.parcel.recipient.name: one for one in
            issue(document, preview(document, chosen, Options(forms=True)), out).files}  # fmt: skip
    before = row(document, "青石县"), row(document, "河口县")
    form = typed(done["青石县"].form, folder / "县.xlsx", {"ST1.1": "3"})
    package = filled(done["河口县"].path, folder, clock)
    intake = take_in(document, [form, package])
    assert [one.state for one in intake.outcomes] == ["taken", "taken"]
    assert {one.unit for one in imports(document)} == {"青石县", "河口县"}
    assert row(document, "青石县").returned is not None
    take_back(document, intake.places)
    after = row(document, "青石县"), row(document, "河口县")
    assert [(one.answered, one.returned) for one in after] == [(one.answered, one.returned) for one in before]
    assert document.sheet.cells.keys() & {key for key in document.sheet.cells if key[1].startswith("form/")} == set()
    assert [one.state for one in take_in(document, [form, package]).outcomes] == ["left_out", "left_out"]
    assert [one.state for one in take_in(document, [form, package], again=True).outcomes] == ["taken", "taken"]
    assert [row(document, name).answered for name in ("青石县", "河口县")] == [1, row(document, "河口县").total]


def test_what_was_taken_back_travels_with_copies_and_packages(master, folder, clock):
    document = master()
    files = paths(issued(document, folder))
    intake = take_in(document, [filled(files["市公安局"], folder, clock)])
    elsewhere = folder / "另一份.zhd"
    shutil.copyfile(document.path, elsewhere)
    take_back(document, intake.places)
    with Assessment.open(elsewhere, author=Author("王五"), now=clock) as copy:
        copy.merge(document.path)
        assert state(copy) == state(document)
    again = preview(document, [one for one in recipients(document) if one.name == "市公安局"], Options())
    from assess.packages.issue import issue

    out = folder / "再发"
    out.mkdir()
    made = issue(document, again, out).files[0].path
    with Assessment.open(made, author=OFFICE, now=clock) as package:
        assert package.sheet.answers() == {}
        assert imports(package) == ()


def test_attachments_stay_and_what_is_not_an_import_is_refused(master, folder, clock):
    document = master()
    path = paths(issued(document, folder))["市公安局"]
    proof = folder / "证明.pdf"
    proof.write_bytes(b"%PDF-1.4 proof")
    with Assessment.open(path, author=Author("李四", "市公安局"), now=clock) as package:
        code = next(iter(package.framework.indicators))
        package.add_evidence(code, Evidence("", "证明"), proof)
        back = hand_back(package, folder, anyway=True).path
    intake = take_in(document, [back])
    take_back(document, intake.places)
    assert document.sheet.evidence(code) == ()
    assert len(document.attachments()) == 1
    for place in (("", 99), ("county:不存在", 1)):
        with pytest.raises(Problem) as caught:
            take_back(document, [place])
        assert caught.value.code == "import.unknown"
    with Assessment.open(document.path, author=OFFICE, now=clock, read_only=True) as shown:
        with pytest.raises(Problem) as caught:
            take_back(shown, intake.places)
        assert caught.value.code == "store.read-only"


def test_taking_back_what_is_taken_back_changes_nothing(master, folder, clock):
    document = master()
    intake = take_in(document, [filled(paths(issued(document, folder))["市公安局"], folder, clock)])
    take_back(document, intake.places)
    events = len(document._ledger.events)
    assert take_back(document, intake.places).cells == {}
    assert len(document._ledger.events) == events
    assert overview(document, TODAY).returned == 0


def test_a_package_cannot_set_answers_aside_that_it_does_not_hold(master, folder, clock):
    document = master()
    files = paths(issued(document, folder))
    with Assessment.open(files["市公安局"], author=OFFICE, now=clock) as package:
        held = {event.item for event in package._ledger.events.values()}
        code = next(one for one in document.framework.indicators if one not in held)
        document.set_cells({(code, "note"): "市里自己写的"}, "note")
        own = document.history(code, "note")[-1].id
        before = state(document)
        package.set_cells({("@taken-back", "0" * 16): {"events": [own], "rulings": []}}, "taken_back")
    back = filled(files["市公安局"], folder, clock)
    intake = take_in(document, [back])
    assert intake.outcomes[0].problem is not None
    assert intake.outcomes[0].problem.code == "return.sets-aside"
    assert state(document) == before
