"""Every one of the 144 rules: a sheet that fires it, and one just beside it that does not."""

from __future__ import annotations

from functools import cache

import pytest

from assess.checks.evaluate import findings
from assess.framework.model import Framework
from assess.framework.read import builtin
from assess.framework.supplement import CheckRule
from assess.framework.tiers import tailored
from assess.measure.score import score
from tests.checks.firing import Case, candidates, case

RULES = tuple(builtin().checks.values())


@cache
def framework_of(tier: str) -> Framework:
    return tailored(builtin(), Case(builtin(), tier).profile())


def hit(rule: CheckRule, code: str, *, fires: bool) -> bool:
    """Is the rule among the findings of its case?"""
    framework = framework_of(rule.tiers[0])
    made = case(framework, rule, code, fires=fires)
    sheet = made.sheet()
    found = findings(
        framework, sheet, score(framework, sheet), previous=made.previous(), facts=made.facts,
        around=made.around(rule.scope),
    )  # fmt: skip
    return any(one.rule == rule.id and (not code or "each" not in rule.condition or code in one.codes) for one in found)


def chosen(rule: CheckRule) -> str:
    """The first item of the rule's own selection whose case can be put together and fires."""
    for code in candidates(framework_of(rule.tiers[0]), rule.condition):
        try:
            if hit(rule, code, fires=True):
                return code
        except (StopIteration, AssertionError, KeyError):
            continue
    pytest.fail(f"no case fires {rule.id}: {dict(rule.condition)}")


def test_the_framework_carries_144_rules_and_9_patterns() -> None:
    assert len(RULES) == 144
    assert len(builtin().patterns) == 9


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_a_rule_fires_on_its_case_and_not_beside_it(rule: CheckRule) -> None:
    code = chosen(rule)
    assert hit(rule, code, fires=True)
    assert not hit(rule, code, fires=False)
