"""The gap between above and below (上下温差): what the unit claims against what townships and villages feel.

With fewer sheets than the framework asks for there is no number, only the reason. It is a hint where to go and look.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from assess.framework.model import Framework
from assess.grassroots.gap import Gaps, ItemGap
from forms.results.lists import Line, Lines
from forms.theme import theme
from forms.widgets.buttons import Button
from forms.widgets.labels import Text
from forms.widgets.panel import Panel
from forms.words import _, language, show

MOST = 4


class GrassrootsPanel(Panel):
    """A sentence, the widest gaps, and the ways in: take in documents, or key in paper sheets."""

    asked = Signal(str)
    taking = Signal()
    keying = Signal()

    def __init__(self) -> None:
        super().__init__(gap=6)
        self._shown: tuple[object, str] | None = None
        self.sentence = Text("", "body")
        self.lines = Lines(MOST)
        self.lines.asked.connect(self.asked)
        self.caution = Text("", "label", "text_2")
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(theme().px(8))
        self.take = Button("", small=True, run=self.taking.emit)
        self.key = Button("", small=True, run=self.keying.emit)
        self.buttons.addWidget(self.take)
        self.buttons.addWidget(self.key)
        self.buttons.addStretch(1)
        for widget in (self.sentence, self.lines, self.caution):
            self.column.addWidget(widget)
        self.column.addLayout(self.buttons)

    def put(self, framework: Framework, found: Gaps | None, locked: str = "") -> None:
        """Show other gaps; None hides the panel. `locked` says why nothing can be taken in."""
        self.setVisible(found is not None)
        if found is None or self._shown == ((found, locked), language()):
            return
        self._shown = ((found, locked), language())
        self.say(_("Gap between above and below"), _("{count} sheets", count=found.count) if found.count else "")
        self.sentence.say(sentence(found))
        told = found.told
        widest = [one for one in told if one.band is not None and one.band.mark]
        rest = [one for one in told if one not in widest]
        self.lines.put("", [line(framework, one) for one in (*widest, *rest)])
        self.lines.setVisible(bool(told))
        caution = framework.perception.caution if framework.perception is not None and told else None
        self.caution.say(show(caution))
        self.caution.setVisible(caution is not None)
        self.take.say(_("Take in sheets…"))
        self.key.say(_("Key in paper sheets"))
        for button in (self.take, self.key):
            button.refuse(locked)


def sentence(found: Gaps) -> str:
    """What can be said, in one sentence."""
    if not found.count:
        return _("No grassroots sheets yet. They do not count in the score; they show where to go and look.")
    told = found.told
    if not told:
        enough = any(one.mean is not None for one in found.items)
        if enough:
            return _("There is no own answer yet that the sheets could be compared with.")
        return _("Fewer than {fewest} sheets on every question, so nothing is compared.", fewest=found.fewest)
    hot, low = found.marked("red"), found.marked("note")
    return _(
        "{told} of {all} questions can be compared: {hot} warm above and cold below, {low} under-reported, "
        "{rest} others.",
        told=len(told), all=len(found.items), hot=len(hot), low=len(low), rest=len(told) - len(hot) - len(low),
    )  # fmt: skip


def line(framework: Framework, one: ItemGap) -> Line:
    """One gap: item, band, own value and mean, the gap with its sign; told in full to a screen reader."""
    name = show(framework.indicators[one.code].name)
    about = _(
        "{name}: own {claim}, grassroots {mean} ± {spread} from {sheets} sheets, gap {gap}, {band}",
        name=name, claim=f"{one.claim or 0:.1f}", mean=f"{one.mean or 0:.1f}", spread=f"{one.spread or 0:.1f}",
        sheets=one.sheets, gap=signed(one.gap), band=one.band.name if one.band is not None else "",
    )  # fmt: skip
    words = _("{name}, {band}", name=name, band=one.band.name if one.band is not None else "")
    ink = "danger" if one.band is not None and one.band.mark == "red" else "text"
    return Line(one.code, words, signed(one.gap), about, ink)


def signed(gap: float | None) -> str:
    """A gap with its sign and one decimal: +1.8, −0.4, 0.0."""
    value = round(gap or 0.0, 1)
    return "0.0" if value == 0 else f"{value:+.1f}".replace("-", "−")


def codes(found: Gaps | None) -> Sequence[str]:
    """Items shown, in order."""
    return [one.code for one in found.told] if found is not None else []
