"""From the cells of one item to its answer: what nobody touched stays, what is clear is taken, the rest is a doubt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import product
from typing import Literal

from assess.answers import Answer
from assess.exchange.typed import NO_DATA, NOT_APPLICABLE, squeeze
from assess.framework.model import Framework
from assess.language import Message, say
from assess.measure.scales import figure as plain_figure
from assess.measure.scales import value as worth
from assess.sheets import figures, levels
from assess.sheets.form import Choice, Doubt
from assess.sheets.levels import Read, Value
from assess.sheets.shape import HEAD, OPTION, REASON, STATE, Shape, written
from assess.sheets.style import safe
from assess.sheets.tables import Spot
from assess.sheets.told import answer_told

IsPercent = Callable[[Spot], bool]
MOST = 12
"""Readings offered for one answer."""


@dataclass(slots=True)
class Outcome:
    """What the cells of one item came to. `touched` is false where they say what they said when issued."""

    touched: bool = False
    answer: Answer | None = None
    doubts: list[Doubt] = field(default_factory=list)
    place: str = ""


@dataclass(slots=True)
class _Item:
    """The cells of one item while they are read; `doubtful` collects cells and reasons."""

    framework: Framework
    shape: Shape
    spots: Mapping[str, Spot]
    percent: IsPercent
    doubtful: list[tuple[Spot, Message]] = field(default_factory=list)
    read: bool = True

    def text(self, part: str) -> str:
        spot = self.spots.get(part)
        return spot.text if spot is not None else ""

    def doubt(self, part: str, reason: Message, *, read: bool = True) -> None:
        spot = self.spots.get(part) or next(iter(self.spots.values()))
        self.doubtful.append((spot, reason))
        self.read = self.read and read


def interpret(
    framework: Framework, shape: Shape, spots: Mapping[str, Spot], base: Answer | None, percent: IsPercent,
    language: str | None, early: tuple[tuple[Spot, Message], ...] = (),
) -> Outcome:  # fmt: skip
    """The answer of one item. `base` is the answer when the form was issued in `language` (None: not known).

    `early` are doubts about where the cells belong, found before they are read.
    """
    place = next((spot.place for spot in spots.values() if spot.text), next(iter(spots.values())).place)
    if language is not None and untouched(shape, spots, base, language) and not early:
        return Outcome(place=place)
    item = _Item(framework, shape, spots, percent)
    item.doubtful.extend(early)
    answers = _answers(item)
    if not answers and not item.doubtful:
        return _blank(framework, shape, spots, base, place)
    answers = tuple(dict.fromkeys(answers))
    if answers and not item.doubtful:
        fault = worth(shape.item, answers[0], grassroots=shape.small).fault
        if fault is not None and not _unscored(fault.code):
            item.doubt(HEAD if HEAD in shape.parts else shape.parts[0], fault.text)
    outcome = Outcome(True, answers[0] if answers else None, place=place)
    if item.doubtful:
        options = tuple(_choice(framework, shape, answer) for answer in answers[:MOST])
        if not item.read or not options:
            options = (*options, *_ways_out(framework, shape, options))
        outcome.doubts = [
            Doubt(
                (shape.code, "self"), spot.page.name, spot.cell, spot.text, options, reason, item.read and bool(answers)
            )
            for spot, reason in item.doubtful
        ]
    return outcome


def untouched(shape: Shape, spots: Mapping[str, Spot], base: Answer | None, language: str) -> bool:
    """Do the cells say exactly what they said when the form was issued?"""
    now = written(shape, base, language)
    return all(same(spot.text, now.get(part, "")) for part, spot in spots.items() if part in now)


def same(text: str, issued: str) -> bool:
    """Equal as texts of cells: line ends, blanks around and escapes of the format aside."""
    plain = issued.replace("\r\n", "\n").replace("\r", "\n").strip()
    return text == plain or _even(text) == _even(issued)


def _even(text: str) -> str:
    return "\n".join(line.rstrip() for line in safe(text).replace("_x005F_x", "_x").strip().split("\n"))


def _blank(framework: Framework, shape: Shape, spots: Mapping[str, Spot], base: Answer | None, place: str) -> Outcome:
    """All cells are blank: nothing, unless there was an answer when the form was issued."""
    if base is None:
        return Outcome(place=place)
    spot = spots.get(shape.parts[0]) or next(iter(spots.values()))
    options = (Choice(None, say("leave it blank")),)
    reason = say("There was an answer here; now the cell is blank.")
    doubt = Doubt((shape.code, "self"), spot.page.name, spot.cell, "", options, reason, read=False)
    return Outcome(True, None, [doubt], spot.place)


def _answers(item: _Item) -> tuple[Answer, ...]:
    """Every answer the cells may mean, ours first."""
    state = squeeze(item.text(STATE))
    content = [part for part in item.shape.parts if item.text(part) and part not in ("source", "confirm")]
    head = squeeze(item.text(HEAD))
    if not state and head and _state(head) and len(content) == 1:
        return _not_answered(item, _state(head), HEAD)
    if not state and item.shape.kind in ("ratio", "single"):
        for part in content:
            if _state(squeeze(item.text(part))) and len(content) == 1:
                return _not_answered(item, _state(squeeze(item.text(part))), part)
    if not state:
        return _given(item) if content else _only_beside(item)
    kind = _state(state)
    if not kind:
        item.doubt(STATE, say("Only “not applicable” or “no data” belong here."), read=False)
        return (*_given(item), Answer.no_data(item.text(STATE))) if content else (Answer.no_data(item.text(STATE)),)
    out = _not_answered(item, kind, STATE)
    if content:
        item.doubt(STATE, say("There is an answer, and it is marked as not answered."))
        return (*_given(item), *out)
    return out


def _state(word: str) -> str:
    bare = word.strip("。.,，、（）()")
    if bare in NOT_APPLICABLE or bare.startswith(("不适用", "notapplicable")):
        return "na"
    return "nd" if bare in NO_DATA or bare.startswith(("暂无数据", "无数据", "暂无", "nodata")) else ""


def _not_answered(item: _Item, kind: str, part: str) -> tuple[Answer, ...]:
    """Not applicable or no data with its reason; words behind it in the same cell stand in for a reason."""
    reason = item.text(REASON)
    tail = item.text(part)
    for lead in ("不适用", "暂无数据", "Not applicable", "No data"):
        if tail.casefold().startswith(lead.casefold()):
            tail = tail[len(lead) :].strip(" ：:，,（）()。　\n")
            break
    else:
        tail = ""
    reason = reason or tail
    if kind == "nd":
        return (Answer.no_data(reason),)
    if item.shape.never:
        item.doubt(part, say("“Not applicable” may not be chosen here; it counts as no data."))
        return Answer.no_data(reason), Answer.not_applicable(reason)
    if not reason:
        item.doubt(part, say("“Not applicable” needs a reason; without one it counts as no data."))
        return Answer.not_applicable(""), Answer.no_data("")
    return (Answer.not_applicable(reason),)


def _only_beside(item: _Item) -> tuple[Answer, ...]:
    """Nothing but a reason, a source or a confirmation."""
    if item.text(REASON):
        item.doubt(
            REASON, say("A reason stands here, but neither an answer nor “not applicable” or “no data”."), read=False
        )
        return Answer.not_applicable(item.text(REASON)), Answer.no_data(item.text(REASON))
    if item.shape.kind in ("single", "ratio") and (item.text("confirm")):
        item.doubt("confirm", say("The confirmation is given, but no figure."), read=False)
    return ()


def _given(item: _Item) -> tuple[Answer, ...]:
    match item.shape.kind:
        case "level":
            read = levels.level(item.framework, item.shape, item.spots[HEAD].raw, item.text(HEAD))
            return tuple(Answer.of_level(one) for one in _noted(item, HEAD, read))
        case "yesno":
            return tuple(
                Answer.of_choice(one) for one in _noted(item, HEAD, levels.choice(item.shape, item.text(HEAD)))
            )
        case "multi":
            return _ticks(item)
        case _:
            return _figures(item)


def _noted(item: _Item, part: str, read: Read[Value]) -> tuple[Value, ...]:
    if read.reason is not None:
        item.doubt(part, read.reason, read=read.read)
    return read.values


def _ticks(item: _Item) -> tuple[Answer, ...]:
    parts = [part for part in item.shape.parts if part in item.spots]
    blank = [part for part in parts if not item.text(part)]
    if len(blank) == len(parts):
        return ()
    ways: list[tuple[bool, ...]] = []
    for part in parts:
        word = squeeze(item.text(part))
        sure = levels.plain(word) if word else "no"
        if sure is None and word.startswith(("有", "是", "已")):
            sure = "yes"
        elif sure is None and word.startswith(("无", "没", "未", "否")):
            sure = "no"
        if sure is None:
            item.doubt(part, say("Neither “have” nor “none” can be read here."), read=False)
        ways.append((sure == "yes",) if sure is not None else (True, False))
    keys = [part.removeprefix(OPTION) for part in parts]
    answers = tuple(
        Answer.of_ticks(key for key, on in zip(keys, way, strict=True) if on)
        for way, _ in zip(product(*ways), range(MOST), strict=False)
    )
    if blank and answers:
        item.doubt(blank[0], say("Some lines are blank; they were taken as “none”."))
    return answers


def _figures(item: _Item) -> tuple[Answer, ...]:
    number = item.shape.item.number
    assert number is not None
    roles = (HEAD,) if item.shape.kind == "single" else ("numerator", "denominator", "result")
    found: dict[str, tuple[str | None, ...]] = {}
    for role in roles:
        spot = item.spots.get(role)
        if spot is None or not spot.text:
            found[role] = (None,)
            continue
        asked = figures.Asked(number, role in (HEAD, "result"))
        percent = isinstance(spot.raw, float) and asked.percent and abs(spot.raw) <= 10 and item.percent(spot)
        read = figures.figure(asked, spot.raw, spot.text, percent)
        found[role] = (*_noted(item, role, read),) or (None,)
    confirm = _confirmed(item)
    source = item.text("source")
    answers: list[Answer] = []
    for way in product(*(found[role] for role in roles)):
        one = _number(item, dict(zip(roles, way, strict=True)))
        if one is not None:
            answers += [replace(one, source=source, confirm=sure) for sure in confirm]
        if len(answers) >= MOST:
            break
    return tuple(answers)


def _number(item: _Item, values: Mapping[str, str | None]) -> Answer | None:
    if item.shape.kind == "single":
        return Answer.of_number(result=values[HEAD]) if values[HEAD] is not None else None
    upper, lower, result = (values[role] for role in ("numerator", "denominator", "result"))
    if upper is not None and lower is not None:
        if result is not None and not _agree(item, upper, lower, result):
            item.doubt("result", say("The result does not follow from numerator and denominator; the two were taken."))
        return Answer.of_number(upper, lower)
    if result is not None:
        if upper is not None or lower is not None:
            item.doubt("numerator" if upper is not None else "denominator",
                       say("One half of the fraction is missing; the result was taken."))  # fmt: skip
        return Answer.of_number(result=result)
    if upper is None and lower is None:
        return None
    part = "denominator" if upper is not None else "numerator"
    item.doubt(part, say("One half of the fraction is missing."))
    return Answer.of_number(upper, lower)


def _agree(item: _Item, upper: str, lower: str, result: str) -> bool:
    number = item.shape.item.number
    assert number is not None
    if Decimal(lower) == 0:
        return True
    exact = Decimal(upper) / Decimal(lower) * Decimal(plain_figure(number.factor if number.factor is not None else 1.0))
    return abs(exact - Decimal(result)) <= max(Decimal("0.06"), abs(exact) / 1000)


def _confirmed(item: _Item) -> tuple[Literal["yes", "no"] | None, ...]:
    text = item.text("confirm")
    if not text:
        return (None,)
    read = levels.choice(item.shape, text)
    if read.certain:
        return (read.values[0],)
    item.doubt("confirm", say("Neither yes nor no can be read here."), read=False)
    return ("yes", "no")


def _unscored(code: str) -> bool:
    """Faults that are none of the filler's: an item that only a comparison of units can score."""
    return code == "number.compared"


def _choice(framework: Framework, shape: Shape, answer: Answer) -> Choice:
    return Choice(answer.to_json(), answer_told(framework, shape.item, answer))


def _ways_out(framework: Framework, shape: Shape, had: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """Where nothing can be read, one may still say that there is no data."""
    if shape.small or any(choice.value is not None and choice.value["kind"] == "nd" for choice in had):
        return ()
    return (_choice(framework, shape, Answer.no_data("")),)
