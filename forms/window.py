"""The window: rail, header, pages, status bar; before a document is open, the start page.

It is the `Shell` that pages know (`forms/page.py`), it takes the session's signals to the header, and it holds what
works everywhere: F6 between areas, Ctrl+1…8 pages, Ctrl+F search, Ctrl+Z and Ctrl+Y, F1, and the breakpoints.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from assess.language import Message
from assess.problems import Problem
from forms import background, pages, trouble
from forms.dialogs import secrecy, unsaved
from forms.frame import menus, shortcuts
from forms.frame.areas import next_area
from forms.frame.comfort import Comfort
from forms.frame.find import Find
from forms.frame.header import Header
from forms.frame.rail import Rail
from forms.frame.status import Status
from forms.guide.desk import GuideDesk
from forms.icon import app_icon
from forms.page import NoticeKind, Page, Size
from forms.session import Session
from forms.settings import RecentList, Settings
from forms.start.desk import Desk
from forms.theme import Theme, theme, tokens
from forms.widgets import popover
from forms.widgets.notices import Notices
from forms.widgets.tab_order import step
from forms.widgets.watermark import Watermark
from forms.words import _, language, show

SETTLED = 400  # milliseconds after opening
LARGE = 240  # logical pixels that words need beyond their share when letters are 100 % larger


class Window(QMainWindow):
    """One window with one session. `desk` opens, creates and closes documents; pages are made when first shown."""

    def __init__(self, session: Session, settings: Settings, recent: RecentList) -> None:
        super().__init__()
        self.session = session
        self.places = pages.places()
        self._pages: dict[str, Page] = {}
        self._old_words: set[str] = set()
        self._old_look: set[str] = set()
        self._size: Size = "wide"
        self._current = ""
        self._came_from = ""
        self.setWindowIcon(app_icon())
        self.setAcceptDrops(True)
        self.setMinimumSize(480, 320)
        self.desk = Desk(self, session, settings, recent)
        self.desk.front_wanted.connect(self._show_front)
        self.desk.work_wanted.connect(self._show_work)
        self.desk.language_chosen.connect(self.retranslate)
        self.comfort = Comfort(self, self, session, self.desk)
        self.help = GuideDesk(self)
        self.desk.help = self.help
        self._build()
        self._keys()
        session.opened.connect(self._opened)
        session.closed.connect(self._closed)
        session.changed.connect(self._changed)
        session.saving.connect(lambda: self.header.saved.set("saving"))
        session.saved.connect(self._saved)
        session.failed.connect(self._failed)
        session.broken.connect(trouble.tell)
        self.desk.copied.connect(lambda path: self.notify("success", _("The copy is saved."), more=path, key="copied"))
        theme().changed.connect(self._rethemed)
        self.retranslate()

    # ---------------------------------------------------------------- building
    def _build(self) -> None:
        self.work = QWidget()
        self.work.setProperty("box", "window")
        row = QHBoxLayout(self.work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.rail = Rail(tuple(place for place in self.places if place.rail))
        self.rail.chosen.connect(self.go)
        self.rail.menu.clicked.connect(lambda: self.open_menu(self.rail.menu))
        row.addWidget(self.rail)
        column = QVBoxLayout()
        column.setSpacing(0)
        row.addLayout(column, 1)
        self.header = Header()
        self.header.seek.clicked.connect(self.open_find)
        self.header.display.clicked.connect(self.open_display)
        self.header.menu.clicked.connect(lambda: self.open_menu(self.header.menu))
        self.header.saved.asked.connect(self._look_into)
        self.notices = Notices()
        self.stack = QStackedWidget()
        self.status = Status()
        self.watermark = Watermark(self.stack)
        column.addWidget(self.header)
        column.addWidget(self.notices)
        column.addWidget(self.stack, 1)
        column.addWidget(self.status)
        self.center = QStackedWidget()
        self.center.addWidget(self.desk.start)
        self.center.addWidget(self.work)
        self.setCentralWidget(self.center)

    def _keys(self) -> None:
        table: list[tuple[str, Callable[[], object]]] = [
            ("F1", self.help.ask),
            ("Shift+F1", self.help.ask_page),
            ("F6", partial(self.step_area, 1)),
            ("Shift+F6", partial(self.step_area, -1)),
            ("Ctrl+F", self.open_find),
            ("Ctrl+Z", self.session.undo),
            ("Ctrl+Y", self.session.redo),
            ("Ctrl+Shift+Z", self.session.redo),
            ("Ctrl++", partial(self.comfort.resize_text, 1)),
            ("Ctrl+=", partial(self.comfort.resize_text, 1)),
            ("Ctrl+-", partial(self.comfort.resize_text, -1)),
            ("Ctrl+0", partial(self.comfort.resize_text, 0)),
            ("Ctrl+N", self.desk.new_document),
            ("Ctrl+O", self.desk.ask_open),
            ("Ctrl+W", self.desk.close_document),
            ("Ctrl+Q", self.close),
            ("Alt+Up", self.back),
            ("F10", lambda: self.open_menu(self.rail.menu if self.rail.isVisible() else self.header.menu)),
        ]
        shortcuts.bind(self, table)
        numbered = enumerate(self.rail.places, 1)
        shortcuts.bind(self, [(f"Ctrl+{n}", partial(self.go, place.key)) for n, place in numbered])

    # ---------------------------------------------------------------- the shell of the pages
    @property
    def language(self) -> str:
        return language()

    @property
    def theme(self) -> Theme:
        return theme()

    @property
    def size_class(self) -> Size:
        return self._size

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        return self._pages.get(self._current)

    @property
    def at_work(self) -> bool:
        """Whether the pages of a document are shown, not the start page."""
        return self.center.currentWidget() is self.work

    def has(self, page: str) -> bool:
        return any(place.key == page for place in self.places)

    def go(self, page: str, target: str | None = None) -> bool:
        place = next((one for one in self.places if one.key == page), None)
        if place is None or not self.session.is_open:
            return False
        before = self.page
        if before is not None and self._current != page:
            before.leave()
            self._came_from = self._current if target is not None else ""
        made = self._made(place)
        self._catch_up(page)
        self._current = page
        self.stack.setCurrentWidget(made)
        self.rail.show_chosen(page if place.rail else place.under)
        self.header.take(made.head())
        self._frame()
        made.enter(target)
        self.refresh_keys()
        self.refresh_badges()
        self._mark()
        return True

    def back(self) -> None:
        """Alt+↑: from the question jumped to, back to where the jump was made (D36)."""
        if self._came_from:
            self.go(self._came_from)

    def _made(self, place: pages.Place) -> Page:
        """The page of a place, made when it is first needed."""
        made = self._pages.get(place.key)
        if made is None:
            made = self._pages[place.key] = place.make(self.session, self)
            self.stack.addWidget(made)
            made.retranslate()
            made.retheme()
            made.fit(self._size)
        return made

    def _catch_up(self, page: str) -> None:
        """Give a page that was not in sight the language, theme and size chosen since."""
        made = self._pages[page]
        if page in self._old_words:
            made.retranslate()
        if page in self._old_look:
            made.retheme()
            made.fit(self._size)
        self._old_words.discard(page)
        self._old_look.discard(page)

    def _make_counting(self) -> None:
        """Once the window stands: make the pages whose badge counts what is to be done, so that the rail shows it.

        One in each turn of the event loop, so that keys pressed meanwhile are answered between two.
        """
        if not (self.session.is_open and self._current):
            return
        missing = [place for place in self.places if place.counts and place.key not in self._pages]
        if missing:
            self._made(missing[0])
        self.refresh_badges()
        if len(missing) > 1:
            QTimer.singleShot(0, self, self._make_counting)

    def _mark(self) -> None:
        """The watermark of practice documents, on every page that does not carry one of its own."""
        practice = self.session.profile.mode == "training"
        own = self.page is not None and self.page.findChild(Watermark) is not None
        self.watermark.say(_("Practice") if practice and not own else "")

    def notify(
        self,
        kind: NoticeKind,
        text: str | Message,
        *,
        more: str | Message = "",
        action: str = "",
        run: Callable[[], None] | None = None,
        key: str = "",
    ) -> None:
        place = self.notices if self.session.is_open else self.desk.start.notices
        place.put(kind, show(text), show(more), action=action, run=run, key=key)

    def trouble(self, problem: Problem, *, action: str = "", run: Callable[[], None] | None = None) -> None:
        self.notify("danger", problem.text, more=problem.hint or "", action=action, run=run, key=problem.code)

    def dismiss(self, key: str) -> None:
        self.notices.dismiss(key)
        self.desk.start.notices.dismiss(key)

    def explain(self, term: str, anchor: QWidget) -> bool:
        if not self.session.is_open:
            return False
        terms = self.session.whole_framework.terms
        found = terms.get(term) or next((one for one in terms.values() if term in (one.term, one.english)), None)
        if found is None:
            return False
        title = found.term if language() == "zh" else found.english or found.term
        popover.explain(anchor, title, show(found.gloss), _("Glossary"))
        return True

    def refresh_keys(self) -> None:
        if self.page is not None:
            self.status.tell(self.page.keys())

    def refresh_badges(self) -> None:
        for key, made in self._pages.items():
            self.rail.count(key, made.badge())

    # ---------------------------------------------------------------- menus and search
    def open_menu(self, anchor: QWidget) -> None:
        """The file menu beside its button; with the pages where the rail is folded."""
        menu = menus.file_menu(self.desk, self, self, pages=self.rail.isHidden())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(anchor.mapToGlobal(anchor.rect().bottomLeft()))

    def open_display(self) -> None:
        """Theme, language, size."""
        menu = menus.display_menu(self.desk, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        button = self.header.display
        corner = button.mapToGlobal(button.rect().bottomRight())
        corner.setX(corner.x() - menu.sizeHint().width())
        menu.popup(corner)

    def open_find(self) -> None:
        """The page's own search, or that of indicators."""
        if not self.session.is_open or (self.page is not None and self.page.search()):
            return
        find = Find(self.session.framework, self, self.session.sheet)
        find.chosen.connect(lambda code: self.go("questionnaire", code))
        find.show_under(self.header.seek)

    def step_area(self, by: int) -> None:
        """F6: the next area, in order rail, header, then those of the page."""
        if not self.session.is_open:
            areas: list[QWidget] = list(self.desk.start.areas())
        else:
            areas = [self.rail, self.notices, self.header, *(self.page.areas() if self.page else ())]
        next_area(areas, QApplication.focusWidget(), by)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab: rail, header, notices, the page in its order, and around."""
        page = self.page
        if page is None or self.center.currentWidget() is not self.work:
            return super().focusNextPrevChild(forward)
        frame: list[tuple[QWidget, bool]] = [(self.rail, False), (self.header, True), (self.notices, False)]
        areas = [*frame, *page.tab_areas(), (page, False)]
        return step(areas, forward=forward, around=True) or super().focusNextPrevChild(forward)

    # ---------------------------------------------------------------- the session
    def _opened(self) -> None:
        self.notices.clear()
        self.header.show_document(self.session.framework, self.session.profile)
        self.header.saved.set("none" if self.session.read_only_reason else "saved", _local(self.session.last_saved))
        self.header.show_seal(self.session.standing)
        self.center.setCurrentWidget(self.work)
        self._standing_notices()
        self._title()
        self.go(self._current or self.places[0].key)
        QTimer.singleShot(SETTLED, self, self._make_counting)

    def _standing_notices(self) -> None:
        state = self.session.state
        if state is None:
            return
        secrecy.remind(self.session, self)
        if state.read_only_reason is not None:
            self.notices.put(
                "info",
                show(state.read_only_reason),
                action=_("Open for writing"),
                run=self.desk.reopen,
                key="read-only",
                closable=False,
                icon="lock",
            )
        if state.rescued:
            self.notices.put("success", _("What could not be saved last time is in the document again."), key="rescued")
        if state.backup_trouble is not None:
            self.notices.put("warning", _("No backup could be made."), show(state.backup_trouble), key="backup")

    def _show_front(self) -> None:
        """The start page over the open document, for a new one."""
        if self.page is not None:
            self.page.leave()
        self.center.setCurrentWidget(self.desk.start)

    def _show_work(self) -> None:
        self.center.setCurrentWidget(self.work)

    def _closed(self) -> None:
        self.notices.clear()
        self.watermark.say("")
        for made in self._pages.values():
            self.stack.removeWidget(made)
            made.setParent(None)
            made.deleteLater()
        self._pages.clear()
        self._old_words.clear()
        self._old_look.clear()
        self._current = self._came_from = ""
        self.header.take(None)
        self.header.show_seal(None)
        self.header.saved.set("none")
        self.center.setCurrentWidget(self.desk.start)
        self.desk.start.show_front()
        self._title()

    def _changed(self, changes: object) -> None:
        items = getattr(changes, "items", ())
        if self.session.waiting and "not-saved" in self.notices.shown:
            self._tell_failure()
        if "@profile" in items or not items:
            self.header.show_document(self.session.framework, self.session.profile)
        self.header.show_seal(self.session.standing)
        self.refresh_badges()

    def _saved(self, at: datetime | None) -> None:
        self.header.saved.set("saved", _local(at))
        self.notices.dismiss("not-saved")

    def _failed(self, problem: Problem) -> None:
        if self.session.problem is problem:
            self.header.saved.set("failed")
            self._tell_failure()
        else:
            self.trouble(problem)

    def _tell_failure(self) -> None:
        problem, waiting = self.session.problem, self.session.waiting
        if problem is not None and waiting:
            more = _("{hint} Changes not saved yet: {count}.", hint=show(problem.hint), count=waiting)
            copy, run = _("Save a copy elsewhere…"), self.desk.ask_copy
            self.notices.put("danger", show(problem.text), more, key="not-saved", closable=False, action=copy, run=run)
        elif problem is not None:
            self.notices.put("danger", show(problem.text), show(problem.hint), key="not-saved")

    def _look_into(self) -> None:
        """The red mark was pressed: say why, and try again at once."""
        self._tell_failure()
        self.session.retry()

    def _title(self) -> None:
        name = f"{self.session.path.name} — " if self.session.is_open else ""
        self.setWindowTitle(f"{name}{_('Zhiheng')}")

    # ---------------------------------------------------------------- language, theme, size
    def retranslate(self) -> None:
        """Set every text again: the frame, the start page and the page in sight; other pages when they are gone to."""
        for part in (self.rail, self.header, self.status, self.desk.start):
            part.retranslate()
        if self.session.is_open:
            self.header.show_document(self.session.framework, self.session.profile)
            self.header.show_seal(self.session.standing)
            self._mark()
            self._standing_notices()
        self._old_words.update(self._pages)
        if self._current in self._pages:
            self._pages[self._current].retranslate()
            self._old_words.discard(self._current)
        self.help.retranslate()
        self.refresh_keys()
        self._title()

    def _rethemed(self) -> None:
        self.rail.retranslate()
        self.status.retranslate()
        self.header.fit(self._size)
        self.desk.start.retheme()
        self._old_look.update(self._pages)
        if self._current in self._pages:
            self._pages[self._current].retheme()
        self._fit(force=True)
        self._old_look.discard(self._current)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self, *, force: bool = False) -> None:
        points = tokens()["breakpoints"]
        width = self.width() / theme().scale - LARGE * (theme().scale - 1.0)
        size: Size = "tiny" if width < points["tiny"] else "narrow" if width < points["narrow"] else "wide"
        if size == self._size and not force:
            return
        self._size = size
        self._frame()
        self.desk.start.fit(size)
        for key, made in self._pages.items():
            if key == self._current or key not in self._old_look:
                made.fit(size)

    def _frame(self) -> None:
        """Rail and status bar where there is room for them and the page does not stand alone."""
        alone = self.page is not None and self.page.bare()
        folded = alone or self._size == "tiny"
        self.rail.setVisible(not folded)
        self.status.setVisible(not folded)
        self.header.fit(self._size, alone=alone)

    # ---------------------------------------------------------------- files from outside, and the end
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if shortcuts.dropped_document(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = shortcuts.dropped_document(event.mimeData())
        if path:
            self.desk.open_path(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Write what is being typed, wait for the medium, then go. What could not be saved is asked about first."""
        if self.page is not None:
            self.page.leave()
        self.session.wait()
        if not unsaved.may_leave(self.session, self, self.desk.ask_copy):
            event.ignore()
            return
        self.desk.remember()
        self.help.close()
        background.stop_all()
        self.session.shut_down()
        super().closeEvent(event)


def _local(at: datetime | None) -> datetime | None:
    return at.astimezone() if at is not None else None
