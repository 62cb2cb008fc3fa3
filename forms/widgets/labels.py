"""Words on the screen: labels in a type of the tokens, running text with its line height, elided text, tags, keys."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from forms.theme import look, theme

TAGS = ("neutral", "primary", "success", "warning", "danger")


class Label(QLabel):
    """Plain text on one line, never read as markup. `type` is a name in [type], `ink` a text color token."""

    def __init__(self, text: str = "", type: str = "label", ink: str = "text", parent: QWidget | None = None) -> None:  # noqa: A002
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("type", type)
        self.setProperty("ink", ink)

    def dress(self, type: str | None = None, ink: str | None = None) -> None:  # noqa: A002
        """Change type or ink."""
        look(self, **{name: value for name, value in (("type", type), ("ink", ink)) if value is not None})


class Text(QLabel):
    """Running text that wraps, with the line height of its type. `**bold**` marks are not read: use `bold`."""

    def __init__(self, text: str = "", type: str = "body", ink: str = "text", parent: QWidget | None = None) -> None:  # noqa: A002
        super().__init__(parent)
        self._plain, self._bold = "", ""
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setProperty("type", type)
        self.setProperty("ink", ink)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.say(text)
        theme().changed.connect(self._write)

    def say(self, text: str, bold: str = "") -> None:
        """Set the text; `bold` stands before it, as the first sentence of a notice does."""
        self._plain, self._bold = text, bold
        self._write()

    def plain(self) -> str:
        """The text without markup."""
        return f"{self._bold} {self._plain}".strip()

    def dress(self, type: str | None = None, ink: str | None = None) -> None:  # noqa: A002
        """Change type or ink."""
        look(self, **{name: value for name, value in (("type", type), ("ink", ink)) if value is not None})
        self._write()

    def _write(self) -> None:
        height = theme().line(str(self.property("type")))
        bold = f"<b>{escape(self._bold)}</b> " if self._bold else ""
        body = escape(self._plain).replace("\n", "<br>")
        self.setText(f'<p style="line-height:{height}px;margin:0">{bold}{body}</p>' if bold or body else "")
        self.setAccessibleName(self.plain())


class Elided(Label):
    """One line that ends with … where it does not fit; the whole text is its tool tip and accessible name."""

    def __init__(self, text: str = "", type: str = "label", ink: str = "text", parent: QWidget | None = None) -> None:  # noqa: A002
        super().__init__(text, type, ink, parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(text)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(text)
        self._tip()

    def sizeHint(self) -> QSize:
        return super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(24), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tip()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        area = self.contentsRect()
        words = self.fontMetrics().elidedText(self._line(), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), words)

    def _line(self) -> str:
        return " ".join(self.text().split())

    def _tip(self) -> None:
        fits = self.fontMetrics().horizontalAdvance(self._line()) <= self.contentsRect().width()
        self.setToolTip("" if fits else self.text())


class Tag(QLabel):
    """A small frame around one or two words: neutral, primary, success, warning or danger."""

    def __init__(self, text: str = "", tone: str = "neutral", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("tag", tone)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def set(self, text: str, tone: str) -> None:
        """Change words and tone together."""
        self.setText(text)
        look(self, tag=tone)


class Keys(QWidget):
    """Keys and what they do, for the status bar and for buttons: [Alt] [→] next question."""

    def __init__(self, keys: str, meaning: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(4))
        for part in keys.replace("+", " ").split():
            if part in "–-/":
                row.addWidget(Label(part, "caption", "text_2"))
                continue
            cap = QLabel(part)
            cap.setProperty("keycap", True)
            row.addWidget(cap)
        if meaning:
            row.addWidget(Label(meaning, "caption", "text_2"))
        self.setAccessibleName(f"{keys} {meaning}".strip())
