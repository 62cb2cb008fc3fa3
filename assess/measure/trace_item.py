"""The trace of one item: its answer, the columns not used, what lowered it, evidence and clauses (R1–R3, R7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assess.answers import SCORING_COLUMNS, Answer, Evidence, Json, Sheet
from assess.framework.indicator import Indicator, Number
from assess.framework.model import Framework
from assess.language import Message, Words, say
from assess.measure import counties
from assess.measure.lines import Line, Term, number
from assess.measure.result import ItemScore, Scores
from assess.measure.route import is_grassroots, read_one
from assess.measure.scales import PLAIN, figure

PACES = {
    "linear": say("even steps from year to year"),
    "step": say("the next stated year decides"),
    "growth": say("the same rate every year"),
}
_STATES = {
    "na": Words("不适用", "not applicable"),
    "nd": Words("暂无数据", "no data"),
    "skipped": Words("跳过", "skipped"),
    "unanswered": Words("未作答", "unanswered"),
    "out": Words("不在本次填报范围", "not asked here"),
    "answered": Words("已作答", "answered"),
}


def item_line(framework: Framework, sheet: Sheet, scores: Scores, code: str, cells: Mapping[str, Json]) -> Line:
    """One item with everything below it; `cells` are the cells of the item."""
    item, indicator = scores.items[code], framework.indicators[code]
    blended = item.own_score is not None and item.county_mean is not None and framework.county_blend is not None
    terms: tuple[Term, ...] = ()
    if blended and framework.county_blend and item.own_score is not None and item.county_mean is not None:
        rule = framework.county_blend
        terms = (
            Term(code, rule.city_weight, item.own_score, rule.city_weight),
            Term("counties", rule.county_weight, item.county_mean, rule.county_weight),
        )
    return Line(
        kind="item",
        code=code,
        label=say("{code} {name}", code=code, name=indicator.name),
        formula=_formula(framework, item, terms),
        value=item.score,
        how="blend" if blended else "given",
        terms=terms,
        rules=_rules(item),
        column=item.column,
        cap=item.cap,
        clauses=indicator.clauses,
        children=tuple(_below(framework, sheet, item, indicator, cells)),
    )


def _rules(item: ItemScore) -> tuple[str, ...]:
    rules = {"rule:R1"} if item.raw is not None else set[str]()
    if item.state == "na":
        rules.add("rule:R2")
    if item.state in ("nd", "unanswered", "skipped"):
        rules.add("rule:R3")
    if item.cap is not None or item.column not in (None, "self"):
        rules.add("rule:R7")
    if item.counties:
        rules.add("rule:R4")
    return tuple(sorted(rules))


def _formula(framework: Framework, item: ItemScore, terms: tuple[Term, ...]) -> Message:
    if item.state == "out":
        return say("Not asked in this document.")
    if terms:
        return say(
            "City {own} × {city} + mean of {count} counties {mean} × {county} = {value}",
            own=number(framework, terms[0].score),
            city=f"{terms[0].weight:g}",
            count=item.counties,
            mean=number(framework, terms[1].score),
            county=f"{terms[1].weight:g}",
            value=number(framework, item.score),
        )
    if item.state == "answered":
        return say("Score {value}", value=number(framework, item.score))
    state = state_words(framework, item.state)
    if item.counting == "zero":
        return say("{state}: counts as 0 points", state=state)
    if item.counting == "void":
        return say("{state}: leaves the total without a score", state=state)
    return say("{state}: left out", state=state)


def state_words(framework: Framework, state: str) -> Words:
    """The framework's own word for a state, else ours."""
    keys = {"na": "NA", "nd": "ND", "skipped": "SKIP", "unanswered": "UNANSWERED"}
    known = framework.states.get(keys.get(state, ""))
    return known.name if known is not None and known.name else _STATES[state]


def _below(
    framework: Framework, sheet: Sheet, item: ItemScore, indicator: Indicator, cells: Mapping[str, Json]
) -> Iterator[Line]:
    grassroots = is_grassroots(framework, sheet.profile.tier)
    for column in SCORING_COLUMNS:
        if cells.get(column) is None:
            continue
        answer = Answer.from_json(cells[column])
        used = column == item.column
        read = read_one(framework, item.code, column, answer, sheet.profile.tier, grassroots).value
        score = read.score if read is not None else None
        text = _working(framework, indicator, answer, read.x if read else None, score, item.fault if used else None)
        name = next((known.name for known in framework.columns if known.key == column), Words(column, column))
        label = (
            say("{column}, in use: {answer}", column=name, answer=answer_words(framework, indicator, answer))
            if used
            else say("{column}, not used: {answer}", column=name, answer=answer_words(framework, indicator, answer))
        )
        yield Line(
            "answer" if used else "other_column",
            f"{item.code}/{column}",
            label,
            text,
            score,
            rules=("rule:R1",),
            column=column,
        )
    for text in (item.lowered, item.cap, *item.reasons):
        if text is not None:
            yield Line("rule", item.code, text, rules=("rule:R7",) if text is item.cap else ())
    if item.counties:
        for county in counties.counting(sheet):
            part = county.items.get(item.code)
            if part is not None and part.state not in ("out", "unanswered"):
                text = say("{unit}: {value}, answered {answer}", unit=county.unit, value=number(framework, part.score),
                           answer=part.answer)  # fmt: skip
                yield Line("rule", item.code, text, None, part.score, rules=("rule:R4",))
    for piece in registered(cells):
        yield Line("evidence", f"{item.code}/evidence/{piece.id}", say("Evidence: {name}", name=evidence_words(piece)))
    for clause in indicator.clauses:
        known = framework.clauses.get(clause)
        label = say("Clause {id}: {text}", id=clause, text=known.words if known else Words())
        yield Line("clause", f"clause:{clause}", label, clauses=(clause,))


