"""Speed of scoring (D51): one answer to a new score and its trace, whole traces, a thousand perturbed rows."""

from __future__ import annotations

import numpy as np

from assess import walk
from assess.answers import Answer
from assess.benchmark.groups import tell_apart
from assess.benchmark.peers import sample_peers
from assess.framework.read import builtin
from assess.measure.kernel import aggregate, plan
from assess.measure.score import score
from assess.measure.trace import trace
from assess.samples.cities import cities

FRAMEWORK = builtin()
CITY = cities()[6].sheet


def test_one_answer_to_new_score_and_trace_in_5_ms(benchmark):
    def answer():
        sheet = CITY.with_cells({("ST1.1", "self"): Answer.of_level(4).to_json()})
        found = score(FRAMEWORK, sheet)
        return trace(FRAMEWORK, sheet, found, "ST1.1")

    benchmark(answer)
    assert benchmark.stats.stats.median < 0.005


def test_score_of_69_items_with_the_walk_in_3_ms(benchmark):
    def both():
        return score(FRAMEWORK, CITY), walk.progress(FRAMEWORK, CITY)

    benchmark(both)
    assert benchmark.stats.stats.median < 0.004


def test_the_whole_trace_in_20_ms(benchmark):
    found = score(FRAMEWORK, CITY)
    benchmark(trace, FRAMEWORK, CITY, found, "total")
    assert benchmark.stats.stats.median < 0.02


def test_a_thousand_rows_through_the_kernel_in_20_ms(benchmark):
    layout = plan(FRAMEWORK, "市")
    rows = np.random.default_rng(0).uniform(0, 100, (1000, len(layout.leaves)))
    benchmark(aggregate, layout, rows)
    assert benchmark.stats.stats.median < 0.02


def test_ten_cities_a_thousand_draws_in_100_ms(benchmark):
    peers = sample_peers(FRAMEWORK)
    benchmark(tell_apart, FRAMEWORK, peers)
    assert benchmark.stats.stats.median < 0.1
