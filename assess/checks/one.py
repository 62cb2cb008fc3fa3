"""What the rules say of one item while it is being answered: the same rules as for the whole sheet, looked up for one.

Rules about shares, runs and other groups of items wait for the check of the whole document: one answer settles none.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from assess.answers import Sheet
from assess.checks.conditions import concerned, hit, holds
from assess.checks.evaluate import SCOPES, about_item, made
from assess.checks.material import Material
from assess.checks.result import ORDER, Found
from assess.framework.model import Framework
from assess.framework.supplement import CheckRule


def findings_of(framework: Framework, sheet: Sheet, code: str) -> tuple[Found, ...]:
    """Findings that concern one item, the gravest first; hard faults are told by the answer's own value.

    Last period is taken from the column `previous`.
    """
    laid = Material(framework, sheet, None)
    item = laid.items.get(code)
    if item is None:
        return ()
    found: list[Found] = []
    for rule in _rules(framework.digest, _Held(framework)):
        if rule.scope not in SCOPES or (rule.tiers and laid.tier not in rule.tiers):
            continue
        if "each" in rule.condition:
            if hit(laid, rule.condition, item, rule.pattern_fields):
                found.append(about_item(laid, rule, item))
        elif code in _named(rule.condition) and holds(laid, rule.condition):
            codes = tuple(one for one in concerned(laid, rule.condition) if one in laid.items)
            if code in codes:
                found.append(made(laid, rule, codes))
    return tuple(sorted(found, key=lambda one: ORDER.index(one.severity)))


def least_reason(framework: Framework, tier: str) -> int:
    """How many characters a reason for “not applicable” needs by the rules of a level; 0 where no rule asks for any."""
    least = 0
    for rule in framework.checks.values():
        when = rule.condition.get("when")
        parts = when.get("all") if isinstance(when, Mapping) else None
        if not isinstance(parts, (list, tuple)) or (rule.tiers and tier not in rule.tiers):
            continue
        named = {key: value for part in parts if isinstance(part, Mapping) for key, value in part.items()}
        shorter = named.get("note_shorter_than")
        if named.get("state_is") == "na" and isinstance(shorter, (int, float)):
            least = max(least, int(shorter))
    return least


class _Held:
    """A framework as a cache argument: equal to any other, since the digest beside it already tells them apart."""

    def __init__(self, framework: Framework) -> None:
        self.framework = framework

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)


@lru_cache(maxsize=4)
def _rules(digest: str, held: _Held) -> tuple[CheckRule, ...]:
    """Rules that one answer can settle: about each item, or about items they name."""
    return tuple(rule for rule in held.framework.checks.values() if "each" in rule.condition or _named(rule.condition))


def _named(condition: object) -> frozenset[str]:
    """Codes that a condition names, at any depth; none for a condition on groups or facts."""
    if not isinstance(condition, Mapping):
        return frozenset()
    found = {str(condition["indicator"])} if "indicator" in condition else set()
    for key in ("all", "any", "not"):
        parts = condition.get(key)
        for part in parts if isinstance(parts, (list, tuple)) else (parts,):
            found |= _named(part)
    return frozenset(found)
