"""Selectors, operators on groups and facts, worked by hand."""

from __future__ import annotations

from typing import Any

import pytest

from assess.answers import Answer
from assess.checks.select import select
from assess.framework.read import builtin
from tests.checks.laid import laid, number, piece, sheet, true

LEVELS = [code for code, item in builtin().indicators.items() if item.kind == "level"]


def levels(*values: int) -> dict[str, Answer]:
    return {code: Answer.of_level(value) for code, value in zip(LEVELS, values, strict=False)}


def group(one: Any, selector: object = "type:level", previous: Any = None, **operators: object) -> bool:
    return true({"items": selector, **operators}, one, previous)


def test_selectors_choose_what_the_rules_list() -> None:
    one = laid(sheet())
    for rule in builtin().checks.values():
        selector = rule.condition.get("each") or rule.condition.get("items")
        if isinstance(selector, str) and rule.indicators is not None:
            assert tuple(item.code for item in select(one, selector)) == rule.indicators, rule.id


def test_selectors_intersect_and_keep_to_the_document() -> None:
    one = laid(sheet())
    assert [item.code for item in select(one, "sub:ME1&core")] == [
        code for code in builtin().leaves("ME1") if builtin().indicators[code].core
    ]
    assert [item.code for item in select(one, ["ST1.2", "ST1.1", "XX1.1"])] == ["ST1.1", "ST1.2"]
    assert select(one, "no:such") == ()
    assert select(one, None) == ()
    assert {item.code[:2] for item in select(laid(sheet(scope=("SH",))), "all")} == {"SH"}


def test_top_levels_are_counted_and_shared_out() -> None:
    one = sheet(levels(5, 5, 5, 4))
    assert group(one, count_of_top_level_above=2)
    assert not group(one, count_of_top_level_above=3)
    assert group(one, share_of_top_level_above=74, min_answered=4)
    assert not group(one, share_of_top_level_above=75)
    assert not group(one, share_of_top_level_above=74, min_answered=5)
    assert not group(sheet(), share_of_top_level_above=0)


def test_straight_answers_are_seen_by_share_by_run_and_by_spread() -> None:
    one = sheet(levels(3, 3, 3, 2, 3))
    assert group(one, share_same_level_above=79)
    assert not group(one, share_same_level_above=80)
    assert group(one, same_answer_run_at_least=3)
    assert not group(one, same_answer_run_at_least=4)
    assert group(one, spread_of_levels_at_most=1)
    assert not group(one, spread_of_levels_at_most=0)
    assert not group(sheet(levels(3)), spread_of_levels_at_most=0)


def test_a_gap_ends_a_run() -> None:
    answers = levels(3, 3, 3, 3)
    del answers[LEVELS[2]]
    assert not group(sheet(answers), same_answer_run_at_least=3)


def test_shares_of_states_leave_skipped_items_out() -> None:
    codes = ["SH2.1", "SH3.1", "SH3.2", "SH1.1"]
    one = sheet({"SH2.1": Answer.of_level(0), "SH1.1": Answer.not_applicable("无")})
    assert group(one, codes, share_na_above=49)
    assert not group(one, codes, share_na_above=50)
    assert group(sheet({"SH1.1": Answer.no_data()}), codes, share_nd_above=24)


def test_round_figures_leave_out_nothing_and_everything() -> None:
    codes = ["SH3.1", "SH3.2", "ST2.3", "SE4.1"]
    one = sheet({"SH3.1": number(result="80"), "SH3.2": number(result="100"), "ST2.3": number(result="81.5")})
    assert group(one, codes, share_round_numbers_above=49)
    assert not group(one, codes, share_round_numbers_above=50)
    assert not group(one, codes, share_round_numbers_above=0, min_answered=3)


def test_one_piece_of_evidence_is_known_by_its_content() -> None:
    cells = {(code, "evidence/1"): piece(digest="a" * 64) for code in LEVELS[:3]}
    assert group(sheet(cells=cells), "all", one_evidence_used_by_more_than=2)
    assert not group(sheet(cells=cells), "all", one_evidence_used_by_more_than=3)
    unnamed = {(code, "evidence/1"): piece() for code in LEVELS[:3]}
    assert not group(sheet(cells=unnamed), "all", one_evidence_used_by_more_than=0)


def test_the_same_note_on_many_items_is_seen_through_blanks_and_width() -> None:
    cells = {(LEVELS[0], "note"): "详见 ２０２６ 年工作总结", (LEVELS[1], "note"): "详见2026年工作总结"}
    assert group(sheet(cells=cells), "all", same_text_across_items_above=1, min_length=5)
    assert not group(sheet(cells=cells), "all", same_text_across_items_above=1, min_length=20)
    assert not group(sheet(cells=cells), "all", same_text_across_items_above=2)


def test_unchanged_answers_are_shared_out_over_those_of_both_periods() -> None:
    then, now = sheet(levels(1, 2, 3)), sheet(levels(1, 2, 4, 5))
    assert group(now, "all", then, share_unchanged_above=66)
    assert not group(now, "all", then, share_unchanged_above=67)
    assert not group(now, "all", then, share_unchanged_above=66, min_answered=4)
    assert not group(now, "all", share_unchanged_above=0)


def test_a_group_operator_of_many_sheets_does_not_hold() -> None:
    assert not group(sheet(levels(5, 5)), share_same_values_as_other_city_above=0)


def test_facts_are_taken_from_the_sheet_and_its_scores() -> None:
    one = sheet(levels(3, 3))
    assert true({"fact": "answered_items", "is": 2}, one)
    assert true({"fact": "coverage_percent", "below": 70, "above": 0}, one)
    assert not true({"fact": "score", "at_least": 0}, sheet(scope=("ST",)))
    claims = {
        ("@bonus", "1"): {"item": "B1", "matter": "通报表扬", "document": ""},
        ("@bonus", "2"): {"document": "文"},
    }
    assert true({"fact": "bonus_items", "is": 2}, sheet(cells=claims))
    assert true({"fact": "bonus_items_without_evidence", "is": 1}, sheet(cells=claims))


def test_what_a_sheet_does_not_hold_is_told_by_the_caller_or_unknown() -> None:
    assert not true({"fact": "minutes_from_first_to_last_answer", "below": 20}, sheet())
    assert true(
        {"fact": "minutes_from_first_to_last_answer", "below": 20}, sheet(), minutes_from_first_to_last_answer=5
    )
    assert not true({"fact": "merged_sheets", "at_least": 0}, sheet())


def test_a_fact_rises_and_falls_against_last_period() -> None:
    then, now = sheet(levels(1, 1)), sheet(levels(1, 1, 1, 1))
    rise = {"fact": "answered_items", "rose_by_more_than": 1}
    assert true(rise, now, then)
    assert not true(rise, now)
    assert true({"fact": "answered_items", "fell_by_more_than": 1}, then, now)


@pytest.mark.parametrize("wanted", [None, "viel", [], True])
def test_a_threshold_that_is_no_number_never_holds(wanted: object) -> None:
    assert not group(sheet(levels(5, 5)), count_of_top_level_above=wanted)
    assert not true({"indicator": LEVELS[0], "at_least": wanted}, sheet(levels(5)))
