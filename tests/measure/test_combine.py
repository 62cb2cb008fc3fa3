"""Ways a node makes its score, each worked by hand, alone and traced again."""

from __future__ import annotations

import math

import numpy as np
import pytest

from assess.answers import Answer, Profile, Sheet
from assess.framework.model import ROOT
from assess.framework.read import from_sources
from assess.measure.blocks import node_values
from assess.measure.kernel import aggregate, plan
from assess.measure.lines import again
from assess.measure.score import score
from assess.measure.trace import trace

OUT = math.nan


def framework(rule, items=4, weights=(40, 30, 20, 10), extra=""):
    """Yes/no items under the total, which is made by `rule`."""
    blocks = "".join(
        f'[[indicator]]\ncode = "I{place}"\nkind = "yesno"\nweight = {weights[place]}\nname.zh = "项{place}"\n'
        f'name.en = "item {place}"\n'
        for place in range(items)
    )
    return from_sources(
        {"framework.toml": f'code = "x"\ntitle = {{ zh = "甲", en = "x" }}\n[total]\n{rule}\n{extra}\n{blocks}'}
    )


@pytest.mark.parametrize(
    ("rule", "scores", "expected"),
    [
        ('aggregation = "harmonic"', [100, 50, 25, 20], 100 / (40 / 100 + 30 / 50 + 20 / 25 + 10 / 20)),
        ('aggregation = "harmonic"', [100, 0, 25, 20], 0.0),
        ('aggregation = "harmonic"\nfloor = 1', [100, 0, 100, 100], 100 / (30 / 1 + 70 / 100)),
        ('aggregation = "harmonic"', [OUT, 50, 25, OUT], 50 / (30 / 50 + 20 / 25)),
        ('aggregation = "geometric"', [100, 50, 25, 20], 100**0.4 * 50**0.3 * 25**0.2 * 20**0.1),
        ('aggregation = "geometric"', [100, 0, 25, 20], 0.0),
        ('aggregation = "weakest"', [100, 50, 25, 20], 20.0),
        ('aggregation = "weakest"', [100, 50, OUT, OUT], 50.0),
        ('aggregation = "share_of_yes"', [100, 99, 100, 0], 60.0),
        ('aggregation = "share_of_yes"\npass = 60', [100, 60, OUT, 59], 100 * 70 / 80),
        ('aggregation = "staircase"', [100, 100, 0, 100], 70.0),
        ('aggregation = "staircase"', [0, 100, 100, 100], 0.0),
        ('aggregation = "staircase"', [100, OUT, 100, 0], 100 * 60 / 70),
        ('aggregation = "hurdle"\npass = 60', [80, 50, 90, 100], (40 * 80 + 30 * 50) / 100),
        ('aggregation = "hurdle"\npass = 60', [80, 60, 90, 100], (40 * 80 + 30 * 60 + 20 * 90 + 10 * 100) / 100),
        ('aggregation = "cumulative"', [100, 100, 99, 100], 70.0),
    ],
)  # fmt: skip
def test_a_node_is_made_as_its_rule_says(rule, scores, expected):
    layout = plan(framework(rule))
    found = aggregate(layout, np.array([scores], dtype=float)).values[0, -1]
    assert found == pytest.approx(expected, rel=1e-12)
    assert node_values(layout, np.array([scores], dtype=float))[0, -1] == found


@pytest.mark.parametrize(
    "rule",
    ["weighted_mean", "geometric", "harmonic", "weakest", "share_of_yes", "staircase", "hurdle", "cumulative"],
)
def test_all_left_out_is_left_out_and_never_zero(rule):
    layout = plan(framework(f'aggregation = "{rule}"'))
    found = aggregate(layout, np.full((2, 4), OUT)).values
    assert np.isnan(found).all()


def test_a_discount_lessens_the_first_by_the_second_and_needs_both():
    layout = plan(framework('aggregation = "discount"', 2, (50, 50)))
    rows = np.array([[80, 25], [80, 100], [80, 0], [80, OUT], [OUT, 25]], dtype=float)
    assert aggregate(layout, rows).values[:, -1] == pytest.approx([60, 0, 80, OUT, OUT], nan_ok=True)


