"""Tables as an office sets them: strong rules above and below, hair lines between, the head repeated overleaf."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from reports.word.fields import TYPE_AREA, element
from reports.word.styles import shown

if TYPE_CHECKING:
    from docx.document import Document

STRONG, THIN, HAIR = ("12", "1B2428"), ("6", "1B2428"), ("2", "B9C1BE")
LETTER = 0.6  # of the size of the text, for a bold Latin letter
ALIGN = {"start": "left", "end": "right", "center": "center"}


def ruled(
    document: Document,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    aligns: Sequence[str],
    language: str,
    *,
    bold: Sequence[int] = (),
    room: float = TYPE_AREA,
) -> None:
    """A table over the whole room (millimetres); `widths` are shares, `bold` the rows set strong."""
    grid = Grid(document, len(rows) + 1, fitted(heads, rows, widths, room, language), language)
    for place, head in enumerate(heads):
        grid.write(0, place, head, align="center", bold=True)
    for index, row in enumerate(rows):
        for place, words in enumerate(row):
            grid.write(index + 1, place, words, align=ALIGN[aligns[place]], bold=index in bold)
    grid.rule()
    grid.repeat_head()


class Grid:
    """A table without rules whose columns keep their widths (millimetres); rows are never torn."""

    def __init__(self, document: Document, count: int, widths: Sequence[float], language: str) -> None:
        from docx.enum.table import WD_TABLE_ALIGNMENT
        from docx.shared import Mm

        table = document.add_table(rows=count, cols=len(widths))
        table.autofit = False
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        margins = element("w:tblCellMar")
        for side, wide in (("top", 40), ("left", 80), ("bottom", 40), ("right", 80)):
            margins.append(element(f"w:{side}", w_w=str(wide), w_type="dxa"))
        table._tbl.tblPr.append(margins)
        for place, width in enumerate(widths):
            table.columns[place].width = Mm(width)
        self.rows = [row.tc_lst for row in table._tbl.tr_lst]
        self.heads = [row.get_or_add_trPr() for row in table._tbl.tr_lst]
        self.style = document.styles[shown("Zh Table", language)].style_id
        for row, properties in zip(self.rows, self.heads, strict=True):
            properties.append(element("w:cantSplit"))
            for place, cell in enumerate(row):
                cell.width = Mm(widths[place])

    def write(self, row: int, column: int, words: str, *, align: str = "left", bold: bool = False) -> None:
        """Text of one cell, in the middle of its height."""
        cell = self.rows[row][column]
        cell.get_or_add_tcPr().append(element("w:vAlign", w_val="center"))
        line = cell.p_lst[0]
        form = line.get_or_add_pPr()
        form.append(element("w:pStyle", w_val=self.style))
        form.append(element("w:jc", w_val=align))
        run = line.add_r()
        if bold:
            run.get_or_add_rPr().append(element("w:b"))
        run.text = words

    def rule(self) -> None:
        """The rules: strong outside, thin under the head, hair lines between the rows."""
        last = len(self.rows) - 1
        for index, row in enumerate(self.rows):
            top = STRONG if index == 0 else THIN if index == 1 else HAIR
            for cell in row:
                borders = element("w:tcBorders")
                borders.append(border("w:top", top))
                if index == last:
                    borders.append(border("w:bottom", STRONG))
                properties = cell.get_or_add_tcPr()
                middle = next((child for child in properties if child.tag.endswith("}vAlign")), None)
                if middle is None:
                    properties.append(borders)
                else:
                    middle.addprevious(borders)

    def repeat_head(self) -> None:
        """The head stands on every page of the table."""
        self.heads[0].append(element("w:tblHeader"))


def border(tag: str, rule: tuple[str, str]) -> Any:
    return element(tag, w_val="single", w_sz=rule[0], w_space="0", w_color=rule[1])


def fitted(
    heads: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[float], room: float, language: str
) -> list[float]:
    """Widths in millimetres: the shares, but no column narrower than its longest unbreakable piece."""
    size = 3.7 if language == "zh" else 3.4
    least = [
        min(room / 2, 3.2 + max(piece(words, size) for words in (head, *(row[place] for row in rows))))
        for place, head in enumerate(heads)
    ]
    whole = sum(shares) or 1.0
    widths = [room * share / whole for share in shares]
    short = {place for place, width in enumerate(widths) if width < least[place]}
    free = [place for place in range(len(widths)) if place not in short]
    rest = room - sum(least[place] for place in short)
    if free and rest > 0:
        sum_free = sum(shares[place] for place in free)
        return [least[p] if p in short else rest * shares[p] / sum_free for p in range(len(widths))]
    return widths


def piece(words: str, size: float) -> float:
    """Millimetres of the longest run without a break: Latin words whole, up to six Chinese characters of a head."""
    longest = 0.0
    for part in words.split():
        run = 0.0
        for char in part:
            run = run + size * LETTER if ord(char) < 0x2E80 else 0.0
            longest = max(longest, run)
    return max(longest, size * (len(words) if len(words) <= 4 else 2))
