"""Not applicable, no data, unanswered and skipped: what each means in a mode (R2, R3, D7–D9)."""

from __future__ import annotations

from typing import Literal

from assess.framework.indicator import Indicator
from assess.framework.model import Framework
from assess.framework.scoring_rules import Mode, SkipRule, StateRule
from assess.language import Message, say
from assess.measure.result import Counting, State

Choice = Literal["listed", "on_approval", "never"]
_PLAIN = StateRule("exclude")
_KEYS: dict[str, str] = {"na": "NA", "nd": "ND", "skipped": "SKIP", "unanswered": "UNANSWERED"}


def not_applicable_choice(framework: Framework, indicator: Indicator, tier: str) -> Choice:
    """May "not applicable" be chosen for this item at this level?

    "listed": the item names the level. "never": the framework forbids it, or it is a key item that does not list the
    level, or the item lists other levels only and its rule for a zero denominator rests on that list (D8).
    "on_approval": not listed; in formal mode the review may still agree.
    """
    words = framework.states.get("NA")
    if words is not None and indicator.code in words.never:
        return "never"
    allowed = indicator.not_applicable
    if allowed is not None and (not allowed.levels or tier in allowed.levels):
        return "listed"
    if indicator.key:
        return "never"
    if allowed is not None and indicator.number is not None and indicator.number.zero_denominator == "na":
        return "never"
    return "on_approval"


def settle_not_applicable(
    framework: Framework, mode: Mode, indicator: Indicator, tier: str, reason: str, approved: bool
) -> tuple[State, Message | None]:
    """The state a claim of "not applicable" has in effect, and why where it is not accepted."""
    rule = mode.states.get("NA", StateRule("exclude"))
    choice = not_applicable_choice(framework, indicator, tier)
    if choice == "never":
        return "nd", say("“Not applicable” may not be chosen here; it counts as no data.")
    if rule.requires_reason and not reason.strip():
        return "nd", say("“Not applicable” without a reason counts as no data.")
    if choice == "on_approval" and rule.unlisted == "ND":
        return "nd", say("This item does not list “not applicable”; it counts as no data.")
    if rule.requires_approval and not approved:
        return "nd", say("“Not applicable” counts as no data until the review agrees.")
    return "na", None


def counting(mode: Mode, state: State, skip: SkipRule | None = None) -> Counting:
    """How a state enters the score in this mode: value, zero, left out, or void (D15)."""
    if state == "answered":
        return "value"
    if state == "out":
        return "exclude"
    if state == "skipped":
        treatment = mode.states.get("SKIP", StateRule("by_rule")).treatment
        if treatment == "by_rule":
            return skip.treatment if skip is not None else "exclude"
        return treatment
    treatment = mode.states.get(_KEYS[state], _PLAIN).treatment
    return "exclude" if treatment == "by_rule" else treatment
