"""The cover: whose form it is, who filled it in and who checked it, how much is still missing, where to sign."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assess.answers import Profile
from assess.exchange.grid import letters
from assess.framework.model import Framework
from assess.language import Message, Words, say
from assess.sheets import formulas
from assess.sheets.identity import Identity
from assess.sheets.questions import Written, quoted
from assess.sheets.style import Look, Styles, paper, protect
from assess.sheets.terms import COVER, FIELDS

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

WIDTHS = (16.0, 20.0, 14.0, 15.0, 15.0, 15.0)
END = len(WIDTHS)


class _Page:
    """Writes downwards, row after row."""

    def __init__(self, sheet: Worksheet, styles: Styles) -> None:
        self.sheet, self.styles, self.row = sheet, styles, 1

    def line(self, text: str, look: Look, *, least: float = 0.0) -> None:
        """One text over the whole width, as high as it needs."""
        for column in range(1, END + 1):
            self.styles.put(self.sheet, self.row, column, "", look)
        self.styles.put(self.sheet, self.row, 1, text, look)
        self.sheet.merge_cells(start_row=self.row, end_row=self.row, start_column=1, end_column=END)
        count = self.styles.lines(text, sum(WIDTHS), look)
        self.sheet.row_dimensions[self.row].height = max(least, self.styles.height(count, look))
        self.row += 1

    def gap(self, points: float) -> None:
        self.sheet.row_dimensions[self.row].height = points
        self.row += 1

    def pair(self, cells: Sequence[tuple[str, str, Look]]) -> None:
        """Label and value, twice in a row; values take two columns each, or five where a row has one pair."""
        high = 30.0
        for number, (name, value, look) in enumerate(cells):
            start = 1 + 3 * number
            end = start + 2 if len(cells) == 2 else END
            self.styles.put(self.sheet, self.row, start, name, "field_name")
            for column in range(start + 1, end + 1):
                self.styles.put(self.sheet, self.row, column, "", look)
            self.styles.put(self.sheet, self.row, start + 1, value, look)
            self.sheet.merge_cells(start_row=self.row, end_row=self.row, start_column=start + 1, end_column=end)
            count = self.styles.lines(value, sum(WIDTHS[start:end]), look)
            high = max(high, self.styles.height(count, look))
        self.sheet.row_dimensions[self.row].height = high
        self.row += 1


def write(
    book: Workbook, framework: Framework, profile: Profile, identity: Identity, parts: Sequence[Written],
    evidence: str, styles: Styles, footer: str, *, small: bool,
) -> None:  # fmt: skip
    """The first sheet. `evidence` is the range of the names in the register, or "" where there is none."""
    language = styles.language
    sheet = book.create_sheet(COVER.to(language), 0)
    for column, width in zip("ABCDEF", WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    page = _Page(sheet, styles)

    def told(message: Message) -> str:
        return message.render(language)

    page.gap(16)
    page.line(framework.title.to(language), "title")
    page.line(Words("填报表", "Questionnaire").to(language), "subtitle")
    page.gap(14)
    page.pair([(FIELDS["unit"].to(language), identity.unit, "field")])
    mode = framework.modes.get(profile.mode)
    tier = framework.tiers.get(profile.tier)
    facts = [
        (
            Words("层级和性质", "Level and kind").to(language),
            _joined(tier.to(language) if tier else profile.tier, mode.name.to(language) if mode else ""),
        ),
        (Words("评估基准日", "Base date").to(language), profile.base_date),
        (Words("题目数量", "Questions").to(language), told(say("{count} in all", count=len(identity.items)))),
        (Words("报送期限", "Return by").to(language), identity.deadline),
    ]
    for start in (0, 2):
        page.pair([(name, value, "center") for name, value in facts[start : start + 2]])
    fields = ("filler", "post", "phone", "approver", "head", "date")
    for start in range(0, len(fields), 2):
        page.pair([(FIELDS[name].to(language), "", "field") for name in fields[start : start + 2]])
    page.gap(16)
    _progress(page, parts, evidence, language)
    page.gap(14)
    if not small:
        page.line(
            told(
                say(
                    "The unit answers for what is filled in here being true, accurate and complete, and free of "
                    "secrets."
                )
            ),
            "plain",
        )
        page.line(told(say("Head of unit (signature):")), "foot", least=34)
        page.line(told(say("Seal of the unit and date:")), "foot", least=40)
        page.gap(10)
    page.line(
        told(say("Do not enter state secrets, work secrets or personal data of residents in this form.")), "strong"
    )
    page.line(
        told(
            say(
                "Form {number}. It belongs to one assessment; keep its hidden sheets, then the answers find "
                "their place by themselves.",
                number=identity.number,
            )
        ),
        "note",
    )
    paper(
        sheet,
        landscape=False,
        header=framework.title.to(language),
        footer=footer,
        number=say("Form {number}", number=identity.number).render(language),
    )
    sheet.page_setup.fitToHeight = 1
    sheet.print_area = f"A1:F{page.row - 1}"
    protect(sheet)


def _joined(*texts: str) -> str:
    return " · ".join(text for text in texts if text)


def _progress(page: _Page, parts: Sequence[Written], evidence: str, language: str) -> None:
    """How much is still missing, counted by the workbook itself."""
    from openpyxl.worksheet.hyperlink import Hyperlink

    sheet, styles = page.sheet, page.styles
    heads = (Words("填写情况", "How far the form is"), Words(), Words("题数", "Questions"), Words("已填", "Filled in"),
             Words("未填", "Still open"), Words("请核对", "Please check"))  # fmt: skip
    for column, head in enumerate(heads, 1):
        styles.put(sheet, page.row, column, head.to(language), "head")
    sheet.merge_cells(start_row=page.row, end_row=page.row, start_column=1, end_column=2)
    sheet.row_dimensions[page.row].height = 26
    first = page.row + 1
    for part in parts:
        page.row += 1
        styles.put(sheet, page.row, 1, part.title, "center")
        styles.put(sheet, page.row, 2, "", "center")
        sheet.merge_cells(start_row=page.row, end_row=page.row, start_column=1, end_column=2)
        place = f"A{page.row}"
        sheet[place].hyperlink = Hyperlink(ref=place, location=f"{quoted(part.title)}!A1")
        values = (
            f"={part.items}",
            f"={formulas.count(part.states, 'done', language=language)}",
            f"={formulas.count(part.states, 'open', 'part', 'reason', language=language)}",
            f"={formulas.count(part.states, 'check', language=language)}",
        )
        for column, value in enumerate(values, 3):
            styles.put(sheet, page.row, column, value, "figure", formula=True)
        sheet.row_dimensions[page.row].height = 24
    last = page.row
    page.row += 1
    styles.put(sheet, page.row, 1, Words("合计", "All together").to(language), "field_name")
    styles.put(sheet, page.row, 2, "", "field_name")
    sheet.merge_cells(start_row=page.row, end_row=page.row, start_column=1, end_column=2)
    for number in range(2, END):
        name = letters(number)
        styles.put(sheet, page.row, number + 1, f"=SUM({name}{first}:{name}{last})", "figure", formula=True)
    sheet.row_dimensions[page.row].height = 24
    total = page.row
    page.row += 1
    _sentence(page, total, evidence, language)


def _sentence(page: _Page, total: int, evidence: str, language: str) -> None:
    """What is left to do in one line, and how many pieces of evidence are registered."""
    complete = say("Everything is filled in; the form can be handed in.").render(language)
    before, after = _around(language)
    check = say("Please look at the cells marked “please check”.").render(language)
    formula = f'=IF(E{total}>0,"{before}"&E{total}&"{after}",IF(F{total}>0,"{check}","{complete}"))'
    page.line("", "plain")
    page.row -= 1
    page.styles.put(page.sheet, page.row, 1, formula, "strong", formula=True)
    page.sheet.cell(page.row, 1).number_format = "General"
    page.sheet.row_dimensions[page.row].height = 26
    page.row += 1
    if evidence:
        words = say("Pieces of evidence registered: ").render(language)
        page.line("", "plain")
        page.row -= 1
        page.styles.put(page.sheet, page.row, 1, f'="{words}"&COUNTA({evidence})', "plain", formula=True)
        page.sheet.cell(page.row, 1).number_format = "General"
        page.row += 1


def _around(language: str) -> tuple[str, str]:
    """The sentence around a number that the workbook counts."""
    before, _, after = say("Still to be filled in: {count}.", count="\n").render(language).partition("\n")
    return before, after
