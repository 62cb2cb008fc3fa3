"""Targets by year, worked by hand: even steps, planning periods, the same rate; documents and tables alike."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.answers import Answer, Profile, Sheet
from assess.framework.check import check_sources
from assess.framework.read import from_sources
from assess.framework.read import read as read_framework
from assess.framework.settled import settled
from assess.framework.targets import target
from assess.framework.tiers import tailored
from assess.index.chain import index
from assess.index.data import Data
from assess.measure.score import score
from assess.measure.trace import trace
from assess.problems import Problem
from forms.cli import main

FOLDER = Path(__file__).parent.parent / "data" / "city-targets"
FRAMEWORK = read_framework(FOLDER)
YEARS = ((2020.0, 60.0), (2025.0, 80.0), (2030.0, 100.0))


@pytest.mark.parametrize(
    ("pace", "year", "found"),
    [
        ("linear", 2019, 60), ("linear", 2020, 60), ("linear", 2021, 64), ("linear", 2024, 76), ("linear", 2025, 80),
        ("linear", 2027, 88), ("linear", 2030, 100), ("linear", 2040, 100), ("linear", None, 100),
        ("step", 2019, 60), ("step", 2020, 60), ("step", 2021, 80), ("step", 2025, 80), ("step", 2026, 100),
        ("step", None, 100), ("growth", 2020, 60), ("growth", 2025, 80),
    ],
)  # fmt: skip
def test_the_target_in_force(pace, year, found):
    assert target(YEARS, pace, year) == pytest.approx(found)


def test_growth_is_the_same_factor_every_year():
    doubling = ((2020.0, 100.0), (2024.0, 1600.0))
    assert [target(doubling, "growth", year) for year in range(2020, 2025)] == pytest.approx([100, 200, 400, 800, 1600])


@given(st.integers(2015, 2035), st.sampled_from(["linear", "step", "growth"]))
def test_a_rising_path_never_falls_and_stays_between_its_ends(year, pace):
    assert 60 <= target(YEARS, pace, year) <= target(YEARS, pace, year + 1) <= 100


def sheet(base: str = "2022-06-30", **profile):
    answers = {"A.1": "50", "A.2": "16", "B.1": "300"}
    about = Profile("甲市", mode="self", base_date=base, **profile)
    return Sheet.of(about, {code: Answer.of_number(result=value) for code, value in answers.items()})


def test_a_document_is_scored_by_the_targets_of_its_base_date():
    found = score(FRAMEWORK, sheet())
    assert found.score_of("A.1") == pytest.approx(100 * (50 - 20) / (68 - 20))  # 60 + 2 × 4 in 2022
    assert found.score_of("A.2") == pytest.approx(100 * 10 / 16)  # the period up to 2025
    assert found.score_of("B.1") == pytest.approx(75)  # 300 of 400
    assert found.base == pytest.approx(0.6 * (62.5 + 62.5) / 2 + 0.4 * 75)


@pytest.mark.parametrize(
    ("base", "year", "first"), [("2025-01-01", None, 80), ("", 2020, 60), ("", None, 100), ("明年", 2030, 100)]
)
def test_the_base_date_comes_before_the_year_and_without_either_the_last_target_holds(base, year, first):
    found = score(FRAMEWORK, sheet(base, year=year))
    assert found.score_of("A.1") == pytest.approx(100 * 30 / (first - 20))


def test_the_trace_names_the_target_its_year_and_where_it_comes_from():
    one = sheet()
    said = "\n".join(trace(FRAMEWORK, one, score(FRAMEWORK, one), "A.1").lines("en"))
    assert (
        "50 against the target 68 of 2022 (targets 2020: 60; 2025: 80; 2030: 100; even steps from year to year)" in said
    )
    undated = sheet("")
    said = "\n".join(trace(FRAMEWORK, undated, score(FRAMEWORK, undated), "A.1").lines("en"))
    assert "the last target, as no base date is given" in said


def test_the_tailored_framework_shows_the_target_in_force():
    one = tailored(FRAMEWORK, sheet().profile)
    assert one.indicators["A.1"].number.full == 68
    later = tailored(one, sheet("2027-01-01").profile)
    assert later.indicators["A.1"].number.full == 88
    assert tailored(one, sheet().profile) is one
    assert score(one, sheet()) == score(FRAMEWORK, sheet())


def test_a_framework_without_targets_or_sets_is_itself():
    plain = from_sources({"framework.toml": 'code = "x"\ntitle = "x"\n[[indicator]]\ncode = "a"\nname = "a"\n'})
    assert settled(plain, Profile("甲市", year=2024)) is plain


def data(years: tuple[str, ...], sizes: tuple[str, ...] = ()) -> Data:
    rows = len(years)
    values = np.array([[50.0] * rows, [16.0] * rows, [300.0] * rows])
    about = {"year": years} | ({"size": sizes} if sizes else {})
    names = tuple(f"u{row}" for row in range(rows))
    return Data(names, names, ("A.1", "A.2", "B.1"), values, np.zeros(values.shape, np.int8), about=about)


def test_every_row_of_a_table_is_scored_by_the_targets_of_its_year():
    found = index(FRAMEWORK, data(("2022", "2025", "2030年", "2022.0")))
    for row, base in enumerate(("2022-01-01", "2025-01-01", "2030-01-01", "2022-01-01")):
        own = score(FRAMEWORK, sheet(base))
        for code in found.scores:
            assert found.of(code)[row] == own.score_of(code)
    assert found.recipe["targets"]["2022"] == {"A.1": 68.0, "A.2": 10.0, "B.1": 400.0}
    assert set(found.recipe["targets"]) == {"2022", "2025", "2030"}


def test_weights_and_targets_go_together_row_by_row():
    found = index(FRAMEWORK, data(("2022", "2022", "2025"), ("超大", "中等", "特大")))
    for row, (base, size) in enumerate((("2022-01-01", "超大"), ("2022-01-01", "中等"), ("2025-01-01", "特大"))):
        own = score(FRAMEWORK, sheet(base, size=size))
        assert found.total[row] == own.base
    assert found.total[0] == pytest.approx(0.4 * 62.5 + 0.6 * 75)
    assert found.total[1] == pytest.approx(0.6 * 62.5 + 0.4 * 75)
    assert found.recipe["weight_sets"]["large"]["units"] == 2
    assert found.coverage["total"].tolist() == [1.0] * 3


def test_a_county_takes_its_own_weights():
    found = score(FRAMEWORK, sheet(tier="县"))
    assert found.score_of("A") == pytest.approx(0.75 * 62.5 + 0.25 * 62.5)
    assert found.items["A.1"].weight == 75


@pytest.mark.parametrize("years", [("2022", ""), ("2022", "今年"), ("", "")])
def test_a_row_without_a_year_is_refused_with_what_to_do(years):
    with pytest.raises(Problem) as caught:
        index(FRAMEWORK, data(years))
    assert caught.value.code == "index.year"


def test_the_year_may_be_given_for_all(tmp_path, capsys):
    (tmp_path / "t.csv").write_text("unit,A.1,A.2,B.1\na,50,16,300\nb,60,9,100\n", encoding="utf-8")
    args = ["--language", "en", "index", "--framework", str(FOLDER), "--data", str(tmp_path / "t.csv")]
    assert main([*args, "--out", str(tmp_path / "o")]) == 1
    assert "--year" in capsys.readouterr().err.strip().splitlines()[-1]
    assert main([*args, "--out", str(tmp_path / "o"), "--year", "2022"]) == 0


HEAD = """code = "x"
title = {{ zh = "甲", en = "x" }}
[[indicator]]
code = "a"
kind = "number"
name = {{ zh = "甲", en = "a" }}
number = {{ {0} }}
"""


@pytest.mark.parametrize(
    ("number", "sound"),
    [
        ("zero = 0, years = [[2020, 60], [2025, 80]]", True),
        ('scale = "to_target", years = [[2020, 60], [2025, 80]], pace = "growth"', True),
        ("zero = 0, years = [[2025, 60], [2020, 80]]", False),
        ("zero = 0, years = [[2020.5, 60], [2025, 80]]", False),
        ("zero = 70, years = [[2020, 60], [2025, 80]]", False),
        ('zero = 0, direction = "down", years = [[2020, 60]]', False),
        ('scale = "minmax", years = [[2020, 60]]', False),
        ('scale = "to_target", years = [[2020, 0], [2025, 5]]', False),
        ('zero = 0, full = 9, pace = "step"', False),
        ('zero = -5, negative = true, years = [[2020, -1], [2025, 5]], pace = "growth"', False),
        ('zero = 0, years = [[2020, 60]], pace = "fast"', False),
    ],
)
def test_the_linter_knows_which_targets_can_hold(number, sound):
    found = [one for one in check_sources({"framework.toml": HEAD.format(number)}) if one.severity == "error"]
    assert (found == []) is sound, [one.line("en") for one in found]


SETS = """
[[indicator]]
code = "b"
kind = "number"
name = { zh = "乙", en = "b" }
number = { zero = 0, full = 1 }
[[weight_set]]
id = "s"
zh = "丙"
en = "s"
"""


@pytest.mark.parametrize(
    ("rest", "sound"),
    [
        ('weight = [{ code = "a", value = 30 }, { code = "b", value = 70 }]', True),
        ('weight = [{ code = "a", value = 30 }]', False),
        ('weight = [{ code = "a", value = 30 }, { code = "b", value = 60 }]', False),
        ('weight = [{ code = "a", value = 30 }, { code = "b", value = 60 }, { code = "zz", value = 10 }]', False),
        ('weight = [{ code = "a", value = 0 }, { code = "b", value = 100 }]', False),
        ("", False),
        ('tiers = ["国"]\nweight = [{ code = "a", value = 30 }, { code = "b", value = 70 }]', False),
    ],
)
def test_the_linter_knows_which_weight_sets_can_hold(rest, sound):
    text = HEAD.format("zero = 0, full = 1") + SETS + rest + "\n"
    found = [one for one in check_sources({"framework.toml": text}) if one.severity == "error"]
    assert (found == []) is sound, [one.line("en") for one in found]


def test_a_report_names_the_set_and_the_year_in_force():
    from assess.framework.settled import in_force
    from reports.assemble import city_report
    from reports.to_html import render

    one = sheet(size="特大")
    framework = tailored(FRAMEWORK, one.profile)
    assert [name for name, _ in in_force(framework)] == ["weights", "targets"]
    page = render(city_report(framework, one, language="zh", date="2026-11-23"))
    assert "权重采用框架中的“超大和特大城市”方案。" in page
    assert "采用 2022 年的目标" in page
    plain = tailored(FRAMEWORK, sheet().profile)
    assert dict(in_force(plain))["weights"].render("zh") == "权重为框架自身的权重，未采用任何情景方案。"
