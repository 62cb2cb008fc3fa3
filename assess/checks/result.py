"""One thing found on a sheet: which rule, where, how serious, in words, and whether it has been explained."""

from __future__ import annotations

from dataclasses import dataclass

from assess.language import Message, Words
from assess.problems import Severity

ORDER: tuple[Severity, ...] = ("error", "warning", "hint")


@dataclass(frozen=True, slots=True)
class Found:
    """A hit says “please check”: it changes no score, proves nothing and triggers no red line.

    `rule` is the id of the rule, or the code of a hard fault. `code` is the item to go to (empty: the document as a
    whole), `codes` all items concerned. `fields` names the text fields a pattern was found in; the text itself is
    nowhere in here. `detail` holds the figures. `liftable`: an explanation of `least` characters lifts it; `explained`:
    it has one. `place` is where to go for a finding that belongs to no item: an item it rests on, or the part of the
    document (`@cover`, `@bonus`, `@redline` …); empty where there is none.
    """

    rule: str
    group: str
    severity: Severity
    message: Words | Message
    action: Words | Message
    code: str = ""
    codes: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    detail: Message | None = None
    liftable: bool = False
    least: int = 0
    explained: bool = False
    place: str = ""

    @property
    def target(self) -> str:
        """Where to go: the item, else the place; empty where the whole document is meant."""
        return self.code or self.place

    @property
    def key(self) -> tuple[str, str]:
        """What makes two findings of different moments the same one: rule and item."""
        return self.rule, self.code

    @property
    def explained_at(self) -> str:
        """The item whose `explanation` cell holds the explanation: the indicator, or `@check/<rule>`."""
        return self.code or f"@check/{self.rule}"

    @property
    def open(self) -> bool:
        """Still to be dealt with: not explained."""
        return not self.explained
