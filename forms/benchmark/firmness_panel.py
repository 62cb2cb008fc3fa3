"""How firm the result is, in plain sentences: opened from the head of the page, reckoned beside the window."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assess.benchmark.firmness import Firmness, firmness
from assess.benchmark.peers import Peer
from assess.framework.model import Framework
from assess.measure.result import Scores
from assess.problems import Problem
from forms import background
from forms.benchmark.firmness_words import method, peers_sentence, rank_sentence, sentences
from forms.benchmark.range_strip import RangeStrip
from forms.theme import theme
from forms.widgets.buttons import icon_button
from forms.widgets.labels import Text
from forms.widgets.panel import Panel
from forms.words import _, show


class FirmnessPanel(Panel):
    """Closed by its cross or Esc. Ranks are spoken of only where they are shown on the page."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__(gap=6)
        self.cross = icon_button("close", "", self.closed.emit)
        self.heading.row.addWidget(self.cross)
        self.said = QWidget()
        self._lines = QVBoxLayout(self.said)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(theme().px(4))
        self.strip = RangeStrip()
        self.near = Text("", "label")
        self.rank = Text("", "label")
        self.method = Text("", "caption", "text_2")
        for part in (self.said, self.strip, self.near, self.rank, self.method):
            self.column.addWidget(part)
        self.found: Firmness | None = None
        self._framework: Framework | None = None
        self._key: tuple[object, ...] = ()
        self._names: Mapping[str, str] = {}
        self._ranks = False
        self._work: background.Work | None = None

    def put(
        self,
        framework: Framework,
        scores: Scores,
        me: Peer,
        others: Sequence[Peer],
        names: Mapping[str, str],
        *,
        ranks: bool,
    ) -> None:
        """Show what is known of these scores among these peers; try the weights anew where either has changed."""
        self._names, self._ranks = names, ranks
        key = (scores, me, *others)
        same = len(key) == len(self._key) and all(one is other for one, other in zip(key, self._key, strict=True))
        if not same:
            self.clear()
            self._key, self._framework = key, framework
            peers = tuple(others)
            self._work = background.start(
                lambda _work: firmness(framework, me, scores, peers), done=self._take, failed=self._refuse
            )
            self.destroyed.connect(self._work.cancel)
        self.write()

    def clear(self) -> None:
        """Forget what was shown."""
        self.cancel()
        self.found, self._key = None, ()

    def cancel(self) -> None:
        """What is under way is no longer wanted."""
        if self._work is not None:
            self._work.cancel()
            self._work = None

    def _take(self, found: Firmness) -> None:
        self._work = None
        self.found = found
        self.write()

    def _refuse(self, problem: Problem) -> None:
        self._work = None
        self._say([f"{show(problem.text)} {show(problem.hint)}"])

    def lines(self) -> list[str]:
        """The sentences as shown."""
        found = []
        for place in range(self._lines.count()):
            item = self._lines.itemAt(place)
            widget = item.widget() if item is not None else None
            if isinstance(widget, Text):
                found.append(widget.plain())
        return found

    def write(self) -> None:
        """Say everything anew, in the language of now."""
        self.say(_("How firm the result is"))
        self.cross.setAccessibleName(_("Close this panel"))
        self.cross.setToolTip(_("Close this panel"))
        found, framework = self.found, self._framework
        known = found is not None and framework is not None
        for part in (self.strip, self.near, self.rank, self.method):
            part.setVisible(known)
        if found is None or framework is None:
            self._say([_("Trying other weights…")])
            return
        self._say(sentences(framework, found))
        stages = framework.stages if found.stage is not None else ()
        self.strip.put(found, stages, framework.maximum, framework.show_decimals)
        near = peers_sentence(found, self._names, shares=self._ranks)
        self.near.say(near)
        self.near.setVisible(bool(near))
        rank = rank_sentence(found) if self._ranks else ""
        self.rank.say(rank)
        self.rank.setVisible(bool(rank))
        self.method.say(method(found))

    def _say(self, texts: Sequence[str]) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.setParent(None)
                old.deleteLater()
        for text in texts:
            self._lines.addWidget(Text(text, "label"))
