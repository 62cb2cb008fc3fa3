"""Kinds of evidence an item expects, which of them are there, and the grade of trust that goes with a kind.

Kinds are the item's list of the framework; what good evidence of a kind must show and its grade come from the worked
examples. A record belongs to the kind it was registered under, else to the kind whose name it bears.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from assess.answers import Evidence
from assess.framework.indicator import Indicator
from assess.framework.model import Framework
from assess.language import Message, Words, say

SYSTEM = ("导出", "系统", "平台", "日志", "后台", "流转", "log", "export", "system")
OWN_MAKE = ("台账", "清单", "统计表", "截图", "名册", "登记表", "ledger", "list", "screenshot")
INDIRECT = ("总结", "新闻", "照片", "报道", "口头", "summary", "press", "photo")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind an item expects: its name, what it must show (kind of the example, what), and its usual grade or ""."""

    name: Words
    shows: tuple[tuple[Words, Words], ...] = ()
    grade: str = ""
    records: tuple[Evidence, ...] = field(default=())

    @property
    def key(self) -> str:
        """What a record keeps of its kind: the name in the framework's own language."""
        return self.name.zh or self.name.en


def expected(framework: Framework, indicator: Indicator, records: Sequence[Evidence] = ()) -> tuple[Kind, ...]:
    """The kinds of an item in the framework's order, each with the records that are of it."""
    worked = framework.examples.get(indicator.code)
    good = worked.good_evidence if worked is not None else ()
    made = []
    for name in indicator.evidence:
        key = name.zh or name.en
        near = [(kind, shows, grade) for kind, shows, grade in good if _near(kind.zh or kind.en, key)]
        grade = min((grade for _kind, _shows, grade in near if grade), default="")
        own = tuple(record for record in records if _is_of(record, name))
        made.append(Kind(name, tuple((kind, shows) for kind, shows, _grade in near), grade, own))
    return tuple(made)


def missing(kinds: Iterable[Kind]) -> tuple[Kind, ...]:
    """Kinds nothing is registered of."""
    return tuple(kind for kind in kinds if not kind.records)


def kind_of(kinds: Iterable[Kind], record: Evidence) -> Kind | None:
    return next((kind for kind in kinds if _is_of(record, kind.name)), None)


def _is_of(record: Evidence, name: Words) -> bool:
    if record.kind:
        return record.kind in (name.zh, name.en)
    return bool(record.name.strip()) and record.name.strip() in (name.zh, name.en)


def _near(one: str, other: str) -> bool:
    return bool(one) and bool(other) and (one in other or other in one)


def proposal(record: Evidence, kind: Kind | None = None) -> tuple[str, Message | None]:
    """The grade a record would usually get, and why; ("", None) where nothing tells."""
    words = f"{record.kind} {record.name}".casefold()
    if kind is not None and kind.grade:
        return kind.grade, say("usual for “{kind}”", kind=kind.name)
    if any(sign in words for sign in INDIRECT):
        return "D", say("a summary, press piece or photo")
    if any(sign in words for sign in SYSTEM):
        return "A", say("exported from a system")
    if record.number.strip():
        return "B", say("has a document number")
    if any(sign in words for sign in OWN_MAKE):
        return "C", say("drawn up by the unit itself")
    return "", None
