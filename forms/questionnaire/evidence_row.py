"""Rows of the evidence panel: a registered piece with what can be done with it, and a kind that is still missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from assess.answers import Evidence
from assess.register import dates
from assess.register.kinds import Kind
from forms.questionnaire import evidence_files as files
from forms.questionnaire.body import Asked
from forms.questionnaire.marks import Icon
from forms.questionnaire.prose import Prose
from forms.theme import theme
from forms.widgets.buttons import Button
from forms.words import _, show

DOT = "\u00a0· "  # stays at the end of a line


class PieceRow(QWidget):
    """A piece: name, facts, file, what is doubtful, which other items it serves; change it, or more in a menu."""

    changing = Signal()
    withdrawing = Signal()
    withdrawing_everywhere = Signal()
    sharing = Signal()
    saving_file = Signal()
    checking_file = Signal()
    going = Signal(str)

    def __init__(
        self,
        piece: Evidence,
        asked: Asked,
        others: Sequence[str] = (),
        *,
        differing: bool = False,
        locked: bool = False,
    ) -> None:
        super().__init__()
        self.piece, self.others, self.locked = piece, tuple(others), locked
        px = theme().px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(px(6))
        row.addWidget(Icon("tick", 18), 0, Qt.AlignmentFlag.AlignTop)
        name = Prose("label")
        name.say(piece.name)
        row.addWidget(name, 1)
        column.addLayout(row)
        texts = QVBoxLayout()
        texts.setContentsMargins(px(24), 0, 0, 0)
        texts.setSpacing(0)
        column.addLayout(texts)
        self.say(texts, DOT.join(facts(piece)), "text_2")
        self.say(texts, DOT.join(standing(piece, self.others)), "text_2")
        if piece.digest:
            self.say(texts, file_words(piece), "text_2")
        doubt = dates.doubt(piece.date, asked.indicator, asked.profile.base_date, in_force=piece.in_force)
        self.say(texts, show(doubt), "warning")
        if differing:
            self.say(texts, _("Copies say different things of it; change it once to settle that."), "warning")
        self.setToolTip("\n".join(details(piece, kind_name(piece, asked))))
        if not locked:
            self.button(row, "pencil", _("Change {name}", name=piece.name), _("Change"), self.changing.emit)
        if not locked or piece.digest:
            words = _("More about {name}", name=piece.name)
            self.more = self.button(row, "more", words, _("More"), self.open_menu)

    @staticmethod
    def say(column: QVBoxLayout, text: str, ink: str) -> None:
        if text:
            prose = Prose("caption", ink)
            prose.say(text)
            column.addWidget(prose)

    @staticmethod
    def button(row: QHBoxLayout, icon: str, name: str, tip: str, run: Callable[[], object]) -> Button:
        made = Button("", "icon", icon=icon, small=True, run=run)
        made.setAccessibleName(name)
        made.setToolTip(tip)
        made.kind("text")
        made.setFixedSize(theme().px(30), theme().px(26))
        made.setStyleSheet("padding: 0;")
        row.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        return made

    def menu(self) -> QMenu:
        """What can be done with the piece beside changing it."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def entry(words: str, run: Callable[[], object]) -> None:
            menu.addAction(words.replace("&", "&&")).triggered.connect(lambda _checked=False: run())

        if not self.locked:
            entry(_("Use for other items…"), self.sharing.emit)
        if self.piece.digest:
            entry(_("Save the file as…"), self.saving_file.emit)
            entry(_("Check the file against its SHA-256"), self.checking_file.emit)
        for code in self.others[:8]:
            entry(_("Go to {item}", item=code), partial(self.going.emit, code))
        if not self.locked:
            menu.addSeparator()
            entry(_("Withdraw from this item") if self.others else _("Withdraw"), self.withdrawing.emit)
            if self.others:
                count = len(self.others) + 1
                entry(_("Withdraw from all {count} items", count=count), self.withdrawing_everywhere.emit)
        return menu

    def open_menu(self) -> None:
        self.menu().popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))


class MissingRow(QWidget):
    """A kind of which nothing is registered: pressing it starts an entry of that kind."""

    def __init__(self, kind: Kind, run: Callable[[], object] | None) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(6))
        row.addWidget(Icon("plus" if run else "dash", 18, "primary_text"), 0, Qt.AlignmentFlag.AlignTop)
        text = show(kind.name)
        if run is None:
            name = Prose("label", "text_2")
            name.say(text)
            row.addWidget(name, 1)
            return
        link = Suggestion(text, run)
        link.setToolTip("\n".join(_("Must show: {shows}", shows=show(shows)) for _kind, shows in kind.shows))
        row.addWidget(link, 1)


class Suggestion(QWidget):
    """The name of a suggested piece, wrapped, pressed like a link."""

    def __init__(self, text: str, run: Callable[[], object]) -> None:
        super().__init__()
        self.button = Button("", "link", run=run)
        self.button.setAccessibleName(_("Register evidence: {name}", name=text))
        self.button.setSizePolicy(self.sizePolicy())
        self.words = Prose("label", "primary_text", self.button)
        self.words.say(text)
        row = QVBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.button)
        inner = QVBoxLayout(self.button)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.words)
        self.setFocusProxy(self.button)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        high = max(theme().px(24), self.words.height_at(width))
        self.button.setFixedHeight(high)
        return high


def kind_name(piece: Evidence, asked: Asked) -> str:
    """The kind in the language of now, where the piece bears another name."""
    found = next((name for name in asked.indicator.evidence if piece.kind and piece.kind in (name.zh, name.en)), None)
    words = show(found) if found is not None else piece.kind
    return "" if piece.name.strip() in (words, piece.kind) else words


def facts(piece: Evidence) -> list[str]:
    """Number, date, pages, options: what it is found by."""
    found = [piece.number, piece.date]
    if piece.pages:
        said = any(sign.isalpha() for sign in piece.pages)
        found.append(piece.pages if said else _("pp. {pages}", pages=piece.pages))
    if piece.options:
        found.append(_("options {keys}", keys=piece.options))
    return [" ".join(text.split()) for text in found if text]


def standing(piece: Evidence, others: Sequence[str] = ()) -> list[str]:
    """Grade, still in force, other items it serves: what it is worth."""
    found = [_("grade {grade}", grade=piece.grade) if piece.grade else ""]
    found.append(_("standing document") if piece.in_force else "")
    found.append(_("also serves {items}", items=others) if others else "")
    return [text for text in found if text]


def details(piece: Evidence, kind: str = "") -> list[str]:
    """The rest: kind, where it is kept, who vouches for it, name of the file and the whole of its SHA-256."""
    found = [kind, piece.place, _("vouched for by {name}", name=piece.voucher) if piece.voucher else ""]
    if piece.digest:
        found += [piece.file_name, _("SHA-256 {digest}", digest=piece.digest)]
    return [" ".join(text.split()) for text in found if text]


def file_words(piece: Evidence) -> str:
    """That there is a file, its size, and the beginning of its SHA-256 (D34)."""
    return _("file {size} · {digest}", size=files.size(piece.size), digest=files.short(piece.digest))
