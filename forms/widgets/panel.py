"""Where things stand: panels, rules between them, areas that scroll, section headings."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from forms.theme import theme
from forms.widgets.labels import Elided, Label


class Panel(QFrame):
    """A card: white ground, hairline edge, radius 8. `column` is its vertical layout; `title` its heading, if any."""

    def __init__(self, title: str = "", *, padding: int = 16, gap: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("box", "panel")
        self.column = QVBoxLayout(self)
        edge = theme().px(padding)
        self.column.setContentsMargins(edge, edge, edge, edge)
        self.column.setSpacing(theme().px(gap))
        self.heading = Heading(title)
        self.column.addWidget(self.heading)
        self.heading.setVisible(bool(title))

    def say(self, title: str, aside: str = "") -> None:
        """Set the heading and the grey words at its right."""
        self.heading.say(title, aside)
        self.heading.setVisible(bool(title))
        self.setAccessibleName(title)


class Heading(QWidget):
    """A section heading with grey words at the right; `row` takes more."""

    def __init__(self, title: str = "", aside: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(theme().px(8))
        self.title = Label(title, "heading")
        self.aside = Label(aside, "label", "text_2")
        self.row.addWidget(self.title)
        self.row.addStretch(1)
        self.row.addWidget(self.aside)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def say(self, title: str, aside: str = "") -> None:
        self.title.setText(title)
        self.aside.setText(aside)
        self.setAccessibleName(title)


class PageHead(QWidget):
    """The head of a page, 44 high: serif title, one grey line, then filters and actions added to `row`."""

    def __init__(self, title: str = "", context: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(theme().px(12))
        self.title = Label(title, "title")
        self.context = Elided(context, "label", "text_2")  # gives way before a button does
        self.context.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.row.addWidget(self.title)
        self.row.addWidget(self.context)
        self.row.addStretch(1)
        self.setMinimumHeight(theme().px(44))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def say(self, title: str, context: str = "") -> None:
        self.title.setText(title)
        self.context.setText(context)

    def add(self, widget: QWidget) -> None:
        """Add a filter or an action at the right end; the primary action comes last."""
        self.row.addWidget(widget)


class Rule(QFrame):
    """A hairline, horizontal or vertical."""

    def __init__(self, way: str = "h", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("rule", way)


class _Body(QWidget):
    """As high as its texts are at the width it has; at its narrowest they would be higher and leave a blank below."""

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        if self.hasHeightForWidth() and self.width() >= hint.width():
            hint.setHeight(min(hint.height(), self.heightForWidth(self.width())))
        return hint


class Scroll(QScrollArea):
    """An area that scrolls up and down only; `column` is the layout of what is in it."""

    def __init__(self, *, margin: int = 0, gap: int = 12, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body: QWidget = _Body()
        self.body.setObjectName("body")
        self.column = QVBoxLayout(self.body)
        edge = theme().px(margin)
        self.column.setContentsMargins(edge, edge, edge, edge)
        self.column.setSpacing(theme().px(gap))
        self.setWidget(self.body)
        self.viewport().setAutoFillBackground(False)
        self.body.setAutoFillBackground(False)

    def settle(self) -> None:
        """Lay out what is new in it now, so that one can scroll to it."""
        for part in self.body.findChildren(QWidget):
            layout = part.layout()
            if layout is not None:
                layout.activate()
        self.column.activate()
        self.body.resize(self.body.width(), max(self.body.minimumSizeHint().height(), self.viewport().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.body.setMaximumWidth(self.viewport().width())
