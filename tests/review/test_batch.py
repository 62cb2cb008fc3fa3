"""Batch acceptance: what is alike and evidenced in one step, everything else left with its reason, undone as one."""

from __future__ import annotations

from datetime import date

from assess import rights
from assess.answers import Answer, Evidence
from assess.checks.evaluate import findings
from assess.measure.score import score
from assess.review import batch, steps
from assess.samples.cities import cities
from tests.review.conftest import LI, level


def looked(document, **asked) -> batch.Batch:
    return batch.preview(document.framework, document.sheet, score(document.framework, document.sheet), **asked)


def reviewed(create):
    """ST1.1 alike and proved, ST1.3 alike and bare, ST2.1 different, ST2.4 not reviewed, ST3.1 no data, ST3.2 blank."""
    document = create(
        {"ST1.1": level(3), "ST1.3": level(3), "ST2.1": level(3), "ST2.4": level(2), "ST3.1": Answer.no_data("x")}
    )
    for code in ("ST1.1", "ST2.1", "ST2.4"):
        document.add_evidence(code, Evidence("", "文件"))
    document.act_as(LI)
    document.answer_many({"ST1.1": level(3), "ST1.3": level(3), "ST2.1": level(2)}, "review")
    return document


def test_only_what_is_alike_and_evidenced_is_taken_and_the_rest_has_its_reason(create):
    found = looked(reviewed(create))
    assert found.codes == ("ST1.1",)
    assert found.left["no_evidence"] == ("ST1.3",)
    assert found.left["difference"] == ("ST2.1",)
    assert found.left["untouched"] == ("ST2.4",)
    assert found.left["not_applicable"] == ("ST3.1",)
    assert len(found.left["draft"]) == 69 - 5
    assert len(found.codes) + sum(len(codes) for codes in found.left.values()) == 69


def test_taking_over_gives_the_self_assessment_as_review_value(create):
    document = reviewed(create)
    found = looked(document, take_over=True)
    assert (found.codes, found.taken_over) == (("ST1.1", "ST2.4"), ("ST2.4",))
    document.set_cells(batch.cells(document.sheet, found, until=date(2026, 8, 1)), steps.KIND)
    assert document.sheet.answer("ST2.4", "review") == level(2)
    assert {rights.state(document.sheet.cells, code) for code in found.codes} == {"accepted"}
    assert steps.last(document.sheet, "ST1.1").deadline == date(2026, 8, 1)


def test_the_one_step_is_undone_as_one(create):
    document = reviewed(create)
    before = dict(document.sheet.cells)
    document.set_cells(batch.cells(document.sheet, looked(document, take_over=True)), steps.KIND)
    document.undo()
    assert dict(document.sheet.cells) == before


def test_what_was_drawn_for_an_on_site_check_waits_for_it(create):
    document = reviewed(create)
    assert looked(document, take_over=True, sampled={"ST2.4"}).left["sampled"] == ("ST2.4",)


def test_an_open_finding_keeps_an_item_out(create):
    document = create()
    document.close()
    city = next(city for city in cities() if "衡川" in city.profile.unit)
    document = create(author=LI)
    document.set_cells({cell: value for cell, value in city.cells.items() if not cell[0].startswith("@")})
    found = findings(document.framework, document.sheet)
    open_ones = {code for one in found if one.open and one.severity != "hint" for code in one.codes}
    taken = looked(document, take_over=True, found=found)
    assert open_ones
    assert not open_ones & set(taken.codes)
    assert looked(document, take_over=True, only=("ST1.1",)).codes == ("ST1.1",)


def test_the_same_value_by_a_second_reviewer_is_no_obstacle_and_another_one_is(create):
    document = reviewed(create)
    document.act_as(type(LI)("王五", "复核二组", "", "second_reviewer"))
    document.answer("ST1.1", level(5), "review_2")
    document.act_as(LI)
    assert looked(document).left["apart"] == ("ST1.1",)


def test_nothing_answered_leaves_everything(create):
    found = looked(create(author=LI), take_over=True)
    assert (found.codes, set(found.left)) == ((), {"draft"})
