"""What the document says, as the page needs it: states, skips, flags, and how one item stands. Reads, never writes."""

from __future__ import annotations

from collections.abc import Mapping

from assess import rights, walk
from assess.answers import Answer, Sheet
from assess.checks.one import findings_of
from assess.checks.result import Found
from assess.earlier import last_period
from assess.finishing import sealing
from assess.framework.model import Framework
from assess.framework.scoring_rules import SkipRule
from assess.language import Message, say
from assess.measure.result import State
from forms.questionnaire.body import Asked
from forms.questionnaire.card import Standing
from forms.questionnaire.contents import Kept
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
        self._surveyed: dict[str, str] = {}
        self._named: tuple[str, Framework | None, frozenset[str]] = ("", None, frozenset())

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
        for code, words in self._surveyed.items():
            if code in self.states:  # what the last survey said holds until the next one, a moment later
                self.flags.setdefault(code, words)

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
            self.sheet.text(code),
            self.sheet.text(code, "previous_note"),
            self.about_before(),
            last_period.reason_of(self.sheet, code),
            self.who(code),
        )

    def about_before(self) -> Mapping[str, object]:
        """Where the answers of last period come from; empty where nothing is known of it."""
        found = self.sheet.cells.get(last_period.ABOUT)
        return found if isinstance(found, Mapping) else {}

    def who(self, code: str) -> walk.Responsible:
        return walk.responsible(self.session.framework, self.sheet, code)

    def mine(self) -> frozenset[str]:
        """Items that the unit of the person at work leads or assists."""
        unit, framework = self.session.who[1].strip(), self.session.framework
        if not unit:
            return frozenset()
        said = self.assigned()
        if self._named[0] != unit or self._named[1] is not framework:
            items = framework.indicators.values()
            named = (item.code for item in items if walk.is_of(unit, walk.Responsible(item.lead, item.assisting)))
            self._named = (unit, framework, frozenset(named))
        return frozenset(
            code
            for code in {*self._named[2], *said}
            if code in self.states and (code not in said or walk.is_of(unit, said[code]))
        )

    def assigned(self) -> dict[str, walk.Responsible]:
        """Who answers, where the document says it."""
        said = [item for item, column in self.sheet.cells if column == "assignment" and item in self.states]
        return {item: self.who(item) for item in said}

    def groups(self) -> Kept:
        """Items marked, of one's own unit, and worth checking; and who answers where the document says it."""
        return Kept(self.marked(), self.mine(), frozenset(self.flags), self.assigned())

    def marked(self) -> frozenset[str]:
        """Items marked to be come back to."""
        return frozenset(item for item, column in self.sheet.cells if column == "flag" and item in self.states)

    def checks(self, code: str) -> tuple[Found, ...]:
        """What the rules say of an item now, as far as one answer can settle it."""
        if self.states.get(code) in (None, "out", "skipped"):
            return ()
        found = findings_of(self.session.framework, self.sheet, code)
        return tuple(one for one in found if self.timely(one, code))

    def timely(self, found: Found, code: str) -> bool:
        """Whether a finding is worth saying while filling: not that something is blank or has no evidence yet."""
        blank, bare = self.states.get(code) == "unanswered", not self.sheet.evidence(code)
        return not (blank and found.group != "secrecy") and not (bare and found.group == "evidence")

    def survey(self) -> bool:
        """What the check of the whole finds about items, beside what the scores say; True if anything is new."""
        self._surveyed, before = {}, dict(self.flags)
        for one in self.check():
            if one.severity == "hint" or not one.open or self.states.get(one.code) in (None, "out", "skipped"):
                continue
            if one.code not in self._surveyed and self.timely(one, one.code):
                self._surveyed[one.code] = f"{'!' if one.severity == 'error' else ''}{show(one.message)}"
        self.learn()
        return self.flags != before

    def check(self) -> tuple[Found, ...]:
        """All findings of the sheet of now, those of the check page."""
        session = self.session
        known = session.state.facts if session.state is not None else None
        return sealing.checked(session.framework, session.sheet, session.scores, known=known)

    def standing(self, code: str) -> Standing:
        item = self.session.scores.items.get(code) if self.session.scores is not None else None
        answer = self.sheet.answer(code)
        return Standing(
            answer=answer,
            state=self.states.get(code, "unanswered"),
            skip=self.skips.get(code),
            lifted=self.sheet.flag(code, "skip_lifted"),
            marked=self.sheet.flag(code, "flag"),
            approved=self.sheet.flag(code, "na_approved"),
            locked=self.lock(code),
            barred=self.lock(code) if self.session.read_only_reason is None else None,
            remark=self.remark(code),
            fault=item.fault.text if item is not None and item.fault is not None and answer is not None else None,
        )

    def lock(self, code: str) -> Message | None:
        """Why an item cannot be answered: the file, a seal, or the review has settled it. A return opens its item."""
        if self.session.read_only_reason is not None:
            return self.session.read_only_reason
        if rights.state(self.sheet.cells, code) == "returned":
            return None
        return self.session.locked or rights.locked(self.sheet.cells, code, "self")

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
