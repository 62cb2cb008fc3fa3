"""Rules of the linter about skip rules, red lines, evidence, modes, columns and the county version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assess.framework.context import INDICATOR, MODE, TIER, Context
from assess.framework.rules import STATES
from assess.framework.scoring_rules import SkipRule
from assess.framework.sources import MAIN
from assess.language import Message, say
from assess.problems import Finding

Where = tuple[str, tuple[str | int, ...]]
TOP_LEVEL = 5


def skips(context: Context) -> Iterator[Finding]:
    """A skip rule can fire, what it skips is asked at its levels, and no key indicator is skipped."""
    framework = context.framework
    yield from repeated(context, "skip_rule", [rule.id for rule in framework.skip_rules])
    for place, rule in enumerate(framework.skip_rules):
        where: Where = (MAIN, ("skip_rule", place))
        yield from context.unknown(INDICATOR, (rule.indicator,), framework.indicators, where, "when")
        yield from context.unknown(INDICATOR, rule.then, framework.indicators, where, "then")
        yield from context.unknown(TIER, rule.tiers, framework.tiers, where, "tiers")
        yield from never_fires(context, rule, where)
        yield from dead_targets(context, rule, where)
    yield from skip_cycles(context)


def never_fires(context: Context, rule: SkipRule, where: Where) -> Iterator[Finding]:
    item = context.framework.indicators.get(rule.indicator)
    if item is None:
        return
    hint: Message | None = None
    if rule.op == "level<=":
        if not isinstance(rule.value, int) or isinstance(rule.value, bool) or not 0 <= rule.value < TOP_LEVEL:
            hint = say("level<= needs a whole number from 0 to 4; 5 would always skip.")
        elif item.kind == "yesno":
            hint = say("{code} is a yes/no item: use answer== with yes or no.", code=item.code)
    elif item.kind == "yesno" and rule.value not in ("yes", "no"):
        hint = say("answer== of a yes/no item needs “yes” or “no”.")
    elif item.kind != "yesno":
        hint = say("{code} is not a yes/no item: use level<= with a level.", code=item.code)
    if hint is not None:
        yield context.finding(
            "skip.trigger",
            where,
            ("when",),
            rule.id,
            say(
                "The trigger of {rule} cannot work: {code} {op} {value}.",
                rule=rule.id,
                code=item.code,
                op=rule.op,
                value=str(rule.value),
            ),
            hint,
        )


def dead_targets(context: Context, rule: SkipRule, where: Where) -> Iterator[Finding]:
    framework = context.framework
    for code in (rule.indicator, *rule.then):
        item = framework.indicators.get(code)
        if item is None:
            continue
        excluded = {"县"} if code in framework.county_version.excluded else set()
        lacking = tuple(tier for tier in rule.tiers if tier not in item.tiers or tier in excluded)
        if lacking:
            key = "when" if code == rule.indicator else "then"
            yield context.finding(
                "skip.dead",
                where,
                (key,),
                rule.id,
                say("{rule} holds for {tiers}, where {code} is not asked.", rule=rule.id, tiers=lacking, code=code),
                say("Take these levels out of the rule."),
            )
        if item.key and code in rule.then:
            yield context.finding(
                "skip.key",
                where,
                ("then",),
                rule.id,
                say("{rule} skips {code}, which is a key indicator.", rule=rule.id, code=code),
                say("Key indicators are never skipped."),
            )


def skip_cycles(context: Context) -> Iterator[Finding]:
    """No item can, by any chain of rules, skip itself."""
    rules = context.framework.skip_rules
    after: dict[str, set[str]] = {}
    for rule in rules:
        after.setdefault(rule.indicator, set()).update(rule.then)
    for place, rule in enumerate(rules):
        reached: set[str] = set()
        front = set(rule.then)
        while front - reached:
            reached |= front
            front = {code for known in front for code in after.get(known, ())}
        if rule.indicator in reached:
            yield context.finding(
                "skip.cycle",
                (MAIN, ("skip_rule", place)),
                ("then",),
                rule.id,
                say("{rule} comes back to its own trigger {code}.", rule=rule.id, code=rule.indicator),
                say("Remove one rule of the circle."),
            )


def red_lines(context: Context) -> Iterator[Finding]:
    """Red lines name known items, modes and stages, and an answer that can be given."""
    framework = context.framework
    levels = [stage.level for stage in framework.stages]
    yield from repeated(context, "red_line", [line.id for line in framework.red_lines])
    for place, line in enumerate(framework.red_lines):
        where: Where = (MAIN, ("red_line", place))
        yield from context.unknown(MODE, line.modes, framework.modes, where, "modes")
        for row, trigger in enumerate(line.triggers):
            item = framework.indicators.get(trigger.indicator)
            if trigger.indicator:
                yield from context.unknown(INDICATOR, (trigger.indicator,), framework.indicators, where, "any", row)
            answerable = (
                item is None or trigger.op != "answer==" or item.kind != "yesno" or trigger.value in ("yes", "no")
            )
            stated = trigger.op != "state in" or set(as_tuple(trigger.value)) <= set(STATES)
            if not (answerable and stated) or not (trigger.flag or trigger.indicator):
                yield context.finding(
                    "red-line.trigger",
                    where,
                    ("any", row),
                    line.id,
                    say("A trigger of red line {id} can never hold.", id=line.id),
                    say("Name a flag, an answer (yes or no), or states ({states}).", states=STATES),
                )
        if not line.triggers:
            yield context.finding(
                "red-line.no-trigger",
                where,
                ("id",),
                line.id,
                say("Red line {id} has no trigger.", id=line.id),
                say("Add any = [{{ flag = … }}] or an answer of an indicator."),
            )
        if line.effect == "cap_stage" and line.max_stage not in levels:
            yield context.finding(
                "red-line.stage",
                where,
                ("effect",),
                line.id,
                say("Red line {id} caps at stage {stage}, which does not exist.", id=line.id, stage=line.max_stage),
                say("Known: {names}.", names=tuple(map(str, levels))),
            )


def points(context: Context) -> Iterator[Finding]:
    """Bonus and deductions have a ceiling that lets one item through, and refer to red lines that exist."""
    framework = context.framework
    for key, rules in (("bonus", framework.bonus), ("deductions", framework.deductions)):
        where: Where = (MAIN, (key,))
        yield from repeated(context, key, [item.id for item in rules.items], "item")
        yield from context.unknown(
            say("red line"), rules.no_double, [line.id for line in framework.red_lines], where, "no_double"
        )
        for place, item in enumerate(rules.items):
            if any(value <= 0 or value > rules.max_total for value in item.points):
                yield context.finding(
                    "points.ceiling",
                    where,
                    ("item", place, "points"),
                    item.id,
                    say("{id} gives points outside 0 to {ceiling}.", id=item.id, ceiling=rules.max_total),
                    say("Points are above zero and at most max_total."),
                )


def modes(context: Context) -> Iterator[Finding]:
    """Modes, states, columns, evidence and county lists name things that exist."""
    framework, main = context.framework, context.main
    levels = [str(stage.level) for stage in framework.stages]
    for state, raw in main.get("states", {}).items():
        named = [key for key, value in raw.items() if isinstance(value, dict) and "treatment" in value]
        yield from context.unknown(MODE, named, (*framework.modes, "any_mode"), (MAIN, ("states", state)))
        where: Where = (MAIN, ("states", state))
        yield from context.unknown(INDICATOR, raw.get("never", ()), framework.indicators, where, "never")
    for key, mode in framework.modes.items():
        if mode.max_stage is not None:
            yield from context.unknown(
                say("maturity stage"), (str(mode.max_stage),), levels, (MAIN, ("modes", key)), "max_stage"
            )
    if framework.evidence is not None:
        rules = framework.evidence
        yield from context.unknown(MODE, (rules.mode,), framework.modes, (MAIN, ("evidence",)), "mode")
        for place, cap in enumerate(rules.caps):
            yield from context.unknown(
                INDICATOR, cap.except_, framework.indicators, (MAIN, ("evidence", "caps", place))
            )
    columns = [column.key for column in framework.columns] or ["self", "review", "third_party"]
    yield from context.unknown(say("answer column"), framework.precedence, columns, (MAIN, ("columns",)), "precedence")


def county(context: Context) -> Iterator[Finding]:
    """The county version and county blending name items that exist."""
    framework, version = context.framework, context.framework.county_version
    where: Where = (MAIN, ("county_version",))
    yield from context.unknown(INDICATOR, version.excluded, framework.indicators, where, "excluded")
    for code, levels in version.overrides.items():
        yield from context.unknown(INDICATOR, (code,), framework.indicators, where, "overrides", code)
        item = framework.indicators.get(code)
        known = [str(level.level) for level in item.levels] if item else []
        if item is not None:
            found = [str(level) for level in levels]
            yield from context.unknown(say("rubric level"), found, known, where, "overrides", code, "levels")
    blend = framework.county_blend
    if blend is not None:
        where = (MAIN, ("county_to_city",))
        yield from context.unknown(INDICATOR, blend.not_applied, framework.indicators, where, "not_applied")
        if abs(blend.city_weight + blend.county_weight - 1) > 1e-9 or not 0 <= blend.min_submission_share <= 1:
            yield context.finding(
                "county.weights",
                where,
                ("city_weight",),
                "county_to_city",
                say(
                    "City and county weigh {city} and {county}, from a share of {share}.",
                    city=blend.city_weight,
                    county=blend.county_weight,
                    share=blend.min_submission_share,
                ),
                say("The two weights add up to 1 and the share lies between 0 and 1."),
            )


def repeated(context: Context, key: str, ids: list[str], inner: str = "") -> Iterator[Finding]:
    """Ids of one kind of rule are unique."""
    for place, name in enumerate(ids):
        if name in ids[:place]:
            path = (key, inner, place) if inner else (key, place)
            yield context.finding(
                "rule.duplicate-id",
                (MAIN, path),
                ("id",),
                name,
                say("The id {id} is used twice.", id=name),
                say("Ids are unique among rules of one kind."),
            )


def as_tuple(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, Iterable) and not isinstance(value, str) else (value,)


RULES = (skips, red_lines, points, modes, county)
