"""A dialog no larger than the screen: what it says scrolls where it lacks room, its buttons stand at the foot."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from forms.theme import theme
from forms.widgets.panel import Scroll

FRAME = 36
"""Height of a title bar, which the room of a screen includes."""


class Dialog(QDialog):
    """Texts and fields go into `body`, buttons into `foot`; then `fit` gives it the size it needs and has room for."""

    def __init__(self, title: str, parent: QWidget | None = None, *, gap: int = 12) -> None:
        super().__init__(parent)
        px = theme().px
        self.setWindowTitle(title)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(px(12), px(12), px(12), px(12))
        self._whole.setSpacing(px(8))
        self.area = Scroll(gap=gap)
        self.body = self.area.column
        self.body.setContentsMargins(px(8), px(8), px(8), px(4))
        self.foot = QHBoxLayout()
        self.foot.setContentsMargins(px(8), 0, px(8), px(4))
        self._whole.addWidget(self.area, 1)
        self._whole.addLayout(self.foot)
        self._wide = 480

    def fit(self, wide: int | None = None) -> None:
        """As wide as asked (pixels at standard size) and as high as that takes, as far as the screen has room."""
        px = theme().px
        self._wide = wide or self._wide
        self.ensurePolished()
        for part in self.findChildren(QWidget):
            part.ensurePolished()
            part.updateGeometry()  # its size of before it had its typeface is forgotten
        room = self.screen().availableGeometry().size()
        foot = self.foot.sizeHint()
        width = min(max(px(self._wide), foot.width() + px(24)), room.width() - px(8))
        self.body.invalidate()
        folds = self.body.hasHeightForWidth()
        high = self.body.totalHeightForWidth(width - px(26)) if folds else self.body.minimumSize().height()
        needed = high + foot.height() + px(12) * 2 + px(8)
        height = min(needed, room.height() - FRAME)
        self.setMinimumSize(min(width, px(320)), min(height, foot.height() + px(96)))
        self.resize(width, height)
