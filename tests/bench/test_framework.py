"""Speed of the framework: reading the built-in one anew, with the parsing of its files as the peer, and linting it."""

from __future__ import annotations

import time
import tomllib
from statistics import median

from assess.framework import read
from assess.framework.check import check
from assess.framework.sources import FRAMEWORKS, Files, load

FOLDER = FRAMEWORKS / "zhiheng"


def parse() -> int:
    return sum(len(tomllib.loads(text)) for text in load(FOLDER).values())


def timed(work, rounds: int = 5) -> float:
    took = []
    for _ in range(rounds + 1):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return median(took[1:])


def test_reading_the_framework_costs_no_more_than_parsing_its_files(benchmark):
    peer = timed(parse)
    framework = benchmark.pedantic(lambda: read.build(Files(load(FOLDER))), rounds=5, warmup_rounds=1)
    benchmark.extra_info["parsing alone"] = round(peer, 4)
    assert len(framework.indicators) == 69
    assert benchmark.stats.stats.median < 1.5 * peer


def test_a_second_reading_takes_no_time(benchmark):
    read.builtin()
    benchmark(read.builtin)
    assert benchmark.stats.stats.median < 0.0001


def test_linting_the_framework_in_two_seconds(benchmark):
    found = benchmark.pedantic(check, args=(FOLDER,), rounds=5, warmup_rounds=1)
    assert [one for one in found if one.severity == "error"] == []
    assert benchmark.stats.stats.median < 2
