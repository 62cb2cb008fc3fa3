"""Speed of the document: opening with 5,000 events, one answer on the medium, reopening after ten thousand."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from assess.answers import Answer, Profile
from assess.assessment import Assessment, Author
from assess.framework.read import builtin

ME = Author("张三", "市委政法委")


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A document in which 69 items were answered and noted again and again: about 5,000 events."""
    path = tmp_path / "大.zhd"
    codes = list(builtin().indicators)
    with Assessment.create(path, builtin(), Profile("岚州市"), author=ME, now=now) as document:
        for round in range(36):
            document.set_cells(
                {(code, "self"): Answer.of_level(round % 6).to_json() for code in codes}
                | {(code, "note"): f"第{round}次" for code in codes},
            )
    Assessment.open(path, author=ME, now=now).close()  # the backup of this state is made once
    return path


def test_opening_with_five_thousand_events(benchmark, large):
    def open_and_close() -> int:
        with Assessment.open(large, author=ME, now=now) as document:
            return len(document.sheet.cells)

    assert benchmark(open_and_close) > 138
    assert benchmark.stats.stats.median < 0.300


def test_one_answer_on_the_medium(benchmark, large):
    with Assessment.open(large, author=ME, now=now) as document:
        codes = list(document.whole_framework.indicators)
        count = iter(range(1_000_000))

        def answer() -> object:
            number = next(count)
            return document.answer(codes[number % 69], Answer.of_level(number // 69 % 6))

        benchmark(answer)
        assert document.verify() == ()
