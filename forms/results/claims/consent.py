"""The parts of the review: consent to "not applicable", and the mark "reviewed" with its warning."""

from __future__ import annotations

from collections.abc import Callable

from assess.measure.matters import Matters, NaClaim
from forms.figures import one_line
from forms.results.claims.entry import Act, Entry
from forms.results.claims.part import Part
from forms.session import Session
from forms.words import _, show

TONES = {"awaiting": "warning", "agreed": "success", "refused": "danger", "no_reason": "warning"}


class ConsentPart(Part):
    """Items answered "not applicable", which count as no data until the review agrees."""

    def __init__(self, session: Session, question: Callable[[str], object]) -> None:
        super().__init__(session)
        self._question = question

    def put(self, found: Matters, refusal: str, reserved: str) -> None:
        super().put(found, refusal, reserved)
        self.setVisible(found.asks_na)
        waiting = sum(claim.state == "awaiting" for claim in found.na)
        self.heading.say(_("Not applicable: to be agreed"), _("{count} waiting", count=waiting) if waiting else "")
        self.rule.say(
            _("Until the review agrees, an item counts as no data.") if found.na else _("No item is “not applicable”.")
        )
        self.show_entries([self._entry(claim) for claim in found.na])

    def _entry(self, claim: NaClaim) -> Entry:
        closed = self.refusal or self.reserved
        bare = _("There is no reason yet; the unit writes it first.") if claim.state == "no_reason" else ""
        line = (bare, "warning") if bare else (_("Reason: {words}", words=one_line(claim.reason)), "text_2")
        acts = [
            Act("agree", _("Agree"), closed or bare) if claim.state != "agreed" else None,
            Act("refuse", _("Not agree"), closed) if claim.state not in ("refused", "no_reason") else None,
            Act("question", _("Open question")),
        ]
        states = {
            "awaiting": _("to be agreed"),
            "agreed": _("agreed"),
            "refused": _("not agreed"),
            "no_reason": _("no reason"),
        }
        title = _("{id} {words}", id=claim.code, words=one_line(show(claim.name)))
        return Entry(
            claim.code, title, states[claim.state], TONES[claim.state], (line,), tuple(act for act in acts if act)
        )

    def do(self, key: str, act: str) -> None:
        if act == "question":
            self._question(key)
        elif act == "agree":
            self.submit("approve_na", key, True)
        else:
            self.submit("set_cells", {(key, "na_approved"): False}, "na_approval")


class ReviewPart(Part):
    """The mark of the review: who set it and when, and which items nobody has reviewed."""

    def put(self, found: Matters, refusal: str, reserved: str) -> None:
        super().put(found, refusal, reserved)
        review = found.review
        self.setVisible(review is not None)
        if review is None:
            return
        self.heading.say(_("Mark of the review"))
        self.rule.say(_("The mark lapses as soon as an answer, bonus, deduction or red line changes."))
        lines = []
        if review.marked:
            if review.by.strip():
                lines.append((_("By {name}, {date}", name=one_line(review.by), date=review.at), "text_2"))
            else:
                lines.append((review.at, "text_2"))
        if review.missing:
            lines.append(
                (
                    _(
                        "{count} key or outcome items have no value by review or third party: {codes}.",
                        count=len(review.missing),
                        codes=_(", ").join(review.missing),
                    ),
                    "warning",
                )
            )
        closed = refusal or reserved
        if review.marked:
            act = Act("drop", _("Take the mark away"), closed)
        else:
            act = Act("mark", _("Mark as reviewed"), closed)
        title = _("Reviewed") if review.marked else _("Not reviewed yet")
        self.show_entries([Entry("reviewed", title, "", "", tuple(lines), (act,))])

    def do(self, key: str, act: str) -> None:
        self.submit("mark_reviewed", act == "mark")
