"""Who gets which items: lead departments of the framework or of assignments, counties and townships (D52).

A department answers its items of this assessment. A county or township answers a document of its own, at its own
administrative level; its package is part of that document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assess.answers import Json, Profile
from assess.assessment import Assessment
from assess.framework.tiers import tailored
from assess.language import Message, Words, say
from assess.problems import Problem
from assess.store.changes import Changes

Kind = Literal["department", "county", "township", "village"]
By = Literal["department", "county", "township", "all"]
UNIT = "@unit/"
ASSIGNMENT = "assignment"
TIERS: Mapping[str, str] = {"county": "县", "township": "乡", "village": "村"}
KIND_WORDS: Mapping[str, Message] = {
    "department": say("department"),
    "county": say("county"),
    "township": say("township"),
    "village": say("village"),
}


@dataclass(frozen=True, slots=True)
class Recipient:
    """A unit and its items, in the order of the framework. `key` names it in the document for good."""

    key: str
    kind: Kind
    name: str
    items: tuple[str, ...]
    words: Words = Words()
    tier: str = ""
    code: str = ""
    unit_kind: str = ""

    @property
    def own(self) -> bool:
        """Whether the unit answers a document of its own."""
        return self.kind != "department"


@dataclass(frozen=True, slots=True)
class LowerUnit:
    """A county, township or village below the unit of the document. Without items it answers all of its level."""

    name: str
    kind: Kind = "county"
    code: str = ""
    unit_kind: str = ""
    items: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return key_of(self.kind, self.code or self.name)


def key_of(kind: str, name: str) -> str:
    """The name of a recipient in the document: `department:市公安局`, `county:990101`."""
    return f"{kind}:{' '.join(name.split())}"


def recipients(document: Assessment, by: By = "department", *, assisting: bool = False) -> tuple[Recipient, ...]:
    """Everybody who is to get a package. `assisting` gives an item to the units that assist, too."""
    found: list[Recipient] = []
    if by in ("department", "all"):
        found += _departments(document, assisting)
    wanted = {"county": ("county",), "township": ("township", "village"), "all": tuple(TIERS)}.get(by, ())
    found += [_lower(document, unit) for unit in lower_units(document) if unit.kind in wanted]
    return tuple(found)


def _departments(document: Assessment, assisting: bool) -> list[Recipient]:
    framework, cells = document.framework, document.sheet.cells
    items: dict[str, list[str]] = {}
    words: dict[str, Words] = {}
    for code, item in framework.indicators.items():
        given = cells.get((code, ASSIGNMENT))
        names = [item.lead, *(item.assisting if assisting else ())]
        if isinstance(given, Mapping) and (given.get("lead") or given.get("assisting")):
            helping = tuple(given.get("assisting", ())) if assisting else ()
            names = [Words(str(name)) for name in (given.get("lead") or item.lead.zh, *helping)]
        for name in dict.fromkeys(" ".join(one.zh.split()) for one in names):
            if name:
                items.setdefault(name, []).append(code)
        for one in names:
            words.setdefault(" ".join(one.zh.split()), one)
    return [
        Recipient(key_of("department", name), "department", name, tuple(codes), words[name])
        for name, codes in items.items()
    ]


def _lower(document: Assessment, unit: LowerUnit) -> Recipient:
    tier = TIERS[unit.kind]
    profile = Profile(unit.name, tier=tier, unit_kind=unit.unit_kind, scope=unit.items or None)
    items = tuple(tailored(document.whole_framework, profile).indicators)
    return Recipient(unit.key, unit.kind, unit.name, items, Words(unit.name), tier, unit.code, unit.unit_kind)


def lower_units(document: Assessment) -> tuple[LowerUnit, ...]:
    """The counties, townships and villages the document knows, in the order of their names in it."""
    found = []
    for (item, column), value in sorted(document.sheet.cells.items(), key=lambda pair: pair[0]):
        if item.startswith(UNIT) and column == "unit" and isinstance(value, Mapping) and value.get("kind") in TIERS:
            found.append(
                LowerUnit(
                    str(value.get("name", "")),
                    value["kind"],
                    str(value.get("code", "")),
                    str(value.get("unit_kind", "")),
                    tuple(value.get("items", ())),
                )
            )
    return tuple(found)


def add_units(document: Assessment, units: Sequence[LowerUnit]) -> Changes:
    """Enter counties, townships or villages, or change what is known of them. Problem packages.unit-name."""
    if any(not unit.name.strip() for unit in units):
        raise Problem("packages.unit-name", say("A unit has no name."), say("Enter the full name of every unit."))
    return document.set_cells(
        {
            (f"{UNIT}{unit.key}", "unit"): {
                "name": " ".join(unit.name.split()),
                "kind": unit.kind,
                "code": unit.code,
                "unit_kind": unit.unit_kind,
                "items": list(unit.items),
            }
            for unit in units
        },
        "units",
    )


def remove_unit(document: Assessment, key: str) -> Changes:
    """Take a unit off the list; what it was issued and what it returned stays."""
    return document.set_cells({(f"{UNIT}{key}", "unit"): None}, "units")


def assign(document: Assessment, leads: Mapping[str, Sequence[str]]) -> Changes:
    """Say who answers an item in place of the framework's lead: the first leads, the others assist. () takes it back.

    Problem document.unknown-item for a code the framework has not.
    """
    cells: dict[tuple[str, str], Json] = {}
    for code, names in leads.items():
        if code not in document.whole_framework.indicators:
            raise Problem(
                "document.unknown-item",
                say("{code} is no item of the framework of this document.", code=code),
                say("Compare the codes in the first column with those of the questionnaire."),
            )
        plain = [" ".join(name.split()) for name in names if name.strip()]
        cells[code, ASSIGNMENT] = {"lead": plain[0], "assisting": plain[1:]} if plain else None
    return document.set_cells(cells, "assignment")
