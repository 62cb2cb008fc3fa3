"""Finish: how complete the document is, what keeps it from being sealed, its cover page, the seal, the signature sheet.

The one primary action seals; once sealed it writes the signature sheet. Everything on the page is one step from the
question, the finding or the field it speaks of.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from assess.assessment import Changes
from assess.finishing import sealing
from assess.finishing.completeness import Completeness, completeness
from assess.finishing.cover import cover
from assess.problems import Problem
from forms import background
from forms.finishing import wording
from forms.finishing.cover_form import CoverForm
from forms.finishing.seal_panel import SealPanel
from forms.finishing.strip import Strip
from forms.finishing.tally import Tally
from forms.page import Page, Shell, Size
from forms.theme import theme
from forms.widgets.buttons import Button
from forms.widgets.panel import PageHead, Scroll
from forms.widgets.standing_head import fit_head
from forms.words import _, capital, language, show

if TYPE_CHECKING:
    from assess.assessment import Assessment
    from forms.session import Session

PAUSE = 150  # milliseconds after a change
SIDE = 372
OTHER = Qt.FocusReason.OtherFocusReason


def seal(document: Assessment) -> Changes:
    """Seal on the writer thread; what the session hands on are Changes without a cell."""
    sealing.seal(document)
    return Changes({}, (), "", document.last_saved, "seal")


def fill_cover(document: Assessment, name: str, text: str) -> Changes:
    """Fill in one field of the cover on the writer thread."""
    return document.set_cover(**{name: text})


class FinishingPage(Page):
    """The page; `state_of` is how complete the document of now is."""

    key = "finishing"

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__()
        self.session, self.shell = session, shell
        self.state_of: Completeness | None = None
        self._size: Size = "wide"
        self._soon = QTimer(self, singleShot=True, interval=PAUSE)
        self._soon.timeout.connect(self.look)
        self._build()
        session.changed.connect(self._follow)
        session.opened.connect(self.seal.forget)
        session.opened.connect(self._follow)
        session.leaving.connect(self.leave)

    # ---------------------------------------------------------------- building
    def _build(self) -> None:
        px = theme().px
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self.top = QWidget()
        self.top_column = QVBoxLayout(self.top)
        self.head_row = PageHead()
        self.paper = Button("", icon="print", run=self.ask_paper)
        self.main = Button("", "primary", icon="lock", large=True, run=self.act)
        self.head_row.add(self.paper)
        self.head_row.add(self.main)
        self.top_column.addWidget(self.head_row)
        self.whole = whole
        whole.addWidget(self.top)
        self.area = Scroll(gap=12)
        whole.addWidget(self.area, 1)
        self.strip = Strip(self.shell, self.go_cover)
        self.dimensions, self.departments = Tally(), Tally()
        self.cover = CoverForm()
        self.seal = SealPanel()
        for tally in (self.dimensions, self.departments):
            tally.went.connect(self.jump)
        self.cover.written.connect(self._write_cover)
        self.seal.reopened.connect(self.reopen)
        self.seal.asked.connect(self._show_reason)
        self.cover.filled.connect(self.go_seal)
        for field in (self.seal.name, self.seal.post):
            field.line.returnPressed.connect(self.go_seal)
        self.columns = QWidget()
        self.row = QHBoxLayout(self.columns)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(px(16))
        self.left, self.right = QVBoxLayout(), QVBoxLayout()
        for column in (self.left, self.right):
            column.setSpacing(px(12))
        self.row.addLayout(self.left, 1)
        self.right_holder = QWidget()
        self.right_holder.setLayout(self.right)
        self.right.setContentsMargins(0, 0, 0, 0)
        self.row.addWidget(self.right_holder)
        self.area.column.addWidget(self.strip)
        self.area.column.addWidget(self.columns)
        self.area.column.addStretch(1)
        self._place()

    def _place(self) -> None:
        """Wide: what is complete at the left, cover and seal at the right. Else all below each other, cover last."""
        wide = self._size == "wide"
        for part in (self.dimensions, self.departments, self.cover, self.seal):
            for column in (self.left, self.right):
                column.removeWidget(part)
        while self.left.count():
            self.left.takeAt(0)
        while self.right.count():
            self.right.takeAt(0)
        side = self.right if wide else self.left
        if not wide:
            self.left.addWidget(self.seal)
        self.left.addWidget(self.dimensions)
        if wide:
            self.left.addWidget(self.departments)
            self.right.addWidget(self.seal)
            self.right.addWidget(self.cover)
        else:
            self.left.addWidget(self.cover)
            self.left.addWidget(self.departments)
        for column in {id(self.left): self.left, id(side): side}.values():
            column.addStretch(1)
        self.right_holder.setVisible(wide)
        self.right_holder.setFixedWidth(theme().px(SIDE))

    # ---------------------------------------------------------------- looking
    def look(self) -> None:
        """Reckon how complete the document of now is, and show it if the page is looked at."""
        self._soon.stop()
        session = self.session
        if not session.is_open or session.scores is None or session.state is None:
            return
        state = session.state
        found = sealing.checked(session.framework, session.sheet, session.scores, known=state.facts)
        self.state_of = completeness(
            session.framework,
            session.sheet,
            session.scores,
            found,
            cover=cover(session.sheet, state.copy_mark),
            conflicts=state.conflicts,
        )
        if self.isVisible():
            self.refresh()

    def _follow(self, _changes: object = None) -> None:
        if self.isVisible():
            self._soon.start()

    def refresh(self) -> None:
        """Show everything as of now."""
        now = self.state_of
        if now is None or not self.session.is_open:
            return
        session, closed = self.session, self.session.standing.closed
        read_only = session.read_only_reason is not None
        mode = session.framework.modes[session.profile.mode]
        done = _("Dealt with: {done} of {all}", done=now.whole.done, all=len(now.whole.asked))
        self.head_row.say(_("Finish filling in"), f"{capital(show(mode.name))} · {done}")
        self.main.say(_("Signature sheet…") if closed else _("Seal"))
        self.main.draw("print" if closed else "lock")
        self.paper.say(_("Draft of the signature sheet…"))
        self.paper.setVisible(not closed and self._size == "wide")
        refusal = show(session.read_only_reason) if not closed else ""
        if not closed and now.blockers:
            refusal = show(now.blockers[0].text)
        self.main.refuse(refusal)
        self.strip.put(now, closed=closed, changed=session.standing.digest is None)
        self.dimensions.put(_("By dimension"), now.dimensions)
        self.departments.put(_("By leading department"), now.departments)
        self.cover.put(now.cover, show(session.locked))
        name, _unit, post, _role = session.who
        self.seal.put(session.standing, read_only=read_only, name=name, post=post)

    # ---------------------------------------------------------------- doing
    def jump(self, column: str, code: str) -> None:
        """From a count to the first question or finding behind it."""
        self.shell.go(wording.GOES_TO.get(column, "questionnaire"), code)

    def go_cover(self) -> None:
        """To the first field of the cover that is missing."""
        field = self.cover.first_missing()
        self.area.ensureWidgetVisible(field)
        field.line.setFocus(OTHER)

    def go_seal(self) -> None:
        """Enter in a field: to who seals while nobody is named, then to the primary action, once it can be pressed."""
        if not any(self.seal.signer_now()) and self.seal.signer.isVisibleTo(self.seal):
            self.area.ensureWidgetVisible(self.seal.post)
            self.seal.post.line.setFocus(OTHER)
            return
        self.cover.flush()
        self.session.wait()
        self.look()
        if self.main.isEnabled():
            self.main.setFocus(OTHER)

    def _write_cover(self, name: str, text: str) -> None:
        if self.session.is_open and self.session.locked is None:
            self.session.submit(fill_cover, name, text)

    def act(self) -> None:
        """The primary action: seal, or the signature sheet of what is sealed."""
        if self.session.standing.closed:
            self.ask_paper()
            return
        self.cover.flush()
        name, post = self.seal.signer_now()
        if not (name or post):
            self.seal.name.complain(_("A seal is signed: enter your name or your post."))
            self.area.ensureWidgetVisible(self.seal.name)
            self.seal.name.line.setFocus(OTHER)
            return
        self.seal.name.complain("")
        _name, unit, _post, role = self.session.who
        if self.session.author is None and (name, post) != (_name, _post):
            self.session.introduce(name, unit or self.session.profile.unit, post, role)
        self.session.submit(seal, then=self._sealed, failed=self._refused)

    def _sealed(self, _changes: object) -> None:
        last = self.session.standing.last
        self.look()
        state = self.session.state
        if state is not None and state.backup_trouble is not None:
            self.shell.notify("warning", _("No backup could be made."), more=state.backup_trouble.text, key="backup")
        if last is not None:
            self.shell.notify("success", _("Sealed. Digest {digest}.", digest=last.digest.printed), key="sealed")
        self.main.setFocus(OTHER)

    def _refused(self, problem: Problem) -> None:
        self.look()
        self.shell.trouble(problem)

    def _show_reason(self) -> None:
        """The field for the reason, wherever one has scrolled to."""
        self.area.settle()
        self.area.ensureWidgetVisible(self.seal.form)

    def reopen(self, reason: str) -> None:
        """Reopen the seal with a reason."""

        def taken(_changes: object) -> None:
            self.seal.done()
            self.shell.dismiss("sealed")
            self.look()
            self.main.setFocus(OTHER)

        self.session.submit(sealing.reopen, reason, then=taken, failed=lambda problem: self.seal.refused(show(problem)))

    # ---------------------------------------------------------------- the signature sheet
    def ask_paper(self) -> None:
        """Ask where the signature sheet goes, and write it."""
        name = _("{name}, signature sheet", name=self.session.path.stem)
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Signature sheet"), str(self.session.path.with_name(f"{name}.pdf")), _("PDF (*.pdf)")
        )
        if chosen:
            self.write_paper(Path(chosen if chosen.lower().endswith(".pdf") else f"{chosen}.pdf"))

    def write_paper(self, path: Path) -> None:
        """Set the sheet on a thread of its own and write it."""
        self.look()
        session, now, spoken = self.session, self.state_of, language()
        if now is None or session.scores is None:
            return
        framework, sheet, scores, standing = session.framework, session.sheet, session.scores, session.standing
        today = date.today().isoformat()  # noqa: DTZ011 - the date of the desk, as on any letter

        def work(_work: background.Work) -> Path:
            from reports.papers import signing

            return signing.write(path, framework, sheet, scores, now, standing, language=spoken, date=today)

        def written(target: Path) -> None:
            self.shell.notify("success", _("The signature sheet is written."), more=str(target), key="signature")

        background.start(work, done=written, failed=self.shell.trouble)

    # ---------------------------------------------------------------- what the frame calls
    def keys(self) -> Sequence[tuple[str, str]]:
        return (("Tab", _("next")), ("Enter", _("go there")), ("Alt+↑", _("back here")))

    def areas(self) -> Sequence[QWidget]:
        return (self.top, self.strip, self.columns)

    def enter(self, target: str | None = None) -> None:
        self.look()
        self.refresh()
        if target == "cover":
            self.go_cover()
        elif self.main.isEnabled():
            self.main.setFocus(OTHER)
        else:
            first = next((notice.link for notice in self.strip.notices if not notice.link.isHidden()), None)
            (first or self.cover.fields["filler"]).setFocus(OTHER)

    def leave(self) -> None:
        if self.session.is_open:
            self.cover.flush()

    def retranslate(self) -> None:
        self.refresh()

    def retheme(self) -> None:
        self.refresh()
        self.fit(self._size)

    def fit(self, size: Size) -> None:
        self._size = size
        tiny = size == "tiny"
        side = fit_head(self.top, self.whole, self.area, tiny=tiny)
        self.area.column.setContentsMargins(side, 0, side, theme().px(14))
        for tally in (self.dimensions, self.departments):
            tally.fit(tiny=tiny)
        self.cover.fit(columns=1 if tiny or size == "wide" else 2)
        self._place()
        self.refresh()


def make(session: Session, shell: Shell) -> Page:
    """The page of the frame."""
    return FinishingPage(session, shell)
