"""A whole document of the built-in framework: every question answered, cover filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assess.assessment import Assessment, Author
from assess.framework.read import builtin
from assess.samples.cities import cities

FILLER = Author("", "示例·陇垣市", "综治科科长")
REVIEWER = Author("李复", "省委政法委", "处长", "reviewer")
CITY = next(city for city in cities() if city.profile.code == "990301")
WHY = "测评报告正在走流程，预计下月取得，届时补登记文号。"
Maker = Callable[..., Assessment]


class Clock:
    """One second later at every look."""

    def __init__(self) -> None:
        self.at = datetime(2026, 7, 1, 6, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def make(tmp_path: Path, clock: Clock) -> Iterator[Maker]:
    """Documents that are ready to be sealed; `ready=False`: without cover."""
    made: list[Assessment] = []

    def build(name: str = "陇垣.zhd", *, ready: bool = True) -> Assessment:
        sample = Author(role="sample")
        with Assessment.create(tmp_path / name, builtin(), CITY.profile, author=sample, now=clock) as document:
            document.set_cells(CITY.cells, kind="sample")
        document = Assessment.open(tmp_path / name, author=FILLER, now=clock)
        made.append(document)
        if ready:
            document.set_cover(filler="综治科", approver="办公室主任", phone="0931-8000000", date="2026-07-01")
        return document

    yield build
    for document in made:
        document.close()
