"""Rows of the register: a piece with what it serves, what is doubtful about it, and whether it is used at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from assess import walk
from assess.answers import Evidence, Sheet
from assess.framework.model import Framework
from assess.language import Message, say
from assess.register import dates
from assess.register.pieces import Piece, pieces
from forms.theme import theme
from forms.words import _, show

Index = QModelIndex | QPersistentModelIndex
MANY = 5  # items one piece serves without a word about it (check E09)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row. `item` is where it is gone to; `unused`: nothing that counts rests on it."""

    piece: Piece
    item: str
    doubts: tuple[Message, ...] = ()
    unused: bool = False
    words: str = ""

    @property
    def record(self) -> Evidence:
        return self.piece.record

    @property
    def all_items(self) -> tuple[str, ...]:
        return self.piece.items or (self.item,)

    def is_of(self, key: str) -> bool:
        """Whether the row is shown under a filter; withdrawn pieces only under "unused"."""
        if key == "unused":
            return self.unused
        if not self.piece.uses:
            return False
        return key == "all" or (key == "doubt" and bool(self.doubts)) or (key == "no_file" and not self.record.digest)


def entries(
    framework: Framework,
    sheet: Sheet,
    withdrawn: Sequence[tuple[str, Evidence]] = (),
    held: Mapping[str, int] | None = None,
) -> tuple[Entry, ...]:
    """Every piece in the order of the framework, then what was withdrawn. `held`: attachments that are here."""
    states = walk.states(framework, sheet)
    order = {code: place for place, code in enumerate(framework.indicators)}
    made = []
    for piece in pieces(sheet):
        items = sorted(piece.items, key=lambda code: order.get(code, len(order)))
        asked = [code for code in items if states.get(code) in ("answered", "unanswered")]
        made.append(Entry(piece, items[0], doubts_of(framework, sheet, piece, held), not asked, _words(piece, items)))
    made.sort(key=lambda one: (order.get(one.item, len(order)), one.record.name))
    gone = [Entry(Piece(record, {}), item, (), True, _words(Piece(record, {}), [item])) for item, record in withdrawn]
    return (*made, *gone)


def doubts_of(framework: Framework, sheet: Sheet, piece: Piece, held: Mapping[str, int] | None) -> tuple[Message, ...]:
    """What is worth a look: dates, records that differ, a file that is not here, too many items."""
    found: list[Message] = []
    one = piece.record
    for code in piece.items:
        item = framework.indicators.get(code)
        doubt = (
            dates.doubt(one.date, item, sheet.profile.base_date, in_force=one.in_force) if item is not None else None
        )
        if doubt is not None:
            found.append(doubt)
            break
    if piece.differing:
        found.append(say("Copies say different things of it; change it once to settle that."))
    if one.digest and held is not None and one.digest not in held:
        found.append(say("Its file is not in this copy of the document."))
    if len(piece.items) > MANY:
        found.append(say("It serves {count} items: write the pages for each.", count=len(piece.items)))
    return tuple(found)


def _words(piece: Piece, items: Sequence[str]) -> str:
    one = piece.record
    return " ".join(
        (one.name, one.number, one.date, one.place, one.voucher, one.kind, one.file_name, *items)
    ).casefold()


class RegisterModel(QAbstractTableModel):
    """Name, number, date, grade, items served, state. Texts are made when shown, so that 500 rows are quick."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Entry] = []

    def show(self, rows: list[Entry]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def entry(self, index: Index) -> Entry | None:
        return self.rows[index.row()] if index.isValid() and index.row() < len(self.rows) else None

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else 6

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (_("Name"), _("Document number"), _("Date"), _("Grade"), _("Serves"), _("State"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.entry(index)
        if entry is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.text(entry, index.column())
        if role == Qt.ItemDataRole.ForegroundRole:
            return self.ink(entry, index.column())
        return None

    @staticmethod
    def text(entry: Entry, column: int) -> str:
        one = entry.record
        if column == 5:
            return " ".join(state(entry).split())
        words = (one.name, one.number, one.date, one.grade, " ".join(entry.piece.items))[column]
        return " ".join(words.split())

    @staticmethod
    def ink(entry: Entry, column: int) -> QColor | None:
        if not entry.piece.uses:
            return theme().color("text_3")
        return theme().color("warning") if column == 5 and entry.doubts else None


def state(entry: Entry) -> str:
    """The last column: what is to be known of the piece at a glance."""
    if not entry.piece.uses:
        return _("withdrawn")
    if entry.doubts:
        return show(entry.doubts[0])
    if entry.unused:
        return _("its items are not asked now")
    return _("with file") if entry.record.digest else _("registered")
