"""The tables of documents as files: CSV for everything, XLSX for people, Parquet for data tools, JSON with a schema.

Text that a spreadsheet would take for a formula gets an apostrophe in CSV and stays text in XLSX (D45).
"""

from __future__ import annotations

import csv
import json
import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from assess.interchange.tables import Cell, Flat
from assess.language import say
from assess.problems import Problem

FORMATS = ("csv", "xlsx", "json", "parquet")
RISKY = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
LONGEST = 32_000


def write(tables: Sequence[Flat], documents: Sequence[Any], path: Path) -> tuple[Path, ...]:
    """Write the tables by the ending of `path`. CSV and Parquet make one file per table, named after it.

    `documents` is what JSON holds (`assess.interchange.documents`). Raises Problem export.format, export.unwritable.
    """
    kind = path.suffix.removeprefix(".").lower()
    if kind not in FORMATS:
        raise Problem(
            "export.format",
            say("{name}: data can be written as {formats}.", name=path.name, formats=FORMATS),
            say("Give the file one of these endings."),
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if kind == "json":
            text = json.dumps(list(documents), ensure_ascii=False, indent=1, allow_nan=False) + "\n"
            return (_placed(path, lambda to: to.write_text(text, "utf-8")),)
        if kind == "xlsx":
            return (_placed(path, lambda to: _xlsx(tables, to)),)
        put = _csv if kind == "csv" else _parquet
        return tuple(
            _placed(path.with_name(f"{path.stem}.{table.name}.{kind}"), lambda to, one=table: put(one, to))  # type: ignore[misc]
            for table in tables
        )
    except OSError as error:
        raise Problem(
            "export.unwritable",
            say("{name} could not be written.", name=path.name),
            say("Close the file if it is open elsewhere, or choose another folder."),
        ) from error


def _placed(path: Path, make: Callable[[Path], object]) -> Path:
    """Write beside the place, then move there whole."""
    partial = path.with_name(f"~{path.name}.part")
    try:
        make(partial)
        os.replace(partial, path)
    finally:
        partial.unlink(missing_ok=True)
    return path


def _csv(table: Flat, path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        out = csv.writer(stream)
        out.writerow(table.columns)
        out.writerows([_harmless(cell) for cell in row] for row in table.rows)


def _harmless(cell: Cell) -> Cell:
    if isinstance(cell, str) and cell.startswith(RISKY) and not NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def _xlsx(tables: Sequence[Flat], path: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    for table in tables:
        sheet = book.create_sheet(table.name)
        sheet.freeze_panes = "A2"
        sheet.append(list(table.columns))
        for row in table.rows:
            cells: list[Any] = []
            for value in row:
                if not isinstance(value, str):
                    cells.append(value)
                    continue
                cell = WriteOnlyCell(sheet)
                cell.value = CONTROL.sub("", value)[:LONGEST]
                cell.data_type = "s"
                cells.append(cell)
            sheet.append(cells)
    book.save(path)


def _parquet(table: Flat, path: Path) -> None:
    from assess.exchange.parquet import write as put

    columns: dict[str, list[Any]] = {}
    for place, (name, kind) in enumerate(table.columns.items()):
        values = [row[place] for row in table.rows]
        columns[name] = values if kind == "text" else [float("nan") if one is None else one for one in values]
    put(path, dict(table.columns), iter((columns,)))
