"""Two small panels: what each dimension looks like at its score, and how bonus and deductions make the totals."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from assess.language import Words
from assess.measure.result import Scores
from forms.figures import figure, one_line
from forms.results.clear import clear
from forms.results.lists import Line, Lines
from forms.results.rows import PointLine
from forms.results.view import View
from forms.theme import theme
from forms.widgets.labels import Text
from forms.widgets.panel import Panel
from forms.words import _, language, show


class PortraitPanel(Panel):
    """What each dimension looks like at its score; the only verdict of a practice document."""

    def __init__(self) -> None:
        super().__init__(gap=4)
        self._shown: tuple[object, str] | None = None
        self.rows = QVBoxLayout()
        self.rows.setSpacing(theme().px(6))
        self.column.addLayout(self.rows)

    def put(self, lines: tuple[tuple[str, Words, Words], ...]) -> None:
        """Show other portraits; none hide the panel."""
        if self._shown == (lines, language()):
            return
        self._shown = (lines, language())
        self.say(_("Portrait"))
        self.setVisible(bool(lines))
        clear(self.rows)
        for _node, name, words in lines:
            text = Text("", "label")
            text.say(show(words), f"{_('{name}:', name=one_line(show(name)))}")
            self.rows.addWidget(text)


class PointsPanel(Panel):
    """Bonus and deductions: how base, graded and shown total come from each other. Hidden while there are none."""

    def __init__(self) -> None:
        super().__init__(gap=2)
        self.lines = Lines()
        self.column.addWidget(self.lines)

    def put(self, page: View, scores: Scores, decimals: int = 1) -> None:
        """Show another result."""
        claimed = bool(page.bonus or page.deductions)
        self.setVisible(claimed or scores.bonus > 0 or scores.deductions > 0)
        self.say(_("Bonus and deductions"))
        lines = [
            Line("", _("Base score"), figure(scores.base, decimals)),
            Line(
                "",
                _("Deductions"),
                f"−{figure(scores.deductions, decimals)}" if scores.deductions else figure(0.0, decimals),
            ),
            Line(
                "",
                _("Bonus, on the shown total only"),
                f"+{figure(scores.bonus, decimals)}" if scores.bonus else figure(0.0, decimals),
            ),
            Line("", _("Shown total"), figure(scores.shown, decimals)),
        ]
        for point in page.deductions:
            name = _("Deduction: {matter}", matter=one_line(point.matter or show(point.words)))
            lines.append(Line("", name, self._value(point, decimals)))
        for point in page.bonus:
            name = _("Bonus: {matter}", matter=one_line(point.matter or show(point.words)))
            lines.append(Line("", name, self._value(point, decimals)))
        self.lines.put("", lines)

    @staticmethod
    def _value(point: PointLine, decimals: int) -> str:
        if point.counts:
            return figure(point.points, decimals)
        return _("awaiting confirmation") if point.awaiting else _("not counted")
