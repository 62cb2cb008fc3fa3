"""Each operator on one item, worked by hand; a missing value makes every comparison false."""

from __future__ import annotations

import pytest

from assess.answers import Answer, Evidence
from assess.checks import conditions, items
from tests.checks.laid import about, laid, number, piece, sheet

LEVEL, RATIO, LIST, YESNO, COUNT = "ST1.1", "SH3.1", "ST2.2", "ME2.1", "SE4.1"
NOTHING = sheet()


@pytest.mark.parametrize("operator", ["at_least", "at_most", "above", "below", "is", "is_not"])
def test_a_blank_answer_is_never_compared(operator: str) -> None:
    for value in (0, 3, 100):
        assert not about(LEVEL, NOTHING, **{operator: value})
        assert not about(RATIO, NOTHING, **{operator: value})
    for state in (Answer.not_applicable("没有申请"), Answer.no_data()):
        assert not about(RATIO, sheet({RATIO: state}), **{operator: 0})


def test_levels_figures_and_ticks_are_compared_as_given() -> None:
    assert about(LEVEL, sheet({LEVEL: Answer.of_level(3)}), at_least=3, at_most=3)
    assert not about(LEVEL, sheet({LEVEL: Answer.of_level(3)}), above=3)
    assert not about(LEVEL, sheet({LEVEL: Answer.of_level(3)}), below=3)
    assert about(LEVEL, sheet({LEVEL: Answer.of_level(3)}), **{"is": 3})
    assert about(LEVEL, sheet({LEVEL: Answer.of_level(3)}), is_not=4)
    assert about(RATIO, sheet({RATIO: number("3", "4")}), **{"is": 75})
    assert about(LIST, sheet({LIST: Answer.of_ticks("ABC")}), at_least=3, below=4)
    assert about(LIST, sheet({LIST: Answer.of_ticks("")}), at_most=0)


def test_a_figure_with_a_hard_fault_is_still_compared_so_that_rules_can_speak_of_it() -> None:
    assert about(RATIO, sheet({RATIO: number(result="120")}), above=100)
    assert about(COUNT, sheet({COUNT: number(result="-2")}), below=0)
    assert not about(RATIO, sheet({RATIO: number(result="八成")}), at_least=0)
    assert not about(RATIO, sheet({RATIO: number("5", "0")}), at_least=0)


def test_yes_and_no_are_words() -> None:
    assert about(YESNO, sheet({YESNO: Answer.of_choice("no")}), **{"is": "no"})
    assert about(YESNO, sheet({YESNO: Answer.of_choice("no")}), is_not="yes")
    assert not about(YESNO, NOTHING, is_not="yes")
    assert not about(YESNO, sheet({YESNO: Answer.no_data()}), is_not="yes")


def test_not_ticked_needs_an_answered_checklist() -> None:
    assert about(LIST, sheet({LIST: Answer.of_ticks("AC")}), ticked="A", not_ticked="B")
    assert not about(LIST, NOTHING, not_ticked="B")
    assert about(LIST, sheet({LIST: Answer.of_ticks("")}), not_ticked="A")


def test_a_tick_without_evidence_is_one_that_no_piece_covers() -> None:
    answers = {LIST: Answer.of_ticks("AB")}
    only_a = {(LIST, "evidence/1"): piece(options=["A"])}
    assert about(LIST, sheet(answers), ticked_without_evidence=True)
    assert about(LIST, sheet(answers, only_a), ticked_without_evidence=True)
    assert not about(LIST, sheet(answers, {(LIST, "evidence/1"): piece()}), ticked_without_evidence=True)
    assert not about(LIST, sheet({LIST: Answer.of_ticks("")}), ticked_without_evidence=True)


def test_a_confirmation_is_yes_no_or_blank_where_it_is_asked() -> None:
    assert about("ME2.2", sheet({"ME2.2": number("9", "10")}), confirm_is="blank")
    assert about("ME2.2", sheet({"ME2.2": number("9", "10", confirm="no")}), confirm_is="no")
    assert not about("ME2.2", sheet({"ME2.2": number("9", "10", confirm="no")}), confirm_is="blank")
    assert not about(RATIO, sheet({RATIO: number("9", "10")}), confirm_is="blank")
    assert not about("ME2.2", sheet({"ME2.2": Answer.no_data()}), confirm_is="blank")


