"""Who answers what, as a small table: code, indicator, lead, assisting units. Read leniently, written as text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assess import walk
from assess.answers import Cell, Json, Sheet
from assess.exchange import grid
from assess.framework.model import Framework
from assess.language import LANGUAGES, Message, say

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "code": ("编号", "指标编号", "题号", "code", "item"),
    "name": ("指标", "指标名称", "名称", "indicator", "name"),
    "lead": ("牵头单位", "牵头部门", "责任单位", "lead"),
    "assisting": ("配合单位", "配合部门", "协办单位", "assisting"),
}
PARTED = re.compile(r"[；;\n]")
LISTED = re.compile(r"[、，,](?![^（(]*[）)])")
LONGEST = 60
MOST = 20


@dataclass(frozen=True, slots=True)
class Assignments:
    """What a table assigns: cells to set (None: as the framework says), and rows not taken, with the reason."""

    cells: Mapping[Cell, Json]
    refused: tuple[Message, ...] = ()


def assigned(lead: str, assisting: str | tuple[str, ...] = ()) -> Json:
    """The value of an assignment cell; None, "as the framework says", where nothing is named."""
    names = split(assisting) if isinstance(assisting, str) else assisting
    units = list(dict.fromkeys(tidy(name) for name in names if tidy(name)))[:MOST]
    first = tidy(lead)
    return {"lead": first, "assisting": units} if first or units else None


def split(text: str) -> list[str]:
    """Names in one text: parted by semicolons where there are any, else by commas that stand in no bracket."""
    return PARTED.split(text) if PARTED.search(text) else LISTED.split(text)


def joined(names: tuple[str, ...], language: str) -> str:
    """Names as one text that `split` takes apart again."""
    lone = len(names) == 1 and LISTED.search(names[0]) is not None
    mark = "；" if language == "zh" else "; "
    return mark.join(names) + (mark.strip() if lone else "")


def tidy(name: str) -> str:
    """One line without runs of blanks, of at most sixty characters."""
    return " ".join(name.split())[:LONGEST]


def read(path: Path, framework: Framework) -> Assignments:
    """A table of assignments (CSV, TSV, XLSX, XLS, ODS). Problems: as grid.read, assignments.no-headings."""
    from assess.problems import Problem

    sheets = [(one, head) for one in grid.read(path) if (head := _headings(one)) is not None]
    if not sheets:
        raise Problem(
            "assignments.no-headings",
            say("{name} has no row of headings with a code and a leading unit.", name=path.name),
            say("One row must name the columns: 编号 (code), 牵头单位 (lead), 配合单位 (assisting)."),
        )
    found, (start, columns) = sheets[0]
    known = {code.casefold(): code for code in framework.indicators}
    cells: dict[Cell, Json] = {}
    refused: list[Message] = []
    for place in range(start + 1, len(found.rows)):
        number = place + 1
        texts = {key: found.text(place, at).removeprefix("'") for key, at in columns.items()}
        if not any(texts.values()):
            continue
        code = known.get(texts["code"].casefold())
        if code is None:
            refused.append(say("Row {number}: there is no item {code}.", number=number, code=texts["code"][:20] or "—"))
        elif (code, "assignment") in cells:
            refused.append(say("Row {number}: {code} stands above already.", number=number, code=code))
        else:
            wanted = assigned(texts.get("lead", ""), texts.get("assisting", ""))
            cells[(code, "assignment")] = None if _as_framework(framework, code, wanted) else wanted
    return Assignments(cells, tuple(refused))


def table(framework: Framework, sheet: Sheet, language: str) -> str:
    """The assignments of now as CSV that spreadsheet programs open as text (with a byte order mark)."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([HEADINGS[key][0] if language == "zh" else HEADINGS[key][-1] for key in HEADINGS])
    for code in walk.items(framework, sheet):
        who = walk.responsible(framework, sheet, code)
        units = joined(tuple(unit.to(language) for unit in who.assisting), language)
        row = [code, framework.indicators[code].name.to(language), who.lead.to(language), units]
        writer.writerow([_safe(text) for text in row])
    return "\ufeff" + out.getvalue()


def _as_framework(framework: Framework, code: str, wanted: Json) -> bool:
    item = framework.indicators[code]
    return wanted in [
        assigned(item.lead.to(language), tuple(unit.to(language) for unit in item.assisting)) for language in LANGUAGES
    ]


def _headings(found: grid.Grid) -> tuple[int, dict[str, int]] | None:
    for number, row in enumerate(found.rows[:20]):
        columns: dict[str, int] = {}
        for at, _cell in enumerate(row):
            word = found.text(number, at).casefold()
            for key, words in HEADINGS.items():
                if word in words:
                    columns.setdefault(key, at)
        if "code" in columns and "lead" in columns:
            return number, columns
    return None


def _safe(text: str) -> str:
    """Words that a spreadsheet would take for a formula stay words."""
    line = " ".join(text.split())
    return f"'{line}" if line[:1] in ("=", "+", "-", "@") else line
