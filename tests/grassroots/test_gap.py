"""上下温差, worked out by hand (framework draft §4.3)."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.answers import Answer, Profile, Sheet
from assess.framework.read import builtin
from assess.framework.tiers import tailored
from assess.grassroots.gap import band, claimed, felt, gaps
from assess.grassroots.sheets import Filled

PROFILE = Profile("衡川市", tier="市")
FRAMEWORK = tailored(builtin(), PROFILE)
BANDS = FRAMEWORK.perception.gap_bands


def sheets(code, values, tier="乡"):
    return [Filled(tier, number, {code: value}) for number, value in enumerate(values, 1)]


def gap_of(code, answer, values):
    found = gaps(FRAMEWORK, Sheet.of(PROFILE, {code: answer} if answer else {}), sheets(code, values))
    return next(one for one in found.items if one.code == code)


def test_a_rubric_is_compared_by_its_level():
    one = gap_of("ME2.5", Answer.of_level(4), [2, 2, 3, 1, 2])
    assert (one.claim, one.mean, one.gap, one.sheets) == (4.0, 2.0, 2.0, 5)
    assert one.spread == pytest.approx(math.sqrt(2 / 4))
    assert (one.low, one.high) == (1.0, 3.0)
    assert one.band.name.zh == "上热下冷"


def test_a_number_of_the_city_is_its_score_over_twenty_and_a_felt_level_its_level():
    """ST4.3 is a rate for the city and felt below: its score ÷ 20 against the mean of the levels."""
    item = FRAMEWORK.indicators["ST4.3"]
    middle = (item.number.zero + item.number.full) / 2
    one = gap_of("ST4.3", Answer.of_number(result=f"{middle:g}"), [2, 2, 3, 3, 3])
    assert one.claim == pytest.approx(2.5)
    assert one.gap == pytest.approx(2.5 - 2.6)
    assert one.band.name.zh == "一致"


def test_ticks_and_a_rough_number_are_brought_to_five():
    ticks, number = FRAMEWORK.indicators["ST4.1"], FRAMEWORK.indicators["SH3.3"]
    assert felt(ticks, ("A", "B")) == 5 * 2 / 8
    assert felt(ticks, ()) == 0
    assert felt(number, "8") == 5  # the full mark of 8 forms a month
    assert felt(number, "40") == 0
    assert felt(number, "24") == pytest.approx(2.5)
    assert felt(number, "nan") is None
    assert felt(number, "1e999") is None


@pytest.mark.parametrize("given_here", [6, -1, "x", ("Z",), None, "nan"])
def test_what_does_not_fit_its_question_is_no_answer(given_here):
    item = FRAMEWORK.indicators["ST4.1" if isinstance(given_here, tuple) else "ME2.5"]
    assert felt(item, given_here) is None


@pytest.mark.parametrize(
    "gap, name",
    [
        (1.5, "上热下冷"), (4.9, "上热下冷"), (1.4999, "略偏热"), (0.5001, "略偏热"), (0.5, "一致"), (0.0, "一致"),
        (-0.5, "一致"), (-0.5001, "略偏低"), (-0.9999, "略偏低"), (-1.0, "低报"), (-5.0, "低报"),
    ],
)  # fmt: skip
def test_bounds_belong_to_the_bands_as_the_framework_says(gap, name):
    assert band(BANDS, gap).name.zh == name


@given(st.lists(st.integers(0, 5), max_size=4), st.integers(0, 5))
def test_fewer_than_five_never_show_a_number(values, level):
    one = gap_of("ME2.5", Answer.of_level(level), values)
    assert (one.mean, one.spread, one.low, one.high, one.gap, one.band, one.claim) == (None,) * 7
    assert str(len(values)) in one.reason.render("zh")


@given(st.lists(st.integers(0, 5), min_size=5, max_size=40), st.randoms(use_true_random=False))
def test_the_order_of_the_sheets_does_not_matter(values, chance):
    mixed = list(values)
    chance.shuffle(mixed)
    assert gap_of("ME2.5", Answer.of_level(3), values) == gap_of("ME2.5", Answer.of_level(3), mixed)


@given(st.lists(st.integers(0, 5), min_size=5, max_size=40), st.integers(0, 5))
def test_a_gap_is_claim_less_mean_and_lies_between_its_extremes(values, level):
    one = gap_of("ME2.5", Answer.of_level(level), values)
    assert one.gap == pytest.approx(level - sum(values) / len(values))
    assert level - one.high <= one.gap + 1e-9
    assert one.gap <= level - one.low + 1e-9


def test_townships_and_villages_count_together():
    both = [*sheets("ME2.5", [3, 3, 3]), *sheets("ME2.5", [3, 3], "村")]
    found = gaps(FRAMEWORK, Sheet.of(PROFILE, {"ME2.5": Answer.of_level(3)}), both)
    assert dict(found.sheets) == {"乡": 3, "村": 2}
    assert [one.code for one in found.told] == ["ME2.5"]


def test_without_an_own_answer_the_mean_is_known_and_no_gap_given():
    one = gap_of("ME2.5", None, [3, 3, 3, 3, 3])
    assert (one.mean, one.gap) == (3.0, None)
    assert one.reason is not None


@pytest.mark.parametrize("answer", [Answer.not_applicable("没有"), Answer.no_data(), Answer.of_number("9", "3")])
def test_an_own_answer_that_has_no_score_gives_no_gap(answer):
    code = "ST4.3" if answer.kind == "number" else "ME2.5"
    assert gap_of(code, answer, [3, 3, 3, 3, 3]).gap is None


def test_the_review_does_not_enter_the_gap():
    sheet = Sheet.of(PROFILE, {"ME2.5": Answer.of_level(4)}).with_cells(
        {("ME2.5", "review"): Answer.of_level(1).to_json()}
    )
    assert claimed(sheet, FRAMEWORK.indicators["ME2.5"]) == 4.0


def test_a_township_is_not_compared_with_itself():
    profile = Profile("青石镇", tier="乡")
    assert gaps(tailored(FRAMEWORK, profile), Sheet.of(profile)) is None


def test_the_sample_cities_show_agreement_heat_and_understatement():
    """Practice notes §7: cities 3, 6 and 7 show 一致, 上热下冷 +1.8 and 低报 −1.1."""
    from assess.samples.cities import city

    means = {}
    for code in ("990103", "990301", "990302"):
        one = city(code)
        found = gaps(tailored(builtin(), one.profile), one.sheet)
        told = [each.gap for each in found.told]
        means[code] = sum(told) / len(told)
    assert means["990103"] == pytest.approx(0, abs=0.3)
    assert means["990301"] == pytest.approx(1.8, abs=0.3)
    assert means["990302"] == pytest.approx(-1.1, abs=0.35)