def test_states_are_answered_blank_na_nd_and_skip() -> None:
    assert about(RATIO, NOTHING, state_is="blank", not_answered=True)
    assert about(RATIO, sheet({RATIO: Answer.not_applicable("无")}), state_is="na", not_answered=True)
    assert about(RATIO, sheet({RATIO: Answer.no_data()}), state_is="nd", not_answered=True)
    assert about(RATIO, sheet({RATIO: number("1", "2")}), state_is="answered", answered=True)
    skipped = sheet({"SH2.1": Answer.of_level(0), RATIO: number("1", "2")})
    assert about(RATIO, skipped, state_is="skip", not_answered=True, above=0)
    lifted = skipped.with_cells({(RATIO, "skip_lifted"): True})
    assert about(RATIO, lifted, state_is="answered")


def test_an_item_the_document_does_not_ask_is_in_no_state() -> None:
    narrow = sheet(scope=("ME",))
    assert not about(RATIO, narrow, state_is="blank")
    assert not about(RATIO, narrow, not_answered=True)


def test_not_applicable_is_listed_where_the_item_names_the_level() -> None:
    assert not about(RATIO, NOTHING, na_not_listed=True)
    assert about(LEVEL, NOTHING, na_not_listed=True)


def test_evidence_is_counted_graded_and_dated() -> None:
    def held(**fields: object) -> bool | object:
        return sheet(cells={(LEVEL, "evidence/1"): piece(**fields)})

    assert about(LEVEL, NOTHING, no_evidence=True, evidence_count_below=1)
    assert about(LEVEL, held(), has_evidence=True, evidence_count_below=2)
    assert not about(LEVEL, sheet(cells={(LEVEL, "evidence/1"): piece("  ")}), has_evidence=True)
    assert about(LEVEL, held(grade="C"), evidence_best_grade_at_most="C")
    assert about(LEVEL, held(grade="D"), evidence_best_grade_at_most="C")
    assert not about(LEVEL, held(grade="B"), evidence_best_grade_at_most="C")
    assert not about(LEVEL, held(grade=""), evidence_best_grade_at_most="C")
    assert not about(LEVEL, NOTHING, evidence_best_grade_at_most="C")
    assert about(LEVEL, held(), evidence_without_date=True)
    assert not about(LEVEL, held(number="衡政发〔2026〕1号"), evidence_without_date=True)
    assert not about(LEVEL, held(date="2026年春"), evidence_without_date=True)


def test_the_best_of_several_pieces_decides_the_grade() -> None:
    both = sheet(cells={(LEVEL, "evidence/1"): piece(grade="D"), (LEVEL, "evidence/2"): piece(grade="A")})
    assert not about(LEVEL, both, evidence_best_grade_at_most="C")


@pytest.mark.parametrize(
    ("date", "outside", "after"),
    [
        ("2025-06-30", True, False),
        ("2025-07-01", False, False),
        ("2026-06-30", False, False),
        ("2026-07-01", True, True),
        ("去年底", False, False),
    ],
)
def test_evidence_dates_are_held_against_the_period_and_the_base_date(date: str, outside: bool, after: bool) -> None:
    one = sheet(cells={(LEVEL, "evidence/1"): piece(date=date)})
    assert about(LEVEL, one, evidence_outside_period=True) is outside
    assert about(LEVEL, one, evidence_after_base_date=True) is after


def test_a_number_has_its_own_period_and_standing_documents_are_exempt() -> None:
    last_year = {("ST2.3", "evidence/1"): piece(date="2025-03-01")}
    assert not about("ST2.3", sheet(cells=last_year), evidence_outside_period=True)
    point_in_time = {("SH2.3", "evidence/1"): piece(date="2020-03-01")}
    assert not about("SH2.3", sheet(cells=point_in_time), evidence_outside_period=True)
    standing = {(LEVEL, "evidence/1"): piece(date="2019-03-01", in_force=True)}
    assert not about(LEVEL, sheet(cells=standing), evidence_outside_period=True)
    assert not about(
        LEVEL,
        sheet(cells={(LEVEL, "evidence/1"): piece(date="2019-03-01")}, base_date="六月底"),
        evidence_outside_period=True,
    )


