"""The ten sample cities reach the stages they are meant to show, and for the right reasons."""

from __future__ import annotations

from functools import cache

import pytest

from assess.framework import read
from assess.framework.tiers import tailored
from assess.measure.result import Scores
from assess.measure.score import score
from assess.samples.cities import FOLDER, SampleCity, cities, city
from assess.samples.generate import files
from assess.walk import skips

TARGETS = {
    "990101": (88, 90, 89, 84, 86), "990102": (80, 76, 66, 78, 77), "990103": (72, 80, 66, 68, 65),
    "990201": (74, 58, 60, 62, 55), "990202": (62, 48, 56, 60, 50), "990301": (55, 50, 64, 58, 36),
    "990302": (36, 34, 30, 32, 28), "990303": (22, 20, 16, 20, 18), "990401": (58, 60, 62, 66, 40),
    "990104": (82, 80, 81, 70, 76),
}  # fmt: skip
ALL = cities()
BY_CODE = pytest.mark.parametrize("code", sorted(TARGETS))


@cache
def scored(code: str) -> Scores:
    each = city(code)
    return score(tailored(read.builtin(), each.profile), each.sheet)


def failed(code: str, stage: int | None = None) -> set[str]:
    return {result.gate.id for result in scored(code).failed_gates(stage)}


def test_generating_the_cities_again_gives_the_same_bytes() -> None:
    assert files() == {name: (FOLDER / name).read_text("utf-8") for name in files()}


def test_every_city_is_marked_as_a_sample_and_has_a_code_that_no_place_has() -> None:
    assert len(ALL) == 10
    for each in ALL:
        assert each.profile.sample
        assert each.profile.unit.startswith("示例·")
        assert each.profile.code.startswith("99")


@BY_CODE
def test_each_city_reaches_both_stages_that_the_table_expects(code: str) -> None:
    found = scored(code)
    assert found.score_stage is not None
    assert found.gated_stage is not None
    assert (found.score_stage.level, found.gated_stage.level) == city(code).expected


@BY_CODE
def test_each_dimension_scores_what_the_portrait_says(code: str) -> None:
    found = scored(code)
    for dimension, target in zip(("ST", "ME", "SH", "SE", "TA"), TARGETS[code], strict=True):
        assert found.nodes[dimension].score == pytest.approx(target, abs=0.5)


@BY_CODE
def test_everything_is_answered_and_nothing_is_at_fault(code: str) -> None:
    found = scored(code)
    assert not found.unanswered
    assert not found.provisional
    assert not [item.code for item in found.items.values() if item.fault or item.doubt]


def test_city_6_fails_the_dimension_floor_and_beyond_it_only_key_gates_through_two_items() -> None:
    assert failed("990301", 3) <= {"G3.2", "G3.3", "G3.4"}
    assert "G3.2" in failed("990301", 3)
    where = {code for result in scored("990301").failed_gates(3) for code in result.where}
    assert where <= {"TA", "TA1.3", "TA2.2"}


def test_city_9_stands_on_the_dimension_floor() -> None:
    talent = scored("990401").nodes["TA"].score
    assert talent is not None
    assert 40.0 <= talent < 40.5
    assert not failed("990401", 3)


def test_city_10_would_hold_stage_4_but_for_the_red_line() -> None:
    found = scored("990104")
    assert not failed("990104", 4)
    assert [(line.red_line.id, line.status) for line in found.red_lines] == [("R1", "in_force")]


def test_city_8_shows_skips_that_count_zero_and_skips_that_leave_out() -> None:
    each = city("990303")
    active = skips(tailored(read.builtin(), each.profile), each.sheet)
    assert {"ME2.2", "ME2.3", "SH3.1", "SH3.2"} <= set(active)
    found = scored("990303")
    assert found.items["ME2.2"].score == 0
    assert found.items["SH3.2"].score == 0
    assert found.items["SH3.1"].score is None


@pytest.mark.parametrize("code", ["990102", "990302"])
def test_cities_2_and_7_show_data_gaps_in_a_seventh_of_the_items(code: str) -> None:
    assert len(scored(code).data_gaps) == 10


def test_city_1_is_reviewed_and_its_evidence_nearly_complete() -> None:
    assert city("990101").sheet.status == "reviewed"
    rate = scored("990101").evidence_rate
    assert rate is not None
    assert rate >= 0.9


