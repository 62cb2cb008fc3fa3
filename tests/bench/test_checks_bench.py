"""Speed of the checks: every rule of the framework on a whole sheet, run after an answer has been saved."""

from __future__ import annotations

from assess.checks.evaluate import findings
from assess.framework.read import builtin
from assess.measure.score import score
from assess.samples.cities import cities

FRAMEWORK = builtin()
CITY = cities()[4].sheet


def test_all_rules_on_69_items_in_20_ms(benchmark):
    found = score(FRAMEWORK, CITY)
    benchmark(findings, FRAMEWORK, CITY, found)
    assert benchmark.stats.stats.median < 0.020
