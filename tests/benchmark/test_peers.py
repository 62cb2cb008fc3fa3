"""Who may stand beside whom, and how a group is widened (D20–D22)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assess.benchmark.peers import choose, peer, refusal
from assess.measure.score import score
from assess.problems import Problem
from tests.benchmark.crowd import unit
from tests.measure.small import SMALL, formal, full, sheet

ME = unit("本市")


def many(count, **fields):
    return [unit(f"{fields}{number}", **fields) for number in range(count)]


def test_seven_of_the_same_region_and_size_are_enough():
    found = choose(ME, [*many(7), *many(5, region="西部")])
    assert (found.step, found.n) == ("region_and_size", 8)
    assert found.rule.render("zh") == "同区域（东部）、同规模（中等）"


def test_then_neighboring_sizes_of_the_region():
    library = [*many(3), *many(2, size="Ⅱ型大"), *many(2, size="Ⅰ型小"), *many(9, size="超大"), *many(9, region="西部")]
    found = choose(ME, library)
    assert (found.step, found.n) == ("region_and_near_size", 8)


def test_then_the_size_in_any_region():
    found = choose(ME, [*many(2), *many(5, region="西部"), *many(9, size="超大", region="中部")])
    assert (found.step, found.n) == ("size", 8)


def test_then_the_whole_library_at_this_level_however_few():
    found = choose(ME, [*many(2), unit("远", region="西部", size="超大")])
    assert (found.step, found.n) == ("level", 4)


def test_a_unit_without_region_or_size_skips_the_steps_that_need_them():
    library = [unit(f"x{number}", region="", size="") for number in range(9)]
    assert choose(unit("本市", region="", size=""), library).step == "level"


def test_a_unit_whose_size_nobody_gave_widens_from_its_region():
    library = [*many(7), *many(3, region="西部")]
    assert choose(unit("本市", size=""), library).step == "region"
    assert choose(unit("本市", size=""), library[1:]).step == "level"


def test_a_framework_by_region_alone_asks_for_that_step():
    chile = unit("Ancud", region="Los Lagos", size="")
    found = choose(chile, [unit("Castro", region="Los Lagos"), unit("Arica", region="Arica y Parinacota")], by="region")
    assert [member.name for member in found.members] == ["Castro"]
    assert found.rule.render("en") == "Same region (Los Lagos)"


def test_regions_in_either_language_are_the_same():
    assert choose(ME, many(7, region="East")).step == "region_and_size"


def test_peers_keep_the_order_of_the_library_and_the_unit_itself_is_not_one():
    library = [unit("丙"), unit("甲"), unit("本市", 99.0), unit("乙")]
    assert [member.name for member in choose(ME, library).members] == ["丙", "甲", "乙"]


def test_of_several_years_the_nearest_counts():
    library = [unit("甲", 10.0, year=2022), unit("甲", 20.0, year=2026), unit("甲", 30.0, year=2024)]
    assert [member.total for member in choose(ME, library).members] == [20.0]


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"mode": "training"}, "培训"),
        ({"mode": "self"}, "自评"),
        ({"sample": True}, "演示"),
        ({"tier": "县"}, "层级"),
        ({"framework": "ff"}, "框架"),
        ({"barred": True}, "红线"),
        ({"scores": {}}, "总分"),
    ],
)
def test_who_may_not_be_a_peer_and_why(fields, word):
    me = replace(ME, framework="aa")
    other = unit("乙", **fields)
    assert word in refusal(me, other).render("zh")
    found = choose(me, [other])
    assert found.members == ()
    assert [name for name, _ in found.refused] == ["乙"]


def test_samples_are_peers_of_samples():
    assert refusal(replace(ME, sample=True), unit("乙", sample=True)) is None


def test_a_self_assessment_may_be_placed_and_is_never_a_peer():
    assert choose(unit("本市", mode="self"), many(7)).n == 8


def test_practice_is_refused_a_group():
    with pytest.raises(Problem) as caught:
        choose(unit("练习", mode="training"), many(7))
    assert caught.value.code == "benchmark.training"


def test_a_scored_sheet_becomes_a_peer_with_its_graded_total():
    one = formal(full(), region="east", size="中等", year=2026, code="990001").with_cells(
        {("@deduction", "1"): {"item": "D1", "matter": "事", "points": 2, "confirmed": True}}
    )
    found = peer(SMALL, one.profile, score(SMALL, one))
    assert (found.region, found.code, found.mode, found.barred) == ("东部", "990001", "formal", False)
    assert found.total == pytest.approx(61.3)
    assert found.adjustment == pytest.approx(-2)
    assert found.scores["A"] == 65.5
    assert found.scores["a1"] == 60


def test_forged_evidence_bars_a_unit_from_the_library():
    one = formal(full()).with_cells({("@redline", "R2"): {"state": "confirmed", "reason": "假"}})
    assert peer(SMALL, one.profile, score(SMALL, one)).barred
    assert peer(SMALL, sheet({}).profile, score(SMALL, sheet({}))).total is None
