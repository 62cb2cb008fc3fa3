"""Building the trace of a score: node lines and total lines (R4, R5); items are in `trace_item` (R1–R3, R7)."""

from __future__ import annotations

from collections.abc import Iterator

from assess.answers import Sheet
from assess.framework.model import ROOT, Framework
from assess.framework.settled import settled
from assess.language import Message, Words, say
from assess.measure.combine import NO_LIMITS, Limits
from assess.measure.kernel import Plan, plan
from assess.measure.lines import Line, Term, Trace, again, number, path_to, percent
from assess.measure.result import Scores
from assess.measure.route import Cells, cells_by_item
from assess.measure.trace_item import item_line

__all__ = ["Line", "Term", "Trace", "again", "trace"]
TOTAL = Words("总分", "Total")


OTHER_WAYS = {
    "harmonic": say("Weighted harmonic mean"),
    "weakest": say("The weakest part decides"),
    "share_of_yes": say("Share of the parts at or above the pass mark"),
    "staircase": say("Steps reached before the first below the pass mark"),
    "hurdle": say("Weighted mean up to the first part below the pass mark"),
    "cumulative": say("Levels reached with everything below them"),
    "discount": say("The first, lessened by the second"),
    "deduct": say("Points lost taken off {start}"),
    "bonus": say("The first, with the points of the others where it reaches {gate}, at most {ceiling}"),
}


def trace(framework: Framework, sheet: Sheet, scores: Scores, code: str) -> Trace:
    """The trace of the total, a node or an item. KeyError for a code the document does not have."""
    framework = settled(framework, sheet.profile)
    steps = path_to(framework, code)
    path = tuple((step, _name(framework, step), scores.score_of(step)) for step in steps)
    layout = plan(framework, sheet.profile.tier)
    cells = cells_by_item(sheet)
    if code in framework.indicators:
        return Trace(code, path, item_line(framework, sheet, scores, code, cells.get(code, {})))
    if code == ROOT and scores.base is not None:
        return Trace(code, path, _total(framework, sheet, scores, layout, cells))
    return Trace(code, path, _node(framework, sheet, scores, layout, code, cells))


def _name(framework: Framework, code: str) -> Words:
    return (framework.root.name or TOTAL) if code == ROOT else framework.name(code)


def _node(framework: Framework, sheet: Sheet, scores: Scores, layout: Plan, code: str, cells: Cells) -> Line:
    place = layout.index[code] - len(layout.leaves)
    kind = layout.kinds[place]
    terms: list[Term] = []
    left_out: list[str] = []
    children: list[Line] = []
    for position in layout.children[place]:
        child = layout.codes[position]
        score = scores.score_of(child)
        if score is None or layout.weights[position] <= 0:
            left_out.append(child)
        else:
            effective = (
                scores.nodes[child].effective
                if child in scores.nodes
                else _part(scores.items[child].share, scores.nodes[code].share)
            )
            terms.append(Term(child, layout.weights[position], score, effective, layout.maxima[position]))
        if child in framework.indicators:
            children.append(item_line(framework, sheet, scores, child, cells.get(child, {})))
        else:
            children.append(_node(framework, sheet, scores, layout, child, cells))
    value = scores.nodes[code].score
    rules = ("rule:R2", "rule:R4", "rule:R9") if left_out and kind != "sum" else ("rule:R4", "rule:R9")
    return Line(
        kind="total" if code == ROOT else "node",
        code=code,
        label=say("{code} {name}", code=code, name=_name(framework, code)) if code != ROOT else _name(framework, code),
        formula=_formula(framework, kind, terms, left_out, value, layout.floors[place], layout.limits[place]),
        value=value,
        how=kind if value is not None else "given",
        terms=tuple(terms),
        floor=layout.floors[place],
        mark=layout.passes[place],
        limits=layout.limits[place],
        scale=framework.maximum / 100.0 if code == ROOT and kind != "sum" else 1.0,
        rules=rules,
        children=tuple(children),
    )


def _part(share: float, whole: float) -> float:
    return share / whole if whole else 0.0


