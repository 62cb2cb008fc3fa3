"""How to fill the form in: one page of short sentences, and what the grades of evidence mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assess.framework.model import Framework
from assess.language import Message, Words, say
from assess.sheets.shape import Kind
from assess.sheets.style import Look, Styles, paper, protect
from assess.sheets.terms import GUIDE

if TYPE_CHECKING:
    from openpyxl import Workbook

WIDTHS = (18.0, 76.0)


def lines(
    framework: Framework, kinds: set[Kind], *, small: bool, evidence: bool
) -> list[tuple[Words, Words | Message]]:
    """What a filler has to know, each with its keyword; only what this form asks."""
    out: list[tuple[Words, Words | Message]] = [
        (
            Words("填哪里", "Where to write"),
            say("Only the light blue cells can be filled in; all others are locked. Fill in the cover first."),
        ),
    ]
    if "level" in kinds:
        if small:
            out.append(
                (
                    Words("怎么选", "How to choose"),
                    say(
                        "Choose one answer for each question from the list, or type its number. What you cannot tell "
                        "stays blank."
                    ),
                )
            )
        else:
            out.append(
                (
                    Words("等级题", "Level questions"),
                    say(
                        "Choose a level from the list, or just type its number, for example 3. Between two levels take "
                        "the lower one."
                    ),
                )
            )
            rule = framework.kind_rules.get("level")
            if rule:
                out.append((Words("怎么定级", "How levels are judged"), rule))
    if "yesno" in kinds:
        out.append(
            (
                Words("是否题", "Yes or no"),
                say("Choose from the list; what counts as yes is written beside the question."),
            )
        )
    if "multi" in kinds:
        out.append(
            (
                Words("清单题", "Checklists"),
                say("Say of every line whether you have it. If you have none of them, say so on every line."),
            )
        )
    if "ratio" in kinds:
        out.append(
            (
                Words("数值题", "Figures"),
                say(
                    "Fill in numerator and denominator as plain numbers; the result is computed. Where only the "
                    "result is known, fill in that line and the source."
                ),
            )
        )
    elif "single" in kinds:
        out.append((Words("数值题", "Figures"), say("Write plain numbers without words, for example 85.3.")))
    if not small:
        out.append(
            (
                Words("不适用", "Not applicable"),
                say(
                    "Choose “not applicable” only where the matter does not exist here, and give the reason in one "
                    "sentence; it may need the reviewer's consent."
                ),
            )
        )
        out.append(
            (
                Words("暂无数据", "No data"),
                say(
                    "Choose “no data” where the matter exists but no figure or record can be produced. Do not write "
                    "0 instead."
                ),
            )
        )
    if evidence:
        out.append(
            (
                Words("佐证材料", "Evidence"),
                say(
                    "Register title, number, date, pages and where it is kept on the sheet of evidence, one piece a "
                    "line; nothing needs to be attached."
                ),
            )
        )
    out.append(
        (
            Words("填写状态", "State"),
            say(
                "The last column and the cover count by themselves what is still open and what should be looked "
                "at again."
            ),
        )
    )
    out.append(
        (
            Words("保密要求", "Secrecy"),
            say(
                "No state secrets, no work secrets; no names, identity numbers or photos of residents. Of the "
                "person filling in, name, post and office telephone are enough."
            ),
        )
    )
    out.append(
        (
            Words("报送", "Handing in"),
            say(
                "Save it in the same format and hand the file back. Columns may be widened and sheets renamed; "
                "keep the hidden sheets. For signing, print on A4; page and form number stand at the foot."
            ),
        )
    )
    return out


def write(
    book: Workbook, framework: Framework, kinds: set[Kind], styles: Styles, *, unit: str, number: str, footer: str,
    small: bool, evidence: bool,
) -> None:  # fmt: skip
    """The sheet of instructions."""
    language = styles.language
    sheet = book.create_sheet(GUIDE.to(language), 1)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = WIDTHS
    styles.put(sheet, 1, 1, say("How to fill in this form").render(language), "subtitle")
    styles.put(sheet, 1, 2, "", "subtitle")
    sheet.merge_cells("A1:B1")
    sheet.row_dimensions[1].height = 40
    row = 2
    for number_, (name, text) in enumerate(lines(framework, kinds, small=small, evidence=evidence), 1):
        row = _row(
            sheet, row, styles, (f"{number_}. {_plain(name, language)}", _plain(text, language)), ("name", "text")
        )
    if evidence and framework.evidence_grades:
        row = _row(sheet, row, styles, (say("Grades of evidence").render(language), ""), ("head", "head"))
        for grade, words in framework.evidence_grades.items():
            row = _row(sheet, row, styles, (grade, words.to(language)), ("center", "text"))
    paper(sheet, landscape=False, header=unit, footer=footer, number=number)
    sheet.print_area = f"A1:B{row - 1}"
    protect(sheet)


def _row(sheet: object, row: int, styles: Styles, texts: Sequence[str], looks: Sequence[Look]) -> int:
    count = 1
    for column, (text, look) in enumerate(zip(texts, looks, strict=True), 1):
        styles.put(sheet, row, column, text, look)  # type: ignore[arg-type]
        count = max(count, styles.lines(text, WIDTHS[column - 1], look))
    sheet.row_dimensions[row].height = max(24.0, styles.height(count))  # type: ignore[attr-defined]
    return row + 1


def _plain(text: Words | Message, language: str) -> str:
    return text.to(language) if isinstance(text, Words) else text.render(language)
