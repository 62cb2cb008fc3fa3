"""Check: what must be dealt with, what is worth a look, hints and explained findings, each one step from its question.

The rules run a moment after an answer is saved, never while it is typed. What is solved keeps its row, ticked, until
the page is left for another one than the question.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from assess import walk
from assess.checks.result import Found
from assess.checks.table import FORMATS, explanation, write
from assess.finishing import sealing
from assess.problems import Problem
from forms.findings import wording
from forms.findings.entries import Entry, Group, Visit, count, unwritten
from forms.findings.listing import Listing
from forms.findings.row import Row
from forms.findings.top import ALL, Top
from forms.page import Page, Shell, Size
from forms.theme import theme
from forms.widgets.labels import Text
from forms.widgets.notice import Glyph
from forms.widgets.panel import Scroll
from forms.widgets.standing_head import fit_head
from forms.words import _, language, show

if TYPE_CHECKING:
    from forms.session import Session

PAUSE = 80  # milliseconds after a change
LATER = 3000  # milliseconds after opening a large document: the outline has it checked beside the window first
MANY = 300  # items above which the check waits until the score of the answer is shown
FILTERS: tuple[str, ...] = (ALL, "error", "warning", "explained")


class FindingsPage(Page):
    """The page; `found` is what the rules say of the sheet of now."""

    key = "findings"

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__()
        self.session, self.shell = session, shell
        self.found: tuple[Found, ...] = ()
        self.entries: tuple[Entry, ...] = ()
        self.filter = ALL
        self._visit = Visit()
        self._jumped = False
        self._size: Size = "wide"
        self._side = theme().px(24)
        self._soon = QTimer(self, singleShot=True, interval=PAUSE)
        self._soon.timeout.connect(self.check)
        self._build()
        session.opened.connect(self._reopen)
        session.changed.connect(self._follow)
        session.closed.connect(self._forget)
        if session.is_open:
            self._wait()

    # ---------------------------------------------------------------- building
    def _build(self) -> None:
        px = theme().px
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.top = Top()
        self.top.filtered.connect(self._choose)
        self.top.exporting.connect(self.ask_list)
        self.top.to_first.connect(self.go_first)
        self.top.to_finish.connect(self.go_finish)
        self.top.to_blank.connect(self.go_blank)
        self.head_row, self.segments, self.strip = self.top.head_row, self.top.segments, self.top.strip
        self.export, self.first, self.finish = self.top.export, self.top.first, self.top.finish
        self.area = Scroll(gap=12)
        self.area.verticalScrollBar().rangeChanged.connect(self._margins)
        self.list = Listing()
        self.list.went.connect(self.jump)
        self.list.explained.connect(self.explain)
        self.list.moved.connect(self._reveal)
        self.nothing = QWidget()
        row = QHBoxLayout(self.nothing)
        row.setContentsMargins(px(16), px(32), px(16), px(32))
        row.setSpacing(px(12))
        self.nothing_words = Text("", "heading")
        row.addWidget(Glyph("done", "success", 24), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.nothing_words, 1)
        self.area.column.addWidget(self.nothing)
        self.area.column.addWidget(self.list)
        self.area.column.addStretch(1)
        self.column.addWidget(self.top)
        self.column.addWidget(self.area, 1)

    # ---------------------------------------------------------------- checking
    def check(self) -> None:
        """Run the rules on the sheet of now, count, and show if the page is looked at."""
        self._soon.stop()
        session = self.session
        if not session.is_open:
            return
        facts = session.state.facts if session.state is not None else None
        self.found = sealing.checked(session.framework, session.sheet, session.scores, known=facts)
        if self.isVisible():
            self.refresh()
        self.shell.refresh_badges()

    def _follow(self, _changes: object = None) -> None:
        if self.isVisible() and len(self.session.framework.indicators) <= MANY:
            self.check()
        else:
            self._soon.start(0 if self.isVisible() else PAUSE)

    def _reopen(self) -> None:
        self._forget()
        self._wait()

    def _wait(self) -> None:
        self._soon.start(PAUSE if len(self.session.framework.indicators) <= MANY else LATER)

    def _forget(self) -> None:
        self._soon.stop()
        self.found, self.entries = (), ()
        self.filter, self._jumped = ALL, False
        self._visit.forget()
        self.list.empty()
        self.list.key = None

    def open_items(self) -> list[str]:
        """Items not answered yet, in order."""
        states = walk.states(self.session.framework, self.session.sheet)
        return [code for code, state in states.items() if state == "unanswered"]

    # ---------------------------------------------------------------- showing
    def refresh(self) -> None:
        """Show the findings of now, with what has been solved since the page was entered."""
        session = self.session
        if not session.is_open:
            return
        order = {code: place for place, code in enumerate(session.framework.indicators)}
        rules = {rule: place for place, rule in enumerate(session.framework.checks)}
        self.entries = self._visit.entries(self.found, order, rules)
        self.list.put(
            session.framework, self.entries, self._explanation, self._locked(), self._only(),
            lambda entry: wording.lead(session.framework, session.sheet, entry.found),
        )  # fmt: skip
        self._head()

    def _only(self) -> Group | None:
        for group in ("error", "warning", "explained"):
            if self.filter == group:
                return group
        return None

    def _locked(self) -> str:
        return show(self.session.locked)

    def _explanation(self, entry: Entry) -> str:
        """What has been written: at the item, or at another item of the finding that explains it."""
        found, sheet = entry.found, self.session.sheet
        return explanation(sheet, found)

    def _head(self) -> None:
        blank, errors = len(self.open_items()), count(self.entries, "error")
        self.top.show_counts(self.entries, blank, self.filter)
        finishing = self.shell.has("finishing")
        self.top.show_actions(errors=bool(errors), reachable=self._first() is not None, finishing=finishing)
        self.top.show_strip(self.entries, blank=bool(blank))
        nothing = not self.entries
        self.nothing.setVisible(nothing)
        self.nothing_words.say(
            _("Nothing was found in what is answered.") if blank else _("Nothing was found; it can be handed in.")
        )
        self.list.setVisible(not nothing)

    def _margins(self) -> None:
        """The list ends where the head ends, whether or not there is a scroll bar beside it."""
        bar = self.area.verticalScrollBar()
        right = self._side - (bar.sizeHint().width() if bar.maximum() > 0 else 0)
        self.area.column.setContentsMargins(self._side, 0, max(right, 0), theme().px(14))

    def _choose(self, key: str) -> None:
        self.filter = key
        self.refresh()

    def _reveal(self, widget: QWidget | None) -> None:
        if widget is None:
            return
        self.area.settle()
        self.area.ensureWidgetVisible(widget, 0, theme().px(24))

    def _top(self) -> None:
        """The head of the page, however small the window: half a title is worse than half a row."""
        self.area.verticalScrollBar().setValue(0)

    # ---------------------------------------------------------------- doing
    def _first(self) -> Entry | None:
        for group in ("error", "warning"):
            for entry in self.entries:
                if entry.group == group and entry.mark == "open" and wording.reachable(entry.found):
                    return entry
        return None

    def go_first(self) -> None:
        """The first thing that must be dealt with, else the first worth checking."""
        entry = self._first()
        if entry is not None:
            self.list.choose(entry.key)
            self.jump(entry.found.target)

    def go_blank(self) -> None:
        """To the first question that is not answered."""
        blank = self.open_items()
        if blank:
            self.jump(blank[0])

    def go_finish(self) -> None:
        """To the page that says how complete the document is and seals it."""
        self.shell.go("finishing")

    def ask_list(self) -> None:
        """Ask where the list of findings and explanations for the review goes, and write it."""
        name = _("{name}, findings", name=self.session.path.stem)
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("List of findings"), str(self.session.path.with_name(f"{name}.xlsx")),
            _("Workbook (*.xlsx);;CSV (*.csv)"),
        )  # fmt: skip
        if chosen:
            self.write_list(Path(chosen if chosen.lower().endswith(FORMATS) else f"{chosen}.xlsx"))

    def write_list(self, path: Path) -> None:
        """Write all findings of now, explained ones with their explanations, as a workbook or a CSV file."""
        self.check()
        try:
            write(path, self.session.framework, self.session.sheet, self.found, language=language())
        except Problem as problem:
            self.shell.trouble(problem)
        else:
            self.shell.notify("success", _("The list of findings is written."), more=str(path), key="findings-list")

    def jump(self, target: str) -> None:
        """Go to a question, or to the part of the document; coming back, the same row has the focus."""
        self._jumped = True
        self.shell.go(*wording.page(target))

    def explain(self, entry: Entry, text: str, everywhere: bool = False) -> None:
        """Save an explanation, or take it back with an empty text.

        `everywhere` writes it at every item with the same open finding where nothing has been written yet, in one
        operation that is undone as one.
        """
        if self._locked():
            return
        if not everywhere:
            self.session.submit("explain", entry.found.explained_at, text)
            return
        alike = unwritten(self.entries, self._explanation).get(entry.found.rule, ())
        places = {one.found.explained_at for one in alike}
        cells = {(place, "explanation"): text for place in sorted({*places, entry.found.explained_at})}
        self.session.submit("set_cells", cells, "explanation")

    # ---------------------------------------------------------------- what the frame calls
    def badge(self) -> int:
        """Errors that somebody made. What has merely not been answered yet is progress, and no reason to raise a red
        number over a fresh document; the page itself names it."""
        return sum(one.severity == "error" and one.open and not self._blank(one) for one in self.found)

    def _blank(self, found: Found) -> bool:
        """Whether a finding is about one item without any answer."""
        if not found.code or not self.session.is_open:
            return False
        return walk.in_force(self.session.framework, self.session.sheet, found.code)[1] is None

    def keys(self) -> Sequence[tuple[str, str]]:
        return (
            ("↑ ↓", _("move")),
            ("Enter", _("go there")),
            ("S", _("write an explanation")),
            ("Alt+↑", _("back here")),
        )

    def areas(self) -> Sequence[QWidget]:
        return (self.top, self.list if not self.list.isHidden() else self.nothing)

    def enter(self, target: str | None = None) -> None:
        if not self._jumped:
            self._visit.forget()
        self._jumped = False
        self.check()
        self.refresh()
        if target is not None:
            key = next((entry.key for entry in self.entries if entry.found.code == target), None)
            if key is not None:
                self.list.choose(key)
        if not self.list.take_focus():
            self.strip.link.setFocus(Qt.FocusReason.OtherFocusReason)
        row = self.list.row()
        if row is not None:
            first = target is None and row is next(iter(self.list.rows.values()), None)
            QTimer.singleShot(0, row, self._top if first else lambda: self._reveal(row))

    def leave(self) -> None:
        for entry, text in self.list.unsaved():
            self.explain(entry, text)
        for row in self.findChildren(Row):
            row.close_editor()
        if not self._jumped:
            self._visit.forget()

    def retranslate(self) -> None:
        self.list.setAccessibleName(_("Findings"))
        self.segments.setAccessibleName(_("Which findings are shown"))
        self.list.empty()
        self.refresh()

    def retheme(self) -> None:
        self.list.empty()
        self.refresh()
        self.fit(self._size)

    def fit(self, size: Size) -> None:
        """Wide: the head stands still above the list. Tiny: everything scrolls, the filter under the title."""
        self._size = size
        self._side = fit_head(self.top, self.column, self.area, tiny=size == "tiny")
        self._margins()
        self.top.fit(size)
        self.list.fit(size)


def make(session: Session, shell: Shell) -> Page:
    """The check page of the frame."""
    return FindingsPage(session, shell)
