"""What the document says, as the page needs it: states, skips, flags, and how one item stands. Reads, never writes."""

from __future__ import annotations

from assess import walk
from assess.answers import Answer, Sheet
from assess.framework.model import SkipRule
from assess.language import Message, say
from assess.measure.result import State
from forms.questionnaire.body import Asked
from forms.questionnaire.card import Standing
from forms.questionnaire.side import COLUMNS
from forms.session import Session
from forms.words import show


class Known:
    """The sheet of now, looked at from the questions. `learn` takes over a new sheet."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.states: dict[str, State] = {}
        self.skips: dict[str, SkipRule] = {}
        self.flags: dict[str, str] = {}

    @property
    def sheet(self) -> Sheet:
        return self.session.sheet

    def learn(self) -> None:
        """States, skips and flags of the sheet of now. A flag that begins with ! must be dealt with."""
        framework = self.session.framework
        self.states = walk.states(framework, self.sheet)
        self.skips = dict(walk.skips(framework, self.sheet))
        self.flags = {}
        scores = self.session.scores
        for code, item in (scores.items if scores is not None else {}).items():
            if item.fault is not None and item.answer is not None:
                self.flags[code] = f"!{show(item.fault.text)}"
            elif item.doubt is not None and not self.sheet.text(code, "explanation"):
                self.flags[code] = show(item.doubt.text)

    @property
    def coverage(self) -> float | None:
        return self.session.scores.coverage if self.session.scores is not None else None

    def count(self) -> tuple[int, int]:
        """Items dealt with, and items in all."""
        asked = [state for state in self.states.values() if state != "out"]
        return sum(state != "unanswered" for state in asked), len(asked)

    def items(self) -> list[str]:
        """Codes asked, in order."""
        return list(walk.items(self.session.framework, self.sheet))

    def code_of(self, target: str) -> str | None:
        """An item by its code, or the first item of a node; None for what this document does not ask."""
        framework = self.session.framework
        leaves = framework.leaves(target) if target in framework.nodes else (target,)
        return next((code for code in leaves if self.states.get(code, "out") != "out"), None)

    def next_open(self, after: str | None) -> str | None:
        return walk.next_open(self.session.framework, self.sheet, after)

    def previous(self, code: str) -> Answer | None:
        """What was answered last period, where the session knows that sheet."""
        sheet = getattr(self.session, "previous", None)
        return walk.in_force(self.session.framework, sheet, code)[1] if isinstance(sheet, Sheet) else None

    def asked(self, code: str) -> Asked:
        scores = self.session.scores
        return Asked(
            self.session.framework,
            self.session.framework.indicators[code],
            self.session.profile,
            self.previous(code),
            self.sheet.evidence(code),
            scores.items.get(code) if scores is not None else None,
            self.sheet.text(code, "explanation"),
        )

    def standing(self, code: str) -> Standing:
        item = self.session.scores.items.get(code) if self.session.scores is not None else None
        answer = self.sheet.answer(code)
        return Standing(
            answer=answer,
            state=self.states.get(code, "unanswered"),
            skip=self.skips.get(code),
            lifted=self.sheet.flag(code, "skip_lifted"),
            approved=self.sheet.flag(code, "na_approved"),
            locked=self.session.locked,
            remark=self.remark(code),
            fault=item.fault.text if item is not None and item.fault is not None and answer is not None else None,
        )

    def remark(self, code: str) -> Message | None:
        """What the filler must know before changing anything: a value of the review counts, or the mark is at stake."""
        column, _answer = walk.in_force(self.session.framework, self.sheet, code)
        if column not in (None, "self"):
            return say(
                "The value of “{column}” counts for this item; a change here does not move the score.",
                column=COLUMNS[str(column)],
            )
        if self.sheet.status == "reviewed":
            return say("The assessment is marked as reviewed; a change takes the mark back.")
        return None
