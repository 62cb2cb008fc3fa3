from __future__ import annotations
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame
class Why(QFrame):
    closed = Signal()
    question = Signal(str)
    code = ""
    def show_code(self, *a): self.code = a[-1]
    def take_focus(self): ...
    def retranslate(self): ...