def test_a_source_is_written_down_or_registered() -> None:
    assert about(RATIO, sheet({RATIO: number("1", "2")}), source_missing=True)
    assert not about(RATIO, sheet({RATIO: number("1", "2", source="统计台账")}), source_missing=True)
    assert not about(RATIO, sheet({RATIO: number("1", "2")}, {(RATIO, "evidence/1"): piece()}), source_missing=True)
    assert not about(RATIO, NOTHING, source_missing=True)


def test_a_note_is_counted_without_blanks_and_with_the_reason() -> None:
    assert about(LEVEL, NOTHING, note_shorter_than=1)
    noted = sheet(cells={(LEVEL, "note"): "　会议 纪要\n三份　"})
    assert about(LEVEL, noted, note_shorter_than=7)
    assert not about(LEVEL, noted, note_shorter_than=6)
    reason = sheet({RATIO: Answer.not_applicable("近十二个月没有收到申请")})
    assert not about(RATIO, reason, note_shorter_than=10)


def test_numerator_denominator_and_result_are_held_against_each_other() -> None:
    assert about(RATIO, sheet({RATIO: number("1204", "1140")}), numerator_above_denominator=True)
    assert not about(RATIO, sheet({RATIO: number("1140", "1140")}), numerator_above_denominator=True)
    assert about(RATIO, sheet({RATIO: number(result="80")}), denominator_missing=True)
    assert about(RATIO, sheet({RATIO: number("8")}), denominator_missing=True)
    assert not about(RATIO, sheet({RATIO: number("8", "10")}), denominator_missing=True)
    assert not about(COUNT, sheet({COUNT: number(result="2")}), denominator_missing=True)
    assert about(RATIO, sheet({RATIO: number("8", "50")}), denominator_at_most=50, denominator_at_least=50)
    assert not about(RATIO, sheet({RATIO: number(result="80")}), denominator_at_most=50)
    assert about(RATIO, sheet({RATIO: number("8", "10", "80.6")}), ratio_differs_by_more_than=0.5)
    assert not about(RATIO, sheet({RATIO: number("8", "10", "80.5")}), ratio_differs_by_more_than=0.5)
    assert not about(RATIO, sheet({RATIO: number("8", "10")}), ratio_differs_by_more_than=0.5)


def test_a_figure_outside_the_plausible_range_is_seen() -> None:
    assert about(COUNT, sheet({COUNT: number(result="25")}), outside_plausible_range=True)
    assert not about(COUNT, sheet({COUNT: number(result="24")}), outside_plausible_range=True)
    assert not about(COUNT, NOTHING, outside_plausible_range=True)


def test_changes_are_held_against_the_column_of_last_period_or_against_its_sheet() -> None:
    then, now = {LEVEL: Answer.of_level(1)}, {LEVEL: Answer.of_level(4)}
    column = sheet(now, {(LEVEL, "previous"): Answer.of_level(1).to_json()})
    for one, previous in ((column, None), (sheet(now), sheet(then))):
        assert about(LEVEL, one, previous, rose_by_more_than=2, changed_by_more_than=2)
        assert not about(LEVEL, one, previous, rose_by_more_than=3)
        assert not about(LEVEL, one, previous, fell_by_more_than=0)
        assert about(LEVEL, one, previous, last_state_is="answered")
    assert about(LEVEL, sheet(then), sheet(now), fell_by_more_than=2)
    assert not about(LEVEL, sheet(now), changed_by_more_than=0)
    assert not about(LEVEL, sheet(now), last_state_is="blank")


