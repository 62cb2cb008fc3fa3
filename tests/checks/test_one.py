"""What is said of one item while it is answered is what the check of the whole sheet says of it."""

from __future__ import annotations

import pytest

from assess.answers import Answer, Profile, Sheet
from assess.checks.evaluate import findings
from assess.checks.one import findings_of
from assess.framework.read import builtin
from assess.measure.score import score
from assess.samples.cities import cities


def sheet(answers, cells=None):
    return Sheet.of(Profile(unit="衡川市", tier="市", base_date="2026-06-30"), answers).with_cells(cells or {})


@pytest.mark.parametrize("city", cities(), ids=lambda city: city.profile.code)
def test_every_item_of_every_sample_gets_what_the_whole_check_finds_about_items(city):
    framework = builtin()
    whole = findings(framework, city.sheet, score(framework, city.sheet))
    for code in framework.indicators:
        here = {one.rule for one in findings_of(framework, city.sheet, code)}
        there = {one.rule for one in whole if code in one.codes and one.group != "fault"}
        grouped = {one.rule for one in whole if "items" in str(framework.checks.get(one.rule, one))}
        assert here - {""} == {rule for rule in there if rule in here or rule not in grouped}


def test_a_jump_from_last_period_is_found_and_lifted_by_an_explanation():
    given = sheet({"ST1.1": Answer.of_level(5)}, {("ST1.1", "previous"): Answer.of_level(1).to_json()})
    (jump,) = [one for one in findings_of(builtin(), given, "ST1.1") if one.rule == "T01"]
    assert (jump.severity, jump.liftable, jump.least, jump.explained) == ("warning", True, 20, False)
    told = given.with_cells({("ST1.1", "explanation"): "今年五月市委书记改任组长，文件已经印发，见佐证第一件。"})
    (jump,) = [one for one in findings_of(builtin(), told, "ST1.1") if one.rule == "T01"]
    assert jump.explained


def test_a_reason_of_three_characters_for_not_applicable_is_too_short():
    found = findings_of(builtin(), sheet({"ST2.2": Answer.not_applicable("没有。")}), "ST2.2")
    assert "P07" in {one.rule for one in found}


def test_a_note_word_for_word_that_of_last_period_is_found():
    words = "市委副书记任组长，办公室设在市委政法委，成员单位二十六家。"
    given = sheet(
        {"ST1.1": Answer.of_level(4)},
        {
            ("ST1.1", "previous"): Answer.of_level(3).to_json(),
            ("ST1.1", "previous_note"): words,
            ("ST1.1", "note"): words,
        },
    )
    assert "T07" in {one.rule for one in findings_of(builtin(), given, "ST1.1")}


def test_nothing_is_said_of_an_item_that_is_not_there_and_a_blank_key_item_is_one():
    assert findings_of(builtin(), sheet({}), "没有") == ()
    assert findings_of(builtin(), sheet({}), "ST1.3") == ()
    assert [one.rule for one in findings_of(builtin(), sheet({}), "ST1.1")] == ["P11"]
