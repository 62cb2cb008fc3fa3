"""Merging 300 returns of 30 items each with 1 GB of evidence: under 60 s and under 1 GB; hostile files: at once."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assess.assessment import Assessment
from assess.packages.recognise import look
from assess.packages.taking import take_in
from assess.problems import Problem
from tests.packages.conftest import OFFICE, Clock
from tests.packages.hostile import MAKERS, Sources
from tests.packages.test_hostile_files import round_  # noqa: F401 - a fixture

RETURNS, ITEMS = 300, 30
EVIDENCE = 1 << 30
SECONDS, MEMORY, AT_ONCE = 60.0, 1 << 30, 2.0

MAKE = """
import os, sys
from pathlib import Path
from datetime import UTC, datetime
from tests.bench.round_of_returns import make
make(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
"""
MERGE = """
import json, resource, sys, time
from pathlib import Path
from tests.bench.round_of_returns import now, framework
from assess.assessment import Assessment, Author
from assess.packages.taking import take_in
folder = Path(sys.argv[1])
told, files = [], sorted(folder.glob("返回_*.zhd"))
with Assessment.open(folder / "主文件.zhd", author=Author("张三"), now=now) as document:
    begun = time.perf_counter()
    intake = take_in(document, files, progress=lambda *step: told.append(step), wanted=lambda: True)
    taken = time.perf_counter() - begun
    states = {one.state for one in intake.outcomes}
    answers = len(document.sheet.answers())
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
print(json.dumps({"seconds": taken, "peak": peak, "states": sorted(states), "answers": answers,
                  "attachments": intake.attachments, "told": len(told), "last": told[-1][:2]}))
"""


def run(program: str, *given: object) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program, *map(str, given)], capture_output=True, text=True, check=False,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.benchmark(group="merge")
def test_three_hundred_returns_with_a_gigabyte_of_evidence(benchmark, tmp_path):
    run(MAKE, tmp_path, RETURNS, ITEMS, EVIDENCE)
    figures = benchmark.pedantic(lambda: json.loads(run(MERGE, tmp_path)), rounds=1, iterations=1)
    benchmark.extra_info.update(figures)
    assert figures["states"] == ["taken"]
    assert figures["answers"] == RETURNS * ITEMS
    assert figures["attachments"] == RETURNS
    assert figures["last"][0] == figures["last"][1]
    assert figures["told"] > 2 * RETURNS
    assert figures["seconds"] < SECONDS
    assert figures["peak"] < MEMORY


@pytest.mark.benchmark(group="hostile")
def test_every_hostile_file_is_told_within_two_seconds(benchmark, round_, tmp_path):  # noqa: F811
    original, sources = round_
    assert isinstance(sources, Sources)

    def all_of_them() -> dict[str, float]:
        spent: dict[str, float] = {}
        for name, (_, maker) in MAKERS.items():
            folder = tmp_path / f"{len(list(tmp_path.iterdir()))}"
            folder.mkdir()
            path = maker(folder, sources)
            with Assessment.open(original, author=OFFICE, now=Clock()) as document:
                begun = time.perf_counter()
                assert take_in(document, [path], passphrases=["x"]).refused
                spent[name] = time.perf_counter() - begun
        return spent

    spent = benchmark.pedantic(all_of_them, rounds=1, iterations=1)
    slow = {name: seconds for name, seconds in spent.items() if seconds >= AT_ONCE}
    assert slow == {}


@pytest.mark.benchmark(group="hostile")
def test_looking_at_a_sound_return_takes_no_time(benchmark, round_):  # noqa: F811
    _, sources = round_
    assert benchmark(look, sources.returned).kind == "document"
    with pytest.raises(Problem):
        look(sources.returned.with_name("没有"))
