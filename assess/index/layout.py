"""Where things stand in a table of units × items: the heading row, and the column of each role and item."""

from __future__ import annotations

from dataclasses import dataclass, field

from assess.exchange.headings import bare
from assess.exchange.unit_table import PROFILE_HEADINGS
from assess.framework.model import Framework
from assess.framework.settled import unit_fields
from assess.index import stated
from assess.index.rows import Row, Sheet, text

LONG_HEADINGS = {
    "item": ("指标", "指标代码", "指标编号", "题号", "indicator", "item", "icode", "indicatorcode"),
    "value": ("值", "数值", "指标值", "答案", "value", "answer", "result"),
}
ABOUT_HEADINGS = {
    "tier": ("层级", "行政层级", "tier"),
    "unit_kind": ("单位类别", "unitkind"),
    "year": ("年份", "年度", "year"),
}


@dataclass(slots=True)
class Layout:
    """The heading row, and the columns by role, by item and by further heading (denominators). Without any column of
    an item the table is long: a row per unit and item."""

    head: int
    roles: dict[str, int] = field(default_factory=dict)
    items: dict[str, int] = field(default_factory=dict)
    others: dict[str, int] = field(default_factory=dict)

    @property
    def long(self) -> bool:
        return not self.items

    def unit(self, row: Row) -> tuple[str, str, str]:
        """What tells the unit apart (its code, else its name), its name and its code; all empty without a unit."""
        name, code = (text(row, self.roles.get(role)) for role in ("unit", "code"))
        return code or name, name or code, code


def needed(framework: Framework) -> tuple[str, ...]:
    """Headings of the further columns that the framework uses: denominators."""
    return tuple(
        dict.fromkeys(
            item.number.divide_by
            for item in framework.indicators.values()
            if item.number is not None and item.number.divide_by
        )
    )


def abouts(framework: Framework) -> tuple[str, ...]:
    """The roles of further texts that the framework asks of each unit: its group, its type, its year."""
    return (*(("group",) if framework.index.group else ()), *unit_fields(framework))


def names_of(framework: Framework) -> dict[str, str]:
    """Every spelling of an item, a denominator or another figure a table may state, bare, with its code."""
    found = {bare(heading): key for heading, key in stated.headings(framework).items()}
    found |= {bare(code): code for code in framework.indicators} | {bare(name): name for name in needed(framework)}
    for role, headings in framework.table.columns.items():
        if role in found.values():
            found |= {bare(name): role for name in headings}
    return found


def find(sheet: Sheet, framework: Framework) -> Layout | None:
    """The first of twenty rows that names a unit and an item, or item and value."""
    exact = {code: code for code in framework.indicators}
    known = (*PROFILE_HEADINGS.items(), *LONG_HEADINGS.items(), *ABOUT_HEADINGS.items())
    wanted = {role: tuple(map(bare, names)) for role, names in known}
    keys = frozenset(stated.keys(framework))
    for role, named in framework.table.columns.items():
        if role in framework.indicators:
            exact |= dict.fromkeys(named, role)
        elif role not in keys:
            wanted[role] = tuple(map(bare, named))
    names, group = names_of(framework), bare(framework.index.group)
    for number, row in enumerate(sheet.first):
        layout = Layout(number)
        for column in range(len(row)):
            typed = text(row, column)
            word = bare(typed)
            if not word:
                continue
            if word == group:
                layout.roles["group"] = column
            code = exact.get(typed) or names.get(word)
            if code is not None and code in framework.indicators:
                layout.items.setdefault(code, column)
            elif code is not None:
                layout.others.setdefault(code, column)
            else:
                for role, headings in wanted.items():
                    if word in headings:
                        layout.roles.setdefault(role, column)
        has_unit = "unit" in layout.roles or "code" in layout.roles
        if has_unit and (layout.items or ("item" in layout.roles and "value" in layout.roles)):
            return layout
    return None
