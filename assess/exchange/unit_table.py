"""Many documents from one wide table: a row per unit, a column per item (D50).

Which columns hold the unit's code, name, region and size, and which words mean yes, no and blank, the framework says in
its `[table]` block; without one, a column whose heading is an item's code holds that item, and the usual headings
(名称, name, unit; 代码, code; 区域, region; 规模, size) hold the rest.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from assess.answers import Answer, Profile
from assess.exchange.grid import Grid, read
from assess.exchange.headings import bare
from assess.exchange.typed import Typed, TypedProblem, parse
from assess.framework.model import Framework
from assess.language import say
from assess.problems import Finding, Problem

PROFILE_HEADINGS = {
    "unit": ("名称", "单位", "城市", "市", "地区名称", "name", "unit", "city", "municipality", "commune"),
    "code": ("代码", "编码", "行政区划代码", "code", "id", "cutcom"),
    "region": ("区域", "地区", "省", "region", "province", "group"),
    "size": ("规模", "城市规模", "size"),
}


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit of the table: what goes into its profile, and its answers."""

    place: str
    unit: str
    code: str
    region: str
    size: str
    answers: dict[str, Answer]


@dataclass(slots=True)
class UnitTable:
    rows: list[UnitRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def units(path: Path, framework: Framework) -> UnitTable:
    """Read the first sheet that names the framework's items. Raises Problem when none does or no unit is named."""
    for grid in read(path):
        columns = _columns(grid, framework)
        if columns is not None:
            return _read(grid, framework, *columns)
    raise Problem(
        "table.units",
        say("{name} has no heading row that names items of the framework.", name=path.name),
        say("The first row must hold the codes of the items, one column each, and a column with the unit's name."),
    )


def _columns(grid: Grid, framework: Framework) -> tuple[int, dict[str, int], dict[str, int]] | None:
    codes = {bare(code): code for code in framework.indicators}
    wanted = {role: tuple(bare(name) for name in names) for role, names in PROFILE_HEADINGS.items()}
    for role, named in framework.table.columns.items():
        if role in framework.indicators:
            codes |= {bare(name): role for name in named}
        else:
            wanted[role] = tuple(bare(name) for name in named)
    for row in range(min(20, len(grid.rows))):
        items: dict[str, int] = {}
        roles: dict[str, int] = {}
        for column in range(len(grid.rows[row])):
            word = bare(grid.text(row, column))
            if word in codes:
                items.setdefault(codes[word], column)
                continue
            for role, names in wanted.items():
                if word in names:
                    roles.setdefault(role, column)
        if items and ("unit" in roles or "code" in roles):
            return row, roles, items
    return None


def _read(grid: Grid, framework: Framework, head: int, roles: dict[str, int], items: dict[str, int]) -> UnitTable:
    table = UnitTable()
    lacking = tuple(code for code in framework.indicators if code not in items)
    if lacking:
        table.findings.append(
            Finding("warning", "table.item-column", grid.place(head, 0), "",
                    say("The table has no column for {count} items; they stay unanswered: {codes}.",
                        count=len(lacking), codes=lacking))
        )  # fmt: skip
    seen: dict[str, str] = {}
    for row in range(head + 1, len(grid.rows)):
        text = {role: grid.text(row, column) for role, column in roles.items()}
        name = text.get("unit") or text.get("code", "")
        if not name:
            if any(grid.text(row, column) for column in items.values()):
                table.findings.append(
                    Finding("error", "table.unit-missing", grid.place(row, roles.get("unit")), "",
                            say("This row has answers but no unit."), say("Write the unit's name into this cell."))
                )  # fmt: skip
            continue
        key = f"{text.get('code', '')}\n{name}"
        if key in seen:
            table.findings.append(
                Finding("error", "table.unit-twice", grid.place(row, roles.get("unit")), name,
                        say("{unit} already stands at {place}; this row was not taken.", unit=name, place=seen[key]),
                        say("Keep one of the two rows."))
            )  # fmt: skip
            continue
        seen[key] = grid.place(row, roles.get("unit"))
        answers: dict[str, Answer] = {}
        for code, column in items.items():
            typed = grid.text(row, column)
            if not typed or typed in framework.table.blank:
                continue
            try:
                answers[code] = _answer(framework, code, typed, (row, column) in grid.percent)
            except TypedProblem as problem:
                table.findings.append(
                    Finding("error", problem.code, grid.place(row, column), code, problem.text, problem.hint)
                )
        table.rows.append(
            UnitRow(grid.place(row, roles.get("unit")), name, text.get("code", ""), text.get("region", ""),
                    text.get("size", ""), answers)
        )  # fmt: skip
    return table


def _answer(framework: Framework, code: str, typed: str, percent: bool) -> Answer:
    item = framework.indicators[code]
    if item.kind == "yesno":
        if typed.lower() in framework.table.yes:
            return Answer.of_choice("yes")
        if typed.lower() in framework.table.no:
            return Answer.of_choice("no")
    return parse(item, Typed(answer=typed, percent_cell=percent))[0]


def profile_of(row: UnitRow, template: Profile) -> Profile:
    """The profile of one unit: the template with what the row says."""
    return replace(template, unit=row.unit, code=row.code, region=row.region, size=row.size)
