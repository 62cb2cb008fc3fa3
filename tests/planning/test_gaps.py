"""What to improve first (section 6 of the framework, D10)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assess.answers import Answer
from assess.measure.score import score
from assess.planning.gaps import advice, by_phase, by_quadrant, leads, overload, phase_of
from tests.measure.small import SMALL, changed, formal, full, improvement, sheet, with_item, words


def given(one, framework=SMALL):
    return {found.code: found for found in advice(framework, one, score(framework, one))}


def test_priority_is_weight_times_gap_times_key_factor_over_effort():
    found = given(sheet({**full(), "a1": Answer.of_level(1)}))["a1"]
    assert (found.step, found.score, found.target) == ("low", 20, 80)
    assert found.gap == pytest.approx(0.6)
    assert found.priority == pytest.approx(18 * 0.6 * 1.5 / 1.0)
    assert (found.quadrant, found.quadrant_words.zh) == ("high_gap_low_effort", "见效快")
    assert found.phase.id == 1


def test_from_sixty_on_the_second_action_is_advised():
    found = given(sheet(full()))["b2"]
    assert (found.step, found.improvement.effort) == ("high", "高")
    assert found.priority == pytest.approx(20 * 0.2 / 2.2)
    assert found.quadrant == "low_gap_high_effort"
    assert found.phase.id == 3


def test_an_item_just_below_sixty_gets_the_first_action():
    assert given(sheet(full()))["a2"].step == "low"


def test_full_marks_give_no_advice_except_a_reminder_for_yes_and_no():
    best = {**full(5), "a2": Answer.of_number("95", "100", confirm="yes"), "a3": Answer.of_ticks("pqrs")}
    found = given(sheet(best))
    assert set(found) == {"a4"}
    assert found["a4"].reminder
    assert not found["a4"].planned
    assert (found["a4"].priority, found["a4"].phase) == (0, None)


def test_an_unfavorable_yes_no_item_aims_at_a_hundred():
    found = given(sheet({**full(), "a4": Answer.of_choice("yes")}))["a4"]
    assert (found.score, found.target, found.gap) == (0, 100, 1)


@pytest.mark.parametrize("mode", ["formal", "self", "training"])
def test_no_data_counts_as_zero_in_every_mode(mode):
    found = given(sheet({**full(), "b2": Answer.no_data()}, mode))["b2"]
    assert (found.score, found.no_data) == (0, True)
    assert found.gap == pytest.approx(0.8)


def test_not_applicable_left_out_and_unanswered_items_give_none():
    one = sheet({**full(), "a3": None, "b1": Answer.of_level(0)})
    assert set(given(one)) == {"a1", "a2", "a4", "b1"}
    assert "b2" not in given(sheet({**full(), "b2": Answer.not_applicable("无")}))


def test_an_item_skipped_with_zero_gives_advice_at_zero():
    assert given(sheet({**full(), "a1": Answer.of_level(0)}))["a2"].score == 0


def test_targets_follow_the_level_the_profile_and_the_item_s_own_cell():
    assert given(sheet(full(), tier="县"))["a1"].target == 60
    assert given(sheet(full(), parameters={"target": "demo_city"}))["a1"].target == 100
    assert given(sheet(full(), parameters={"target": 70}))["a1"].target == 70
    own = sheet(full()).with_cells({("a1", "target"): 90, ("a3", "target"): "x", ("b1", "target"): 200})
    assert [given(own)[code].target for code in ("a1", "a3", "b1")] == [90, 80, 80]


def test_a_target_already_reached_leaves_no_gap_and_no_place_in_the_plan():
    found = given(sheet(full(), tier="县"))["a1"]
    assert (found.gap, found.priority, found.planned) == (0, 0, False)


def test_a_gap_of_two_levels_is_large():
    assert given(sheet({**full(), "b2": Answer.of_level(2)}))["b2"].quadrant == "high_gap_low_effort"
    assert given(sheet({**full(), "b2": Answer.of_level(3)}))["b2"].quadrant.startswith("low_gap")


def test_advice_comes_in_order_of_priority_and_reminders_last():
    one = sheet({**full(), "a1": Answer.of_level(2)})
    found = advice(SMALL, one, score(SMALL, one))
    assert [each.priority for each in found[:-1]] == sorted((each.priority for each in found[:-1]), reverse=True)
    assert found[-1].code == "a4"


def test_phases_go_by_the_upper_end_of_the_duration():
    assert [phase_of(SMALL.improvement, months).id for months in (1, 3, 4, 6, 7, 12, 24)] == [1, 1, 2, 2, 3, 3, 3]


def test_planned_advice_is_sorted_into_phases_and_quadrants():
    one = sheet(full())
    found = advice(SMALL, one, score(SMALL, one))
    phases = by_phase(found, SMALL.improvement.phases)
    assert set(phases) == {1, 2, 3}
    assert {each.code for each in phases[1]} == {"a2", "a3"}
    assert {each.code for each in phases[3]} == {"a1", "b1", "b2"}
    quadrants = by_quadrant(SMALL.improvement, found)
    assert {each.code for each in quadrants["low_gap_high_effort"]} == {"a1", "b1", "b2"}
    assert sum(len(group) for group in quadrants.values()) == 5


def test_a_department_with_too_much_in_one_phase_is_told_what_to_put_off():
    one = sheet(full())
    found = overload(SMALL, advice(SMALL, one, score(SMALL, one)))
    assert [(each.lead.zh, each.phase.id, each.count, each.defer) for each in found] == [("市数据局", 3, 3, ("b2",))]
    assert "负荷过重" in found[0].text.render("zh")


def test_departments_are_counted_apart():
    framework = with_item("b2", lead=words("市委政法委"))
    one = sheet(full())
    found = advice(framework, one, score(framework, one))
    assert overload(framework, found) == ()
    assert {lead: len(group) for lead, group in leads(found).items()} == {"市数据局": 4, "市委政法委": 1}


def test_evidence_caps_make_gaps_too():
    bare = sheet({**full(), "b2": Answer.of_level(5)}, "formal")
    assert given(bare)["b2"].score == 40


def test_a_framework_without_rules_or_actions_gives_no_advice():
    one = formal(full())
    assert advice(changed(improvement=None), one, score(SMALL, one)) == ()
    assert "b2" not in given(one, with_item("b2", improve_high=None))
    odd = with_item("b2", improve_high=improvement("未知", 3))
    assert given(one, odd)["b2"].effort == 1
    assert overload(replace(SMALL, improvement=None), ()) == ()