def test_a_change_in_per_cent_needs_something_to_begin_with() -> None:
    assert about(
        RATIO, sheet({RATIO: number(result="80")}), sheet({RATIO: number(result="60")}), changed_by_more_than_percent=30
    )
    assert not about(
        RATIO, sheet({RATIO: number(result="78")}), sheet({RATIO: number(result="60")}), changed_by_more_than_percent=30
    )
    assert not about(
        RATIO, sheet({RATIO: number(result="78")}), sheet({RATIO: number(result="0")}), changed_by_more_than_percent=30
    )
    assert about(
        RATIO,
        sheet({RATIO: number("70", "79")}),
        sheet({RATIO: number("70", "100")}),
        denominator_fell_by_more_than_percent=20,
    )
    assert not about(
        RATIO,
        sheet({RATIO: number("70", "80")}),
        sheet({RATIO: number("70", "100")}),
        denominator_fell_by_more_than_percent=20,
    )
    assert not about(
        RATIO,
        sheet({RATIO: number(result="90")}),
        sheet({RATIO: number("70", "100")}),
        denominator_fell_by_more_than_percent=20,
    )


def test_the_same_note_as_last_period_counts_from_a_length() -> None:
    long, short = "会议纪要存于市委政法委档案室，共三份，均已归档备查", "同上"
    one, two = sheet(cells={(LEVEL, "note"): long}), sheet(cells={(LEVEL, "note"): " " + long})
    assert about(LEVEL, one, two, note_same_as_last_period=True, min_length=20)
    assert not about(LEVEL, one, NOTHING, note_same_as_last_period=True)
    brief = sheet(cells={(LEVEL, "note"): short})
    assert not about(LEVEL, brief, brief, note_same_as_last_period=True, min_length=20)
    assert not about(LEVEL, NOTHING, NOTHING, note_same_as_last_period=True)


def test_self_assessment_and_review_are_held_against_each_other() -> None:
    both = sheet({LEVEL: Answer.of_level(4)}, {(LEVEL, "review"): Answer.of_level(2).to_json()})
    assert about(LEVEL, both, review_gap_at_least=2)
    assert not about(LEVEL, both, review_gap_at_least=3)
    assert not about(LEVEL, both, state_differs_between_columns=True)
    sent = sheet({LEVEL: Answer.of_level(4)}, {(LEVEL, "review"): Answer.no_data().to_json()})
    assert about(LEVEL, sent, state_differs_between_columns=True)
    assert not about(LEVEL, NOTHING, state_differs_between_columns=True)


def test_an_operator_that_needs_other_sheets_does_not_hold() -> None:
    answered = sheet({LEVEL: Answer.of_level(5)})
    for operator in ("same_text_as_other_city", "outside_peer_fences", "perception_gap_at_least", "no_such_operator"):
        assert not about(LEVEL, answered, **{operator: 0})


def test_every_operator_of_the_guide_is_there() -> None:
    from assess.checks import groups
    from assess.framework.operators import GROUP_OPERATORS, ITEM_OPERATORS

    assert set(ITEM_OPERATORS) == set(items.OPERATORS)
    assert set(GROUP_OPERATORS) == set(groups.OPERATORS)


def test_conditions_combine_and_name_the_items_that_made_them_hold() -> None:
    both = {"any": [{"indicator": "SH3.1", "above": 0}, {"indicator": "SH3.2", "above": 0}]}
    rule = {"all": [{"indicator": "SH2.1", "at_most": 0}, both]}
    one = laid(sheet({"SH2.1": Answer.of_level(0), "SH3.2": number("1", "2")}))
    assert conditions.holds(one, rule)
    assert conditions.concerned(one, rule) == ("SH2.1", "SH3.2")
    assert conditions.holds(one, {"not": {"indicator": "SH2.1", "above": 0}})
    for nothing in ({}, [], None, "all", {"all": []}, {"each": "all"}, {"indicator": "XX9.9", "not_answered": True}):
        assert not conditions.holds(one, nothing)


def test_registered_evidence_is_read_as_it_was_written() -> None:
    kept = Evidence("1", "方案", grade="B")
    one = laid(sheet(cells={(LEVEL, "evidence/1"): kept.to_json()}))
    assert one.items[LEVEL].evidence == (kept,)
