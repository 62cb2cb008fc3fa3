"""A new assessment is checked in words before a file is made of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.start.draft import Draft, day, half_year_before, narrow, number, tidy
from forms.start.naming import file_name, free_path


def good(tmp_path: Path, **fields: object) -> Draft:
    draft = Draft(unit="衡川市", base_date="2026-06-30", year="2026", name="衡川市", folder=tmp_path)
    for name, value in fields.items():
        setattr(draft, name, value)
    return draft


def test_a_complete_draft_has_no_problems_in_any_step(tmp_path: Path) -> None:
    assert [good(tmp_path).problems(step) for step in range(3)] == [{}, {}, {}]


@pytest.mark.parametrize(
    ("step", "fields", "wrong"),
    [
        (0, {"unit": " \n "}, {"unit"}),
        (0, {"unit": "市" * 61}, {"unit"}),
        (0, {"code": "12345"}, {"code"}),
        (0, {"code": "６２０１０４"}, set()),
        (0, {"code": "620104001201"}, set()),
        (0, {"population": "很多"}, {"population"}),
        (0, {"population": "0"}, {"population"}),
        (0, {"population": "３４０"}, set()),
        (0, {"population": "1,260.5"}, set()),
        (1, {"base_date": "2026-02-30"}, {"base_date"}),
        (1, {"year": "26"}, {"year"}),
        (2, {"name": "a/b"}, {"name"}),
        (2, {"name": "   "}, {"name"}),
        (2, {"protected": True}, {"passphrase"}),
        (2, {"protected": True, "passphrase": "甲", "again": "乙"}, {"again"}),
        (2, {"protected": True, "passphrase": "甲", "again": "甲"}, set()),
    ],
)
def test_what_is_wrong_is_named_by_its_field(
    tmp_path: Path, step: int, fields: dict[str, object], wrong: set[str]
) -> None:
    assert set(good(tmp_path, **fields).problems(step)) == wrong


def test_a_file_of_the_same_name_and_a_missing_folder_are_seen_before_writing(tmp_path: Path) -> None:
    (tmp_path / "衡川市.zhd").write_text("")
    assert set(good(tmp_path).problems(2)) == {"name"}
    assert set(good(tmp_path, folder=tmp_path / "nowhere").problems(2)) == {"folder"}


def test_region_and_size_belong_to_cities_and_the_kind_to_counties(tmp_path: Path) -> None:
    city = good(tmp_path, region="中部", population="340").profile()
    assert (city.region, city.size, city.population, city.unit_kind) == ("中部", "Ⅰ型大", 340.0, "")
    county = good(tmp_path, tier="县", unit_kind="banner", region="中部", population="34").profile()
    assert (county.region, county.size, county.population, county.unit_kind) == ("", "", None, "banner")


@pytest.mark.parametrize(
    ("people", "size"),
    [("1000", "超大"), ("999.9", "特大"), ("500", "特大"), ("300", "Ⅰ型大"), ("100", "Ⅱ型大"), ("50", "中等"),
     ("49.9", "Ⅰ型小"), ("20", "Ⅰ型小"), ("19.9", "Ⅱ型小"), ("", "")],
)  # fmt: skip
def test_size_classes_follow_the_circular_of_2014(people: str, size: str) -> None:
    assert Draft(population=people).size == size


@pytest.mark.parametrize(
    "typed",
    ["2026-06-30", "2026/6/30", "2026.06.30", "20260630", "2026年6月30日", "２０２６－０６－３０", " 2026-6-30 "],
)
def test_a_date_may_be_typed_as_people_type_dates(typed: str) -> None:
    assert day(typed) == date(2026, 6, 30)


@pytest.mark.parametrize("typed", ["", "今天", "2026-13-01", "30-06-2026", "2026-06", "0000-01-01"])
def test_what_is_no_date_is_none(typed: str) -> None:
    assert day(typed) is None


@pytest.mark.parametrize(
    ("today", "base"),
    [
        (date(2026, 7, 22), date(2026, 6, 30)),
        (date(2026, 7, 1), date(2026, 6, 30)),
        (date(2026, 6, 30), date(2025, 12, 31)),
        (date(2026, 1, 1), date(2025, 12, 31)),
    ],
)
def test_the_usual_reference_date_is_the_last_half_year_end(today: date, base: date) -> None:
    assert half_year_before(today) == base


@given(st.text())
def test_any_text_becomes_one_tidy_line(text: str) -> None:
    tidied = tidy(text)
    assert "\n" not in tidied
    assert tidied == tidied.strip()
    assert tidy(tidied) == tidied


@given(st.text())
def test_any_name_of_a_unit_becomes_a_name_every_file_system_takes(text: str) -> None:
    name = file_name(text)
    assert name
    assert not set(name) & set('\x00\n\r\t<>:"/\\|?*')
    assert not name.startswith((".", " "))
    assert not name.endswith((".", " "))
    assert len(name) <= 60
    assert len(name.encode("utf-8", "surrogatepass")) <= 200


def test_a_taken_name_gets_a_number(tmp_path: Path) -> None:
    assert free_path(tmp_path, "示例·衡川市").name == "示例·衡川市.zhd"
    (tmp_path / "示例·衡川市.zhd").write_text("")
    assert free_path(tmp_path, "示例·衡川市").name == "示例·衡川市 (2).zhd"


def test_numbers_are_read_as_typed_and_nothing_else_is_a_number() -> None:
    assert number(narrow("１，２６０．５")) == 1260.5
    assert [number(text) for text in ("", "-3", "1e9", "三", "9" * 20)] == [None] * 5
