"""The strongest and weakest items: the same three wherever they are named."""

from __future__ import annotations

from assess.answers import Answer, Profile, Sheet
from assess.framework import read
from assess.measure.extremes import extremes
from assess.measure.score import score

FRAMEWORK = read.builtin()


def found(answers, mode="self", **options):
    sheet = Sheet.of(Profile("甲市", mode=mode), answers)
    return extremes(FRAMEWORK, score(FRAMEWORK, sheet), **options)


def codes(items):
    return [item.code for item in items]


def test_best_first_and_worst_first_with_ties_by_weight():
    levels = {"ST1.1": 5, "ST2.1": 5, "ST1.3": 4, "ST3.1": 3, "ST2.4": 1, "ME1.1": 0, "ME1.2": 2}
    said = found({code: Answer.of_level(level) for code, level in levels.items()})
    assert codes(said.strong) == ["ST1.1", "ST2.1", "ST1.3"]
    assert codes(said.weak) == ["ME1.1", "ST2.4", "ME1.2"]


def test_a_yes_or_no_comes_after_what_was_graded():
    said = found({"SE4.2": Answer.of_choice("no"), "ST1.1": Answer.of_level(3), "ST2.1": Answer.of_level(2)}, count=1)
    assert codes(said.strong) == ["ST1.1"]


def test_nothing_below_the_bound_is_called_strong_and_nothing_full_is_called_weak():
    said = found({"ST1.1": Answer.of_level(5), "ST2.1": Answer.of_level(2)}, good=60)
    assert codes(said.strong) == ["ST1.1"]
    assert codes(said.weak) == ["ST2.1"]
    assert codes(found({"ST1.1": Answer.of_level(5), "ST2.1": Answer.of_level(5)}, count=1).weak) == []


def test_an_item_without_data_that_counts_zero_is_a_weakness():
    said = found({"ST1.1": Answer.of_level(2), "ST2.1": Answer.no_data("无")}, mode="formal")
    assert codes(said.weak) == ["ST2.1"]


def test_one_item_is_strong_and_nothing_answered_is_neither():
    assert codes(found({"ST1.1": Answer.of_level(4)}).strong) == ["ST1.1"]
    assert found({}).strong == found({}).weak == ()