def _formula(
    framework: Framework,
    kind: str,
    terms: list[Term],
    left_out: list[str],
    value: float | None,
    floor: float,
    limits: Limits = NO_LIMITS,
) -> Message:
    if value is None:
        return say("No score.")
    shown = number(framework, value)
    if kind == "sum":
        products = " + ".join(f"{term.weight:g} × {term.score / term.top:g}" for term in terms)
        return say("Sum of points: {products} = {value}", products=products, value=f"{value:g}")
    products = " + ".join(f"{number(framework, term.score)} × {percent(term.share)}" for term in terms)
    if kind == "geometric":
        return say(
            "Weighted geometric mean, floor {floor}: {products} → {value}",
            floor=f"{floor:g}",
            products=products.replace(" + ", ", "),
            value=shown,
        )
    if kind in ("deduct", "bonus"):
        figures = {"start": f"{limits.start:g}", "gate": f"{limits.gate:g}", "ceiling": f"{limits.ceiling:g}"}
        parts = [f"{term.code} {number(framework, term.score)} ({term.weight:g})" for term in terms]
        if kind == "bonus" and terms:
            parts[0] = f"{terms[0].code} {number(framework, terms[0].score)}"
        way = Message(OTHER_WAYS[kind].id, figures)
        return say("{way}: {products} → {value}", way=way, products=", ".join(parts), value=shown)
    if kind in OTHER_WAYS:
        return say(
            "{way}: {products} → {value}", way=OTHER_WAYS[kind], products=products.replace(" + ", ", "), value=shown
        )
    if left_out:
        return say(
            "Weighted mean: {products} = {value}; left out, their weight spread over the rest: {codes}",
            products=products,
            value=shown,
            codes=tuple(left_out),
        )
    return say("Weighted mean: {products} = {value}", products=products, value=shown)


def _total(framework: Framework, sheet: Sheet, scores: Scores, layout: Plan, cells: Cells) -> Line:
    """The shown total over the graded total over the base total, with every bonus, deduction and red line."""
    base = _node(framework, sheet, scores, layout, ROOT, cells)
    assert scores.base is not None
    assert scores.graded is not None
    assert scores.shown is not None
    graded = Line(
        kind="total",
        code="graded",
        label=say("Graded total"),
        formula=say(
            "Base {base} − deductions {points} = {value}",
            base=number(framework, scores.base),
            points=f"{scores.deductions:g}",
            value=number(framework, scores.graded),
        ),
        value=scores.graded,
        how="difference",
        terms=(
            Term(ROOT, 1.0, scores.base, top=scores.maximum),
            Term("deductions", -1.0, scores.deductions, top=scores.maximum),
        ),
        rules=("rule:R5", "rule:R9"),
        children=(base, *_points(scores, "deduction"), *_red_lines(scores)),
    )
    return Line(
        kind="total",
        code="shown",
        label=say("Total shown"),
        formula=say(
            "Graded {graded} + bonus {points} = {value}",
            graded=number(framework, scores.graded),
            points=f"{scores.bonus:g}",
            value=number(framework, scores.shown),
        ),
        value=scores.shown,
        how="difference",
        terms=(
            Term("graded", 1.0, scores.graded, top=scores.maximum),
            Term("bonus", 1.0, scores.bonus, top=scores.maximum),
        ),
        rules=("rule:R5", "rule:R9"),
        children=(graded, *_points(scores, "bonus")),
    )


def _points(scores: Scores, kind: str) -> Iterator[Line]:
    for entry in scores.adjustments:
        if entry.kind != kind:
            continue
        label = say("{item} {matter}", item=entry.item, matter=entry.matter)
        text = entry.reason or say("{points} points", points=f"{entry.points:g}")
        yield Line(
            "points", f"@{kind}/{entry.cell}", label, text, entry.points if entry.counted else 0.0, rules=("rule:R5",)
        )


def _red_lines(scores: Scores) -> Iterator[Line]:
    words = {
        "in_force": say("in force"),
        "awaiting": say("awaiting confirmation, without effect"),
        "indicative": say("for information only in a self-assessment"),
    }
    for result in scores.red_lines:
        label = say("Red line {id}: {name}", id=result.red_line.id, name=result.red_line.words)
        yield Line("red_line", f"redline:{result.red_line.id}", label, words[result.status], rules=("rule:R5",))
