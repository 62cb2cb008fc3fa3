"""The blocks of a report as Word has them. Every text is a run: never markup, never a field."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from reports.charts import draw
from reports.model import (
    Block,
    Chart,
    Contents,
    Facts,
    Fold,
    GateList,
    Heading,
    Lists,
    PageBreak,
    Paragraph,
    Pledge,
    Rating,
    Report,
    Steps,
    Table,
)
from reports.to_pdf import steelyard_chart
from reports.word import fields, tables
from reports.word.styles import listed, shown

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph as Line

MARKS = {"held": "√ ", "failed": "× ", "not_judged": "— "}
BETWEEN_CODES = re.compile("、(?=[A-Za-z])")
SHARP = 220  # dots per inch of the drawings


class Setting:
    """One document being set; `pages` are the page numbers of the headings, `date` fixes what a clock would."""

    def __init__(self, document: Document, report: Report, pages: dict[str, int]) -> None:
        self.document, self.report, self.pages = document, report, pages
        self.language = report.language
        self.marks = 0
        self.pictures = 0
        self.breaking = False  # the next paragraph begins a page
        self.fresh = True  # nothing stands on the page yet
        self.compact = False  # the summary keeps to one page

    def blocks(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            self.block(block)

    def block(self, block: Block) -> None:
        """Set one block."""
        match block:
            case PageBreak():
                self.breaking = not self.fresh
                return
            case Heading():
                self.heading(block)
            case Paragraph():
                self.paragraph(block)
            case Facts():
                self.facts(block)
            case Table():
                self.table(block)
            case Chart():
                self.chart(block)
            case Rating():
                self.rating(block)
            case GateList():
                self.gates(block)
            case Lists():
                self.lists(block)
            case Steps():
                self.steps(block)
            case Fold():
                self.blocks(block.blocks)
            case Pledge():
                self.pledge(block)
            case Contents():
                self.contents()

    def line(self, style: str, words: str = "") -> Line:
        """One paragraph of a named style; it begins a page where one is due."""
        found = self.document.add_paragraph(words, style=shown(style, self.language))
        if self.breaking:
            found.paragraph_format.page_break_before = True
        self.breaking = self.fresh = False
        return found

    def settle(self) -> None:
        """Before a table: where a page is due, a small paragraph carries the break."""
        if self.breaking:
            self.line("Zh Table")
        self.fresh = False

    def grid(self, count: int, widths: Sequence[float]) -> tables.Grid:
        """A table without rules."""
        self.settle()
        return tables.Grid(self.document, count, widths, self.language)

    def heading(self, block: Heading) -> None:
        words = f"{block.number}{block.text}"
        if block.level == 0:
            if self.language == "zh" and len(block.text) == 2:
                words = "　".join(block.text)
            found = self.line("Title", words)
            if block.anchor != "contents":
                outline = fields.element("w:outlineLvl", w_val="0")
                found._p.get_or_add_pPr().append(outline)
        else:
            found = self.line(f"Heading {min(block.level, 3)}", words)
        self.marks += 1
        fields.bookmark(found, f"_Toc{self.marks:06d}", self.marks)

    def paragraph(self, block: Paragraph) -> None:
        gap = " " if self.language == "en" else ""
        body = "Zh Summary" if self.compact else "Normal"
        style = {"note": "Zh Note", "address": "Zh Address", "closing": "Zh Closing"}.get(block.kind, body)
        found = self.line(style)
        if block.kind == "item":
            listed(found, bool(block.lead), self.language)
        if block.kind == "last":
            found.paragraph_format.keep_with_next = True
        if block.lead:
            found.add_run(block.lead + gap).bold = block.kind != "item"
        found.add_run(breakable(gap.join(sentence.text for sentence in block.sentences)))

    def facts(self, block: Facts) -> None:
        if not block.rows:
            return
        left = 32.0 if self.language == "zh" else 46.0
        grid = self.grid(len(block.rows), (left, fields.TYPE_AREA - left))
        for index, (label, value) in enumerate(block.rows):
            grid.write(index, 0, label, bold=True)
            grid.write(index, 1, value)
        grid.rule()
        self.after_table()

    def table(self, block: Table) -> None:
        if block.landscape:
            self.turn(landscape=True)
        if block.caption:
            self.line("Caption", block.caption)
        room = 225.0 if block.landscape else float(fields.TYPE_AREA)
        self.settle()
        tables.ruled(
            self.document,
            [column.title for column in block.columns],
            block.rows,
            [column.width for column in block.columns],
            [column.align for column in block.columns],
            self.language,
            bold=block.emphasis,
            room=room,
        )
        if block.note:
            self.line("Zh Note", block.note)
        else:
            self.after_table()
        if block.landscape:
            self.turn(landscape=False)

    def turn(self, *, landscape: bool) -> None:
        """Pages from here on lie or stand; a section of its own with the same footers."""
        from docx.enum.section import WD_SECTION

        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        fields.page(section, self.language, landscape=landscape)
        self.breaking, self.fresh = False, True

    def chart(self, block: Chart) -> None:
        self.picture(block, min(block.width_mm, fields.TYPE_AREA), block.alt or block.caption)
        if block.caption:
            self.line("Caption", block.caption)

    def picture(self, chart: Chart, width: float, alt: str) -> None:
        """A drawing as PNG, centered, with its words for those who cannot see it."""
        from docx.shared import Mm

        found = self.line("Zh Picture")
        placed = found.add_run().add_picture(BytesIO(draw.png(chart, SHARP)), width=Mm(width))
        self.pictures += 1
        described = placed._inline.docPr
        described.set("id", str(1000 + self.pictures))
        described.set("name", f"Picture {self.pictures}")
        described.set("descr", alt)

    def rating(self, block: Rating) -> None:
        total = block.labels.get("total", "")
        beside = block.labels.get("beside", "")
        self.line(
            "Zh Cover Line", total + (f"（{beside}）" if beside and self.language == "zh" else f" {beside}".rstrip())
        )
        self.line("Zh Score", block.score_text)
        stages = [
            f"{block.labels.get(key, '')} {stage[1]}"
            for key, stage in (("held", block.held), ("reached", block.reached))
            if stage is not None
        ]
        if block.labels.get("stage"):
            stages.append(block.labels["stage"])
        if stages:
            self.line("Zh Cover Line", "　".join(stages) if self.language == "zh" else "    ".join(stages))
        self.picture(steelyard_chart(block), 104, block.sentence or block.score_text)

    def gates(self, block: GateList) -> None:
        if block.caption:
            self.line("Caption", block.caption)
        rows = [(row.text, row.found, MARKS[row.outcome] + row.outcome_text) for row in block.rows]
        failed = [index for index, row in enumerate(block.rows) if row.outcome == "failed"]
        wide = 1.1 if self.language == "zh" else 1.5
        heads = [*block.columns, "", "", ""][:3]
        self.settle()
        tables.ruled(
            self.document, heads, rows, (3.1, 2.3, wide), ("start", "start", "start"), self.language, bold=failed
        )
        self.after_table()

    def lists(self, block: Lists) -> None:
        if not block.columns:
            return
        count = max(len(rows) for _, rows in block.columns) + 1
        each = fields.TYPE_AREA / len(block.columns)
        widths = [part for _ in block.columns for part in (each * 0.74, each * 0.26)]
        grid = self.grid(count, widths)
        for place, (title, rows) in enumerate(block.columns):
            grid.write(0, 2 * place, title, bold=True)
            for index, (words, value) in enumerate(rows):
                grid.write(index + 1, 2 * place, words)
                grid.write(index + 1, 2 * place + 1, value, align="right")
        self.after_table()

    def steps(self, block: Steps) -> None:
        if block.title:
            found = self.line("Zh Summary" if self.compact else "Normal")
            found.add_run(block.title).bold = True
            found.paragraph_format.keep_with_next = True
        for number, item in enumerate(block.items, 1):
            self.line("Zh Step", f"{number}. {item.text}")

    def pledge(self, block: Pledge) -> None:
        self.line("Normal", block.text)
        for words in block.fields:
            self.signature(words)

    def signature(self, words: str) -> None:
        """A label and a line to write on, drawn by a tab."""
        from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
        from docx.shared import Mm

        found = self.line("Zh Sign", f"{words}\t")
        found.paragraph_format.tab_stops.add_tab_stop(Mm(115), WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.LINES)

    def contents(self) -> None:
        """Headings of the first two levels with the pages of the printed edition."""
        listed: list[tuple[int, str, str, int]] = []
        number = 0
        for section in self.report.sections:
            for heading in in_order(section.blocks):
                number += 1
                if heading.anchor != "contents" and heading.level < 3:
                    level = 1 if heading.level == 0 else heading.level
                    words = f"{heading.number}{heading.text}"
                    listed.append((level, words, f"_Toc{number:06d}", self.pages.get(heading.anchor, 0)))
        fields.contents(self.document, listed, self.language)

    def after_table(self) -> None:
        """A little room under a table: Word needs a paragraph there."""
        from docx.shared import Pt

        found = self.line("Zh Note")
        found.paragraph_format.line_spacing = Pt(8)


def breakable(text: str) -> str:
    """Between the codes of a list a line may end: without the mark some offices keep the whole list on one line and
    stretch the line before it."""
    return BETWEEN_CODES.sub("、\u200b", text)


def in_order(blocks: Sequence[Block]) -> Sequence[Heading]:
    """The headings among blocks, those in folds too."""
    from reports.to_pdf import headings

    return tuple(headings(blocks))