def test_key_items_hold_what_each_expected_stage_needs() -> None:
    for code, least in {"990101": 80, "990102": 60, "990103": 60, "990201": 40, "990202": 40, "990401": 40}.items():
        keys = [item.score or 0 for item in scored(code).items.values() if read.builtin().indicators[item.code].key]
        assert min(keys) >= least
        if least == 40:
            assert sum(each >= 60 for each in keys) >= 6


def test_the_story_of_city_5_is_a_hub_for_show() -> None:
    sheet = city("990202").sheet
    hub, use = sheet.answer("ME2.1"), sheet.answer("ME2.3")
    assert hub is not None
    assert use is not None
    assert (hub.choice, use.level) == ("yes", 1)


def test_a_connection_rate_above_20_needs_a_hub() -> None:
    for each in ALL:
        hub = each.sheet.answer("ME2.1")
        rate = scored(each.profile.code).items["ME2.2"].value
        if rate is not None and rate >= 20:
            assert hub is not None
            assert hub.choice == "yes"


def correlation(one: str, other: str) -> float:
    def measured(each: SampleCity, code: str) -> float | None:
        item = scored(each.profile.code).items[code]
        return item.value if item.value is not None else item.level

    pairs = [(measured(each, one), measured(each, other)) for each in ALL]
    known = [(a, b) for a, b in pairs if a is not None and b is not None]
    mean_a, mean_b = (sum(column) / len(known) for column in zip(*known, strict=True))
    top = sum((a - mean_a) * (b - mean_b) for a, b in known)
    return top / (sum((a - mean_a) ** 2 for a, _ in known) * sum((b - mean_b) ** 2 for _, b in known)) ** 0.5


def test_the_cities_keep_to_the_ties_between_items() -> None:
    assert correlation("SH3.3", "SH3.4") < 0
    assert correlation("ST4.3", "ME4.3") > 0.3
    assert correlation("TA2.3", "ME5.1") > 0.3
    assert correlation("SH1.1", "SH1.3") > 0.5


def test_three_cities_carry_township_answers_and_two_a_period_before() -> None:
    assert {each.profile.code for each in ALL if each.townships} == {"990103", "990301", "990302"}
    before = {each.profile.code for each in ALL if any(column == "previous" for _, column in each.cells)}
    assert before == {"990201", "990401"}


def test_each_city_can_be_found_by_its_code_and_an_unknown_one_cannot() -> None:
    assert isinstance(city("990301"), SampleCity)
    with pytest.raises(KeyError):
        city("110000")


@BY_CODE
def test_key_items_from_the_third_level_up_have_evidence(code: str) -> None:
    sheet = city(code).sheet
    keys = [item for item in scored(code).items.values() if read.builtin().indicators[item.code].key]
    assert [item.code for item in keys if (item.level or 0) >= 3 and not sheet.evidence(item.code)] == []


@BY_CODE
def test_figures_have_the_size_of_the_city(code: str) -> None:
    each = city(code)
    sheet, urban = each.sheet, each.profile.population
    assert urban is not None
    residents = sheet.answer("ST4.2")
    if residents is not None and residents.kind == "number":
        assert int(residents.denominator or 0) > urban
    departments = sheet.answer("ME2.2")
    if departments is not None and departments.kind == "number":
        assert 30 <= int(departments.denominator or 0) <= 70
    village_months = sheet.answer("SH3.3")
    assert village_months is not None
    assert int(village_months.denominator or 0) % 3 == 0
    assert int(village_months.denominator or 0) >= 30


@BY_CODE
def test_what_one_answer_claims_no_other_denies(code: str) -> None:
    sheet, found = city(code).sheet, scored(code)
    ticked = {
        item: set(answer.ticked)
        if (answer := sheet.answer(item)) is not None and answer.kind == "multi"
        else {*"CDEGH"}
        for item in ("ST2.2", "SE1.2")
    }
    level = {item.code: item.level or 0 for item in found.items.values()}
    assert level["ME1.4"] < 3 or "H" in ticked["ST2.2"]
    assert level["SE1.1"] < 2 or "D" in ticked["ST2.2"]
    assert level["SE4.1"] < 1 or "H" in ticked["SE1.2"]
    assert level["SH4.1"] < 5 or ("G" in ticked["ST2.2"] and "D" in ticked["SE1.2"])
