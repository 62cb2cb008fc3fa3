"""The part of the red lines: condition and effect in the framework's words, where each stands, and what may be done."""

from __future__ import annotations

from collections.abc import Callable

from assess.measure.matters import Line, Matters
from forms.figures import one_line
from forms.results.claims.entry import Act, Entry
from forms.results.claims.part import Part
from forms.session import Session
from forms.widgets.field import Field
from forms.widgets.notice import Notice
from forms.words import _, show

DANGER = "danger"
TONES = {"clear": "neutral", "awaiting": "warning", "in_force": "danger", "indicative": "warning", "cleared": "success"}


class LinesPart(Part):
    """Red lines. Anyone raises one; reviewers confirm and clear. One of immediate effect acts when it is raised."""

    def __init__(self, session: Session, question: Callable[[str], object]) -> None:
        super().__init__(session)
        self._question = question
        self.warning = Notice("danger")
        self.reason = Field()
        self.form.fields.addWidget(self.warning)
        self.form.fields.addWidget(self.reason)
        self._moving: tuple[str, str] = ("", "")

    def put(self, found: Matters, refusal: str, reserved: str) -> None:
        super().put(found, refusal, reserved)
        self.setVisible(bool(found.lines))
        active = sum(line.state in ("in_force", "indicative") for line in found.lines)
        self.heading.say(_("Red lines"), _("{count} in force", count=active) if active else "")
        self.rule.say(_("Once raised, a red line waits for the review; secret content acts at once.")
                      if any(line.red_line.confirm == "immediate" for line in found.lines)
                      else _("Once raised, a red line waits for the review."))  # fmt: skip
        self.reason.say(_("Reason"))
        self.show_entries([self._entry(line) for line in found.lines])

    def _entry(self, line: Line) -> Entry:
        rule = line.red_line
        lines = [(_("Effect: {words}", words=show(rule.effect_words)), "text_2")]
        if line.reason is not None:
            lines.append((_("Reason: {words}", words=one_line(show(line.reason))), "text"))
        title = _("{id} {words}", id=rule.id, words=show(rule.words))
        return Entry(rule.id, title, state_words(line.state), TONES[line.state], tuple(lines), self._acts(line))

    def _acts(self, line: Line) -> tuple[Act, ...]:
        closed, reserved = self.refusal, self.refusal or self.reserved
        look = (Act("question", _("Open question")),) if line.by else ()
        if line.state in ("clear", "cleared"):
            at_once = line.red_line.confirm == "immediate"
            return (Act("raise", _("Mark and suspend…") if at_once else _("Raise…"), closed, danger=at_once),)
        clear = Act("clear", _("Clear…"), reserved)
        if line.state == "awaiting":
            return (Act("confirm", _("Confirm…"), reserved), clear, *look)
        return look if line.by and line.state == "indicative" else (clear, *look)

    def do(self, key: str, act: str) -> None:
        line = next((one for one in self.matters.lines if one.red_line.id == key), None) if self.matters else None
        if line is None:
            return
        if act == "question":
            self._question(line.by)
            return
        self._moving = (key, {"raise": "raised", "confirm": "confirmed", "clear": "cleared"}[act])
        at_once = act == "raise" and line.red_line.effect == "suspend" and line.red_line.confirm == "immediate"
        self.warning.setVisible(at_once)
        if at_once:
            self.warning.say(
                DANGER,
                _("Scoring and export stop at once."),
                _("Only a reviewer can clear it, after the content has been dealt with. Do not repeat the content."),
            )
        by_hand = act == "confirm" and line.reason is not None and not line.by
        self.reason.put(one_line(show(line.reason)) if by_hand else "")
        self.reason.complain("")
        effect = {"raise": _("Raise"), "confirm": _("Confirm"), "clear": _("Clear the red line")}[act]
        words = _("Suspend the assessment") if at_once else effect
        self.unfold(key, words, f"{words} {key}", self.reason, danger=at_once)

    def begin(self, key: str) -> None:
        """Open the form that raises a red line, or go to where it stands if it is raised already."""
        row = self.row(key)
        if row is None:
            return
        button = row.buttons.get("raise")
        if button is not None and button.isEnabled():
            button.click()
            return
        self.shown.emit(row)
        target = next((one for one in row.buttons.values() if one.isEnabled()), None)
        if target is not None:
            target.setFocus()

    def keep(self) -> None:
        reason = self.reason.text().strip()
        if not reason:
            self.reason.complain(_("A red line needs a reason."))
            self.reason.setFocus()
            return
        key, state = self._moving
        self.submit("red_line", key, state, reason, then=self.fold)


def state_words(state: str) -> str:
    """Where a red line stands."""
    return {
        "clear": _("not raised"),
        "awaiting": _("awaiting confirmation"),
        "in_force": _("now in force"),
        "indicative": _("in force, for reference"),
        "cleared": _("cleared"),
    }[state]
