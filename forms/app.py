"""Starting the window: application, fonts, theme, language, then the window itself, as little as possible before it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from forms import theme, trouble, words
from forms.settings import RecentList, Settings
from forms.widgets import ring


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
    from forms.session import Session
    from forms.window import Window

    session = Session()
    window = Window(session, settings, RecentList())
    app.styleHints().colorSchemeChanged.connect(lambda _scheme: window.desk.follow_system())
    room = window.screen().availableGeometry()
    window.resize(min(1366, room.width()), min(768, room.height()))
    if room.width() <= 1440:
        window.showMaximized()
    else:
        window.show()
    if document is not None:
        window.desk.open_path(os.fspath(document))
    else:
        window.desk.start.take_focus()
    return app.exec()
