"""“See examples”: what counts, what does not and why, misreadings, a worked calculation. And why a level is a level."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assess.framework.supplement import Worked
from assess.language import Message, Words, say
from forms.questionnaire import conditions
from forms.questionnaire.body import Asked
from forms.questionnaire.marks import Icon
from forms.questionnaire.prose import Prose
from forms.theme import theme
from forms.widgets.labels import Label, Tag
from forms.widgets.panel import Panel
from forms.words import _, show

ROLES: dict[str, Message] = {
    "numerator": say("numerator"),
    "denominator": say("denominator"),
    "value": say("counted"),
    "excluded": say("not counted"),
}


def place(at: Mapping[str, object]) -> str:
    """Where an example belongs, in one tag: level 3, at most level 2, option B, numerator, yes."""
    if "level" in at:
        return _("level {level}", level=at["level"])
    if "level_at_most" in at:
        return _("at most level {level}", level=at["level_at_most"])
    if "role" in at:
        return show(ROLES.get(str(at["role"]), say("not counted")))
    if "option" in at:
        return _("option {key}", key=at["option"])
    if "answer" in at:
        return _("Yes") if at["answer"] == "yes" else _("No")
    unsupported = at.get("does_not_support")
    if isinstance(unsupported, Mapping):
        return _("does not support {what}", what=place(unsupported))
    return ""


class Examples(Panel):
    """Everything the examples say of one item."""

    def __init__(self, asked: Asked, worked: Worked, parent: QWidget | None = None) -> None:
        super().__init__(_("Examples"), padding=16, gap=6, parent=parent)
        self.asked = asked
        if worked.stale:
            self.paragraph(_("The item has changed since these examples were written; the item decides."), "warning")
        if worked.plain_help:
            self.column.addWidget(Label(_("In plain words"), "strong"))
            self.paragraph(show(worked.plain_help), "text")
        self.part(_("Counts"), "tick", [(at, words, Words()) for at, words in worked.counts])
        self.part(_("Does not count"), "close", list(worked.does_not_count))
        self.proofs(worked)
        if worked.misreadings:
            self.column.addWidget(Label(_("Often misread"), "strong"))
            for words in worked.misreadings:
                self.line("info", show(words))
        if worked.calculation:
            self.calculation(worked.calculation)
        self.paragraph(
            _("The cases and figures are invented. Where they differ from the item, the item decides."), "text_3"
        )

    def part(self, title: str, mark: str, cases: list[tuple[Mapping[str, object], Words, Words]]) -> None:
        if not cases:
            return
        self.column.addWidget(Label(title, "strong"))
        for at, words, why in cases:
            self.line(mark, show(words), place(at), show(why) if why else "")

    def proofs(self, worked: Worked) -> None:
        """Good evidence: what it is, what it must show, and how far it can be trusted."""
        if not worked.good_evidence:
            return
        self.column.addWidget(Label(_("Good evidence"), "strong"))
        grades: dict[str, str] = {}
        for kind, must_show, grade in worked.good_evidence:
            words = self.asked.framework.evidence_grades.get(grade)
            shown = _("Must show: {what}", what=must_show) if must_show else ""
            self.line("clip", show(kind), _("grade {grade}", grade=grade) if grade else "", shown)
            if words is not None:
                grades[grade] = show(words)
        for grade in sorted(grades):
            self.paragraph(_("{grade}: {words}", grade=grade, words=grades[grade]), "text_3")

    def line(self, mark: str, text: str, tag: str = "", why: str = "") -> None:
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        tone = "danger" if mark == "close" else ""
        row.addWidget(Icon(mark, 18, tone or "success" if mark == "tick" else tone), 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        first = Prose("label")
        first.say(text)
        texts.addWidget(first)
        if why:
            second = Prose("label", "text_2")
            second.say(why)
            texts.addWidget(second)
        row.addLayout(texts, 1)
        if tag:
            row.addWidget(Tag(tag), 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)

    def paragraph(self, text: str, ink: str = "text_2") -> None:
        prose = Prose("label", ink)
        prose.say(text)
        self.column.addWidget(prose)

    def calculation(self, worked: Mapping[str, object]) -> None:
        """Inputs, the sum, and what comes of it."""
        self.column.addWidget(Label(_("Worked example"), "strong"))
        inputs = worked.get("inputs")
        for entry in inputs if isinstance(inputs, (list, tuple)) else ():
            if isinstance(entry, Mapping):
                self.paragraph(_("{name}: {value}", name=bilingual(entry), value=entry.get("value", "")), "text")
        scored = ("score_words",) if self.asked.shows_score else ()
        for key in ("expression", *scored, "note"):
            text = bilingual(worked, key)
            if text:
                self.paragraph(text, "text")


def bilingual(entry: Mapping[str, object], key: str = "name") -> str:
    """A text of the worked example in the language of now; nothing where it has none."""
    value = entry.get(key)
    return show(value) if isinstance(value, Words) else ""


class Because(Panel):
    """In training: why the chosen level is that level, and what the next one asks."""

    def __init__(self, asked: Asked, level: int, worked: Worked | None, parent: QWidget | None = None) -> None:
        super().__init__(_("Why level {level}", level=level), padding=16, gap=6, parent=parent)
        known = conditions.levels(asked.indicator)
        here, above = known.get(level), known.get(level + 1)
        if here is not None:
            self.row(_("Level {level}: {words}", level=level, words=here.words))
        if worked is not None:
            for at, words in worked.counts:
                if at.get("level") == level:
                    self.row(_("For example: {case}", case=words), "tick")
            for at, words, why in worked.does_not_count:
                if at.get("level_at_most") == level:
                    self.row(_("“{claim}” stops here: {why}", claim=words, why=why), "info")
        if above is not None and above.conditions:
            self.row(_("Level {level} also asks:", level=level + 1))
            for words in above.conditions:
                self.row(show(words), "open")

    def row(self, text: str, mark: str = "") -> None:
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        if mark:
            row.addWidget(Icon(mark, 18), 0, Qt.AlignmentFlag.AlignTop)
        prose = Prose("label")
        prose.say(text)
        row.addWidget(prose, 1)
        self.column.addLayout(row)
