"""Rules of the linter about single indicators: goalposts, levels, options, who answers and what it refers to."""

from __future__ import annotations

from collections.abc import Iterator

from assess.framework.context import TIER, Context, Entry
from assess.framework.indicator import Indicator, Number
from assess.language import say
from assess.problems import Finding

BLOCKS = {"level": "level", "number": "number", "multi": "option", "yesno": "yesno"}


def kinds(context: Context) -> Iterator[Finding]:
    """An item has the block of its kind and no block of another."""
    for entry in context.items:
        item = context.framework.indicators[entry.code]
        needed = BLOCKS[item.kind]
        if needed not in entry.raw and item.kind != "yesno":
            yield context.finding(
                "item.block-missing",
                entry,
                ("kind",),
                entry.code,
                say(
                    "{code} is of kind {kind} but has no block “{block}”.",
                    code=entry.code,
                    kind=item.kind,
                    block=needed,
                ),
                say("Write [indicator.number], or [[indicator.level]], or [[indicator.option]], as the kind needs."),
            )
        for kind, block in BLOCKS.items():
            if kind != item.kind and block in entry.raw:
                yield context.finding(
                    "item.foreign-block",
                    entry,
                    (block,),
                    entry.code,
                    say(
                        "{code} is of kind {kind}, so its block “{block}” has no effect.",
                        code=entry.code,
                        kind=item.kind,
                        block=block,
                    ),
                    say("Remove the block, or change the kind."),
                )


def numbers(context: Context) -> Iterator[Finding]:
    """Goalposts differ, agree with the direction, and full marks can be reached with a plausible value."""
    for entry in context.items:
        number = context.framework.indicators[entry.code].number
        if number is not None:
            if number.scaling.kind == "goalposts":
                yield from goalposts(context, entry, number)
            yield from fraction(context, entry, number)


def goalposts(context: Context, entry: Entry, number: Number) -> Iterator[Finding]:
    low, high = number.plausible
    lost = [key for key in ("zero", *(() if number.years else ("full",))) if key not in entry.raw["number"]]
    if lost:
        yield context.finding(
            "number.goalposts-missing",
            entry,
            ("number",),
            entry.code,
            say("{code} has no {keys}.", code=entry.code, keys=tuple(lost)),
            say("zero scores 0, full scores 100; or name another scale."),
        )
    elif number.zero == number.full:
        yield context.finding(
            "number.equal-goalposts",
            entry,
            ("number", "full"),
            entry.code,
            say("zero and full of {code} are both {value}.", code=entry.code, value=number.zero),
            say("They must differ: zero scores 0, full scores 100."),
        )
    elif (number.full > number.zero) != (number.direction == "up"):
        yield context.finding(
            "number.direction",
            entry,
            ("number", "direction"),
            entry.code,
            say(
                "{code} has direction {direction}, but its goalposts run from {zero} to {full}.",
                code=entry.code,
                direction=number.direction,
                zero=number.zero,
                full=number.full,
            ),
            say("up needs full above zero, down needs full below zero."),
        )
    if low >= high:
        yield context.finding(
            "number.plausible",
            entry,
            ("number", "plausible"),
            entry.code,
            say("The plausible range of {code} is empty: {low} to {high}.", code=entry.code, low=low, high=high),
            say("Write the lower bound first."),
        )
    elif not low <= number.full <= high:
        yield context.finding(
            "number.unreachable",
            entry,
            ("number", "full"),
            entry.code,
            say(
                "Full marks of {code} need {full}, outside the plausible {low} to {high}.",
                code=entry.code,
                full=number.full,
                low=low,
                high=high,
            ),
            say("Move full or widen the plausible range."),
        )
    cap = number.confirmation
    if cap is not None and not 0 <= cap.cap < 100:
        yield context.finding(
            "number.cap",
            entry,
            ("number", "confirmation", "cap"),
            entry.code,
            say("The cap of {code} without confirmation is {cap}.", code=entry.code, cap=cap.cap),
            say("It is at least 0 and below 100."),
        )


def fraction(context: Context, entry: Entry, number: Number) -> Iterator[Finding]:
    item = context.framework.indicators[entry.code]
    if number.kind != "count" and number.denominator is None:
        yield context.finding(
            "number.no-denominator",
            entry,
            ("number", "kind"),
            entry.code,
            say("{code} is a {kind} without a denominator.", code=entry.code, kind=number.kind),
            say("Name the denominator, or write kind = “count”."),
        )
    if number.denominator is not None and number.zero_denominator is None:
        yield context.finding(
            "number.zero-denominator",
            entry,
            ("number", "denominator"),
            entry.code,
            say("{code} does not say what a denominator of 0 means.", code=entry.code),
            say("Add zero_denominator = {{ treat = … }} with nd, na, zero or invalid."),
            severity="warning",
        )
    if number.zero_denominator == "na" and item.not_applicable is None:
        yield context.finding(
            "number.zero-denominator-na",
            entry,
            ("number", "zero_denominator"),
            entry.code,
            say("A denominator of 0 means “not applicable” for {code}, which no level may choose.", code=entry.code),
            say("Add [indicator.not_applicable], or another treatment."),
        )
    if number.factor is not None and not number.factor > 0:
        yield context.finding(
            "number.factor",
            entry,
            ("number", "factor"),
            entry.code,
            say("The factor of {code} is {factor}.", code=entry.code, factor=number.factor),
            say("It is above zero: 100 for percentages, 1 for averages."),
        )