def _working(
    framework: Framework, indicator: Indicator, answer: Answer, x: float | None, score: float | None, fault: object
) -> Message | None:
    """The arithmetic from the answer to its score, with the values in it."""
    if score is None:
        return say("no score: the answer cannot be right") if fault is not None else None
    shown = number(framework, score)
    if answer.kind == "level":
        top = max((rubric.level for rubric in indicator.levels), default=5)
        if indicator.kind != "level":
            top = 5
        return say("{level} × {step} = {score}", level=answer.level, step=f"{100 / top:g}", score=shown)
    if answer.kind == "multi":
        return say(
            "{ticked} of {all} options → {score}", ticked=len(answer.ticked), all=len(indicator.options), score=shown
        )
    if answer.kind == "number" and indicator.number is not None and x is not None:
        if indicator.number.in_force is not None:
            return _against_target(indicator.number, x, shown)
        if indicator.number.scaling != PLAIN:
            return say("{x} on the item's scale → {score}", x=f"{x:.6g}", score=shown)
        return say(
            "100 × ({x} − {zero}) ÷ ({full} − {zero}), within 0–100 → {score}",
            x=figure(round(x, 4)),
            zero=figure(indicator.number.zero),
            full=figure(indicator.number.full),
            score=shown,
        )
    return say("→ {score}", score=shown)


def _against_target(figures: Number, x: float, shown: str) -> Message:
    """The target in force and where it comes from."""
    assert figures.in_force is not None
    year, target = figures.in_force
    path = "; ".join(f"{at:.0f}: {figure(round(value, 4))}" for at, value in figures.years)
    if year is None:
        return say(
            "{x} against {target}, the last target, as no base date is given (targets {path}) → {score}",
            x=figure(round(x, 4)), target=figure(round(target, 4)), path=path, score=shown,
        )  # fmt: skip
    return say(
        "{x} against the target {target} of {year} (targets {path}; {way}) → {score}",
        x=figure(round(x, 4)), target=figure(round(target, 4)), year=year, path=path, way=PACES[figures.pace],
        score=shown,
    )  # fmt: skip


def answer_words(framework: Framework, indicator: Indicator, answer: Answer) -> Message | Words:
    """An answer in words: the level with its text, yes or no as the item puts it, options, or the figures."""
    match answer.kind:
        case "level":
            text = next((rubric.words for rubric in indicator.levels if rubric.level == answer.level), Words())
            return (
                say("level {level} — {text}", level=answer.level, text=text)
                if text
                else say("level {level}", level="—" if answer.level is None else answer.level)
            )
        case "yesno":
            texts = indicator.yesno
            if texts is not None and (texts.yes if answer.choice == "yes" else texts.no):
                return texts.yes if answer.choice == "yes" else texts.no
            return say("yes") if answer.choice == "yes" else say("no")
        case "multi":
            return say("options {options}", options=answer.ticked) if answer.ticked else say("none of the options")
        case "number":
            unit = indicator.number.unit if indicator.number else Words()
            if answer.numerator is not None and answer.denominator is not None:
                return say("{upper} ÷ {lower}", upper=answer.numerator, lower=answer.denominator)
            given = answer.result if answer.numerator is None else answer.numerator
            return say("{number} {unit}", number=given or "—", unit=unit)
        case _:
            state = state_words(framework, answer.kind)
            return say("{state} ({reason})", state=state, reason=answer.reason) if answer.reason else state


def registered(cells: Mapping[str, Json]) -> Iterator[Evidence]:
    """The evidence among the cells of one item, in the order of their ids."""
    for column in sorted(cells):
        if column.startswith("evidence/") and isinstance(cells[column], Mapping):
            yield Evidence.from_json(column.removeprefix("evidence/"), cells[column])


def evidence_words(piece: Evidence) -> tuple[str, ...]:
    """Name, number, date and pages of a piece, as registered; the language joins them."""
    return tuple(part for part in (piece.name, piece.number, piece.date, piece.pages) if part)
