"""The header: unit in serif, tags, one grey line of context; saved mark, search and display at the right."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from assess.answers import Profile
from assess.framework.model import Framework
from assess.store.seals import Standing
from forms.page import Size
from forms.theme import theme
from forms.widgets.buttons import Button, KeyButton, icon_button
from forms.widgets.labels import Elided, Tag
from forms.widgets.saved import SavedMark
from forms.words import _, capital, show


class Header(QFrame):
    """52 high. `fit` drops what a narrow window has no room for; the name and the saved mark always stay."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("box", "plain")
        self.setProperty("edge", "bottom")
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(12)
        self.menu = icon_button("menu", _("Menu"))
        self.name = Elided("", "title")
        self.name.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.tags = [Tag(), Tag()]
        self.context = Elided("", "label", "text_2")
        self.saved = SavedMark()
        self.seek = KeyButton("", "Ctrl+F", icon="search", small=True)
        self.display = Button("", icon="eye", small=True)
        row.addWidget(self.menu)
        row.addWidget(self.name)
        for tag in self.tags:
            row.addWidget(tag)
        row.addWidget(self.context, 1)
        row.addStretch(0)
        row.addWidget(self.saved)
        self.holder = QHBoxLayout()
        row.addLayout(self.holder)
        row.addWidget(self.seek)
        row.addWidget(self.display)
        self._page_part: QWidget | None = None
        self._alone = False
        self._size: Size = "wide"
        self.retranslate()

    def take(self, part: QWidget | None) -> None:
        """Show a control of the page (the outline drawer), or none."""
        if self._page_part is not None and self._page_part is not part:
            self._page_part.hide()
            self.holder.removeWidget(self._page_part)
        self._page_part = part
        if part is not None:
            self.holder.addWidget(part)
            part.setVisible(self._alone or self._size != "wide")

    def show_document(self, framework: Framework, profile: Profile) -> None:
        """Say whose document it is, of what kind, and which date it speaks of."""
        self.name.setText(profile.unit)
        self.tags[0].set(_("Sample data"), "neutral")
        self.tags[0].setProperty("there", profile.sample)
        self.tags[1].set(_("Practice"), "warning")
        self.tags[1].setProperty("there", profile.mode == "training")
        mode = framework.modes.get(profile.mode)
        parts = [
            _("Year {year}", year=profile.year) if profile.year else "",
            capital(show(mode.name)) if mode and profile.mode != "training" else "",
            _("Reference date {date}", date=profile.base_date) if profile.base_date else "",
        ]
        self.context.setText(" · ".join(part for part in parts if part))
        self.fit(self._size)

    def show_seal(self, standing: Standing | None) -> None:
        """Say beside the saved mark that the document is sealed: when, and the beginning of its digest."""
        last = standing.last if standing is not None else None
        if standing is None or last is None or not standing.closed:
            self.saved.seal("")
            return
        at = last.at.astimezone()
        tip = _("Sealed at {when}; digest {digest}.", when=f"{at:%Y-%m-%d %H:%M}", digest=last.digest.printed)
        if standing.digest is None:
            self.saved.seal(_("Sealed, changed since"), _("Sealed"), tip)
        else:
            words = _("Sealed {time} {digest} …", time=f"{at:%H:%M}", digest=last.digest.printed[:4])
            self.saved.seal(words, _("Sealed"), tip)

    def fit(self, size: Size, *, alone: bool = False) -> None:
        """Wide: everything. Narrow: no context. Tiny: menu, name, saved mark and the control of the page. `alone`: the
        page needs no rail, so the menu stands here and there is nothing to find."""
        self._size = size
        wide, tiny = size == "wide", size == "tiny"
        self.setFixedHeight(theme().px(44) if tiny else theme().size("header"))
        edge = 12 if tiny else 24
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(edge, 0, edge, 0)
        width = QFontMetrics(theme().font("title")).horizontalAdvance(self.name.text()) + 4
        self.name.setFixedWidth(min(width, theme().px(320)))
        self.menu.setVisible(tiny or alone)
        self.context.setVisible(not tiny)
        for tag in self.tags:
            tag.setVisible(bool(tag.property("there")) and not tiny)
        self.seek.short(not wide)
        self.seek.setVisible(not tiny and not alone)
        self.display.setVisible(not tiny)
        self.display.say(_("View") if wide else "", _("View"))
        self.saved.short = tiny
        self.saved.write()
        self._alone = alone
        if self._page_part is not None:
            self._page_part.setVisible(alone or not wide)

    def retranslate(self) -> None:
        self.setAccessibleName(_("Header"))
        self.menu.setAccessibleName(_("Menu"))
        self.menu.setToolTip(_("Menu"))
        self.seek.say(_("Find an indicator"))
        self.display.say(_("View"))
        self.display.setToolTip(_("Theme, language and size"))
        self.saved.write()
