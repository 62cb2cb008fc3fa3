"""Bonus, deductions and the three totals (R5, D18)."""

from __future__ import annotations

import pytest

from assess.answers import Answer
from assess.measure.score import score
from tests.measure.small import SMALL, formal, full

BASE = 63.3


def scored(answers=None, **cells):
    one = formal(answers or full()).with_cells({tuple(key.split("__")): value for key, value in cells.items()})
    return score(
        SMALL,
        one.with_cells(
            {
                (f"@{item}", column): one.cells[item, column]
                for item, column in one.cells
                if item in ("deduction", "bonus", "redline")
            }
        ),
    )


def deduction(item="D1", matter="某事", points=1.0, confirmed=True, redline=""):
    return {"item": item, "matter": matter, "points": points, "confirmed": confirmed, "redline": redline}


def bonus(item="B1", matter="某试点", document="国办发〔2025〕1号"):
    return {"item": item, "matter": matter, "document": document}


def test_a_confirmed_deduction_lowers_the_graded_and_the_shown_total():
    found = scored(deduction__1=deduction(points=2))
    assert found.base == pytest.approx(BASE)
    assert found.graded == pytest.approx(BASE - 2)
    assert found.shown == pytest.approx(BASE - 2)


def test_a_deduction_awaiting_confirmation_has_no_effect_and_is_listed():
    found = scored(deduction__1=deduction(confirmed=False))
    assert found.deductions == 0
    assert [entry.counted for entry in found.adjustments] == [False]
    assert found.adjustments[0].reason.render("zh") == "待复核确认，暂不生效。"


def test_deductions_stop_at_their_ceiling():
    cells = {f"deduction__{number}": deduction(matter=f"第{number}件", points=2) for number in range(4)}
    assert scored(**cells).deductions == 5


def test_the_same_matter_is_deducted_once_at_its_heaviest():
    found = scored(
        deduction__1=deduction(points=1), deduction__2=deduction("D3", points=2), deduction__3=deduction(points=2)
    )
    assert found.deductions == 2
    assert [entry.counted for entry in found.adjustments] == [False, True, False]


def test_matters_without_a_name_stand_each_for_itself():
    assert scored(deduction__1=deduction(matter=""), deduction__2=deduction(matter="")).deductions == 2


def test_a_matter_behind_a_red_line_in_force_is_not_deducted_again():
    answers = {**full(), "a4": Answer.of_choice("yes")}
    cells = {"deduction__1": deduction("D3", points=2, redline="R1")}
    assert scored(answers, **cells, redline__R1={"state": "confirmed", "reason": "属实"}).deductions == 0
    assert scored(answers, **cells).deductions == 2


@pytest.mark.parametrize("points", [0.5, 3, -1, "x", None, float("nan")])
def test_points_the_rules_do_not_know_are_not_deducted(points):
    assert scored(deduction__1=deduction(points=points)).deductions == 0


def test_an_item_the_rules_do_not_know_is_not_deducted():
    assert scored(deduction__1=deduction(item="D9")).deductions == 0


def test_a_bonus_with_a_document_counts_in_the_shown_total_alone():
    found = scored(bonus__1=bonus())
    assert found.graded == pytest.approx(BASE)
    assert found.shown == pytest.approx(BASE + 1)


def test_a_bonus_without_a_document_or_for_the_same_achievement_does_not_count():
    assert scored(bonus__1=bonus(document="  ")).bonus == 0
    assert scored(bonus__1=bonus(), bonus__2=bonus("B2")).bonus == 1


def test_bonus_stops_at_its_ceiling():
    assert scored(**{f"bonus__{number}": bonus(matter=f"第{number}项") for number in range(5)}).bonus == 3


def test_totals_stay_between_nothing_and_the_maximum():
    best = {**full(5), "a2": Answer.of_number("95", "100", confirm="yes", source="台账"), "a3": Answer.of_ticks("pqrs")}
    assert scored(best, bonus__1=bonus()).shown == 100
    worst = {
        "a1": Answer.of_level(0),
        "a3": Answer.of_ticks([]),
        "a4": Answer.of_choice("yes"),
        "b1": Answer.of_level(0),
    }
    assert scored(worst, deduction__1=deduction()).graded == 0


def test_a_bonus_never_lifts_the_stage_and_a_deduction_may_lower_it():
    lift = {**full(4), "a2": Answer.of_number("80", "100", confirm="yes", source="台账"), "a3": Answer.of_ticks("pqr")}
    found = scored(lift, bonus__1=bonus())
    assert found.base == pytest.approx(0.6 * 83.75 + 0.4 * 80)
    assert found.score_stage.level == 3
    near = scored(
        lift,
        deduction__1=deduction(points=2),
        deduction__2=deduction(matter="二", points=2),
        bonus__1=bonus(),
        bonus__2=bonus(matter="二"),
    )
    assert near.graded == pytest.approx(78.25)
    assert near.shown == pytest.approx(80.25)
    assert near.score_stage.level == 2


def test_hostile_words_in_a_matter_are_only_words():
    found = scored(deduction__1=deduction(matter="{code}</script>=1+1\n㙍𡐓"))
    assert found.deductions == 1
    assert found.adjustments[0].matter == "{code}</script>=1+1\n㙍𡐓"
