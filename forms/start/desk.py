"""The desk: opening, creating and closing documents, the recent list, and what the user has chosen to see."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from assess.problems import Problem
from forms import words
from forms.dialogs import unsaved
from forms.session import Session
from forms.settings import Recent, RecentList, Settings, documents
from forms.start.naming import SUFFIX, free_path, last_folder, same
from forms.start.page import StartPage
from forms.theme import system_theme, theme
from forms.words import _, show

if TYPE_CHECKING:
    from assess.answers import Profile
    from assess.assessment import Assessment, Changes
    from assess.earlier.last_period import Brought, LastPeriod
    from assess.framework.model import Framework
    from assess.samples.cities import SampleCity
    from forms.guide.desk import GuideDesk

LOST = ("store.damaged", "store.missing", "store.not-ours", "store.unfinished")
PASSPHRASE = ("store.passphrase-needed", "store.wrong-passphrase")


class Desk(QObject):
    """Everything about files. `start` is the start page, which speaks to the desk and to nothing else."""

    front_wanted = Signal()
    work_wanted = Signal()
    language_chosen = Signal()
    copied = Signal(str)
    brought = Signal(object)
    """What of last period stands beside the questions of the open document now."""
    restored = Signal(str)
    """Path of the file that a kept state was restored to."""

    def __init__(self, window: QWidget, session: Session, settings: Settings, recent: RecentList) -> None:
        super().__init__(window)
        self.window_, self.session, self.settings, self.recent = window, session, settings, recent
        session.who = (settings.author_name, settings.author_unit, settings.author_post, settings.author_role)
        session.author_wanted.connect(self.ask_author)
        self.start = StartPage(self)
        self._to_bring: tuple[Path, LastPeriod] | None = None
        self.help: GuideDesk | None = None  # the window gives it
        session.opened.connect(self.remember)
        session.opened.connect(self._bring_now)
        session.closed.connect(self.start.refresh)

    # ---------------------------------------------------------------- opening
    def open_path(self, path: str, passphrase: str | None = None) -> None:
        """Open a document; asks for a passphrase where one is needed, and says in place what went wrong."""
        where = Path(path)
        if self.session.is_open and same(where, self.session.path):
            self.work_wanted.emit()
            return
        if not unsaved.may_leave(self.session, self.window_, self.ask_copy):
            return
        self.start.notices.dismiss("trouble")
        self.remember()
        self.session.open(where, passphrase=passphrase, failed=lambda problem: self._not_opened(where, problem))

    def _not_opened(self, where: Path, problem: Problem) -> None:
        if problem.code in PASSPHRASE:
            self._ask_passphrase(where, wrong=show(problem.text) if problem.code == PASSPHRASE[1] else "")
            return
        self.start.refresh()
        if problem.code in LOST and self.start.isVisible():
            from assess.store import backup

            kept = backup.of_damaged(where)
            if kept:
                action = _("Restore the newest state kept")
                self.start.complain(problem, action=action, run=lambda: self.restore(where, kept))
                return
        self.complain(problem)

    def _ask_passphrase(self, where: Path, wrong: str, then: Callable[[str], object] | None = None) -> None:
        from forms.dialogs.passphrase import PassphraseDialog

        dialog = PassphraseDialog(where.name, wrong, self.window_)
        dialog.given.connect(then or (lambda passphrase: self.open_path(str(where), passphrase)))
        dialog.open()

    def reopen(self) -> None:
        """Try to open the document for writing that could only be read when it was opened."""
        if self.session.is_open:
            where = self.session.path
            self.session.open(where, failed=lambda problem: self._not_opened(where, problem))

    def restore(self, where: Path, kept: Sequence[Path], passphrase: str | None = None) -> None:
        """Write the newest kept state that is sound to a new file and open it; the damaged one stays as it is."""
        from assess.store import backup

        target = free_path(where.parent, _("{name} restored", name=where.stem))
        damaged = where if where.exists() else None
        last: Problem | None = None
        for one in kept:
            try:
                backup.restore(one, target, passphrase, damaged)
            except Problem as problem:
                if problem.code in PASSPHRASE:
                    wrong = show(problem.text) if problem.code == PASSPHRASE[1] else ""
                    self._ask_passphrase(one, wrong, lambda given: self.restore(where, kept, given))
                    return
                last = problem
                continue
            self.start.notices.dismiss("trouble")
            self.session.open(target, passphrase=passphrase, failed=self.complain)
            self.session.wait()
            self.restored.emit(str(target))
            return
        if last is not None:
            self.complain(last)

    # ---------------------------------------------------------------- last period
    def read_last(self, path: Path, then: Callable[[LastPeriod], object], passphrase: str | None = None) -> None:
        """Read the document of last period, asking for its passphrase where it has one; `then` gets it."""
        from assess.earlier import last_period

        try:
            last = last_period.read(path, passphrase)
        except Problem as problem:
            if problem.code not in PASSPHRASE:
                self.complain(problem)
                return
            wrong = show(problem.text) if problem.code == PASSPHRASE[1] else ""
            self._ask_passphrase(path, wrong, lambda given: self.read_last(path, then, given))
            return
        then(last)

    def begin_with(self, path: str) -> None:
        """The steps of a new assessment, filled from a file of last period."""
        self.new_document()
        steps = self.start.steps
        if steps is not None:
            self.read_last(Path(path), steps.begin_with)

    def bring(self, last: LastPeriod) -> None:
        """Put the answers of last period beside the questions of the open document; `brought` follows."""
        from assess.earlier import last_period

        told: list[Brought] = []

        def job(document: Assessment) -> Changes:
            changes, found = last_period.bring(document, last)
            told.append(found)
            return changes

        self.session.submit(job, then=lambda _changes: self.brought.emit(told[0]))

    def _bring_now(self) -> None:
        """A new document is open: the answers of last period that it was begun with come to stand beside."""
        wanted, self._to_bring = self._to_bring, None
        if wanted is not None and same(wanted[0], self.session.path):
            self.bring(wanted[1])

    def complain(self, problem: Problem) -> None:
        """Show a Problem where the user is looking: on the page or on the start page."""
        self.session.failed.emit(problem) if self.session.is_open else self.start.complain(problem)

    def ask_open(self) -> None:
        """Choose a file and open it."""
        chosen, _kind = QFileDialog.getOpenFileName(
            self.window_, _("Open a file"), str(last_folder(self.recent)), _("Assessment documents (*.zhd)")
        )
        if chosen:
            self.open_path(chosen)

    # ---------------------------------------------------------------- creating
    def new_document(self) -> None:
        """The steps of a new assessment."""
        self.front_wanted.emit()
        self.start.show_new()

    def show_samples(self, *, practice: bool = False) -> None:
        """The ten sample cities, to look at or to practice on."""
        self.front_wanted.emit()
        self.start.show_samples(practice=practice)

    def back(self) -> None:
        """Leave the steps or the samples: to the open document, or to the front."""
        self.start.show_front()
        if self.session.is_open:
            self.work_wanted.emit()

    def create(
        self,
        path: Path,
        framework: Framework,
        profile: Profile,
        *,
        passphrase: str | None = None,
        cells: Mapping[tuple[str, str], Any] | None = None,
        last: LastPeriod | None = None,
        failed: Callable[[Problem], None] | None = None,
    ) -> None:
        """Create a document and open it; `last` is the document of last period to stand beside it."""
        if not unsaved.may_leave(self.session, self.window_, self.ask_copy):
            return
        self.remember()
        self._to_bring = (path, last) if last is not None else None
        self.session.create(
            path, framework, profile, passphrase=passphrase, cells=cells, failed=failed or self.complain
        )

    def open_sample(self, city: SampleCity, folder: Path | None = None) -> None:
        """A copy of a sample city, in the documents folder unless another is chosen."""
        from assess.framework.read import builtin

        path = free_path(folder or documents(), city.profile.unit)
        self.create(path, builtin(), city.profile, cells=city.cells)

    def open_practice(self, city: SampleCity | None) -> None:
        """A practice document: a copy of a sample city, or a blank one. It stays out of every library."""
        from assess.answers import Profile
        from assess.framework.read import builtin

        if city is None:
            unit = _("Practice")
            profile, cells = Profile(unit=unit, mode="training"), None
        else:
            unit = _("Practice: {unit}", unit=city.profile.unit)
            profile = replace(city.profile, unit=unit, mode="training")
            cells = {cell: value for cell, value in city.cells.items() if cell[0] != "@status"}
        self.create(free_path(documents(), unit), builtin(), profile, cells=cells)

    # ---------------------------------------------------------------- the open document
    def ask_copy(self) -> None:
        """Write the whole document as another file; the one that is open stays open."""
        name = _("{name}, copy", name=self.session.path.stem) + SUFFIX
        chosen, _kind = QFileDialog.getSaveFileName(
            self.window_,
            _("Save a copy as"),
            str(self.session.path.with_name(name)),
            _("Assessment documents (*.zhd)"),
        )
        if not chosen:
            return
        target = Path(chosen if chosen.endswith(SUFFIX) else chosen + SUFFIX)
        if self.session.encrypted:
            from forms.dialogs.passphrase import PassphraseDialog

            dialog = PassphraseDialog(target.name, "", self.window_, new=True)
            dialog.given.connect(lambda passphrase: self.save_copy(target, passphrase))
            dialog.open()
        else:
            self.save_copy(target)

    def save_copy(self, target: Path, passphrase: str | None = None) -> None:
        """Write the copy; `copied` follows. A document with a passphrase is never copied without one."""

        def done(left_out: int) -> None:
            self.session.kept_elsewhere = self.session.waiting
            told = _("{path} (without {count} attachments, which could not be read)", path=target, count=left_out)
            self.copied.emit(told if left_out else str(target))

        self.session.ask("save_copy", target, passphrase, then=done)

    def close_document(self) -> None:
        """Close the file; everything is saved already, or it is asked about."""
        if self.session.is_open and unsaved.may_leave(self.session, self.window_, self.ask_copy):
            self.remember()
            self.session.close()

    def remember(self) -> None:
        """Note in the recent list how far the open document is."""
        session = self.session
        if not session.is_open:
            return
        profile, progress = session.profile, session.progress
        self.recent.remember(
            Recent(
                path=str(session.path),
                unit=profile.unit,
                year=profile.year,
                mode=profile.mode,
                role=profile.role,
                answered=progress.answered if progress else 0,
                total=progress.total if progress else 0,
                at=session.now().isoformat(timespec="minutes"),
            )
        )

    def ask_author(self) -> None:
        """Who works on this machine and in which role; kept, and in force at once."""
        from forms.dialogs.author import AuthorDialog

        known = self.settings
        dialog = AuthorDialog(known.author_name, known.author_unit, known.author_post, known.author_role, self.window_)
        dialog.chosen.connect(self._take_author)
        dialog.open()

    def _take_author(self, name: str, unit: str, post: str, role: str) -> None:
        self.settings = replace(self.settings, author_name=name, author_unit=unit, author_post=post, author_role=role)
        self.settings.keep()
        self.session.introduce(name, unit, post, role)

    def about(self) -> None:
        from forms.dialogs.about import AboutDialog

        AboutDialog(self.window_).open()

    # ---------------------------------------------------------------- the guide
    def open_guide(self) -> None:
        """The guide, at the page of what is shown."""
        if self.help is not None:
            self.help.ask_page()

    def start_tour(self) -> None:
        if self.help is not None:
            self.help.start_tour()

    def refuse_tour(self) -> None:
        """The start page does not offer the tour again."""
        if self.help is not None:
            self.help.keep_offer(False)

    # ---------------------------------------------------------------- what is chosen to see
    def choose_theme(self, name: str) -> None:
        """A theme by name; "" follows the system."""
        self.settings = replace(self.settings, theme=name)
        self.settings.keep()
        theme().choose(name or system_theme())

    def follow_system(self) -> None:
        """The system has changed between light and dark: go with it unless a theme was chosen."""
        if not self.settings.theme:
            theme().choose(system_theme())

    def choose_language(self, chosen: str) -> None:
        self.settings = replace(self.settings, language=chosen)
        self.settings.keep()
        words.speak(chosen)
        self.language_chosen.emit()

    def choose_scale(self, scale: float) -> None:
        self.settings = replace(self.settings, scale=scale)
        self.settings.keep()
        theme().choose(scale=scale)
