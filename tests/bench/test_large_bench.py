"""A framework of 1,500 indicators on six tiers in the window: the next card, an answer, the results; and Parquet.

Limits for the middle one of several runs: next card 100 ms, what the window waits for after an answer 50 ms, results
0.5 s. For the quickest: an answer saved and shown 200 ms; linting 2 s.
"""

from __future__ import annotations

import resource
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assess.answers import Answer, Profile
from assess.framework.check import check_sources
from assess.framework.model import Framework
from assess.framework.read import builtin, from_sources
from tests.forms.large_framework import sources

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
VILLAGES = 600_000
BLOCK = 20_000


def test_linting_1500_indicators(benchmark: Any) -> None:
    found = benchmark.pedantic(check_sources, (sources(),), rounds=3, warmup_rounds=1)
    assert found == []
    assert benchmark.stats.stats.min < 2.0


@pytest.fixture
def large_window(qtbot: Any, tmp_path: Path) -> Any:
    from forms import app
    from forms.session import Session
    from forms.settings import RecentList, Settings
    from forms.window import Window

    app.dress(app.application(), Settings(theme="light"))
    session = Session()
    window = Window(session, Settings(theme="light"), RecentList())
    qtbot.addWidget(window)
    window.resize(1366, 696)
    window.show()
    framework = from_sources(sources())
    levels = [code for code, item in framework.indicators.items() if item.kind == "level"]
    cells = {(code, "self"): Answer.of_level(3).to_json() for code in levels}
    profile = Profile("岚州市", tier="市", mode="self", base_date="2026-06-30")
    session.create(tmp_path / "x.zhd", framework, profile, cells=cells)
    session.wait()
    window.go("questionnaire")
    yield window
    session.shut_down()


def turned(window: Any) -> None:
    from PySide6.QtWidgets import QApplication

    QApplication.processEvents()
    window.grab()


def test_the_next_card_of_1500(benchmark: Any, large_window: Any) -> None:
    from forms.questionnaire.page import QuestionnairePage

    desk = large_window.findChild(QuestionnairePage).desk

    def step() -> None:
        desk.step(1)
        turned(large_window)

    benchmark.pedantic(step, rounds=15, warmup_rounds=3)
    assert benchmark.stats.stats.median < 0.1


def test_an_answer_among_1500_is_saved_and_shown(benchmark: Any, large_window: Any) -> None:
    session, levels = large_window.session, count()

    def answer() -> None:
        session.submit("answer", "D0a.1", Answer.of_level(next(levels) % 6))
        session.wait()

    benchmark.pedantic(answer, rounds=15, warmup_rounds=3)
    assert benchmark.stats.stats.min < 0.2


def test_the_window_waits_for_1500_scores(benchmark: Any, large_window: Any) -> None:
    benchmark.pedantic(large_window.session._reckon, rounds=20, warmup_rounds=3)
    assert benchmark.stats.stats.median < 0.05


def test_the_results_of_1500(benchmark: Any, large_window: Any) -> None:
    def look() -> None:
        large_window.go("questionnaire")
        large_window.go("results")
        turned(large_window)

    benchmark.pedantic(look, rounds=5, warmup_rounds=1)
    assert benchmark.stats.stats.median < 0.5


def villages(framework: Framework, path: Path, rows: int) -> Path:
    """A Parquet table of random answers, 15 % of them missing."""
    from arro3.core import Array, DataType, Field, RecordBatch, RecordBatchReader, Schema
    from arro3.io import write_parquet

    random = np.random.default_rng(0)
    text, number = DataType.string(), DataType.float64()
    schema = Schema([Field("name", text), Field("code", text), *(Field(code, number) for code in framework.indicators)])

    def blocks() -> Any:
        for start in range(0, rows, BLOCK):
            size = min(BLOCK, rows - start)
            columns = [
                Array([f"村{row}" for row in range(start, start + size)], type=text),
                Array([f"{row:012d}" for row in range(start, start + size)], type=text),
            ]
            for item in framework.indicators.values():
                top = {"level": 6, "yesno": 2, "number": 0, "multi": 0}[item.kind]
                span = sorted((item.number.zero, item.number.full)) if item.number else (0.0, 1.0)
                values = random.integers(0, top, size).astype(float) if top else random.uniform(*span, size)
                gaps = random.random(size) < (0.15 if item.kind != "multi" else 1.0)
                columns.append(
                    Array([None if gap else x for x, gap in zip(values.tolist(), gaps, strict=True)], type=number)
                )
            yield RecordBatch(columns, schema=schema)

    write_parquet(RecordBatchReader.from_batches(schema, blocks()), str(path))
    return path


def test_600_000_villages_from_parquet_to_parquet(benchmark: Any, tmp_path: Path) -> None:
    from assess.index import chain, table, writing

    framework = builtin()
    path = villages(framework, tmp_path / "v.parquet", VILLAGES)

    def run() -> None:
        found = chain.index(framework, table.read(path, framework), mode="self", threads=2)
        writing.write(framework, found, tmp_path / "out", formats=("parquet",))

    benchmark.pedantic(run, rounds=1)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\n600,000 × 69 from Parquet to Parquet: {benchmark.stats.stats.min:.1f} s, peak {peak:.0f} MB")
    assert benchmark.stats.stats.min < 60
    assert peak < 2048
