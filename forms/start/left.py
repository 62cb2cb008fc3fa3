"""The left column of the start page: the name, three buttons, the reminder of secrecy, language and theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout

from forms.icon import app_icon
from forms.page import Size
from forms.theme import theme
from forms.trouble import program_version
from forms.widgets.buttons import Button, KeyButton
from forms.widgets.labels import Label, Text
from forms.widgets.notice import Notice
from forms.widgets.segments import Segments
from forms.words import _, language

if TYPE_CHECKING:
    from forms.start.desk import Desk


class Left(QFrame):
    """416 wide beside the list, or the whole width above it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._narrow = False
        self.setProperty("box", "plain")
        self.setProperty("edge", "right")
        px = theme().px
        self.column = QVBoxLayout(self)
        self.column.setSpacing(px(12))
        name_row = QHBoxLayout()
        name_row.setSpacing(px(16))
        self.mark = QLabel()
        name_column = QVBoxLayout()
        name_column.setSpacing(0)
        self.name = Label("治衡", "title")
        self.version = Label("", "label", "text_2")
        name_column.addWidget(self.name)
        name_column.addWidget(self.version)
        name_row.addWidget(self.mark)
        name_row.addLayout(name_column, 1)
        self.column.addLayout(name_row)
        self.motto = Text("", "body", "text_2")
        self.column.addWidget(self.motto)
        self.column.addSpacing(px(8))
        self.new = KeyButton("", "Ctrl+N", "primary", icon="plus", large=True, run=desk.new_document)
        self.open = KeyButton("", "Ctrl+O", icon="folder", large=True, run=desk.ask_open)
        self.package = Button("", icon="exchange", large=True, run=desk.ask_open)
        self.package.setProperty("keyed", True)
        self.guide = KeyButton("", "F1", icon="help", large=True, run=desk.open_guide)
        for button in (self.new, self.open, self.package, self.guide):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self.column.addWidget(button)
        self.column.addStretch(1)
        self.secrecy = Notice("warning", icon="lock")
        self.column.addWidget(self.secrecy)
        self.languages, self.language_label = Segments(), Label("", "label", "text_2")
        self.languages.chosen.connect(desk.choose_language)
        self.themes, self.theme_label = Segments(), Label("", "label", "text_2")
        self.themes.chosen.connect(desk.choose_theme)
        for label, segments in ((self.language_label, self.languages), (self.theme_label, self.themes)):
            row = QHBoxLayout()
            row.addWidget(label)
            row.addWidget(segments)
            row.addStretch(1)
            self.column.addLayout(row)
        self.retheme()

    def retheme(self) -> None:
        """Sizes that follow the size of text, the mark, and the theme that is in force."""
        px = theme().px
        side = px(64)
        self.mark.setPixmap(app_icon().pixmap(QSize(side, side), self.devicePixelRatioF()))
        font = theme().font("title")
        font.setPixelSize(px(40))
        families = ", ".join(f'"{family}"' for family in font.families())
        self.name.setStyleSheet(f"font-family: {families}; font-size: {px(40)}px; font-weight: 700;")
        self.new.setFixedHeight(px(52))
        self.open.setFixedHeight(px(48))
        self.package.setFixedHeight(px(48))
        self.guide.setFixedHeight(px(48))
        self._labels()
        self._choices()

    def _labels(self) -> None:
        """Names of the choices stand beside them; English ones are left to the screen reader where it is narrow."""
        for label in (self.language_label, self.theme_label):
            label.setFixedWidth(theme().px(72 if language() == "en" else 36))
            label.setVisible(not (self._narrow and language() == "en"))

    def fit(self, size: Size) -> None:
        px = theme().px
        edge = px(48 if size == "wide" else 24)
        self.column.setContentsMargins(
            edge, edge if size != "tiny" else px(20), edge, px(32) if size != "tiny" else edge
        )
        if size == "tiny":
            self.setMaximumWidth(16777215)
            self.setMinimumWidth(0)
        else:
            self.setFixedWidth(px(416 if size == "wide" else 320))
        self._narrow = size == "narrow"
        self._labels()

    def _choices(self) -> None:
        self.languages.offer((("zh", "简体中文"), ("en", "English")), language())
        chosen = self.desk.settings.theme or theme().name
        self.themes.offer((("light", _("Light")), ("dark", _("Dark")), ("contrast", _("Contrast"))), chosen)

    def retranslate(self) -> None:
        self.version.setText(_("Zhiheng {version}", version=program_version()))
        self.motto.say(
            _("Digital maturity of municipal social governance.\nWholly offline; data stay on this machine.")
        )
        self.new.say(_("New assessment"))
        self.open.say(_("Open a file"))
        self.package.say(_("Open a package received"))
        self.guide.say(_("Guide"))
        tone = "warning"
        self.secrecy.say(tone, "", _("Do not enter classified or internal work secrets. Secrets stay off networks."))
        self.language_label.setText(_("Language"))
        self.theme_label.setText(_("Theme"))
        self.languages.setAccessibleName(_("Language"))
        self.themes.setAccessibleName(_("Theme"))
        self.retheme()
