"""The counties of a city: which have been taken in, which count, which are missing, and what each brought."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QInputDialog

from assess.answers import Sheet
from assess.framework.model import Framework
from assess.measure import counties
from assess.measure.result import Scores
from forms.results.lists import Line, Lines
from forms.theme import theme
from forms.widgets.buttons import Button
from forms.widgets.labels import Text
from forms.widgets.panel import Panel
from forms.words import _, language, show

MOST = 6


class CountyPanel(Panel):
    """A sentence on how far they count, a line per county, and the ways in."""

    taking = Signal()
    switching = Signal(bool)
    named = Signal(list)
    """The names of all counties of the city, as written down."""

    def __init__(self) -> None:
        super().__init__(gap=6)
        self._shown: tuple[object, str] | None = None
        self._on = False
        self.sentence = Text("", "body")
        self.lines = Lines(MOST)
        self.missing = Text("", "label", "text_2")
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(theme().px(8))
        self.take = Button("", small=True, run=self.taking.emit)
        self.switch = Button("", small=True, run=lambda: self.switching.emit(not self._on))
        self.names = Button("", small=True, run=self.ask_names)
        self._names: tuple[str, ...] = ()
        for button in (self.take, self.names, self.switch):
            self.buttons.addWidget(button)
        self.buttons.addStretch(1)
        for widget in (self.sentence, self.lines, self.missing):
            self.column.addWidget(widget)
        self.column.addLayout(self.buttons)

    def ask_names(self) -> None:
        """Write down which counties there are, one a line, so that a missing one is told by its name."""
        text, agreed = QInputDialog.getMultiLineText(
            self.window(), _("List of counties"), _("All counties of the city, one a line:"), "\n".join(self._names)
        )
        if agreed:
            self.named.emit(names_of(text))

    def put(self, framework: Framework, sheet: Sheet, scores: Scores, locked: str = "") -> None:
        """Show the counties of another sheet; hidden where a unit can have none."""
        rule, profile = framework.county_blend, sheet.profile
        self.setVisible(rule is not None and profile.tier == "市" and not profile.no_counties)
        if rule is None or self.isHidden():
            return
        held, counting = counties.taken_in(sheet), counties.counting(sheet)
        blended = sum(item.counties > 0 for item in scores.items.values())
        shown = ((held, profile, blended, locked), language())
        if self._shown == shown:
            return
        self._shown, self._on = shown, profile.blend_counties
        whole = max(profile.counties or 0, len(held))
        self.say(_("Counties"), _("{count} of {all} taken in", count=len(held), all=whole) if whole else "")
        if not held:
            text = _("No county document has been taken in.")
        elif not profile.blend_counties:
            text = _("{count} counties could count. They are not counted in the city's score.", count=len(counting))
        else:
            text = _(
                "{count} counties count: {items} items are the city's score × {city} + the counties' mean × {county}, "
                "where at least {share} of the counties have answered.",
                count=len(counting), items=blended, city=f"{rule.city_weight:g}", county=f"{rule.county_weight:g}",
                share=f"{rule.min_submission_share:.0%}",
            )  # fmt: skip
        self.sentence.say(text)
        self.lines.put("", [line(one, counts=one in counting) for one in held])
        waited = counties.awaited(sheet)
        left = whole - len(held)
        words = ""
        if waited:
            words = _("Not handed in yet: {names}.", names=waited)
        elif left > 0:
            words = _("{count} counties are still missing.", count=left)
        self.missing.say(words)
        self.missing.setVisible(bool(words))
        self._names = counties.expected(profile)
        self.names.say(_("List of counties…"))
        self.names.refuse(locked)
        self.take.say(_("Take in counties…"))
        self.take.refuse(locked)
        self.switch.say(_("Do not count them") if self._on else _("Let them count"))
        self.switch.setVisible(bool(held) or self._on)
        self.switch.refuse(locked)


def names_of(text: str) -> list[str]:
    """Names written one a line, each once, in their order."""
    return list(dict.fromkeys(" ".join(name.split()) for name in text.splitlines() if name.strip()))


def line(one: counties.Submitted, *, counts: bool) -> Line:
    """One county: its name, how it was handed in, the mean of its scores."""
    scores = [
        item.score for item in one.items.values() if item.score is not None and item.counting in ("value", "zero")
    ]
    mean = f"{sum(scores) / len(scores):.1f}" if scores else "–"
    unit = " ".join(one.unit.split())
    if not counts:
        reason = show(one.reason) if one.reason is not None else _("another reference date")
        about = _("{unit}, does not count: {reason}", unit=unit, reason=reason)
        return Line("", _("{unit}, not counted", unit=unit), mean, about, "text_2")
    state = _("sealed {seal}", seal=one.seal) if one.standing == "sealed" else _("handed in")
    about = _("{unit}, {state}, {count} items", unit=unit, state=state, count=len(scores))
    short = _("sealed") if one.standing == "sealed" else _("handed in")
    return Line("", _("{unit}, {state}", unit=unit, state=short), mean, about)
