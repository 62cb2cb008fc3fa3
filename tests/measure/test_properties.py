"""What holds for every sheet."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.answers import Answer
from assess.measure.diagnose import obstacles
from assess.measure.score import score
from tests.measure.small import SMALL, sheet
from tests.measure.strategies import sheets


@given(sheets())
def test_scores_stay_within_a_hundred_and_are_never_not_a_number(one):
    found = score(SMALL, one)
    numbers = [found.base, found.graded, found.shown, found.alternative, found.coverage, found.evidence_rate]
    numbers += [item.score for item in found.items.values()] + [node.score for node in found.nodes.values()]
    for number in numbers:
        assert number is None or (0 <= number <= 100 + 1e-9 and not math.isnan(number))


@given(sheets())
def test_shares_of_what_counts_sum_to_one_and_contributions_to_the_base(one):
    found = score(SMALL, one)
    if any(item.score is not None for item in found.items.values()):
        assert sum(item.share for item in found.items.values()) == pytest.approx(1)
    assert all(item.share == 0 for item in found.items.values() if item.score is None)
    if found.base is not None:
        assert sum(item.contribution for item in found.items.values()) == pytest.approx(found.base)
        assert sum(found.nodes[node.code].contribution for node in SMALL.dimensions) == pytest.approx(found.base)


@given(sheets())
def test_the_stage_held_is_never_above_the_band(one):
    found = score(SMALL, one)
    if found.gated_stage is not None:
        assert found.score_stage is not None
        assert found.gated_stage.level <= found.score_stage.level
        assert not [result for result in found.failed_gates(found.gated_stage.level) if not found.red_lines]


@given(sheets())
def test_scoring_twice_gives_the_same_and_leaves_the_sheet_alone(one):
    before = dict(one.cells)
    assert repr(score(SMALL, one)) == repr(score(SMALL, one))
    assert dict(one.cells) == before


@given(sheets())
def test_obstacles_explain_exactly_the_distance_to_full_marks(one):
    found = score(SMALL, one)
    shares = obstacles(SMALL, found)
    assert sum(share.share for share in shares) == pytest.approx(1 if shares else 0)
    if found.base is not None:
        lost = sum(item.share * (100 - item.score) for item in found.items.values() if item.score is not None)
        assert lost == pytest.approx(100 - found.base)


LEVELS = st.fixed_dictionaries({code: st.integers(0, 5) for code in ("a1", "b1", "b2")})


@given(LEVELS, st.sampled_from(["a1", "b1", "b2"]), st.integers(0, 100), st.sets(st.sampled_from("pqrs")))
def test_a_higher_answer_never_lowers_a_self_assessment_unless_it_is_about_a_skip(levels, code, share, ticks):
    answers = {
        **{key: Answer.of_level(level) for key, level in levels.items()},
        "a2": Answer.of_number(str(share), "100", confirm="yes"),
        "a3": Answer.of_ticks(ticks),
        "a4": Answer.of_choice("no"),
    }
    lower = score(SMALL, sheet(answers))
    higher = score(SMALL, sheet({**answers, code: Answer.of_level(min(5, levels[code] + 1))}))
    if {key for key, item in lower.items.items() if item.skip} == {k for k, item in higher.items.items() if item.skip}:
        assert lower.base is not None
        assert higher.base is not None
        assert higher.base >= lower.base - 1e-9


@given(LEVELS, st.integers(0, 99), st.sets(st.sampled_from("pqrs")))
def test_a_better_number_or_one_more_tick_never_lowers_a_self_assessment(levels, share, ticks):
    answers = {
        **{key: Answer.of_level(max(2, level)) for key, level in levels.items()},
        "a2": Answer.of_number(str(share), "100", confirm="yes"),
        "a3": Answer.of_ticks(ticks),
        "a4": Answer.of_choice("no"),
    }
    base = score(SMALL, sheet(answers)).base
    assert score(SMALL, sheet({**answers, "a2": Answer.of_number(str(share + 1), "100", confirm="yes")})).base >= base
    for key in "pqrs":
        assert score(SMALL, sheet({**answers, "a3": Answer.of_ticks({*ticks, key})})).base >= base - 1e-9


@given(sheets(modes=("formal",)), st.sampled_from(tuple(SMALL.indicators)))
def test_one_more_piece_of_evidence_never_lowers_a_formal_score_once_everything_is_answered(one, code):
    before, after = score(SMALL, one), score(SMALL, one.with_cells({(code, "evidence/2"): {"name": "补充材料"}}))
    assert (after.items[code].score or 0) >= (before.items[code].score or 0) - 1e-9
