"""What every section draws on: the data of one report, and how numbers, names and sentences are written in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from assess.answers import Sheet
from assess.framework.model import ROOT, Framework
from assess.framework.stage_rules import Stage
from assess.language import Message, Words, say
from assess.measure.result import ItemScore, Scores
from reports.model import Heading, Sentence
from reports.options import Options

if TYPE_CHECKING:
    from assess.benchmark.position import Position
    from assess.measure.diagnose import Coupling, Obstacle
    from assess.planning.gaps import Advice

DASH = "—"
NUMERALS = "一二三四五六七八九十"
GOOD = 60.0


@dataclass(frozen=True)
class Matter:
    """The inputs of `build`, with the small decisions of wording that sections share."""

    framework: Framework
    sheet: Sheet
    scores: Scores
    language: str
    date: str
    options: Options = field(default_factory=Options)
    position: Position | None = None
    obstacles: Sequence[Obstacle] = ()
    coupling: Coupling | None = None
    advice: Sequence[Advice] = ()

    # ------------------------------------------------------------ words

    @property
    def zh(self) -> bool:
        return self.language == "zh"

    def text(self, message: Message | Words | str) -> str:
        if isinstance(message, Message):
            return message.render(self.language)
        return message.to(self.language) if isinstance(message, Words) else message

    def sentence(self, id: str, message: Message, basis: Iterable[str] = ()) -> Sentence:  # noqa: A002
        return Sentence(id, self.begun(self.text(message)), tuple(basis))

    def quoted(self, words: Message | Words | str) -> str:
        """Words for the inside of quotation marks: marks within them become single ones."""
        return self.text(words).rstrip("。.").replace("“", "‘").replace("”", "’")

    def begun(self, words: str) -> str:
        """An English sentence, heading or table value begins with a capital; Chinese stays as it is."""
        first = words.split(" ", 1)[0].rstrip(",;:")
        return words[:1].upper() + words[1:] if not self.zh and first.isalpha() and first.islower() else words

    def name(self, code: str) -> str:
        return self.framework.name(code).to(self.language)

    def full(self, code: str) -> str:
        """Code and name as they stand in tables."""
        return f"{code} {self.name(code)}"

    def codes(self, codes: Sequence[str], most: int = 12) -> str:
        """The codes a sentence rests on, in the brackets of the language; a long list ends in 等."""
        if not codes:
            return ""
        shown = self.join(codes[:most])
        if len(codes) > most:
            shown = self.text(say("{codes} and others", codes=shown))
        return f"（{shown}）" if self.zh else f" ({shown})"

    def join(self, parts: Iterable[str]) -> str:
        return ("、" if self.zh else ", ").join(parts)

    def clauses(self, parts: Iterable[str]) -> str:
        """Phrases in a row; stops at their ends are dropped first."""
        return ("；" if self.zh else "; ").join(part.strip().rstrip("。.；;") for part in parts if part.strip())

    def chapter(self, index: int) -> str:
        return f"{NUMERALS[index]}、" if self.zh and index < len(NUMERALS) else f"{index + 1} "

    def part(self, index: int, chapter: int = 0) -> str:
        """（一） in Chinese, 3.1 in English."""
        if not self.zh:
            return f"{chapter + 1}.{index + 1} "
        return f"（{chinese(index + 1)}）"

    def heading(self, level: int, number: str, message: Message | Words | str, anchor: str) -> Heading:
        return Heading(level, number, self.begun(self.text(message)), anchor)

    def day(self, words: str) -> str:
        """An ISO date as officials write it (no leading zeros); anything else as typed."""
        try:
            day = date.fromisoformat(words[:10])
        except ValueError:
            return words
        return f"{day.year}年{day.month}月{day.day}日" if self.zh else f"{day.day} {day:%B} {day.year}"

    def few(self, count: int) -> str:
        """A small count as officials write it: 五个维度, 十项; digits beyond ten and in English."""
        return chinese(count) if self.zh and 0 < count <= 10 else str(count)

    # ------------------------------------------------------------ numbers

    def number(self, value: float | None, decimals: int | None = None) -> str:
        if value is None:
            return DASH
        places = self.framework.show_decimals if decimals is None else decimals
        shown = f"{value:.{places}f}"
        return shown.removeprefix("-") if float(shown) == 0 else shown

    def percent(self, share: float | None, decimals: int = 1) -> str:
        return DASH if share is None else f"{self.number(share * 100, decimals)}%"

    def weight(self, share: float, places: int | None = None) -> str:
        """A weight as a percentage; without `places` the fewest decimals up to two that say it."""
        return f"{share * 100:.{self.places((share,)) if places is None else places}f}%"

    def places(self, shares: Iterable[float | None]) -> int:
        """Decimals, at most two, that a column of weights needs so that all its rows have as many."""
        return max(
            (len(f"{share * 100:.2f}".rstrip("0").split(".")[1]) for share in shares if share is not None), default=0
        )

    def band(self, score: float | None, maximum: float | None = None) -> int:
        """Level 0–5 whose pattern a value is drawn in: the stage of that score, or fifths where there are no stages."""
        if score is None:
            return 0
        top = maximum or self.framework.maximum or 100.0
        if self.framework.stages and top == self.framework.maximum:
            reached = [stage.level for stage in self.framework.stages if score >= stage.min - 1e-9]
            return min(max(reached, default=1), 5)
        return min(5, max(1, int(score / top * 5 + 1e-9)))

    def notches(self, level: int | None) -> str:
        """●●●○○ with the number, so that a level is never a picture alone."""
        if level is None:
            return DASH
        return f"{'●' * level}{'○' * (5 - level)} {self.text(say('level {level}', level=level))}"

    # ------------------------------------------------------------ what is there

    @property
    def graded_word(self) -> str:
        return self.number(self.scores.graded)

    @cached_property
    def own(self) -> str:
        """This unit in a table head: 本市, 本县."""
        return self.text(say("This county") if self.sheet.profile.tier == "县" else say("This city"))

    @cached_property
    def training(self) -> bool:
        mode = self.framework.modes[self.scores.mode]
        return mode.stage == "none" and bool(self.framework.stages)

    @cached_property
    def scored(self) -> tuple[ItemScore, ...]:
        """Items with an answer that counts, best first; ties by weight, then in the order of the framework."""
        found = [item for item in self.scores.items.values() if item.state == "answered" and item.score is not None]
        return tuple(sorted(found, key=lambda item: (-(item.score or 0.0), -item.share)))

    def scored_under(self, code: str) -> tuple[ItemScore, ...]:
        below = set(self.framework.leaves(code))
        return tuple(item for item in self.scored if item.code in below)

    def median(self, code: str) -> float | None:
        """The median of the group where one may be shown."""
        if self.position is None or self.position.allowed == "none":
            return None
        row = self.position.rows.get(code)
        return row.median if row is not None else None

    @property
    def has_medians(self) -> bool:
        return self.position is not None and self.position.allowed != "none"

    @cached_property
    def gate_stage(self) -> Stage | None:
        """The stage whose gates the report looks at: the one the score reached, or the next above what is held."""
        stages = sorted(self.framework.stages, key=lambda stage: stage.level)
        if self.scores.score_stage is None or not stages:
            return None
        held, reached = self.scores.gated_stage, self.scores.score_stage
        if held is not None and held.level < reached.level:
            return reached
        above = [stage for stage in stages if stage.level > reached.level]
        return above[0] if above else reached

    @cached_property
    def floor(self) -> float | None:
        """The least score of every dimension for the stage the report looks at."""
        if self.gate_stage is None:
            return None
        for gate in self.gate_stage.gates:
            if gate.type == "dimension_floor":
                return gate.min
        return None

    @property
    def total(self) -> str:
        return ROOT

    @property
    def summed(self) -> bool:
        """Points are added up, so dimensions have scales of their own and no common axis."""
        return self.framework.root.aggregation == "sum"


def chinese(number: int) -> str:
    """1–99 in Chinese numerals; more as digits."""
    if number < 1 or number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else NUMERALS[tens - 1]) + "十" if tens else ""
    return head + (NUMERALS[ones - 1] if ones else "")
