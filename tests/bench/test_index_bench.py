"""Speed of the index (D51): 600,000 villages, a thousand and ten thousand draws, each beside a plain numpy product."""

from __future__ import annotations

import resource
import time
from statistics import median

import numpy as np
import pytest

from assess.framework.model import Framework
from assess.framework.read import builtin, from_sources
from assess.index.chain import index
from assess.index.data import ANSWERED, UNANSWERED, Data
from assess.index.robust import robust
from assess.index.table import read
from tests.index.published import folder, framework

GIGABYTE = 1024 * 1024  # of the kilobytes that getrusage counts on Linux


def table(chosen: Framework, rows: int, missing: float = 0.15) -> Data:
    """Random answers of every item within its scale, a share of them missing."""
    random = np.random.default_rng(0)
    items = tuple(chosen.indicators)
    values = np.empty((len(items), rows))
    states = np.zeros((len(items), rows), dtype=np.int8)
    for place, code in enumerate(items):
        number = chosen.indicators[code].number
        if number is None:
            values[place] = random.integers(0, 6, rows) * 20.0
        else:
            values[place] = random.uniform(*sorted((number.zero, number.full)), rows)
        gaps = random.random(rows) < missing
        values[place][gaps] = np.nan
        states[place][gaps] = UNANSWERED
    assert missing == 0 or (states != ANSWERED).any()
    names = tuple(map(str, range(rows)))
    return Data(names, names, items, values, states)


def plain_product(rows: int, columns: int, draws: int) -> float:
    """Seconds of one matrix product of the same size, the median of five."""
    random = np.random.default_rng(1)
    left, right = random.random((draws, columns)), random.random((columns, rows))
    left @ right
    took = []
    for _ in range(5):
        start = time.perf_counter()
        left @ right
        took.append(time.perf_counter() - start)
    return median(took)


def beside(benchmark, name: str, plain: float) -> None:
    ours = benchmark.stats.stats.median
    print(f"\n{name}: {ours * 1000:.1f} ms; a plain numpy product {plain * 1000:.1f} ms")


def test_600_000_villages_with_69_items_in_under_0_8_s(benchmark):
    chosen = builtin()
    data = table(chosen, 600_000)

    def run():
        found = index(chosen, data, mode="self")
        return found.ranks()

    benchmark.pedantic(run, rounds=5, warmup_rounds=1)
    beside(benchmark, "600,000 × 69", plain_product(600_000, 69, 26))
    assert benchmark.stats.stats.median < 0.8
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 1.5 * GIGABYTE


def test_ten_thousand_draws_of_340_cities_in_under_half_a_second(benchmark):
    sources = dict(builtin().sources)
    sources["framework.toml"] = sources["framework.toml"] + "\n[index.robustness]\nweights = 0.2\n"
    chosen = from_sources(sources)
    data = table(chosen, 340, missing=0.0)
    benchmark.pedantic(robust, (chosen, data, 10_000, 1), rounds=5, warmup_rounds=1)
    beside(benchmark, "10,000 draws of 340 × 69", plain_product(340, 69, 10_000))
    assert benchmark.stats.stats.median < 0.5


def test_a_thousand_draws_of_51_countries_in_under_a_tenth_of_a_second(benchmark):
    chosen = framework("asem")
    data = read(folder("asem") / "indicators.csv", chosen)
    benchmark.pedantic(robust, (chosen, data, 1000, 1), rounds=5, warmup_rounds=1)
    beside(benchmark, "1,000 draws of 51 × 49 over ten treatments", plain_product(51, 49, 1000))
    assert benchmark.stats.stats.median < 0.1


@pytest.mark.parametrize("rows", [1])
def test_one_city_in_under_a_third_of_a_millisecond_is_the_kernels_share(benchmark, rows):
    from assess.measure.blocks import node_values
    from assess.measure.kernel import plan

    layout = plan(builtin())
    scores = np.random.default_rng(0).uniform(0, 100, (rows, len(layout.leaves)))
    benchmark(node_values, layout, scores)
    assert benchmark.stats.stats.median < 0.0003
