"""What the desk does about the item of its card: last period confirmed, the mark, and what the rules say, in pauses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from assess.checks import remembered
from assess.earlier import last_period
from assess.finishing import sealing
from forms import background
from forms.dialogs import secrecy
from forms.words import show

if TYPE_CHECKING:
    from forms.questionnaire.desk import Desk

MANY = 300  # items above which the first check does not run in the thread of the window
SURVEY = 80  # milliseconds without a change after which the whole is checked


class Overseer(QObject):
    """Belongs to one desk."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.desk = desk
        self.reminded = False
        self.work: background.Work | None = None
        self.looking = QTimer(self, singleShot=True, interval=0)
        self.looking.timeout.connect(self.look_over)
        self.surveying = QTimer(self, singleShot=True, interval=SURVEY)
        self.surveying.timeout.connect(self.survey)

    def attaching(self, record: object = None, file: object = None) -> None:
        """Files are attached: once per stay the notice that nothing secret may be among them."""
        if not self.reminded and (file is not None or isinstance(record, (list, tuple))):
            self.reminded = True
            secrecy.remind(self.desk.session, self.desk.shell, always=True)

    def stop(self) -> None:
        self.looking.stop()
        self.surveying.stop()
        if self.work is not None:
            self.work.cancel()

    def same_as_before(self) -> None:
        """`=`: the answer of last period holds again, confirmed by the person who presses it."""
        desk, card = self.desk, self.desk.card
        if card is None or desk.at_end or desk.code in desk.known.skips or desk.session.locked is not None:
            return
        before = desk.known.previous(desk.code)
        reason = last_period.refused(card.asked.indicator, desk.session.profile.base_date, before)
        if reason is not None or before is None:
            card.tell_refused(show(reason))
            return
        card.flush()
        desk.saving.confirm(desk.code, last_period.unchanged(before), desk.committed)

    def toggle_mark(self) -> None:
        """Ctrl+B: come back to this, or no longer."""
        if self.desk.card is not None and not self.desk.at_end:
            self.desk.saving.mark(self.desk.code, not self.desk.card.standing.marked)

    def look_over(self) -> None:
        """What the rules say of the item of the card, once the card stands."""
        desk = self.desk
        if desk.card is not None and desk.session.is_open and not desk.saving.busy(desk.code):
            desk.card.show_checks(desk.known.checks(desk.code))

    def survey(self) -> None:
        """In a pause: what the check of the whole says of items, for the marks and the filter of the outline.

        The first check of a large document runs beside the window; those after it judge only what has changed.
        """
        session = self.desk.session
        if not session.is_open or self.work is not None:
            return
        framework, sheet, scores = session.framework, session.sheet, session.scores
        if len(framework.indicators) > MANY and not remembered.begun(framework, session.profile.tier):
            self.work = background.start(
                lambda _work: sealing.checked(framework, sheet, scores), done=self.surveyed, ended=self.ended
            )
        elif self.desk.known.survey():
            self.desk.show_outline()

    def ended(self) -> None:
        self.work = None

    def surveyed(self, _found: object) -> None:
        """The first check is done: what it found is shown once the work is put away."""
        self.surveying.start(0)
