"""Menus of the frame: the file menu at the top of the rail and the display menu of the header.

Menus are made anew each time they open, so they speak the language and hold the state of now.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtGui import QAction, QIcon, QPixmap
from PySide6.QtWidgets import QMenu, QWidget

from assess.grassroots.form import tiers
from forms import icon
from forms.frame.comfort import Comfort
from forms.guide.desk import GuideDesk
from forms.pages import Place
from forms.session import Session
from forms.start.desk import Desk
from forms.theme import SCALES, theme
from forms.words import _, language, show


class Frame(Protocol):
    """What the menus need of the desk."""

    @property
    def places(self) -> tuple[Place, ...]: ...
    def go(self, page: str, target: str | None = None) -> bool: ...
    def open_find(self) -> None: ...
    def close(self) -> bool: ...
    @property
    def comfort(self) -> Comfort: ...
    @property
    def help(self) -> GuideDesk: ...


def _entry(
    menu: QMenu, words: str, run: Callable[[], object], *, keys: str = "", drawing: str = "", on: bool = True
) -> QAction:
    action = menu.addAction(words.replace("&", "&&"))
    if keys:
        action.setText(f"{action.text()}\t{keys}")
    if drawing:
        action.setIcon(icon.icon(drawing, "text_2"))
    action.setEnabled(on)
    action.triggered.connect(lambda _checked=False: run())
    return action


def file_menu(desk: Desk, frame: Frame, parent: QWidget, *, pages: bool = False) -> QMenu:
    """New, open, recent, close, copy, undo, redo, about. `pages` puts the pages first, where the rail is folded."""
    menu = QMenu(parent)
    session = desk.session
    if pages:
        for number, place in enumerate((place for place in frame.places if place.rail), 1):
            words = _(place.title)
            _entry(menu, words, partial(frame.go, place.key), keys=f"Ctrl+{number}", drawing=place.icon)
        menu.addSeparator()
        _entry(menu, _("Find an indicator"), frame.open_find, keys="Ctrl+F", drawing="search")
        menu.addMenu(display_menu(desk, menu))
        menu.addSeparator()
    _entry(menu, _("New assessment…"), desk.new_document, keys="Ctrl+N", drawing="plus")
    _entry(menu, _("Open a file…"), desk.ask_open, keys="Ctrl+O", drawing="folder")
    recent = menu.addMenu(_("Recent files"))
    for entry in desk.recent.entries[:9]:
        _entry(recent, f"{entry.unit}    {entry.path}", partial(desk.open_path, entry.path))
    recent.setEnabled(bool(desk.recent.entries))
    menu.addSeparator()
    comfort, there = frame.comfort, session.is_open
    _entry(menu, _("Last period…"), comfort.last_period, drawing="calendar", on=there)
    _entry(menu, _("Who answers what…"), comfort.assigning, drawing="user", on=there)
    _entry(menu, _("Earlier states…"), comfort.earlier, drawing="clock", on=there)
    _entry(menu, _("Save a copy as…"), desk.ask_copy, drawing="copy", on=there)
    finishing = next((place for place in frame.places if place.key == "finishing"), None)
    if finishing is not None:
        run = partial(frame.go, finishing.key)
        _entry(menu, _("Finish and seal…"), run, drawing=finishing.icon, on=session.is_open)
    _entry(menu, _("Close the file"), desk.close_document, keys="Ctrl+W", drawing="close", on=session.is_open)
    menu.addSeparator()
    undo, redo = session.undoable, session.redoable
    _entry(menu, show(undo) or _("Undo"), session.undo, keys="Ctrl+Z", drawing="undo", on=undo is not None)
    _entry(menu, show(redo) or _("Redo"), session.redo, keys="Ctrl+Y", drawing="redo", on=redo is not None)
    menu.addSeparator()
    if session.is_open and tiers(session.whole_framework):
        _entry(menu, _("Key in paper sheets…"), partial(frame.go, "questionnaire", "@keying"), drawing="answer")
    if (line := _immediate(session)) is not None:
        _entry(menu, _("Secret content found…"), partial(frame.go, "results", f"@redline/{line}"), drawing="lock")
    _entry(menu, _("Name and role…"), desk.ask_author, drawing="user")
    _entry(menu, _("Guide"), frame.help.ask_page, keys="Shift+F1", drawing="help")
    _entry(menu, _("Tour of three minutes"), frame.help.start_tour, drawing="screen")
    _entry(menu, _("About Zhiheng"), desk.about, drawing="info")
    _entry(menu, _("Quit"), frame.close, keys="Ctrl+Q")
    return menu


def _immediate(session: Session) -> str | None:
    """The red line that anyone raises with effect at once, such as secret content; None where there is none."""
    if not session.is_open:
        return None
    lines = session.framework.red_lines
    mode = session.profile.mode
    return next((line.id for line in lines if line.confirm == "immediate" and mode in line.modes), None)


def display_menu(desk: Desk, parent: QWidget) -> QMenu:
    """Theme, language and size; what is in force has a tick."""
    menu = QMenu(_("View"), parent)
    chosen = desk.settings.theme
    groups: tuple[tuple[str, list[tuple[str, bool, Callable[[], object]]]], ...] = (
        (
            _("Theme"),
            [
                (_("As the system"), chosen == "", lambda: desk.choose_theme("")),
                (_("Light"), chosen == "light", lambda: desk.choose_theme("light")),
                (_("Dark"), chosen == "dark", lambda: desk.choose_theme("dark")),
                (_("High contrast"), chosen == "contrast", lambda: desk.choose_theme("contrast")),
            ],
        ),
        (
            _("Language"),
            [
                ("简体中文", language() == "zh", lambda: desk.choose_language("zh")),
                ("English", language() == "en", lambda: desk.choose_language("en")),
            ],
        ),
        (
            _("Size of text"),
            [
                (words, theme().scale == scale, partial(desk.choose_scale, scale))
                for words, scale in zip((_("Standard"), _("Large"), _("Larger")), SCALES, strict=True)
            ],
        ),
    )
    for title, choices in groups:
        if not menu.isEmpty():
            menu.addSeparator()
        head = menu.addAction(title)
        head.setEnabled(False)
        for words, on, run in choices:
            action = _entry(menu, words, run)
            action.setIcon(icon.icon("tick", "primary_text") if on else _blank())
            action.setCheckable(False)
            action.setStatusTip(_("Chosen") if on else "")
    return menu


def _blank() -> QIcon:
    side = theme().px(20)
    pixmap = QPixmap(side, side)
    pixmap.fill("transparent")
    return QIcon(pixmap)
