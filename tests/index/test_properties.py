"""What holds for any framework: the best is full marks, the worst none, better is never worse, NA is never 0."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.framework.check import check_sources
from assess.framework.model import Framework
from assess.framework.read import from_sources
from assess.index.chain import index
from assess.index.data import ANSWERED, NO_DATA, NOT_APPLICABLE, UNANSWERED, Data
from assess.index.result import Variant
from assess.index.trees import totals
from assess.measure.kernel import plan

WAYS = ("weighted_mean", "geometric", "harmonic", "weakest", "share_of_yes", "staircase", "hurdle", "cumulative", "sum")
SCALES = (
    "zero = 0, full = 10",
    "zero = 10, full = 0, direction = \"down\"",
    "zero = 1, full = 11, log = true",
    "scale = \"curve\", points = [[0, 0], [3, 80], [10, 100]]",
    "scale = \"to_target\", target = 10",
)  # fmt: skip
BEST = (10.0, 0.0, 11.0, 10.0, 10.0)
WORST = (0.0, 10.0, 1.0, 0.0, 0.0)


class Grown:
    """A random framework: its text, and of each item the kind of scale (None for yes/no)."""

    def __init__(self, text: str, scales: dict[str, int | None]) -> None:
        self.text = text
        self.scales = scales
        self.framework: Framework = from_sources({"framework.toml": text})

    def values(self, level: float | np.ndarray) -> np.ndarray:
        """Values of every item from a goodness of 0 to 1, items × rows."""
        level = np.atleast_2d(level)
        items = tuple(self.framework.indicators)
        level = np.broadcast_to(level, (len(items), level.shape[1]))
        out = np.empty(level.shape)
        for place, code in enumerate(items):
            scale = self.scales[code]
            if scale is None:
                out[place] = np.where(level[place] >= 0.5, 100.0, 0.0)
            else:
                out[place] = WORST[scale] + level[place] * (BEST[scale] - WORST[scale])
        return out


@st.composite
def grown(draw, ways=WAYS, shuffled=False):
    """Up to three tiers; every node its own aggregation, every item its own scale, weights given or equal."""
    counter = iter(range(1000))
    blocks: list[str] = []
    scales: dict[str, int | None] = {}

    def rule(way: str) -> str:
        floor = draw(st.sampled_from([0, 1])) if way in ("geometric", "harmonic") else 0
        mark = draw(st.sampled_from([60, 100]))
        return f'aggregation = "{way}"\nfloor = {floor}\npass = {mark}\n'

    def weights(count: int, way: str) -> list[float | None]:
        if way != "sum" and draw(st.booleans()):
            return [None] * count
        parts = draw(st.lists(st.integers(1, 9), min_size=count, max_size=count))
        return [float(part) for part in parts] if way == "sum" else [100.0 * part / sum(parts) for part in parts]

    def below(above: str, way: str, depth: int) -> float:
        """The points below a node."""
        count = draw(st.integers(1, 4))
        given_weights = weights(count, way)
        written = []
        for weight in given_weights:
            code = f"c{next(counter)}"
            line = "" if weight is None else f"weight = {weight!r}\n"
            head = f'code = "{code}"\nname = {{ zh = "名", en = "n" }}\n{line}'
            head += "" if above == "total" else f'under = "{above}"\n'
            if depth and draw(st.booleans()):
                own = draw(st.sampled_from([one for one in ways if one != "sum"]))
                written.append(f"[[node]]\n{head}{rule(own)}")
                below(code, own, depth - 1)
            else:
                scale = draw(st.sampled_from([None, 0, 1, 2, 3, 4]))
                scales[code] = scale
                kind = 'kind = "yesno"' if scale is None else f'kind = "number"\nnumber = {{ {SCALES[scale]} }}'
                written.append(f"[[indicator]]\n{head}{kind}\n")
        blocks.extend(written)
        return math.fsum(weight or 0.0 for weight in given_weights)

    way = draw(st.sampled_from(ways))
    points = below("total", way, 2)
    maximum = points if way == "sum" else draw(st.sampled_from([100, 1, 10.25]))
    nodes = [block for block in blocks if block.startswith("[[node]]")]
    items = [block for block in blocks if not block.startswith("[[node]]")]
    head = f'code = "x"\ntitle = {{ zh = "甲", en = "x" }}\n[total]\nmaximum = {maximum!r}\n{rule(way)}\n'
    return Grown(head + "".join(nodes + items), scales)


def data_of(one: Grown, values: np.ndarray, states: np.ndarray | None = None) -> Data:
    rows = values.shape[1]
    states = np.full(values.shape, ANSWERED, dtype=np.int8) if states is None else states
    values = np.where(states == ANSWERED, values, np.nan)
    names = tuple(f"u{row}" for row in range(rows))
    return Data(names, names, tuple(one.framework.indicators), values, states)


def scores(one: Grown, values: np.ndarray, states: np.ndarray | None = None, mode: str = "self") -> np.ndarray:
    return index(one.framework, data_of(one, values, states), mode=mode).total


@settings(max_examples=150, deadline=None)
@given(grown())
def test_the_best_is_full_marks_and_the_worst_none(one):
    faults = [line for line in check_sources({"framework.toml": one.text}) if line.severity == "error"]
    assert not faults
    top = one.framework.maximum
    best, worst = scores(one, one.values(np.array([1.0, 0.0])))
    assert best == pytest.approx(top, rel=1e-12)
    # A floor keeps a geometric or harmonic mean from falling to 0: then the worst is at most that floor.
    floor = max(node.floor for node in one.framework.nodes.values())
    assert -1e-9 <= worst <= floor * top / 100 + 1e-9


@settings(max_examples=150, deadline=None)
@given(grown(), st.data())
def test_a_better_answer_never_lowers_the_total(one, data):
    items = len(one.framework.indicators)
    level = np.array(data.draw(st.lists(st.floats(0, 1), min_size=items, max_size=items)))
    which = data.draw(st.integers(0, items - 1))
    better = level.copy()
    better[which] = data.draw(st.floats(level[which], 1))
    before, after = scores(one, one.values(np.stack([level, better], axis=1)))
    assert after >= before - 1e-9


@settings(max_examples=150, deadline=None)
@given(grown(), st.data())
def test_na_is_left_out_and_never_becomes_0(one, data):
    items = len(one.framework.indicators)
    state = data.draw(st.sampled_from([NOT_APPLICABLE, UNANSWERED, NO_DATA]))
    gaps = np.array(data.draw(st.lists(st.booleans(), min_size=items, max_size=items)))
    states = np.where(gaps, state, ANSWERED).astype(np.int8)[:, None]
    full = scores(one, one.values(1.0), states)[0]
    leaves_of = {code: [list(one.framework.indicators).index(leaf) for leaf in one.framework.leaves(code)]
                 for code in one.framework.nodes}  # fmt: skip
    # As in a document, there is no total without a score for a whole dimension.
    if gaps.all() or any(gaps[leaves_of[node.code]].all() for node in one.framework.dimensions):
        assert math.isnan(full)
    elif one.framework.root.aggregation != "sum":
        assert full == pytest.approx(one.framework.maximum, rel=1e-12)
    found = index(one.framework, data_of(one, one.values(1.0), states), mode="self")
    for code, leaves in leaves_of.items():
        if code != "total":
            assert math.isnan(found.of(code)[0]) == bool(gaps[leaves].all())


@settings(max_examples=100, deadline=None)
@given(grown(ways=tuple(way for way in WAYS if way not in ("sum", "staircase", "hurdle"))), st.data())
def test_the_scale_of_the_weights_does_not_matter(one, data):
    items = len(one.framework.indicators)
    level = np.array(data.draw(st.lists(st.floats(0, 1), min_size=items, max_size=items)))[:, None]
    factor = data.draw(st.floats(0.001, 1000))
    layout = plan(one.framework)
    scaled = {code: weight * factor for code, weight in zip(layout.codes, layout.weights, strict=True)}
    values = data_of(one, one.values(level))
    before = index(one.framework, values).total[0]
    after = index(one.framework, values, variant=Variant(weights=scaled)).total[0]
    assert after == pytest.approx(before, rel=1e-9, abs=1e-9)


@settings(max_examples=100, deadline=None)
@given(grown(ways=tuple(way for way in WAYS if way not in ("staircase", "hurdle", "cumulative"))), st.data())
def test_the_order_of_siblings_does_not_matter(one, data):
    level = np.array(data.draw(st.lists(st.floats(0, 1), min_size=1, max_size=1)))
    head, *blocks = re.split(r"^\[\[", one.text, flags=re.MULTILINE)
    order = data.draw(st.permutations(range(len(blocks))))
    other = Grown(head + "".join("[[" + blocks[place] for place in order), one.scales)
    codes = list(one.framework.indicators)
    moved = [codes.index(code) for code in other.framework.indicators]
    spread = np.linspace(level[0], 1 - level[0], len(codes))[:, None]
    assert scores(other, other.values(spread[moved]))[0] == pytest.approx(
        scores(one, one.values(spread))[0], rel=1e-9, abs=1e-9
    )


@settings(max_examples=100, deadline=None)
@given(grown(), st.data())
def test_a_row_gives_the_same_bits_alone_and_among_many(one, data):
    items = len(one.framework.indicators)
    rows = data.draw(st.integers(1, 4))
    level = np.array(
        data.draw(st.lists(st.lists(st.floats(0, 1), min_size=rows, max_size=rows), min_size=items, max_size=items))
    )
    gaps = np.array(
        data.draw(st.lists(st.lists(st.booleans(), min_size=rows, max_size=rows), min_size=items, max_size=items))
    )
    states = np.where(gaps, UNANSWERED, ANSWERED).astype(np.int8)
    values = one.values(level) if rows > 1 else one.values(level[:, :1])
    together = scores(one, values, states)
    for row in range(rows):
        alone = scores(one, values[:, row : row + 1], states[:, row : row + 1])
        assert np.array_equal(alone, together[row : row + 1], equal_nan=True)


@settings(max_examples=100, deadline=None)
@given(grown(), st.data())
def test_many_draws_at_once_give_what_each_gives_alone(one, data):
    layout = plan(one.framework)
    items, units, draws = len(layout.leaves), 3, 4
    seed = data.draw(st.integers(0, 2**32 - 1))
    random = np.random.default_rng(seed)
    columns = random.choice([0.0, 30.0, 70.0, 100.0, np.nan], (items, units))
    if data.draw(st.booleans()):
        columns = np.nan_to_num(columns, nan=50.0)
    weights = np.asarray(layout.weights) * random.uniform(0.5, 1.5, (draws, len(layout.codes)))
    found = totals(layout, columns, weights)
    values = Data(tuple("abc"), tuple("abc"), layout.leaves, columns, np.where(np.isnan(columns), 1, 0).astype(np.int8))
    for draw in range(draws):
        given_weights = dict(zip(layout.codes, weights[draw], strict=True))
        kernel = _totals(one, values, given_weights, columns)
        assert found[draw] == pytest.approx(kernel, rel=1e-9, abs=1e-9, nan_ok=True)


def _totals(one: Grown, values: Data, weights: dict[str, float], columns: np.ndarray) -> np.ndarray:
    from assess.measure.kernel import aggregate

    layout = plan(one.framework)
    given_weights = np.array([weights[code] for code in layout.codes])
    return aggregate(layout, columns.T, weights=given_weights).values[:, -1]
