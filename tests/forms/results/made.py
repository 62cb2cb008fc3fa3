"""Sessions and a shell for page tests: no window, no file, real frameworks and real scores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assess import walk
from assess.answers import Answer, Profile, Sheet
from assess.framework.model import Framework
from assess.framework.read import builtin, from_sources
from assess.framework.tiers import tailored
from assess.language import Message
from assess.measure.score import score
from assess.problems import Problem
from forms import theme, words
from forms.session import Session, State

EGOV = Path(__file__).parents[2] / "data" / "municipal-egov"
CITY = Profile("示例·陇垣市", code="620000", year=2026, base_date="2026-06-30", region="west", size="中等", sample=True)


@dataclass
class Shell:
    """What a page asks of the window, written down."""

    went: list[tuple[str, str | None]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    pages: tuple[str, ...] = ("questionnaire", "results", "benchmark", "planning", "reports")
    size_class: Any = "wide"

    @property
    def language(self) -> str:
        return words.language()

    @property
    def theme(self) -> theme.Theme:
        return theme.theme()

    def go(self, page: str, target: str | None = None) -> bool:
        self.went.append((page, target))
        return page in self.pages

    def has(self, page: str) -> bool:
        return page in self.pages

    def notify(self, kind: str, text: str | Message, **rest: Any) -> None:
        self.told.append(words.show(text))

    def trouble(self, problem: Problem, **rest: Any) -> None:
        self.told.append(words.show(problem))

    def dismiss(self, key: str) -> None:
        pass

    def explain(self, term: str, anchor: Any) -> bool:
        return False

    def refresh_keys(self) -> None:
        pass

    def refresh_badges(self) -> None:
        pass


def put(session: Session, sheet: Sheet, framework: Framework | None = None) -> Session:
    """Give a session a document as it would be after opening or after a change."""
    whole = framework or (session.whole_framework if session.is_open else builtin())
    own = tailored(whole, sheet.profile)
    session.state = State(Path("x.zhd"), own, whole, sheet.profile, sheet, "master", None, None, None, None)
    session.scores = score(own, sheet)
    session.progress = walk.progress(own, sheet)
    return session


def change(session: Session, sheet: Sheet) -> None:
    """A change has been saved: the pages hear of it once."""
    put(session, sheet)
    session.changed.emit(None)


def egov() -> Framework:
    """A framework without dimensions and stages, at most 10.25 points."""
    return from_sources({file.name: file.read_text(encoding="utf-8") for file in EGOV.glob("*.toml")})


def answered(framework: Framework, level: int = 3, weak: Mapping[str, int] | None = None) -> dict[str, Answer]:
    """Every item answered about as well as a level; `weak` gives other levels to what starts with its keys."""
    found: dict[str, Answer] = {}
    for code, item in framework.indicators.items():
        own = next((value for start, value in (weak or {}).items() if code.startswith(start)), level)
        part = own / 5
        if item.kind == "level":
            found[code] = Answer.of_level(own)
        elif item.yesno is not None:
            found[code] = Answer.of_choice(item.yesno.good)
        elif item.kind == "multi":
            found[code] = Answer.of_ticks([o.key for o in item.options[: max(1, round(len(item.options) * part))]])
        elif item.number is not None:
            number = item.number
            value = number.zero + (number.full - number.zero) * part
            found[code] = Answer.of_number(result=f"{value:.2f}", confirm="yes" if number.confirmation else None)
    return found


def proved(sheet: Sheet) -> Sheet:
    """The same sheet with one piece of evidence for every item answered."""
    cells = {(code, "evidence/a1"): {"name": "会议纪要"} for code in sheet.answers()}
    return sheet.with_cells(cells)


def city(profile: Profile = CITY, level: int = 3, weak: Mapping[str, int] | None = None) -> Sheet:
    """A sheet of the built-in framework with every item answered and proved."""
    return proved(Sheet.of(profile, answered(tailored(builtin(), profile), level, weak)))