def rubrics(context: Context) -> Iterator[Finding]:
    """Levels are 0 to 5, each once, so that full marks can be reached; options have keys of their own."""
    for entry in context.items:
        item = context.framework.indicators[entry.code]
        steps = [level.level for level in item.levels]
        if item.kind == "level" and steps:
            wrong = next((at for at in range(1, len(steps)) if steps[at] <= steps[at - 1]), None)
            if wrong is None and (len(steps) < 2 or steps[0] < 0 or steps[-1] > 9):
                wrong = len(steps) - 1
            if wrong is not None:
                yield context.finding(
                    "item.levels",
                    entry,
                    ("level", wrong),
                    entry.code,
                    say("{code} has the levels {levels}.", code=entry.code, levels=tuple(map(str, steps))),
                    say("Levels are two or more whole numbers from 0 to 9 that rise, as 0, 1, 2, 3, 4, 5."),
                )
            yield from worth(context, entry, item)
        for place, level in enumerate(item.levels):
            if not all(part for part in level.conditions):
                yield context.finding(
                    "item.conditions",
                    entry,
                    ("level", place),
                    entry.code,
                    say("A condition of level {level} of {code} is empty.", level=level.level, code=entry.code),
                    say("Give conditions in both languages in the same order."),
                )
        keys = [option.key for option in item.options]
        for key in sorted({key for key in keys if keys.count(key) > 1}):
            yield context.finding(
                "item.duplicate-option",
                entry,
                ("option", keys.index(key)),
                entry.code,
                say("{code} has the option {key} more than once.", code=entry.code, key=key),
                say("Keys of options are unique within an item."),
            )


def worth(context: Context, entry: Entry, item: Indicator) -> Iterator[Finding]:
    """Scores of levels: of all or of none, from 0 to 100, never falling, the highest 100."""
    scores = [level.score for level in item.levels]
    if all(score is None for score in scores):
        return
    wrong = next((at for at, score in enumerate(scores) if score is None or not 0 <= score <= 100), None)
    if wrong is None:
        known = [score for score in scores if score is not None]
        wrong = next((at for at in range(1, len(known)) if known[at] < known[at - 1]), None)
        if wrong is None and known[-1] != 100:
            wrong = len(known) - 1
    if wrong is not None:
        yield context.finding(
            "item.level-scores",
            entry,
            ("level", wrong),
            entry.code,
            say(
                "The levels of {code} are worth {scores}.",
                code=entry.code,
                scores=tuple("–" if score is None else f"{score:g}" for score in scores),
            ),
            say("Give every level a score from 0 to 100 that never falls, the highest 100; or give none a score."),
        )


def responsible(context: Context) -> Iterator[Finding]:
    """Levels, lead units, effort and scales exist."""
    framework = context.framework
    rules, perception = framework.improvement, framework.perception
    for entry in context.items:
        item = framework.indicators[entry.code]
        yield from context.unknown(TIER, item.tiers, framework.tiers, entry, "tiers")
        if framework.organizations and "lead" in entry.raw:
            yield from context.unknown(say("lead unit"), (entry.raw["lead"],), framework.organizations, entry, "lead")
        for field in ("improve_low", "improve_high"):
            advice = getattr(item, field)
            if advice is None:
                continue
            if rules is not None and rules.effort:
                yield from context.unknown(
                    say("degree of effort"), (advice.effort,), rules.effort, entry, field, "effort"
                )
            if advice.months[0] > advice.months[1] or advice.months[0] < 0:
                yield context.finding(
                    "item.months",
                    entry,
                    (field, "months"),
                    entry.code,
                    say(
                        "The duration of {code} is {low} to {high} months.",
                        code=entry.code,
                        low=advice.months[0],
                        high=advice.months[1],
                    ),
                    say("Write the shorter time first."),
                )
        if item.grassroots is not None and perception is not None:
            yield from context.unknown(
                say("perception scale"), (item.grassroots.scale,), perception.scales, entry, "grassroots", "scale"
            )
        if perception is not None and item.grassroots is None and set(item.tiers) & set(perception.tiers):
            yield context.finding(
                "item.no-plain-question",
                entry,
                ("tiers",),
                entry.code,
                say("{code} is asked at the grassroots but has no plain question.", code=entry.code),
                say("Add [indicator.grassroots] with question and scale, or take the level out of tiers."),
            )


def not_applicable(context: Context) -> Iterator[Finding]:
    """ "Not applicable" may be chosen only where the item is asked, and not where it is ruled out."""
    framework = context.framework
    never = framework.states["NA"].never
    for entry in context.items:
        item: Indicator = framework.indicators[entry.code]
        if item.not_applicable is None:
            continue
        for tier in item.not_applicable.levels:
            if tier not in item.tiers:
                yield context.finding(
                    "item.na-tier",
                    entry,
                    ("not_applicable", "tiers"),
                    entry.code,
                    say("“Not applicable” of {code} is for {tier}, where it is not asked.", code=entry.code, tier=tier),
                    say("Allowed: {values}.", values=item.tiers),
                )
        if entry.code in never:
            yield context.finding(
                "item.na-never",
                entry,
                ("not_applicable",),
                entry.code,
                say("{code} lists “not applicable”, but states.NA.never rules it out.", code=entry.code),
                say("Remove one of the two."),
            )


RULES = (kinds, numbers, rubrics, responsible, not_applicable)
