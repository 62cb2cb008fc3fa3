"""A questionnaire as one workbook for one unit, with what the document holds already filled in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from assess.answers import Cell, Json, Sheet
from assess.framework.model import Framework
from assess.framework.tiers import tailored
from assess.language import say
from assess.problems import Problem
from assess.sheets import cover, glossary, guide, questions, register
from assess.sheets.identity import Identity
from assess.sheets.lists import Lists
from assess.sheets.rows import layout_of, plans
from assess.sheets.shape import shape_of
from assess.sheets.style import Styles, safe
from assess.sheets.terms import IDENTITY, QUESTIONS
from assess.walk import items as asked

if TYPE_CHECKING:
    from openpyxl import Workbook


def write(
    path: Path,
    framework: Framework,
    sheet: Sheet,
    *,
    assessment: UUID | str,
    items: Sequence[str] | None = None,
    unit: str = "",
    package: str = "",
    deadline: str = "",
    issued: date | None = None,
    language: str = "zh",
) -> Identity:
    """Write a form for `items` (None: all the document asks) and return what it says of itself.

    `unit` is whom it goes to (the document's unit where blank), `package` what the issuing office calls it, `deadline`
    free text or ISO. An existing file is replaced as a whole. Problems: sheets.nothing where no item is left to ask,
    sheets.unwritten.
    """
    framework = tailored(framework, sheet.profile)
    codes = _codes(framework, sheet, items)
    profile = sheet.profile
    perception = framework.perception
    small = perception is not None and profile.tier in perception.tiers
    identity = Identity(
        str(assessment), framework.code, framework.version, framework.digest, profile.tier, unit or profile.unit,
        profile.unit_kind, profile.mode, package, deadline, issued.isoformat() if issued else "", language, codes,
        base_of(sheet, codes),
    )  # fmt: skip
    book = _book(framework, sheet, identity, small=small)
    _save(book, path)
    return identity


def _codes(framework: Framework, sheet: Sheet, items: Sequence[str] | None) -> tuple[str, ...]:
    """The items to ask, in the order of the framework."""
    known = asked(framework, sheet)
    codes = known if items is None else tuple(code for code in known if code in set(items))
    if not codes:
        raise Problem(
            "sheets.nothing",
            say("No question is left to ask on this form."),
            say("Choose items that the document holds, or a unit that leads some of them."),
        )
    return codes


def base_of(sheet: Sheet, codes: Sequence[str]) -> dict[Cell, Json]:
    """What stands in the cells a form shows, at the moment it is issued."""
    wanted = set(codes)
    return {
        (item, column): value
        for (item, column), value in sheet.cells.items()
        if item in wanted and value is not None and (column in ("self", "note") or column.startswith("evidence/"))
    }


def _book(framework: Framework, sheet: Sheet, identity: Identity, *, small: bool) -> Workbook:
    import openpyxl

    language, codes = identity.language, identity.items
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    book.remove(first)
    previous = any((code, "previous") in sheet.cells for code in codes)
    layout = layout_of(codes, small=small, previous=previous, language=language)
    styles = Styles(book, language, layout.size)
    lists = Lists(book)
    number = say("Form {number}", number=identity.number).render(language)
    footer = say("Page {page} of {pages}", page="&P", pages="&N").render(language)
    mode = framework.modes.get(sheet.profile.mode)
    nothing = mode.states.get("ND") if mode is not None else None
    parts = [
        questions.write(
            book, plan, layout, styles, lists, heading=framework.title.to(language), unit=identity.unit,
            number=number, footer=footer, nd_reason=bool(nothing and nothing.requires_reason),
        )
        for plan in plans(framework, sheet, codes, layout, QUESTIONS.to(language), language)
    ]  # fmt: skip
    pieces = "" if small else register.write(
        book, framework, sheet, codes, styles, lists, unit=identity.unit, number=number, footer=footer
    )  # fmt: skip
    glossary.write(book, framework, codes, styles, unit=identity.unit, number=number, footer=footer)
    cover.write(book, framework, sheet.profile, identity, parts, pieces, styles, footer, small=small)
    kinds = {shape_of(framework, framework.indicators[code], sheet.profile.tier).kind for code in codes}
    guide.write(book, framework, kinds, styles, unit=identity.unit, number=number, footer=footer, small=small,
                evidence=bool(pieces))  # fmt: skip
    _hide(book, lists, identity)
    return book


def _hide(book: Workbook, lists: Lists, identity: Identity) -> None:
    """The identity as values on a hidden sheet, last among the sheets (D45)."""
    from openpyxl.workbook.protection import WorkbookProtection

    mark = book.create_sheet(IDENTITY)
    rows = [*identity.rows(), ("digest", identity.digest)]
    for row, texts in enumerate(rows, 1):
        for column, text in enumerate(texts, 1):
            cell = mark.cell(row, column, text)
            cell.data_type, cell.number_format = "s", "@"
    book.move_sheet(lists.sheet, len(book.sheetnames))
    lists.sheet.sheet_state = mark.sheet_state = "hidden"
    lists.sheet.protection.sheet = mark.protection.sheet = True
    book.security = WorkbookProtection(lockStructure=True)
    book.active = 0
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet is book.worksheets[0]
    book.calculation.fullCalcOnLoad = True
    book.properties.title = safe(identity.unit)
    book.properties.creator = "治衡 Zhiheng"


def _save(book: Workbook, path: Path) -> None:
    spare = path.with_name(f".{path.name}.part")
    try:
        book.save(spare)
        spare.replace(path)
    except OSError as error:
        spare.unlink(missing_ok=True)
        raise Problem(
            "sheets.unwritten",
            say("The form {name} cannot be written.", name=path.name),
            say("Close it in other programs, and check the folder and the space on the disk."),
        ) from error
