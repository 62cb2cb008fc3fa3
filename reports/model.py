"""The report model: a few block kinds that say what a thing means, in final words. Renderers add none.

Everything is plain text; renderers escape it. `basis` names the indicator codes a sentence rests on, so that a reader
can ask. Charts are data (see `reports.charts`), drawn by the renderer through one function; `alt` is their one-sentence
text alternative and `table` their content for those who cannot see them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence that can be switched off; `id` is stable for the same data, `basis` the codes behind it."""

    id: str
    text: str
    basis: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 0 a centred title (摘要, 附件1), 1 一、 2 （一） 3 1.; `number` is the ready numbering text."""

    level: int
    number: str
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences run together; `lead` is a short run-in head ("主要成效。"), `kind` note is small print.

    In letters, `address` stands flush left without indent and `closing` (sender, date) at the right; an `item` (a line
    of the list of attachments) and the `last` paragraph of the text never part from what follows them, so that no
    page holds a sender and a date alone.
    """

    sentences: tuple[Sentence, ...]
    lead: str = ""
    kind: Literal["body", "last", "note", "item", "address", "closing"] = "body"


@dataclass(frozen=True, slots=True)
class Facts:
    """Label and value pairs (cover, organisation)."""

    rows: tuple[tuple[str, str], ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    align: Literal["start", "end", "center"] = "start"
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Table:
    """`emphasis` are indexes of rows set bold (sums, this city). `levels` columns show values as notch marks if int."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    emphasis: tuple[int, ...] = ()
    note: str = ""
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """`kind` names a drawing of `reports.charts`; `data` its plain values. Size in millimetres."""

    kind: str
    data: Mapping[str, object]
    caption: str
    alt: str
    table: Table | None = None
    width_mm: float = 156.0
    height_mm: float = 60.0


@dataclass(frozen=True, slots=True)
class Rating:
    """The total with both stages on the steelyard. `score` None shows a dash. `bands` are (from, to, level, name)."""

    score: float | None
    maximum: float
    score_text: str
    held: tuple[int, str] | None
    reached: tuple[int, str] | None
    bands: tuple[tuple[float, float, int, str], ...]
    labels: Mapping[str, str] = field(default_factory=dict)
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class GateRow:
    id: str
    text: str
    found: str
    outcome: Literal["held", "failed", "not_judged"]
    outcome_text: str


@dataclass(frozen=True, slots=True)
class GateList:
    caption: str
    columns: tuple[str, ...]
    rows: tuple[GateRow, ...]


@dataclass(frozen=True, slots=True)
class Lists:
    """Short lists side by side (three strong, three weak): (title, ((text, value), …))."""

    columns: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """Numbered suggestions with their basis codes."""

    title: str
    items: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Fold:
    """Blocks that the screen folds and print shows (passed items, long annex parts)."""

    summary: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Pledge:
    """Pledge of truthfulness with signature places; never a seal."""

    title: str
    text: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    title: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    pass


Block = (
    Heading
    | Paragraph
    | Facts
    | Table
    | Chart
    | Rating
    | GateList
    | Lists
    | Steps
    | Fold
    | Pledge
    | Contents
    | PageBreak
)


@dataclass(frozen=True, slots=True)
class Section:
    """A part that can be left out: cover, summary, 一 … 六, annexes."""

    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page. A line end in `title` is where the cover breaks it; elsewhere the title runs on."""

    title: str
    subtitle: str
    unit: str
    facts: tuple[tuple[str, str], ...]
    date: str
    marking: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report. `schema` is the version of this model. `watermark` empty for none. `date` ISO, given, not now.

    `calculator` is plain data for the HTML what-if calculator (weights, scores, bands); absent for groups and parts.
    """

    schema: int
    language: Literal["zh", "en"]
    cover: Cover
    sections: tuple[Section, ...]
    watermark: str
    header: str
    date: str
    labels: Mapping[str, str] = field(default_factory=dict)
    calculator: Mapping[str, object] | None = None
    provenance: Mapping[str, str] = field(default_factory=dict)
