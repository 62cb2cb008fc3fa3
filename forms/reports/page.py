"""Report: sections and sentences to choose from, the real pages beside them, export in the background."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assess.problems import Problem
from forms import background, peers
from forms.page import Page, Shell, Size
from forms.reports.edits import Edits
from forms.reports.export_dialog import ExportDialog
from forms.reports.making import Entry, Made, Wish, find_places, write
from forms.reports.making import make as make_report
from forms.reports.naming import default_name
from forms.reports.parts import LeftPart, MiddlePart, RightPart, show_file
from forms.theme import theme
from forms.widgets.segments import Segments
from forms.words import _, language
from reports.options import SECTIONS, Options

if TYPE_CHECKING:
    from forms.session import Session

LEFT, RIGHT = 248, 344
SOON = 300
KINDS = {
    "full": frozenset[str](),
    "summary": frozenset(SECTIONS) - {"summary"},
    "benchmark": frozenset(SECTIONS) - {"cover", "peers", "method", "provenance"},
}


class ReportsPage(Page):
    """The page. `made` is the report shown; while another is set, the old one stays."""

    key = "reports"

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__()
        self.session, self.shell = session, shell
        self.made: Made | None = None
        self.edits = Edits()
        self.off: frozenset[str] = frozenset()
        self._size: Size = "wide"
        self._setting: background.Work | None = None
        self._writing: background.Work | None = None
        self._folder: Path | None = None
        self._shown = False
        self._stale = True
        works: list[background.Work] = []
        self._works = works
        self.destroyed.connect(lambda: stop(works))
        self._timer = QTimer(self, singleShot=True, interval=SOON)
        self._timer.timeout.connect(self.set_anew)
        self._build()
        session.opened.connect(self._start_over)
        session.closed.connect(self._start_over)
        session.changed.connect(self.soon)
        peers.of(session).changed.connect(self.soon)

    # ---------------------------------------------------------------- building
    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.tabs = Segments()
        self.tabs.chosen.connect(lambda _key: self._arrange())
        self.tab_row = QWidget()
        tab_row = QHBoxLayout(self.tab_row)
        tab_row.setContentsMargins(theme().px(12), theme().px(4), theme().px(12), theme().px(4))
        tab_row.addWidget(self.tabs)
        tab_row.addStretch(1)
        outer.addWidget(self.tab_row)
        row = QHBoxLayout()
        row.setSpacing(0)
        self.left, self.middle, self.right = LeftPart(), MiddlePart(), RightPart()
        row.addWidget(self.left)
        row.addWidget(self.middle, 1)
        row.addWidget(self.right)
        outer.addLayout(row, 1)
        self.sections, self.sentences, self.settings = self.left.sections, self.right.sentences, self.right.settings
        self.preview, self.kinds, self.notice = self.middle.preview, self.middle.kinds, self.middle.notice
        self.out, self.empty, self.progress_row = self.middle.out, self.middle.empty, self.middle.progress_row
        self.sections.ticked.connect(self._tick)
        self.sections.chosen.connect(self._choose_section)
        self.kinds.chosen.connect(self._choose_kind)
        self.sentences.changed.connect(self._edit)
        self.settings.changed.connect(self.soon)
        self.out.clicked.connect(self.export)
        self.middle.stop.clicked.connect(self.cancel)
        for keys, run in (("Ctrl+E", self.export), ("PgDown", self.middle.onward), ("PgUp", self.middle.backward)):
            QShortcut(QKeySequence(keys), self, run, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # ---------------------------------------------------------------- the report
    def wish(self) -> Wish | None:
        """What is asked for now; None while there is nothing to report on."""
        session = self.session
        if not session.is_open or session.scores is None:
            return None
        framework, scores = session.framework, session.scores
        standing = peers.of(session).standing(framework, session.profile, scores)
        tongue = self.settings.chosen_language()
        options = Options(
            off_sections=self.off,
            off_sentences=self.edits.off,
            edited=self.edits.words(),
            marking=("Internal" if tongue == "en" else "内部") if self.settings.marking.isChecked() else "",
            rank=self.settings.rank.isChecked(),
            compiled_by=self.settings.by.text().strip(),
            digest=session.standing.whole,
            changed_since=session.standing.since,
        )
        return Wish(framework, session.sheet, scores, standing.position, tongue, self.settings.day(), options)

    def why_not(self) -> str:
        """Why there is no report now; empty where there can be one."""
        scores = self.session.scores
        if not self.session.is_open or scores is None:
            return _("No assessment is open.")
        if scores.suspended:
            return _("The assessment is suspended by a red line; nothing may be exported until it is cleared.")
        if all(item.given == "unanswered" or item.state == "out" for item in scores.items.values()):
            return _("Nothing has been answered yet, so there is nothing to report. Answer first, then come back.")
        return ""

    def soon(self, _moved: object = None) -> None:
        """Set the report anew in a moment, if anybody is looking; else when the page is shown."""
        self._stale = True
        if self._shown:
            self._look_empty()
            self._timer.start()

    def set_anew(self) -> None:
        """Set the report anew in the background; the old pages stay until then."""
        wish = self.wish()
        self._timer.stop()
        if wish is None or self.why_not():
            self._look_empty()
            return
        if self._setting is not None:
            self._setting.cancel()
        self._stale = False
        self.middle.busy(_("Setting the pages…"), 0, 2)
        self._setting = background.start(
            lambda work: make_report(wish, work), done=self._take, failed=self._fail, progress=self.middle.advance
        )
        self._works[:] = [work for work in self._works if work.running] + [self._setting]

    def _take(self, made: Made) -> None:
        self._setting = None
        self.made = made
        self._rest()
        self.sections.put(made.entries, self.off)
        self.preview.put(made.pages)
        self.left.say(len(made.pages))
        self._look_empty()
        entry = self.sections.entry()
        if entry is not None:
            self._show_sentences(entry)
        finding = background.start(lambda work: find_places(made, work), done=self._place)
        self._works[:] = [*(work for work in self._works if work.running), finding]

    def _place(self, made: Made) -> None:
        """The pages of the headings are known: go to that of the section chosen, unless somebody has turned pages."""
        if self.made is None or made.report is not self.made.report:
            return
        self.made = made
        entry = self.sections.entry()
        if entry is not None and self.preview.number <= 1:
            self._choose_section(entry)

    def _fail(self, problem: Problem) -> None:
        self._setting = self._writing = None
        self._rest()
        self.middle.tell_problem(lambda notice: notice.problem(problem))

    def _look_empty(self) -> None:
        reason = self.why_not()
        self.empty.say(reason)
        self.empty.setVisible(bool(reason))
        self.preview.setVisible(not reason)
        self.out.refuse(reason)

    def _rest(self) -> None:
        if self._setting is None and self._writing is None:
            self.progress_row.hide()

    def cancel(self) -> None:
        """Stop setting pages or writing files."""
        for work in (self._setting, self._writing):
            if work is not None:
                work.cancel()
        self._setting = self._writing = None
        self._rest()

    # ---------------------------------------------------------------- choices
    def _tick(self, off: frozenset[str]) -> None:
        self.off = off
        self.kinds.choose(next((kind for kind, parts in KINDS.items() if parts == off), "full"))
        self.soon()

    def _choose_kind(self, kind: str) -> None:
        self.off = KINDS[kind]
        if self.made is not None:
            self.sections.put(self.made.entries, self.off)
        self.soon()

    def _choose_section(self, entry: Entry) -> None:
        self._show_sentences(entry)
        if self.made is None:
            return
        number = 1 if entry.section == "cover" else self.made.places.get(entry.anchor, 0)
        if number:
            self.preview.go(number)

    def _show_sentences(self, entry: Entry) -> None:
        self.sentences.put(entry.sentences, self.edits)
        self.right.count_sentences(entry.sentences, self.edits)

    def _edit(self, edits: Edits) -> None:
        self.edits = edits
        entry = self.sections.entry()
        if entry is not None:
            self.right.count_sentences(entry.sentences, self.edits)
            for card in self.sentences.cards:
                card.show_state(edits)
        self.soon()

    # ---------------------------------------------------------------- export
    def export(self) -> None:
        """Ask where to, then write in the background."""
        wish = self.wish()
        if wish is None or self.why_not():
            return
        name = default_name(self.session.profile.unit, wish.date)
        dialog = ExportDialog(self._folder or self.session.path.parent, name, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.write(dialog.paths()))
        dialog.open()

    def write(self, paths: Sequence[Path]) -> None:
        """Write the report of now to these files in the background."""
        wish = self.wish()
        if wish is None or not paths:
            return
        self._folder = paths[0].parent
        self.middle.busy(_("Writing the report…"), 0, len(paths))
        self._writing = background.start(
            lambda work: write(wish, paths, work), done=self._written, failed=self._fail, progress=self.middle.advance
        )
        self._works[:] = [work for work in self._works if work.running] + [self._writing]

    def _written(self, paths: Sequence[Path]) -> None:
        self._writing = None
        self._rest()
        self.middle.tell_written(paths, show_file)

    # ---------------------------------------------------------------- what the frame calls
    def _start_over(self) -> None:
        self.cancel()
        self.made = None
        self.edits, self.off = Edits(), frozenset()
        self.sections.put((), frozenset())
        self.sentences.put((), self.edits)
        self.preview.put(())
        self.notice.hide()
        self._begin()
        if self._shown and self.session.is_open:
            self.soon()

    def _begin(self) -> None:
        if self.session.is_open:
            day = self.session.now().date()
            self.settings.start(language(), day, self.session.profile.compiled_by)
            self.kinds.choose("full")

    def enter(self, target: str | None = None) -> None:
        self._shown = True
        if self.made is None and self._setting is None:
            self._begin()
        if target in KINDS:
            self.kinds.choose(str(target))
            self.off = KINDS[str(target)]
            self._stale = True
        self._look_empty()
        if self._stale:
            self.set_anew()

    def leave(self) -> None:
        self._shown = False

    def keys(self) -> Sequence[tuple[str, str]]:
        return (
            ("↑ ↓", _("next sentence")),
            ("Space", _("on or off")),
            ("F2", _("change the words")),
            ("PgUp PgDn", _("page")),
            ("Ctrl+E", _("export")),
        )

    def areas(self) -> Sequence[QWidget]:
        return [part for part in (self.sections, self.middle.tools, self.preview, self.right) if part.isVisible()]

    def retranslate(self) -> None:
        self.tabs.setAccessibleName(_("Part of the page"))
        self.tabs.offer(
            (("sections", _("Sections")), ("preview", _("Preview")), ("sentences", _("Sentences"))), "preview"
        )
        self.middle.retranslate()
        self.right.retranslate()
        self.left.say(len(self.made.pages) if self.made else 0)
        self.settings.retranslate()
        self._look_empty()
        entry = self.sections.entry()
        if entry is not None:
            self._show_sentences(entry)

    def retheme(self) -> None:
        self.fit(self._size)
        self.preview.lay()

    def fit(self, size: Size) -> None:
        self._size = size
        self._arrange()

    def _arrange(self) -> None:
        """Three columns; without room for them the sentences, then one part at a time."""
        px = theme().px
        wide, tiny = self._size == "wide", self._size == "tiny"
        self.tab_row.setVisible(not wide)
        tab = self.tabs.key or "preview"
        self.left.setVisible(wide or tab == "sections")
        self.right.setVisible(wide or tab == "sentences")
        self.middle.setVisible(wide or tab == "preview")
        for part, width in ((self.left, LEFT), (self.right, RIGHT)):
            if wide:
                part.setFixedWidth(px(width))
            else:
                part.setMinimumWidth(0)
                part.setMaximumWidth(16777215)
        self.kinds.setVisible(not tiny)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.progress_row.isVisible():
            self.cancel()
            return
        super().keyPressEvent(event)


def stop(works: Sequence[background.Work]) -> None:
    """Cancel what is under way: nothing may come back to a page that is gone."""
    for work in works:
        work.cancel()


def make(session: Session, shell: Shell) -> Page:
    """The report page of the frame."""
    return ReportsPage(session, shell)
