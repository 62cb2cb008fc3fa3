"""One finding: icon, code over name, the sentence, what to do, the unit, and the way to the question."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from assess.framework.model import Framework
from forms.findings import wording
from forms.findings.editor import Editor
from forms.findings.entries import Entry
from forms.page import Size
from forms.theme import look, theme
from forms.widgets.buttons import Button, icon_button
from forms.widgets.labels import Elided, Label, Text
from forms.widgets.notice import Glyph
from forms.words import _, show

NAME, UNIT, HIGH = 190, 160, 56
TOP = Qt.AlignmentFlag.AlignTop
MIDDLE = Qt.AlignmentFlag.AlignVCenter


class Row(QFrame):
    """Enter goes to the question, S explains in place. Only the current row is a stop of Tab."""

    went = Signal(str)
    explained = Signal(object, str, bool)
    focused = Signal(object)
    grown = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry: Entry | None = None
        self.editor: Editor | None = None
        self.alike = 0  # other items with the same finding about which nothing has been written
        self.explanation = ""
        self.refusal = ""
        self._size: Size = "wide"
        self.setProperty("ring", "inside")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._build()

    def _build(self) -> None:
        px = theme().px
        self.glyph = Glyph("octagon", "danger", parent=self)
        self.code = Label("", "caption", "text_2", parent=self)
        self.name = Text("", "label", parent=self)
        self.sentence = Text("", "body", parent=self)
        self.action = Text("", "label", "text_2", parent=self)
        self.told = Text("", "label", "text_2", parent=self)
        self.unit = Elided("", "label", "text_2", parent=self)
        self.unit.setAlignment(Qt.AlignmentFlag.AlignRight | MIDDLE)
        self.note = icon_button("note", "", self.explain)
        self.go = Button("", icon="right", small=True, after=True, run=self.jump)
        keep = self.note.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self.note.setSizePolicy(keep)
        self.note.setFixedSize(px(36), px(36))
        for button in (self.note, self.go):
            button.installEventFilter(self)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.subject = QWidget(self)
        names = QVBoxLayout(self.subject)
        names.setContentsMargins(0, 0, 0, 0)
        names.setSpacing(0)
        names.addWidget(self.code)
        names.addWidget(self.name)
        self.words = QVBoxLayout()
        self.words.setSpacing(0)
        for text in (self.sentence, self.action, self.told):
            self.words.addWidget(text)
        self.buttons = QWidget(self)
        self.buttons.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        side = QHBoxLayout(self.buttons)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(px(8))
        side.addWidget(self.note)
        side.addWidget(self.go)
        self.grid = QGridLayout(self)
        self.grid.setHorizontalSpacing(px(12))
        self.grid.setVerticalSpacing(px(2))
        self._arrange()

    # ---------------------------------------------------------------- showing
    def put(self, framework: Framework, entry: Entry, explanation: str, locked: str = "", unit: str = "") -> None:
        """Show a finding. `explanation` is what has been written about it, `locked` why nothing may be written, `unit`
        who answers."""
        self.entry, self.explanation, self.refusal = entry, explanation, locked
        found, open_ = entry.found, entry.mark == "open"
        if open_:
            self.glyph.set(*wording.ICONS[entry.group])
        else:
            self.glyph.set(
                "done" if entry.group != "explained" else "note", "success" if entry.group != "explained" else "text_2"
            )
        self.code.setText(found.code)
        self.code.setVisible(bool(found.code))
        self.name.say(wording.name(framework, found))
        done = "" if open_ or entry.group == "explained" else _(wording.DONE[entry.mark])
        self.sentence.say(show(found.message), f"{done}　" if done else "")
        self.sentence.dress(ink="text" if open_ or entry.group == "explained" else "text_2")
        written = explanation if entry.mark == "explained" else ""
        self.action.say(written or (wording.advice(found) if open_ else ""))
        self.action.setVisible(bool(written) or open_)
        self.told.hide()
        self.unit.setText(unit)
        self.unit.setVisible(self._size != "tiny" or bool(self.unit.text()))
        self.note.setVisible(found.liftable and entry.mark != "solved" and not locked)
        self.note.setToolTip(_("Write an explanation (S)"))
        self.note.setAccessibleName(
            _("Write an explanation for {code}", code=found.code or wording.name(framework, found))
        )
        self.go.say(_("Go there"), _("Go to {code}", code=found.code or wording.name(framework, found)))
        self.go.setVisible(wording.reachable(found))
        self.setAccessibleName(wording.aloud(framework, entry))
        unit = self.unit.text()
        self.setAccessibleDescription(
            _("{action} Unit: {unit}.", action=self.action.plain(), unit=unit) if unit else self.action.plain()
        )

    def fit(self, size: Size) -> None:
        if size != self._size:
            self._size = size
            self._arrange()

    def _word_note(self) -> None:
        """With room the button says what it does; without, it is its drawing."""
        wide = self._size == "wide"
        name = self.note.accessibleName()
        self.note.kind("plain" if wide else "icon")
        look(self.note, build="small" if wide else "")
        self.note.say(_("Write explanation") if wide else "", name)
        side = theme().px(36)
        self.note.setMinimumSize(0 if wide else side, 0 if wide else side)
        self.note.setMaximumSize(16777215 if wide else side, 16777215 if wide else side)

    def _place_editor(self) -> None:
        """The field stands below the sentence; where the row is narrow it has the width of the row."""
        if self.editor is None:
            return
        if self._size == "wide":
            self.grid.addWidget(self.editor, 1, 2, 1, 2)
        else:
            self.grid.addWidget(self.editor, 3 if self._size == "tiny" else 1, 1, 1, 2 if self._size == "tiny" else 4)

    def _arrange(self) -> None:
        """Wide: five columns. Narrow: a smaller name. Tiny: everything below each other."""
        px, grid = theme().px, self.grid
        self._word_note()
        while grid.count():
            grid.takeAt(0)
        self._place_editor()
        tiny = self._size == "tiny"
        for column in range(6):
            grid.setColumnStretch(column, 0)
        grid.setContentsMargins(px(10 if tiny else 16), px(5), px(10 if tiny else 16), px(5))
        self.setMinimumHeight(px(HIGH))
        if tiny:
            self.subject.setMinimumWidth(0)
            self.subject.setMaximumWidth(16777215)
            self.unit.setMinimumWidth(0)
            self.unit.setMaximumWidth(16777215)
            self.unit.setAlignment(Qt.AlignmentFlag.AlignLeft | MIDDLE)
            grid.addWidget(self.glyph, 0, 0, TOP)
            grid.addWidget(self.subject, 0, 1)
            grid.addWidget(self.buttons, 0, 2, TOP)
            grid.addLayout(self.words, 1, 1, 1, 2)
            grid.addWidget(self.unit, 2, 1, 1, 2)
            grid.setColumnStretch(1, 1)
            self.unit.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            self.unit.setVisible(bool(self.unit.text()))
            return
        self.subject.setFixedWidth(px(NAME if self._size == "wide" else 150))
        self.unit.setFixedWidth(px(UNIT if self._size == "wide" else 84))
        self.unit.setAlignment(Qt.AlignmentFlag.AlignRight | MIDDLE)
        grid.addWidget(self.glyph, 0, 0, MIDDLE)
        grid.addWidget(self.subject, 0, 1, MIDDLE)
        grid.addLayout(self.words, 0, 2, MIDDLE)
        grid.addWidget(self.unit, 0, 3, MIDDLE)
        grid.addWidget(self.buttons, 0, 4, MIDDLE)
        grid.setColumnStretch(2, 1)
        self.unit.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.unit.show()

    # ---------------------------------------------------------------- doing
    def jump(self) -> None:
        """Go to the question."""
        if self.entry is not None and wording.reachable(self.entry.found):
            self.went.emit(self.entry.found.target)
        elif self.entry is not None:
            self.explain()

    def explain(self) -> None:
        """Open the field for an explanation; where none is taken, say so in place."""
        if self.entry is None or self.entry.mark == "solved":
            return
        found = self.entry.found
        if self.refusal or not found.liftable:
            self.told.say(self.refusal or _("This has to be put right; an explanation does not lift it."))
            self.told.show()
            return
        if self.editor is None:
            self.editor = Editor(found.least, self.explanation, self.alike, self)
            self.editor.written.connect(self._written)
            self.editor.closed.connect(self.close_editor)
            self._place_editor()
            self.editor.show()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self.editor, lambda: self.grown.emit(self.editor))

    def _written(self, text: str, everywhere: bool) -> None:
        entry = self.entry
        self.close_editor()
        self.explained.emit(entry, text, everywhere)

    def close_editor(self) -> None:
        """Put the field away; the focus comes back to the row."""
        editor, self.editor = self.editor, None
        if editor is not None:
            self.grid.removeWidget(editor)
            editor.hide()
            editor.deleteLater()
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def unsaved(self) -> str | None:
        """What is being typed about it; None if nothing."""
        return self.editor.changed() if self.editor is not None else None

    # ---------------------------------------------------------------- focus and keys
    def current(self, on: bool) -> None:
        """Make it the row Tab stops at, or one that is passed over."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.ClickFocus)
        for button in (self.note, self.go):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.NoFocus)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(self)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        self.jump()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and S on a button of the row are those of the row."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            moves = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End)
            if event.key() in moves or event.key() == Qt.Key.Key_S:
                self.setFocus(Qt.FocusReason.OtherFocusReason)
                QCoreApplication.sendEvent(self, event)
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.jump()
        elif plain and event.key() == Qt.Key.Key_S:
            self.explain()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = QRectF(self.rect())
        ground = "primary_soft" if self.hasFocus() else "hover" if self.underMouse() else "panel"
        painter.fillRect(area, theme().color(ground))
        edge = theme().edge
        painter.fillRect(QRectF(0, self.height() - edge, self.width(), edge), theme().color("border"))