def test_a_level_is_reached_when_everything_below_it_and_the_levels_before_are_done():
    nodes = "".join(
        f'[[node]]\ncode = "L{level}"\nname.zh = "{level}级"\nname.en = "level {level}"\n' for level in (1, 2, 3)
    )
    items = "".join(
        f'[[indicator]]\ncode = "L{level}.{place}"\nkind = "yesno"\nname.zh = "甲"\nname.en = "a"\n'
        for level in (1, 2, 3)
        for place in (1, 2)
    )
    made = from_sources(
        {"framework.toml": f'code = "x"\ntitle = {{ zh = "甲", en = "x" }}\n[total]\naggregation = "cumulative"\n'
                           f"pass = 80\n{nodes}{items}"}
    )  # fmt: skip
    layout = plan(made)
    rows = np.array(
        [
            [100, 80, 100, 100, 100, 70],
            [100, 79, 100, 100, 100, 100],
            [100, 100, 100, 100, 90, 80],
            [100, OUT, 80, 80, 0, 0],
        ],
        dtype=float,
    )
    assert aggregate(layout, rows).values[:, -1] == pytest.approx([200 / 3, 0, 100, 200 / 3])


def test_a_sum_of_level_means_is_points_over_means():
    text = (
        'code = "samm"\ntitle = { zh = "甲", en = "x" }\n[total]\naggregation = "sum"\nmaximum = 3\n'
        + "".join(
            f'[[node]]\ncode = "L{level}"\nweight = 1\nname.zh = "{level}级"\nname.en = "{level}"\n'
            for level in (1, 2, 3)
        )
        + "".join(
            f'[[indicator]]\ncode = "L{level}.{stream}"\nkind = "yesno"\nname.zh = "甲"\nname.en = "a"\n'
            for level in (1, 2, 3)
            for stream in "AB"
        )
    )
    layout = plan(from_sources({"framework.toml": text}))
    rows = np.array([[100, 50, 25, 25, 0, 0], [100] * 6], dtype=float)
    assert aggregate(layout, rows).values[:, -1] == pytest.approx([0.75 + 0.25, 3])


def test_points_below_a_mean_count_as_a_share_of_their_highest():
    text = """code = "x"
title = { zh = "甲", en = "x" }
[[node]]
code = "P"
aggregation = "sum"
name = { zh = "分", en = "points" }
[[indicator]]
code = "P.1"
kind = "yesno"
weight = 6
name = { zh = "一", en = "one" }
[[indicator]]
code = "P.2"
kind = "yesno"
weight = 2
name = { zh = "二", en = "two" }
[[indicator]]
code = "Q"
kind = "yesno"
name = { zh = "三", en = "three" }
"""
    layout = plan(from_sources({"framework.toml": text}))
    found = aggregate(layout, np.array([[100, 0, 50], [100, 100, 100], [0, 0, 0]], dtype=float)).values
    assert found[:, layout.index["P"]].tolist() == [6, 8, 0]
    assert found[:, -1] == pytest.approx([(75 + 50) / 2, 100, 0])


def test_a_mean_stands_on_the_scale_of_the_total():
    layout = plan(framework("maximum = 1", 2, (50, 50)))
    assert aggregate(layout, np.array([[100, 50]], dtype=float)).values[0, -1] == 0.75


def test_a_node_with_too_little_below_it_has_no_score():
    layout = plan(framework("available = 0.6"))
    rows = np.array([[OUT, 80, 80, 80], [80, OUT, 80, OUT], [80, 80, OUT, OUT]], dtype=float)
    assert aggregate(layout, rows).values[:, -1] == pytest.approx([80, 80, 80])
    layout = plan(framework("available = 0.61"))
    assert aggregate(layout, rows).values[:, -1] == pytest.approx([OUT, OUT, 80], nan_ok=True)


@pytest.mark.parametrize(
    "rule",
    ["harmonic", "weakest", "share_of_yes", "staircase", "hurdle", "cumulative", "geometric", "weighted_mean"],
)
@pytest.mark.parametrize("maximum", [100, 10])
def test_the_trace_of_a_document_adds_up_to_the_score(rule, maximum):
    made = framework(f'aggregation = "{rule}"\nmaximum = {maximum}\nfloor = 1')
    answers = {"I0": "yes", "I1": "yes", "I2": "no", "I3": "yes"}
    cells = {(code, "self"): Answer.of_choice(choice).to_json() for code, choice in answers.items()}
    sheet = Sheet(Profile("甲市", tier="市", mode="self"), cells)
    scores = score(made, sheet)
    found = trace(made, sheet, scores, ROOT)
    for _, line in found.root.walk():
        if line.value is not None and line.terms:
            assert again(line) == pytest.approx(line.value, rel=1e-14)
        assert line.text("zh")
    assert scores.base == scores.nodes[ROOT].score
