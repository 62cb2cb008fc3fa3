"""A clock that moves when looked at, masters of the built-in framework, and units that fill in their packages."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from assess.answers import Answer, Profile
from assess.assessment import Assessment, Author
from assess.framework.indicator import Indicator
from assess.framework.read import builtin
from assess.packages.issue import Issued, issue
from assess.packages.preview import Options, preview
from assess.packages.recipients import recipients
from assess.packages.returning import hand_back
from forms.cli import main

OFFICE = Author("张三", "市委政法委", "科长", "consultant")
WHO = UUID("11111111-2222-4333-8444-555555555555")


class Clock:
    """One second further at every look."""

    def __init__(self, at: datetime = datetime(2026, 7, 3, 1, tzinfo=UTC)) -> None:
        self.at = at

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "收发 😀 'x %20"
    made.mkdir()
    return made


Maker = Callable[..., Assessment]


@pytest.fixture
def master(folder: Path, clock: Clock) -> Iterator[Maker]:
    """Make masters; closed at the end."""
    made: list[Assessment] = []

    def build(name: str = "岚州市.zhd", **more: object) -> Assessment:
        about = {"code": "990101", "tier": "市", "mode": "formal", "base_date": "2026-06-30", "year": 2026}
        about |= {key: more.pop(key) for key in ("mode", "tier") if key in more}  # type: ignore[misc]
        more = {"identity": WHO, "author": OFFICE, "framework": builtin(), **more}
        framework = more.pop("framework")
        document = Assessment.create(folder / name, framework, Profile("岚州市", **about), now=clock, **more)  # type: ignore[arg-type]
        made.append(document)
        return document

    yield build
    for document in made:
        document.close()


def answer_for(item: Indicator, level: int = 2) -> Answer:
    """A sound answer of the item's kind; `level` tells two units apart."""
    match item.kind:
        case "level":
            return Answer.of_level(min(level, 5))
        case "yesno":
            return Answer.of_choice("yes" if level % 2 else "no")
        case "multi":
            return Answer.of_ticks([option.key for option in item.options[: level % (len(item.options) + 1)]])
        case _:
            if item.number is not None and item.number.denominator:
                return Answer.of_number(str(level), "100")
            return Answer.of_number(result=str(level))


def issued(document: Assessment, folder: Path, options: Options | None = None, by: str = "department") -> Issued:
    """Everything issued into a folder of its own."""
    out = folder / "发放"
    out.mkdir(exist_ok=True)
    return issue(document, preview(document, recipients(document, by), options or Options()), out)  # type: ignore[arg-type]


def filled(
    path: Path,
    back: Path,
    clock: Clock,
    *,
    level: int = 2,
    name: str = "李四",
    passphrase: str | None = None,
    only: tuple[str, ...] | None = None,
    notes: bool = True,
) -> Path:
    """A unit opens its package, answers, writes notes and hands it back; the file it sends."""
    with Assessment.open(path, author=Author(name), now=clock, passphrase=passphrase) as package:
        unit = str(package.package["to"])
        package.act_as(Author(name, unit))
        codes = [code for code in package.framework.indicators if only is None or code in only]
        package.answer_many({code: answer_for(package.framework.indicators[code], level) for code in codes})
        if notes:
            for code in codes[:2]:
                package.note(code, f"{unit}对{code}的说明")
        return hand_back(package, back, anyway=True).path


@pytest.fixture
def said(capsys):
    """Run a verb; its exit code, what it printed, and what it printed as an error."""

    def run(*words: object) -> tuple[int, str, str]:
        code = main(["--language", "zh", *map(str, words)])
        out = capsys.readouterr()
        return code, out.out, out.err

    return run


@pytest.fixture
def told(said):
    def run(*words: object):
        code, out, err = said(*words, "--json")
        assert code == 0, err
        return json.loads(out)

    return run
