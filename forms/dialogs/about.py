"""About the program: version, what it is, that it stays offline, and the licenses of what it is built from."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from forms.icon import app_icon
from forms.theme import theme
from forms.trouble import program_version
from forms.widgets.buttons import primary
from forms.widgets.dialog import Dialog
from forms.widgets.labels import Label, Text
from forms.words import _


class AboutDialog(Dialog):
    """A small window with one button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("About Zhiheng"), parent)
        px = theme().px
        column = self.body
        row = QHBoxLayout()
        row.setSpacing(px(16))
        mark = QLabel()
        mark.setPixmap(app_icon().pixmap(QSize(px(56), px(56)), self.devicePixelRatioF()))
        row.addWidget(mark)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(Label(_("Zhiheng"), "title"))
        names.addWidget(Label(_("Version {version}", version=program_version()), "label", "text_2"))
        row.addLayout(names, 1)
        column.addLayout(row)
        texts = (
            _("Assesses how far digital means serve the social governance of a city. Every number can be traced."),
            _("The program never uses a network. Documents, answers and evidence stay on this machine."),
            _("All cities among the samples are fictional."),
            _("License Apache-2.0. Uses Qt for Python (LGPL-3.0) and the Noto fonts (OFL-1.1), among others."),
        )
        about = Text("\n".join(texts), "label", "text_2")
        column.addWidget(about)
        self.foot.addStretch(1)
        close = primary(_("Close"), self.accept)
        close.setDefault(True)
        self.foot.addWidget(close)
        self.fit(520)
        close.setFocus()
