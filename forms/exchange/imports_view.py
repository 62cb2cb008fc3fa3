"""What was taken in, file by file: any of it can be taken back as a whole, and taken into account again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assess.packages.imports import Import, Place, TakenBack, bring_back, imports, take_back
from assess.problems import Problem
from forms.exchange.grid import Grid
from forms.exchange.table import Cell, Column, Row
from forms.figures import DASH, one_line
from forms.page import Shell, Size
from forms.theme import theme
from forms.widgets.buttons import Button, text_button
from forms.widgets.labels import Text
from forms.widgets.notice import Notice
from forms.widgets.panel import PageHead, Panel
from forms.words import _, show

if TYPE_CHECKING:
    from forms.session import Session

OTHER = Qt.FocusReason.OtherFocusReason


class ImportsView(QWidget):
    """`imports` are the files taken in, the latest first; `chosen` the places of those that are ticked.

    `moved` tells which imports were taken back or count again.
    """

    left = Signal()
    moved = Signal(object)

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__()
        self.session, self.shell = session, shell
        self.imports: tuple[Import, ...] = ()
        self.chosen: set[Place] = set()
        self._size: Size = "wide"
        px = theme().px
        self.column = QVBoxLayout(self)
        self.head = PageHead()
        self.home = text_button("", self.left.emit, icon="left")
        self.again = Button("", run=self.count_again)
        self.back = Button("", "primary", large=True, run=self.take_back)
        for widget in (self.home, self.again, self.back):
            self.head.add(widget)
        self.about = Notice("info")
        self.panel = Panel(padding=theme().edge, gap=0)
        self.nothing = Text("", "body", "text_2")
        self.nothing.setContentsMargins(px(20), px(28), px(20), px(28))
        self.grid = Grid()
        self.grid.setMinimumHeight(px(120))
        self.grid.ticked.connect(self.tick)
        self.grid.opened.connect(self.tick)
        self.panel.column.addWidget(self.nothing)
        self.panel.column.addWidget(self.grid, 1)
        self.column.addWidget(self.head)
        self.column.addWidget(self.about)
        self.column.addWidget(self.panel, 1)

    # ---------------------------------------------------------------- showing
    def start(self) -> None:
        """Ask for what was taken in, and show it with nothing ticked."""
        self.chosen.clear()
        self.look()
        self.grid.setFocus(OTHER)

    def look(self) -> None:
        """Ask anew; what is ticked stays ticked."""
        if self.session.is_open:
            self.session.ask(imports, then=self._seen, failed=self.shell.trouble)

    def _seen(self, found: tuple[Import, ...]) -> None:
        self.imports = found
        self.chosen &= {one.place for one in found}
        self.show_imports()

    def show_imports(self) -> None:
        """Show what was found."""
        self.head.say(_("Files taken in"), "")
        self.home.say(_("Back"))
        self.about.setVisible(self._size != "tiny" and bool(self.imports))
        self.about.say(
            "info", _("Taking a file back makes the document read as if it had never come."),
            _("Nothing is deleted: its content stays in the history, what was written since stays, and the file can "
              "count again at any time."),
        )  # fmt: skip
        self.nothing.setVisible(not self.imports)
        self.nothing.say(_("No file has been taken in yet."))
        self.grid.setVisible(bool(self.imports))
        self.grid.setAccessibleName(_("Files taken in"))
        columns = [
            Column(_("File"), 200, stretch=True),
            Column(_("Unit"), 120, stretch=True),
            Column(_("Taken in"), 130),
            Column(_("Items"), 60, right=True),
            Column(_("State"), 200, stretch=self._size == "wide"),
        ]
        if self._size != "wide":
            del columns[3]
        self.grid.put(columns, [self._line(one) for one in self.imports])
        counting, out = self._picked(counting=True), self._picked(counting=False)
        reason = show(self.session.read_only_reason) if self.session.is_open else ""
        self.back.say(_("Take back ({count})", count=len(counting)))
        self.back.refuse(reason or ("" if counting else _("Tick the files that are to be taken back.")))
        self.again.say(_("Count again ({count})", count=len(out)))
        self.again.setVisible(bool(out))
        self.again.refuse(reason)

    def _line(self, one: Import) -> Row:
        on = one.place in self.chosen
        name, unit = one_line(one.file), one_line(one.unit) or DASH
        at = f"{one.at.astimezone():%Y-%m-%d %H:%M}"
        state = _("taken into account")
        if one.taken_back is not None:
            state = _("taken back {day}", day=f"{one.taken_back.astimezone():%m-%d %H:%M}")
            if one.by:
                state = _("{state}, {who}", state=state, who=one_line(one.by))
        cells = [
            Cell(name, "check", on=on, tip=name),
            Cell(unit, tip=unit),
            Cell(at, tone="text_2"),
            Cell(str(len(one.items)), tone="text_2", right=True),
            Cell(state, "tag", tone="neutral" if one.taken_back is not None else "success", tip=state),
        ]
        if self._size != "wide":
            del cells[3]
        ticked = _("ticked") if on else _("not ticked")
        return Row(_key(one.place), tuple(cells), f"{name}, {unit}, {at}, {state}, {ticked}")

    # ---------------------------------------------------------------- choosing and doing
    def tick(self, key: str) -> None:
        """Tick a file, or no longer."""
        place = next(one.place for one in self.imports if _key(one.place) == key)
        self.chosen ^= {place}
        self.show_imports()

    def _picked(self, *, counting: bool) -> tuple[Place, ...]:
        return tuple(
            one.place for one in self.imports if one.place in self.chosen and (one.taken_back is None) == counting
        )

    def take_back(self) -> None:
        """Take the ticked files back, as one operation."""
        if places := self._picked(counting=True):
            self._do(places, back=True)

    def count_again(self) -> None:
        """Take the ticked files that were taken back into account again."""
        if places := self._picked(counting=False):
            self._do(places, back=False)

    def undo_merge(self, places: Sequence[Place]) -> None:
        """Take back what has just been merged, from wherever it was asked for."""
        self._do(tuple(places), back=True)

    def _do(self, places: Sequence[Place], *, back: bool) -> None:
        self.back.refuse(_("Being written…"))
        self.session.submit(
            take_back if back else bring_back, tuple(places), then=partial(self._done, back), failed=self._failed
        )

    def _failed(self, problem: Problem) -> None:
        self.show_imports()
        self.shell.trouble(problem)

    def _done(self, back: bool, done: TakenBack) -> None:
        self.chosen.clear()
        places = tuple(one.place for one in done.imports)
        count = len(places)
        text = _("Files taken back: {count}.", count=count) if back else _("Files that count again: {count}.",
                                                                            count=count)  # fmt: skip
        kept = tuple(dict.fromkeys(item for item, _column in done.kept))
        more = _("Written since and kept: {codes}.", codes=_(", ").join(kept[:8])) if kept else ""
        self.shell.notify(
            "success", text, more=more, action=_("Count them again") if back else "",
            run=partial(self._do, places, back=False) if back else None, key="exchange",
        )  # fmt: skip
        self.shell.refresh_badges()
        self.moved.emit(done)
        self.look()

    # ---------------------------------------------------------------- what the page asks
    def forget(self) -> None:
        self.imports = ()
        self.chosen.clear()

    def escape(self) -> bool:
        """Esc: back to the round."""
        self.left.emit()
        return True

    def areas(self) -> tuple[QWidget, ...]:
        return (self.head, self.panel)

    def keys(self) -> Sequence[tuple[str, str]]:
        return (("↑ ↓", _("choose")), ("Space", _("tick")), ("Esc", _("Back")))

    def retranslate(self) -> None:
        self.show_imports()

    def fit(self, size: Size) -> None:
        self._size = size
        px = theme().px
        edge = px(24 if size == "wide" else 16 if size == "narrow" else 8)
        self.column.setContentsMargins(edge, px(8 if size != "tiny" else 2), edge, px(14 if size != "tiny" else 6))
        self.column.setSpacing(px(10 if size != "tiny" else 4))
        self.show_imports()


def _key(place: Place) -> str:
    return f"{place[0]}\n{place[1]}"
