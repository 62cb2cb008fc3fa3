"""Keying one sheet: what a clerk's digits do, place by place. It knows no screen, so that a screen stays thin.

A felt question takes one digit and goes on by itself; ticks and a number take several and end with Enter. A digit that
cannot be is refused and the place stays. When a sheet is keyed a second time to check it (`against`), a digit that
differs from the first keying is refused once; keyed again it stands, for then somebody has looked at the paper.
"""

from __future__ import annotations

from collections.abc import Mapping

from assess.answers import Json
from assess.grassroots.entry import entered, shown
from assess.grassroots.form import Form, Question
from assess.grassroots.sheets import Filled, Given
from assess.language import say
from assess.problems import Problem


class Keying:
    """A sheet on its way: `at` is the place of the question whose turn it is, `typed` what stands there unfinished."""

    def __init__(self, form: Form, number: int, place: str = "", against: Filled | None = None) -> None:
        self.form, self.number, self.place, self.against = form, number, place, against
        self.given: dict[str, Given | None] = {}
        self.at = 0
        self.typed = ""
        self._doubted: tuple[int, Given | None] | None = None
        self.changed = False
        self.correcting = False

    @property
    def question(self) -> Question | None:
        """Whose turn it is; None once every question has had its turn."""
        return self.form.questions[self.at] if self.at < len(self.form.questions) else None

    @property
    def done(self) -> bool:
        return self.at >= len(self.form.questions)

    @property
    def begun(self) -> bool:
        return bool(self.given) or bool(self.typed)

    def key(self, sign: str) -> None:
        """One key. Raises Problem where the question has no such answer; nothing has changed then."""
        question = self.question
        if question is None:
            return
        if question.kind == "felt":
            self._settle(question, entered(question, sign))
            return
        typed = self.typed + sign
        if typed not in (".", "-"):
            entered(question, typed)
        if question.kind == "tick" and sign in self.typed:
            raise Problem(
                "sheet.ticked-twice",
                say("Question {number}: {typed} is typed already.", number=question.number, typed=sign),
                say("Press Enter when all ticks are typed."),
            )
        if question.kind == "tick" and "0" in typed and len(typed) > 1:
            raise Problem(
                "sheet.none-and-some",
                say("Question {number}: 0 means none of them, so it stands alone.", number=question.number),
                say("Go back with Backspace and type it anew."),
            )
        self.typed = typed

    def enter(self) -> None:
        """End ticks or a number; leave an empty question open, and one that is keyed already as it is."""
        question = self.question
        if question is not None:
            if not self.typed and question.code in self.given:
                self.go(self.at + 1)
                return
            given = entered(question, self.typed)
            self.typed = ""
            self._settle(question, given)

    def back(self) -> None:
        """Take back the last sign, or go to the question before."""
        if self.typed:
            self.typed = self.typed[:-1]
        elif self.at:
            self.go(self.at - 1)

    def go(self, at: int) -> None:
        """To a question already keyed, or to the first that is not."""
        reached = next(
            (place for place, one in enumerate(self.form.questions) if one.code not in self.given),
            len(self.form.questions),
        )
        self.typed, self._doubted = "", None
        self.at = min(max(at, 0), reached)

    def open(self, sheet: Filled) -> None:
        """Begin with what a sheet holds, to correct it."""
        self.given = {one.code: sheet.answers.get(one.code) for one in self.form.questions}
        self.place, self.at, self.correcting = sheet.place, 0, True

    def sheet(self) -> Filled:
        """The sheet as it stands; checked when it was keyed a second time to the end. A correction is unchecked."""
        answers = {code: given for code, given in self.given.items() if given is not None}
        return Filled(
            self.form.tier, self.number, answers, place=self.place, checked=self.against is not None and self.done
        )

    def cell(self, place: int) -> str:
        """What stands in the box of a question: digits, a dash where it was left open, nothing where it is to come."""
        question = self.form.questions[place]
        if place == self.at and self.typed:
            return self.typed
        return shown(question, self.given[question.code]) if question.code in self.given else ""

    def _settle(self, question: Question, given: Given | None) -> None:
        if self.against is not None:
            first = self.against.answers.get(question.code)
            if first != given and self._doubted != (self.at, given):
                self._doubted = (self.at, given)
                raise Problem(
                    "sheet.differs",
                    say(
                        "Question {number}: {first} was keyed before, now {now}.",
                        number=question.number, first=shown(question, first), now=shown(question, given),
                    ),
                    say("Look at the paper and key what stands there once more."),
                )  # fmt: skip
            self.changed = self.changed or first != given
        self._doubted = None
        self.given[question.code] = given
        self.at += 1

    # ---------------------------------------------------------------- what is left when the work is interrupted
    def draft(self) -> dict[str, Json]:
        """What has been keyed so far, to go on with later."""
        return {
            "tier": self.form.tier,
            "number": self.number,
            "place": self.place,
            "given": {
                code: list(given) if isinstance(given, tuple) else given for code, given in sorted(self.given.items())
            },
        }

    @staticmethod
    def resumed(form: Form, draft: Json) -> Keying | None:
        """The sheet of a draft; None where there is none or it is of another form."""
        if not isinstance(draft, Mapping) or draft.get("tier") != form.tier or not isinstance(draft.get("number"), int):
            return None
        held = Filled.from_json(f"{form.tier}.{draft['number']:04d}", {"answers": draft.get("given") or {}})
        if held is None:
            return None
        keying = Keying(form, draft["number"], str(draft.get("place") or ""))
        raw = draft.get("given") or {}
        keying.given = {one.code: held.answers.get(one.code) for one in form.questions if one.code in raw}
        keying.go(len(form.questions))
        return keying
