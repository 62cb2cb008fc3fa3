"""The cover page of a document: the unit, who filled in, who approved, how to reach them, and when.

Names may be posts: nothing personal is asked for beyond who stands in for the document. The texts stand in the cells
of `@cover` (in a package `@cover/<mark>`), with the same history as answers.
"""

from __future__ import annotations

from dataclasses import dataclass

from assess.answers import Sheet
from assess.assessment import COVER
from assess.language import Message, say

NAMES: dict[str, Message] = {
    "unit": say("Unit"),
    "filler": say("Filled in by"),
    "approver": say("Approved by"),
    "leader": say("Head of the unit"),
    "phone": say("Office telephone"),
    "date": say("Date of filling in"),
}
ASKED = ("unit", "filler", "approver", "phone", "date")
NEEDED = ("unit", "filler", "approver")
"""Without these a document is not sealed; the others are asked for, and can be written on the paper."""
PRIVACY = say(
    "Name or post, whichever the unit prefers. Give the telephone of the office, not a mobile number; nothing else "
    "about persons belongs in this document."
)


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover as it stands; empty texts are not filled in. The unit is that of the document unless changed."""

    unit: str = ""
    filler: str = ""
    approver: str = ""
    leader: str = ""
    phone: str = ""
    date: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """Fields asked for and not filled in, in the order of the page."""
        return tuple(name for name in ASKED if not getattr(self, name))

    @property
    def lacking(self) -> tuple[str, ...]:
        """Fields without which the document is not sealed."""
        return tuple(name for name in NEEDED if not getattr(self, name))

    @property
    def complete(self) -> bool:
        return not self.missing


def cover(sheet: Sheet, copy: str = "") -> Cover:
    """The cover of a document, or of the package of this mark. A package without a unit of its own has none yet."""
    texts = sheet.items(f"@cover/{copy}" if copy else "@cover")
    given = {name: str(texts.get(name) or "") for name in COVER}
    if not given["unit"]:
        given["unit"] = sheet.profile.unit
    return Cover(**given)
