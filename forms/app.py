"""Starting the window: application, fonts, theme, language, then the window itself, as little as possible before it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from forms import collecting, theme, trouble, words
from forms.settings import RecentList, Settings
from forms.widgets import ring

if TYPE_CHECKING:
    from forms.window import Window


def application() -> QApplication:
    """The one QApplication, dressed: style, fonts, ring. Settings are not read here."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
        app = QApplication([sys.argv[0] if sys.argv else "zhiheng"])
    app.setApplicationName("zhiheng")
    app.setApplicationDisplayName("")
    app.setDesktopFileName("zhiheng")
    app.setStyle("Fusion")
    theme.load_fonts()
    ring.install(app)
    collecting.install(app)
    return app


def dress(app: QApplication, settings: Settings) -> None:
    """Take the chosen language, theme and size into force; follow the system's theme where none is chosen."""
    words.speak(settings.language)
    _translate(app, settings.language)
    theme.theme().choose(settings.theme or theme.system_theme(), settings.scale)


def _translate(app: QApplication, language: str) -> None:
    """Words of Qt's own dialogs."""
    translator = QTranslator(app)
    locale = QLocale(QLocale.Language.Chinese if language == "zh" else QLocale.Language.English)
    if translator.load(locale, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)


def run(document: Path | None = None) -> int:
    """Open the window, on a document if one is given, and run until it is closed. Returns the exit code."""
    app = application()
    settings = Settings.load()
    dress(app, settings)
    trouble.install()
    window = first_window(settings)
    app.styleHints().colorSchemeChanged.connect(lambda _scheme: window.desk.follow_system())
    if document is not None:
        window.desk.open_path(os.fspath(document))
    else:
        window.desk.start.take_focus()
    return app.exec()


def first_window(settings: Settings) -> Window:
    """The window on its start page, shown at the size that suits the screen."""
    from forms.session import Session
    from forms.window import Window

    window = Window(Session(), settings, RecentList())
    room = window.screen().availableGeometry()
    window.resize(min(1366, room.width()), min(768, room.height()))
    if room.width() <= 1440:
        window.showMaximized()
    else:
        window.show()
    return window


def probe() -> str:
    """Show the window until its start page is painted, close it, and return its size as "1366 × 768".

    Raises RuntimeError when nothing was painted. Reads the settings and writes none.
    """
    app = application()
    settings = Settings.load()
    dress(app, settings)
    window = first_window(settings)
    app.processEvents()
    picture = window.grab().toImage()
    size = window.size()
    shades = {picture.pixel(x, y) for x in range(0, size.width(), 7) for y in range(0, size.height(), 7)}
    window.close()
    if len(shades) < 2:
        raise RuntimeError("the start page stayed empty")
    return f"{size.width()} × {size.height()}"
