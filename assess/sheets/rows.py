"""The rows of a sheet of questions as plain values: what stands in which column, where one may write, how high it is.

No two cells are merged, so that rows can be sorted and moved; a text too tall for one row goes on in the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assess.answers import Sheet
from assess.framework.model import ROOT, Framework
from assess.sheets import wording
from assess.sheets.extent import TALLEST, lines, wide
from assess.sheets.palette import LINE
from assess.sheets.shape import HEAD, REASON, STATE, Shape, choices, key_of, label, shape_of, written
from assess.sheets.terms import GAP
from assess.sheets.told import told


@dataclass(frozen=True, slots=True)
class Layout:
    """Columns of a sheet from left to right with their widths in digits; `size` of the type in points."""

    widths: Mapping[str, float]
    size: float
    landscape: bool

    @property
    def roles(self) -> tuple[str, ...]:
        return tuple(self.widths)

    def column(self, role: str) -> int:
        return self.roles.index(role) + 1


def layout_of(codes: Sequence[str], *, small: bool, previous: bool, language: str) -> Layout:
    """A landscape page with everything; for townships an upright one with large type and little beside the question."""
    if small:
        return Layout({"code": 9, "question": 50, "answer": 28, "status": 13, "key": 4}, 14.0, False)
    longest = max((wide(code) for code in codes), default=0.0)
    widths: dict[str, float] = {
        "code": min(20.0, max(8.0, longest * 2.2 + 1)),
        "name": 13,
        "question": 57,
        "previous": 9,
        "answer": 24,
        "state": 10,
    }
    widths |= {"reason": 12, "note": 14, "status": 8, "key": 4}
    if not previous:
        del widths["previous"]
    return Layout(widths, 10.5 if language == "zh" else 10.0, True)


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `texts` by column; `editable` columns with what they offer; `shape` only on the first row of an item."""

    kind: str
    texts: Mapping[str, str] = field(default_factory=dict)
    editable: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    code: str = ""
    part: str = HEAD
    shape: Shape | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """One sheet of questions: its name and its rows."""

    title: str
    rows: tuple[Row, ...]
    codes: tuple[str, ...]


def plans(
    framework: Framework, sheet: Sheet, codes: tuple[str, ...], layout: Layout, title: str, language: str
) -> tuple[Plan, ...]:
    """One sheet per dimension where there are many questions, else one for all."""
    wanted = frozenset(codes)
    parts = [(node.code, tuple(code for code in framework.leaves(node.code) if code in wanted))
             for node in framework.dimensions]  # fmt: skip
    loose = tuple(code for code in framework.root.children if code in wanted)
    parts = [(code, held) for code, held in parts if held]
    if len(codes) <= 20 or not 2 <= len(parts) <= 12:
        rows = tuple(_tree(framework, ROOT, sheet, wanted, layout, language, depth=0))
        return (Plan(title, rows, codes),)
    out = []
    for number, (code, held) in enumerate(parts, 1):
        name = framework.nodes[code].name.to(language)
        rows = tuple(_tree(framework, code, sheet, wanted, layout, language, depth=0))
        out.append(Plan(f"{number} {name}", rows, held))
    if loose:
        rows = tuple(row for code in loose for row in item_rows(framework, code, sheet, layout, language))
        out.append(Plan(title, rows, loose))
    return tuple(out)


def _tree(
    framework: Framework, code: str, sheet: Sheet, wanted: frozenset[str], layout: Layout, language: str, depth: int
) -> Iterator[Row]:
    if code in framework.indicators:
        if code in wanted:
            yield from item_rows(framework, code, sheet, layout, language)
        return
    if not any(leaf in wanted for leaf in framework.leaves(code)):
        return
    node = framework.nodes[code]
    if code != ROOT and depth:
        yield Row("band", {"code": f"{code}{GAP.to(language)}{node.name.to(language)}"})
    for child in node.children:
        yield from _tree(framework, child, sheet, wanted, layout, language, depth + 1)


def item_rows(framework: Framework, code: str, sheet: Sheet, layout: Layout, language: str) -> Iterator[Row]:
    """The rows of one item: the question, what goes on of it, and a row for every part of the answer."""
    item = framework.indicators[code]
    tier = sheet.profile.tier
    shape = shape_of(framework, item, tier)
    answer = sheet.answer(code)
    now = written(shape, answer, language)
    whole = wording.question(framework, shape, tier, language)
    first, *rest = split(whole, layout.widths["question"], layout.size)
    texts = {"code": code, "name": wording.name(shape, language), "question": first, "key": key_of(code)}
    editable: dict[str, tuple[str, ...]] = {}
    if not shape.small:
        texts |= {"state": now[STATE], "reason": now[REASON], "note": sheet.text(code), "previous": ""}
        editable |= {"state": choices(shape, STATE, language), "reason": (), "note": ()}
        before = sheet.cells.get((code, "previous"))
        if before is not None:
            texts["previous"] = str(told(framework, (code, "previous"), before, brief=True).render(language))
    if HEAD in shape.parts:
        texts["answer"] = now[HEAD]
        editable["answer"] = choices(shape, HEAD, language)
    yield Row("item", texts, editable, code, HEAD, shape)
    for more in rest:
        yield Row("more", {"question": more}, code=code)
    for part in shape.parts:
        if part != HEAD:
            offered = choices(shape, part, language)
            yield Row(
                "part",
                {"code": code, "question": label(shape, part, language), "answer": now[part],
                 "key": key_of(code, part)},
                {"answer": offered}, code, part,
            )  # fmt: skip


def split(text: str, width: float, size: float) -> list[str]:
    """A text in pieces that one row holds each."""
    most = int((TALLEST - 7) / (size * max(LINE.values())))
    out: list[str] = []
    piece: list[str] = []
    count = 0
    for paragraph in text.split("\n"):
        broken = lines(paragraph, width, size)
        while len(broken) > most:
            if piece:
                out.append("\n".join(piece))
                piece, count = [], 0
            out.append("".join(broken[:most]))
            paragraph = "".join(broken[most:])
            broken = lines(paragraph, width, size)
        if count + len(broken) > most:
            out.append("\n".join(piece))
            piece, count = [], 0
        piece.append(paragraph)
        count += len(broken)
    out.append("\n".join(piece))
    return out


def tallest_choice(offered: tuple[str, ...], width: float, size: float) -> int:
    """Lines of the longest choice, so that the row has room for whatever is chosen."""
    return max((len(lines(one, width, size)) for one in offered), default=1)
