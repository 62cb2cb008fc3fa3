"""The texts beside the answer cells: question, criteria, how a figure is counted, what may prove it."""

from __future__ import annotations

from assess.framework.model import Framework
from assess.language import Message, Words, say
from assess.measure.scales import figure
from assess.sheets.shape import Shape, level_text
from assess.sheets.terms import GAP


def question(framework: Framework, shape: Shape, tier: str, language: str) -> str:
    """Everything there is to read before answering, one thing a line."""
    asked, beside = parts(framework, shape, tier, language)
    return "\n".join((*asked, *beside))


def parts(framework: Framework, shape: Shape, tier: str, language: str) -> tuple[list[str], list[str]]:
    """The lines an answer depends on, and those beside it: when it may be left out, what may prove it."""
    item = shape.item
    out = [shape.question.to(language)]
    if shape.kind == "level":
        out += [full(level, words, language, small=shape.small) for level, words in shape.levels]
    if shape.small:
        return _filled(out), []
    if item.note:
        out.append(told(say("To note: {note}", note=item.note), language))
    if item.yesno is not None and len(item.yesno.yes.to(language)) > 4:
        out += [
            told(say("Yes means: {words}", words=item.yesno.yes), language),
            told(say("No means: {words}", words=item.yesno.no), language),
        ]
    if item.number is not None:
        out += _figure(shape, language)
    if item.options and any(option.required for option in item.options):
        out.append(told(say("Say of every line whether you have it; ★ marks what must not be missing."), language))
    elif item.options:
        out.append(told(say("Say of every line whether you have it."), language))
    beside: list[str] = []
    allowed = item.not_applicable
    if allowed is not None and (not allowed.levels or tier in allowed.levels) and allowed.when:
        beside.append(told(say("“Not applicable” may be chosen where: {when}", when=allowed.when), language))
    if item.evidence:
        beside.append(told(say("May be proved by: {evidence}", evidence=item.evidence), language))
    return _filled(out), _filled(beside)


def leads(language: str) -> tuple[str, ...]:
    """How the lines beside a question begin."""
    return (
        told(say("“Not applicable” may be chosen where: {when}", when=""), language),
        told(say("May be proved by: {evidence}", evidence=""), language),
    )


def _filled(lines: list[str]) -> list[str]:
    return [line for line in lines if line]


def full(level: int, words: Words, language: str, *, small: bool = False) -> str:
    """A level with the whole of its text, however long."""
    head = level_text(level, Words(), language, small=small).rstrip()
    return f"{head}{GAP.to(language)}{words.to(language)}"


def _figure(shape: Shape, language: str) -> list[str]:
    """How a figure is counted; unit, period and range stand beside each other on one line."""
    number = shape.item.number
    assert number is not None
    out: list[Message] = []
    if number.rule:
        out.append(say("Counting rule: {rule}", rule=number.rule))
    if number.denominator is not None and number.unit:
        out.append(say("Formula: {upper} ÷ {lower} × {factor}", upper=number.numerator, lower=number.denominator,
                       factor=figure(number.factor if number.factor is not None else 1.0)))  # fmt: skip
    elif number.numerator:
        out.append(say("To be filled in: {what}", what=number.numerator))
    low, high = number.plausible
    facts: list[Message] = []
    if number.unit:
        facts.append(say("Unit of the figure: {unit}", unit=number.unit))
    if number.period:
        facts.append(say("Period: {period}", period=number.period))
    if low < high < 1e12:
        facts.append(say("Usual range: {low} to {high}", low=figure(low), high=figure(high)))
    if number.zero_denominator_words:
        out.append(say("Where the denominator is 0: {words}", words=number.zero_denominator_words))
    lines = [told(line, language) for line in out]
    beside = (GAP.to(language) * 2).join(told(fact, language) for fact in facts)
    return [*lines, beside] if beside else lines


def told(message: Message, language: str) -> str:
    return message.render(language)


def name(shape: Shape, language: str) -> str:
    """The item's name, whether it weighs more than others, and who leads."""
    item = shape.item
    out = [item.name.to(language)]
    if item.key and not shape.small:
        out.append(Words("（关键指标）", "(key indicator)").to(language))
    if item.lead and not shape.small:
        out.append(told(say("Lead: {unit}", unit=item.lead), language))
    return "\n".join(out)
