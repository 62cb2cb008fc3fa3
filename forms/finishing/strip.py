"""The notices above the counts: what keeps the document from being sealed, what the review sees, that it is sealed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from assess.finishing.completeness import Blocker, Completeness
from forms.page import Shell
from forms.theme import theme
from forms.widgets.notice import Notice
from forms.words import _, show


class Strip(QWidget):
    """One notice below the other, each with the way to what it speaks of."""

    def __init__(self, shell: Shell, to_cover: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shell, self.to_cover = shell, to_cover
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme().px(6))
        self.notices: list[Notice] = []

    def put(self, now: Completeness, *, closed: bool, changed: bool) -> None:
        """Say anew where the document stands. `changed`: sealed, and something is different since."""
        for notice in self.notices:
            self.column.removeWidget(notice)
            notice.hide()
            notice.deleteLater()
        self.notices = []
        if closed:
            more = _("It can be handed in. Print the signature sheet: its digest tells whether paper and file match.")
            self._notice("info" if changed else "success", _("The document is sealed."), more)
            return
        for blocker in now.blockers:
            self._blocker(blocker)
        if not now.blockers:
            self._notice(
                "success",
                _("Nothing is open that would keep it from being sealed."),
                _("Check the cover page, then seal."),
            )
        if now.warnings:
            self._notice(
                "warning",
                _("Worth checking and not explained: {count}.", count=now.warnings),
                _("It can be sealed as it is; an explanation saves a question of the review."),
                _("To the findings"),
                lambda: self.shell.go("findings"),
            )
        if now.whole.na_waiting:
            self._notice(
                "info",
                _("“Not applicable” that waits for the consent of the review: {count}.",
                  count=len(now.whole.na_waiting)),
                _("This does not keep it from being sealed."),
            )  # fmt: skip

    def _blocker(self, blocker: Blocker) -> None:
        goes: dict[str, tuple[str, Callable[[], object]]] = {
            "seal.errors": (_("To the findings"), lambda: self.shell.go("findings", blocker.target or None)),
            "seal.open": (_("To the first open question"), lambda: self.shell.go("questionnaire", blocker.target)),
            "seal.cover": (_("To the cover page"), self.to_cover),
        }
        if self.shell.has("exchange"):
            goes["seal.conflicts"] = (_("To the conflicts"), lambda: self.shell.go("exchange", "conflicts"))
        action, run = goes.get(blocker.code, ("", None))
        self._notice("danger", show(blocker.text), "", action, run)

    def _notice(
        self, tone: str, first: str, more: str = "", action: str = "", run: Callable[[], object] | None = None
    ) -> None:
        notice = Notice(tone, first, more, action=action, run=run)
        self.notices.append(notice)
        self.column.addWidget(notice)
