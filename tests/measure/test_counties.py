"""City and county scores blended per item (R4, D19)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assess.answers import Answer
from assess.measure.score import score
from tests.measure.small import SMALL, formal, full


def county(**answers):
    return score(SMALL, formal({**full(), **answers}, tier="县"))


def city(counties, wanted=5, **profile):
    one = formal(full(), **{"counties": wanted, "blend_counties": True, **profile})
    return score(SMALL, one, counties=counties)


def test_seven_tenths_city_and_three_tenths_of_the_counties_mean():
    counties = [county(a1=Answer.of_level(level)) for level in (2, 3, 4, 5)]
    found = city(counties).items["a1"]
    assert found.county_mean == pytest.approx(70)
    assert found.score == pytest.approx(0.7 * 60 + 0.3 * 70)
    assert (found.own_score, found.counties) == (60, 4)


def test_it_is_off_unless_the_document_asks_for_it():
    assert city([county(a1=Answer.of_level(5))] * 5, blend_counties=False).items["a1"].score == 60


def test_a_city_without_counties_is_never_blended():
    assert city([county(a1=Answer.of_level(5))] * 5, no_counties=True).items["a1"].score == 60


@pytest.mark.parametrize(("given", "score_of_city"), [(2, 60), (3, 0.7 * 60 + 0.3 * 100)])
def test_less_than_six_tenths_of_the_counties_leave_the_city_alone(given, score_of_city):
    found = city([county(a1=Answer.of_level(5))] * given)
    assert found.items["a1"].score == pytest.approx(score_of_city)


def test_unanswered_is_not_submitted_but_no_data_is():
    three = [county(b1=Answer.of_level(5))] * 2 + [county(b1=None)]
    assert city(three).items["b1"].counties == 0
    three = [county(b1=Answer.of_level(5))] * 2 + [county(b1=Answer.no_data())]
    assert city(three).items["b1"].county_mean == pytest.approx(200 / 3)


def test_not_applicable_counties_are_left_out_of_the_mean():
    na = score(
        SMALL,
        formal({**full(), "b2": Answer.not_applicable("无")}, tier="县").with_cells({("b2", "na_approved"): True}),
    )
    found = city([na, na, county(b2=Answer.of_level(5))]).items["b2"]
    assert (found.counties, found.county_mean) == (1, 100)
    assert city([na, na, na]).items["b2"].score == 60


def test_the_item_that_is_never_blended_stays_the_city_s():
    found = city([county(a4=Answer.of_choice("yes"))] * 5)
    assert found.items["a4"].score == 100


def test_what_the_city_has_not_answered_is_not_blended():
    one = formal({**full(), "b2": Answer.no_data()}, counties=3, blend_counties=True)
    assert score(SMALL, one, counties=[county(b2=Answer.of_level(5))] * 3).items["b2"].score == 0


def test_counties_of_another_framework_are_left_out():
    strange = [replace(county(a1=Answer.of_level(5)), framework_digest="9" * 64)] * 5
    assert city(strange).items["a1"].score == 60


def test_gates_use_the_blended_scores():
    found = city([county(a1=Answer.of_level(0))] * 5)
    assert found.items["a1"].score == pytest.approx(42)
    assert next(g for g in found.gates if g.gate.id == "G2.3").found == pytest.approx(42)
