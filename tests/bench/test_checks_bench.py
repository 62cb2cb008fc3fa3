"""Speed of the checks: every rule of the framework on a whole sheet, run after an answer has been saved."""

from __future__ import annotations

from itertools import count
from types import MappingProxyType
from typing import Any

from assess.answers import Answer, Profile, Sheet
from assess.checks import remembered
from assess.checks.evaluate import findings
from assess.finishing.sealing import checked
from assess.framework.read import builtin
from assess.framework.tiers import tailored
from assess.measure.score import score
from assess.samples.cities import cities
from tests.bench import large

FRAMEWORK = builtin()
CITY = cities()[4].sheet


def test_all_rules_on_69_items_in_20_ms(benchmark):
    found = score(FRAMEWORK, CITY)

    def anew() -> None:
        remembered._last.clear()
        findings(FRAMEWORK, CITY, found)

    benchmark(anew)
    assert benchmark.stats.stats.median < 0.020


def test_the_check_of_1500_items_after_one_answer(benchmark: Any) -> None:
    """Only what has changed is judged anew; the score of the answer is not in it."""
    profile = Profile("岚州市", tier="市", mode="formal", base_date="2026-06-30")
    framework = tailored(large.framework(), profile)
    first = Sheet(profile, MappingProxyType(large.cells(framework)))
    checked(framework, first)
    levels = count()

    def answered() -> tuple[tuple[object, ...], dict[str, object]]:
        sheet = first.with_cells({("ST1.1", "self"): Answer.of_level(next(levels) % 6).to_json()})
        return (framework, sheet, score(framework, sheet)), {}

    benchmark.pedantic(checked, setup=answered, rounds=15, warmup_rounds=2)
    assert benchmark.stats.stats.min < 0.05
