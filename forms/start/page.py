"""The start page: what to do at the left, the recent files and two cards at the right; behind it steps and samples."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from assess.problems import Problem
from forms.guide.offer import TourOffer
from forms.page import Size
from forms.start.cards import Card
from forms.start.left import Left
from forms.start.recent import RecentFiles
from forms.theme import theme
from forms.widgets.notices import Notices
from forms.widgets.panel import Scroll
from forms.widgets.tab_order import step
from forms.words import _, show

if TYPE_CHECKING:
    from forms.start.desk import Desk
    from forms.start.new import NewAssessment
    from forms.start.samples import Samples


class StartPage(QStackedWidget):
    """Front, new assessment, samples. The last two are made when first wanted."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._size: Size = "wide"
        self._new: NewAssessment | None = None
        self._samples: Samples | None = None
        self.notices = Notices()
        self.left = Left(desk)
        self.files = RecentFiles(desk)
        self.samples_card = Card("city", desk.show_samples)
        self.practice_card = Card("screen", lambda: desk.show_samples(practice=True))
        self.offer = TourOffer(desk.start_tour, desk.refuse_tour)
        self._build()
        self.retranslate()

    def _build(self) -> None:
        self.front = Scroll()
        self.front.body.setProperty("box", "window")
        self.sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.sides.setSpacing(0)
        self.front.column.addLayout(self.sides)
        self.sides.addWidget(self.left)
        right = QWidget()
        self.right = QVBoxLayout(right)
        self.right.setSpacing(theme().px(12))
        self.notices.column.setContentsMargins(0, 0, 0, 0)
        self.right.addWidget(self.notices)
        self.right.addWidget(self.offer)
        self.show_offer()
        self.right.addWidget(self.files)
        self.right.addStretch(1)
        self.cards = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.cards.setSpacing(theme().px(16))
        self.cards.addWidget(self.samples_card, 1)
        self.cards.addWidget(self.practice_card, 1)
        self.right.addLayout(self.cards)
        self.sides.addWidget(right, 1)
        self.addWidget(self.front)
        self.fit("wide")

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes from the list to the buttons, the cards, language and theme, then around; steps as one reads."""
        if self.currentWidget() is self.front:
            left = self.left
            areas = [(self.files.list, False), (left.new, False), (left.open, False), (left.package, False)]
            areas += [(left.guide, False), (self.samples_card, False), (self.practice_card, False)]
            areas += [(left.languages, True), (left.themes, True), (self.offer, True)]
            areas += [(self.files.clear, False), (self.notices, False)]
        elif self._new is not None and self.currentWidget() is self._new:
            areas = [(self._new.area, False), (self._new.bar, True)]
        else:
            areas = [(self.currentWidget(), False)]
        return step(areas, forward=forward, around=True) or super().focusNextPrevChild(forward)

    # ---------------------------------------------------------------- which of the three
    def show_front(self) -> None:
        """The front, with the list as it is now and the focus on its first entry."""
        self.refresh()
        self.setCurrentWidget(self.front)
        self.take_focus()

    def show_new(self) -> None:
        """The steps of a new assessment, from the beginning."""
        from forms.start.new import NewAssessment

        if self._new is None:
            self._new = NewAssessment(self.desk)
            self.addWidget(self._new)
        self._new.begin()
        self._new.fit(self._size)
        self.setCurrentWidget(self._new)

    def show_samples(self, *, practice: bool = False) -> None:
        """The list of sample cities."""
        from forms.start.samples import Samples

        if self._samples is None:
            self._samples = Samples(self.desk)
            self.addWidget(self._samples)
        self._samples.begin(practice=practice)
        self.setCurrentWidget(self._samples)

    @property
    def steps(self) -> NewAssessment | None:
        """The steps of a new assessment, once they have been shown."""
        return self._new

    def part(self) -> str:
        """Which of the three is shown, as the guide names it."""
        now = self.currentWidget()
        return "start" if now is self.front else "new" if now is self._new else "samples"

    def show_offer(self) -> None:
        """The offer of the tour, until it was taken or waved away."""
        self.offer.setVisible(self.desk.settings.tour)

    def take_focus(self) -> None:
        """The first entry of the list; without one, the button for a new assessment."""
        target = self.files.list if self.desk.recent.entries else self.left.new
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read the recent list again."""
        self.files.refresh()

    def complain(self, problem: Problem, *, action: str = "", run: Callable[[], None] | None = None) -> None:
        """Say a Problem above the list, in place of the one before; on the steps, above the steps."""
        if self._new is not None and self._new.isVisible():
            self._new.complain(problem)
            return
        self.setCurrentWidget(self.front)
        self.notices.put("danger", show(problem.text), show(problem.hint), action=action, run=run, key="trouble")

    # ---------------------------------------------------------------- language, theme, size
    def areas(self) -> Sequence[QWidget]:
        if self.currentWidget() is not self.front:
            return (self.currentWidget(),)
        return (self.files, self.left, self.samples_card)

    def retranslate(self) -> None:
        self.left.retranslate()
        self.files.retranslate()
        self.offer.retranslate()
        self.samples_card.say(
            _("Sample cities"),
            _("Ten fictional cities: see how it goes from questionnaire to report."),
            _("Open a sample →"),
        )
        self.practice_card.say(
            _("Training"),
            _("Practice documents for lessons. They award no stage and enter no library."),
            _("Start practicing →"),
        )
        if self._new is not None:
            self._new.retranslate()
        if self._samples is not None:
            self._samples.retranslate()

    def retheme(self) -> None:
        self.left.retheme()
        self.fit(self._size)

    def fit(self, size: Size) -> None:
        """Tiny: one column, the left part first, the cards below each other."""
        self._size = size
        tiny, narrow = size == "tiny", size != "wide"
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self.sides.setDirection(down if tiny else across)
        self.cards.setDirection(down if narrow else across)
        edge = theme().px(16 if tiny else 24 if narrow else 40)
        self.right.setContentsMargins(edge, edge, edge, theme().px(32))
        self.left.fit(size)
        if self._new is not None:
            self._new.fit(size)
