"""Whatever stands in a table, it is scored or refused in words: never a fault of the program, never a 0 for a gap."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assess.framework.read import from_sources
from assess.index.chain import index
from assess.index.robust import robust
from assess.index.table import read
from assess.index.writing import write
from assess.problems import Problem

FRAMEWORK = from_sources(
    {
        "framework.toml": """code = "x"
title = { zh = "甲", en = "x" }
[index]
impute = "group_median"
group = "区域"
outliers = { most = 3 }
[index.robustness]
weights = 0.2
aggregations = ["weighted_mean", "geometric", "harmonic"]
scales = [{ scale = "minmax", range = [1, 100] }, { scale = "rank" }, { scale = "zscore", center = 5 }]
[[indicator]]
code = "a"
kind = "number"
name = { zh = "一", en = "one" }
number = { scale = "minmax", divide_by = "人口", negative = true }
[[indicator]]
code = "b"
kind = "number"
name = { zh = "二", en = "two" }
number = { scale = "to_best", direction = "down" }
[[indicator]]
code = "c"
kind = "yesno"
name = { zh = "三", en = "three" }
[[indicator]]
code = "d"
kind = "number"
name = { zh = "四", en = "four" }
number = { zero = 1, full = 100, log = true }
"""
    }
)
NUMBERS = st.one_of(
    st.integers(-5, 5).map(str),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.sampled_from(["0", "1e308", "-1e308", "1e-320", "5e-324", "１２", "1,000", "85%", "-0"]),
)
CELLS = st.one_of(
    st.just(""),
    NUMBERS,
    NUMBERS,
    st.sampled_from(
        ["NA", "不适用", "暂无数据", "是", "否", "=1+1", "</script>", "🏙️", "㙍𡐓", "two\nlines", "甲", "inf"]
    ),
    st.text(max_size=5),
)
GOOD = st.one_of(st.just(""), st.integers(0, 9).map(str), st.sampled_from(["不适用", "暂无数据"]))


def text_of(rows) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def attempt(path, folder) -> bool:
    """Whether the table was scored; a refusal must be a Problem with words in both languages."""
    try:
        data = read(path, FRAMEWORK)
        found = index(FRAMEWORK, data)
        write(FRAMEWORK, found, folder, robust(FRAMEWORK, data, 12, 1))
    except Problem as problem:
        refusal = problem
    else:
        json.loads((folder / "result.json").read_text("utf-8"))
        return True
    assert refusal.sentence("zh") != refusal.sentence("en")
    return False


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(CELLS, min_size=7, max_size=7), max_size=8))
@pytest.mark.filterwarnings("error")
def test_any_cells_under_sound_headings_are_scored_or_refused(tmp_path, rows):
    path = tmp_path / "t.csv"
    path.write_text(text_of([["单位", "区域", "人口", "a", "b", "c", "d"], *rows]), encoding="utf-8", newline="")
    attempt(path, tmp_path / "out")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(st.sampled_from("甲乙"), GOOD, GOOD, GOOD, st.sampled_from(["是", "否", "", "不适用"]), GOOD),
        min_size=2,
        max_size=9,
    )
)
@pytest.mark.filterwarnings("error")
def test_sound_cells_with_any_gaps_are_scored(tmp_path, rows):
    path = tmp_path / "t.csv"
    named = [[f"城{place}", *row] for place, row in enumerate(rows)]
    # A population is a number or nothing.
    named = [[*row[:2], "" if not row[2].isdigit() else row[2], *row[3:]] for row in named]
    path.write_text(text_of([["单位", "区域", "人口", "a", "b", "c", "d"], *named]), encoding="utf-8", newline="")
    assert attempt(path, tmp_path / "out")


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.one_of(st.binary(max_size=60), st.lists(st.lists(CELLS, max_size=4), max_size=5).map(
    lambda rows: text_of(rows).encode("utf-8", "replace"))))  # fmt: skip
def test_any_file_is_refused_in_words(tmp_path, content):
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    assert not attempt(path, tmp_path / "out")


EXTREME = st.sampled_from(
    ["", "0", "1", "1e30", "2e29", "1e-30", "3e-30", "1e15", "3", "0.1", "0.30000000000000004", "0.3"]
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(EXTREME, EXTREME, EXTREME, EXTREME), min_size=2, max_size=6))
@pytest.mark.filterwarnings("error")
def test_numbers_of_any_size_are_scored_or_refused(tmp_path, rows):
    path = tmp_path / "t.csv"
    named = [[f"城{place}", "东", people, a, b, "是", d] for place, (people, a, b, d) in enumerate(rows)]
    path.write_text(text_of([["单位", "区域", "人口", "a", "b", "c", "d"], *named]), encoding="utf-8", newline="")
    attempt(path, tmp_path / "out")
