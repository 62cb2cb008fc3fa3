"""A document of the built-in framework with a few answers, and people who fill in, review, review again and measure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from assess.answers import Answer, Profile
from assess.assessment import Assessment, Author
from assess.framework.read import builtin
from assess.review.table import Table, table

ZHANG = Author("张三", "市大数据局", "科员", "filler")
LI = Author("李四", "复核一组", "组长", "reviewer")
WANG = Author("王五", "复核二组", "", "second_reviewer")
UNI = Author("某大学", "", "", "third_party")
NOW = datetime(2026, 7, 22, 14, 32, tzinfo=UTC)


class Clock:
    """A clock that goes on by a microsecond at every look, and by more when it is moved."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        self.at += timedelta(microseconds=1)
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def create(tmp_path: Path, clock: Clock) -> Iterator[Callable[..., Assessment]]:
    made: list[Assessment] = []

    def build(answers: dict[str, Answer] | None = None, author: Author = ZHANG, **fields: Any) -> Assessment:
        profile = Profile(**{"unit": "示例·衡川市", "year": 2026, "base_date": "2026-06-30", **fields})
        path = tmp_path / f"{len(made)} 评估.zhd"
        document = Assessment.create(path, builtin(), profile, author=author, now=clock)
        made.append(document)
        if answers:
            document.answer_many(answers)
        return document

    yield build
    for document in made:
        document.close()


def seen(document: Assessment, role: str | None = None) -> Table:
    """The table as the author of the document, or somebody of another role, sees it."""
    from assess.measure.score import score

    scores = score(document.framework, document.sheet)
    who = role or document.author.role
    return table(document.framework, document.sheet, scores, role=who, today=NOW.date())


def level(n: int) -> Answer:
    return Answer.of_level(n)
