"""The index beside scikit-criteria, pymcdm and a plain numpy product: the same scores of the same units, in one run.

The peers know no blanks: the table here is complete. Ours makes goalpost scores, coverage, a weighted mean and ranks;
the peers scale by the sample, weigh and rank. Equality is checked on the weighted sums alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

import numpy as np
import pytest

from assess.framework.read import builtin, from_sources
from assess.index.chain import index
from assess.index.data import Data

ITEMS = 69
HEAD = 'code = "x"\ntitle = { zh = "甲", en = "x" }\n'


def flat_framework():
    """69 numbers from 0 to 1 under the total, with weights 1 to 69."""
    blocks = "".join(
        f'[[indicator]]\ncode = "i{place}"\nkind = "number"\nname = {{ zh = "名", en = "n" }}\nweight = {place + 1}\n'
        "number = { zero = 0, full = 1 }\n"
        for place in range(ITEMS)
    )
    return from_sources({"framework.toml": HEAD + blocks})


def seconds(work: Callable[[], object], rounds: int = 3) -> float:
    work()
    took = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        took.append(time.perf_counter() - start)
    return median(took)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("rows", [340, 60_000])
def test_scores_and_ranks_beside_the_tools_of_researchers(benchmark, rows):
    from pymcdm.methods import WSM
    from skcriteria import mkdm
    from skcriteria.agg.simple import WeightedSumModel
    from skcriteria.preprocessing.scalers import MinMaxScaler

    values = np.random.default_rng(0).random((rows, ITEMS))
    weights = np.arange(1.0, ITEMS + 1)
    weights /= weights.sum()
    framework = flat_framework()
    names = tuple(map(str, range(rows)))
    columns = np.ascontiguousarray(values.T)
    data = Data(names, names, tuple(framework.indicators), columns, np.zeros((ITEMS, rows), dtype=np.int8))
    decision = mkdm(values, [max] * ITEMS, weights=weights)
    peer = WSM(lambda column, cost=False: column)
    types = np.ones(ITEMS)

    def ours():
        found = index(framework, data, mode="self")
        return found.total, found.ranks()

    def theirs():
        scores = peer(values, weights, types)
        return scores, peer.rank(scores)

    total, ranks = benchmark.pedantic(ours, rounds=5, warmup_rounds=1)
    assert np.allclose(total, values @ weights * 100)
    assert np.allclose(theirs()[0] * 100, total)
    assert list(WeightedSumModel().evaluate(decision).rank_) == list(ranks)
    mine = benchmark.stats.stats.median
    plain = seconds(lambda: values @ weights)
    scaler = MinMaxScaler(target="matrix")
    criteria = seconds(lambda: WeightedSumModel().evaluate(scaler.transform(decision)).rank_)
    mcdm = seconds(theirs)
    print(f"\n{rows:,} × {ITEMS}, scores and ranks: {mine * 1000:.2f} ms; plain numpy product {plain * 1000:.2f} ms; "
          f"scikit-criteria {criteria * 1000:.2f} ms; pymcdm {mcdm * 1000:.2f} ms")  # fmt: skip
    assert rows < 10_000 or mine < criteria


@pytest.mark.filterwarnings("ignore")
def test_topsis_beside_the_tools_of_researchers(benchmark):
    from pymcdm.methods import TOPSIS as PEER
    from pymcdm.normalizations import minmax_normalization
    from skcriteria import mkdm
    from skcriteria.agg.topsis import TOPSIS
    from skcriteria.preprocessing.scalers import MinMaxScaler

    from assess.ranking.topsis import topsis
    from assess.weighting.sample import sample

    rows = 3_000
    values = np.random.default_rng(0).random((rows, ITEMS))
    names, items = tuple(map(str, range(rows))), tuple(f"i{place}" for place in range(ITEMS))
    checked = sample(names, items, values)
    decision, peer, types = mkdm(values, [max] * ITEMS), PEER(minmax_normalization), np.ones(ITEMS)
    found = benchmark.pedantic(topsis, (checked,), rounds=5, warmup_rounds=1)
    equal = np.full(ITEMS, 1 / ITEMS)
    assert np.allclose(list(found.scores.values()), peer(values, equal, types))
    mine = benchmark.stats.stats.median
    criteria = seconds(lambda: TOPSIS().evaluate(MinMaxScaler(target="matrix").transform(decision)).rank_)
    mcdm = seconds(lambda: peer.rank(peer(values, equal, types)))
    print(f"\nTOPSIS of {rows:,} × {ITEMS}: {mine * 1000:.1f} ms; scikit-criteria {criteria * 1000:.1f} ms; "
          f"pymcdm {mcdm * 1000:.1f} ms")  # fmt: skip


@pytest.mark.filterwarnings("ignore")
def test_one_city_from_answers_to_total_beside_the_tools_of_researchers(benchmark):
    """The kernel alone for one city of the built-in framework; a peer makes one weighted sum of as many values."""
    from skcriteria import mkdm
    from skcriteria.agg.simple import WeightedSumModel

    from assess.measure.blocks import node_values
    from assess.measure.kernel import plan

    layout = plan(builtin())
    scores = np.random.default_rng(0).uniform(0, 100, (1, len(layout.leaves)))
    benchmark(node_values, layout, scores)
    decision = mkdm(scores, [max] * ITEMS)
    criteria = seconds(lambda: WeightedSumModel().evaluate(decision).rank_, 20)
    mine = benchmark.stats.stats.median
    print(f"\none city: {mine * 1000:.3f} ms; scikit-criteria {criteria * 1000:.3f} ms")
    assert mine < criteria
