"""What the exchange says: days, sizes, tones of states, columns of a document in words, values side by side."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from difflib import SequenceMatcher
from html import escape
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from assess.answers import Cell, Json
from assess.framework.model import Framework
from assess.language import Message
from assess.sheets.told import told
from forms.figures import DASH, one_line
from forms.words import N_, _, show

STATE_TONES: Mapping[str, str] = {
    "unissued": "neutral",
    "issued": "neutral",
    "overdue": "warning",
    "incomplete": "primary",
    "conflict": "warning",
    "sent_back": "danger",
    "merged": "success",
}
OUTCOME_TONES: Mapping[str, str] = {
    "taken": "success",
    "again": "neutral",
    "refused": "danger",
    "stopped": "neutral",
    "waiting": "primary",
    "left_out": "neutral",
}
COLUMN_NAMES: Mapping[str, str] = {
    "self": N_("Self-assessment"),
    "review": N_("Review value"),
    "third_party": N_("Value of the third party"),
    "note": N_("Note"),
    "explanation": N_("Explanation"),
    "target": N_("Target"),
    "step": N_("Step of the review"),
    "assignment": N_("Assignment"),
    "opinion": N_("Opinion of the review"),
}
ANSWERS = ("self", "review", "third_party", "previous")
ALIKE = 0.6  # below this share of equal signs a text is another text
RUN = 2  # equal signs that stand alone are chance
LONG = 3000  # characters beyond which two texts are not compared sign by sign


def day(at: datetime | None) -> str:
    """The day of a moment as a table shows it; a dash for none."""
    if at is None:
        return DASH
    here = at.astimezone()
    return _("{month}-{day}", month=f"{here.month:02d}", day=f"{here.day:02d}")


def moment(at: datetime) -> str:
    """Day and minute."""
    return f"{day(at)} {at.astimezone():%H:%M}"


def size(bytes_: int) -> str:
    """A size of a file: 812 KB, 3.4 MB."""
    return f"{bytes_ / (1 << 20):.1f} MB" if bytes_ >= 1 << 20 else f"{max(1, -(-bytes_ // 1024))} KB"


def column(name: str) -> str:
    """A column of a document in words."""
    if name.startswith("evidence/"):
        return _("Evidence")
    return _(COLUMN_NAMES[name]) if name in COLUMN_NAMES else name


def title(framework: Framework, cell: Cell) -> str:
    """What a cell is about: code and question, or the name of what is no item."""
    item = framework.indicators.get(cell[0])
    return f"{cell[0]}\u3000{one_line(show(item.name))}" if item is not None else cell[0]


def question(framework: Framework, cell: Cell) -> str:
    """The question of the item as it is asked; its name where it is asked by no sentence."""
    item = framework.indicators.get(cell[0])
    if item is None:
        return _("Particulars of the document")
    return one_line(show(item.question) or show(item.name))


def value(framework: Framework, cell: Cell, given: Json, *, brief: bool = False) -> str:
    """A value of a cell in words; a dash for none."""
    if given is None or given == "":
        return DASH
    if isinstance(given, str):
        return given
    if isinstance(given, bool):
        return _("yes") if given else _("no")
    if cell[1] in ANSWERS or cell[1].startswith("evidence/"):
        words = show(told(framework, cell, given, brief=brief))
        return words or DASH
    if isinstance(given, dict):
        return "; ".join(f"{name}: {one}" for name, one in given.items() if one not in (None, "", [])) or DASH
    return json.dumps(given, ensure_ascii=False)


def level(cell: Cell, given: Json) -> int | None:
    """The level a value gives; None where it is no level."""
    if cell[1] in ANSWERS and isinstance(given, dict):
        found = given.get("level")
        return found if isinstance(found, int) and 0 <= found <= 5 else None
    return None


def differing(text: str, other: str | None) -> str:
    """A text as markup, with what the other text does not say in bold. None: nothing to compare with."""
    if other is None or text == other or text in ("", DASH) or len(text) + len(other) > LONG:
        return escape(text).replace("\n", "<br>")
    if other in ("", DASH):
        return f"<b>{escape(text)}</b>".replace("\n", "<br>")
    matcher = SequenceMatcher(None, text, other, autojunk=False)
    if matcher.ratio() < ALIKE:
        return f"<b>{escape(text)}</b>".replace("\n", "<br>")
    out = []
    for kind, start, end, _from, _to in matcher.get_opcodes():
        part = escape(text[start:end])
        out.append(part if not part or (kind == "equal" and end - start >= RUN) else f"<b>{part}</b>")
    return "".join(out).replace("</b><b>", "").replace("\n", "<br>")


def names(found: tuple[str, ...] | list[str], most: int = 6) -> str:
    """A few names in a line, and how many more."""
    plain = [one_line(one) for one in found]
    if len(plain) <= most:
        return _(", ").join(plain)
    return _("{names} and {count} more", names=_(", ").join(plain[:most]), count=len(plain) - most)


def said(message: Message | None) -> str:
    return show(message)


def open_folder(path: Path) -> None:
    """Show a folder, or the folder of a file, with the program the system has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path if path.is_dir() else path.parent)))
