"""Which sheet holds which tables of the files, and its columns, derived from the grammar of the files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from assess.framework.keys import INDICATOR, NODE, Kind, Table
from assess.framework.keys_files import FILES, OVERLAY, keys_of
from assess.framework.keys_rules import RULES
from assess.framework.sources import MAIN
from assess.workbook.canonical import labelled
from assess.workbook.terms import heading

Key = str | int
FIRST = ("code", "id", "level", "key", "grade", "term", "under", "name", "zh", "en", "question", "kind")
"""The keys whose columns come first, so that a row says at its left what it is."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step to a table: into the row with an id, a new row, a table, or one of several keys a column names."""

    kind: Literal["into", "each", "table", "choice"]
    keys: tuple[str, ...]
    id: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A key of the sheet's table; texts have a column for each language (`side`). `locates` says where the row is."""

    path: tuple[str, ...]
    kind: Kind
    side: Literal["", "zh", "en"] = ""
    locates: str = ""

    @property
    def key(self) -> str:
        return self.path[-1] if self.path else ""

    def heading(self, language: str) -> str:
        dotted = "key.text" if self.key == "key" and self.kind == "text" else ".".join(self.path)
        return heading(self.locates or dotted, self.side, language)


@dataclass(frozen=True)
class Sheet:
    """`file` is the one file it is about; "" stands for the files with nodes and indicators."""

    key: str
    file: str
    route: tuple[Step, ...]
    spec: Table
    own: frozenset[str] = frozenset()

    @cached_property
    def locators(self) -> tuple[Column, ...]:
        """Columns that say where a row belongs, in the order of the route; the file last."""
        found: list[Column] = []
        for step in self.route:
            if step.kind == "into":
                spec = listed(self.file, step.keys[0])
                name = "code" if step.keys[0] in ("indicator", "example") else step.id
                found.append(Column((), spec.keys[step.id], locates=name))
            elif step.kind == "choice":
                found.append(Column((), step.keys, locates="type"))
        return tuple(found)

    @cached_property
    def by_file(self) -> bool:
        """Whether a column names the file of each row."""
        return not self.file and self.route[0].kind != "into"

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        tail = (Column((), "text", locates="file"),) if self.by_file else ()
        return (*self.locators, *derived(self.spec, self.own), *tail)


def listed(file: str, key: str) -> Table:
    """The grammar of the rows of a list in a file."""
    found = keys_of(file or "items.toml").keys[key]
    assert isinstance(found, Table)
    return found


def derived(spec: Table, own: frozenset[str] = frozenset(), above: tuple[str, ...] = ()) -> Iterator[Column]:
    """Columns of a table, tables within it included; lists of tables and open tables are one column of TOML."""
    label = labelled(spec)
    for key in sorted(spec.keys, key=lambda one: rank(one, spec.keys[one])):
        kind = spec.keys[key]
        path = (*above, key)
        if key in own:
            continue
        if label and key in ("zh", "en"):
            if key == "zh":
                yield Column(above, "words", "zh")
                yield Column(above, "words", "en")
        elif kind in ("words", "words list"):
            yield Column(path, kind, "zh")
            yield Column(path, kind, "en")
        elif isinstance(kind, Table) and not kind.many and kind.rest is None:
            yield from derived(kind, above=path)
        else:
            yield Column(path, "any" if isinstance(kind, Table) else kind)


def rank(key: str, kind: Kind) -> int:
    """Where the column of a key stands; others keep the order of the grammar."""
    return FIRST.index(key) if key in FIRST and kind != "flag" else len(FIRST)


def each(*keys: str) -> tuple[Step, ...]:
    *above, last = keys
    return (*(Step("table", (key,)) for key in above), Step("each", (last,)))


def into(key: str, name: str, *rest: Step) -> tuple[Step, ...]:
    return (Step("into", (key,), name), *rest)


def table_of(spec: Table, *keys: str) -> Table:
    for key in keys:
        found = spec.keys[key]
        assert isinstance(found, Table)
        spec = found
    return spec


