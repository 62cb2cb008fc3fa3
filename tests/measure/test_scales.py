"""Every answer maps to 0–100 by its scale (R1), and what cannot be right has no score (D7, D8)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.answers import Answer
from assess.measure.scales import clean, figure, goalposts, level_of, value
from assess.problems import Problem
from tests.measure.small import RATIO, SMALL, item, words

LEVEL, NUMBER, MULTI, YESNO = (SMALL.indicators[code] for code in ("a1", "a2", "a3", "a4"))


def number(**fields: object):
    return item("n", "number", 1, number=replace(RATIO, confirmation=None, **fields))


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("85.3", "85.3"),
        ("８５．３", "85.3"),
        ("85。3", "85.3"),
        ("85.3%", "85.3"),
        ("85.3 ％", "85.3"),
        ("1,234.5", "1234.5"),
        ("1，234，567", "1234567"),
        ("12 345", "12345"),
        ("\u30001 234", "1234"),
        ("+7", "7"),
        ("007", "7"),
        ("0", "0"),
        ("0.50", "0.50"),
        (".5", "0.5"),
        ("5.", "5"),
        ("－3", "-3"),
        ("-0", "0"),
    ],
)
def test_a_typed_number_is_cleaned_of_what_hands_and_input_methods_add(typed, cleaned):
    assert clean(typed) == cleaned


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "八十五",
        "1.2万",
        "10²",
        "1e5",
        "85,3",
        "1,23",
        "85.3.1",
        "--3",
        "=1+1",
        "nan",
        "inf",
        "٣",
        "😀",
        ".",
        "%",
        "1 2",
    ],
)
def test_anything_else_cannot_be_read_as_a_number(typed):
    with pytest.raises(Problem) as caught:
        clean(typed)
    assert caught.value.code == "number.unreadable"


def test_a_number_of_more_than_thirty_digits_is_a_slip_of_the_key():
    with pytest.raises(Problem) as caught:
        clean("9" * 31)
    assert caught.value.code == "number.too-long"
    assert clean("9" * 30) == "9" * 30


@given(st.integers(0, 10**12), st.integers(0, 999))
def test_cleaning_what_is_clean_changes_nothing(whole, part):
    text = f"{whole}.{part:03d}"
    assert clean(text) == text
    assert clean(f"{whole:,}.{part:03d}") == text


def test_a_level_is_worth_twenty_points_each():
    assert [value(LEVEL, Answer.of_level(level)).score for level in range(6)] == [0, 20, 40, 60, 80, 100]
    assert [value(LEVEL, Answer.of_level(level)).level for level in range(6)] == [0, 1, 2, 3, 4, 5]


def test_a_rubric_with_four_levels_spreads_them_over_a_hundred():
    short = item("s", "level", 1, levels=tuple(SMALL.indicators["a1"].levels[:5]))
    assert [value(short, Answer.of_level(level)).score for level in range(5)] == [0, 25, 50, 75, 100]


@pytest.mark.parametrize("level", [-1, 6, None])
def test_a_level_that_does_not_exist_is_a_fault(level):
    found = value(LEVEL, Answer("level", level=level))
    assert found.state == "unanswered"
    assert found.fault is not None
    assert found.fault.code == "answer.no-such-level"


def test_the_favorable_answer_of_a_yes_no_item_is_a_hundred_also_where_it_is_no():
    assert value(YESNO, Answer.of_choice("no")).score == 100
    assert value(YESNO, Answer.of_choice("no")).level == 5
    assert value(YESNO, Answer.of_choice("yes")).score == 0


@pytest.mark.parametrize(("x", "score"), [("40", 0), ("90", 100), ("65", 50), ("30", 0), ("95", 100), ("41", 2)])
def test_a_number_scores_linearly_between_its_goalposts_and_is_cut_off_beyond(x, score):
    assert value(number(), Answer.of_number(result=x)).score == pytest.approx(score)


@pytest.mark.parametrize(("x", "score"), [("8", 100), ("40", 0), ("24", 50), ("4", 100), ("80", 0)])
def test_a_number_where_less_is_better_uses_the_same_formula(x, score):
    forms = number(direction="down", zero=40, full=8, kind="average", denominator=None)
    assert value(forms, Answer.of_number(result=x)).score == pytest.approx(score)


def test_numerator_and_denominator_make_the_value():
    found = value(number(), Answer.of_number("19", "20"))
    assert found.x == 95
    assert found.score == 100


def test_a_count_needs_no_denominator():
    drills = number(kind="count", denominator=None, factor=None, zero=0, full=2)
    assert value(drills, Answer.of_number("1")).score == 50


def test_a_score_of_a_number_gives_a_level_rounded_down():
    assert value(number(), Answer.of_number(result="79.9")).level == 3
    assert value(number(), Answer.of_number(result="80")).level == 4
    assert level_of(59.9999999999) == 3
    assert level_of(59.99) == 2
    assert level_of(100) == 5


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer.of_number("21", "20"), "number.numerator-above"),
        (Answer.of_number("-1", "20"), "number.negative"),
        (Answer.of_number("1", "-20"), "number.negative"),
        (Answer.of_number(result="100.1"), "number.above-whole"),
        (Answer.of_number("abc", "20"), "number.unreadable"),
        (Answer.of_number("1"), "number.incomplete"),
        (Answer.of_number(denominator="1"), "number.incomplete"),
        (Answer.of_number(), "number.incomplete"),
    ],
)
def test_a_hard_fault_leaves_the_answer_without_a_score(answer, code):
    found = value(NUMBER, answer)
    assert (found.state, found.score, found.level) == ("unanswered", None, None)
    assert found.fault is not None
    assert found.fault.code == code
    assert found.fault.sentence("zh") != found.fault.sentence("en")


def test_a_rate_may_have_a_numerator_above_its_denominator():
    assert value(number(kind="rate", factor=1, zero=10, full=300), Answer.of_number("310", "2")).score == 50


def test_a_value_out_of_the_plausible_range_scores_and_is_doubted():
    found = value(number(kind="average", plausible=(0, 90)), Answer.of_number(result="95"))
    assert found.score == 100
    assert found.doubt is not None
    assert found.doubt.code == "number.implausible"


@pytest.mark.parametrize(
    ("rule", "state", "score"),
    [("nd", "nd", None), ("na", "na", None), ("zero", "answered", 0), ("invalid", "unanswered", None)],
)
def test_a_denominator_of_zero_acts_as_the_item_says(rule, state, score):
    found = value(number(zero_denominator=rule), Answer.of_number("0", "0"))
    assert (found.state, found.score) == (state, score)
    assert (found.fault is not None) == (rule == "invalid")


def test_something_of_nothing_is_a_fault_whatever_the_rule_for_zero():
    found = value(number(zero_denominator="zero"), Answer.of_number("3", "0"))
    assert found.fault is not None
    assert found.fault.code == "number.numerator-above"


@pytest.mark.parametrize(("confirm", "score"), [("yes", 80), ("no", 50), (None, 50)])
def test_a_number_with_a_confirmation_is_held_down_unless_it_is_confirmed(confirm, score):
    found = value(NUMBER, Answer.of_number(result="80", confirm=confirm))
    assert found.score == score
    assert (found.lowered is None) == (confirm == "yes")


def test_a_missing_confirmation_does_not_raise_a_low_score():
    found = value(NUMBER, Answer.of_number(result="45", confirm="no"))
    assert found.score == pytest.approx(10)
    assert found.lowered is None


@pytest.mark.parametrize(("ticked", "score"), [("p", 25), ("pq", 50), ("pqrs", 100), ("qr", 50), ("qrs", 60), ("", 0)])
def test_a_checklist_counts_its_ticks_and_a_missing_mandatory_option_caps_it(ticked, score):
    assert value(MULTI, Answer.of_ticks(ticked)).score == score


def test_an_empty_checklist_is_an_answer():
    found = value(MULTI, Answer.of_ticks([]))
    assert (found.state, found.score, found.level) == ("answered", 0, 0)


def test_an_option_the_item_does_not_have_is_a_fault():
    found = value(MULTI, Answer.of_ticks(["p", "z"]))
    assert found.fault is not None
    assert found.fault.code == "answer.unknown-option"


def test_an_answer_of_another_kind_does_not_fit():
    found = value(LEVEL, Answer.of_choice("yes"))
    assert found.fault is not None
    assert found.fault.code == "answer.wrong-kind"


def test_townships_feel_a_level_for_items_of_any_kind():
    assert value(NUMBER, Answer.of_level(4), grassroots=True).score == 80
    assert value(NUMBER, Answer.of_level(4)).fault is not None


@given(st.floats(-1e6, 1e6), st.floats(0, 100), st.floats(0.1, 100), st.booleans())
def test_goalposts_stay_within_a_hundred_and_follow_the_direction(x, zero, width, up):
    scale = replace(RATIO, zero=zero, full=zero + width if up else zero - width, direction="up" if up else "down")
    assert 0 <= goalposts(scale, x) <= 100
    better = x + 1 if up else x - 1
    assert goalposts(scale, better) >= goalposts(scale, x)


def test_hostile_text_in_a_number_comes_back_as_words_not_as_a_template():
    for text in ("{0}", "{text!r}", "</script>", "=1+1", "㙍𡐓", "a\nb"):
        with pytest.raises(Problem) as caught:
            clean(text)
        assert text[:40] in caught.value.sentence("zh")
    assert words("x").zh == "x"


@pytest.mark.parametrize(
    ("number_given", "written"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (85.3, "85.3"),
        (100.0000001, "100.0000001"),
        (1e12, "1000000000000"),
        (0.00001, "0.00001"),
    ],
)
def test_a_figure_in_a_sentence_is_never_a_power_of_ten(number_given, written):
    assert figure(number_given) == written
