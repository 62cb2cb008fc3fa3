"""What a window shows and says, widget by widget: its words, its names, and what does not fit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QStyle,
    QStyleOptionToolButton,
    QTextEdit,
    QToolButton,
    QWidget,
)

from forms.questionnaire.prose import Prose
from forms.results.number import Number
from forms.widgets.labels import Elided

HAN = re.compile(r"[\u3400-\u9fff]")
WORD = re.compile(r"[A-Za-z]{3,}")
KEYS = frozenset(
    ["Ctrl", "Alt", "Shift", "Enter", "Esc", "Space", "Tab", "Home", "End", "PgUp", "PgDn", "Del", "Backspace"]
)


def visible(root: QWidget) -> Iterator[QWidget]:
    """The root and everything in it that is shown."""
    for widget in [root, *root.findChildren(QWidget)]:
        if widget.isVisibleTo(root) and (widget is root or widget.window() is root.window()):
            yield widget


def words(widget: QWidget) -> Iterator[str]:
    """Every text of one widget: what it shows, its name for a screen reader, its tool tip."""
    if isinstance(widget, Prose):
        yield widget.text
    elif isinstance(widget, QLabel | QAbstractButton):
        yield plain(widget.text())
    elif isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit):
        yield widget.placeholderText()
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    yield plain(widget.toolTip())


def plain(text: str) -> str:
    """Without markup."""
    if not text.lstrip().startswith("<"):
        return text
    document = QTextDocument()
    document.setHtml(text)
    return document.toPlainText()


def who(widget: QWidget) -> str:
    """Enough to find a widget in the code."""
    chain = []
    while widget is not None:
        chain.append(type(widget).__name__)
        widget = widget.parentWidget()
    return " < ".join(chain[:4])


def chinese(root: QWidget, allowed: frozenset[str] = frozenset()) -> set[str]:
    """Texts with a Chinese character once the allowed ones are taken out."""
    found = set()
    for widget in visible(root):
        for text in words(widget):
            bare = text
            for one in sorted(allowed, key=len, reverse=True):
                bare = bare.replace(one, "")
            if HAN.search(bare):
                found.add(f"{who(widget)}: {text}")
    return found


def english(root: QWidget, allowed: frozenset[str] = frozenset()) -> set[str]:
    """Texts with an English word that is neither a key nor allowed."""
    return {
        f"{who(widget)}: {text}"
        for widget in visible(root)
        for text in words(widget)
        if any(word not in allowed | KEYS for word in WORD.findall(text))
    }


def cut(root: QWidget) -> set[str]:
    """Buttons, labels and fields' placeholders whose words are wider than they are."""
    found = set()
    for widget in visible(root):
        if isinstance(widget, Elided) or not widget.width():
            continue
        if isinstance(widget, QLabel | QAbstractButton) and plain(widget.text()).strip():
            need = _need(widget)
            if need > widget.width() + 1:
                found.add(f"{who(widget)}: {plain(widget.text())!r} needs {need}, has {widget.width()}")
        elif isinstance(widget, QLineEdit) and not widget.text() and widget.placeholderText():
            need = widget.fontMetrics().horizontalAdvance(widget.placeholderText()) + 8
            if need > widget.width():
                found.add(f"{who(widget)}: {widget.placeholderText()!r} needs {need}, has {widget.width()}")
    return found


def _need(widget: QLabel | QAbstractButton) -> int:
    if isinstance(widget, QLabel):
        if widget.wordWrap():
            return max(
                (
                    widget.fontMetrics().horizontalAdvance(word)
                    for word in re.findall(r"[!-~]+|.", plain(widget.text()))
                ),
                default=0,
            )
        return widget.sizeHint().width()
    if isinstance(widget, Number):
        return widget.sizeHint().width() - 6
    if isinstance(widget, QToolButton):
        option = QStyleOptionToolButton()
        widget.initStyleOption(option)
        style = QApplication.style()
        content = QSize(widget.fontMetrics().horizontalAdvance(widget.text()), 10)
        return style.sizeFromContents(QStyle.ContentsType.CT_ToolButton, option, content, widget).width() - 6
    return widget.sizeHint().width()


def nameless(root: QWidget) -> set[str]:
    """Controls that take the focus and have neither a name nor words of their own."""
    found = set()
    for widget in visible(root):
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or not widget.isEnabled() or widget.focusProxy():
            continue
        own = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
        if isinstance(widget, QAbstractScrollArea) and not isinstance(
            widget, QAbstractItemView | QPlainTextEdit | QTextEdit
        ):
            continue
        if not (widget.accessibleName() or own).strip():
            found.add(who(widget))
    return found