def joined(spec: Table, *keys: str) -> Table:
    """One grammar for several kinds of rows that share a sheet."""
    columns: dict[str, Kind] = {}
    for key in keys:
        columns |= table_of(spec, key).keys
    return Table(columns)


MAIN_SPEC, EXAMPLE = FILES[MAIN], table_of(FILES["examples.toml"], "example")
PARTS = ("counts", "does_not_count", "good_evidence", "common_misreading")
IMPROVE = ("improve_low", "improve_high")
CHILDREN = frozenset({"level", "number", "option", "not_applicable", *IMPROVE})
ITEM = Table(INDICATOR)


def of_item(key: str, spec: str, *steps: Step) -> Sheet:
    return Sheet(key, "", into("indicator", "code", *steps), table_of(ITEM, spec))


def top(key: str, file: str, *keys: str, own: frozenset[str] = frozenset()) -> Sheet:
    return Sheet(key, file, each(*keys), table_of(FILES[file], *keys), own)


SHEETS: tuple[Sheet, ...] = (
    top("tiers", MAIN, "tiers"),
    top("organizations", MAIN, "organizations"),
    Sheet("nodes", "", (Step("choice", ("dimension", "sub", "node")),), Table(NODE)),
    Sheet("items", "", each("indicator"), ITEM, CHILDREN),
    of_item("levels", "level", Step("each", ("level",))),
    of_item("numbers", "number", Step("table", ("number",))),
    of_item("options", "option", Step("each", ("option",))),
    of_item("improvements", IMPROVE[0], Step("choice", IMPROVE)),
    of_item("not_applicable", "not_applicable", Step("table", ("not_applicable",))),
    top("weight_sets", MAIN, "weight_set", own=frozenset({"weight"})),
    Sheet("set_weights", MAIN, into("weight_set", "id", *each("weight")), table_of(MAIN_SPEC, "weight_set", "weight")),
    top("skips", MAIN, "skip_rule"),
    top("stages", MAIN, "stage", own=frozenset({"gate"})),
    Sheet("gates", MAIN, into("stage", "level", *each("gate")), table_of(MAIN_SPEC, "stage", "gate")),
    top("red_lines", MAIN, "red_line", own=frozenset({"any"})),
    Sheet("triggers", MAIN, into("red_line", "id", *each("any")), table_of(MAIN_SPEC, "red_line", "any")),
    Sheet(
        "points",
        MAIN,
        (Step("choice", ("bonus", "deductions")), *each("item")),
        table_of(Table(RULES), "bonus", "item"),
    ),
    Sheet(
        "conventions",
        MAIN,
        (Step("table", ("conventions",)), Step("choice", ("quantifiers", "terms"))),
        joined(table_of(MAIN_SPEC, "conventions"), "quantifiers", "terms"),
    ),
    top("clauses", "clauses.toml", "clause"),
    top("crosswalk", "crosswalk.toml", "reference"),
    top("glossary", "glossary.toml", "term"),
    top("examples", "examples.toml", "example", own=frozenset(PARTS)),
    Sheet("example_parts", "examples.toml", into("example", "code", Step("choice", PARTS)), joined(EXAMPLE, *PARTS)),
    top("checks", "checks.toml", "rule"),
    top("patterns", "checks.toml", "pattern"),
)
WORDS_SPEC = OVERLAY
MAIN_KEYS = frozenset(
    {
        "code", "version", "language", "files", "draft", "title", "disclaimer", "sequence", "total", "aggregation",
        "modes", "states", "evidence", "columns", "table", "index", "defaults",
    }
)  # fmt: skip
"""The blocks of framework.toml that stand in the sheet of the framework; all others stand among the other settings."""


def kind_at(file: str, path: tuple[Key, ...]) -> Kind:
    """The kind of a key by the grammar; "any" where the grammar does not know it."""
    spec: Kind = keys_of(file)
    for part in path:
        if not isinstance(spec, Table):
            return "any"
        if isinstance(part, int):
            continue
        found = spec.keys.get(part, spec.rest)
        if found is None:
            return "any"
        spec = found
    return spec
