"""Every way to put scores together: stated in TOML, through a workbook, by hand in document and table."""

from __future__ import annotations

import math

import numpy as np
import pytest

from assess.answers import Answer, Profile, Sheet
from assess.framework.check import check_sources
from assess.framework.keys import AGGREGATIONS
from assess.framework.read import from_sources, read
from assess.index.chain import index
from assess.index.data import ANSWERED, UNANSWERED, Data
from assess.measure.lines import again
from assess.measure.score import score
from assess.measure.trace import trace
from assess.workbook import convert

ITEM = """
[[indicator]]
code = "n.{0}"
under = "{1}"
kind = "number"
weight = {2}
name = {{ zh = "题{0}", en = "item {0}" }}
number = {{ zero = 0, full = 100, unit = {{ zh = "分", en = "points" }} }}
"""
HEAD = """code = "x"
title = {{ zh = "甲", en = "x" }}
[[node]]
code = "N"
name = {{ zh = "组", en = "group" }}
aggregation = "{0}"
{1}
"""


def framework(kind: str, extra: str = "", weights: tuple[float, ...] = (50, 30, 20)):
    items = "".join(ITEM.format(place + 1, "N", weight) for place, weight in enumerate(weights))
    sources = {"framework.toml": HEAD.format(kind, extra) + items}
    wrong = [one.line("en") for one in check_sources(sources) if one.severity == "error"]
    assert wrong == []
    return from_sources(sources)


CASES = [
    ("weighted_mean", "", (50, 30, 20), (80, 40, 60), 0.5 * 80 + 0.3 * 40 + 0.2 * 60),
    ("geometric", "floor = 1", (50, 30, 20), (80, 0, 60), math.exp(0.5 * math.log(80) + 0.2 * math.log(60))),
    ("harmonic", "floor = 1", (50, 30, 20), (80, 40, 0), 100 / (50 / 80 + 30 / 40 + 20 / 1)),
    ("weakest", "", (50, 30, 20), (80, 40, 60), 40),
    ("sum", "", (50, 30, 20), (80, 40, 60), 40 + 12 + 12),
    ("share_of_yes", "pass = 60", (50, 30, 20), (80, 40, 60), 70),
    ("staircase", "pass = 60", (50, 30, 20), (80, 40, 60), 50),
    ("hurdle", "pass = 60", (50, 30, 20), (80, 40, 60), 0.5 * 80 + 0.3 * 40),
    ("cumulative", "pass = 60", (50, 30, 20), (80, 60, 40), 80),
    ("discount", "", (50, 50), (80, 25), 80 * 0.75),
    ("deduct", "start = 100", (40, 60, 20), (80, 50, 0), 100 - 8 - 30 - 20),
    ("deduct", "start = 90", (100, 60, 20), (0, 50, 0), 0),
    ("bonus", "gate = 80\nmost = 15\nceiling = 95", (1, 10, 10), (80, 50, 100), 95),
    ("bonus", "gate = 80\nmost = 12", (1, 10, 10), (82, 50, 100), 94),
    ("bonus", "gate = 80", (1, 10, 10), (79.9, 50, 100), 79.9),
]


def test_every_way_has_a_case():
    assert {case[0] for case in CASES} == set(AGGREGATIONS)


@pytest.mark.parametrize(("kind", "extra", "weights", "scores", "wanted"), CASES)
def test_worked_by_hand_in_a_document_a_table_and_after_a_workbook(tmp_path, kind, extra, weights, scores, wanted):
    ours = framework(kind, extra, weights)
    convert.to_workbook(ours, tmp_path / "x.xlsx")
    assert [
        one for one in convert.from_workbook(tmp_path / "x.xlsx", tmp_path / "back") if one.severity == "error"
    ] == []
    back = read(tmp_path / "back")
    codes = tuple(ours.indicators)
    answers = {code: Answer.of_number(result=str(value)) for code, value in zip(codes, scores, strict=True)}
    one = Sheet.of(Profile("甲市", mode="self"), answers)
    values = np.array([[float(value)] * 2 for value in scores])
    data = Data(("u", "v"), ("", ""), codes, values, np.zeros(values.shape, np.int8))
    for chosen in (ours, back):
        found = score(chosen, one)
        assert found.score_of("N") == pytest.approx(wanted)
        assert index(chosen, data).of("N").tolist() == [found.score_of("N")] * 2
        for _, line in trace(chosen, one, found, "total").root.walk():
            assert again(line) == line.value


def test_a_sum_of_level_means_and_class_weights():
    text = 'code = "x"\ntitle = { zh = "甲", en = "x" }\n[total]\naggregation = "sum"\nmaximum = 3\n'
    for name in ("P", "Q", "R"):
        text += f'[[node]]\ncode = "{name}"\nweight = 1\nname = {{ zh = "{name}", en = "{name}" }}\n'
        text += "".join(ITEM.format(f"{name}{place}", name, 50) for place in (1, 2))
    chosen = from_sources({"framework.toml": text})
    assert [one for one in check_sources({"framework.toml": text}) if one.severity == "error"] == []
    values = np.array([[100.0], [50], [0], [50], [100], [100]])
    data = Data(("u",), ("",), tuple(chosen.indicators), values, np.zeros(values.shape, np.int8))
    assert index(chosen, data).total.tolist() == pytest.approx([0.75 + 0.25 + 1])


@pytest.mark.parametrize(
    ("share", "known", "has"), [(0.6, (1, 0, 0), False), (0.5, (1, 0, 0), True), (0.6, (1, 0, 1), True)]
)
def test_a_node_asks_for_a_share_of_its_weight(share, known, has):
    chosen = framework("weighted_mean", f"available = {share}")
    values = np.array([[50.0 if one else np.nan] * 2 for one in known])
    states = np.where(np.isnan(values), UNANSWERED, ANSWERED).astype(np.int8)
    data = Data(("u", "v"), ("", ""), tuple(chosen.indicators), values, states)
    assert bool(np.isnan(index(chosen, data, mode="self").of("N")[0])) is not has


def test_missing_bonus_items_add_nothing_and_a_missing_base_leaves_no_score():
    chosen = framework("bonus", "gate = 50", (1, 10, 10))
    values = np.array([[60.0, np.nan], [np.nan, 100], [100.0, 100]])
    states = np.where(np.isnan(values), UNANSWERED, ANSWERED).astype(np.int8)
    data = Data(("u", "v"), ("", ""), tuple(chosen.indicators), values, states)
    found = index(chosen, data, mode="self").of("N")
    assert found[0] == 70
    assert np.isnan(found[1])


@pytest.mark.parametrize(
    ("kind", "extra"),
    [("deduct", "start = 0"), ("deduct", "start = 120"), ("bonus", "gate = 101"), ("bonus", "most = 0"),
     ("bonus", "gate = 80\nceiling = 70")],
)  # fmt: skip
def test_points_that_can_never_count_are_found(kind, extra):
    items = "".join(ITEM.format(place, "N", 10) for place in (1, 2))
    found = check_sources({"framework.toml": HEAD.format(kind, extra) + items})
    assert [one.code for one in found if one.severity == "error"] == [f"node.{kind}"]
