"""The parts of bonus and deductions: what is claimed, what counts and why not, a form to add or change."""

from __future__ import annotations

from assess.framework.scoring_rules import PointRules
from assess.measure.matters import Claim, Matters
from forms.figures import figure, one_line
from forms.results.claims.entry import Act, Entry
from forms.results.claims.part import Part
from forms.session import Session
from forms.widgets.choices import Choices
from forms.widgets.field import Field
from forms.widgets.labels import Label, Text
from forms.widgets.segments import Segments
from forms.words import _, show

BY_LEVEL = (1.0, 2.0)  # points of the two levels a deduction may come from


class BonusPart(Part):
    """Bonus: matter and document of each, and how much may still be added."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.item = Choices()
        self.matter, self.paper = Field(), Field()
        for widget in (self.item, self.matter, self.paper):
            self.form.fields.addWidget(widget)
        self._changing: str | None = None

    def put(self, found: Matters, refusal: str, reserved: str) -> None:
        super().put(found, refusal, reserved)
        framework = self.session.framework
        rules = framework.bonus
        self.setVisible(found.points and bool(rules.items))
        self.heading.say(_("Bonus"), _("{left} more at most", left=figure(found.bonus_left, 0)))
        self.rule.say(rule_words(rules))
        self.matter.say(_("Matter"))
        self.paper.say(_("Name and number of the document"), hint=_("Without a document nothing is added."))
        self.add.say(_("Add a bonus"))
        self.add.refuse(refusal)
        self.add.show()
        self.show_entries([self._entry(claim) for claim in found.bonus])

    def _entry(self, claim: Claim) -> Entry:
        lines = [(f"{claim.item} {show(claim.words)}", "text_2")]
        lines.append((_("Document: {name}", name=one_line(claim.document)), "text_2") if claim.document.strip() else
                     (_("No document is named."), "warning"))  # fmt: skip
        if claim.why_not is not None and claim.document.strip():
            lines.append((show(claim.why_not), "warning"))
        acts = (Act("change", _("Change"), self.refusal), Act("withdraw", _("Withdraw"), self.refusal))
        tag = f"+{figure(claim.points)}" if claim.counted else _("not counted")
        tone = "success" if claim.counted else "warning"
        return Entry(claim.cell, one_line(claim.matter) or claim.item, tag, tone, tuple(lines), acts)

    def do(self, key: str, act: str) -> None:
        if act == "withdraw":
            self.submit("drop_claim", "@bonus", key)
            return
        claim = next(one for one in self.matters.bonus if one.cell == key) if self.matters else None
        if claim is not None:
            self._fill(claim)

    def unfold_new(self) -> None:
        self._fill(None)

    def _fill(self, claim: Claim | None) -> None:
        self._changing = claim.cell if claim else None
        offer(self.item, self.session.framework.bonus, claim.item if claim else "", _("Which bonus"))
        self.matter.put(claim.matter if claim else "")
        self.paper.put(claim.document if claim else "")
        self.matter.complain("")
        effect = _("Change") if claim else _("Add")
        self.unfold(self._changing or "", effect, _("Bonus"), self.item if claim is None else self.matter)

    def keep(self) -> None:
        matter = self.matter.text().strip()
        if not matter:
            self.matter.complain(_("Say what it is about."))
            self.matter.setFocus()
            return
        paper = self.paper.text().strip()
        self.submit("claim_bonus", self.item.key, matter, paper, claim=self._changing, then=self.fold)


class DeductionPart(Part):
    """Deductions: points by who named the unit, the red line the same matter set off, confirmation by the review."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.item, self.points, self.line = Choices(), Segments(), Segments()
        self.matter = Field()
        self.points_label, self.line_label = Label("", "label", "text_2"), Label("", "label", "text_2")
        self.line_hint = Text("", "label", "text_2")
        for widget in (
            self.item, self.matter, self.points_label, self.points, self.line_label, self.line, self.line_hint,
        ):  # fmt: skip
            self.form.fields.addWidget(widget)
        self.item.chosen.connect(lambda _key: self._offer_points(""))
        self._changing: Claim | None = None

    def put(self, found: Matters, refusal: str, reserved: str) -> None:
        super().put(found, refusal, reserved)
        rules = self.session.framework.deductions
        self.setVisible(found.points and bool(rules.items))
        total = sum(claim.points for claim in found.deductions if claim.counted)
        self.heading.say(_("Deductions"), f"−{figure(min(total, rules.max_total))}" if total else "")
        self.rule.say(rule_words(rules))
        self.matter.say(_("Matter"))
        self.points_label.setText(_("Named by"))
        self.points.setAccessibleName(_("Named by"))
        self.line_label.setText(_("Red line the same matter set off"))
        self.line.setAccessibleName(_("Red line the same matter set off"))
        self.line_hint.say(show(rules.no_double_words))
        for widget in (self.line_label, self.line, self.line_hint):
            widget.setVisible(bool(rules.no_double))
        self.add.say(_("Add a deduction"))
        self.add.refuse(refusal)
        self.add.show()
        self.show_entries([self._entry(claim) for claim in found.deductions])

    def _entry(self, claim: Claim) -> Entry:
        lines = [(f"{claim.item} {show(claim.words)}", "text_2")]
        if claim.red_line:
            lines.append((_("Same matter as red line {id}", id=claim.red_line), "text_2"))
        if claim.confirmed and claim.why_not is not None:
            lines.append((show(claim.why_not), "warning"))
        closed = self.refusal or (self.reserved if claim.confirmed else "")
        turn = Act("doubt", _("Not confirmed"), self.refusal or self.reserved) if claim.confirmed else (
            Act("confirm", _("Confirm"), self.refusal or self.reserved))  # fmt: skip
        acts = (turn, Act("change", _("Change"), closed), Act("withdraw", _("Withdraw"), closed))
        tag = f"−{figure(claim.points)}" if claim.counted else _("not counted")
        if not claim.confirmed:
            tag = _("awaiting confirmation")
        tone = "danger" if claim.counted else "warning"
        return Entry(claim.cell, one_line(claim.matter) or claim.item, tag, tone, tuple(lines), acts)

    def do(self, key: str, act: str) -> None:
        claim = next((one for one in self.matters.deductions if one.cell == key), None) if self.matters else None
        if act == "withdraw":
            self.submit("drop_claim", "@deduction", key)
        elif claim is not None and act == "change":
            self._fill(claim)
        elif claim is not None:
            self.submit(
                "claim_deduction", claim.item, claim.matter, claim.points,
                confirmed=act == "confirm", redline=claim.red_line, claim=key,
            )  # fmt: skip

    def unfold_new(self) -> None:
        self._fill(None)

    def _fill(self, claim: Claim | None) -> None:
        framework = self.session.framework
        self._changing = claim
        offer(self.item, framework.deductions, claim.item if claim else "", _("Which deduction"))
        self._offer_points(f"{claim.points:g}" if claim else "")
        lines = [("", _("None")), *((id, id) for id in framework.deductions.no_double)]
        self.line.offer(lines, claim.red_line if claim else "")
        self.line.choose(claim.red_line if claim else "")
        self.matter.put(claim.matter if claim else "")
        self.matter.complain("")
        effect = _("Change") if claim else _("Add")
        at = claim.cell if claim else ""
        self.unfold(at, effect, _("Deductions"), self.item if claim is None else self.matter)

    def _offer_points(self, chosen: str) -> None:
        rules = self.session.framework.deductions
        allowed = next((item.points for item in rules.items if item.id == self.item.key), ())
        self.points.offer([(f"{one:g}", points_words(one, tuple(allowed))) for one in allowed], chosen)

    def keep(self) -> None:
        matter = self.matter.text().strip()
        if not matter:
            self.matter.complain(_("Say what it is about."))
            self.matter.setFocus()
            return
        old = self._changing
        self.submit(
            "claim_deduction", self.item.key, matter, float(self.points.key),
            confirmed=bool(old and old.confirmed), redline=self.line.key, claim=old.cell if old else None,
            then=self.fold,
        )  # fmt: skip


def rule_words(rules: PointRules) -> str:
    """The rule in the framework's words, after the period it looks back over."""
    if not rules.period_months:
        return show(rules.rule)
    return _("Last {months} months. {rule}", months=rules.period_months, rule=show(rules.rule))


def points_words(points: float, allowed: tuple[float, ...]) -> str:
    """Points of a deduction as a choice; where there are one and two, they stand for the level that named the unit."""
    if allowed == BY_LEVEL:
        return _("One level up: 1") if points == 1 else _("Above that: 2")
    return _("{points} points", points=f"{points:g}")


def offer(choices: Choices, rules: PointRules, chosen: str, name: str) -> None:
    """The items of bonus or deductions as choices."""
    choices.setAccessibleName(name)
    choices.offer([(item.id, f"{item.id} {show(item.words)}", "") for item in rules.items], chosen)
