"""Where the guide is asked for: F1 on any screen and in any dialog, the menu, and the tour."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from forms.guide.topics import topic_for
from forms.guide.tour import Tour
from forms.guide.window import GuideWindow

WIDE, HIGH = 1040, 640


class GuideDesk(QObject):
    """Belongs to one window, which tells the screen it shows. The guide is made when it is first asked for."""

    def __init__(self, window: Any) -> None:
        super().__init__(window)
        self.window_ = window
        self.guide: GuideWindow | None = None
        self.tour: Tour | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    # ---------------------------------------------------------------- asking
    def ask(self) -> None:
        """F1: the term near the focus, where the page knows one; else the page of the guide."""
        page = self.window_.page if self.window_.at_work else None
        if page is None or not page.explain_near():
            self.ask_page()

    def ask_page(self) -> None:
        """Shift+F1: the page of the guide for the screen of now."""
        self.open(topic_for(self.screen()))

    def screen(self) -> str:
        """What is shown: a part of the start page, or a page and which of its forms."""
        if not self.window_.at_work:
            return str(self.window_.desk.start.part())
        page = self.window_.page
        return (page.topic() or page.key) if page is not None else "start"

    def open(self, key: str) -> None:
        """Show a page of the guide, beside what is being done."""
        if self.guide is None:
            self.guide = GuideWindow()
            self.guide.tour.connect(self.start_tour)
            room = self.window_.screen().availableGeometry()
            self.guide.resize(min(WIDE, room.width()), min(HIGH, room.height()))
        self.guide.open(key)
        self.guide.show()
        self.guide.raise_()
        self.guide.activateWindow()
        self.guide.browser.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        if self.guide is not None:
            self.guide.retranslate()

    def close(self) -> None:
        """The window is closed: so is the guide, and a tour that runs."""
        if self.tour is not None:
            self.tour.finish()
        if self.guide is not None:
            self.guide.close()

    # ---------------------------------------------------------------- dialogs
    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        """A dialog of this window has the focus: hear its F1 as well."""
        dialog = now.window() if now is not None else None
        if isinstance(dialog, QDialog) and dialog.property("guided") is None and self._owns(dialog):
            dialog.setProperty("guided", True)
            dialog.installEventFilter(self)

    def _owns(self, dialog: QDialog) -> bool:
        above = dialog.parentWidget()
        while above is not None and above is not self.window_:
            above = above.parentWidget()
        return above is self.window_

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F1:
            self.open(topic_for(type(watched).__name__))
            return True
        return False

    # ---------------------------------------------------------------- the tour
    def start_tour(self) -> None:
        """Begin the tour, or bring the one that runs to the front."""
        self.keep_offer(False)
        if self.guide is not None:
            self.guide.hide()
        if self.tour is not None:
            self.tour.window.activateWindow()
            return
        self.tour = Tour(self.window_)
        self.tour.ended.connect(self._tour_over)
        self.tour.start()

    def _tour_over(self) -> None:
        if self.tour is not None:
            self.tour.deleteLater()
        self.tour = None

    def keep_offer(self, on: bool) -> None:
        """Whether the start page offers the tour from now on."""
        desk = self.window_.desk
        if desk.settings.tour is not on:
            desk.settings = replace(desk.settings, tour=on)
            desk.settings.keep()
        desk.start.show_offer()
