"""Drop-down lists. They stand one below the other on a hidden sheet, since a list within the cell ends at 255 signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assess.sheets.style import safe
from assess.sheets.terms import LISTS

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet


class Lists:
    """The hidden sheet of lists; equal lists stand there once."""

    def __init__(self, book: Workbook) -> None:
        self.sheet = book.create_sheet(LISTS)
        self._places: dict[tuple[str, ...], str] = {}
        self._rules: dict[tuple[int, str], object] = {}
        self._next = 1

    def place(self, choices: tuple[str, ...]) -> str:
        """The range that holds these choices."""
        if choices not in self._places:
            first = self._next
            for choice in choices:
                cell = self.sheet.cell(self._next, 1, safe(choice))
                cell.data_type = "s"
                self._next += 1
            self._places[choices] = f"'{LISTS}'!$A${first}:$A${self._next - 1}"
        return self._places[choices]

    def offer(self, sheet: Worksheet, cells: str, choices: tuple[str, ...]) -> None:
        """Offer the choices in these cells. Another text may be typed: it is read with care and doubted if need be."""
        from openpyxl.worksheet.datavalidation import DataValidation

        source = self.place(choices)
        rule = self._rules.get((id(sheet), source))
        if not isinstance(rule, DataValidation):
            rule = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=False)
            self._rules[id(sheet), source] = rule
            sheet.add_data_validation(rule)
        rule.add(cells)
