"""One cell holds one value, whatever it is: hostile texts, odd numbers, lists, closed lists in both languages."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from assess.framework.keys import Kind, Table
from assess.framework.keys_files import FILES, keys_of
from assess.framework.read import from_sources
from assess.language import LANGUAGES
from assess.workbook import book, convert, paths, toml
from assess.workbook.cells import ILLEGAL, Unreadable, decode, encode, same, trimmed
from assess.workbook.shape import SHEETS
from assess.workbook.terms import HEADINGS, WORDS, title, word
from tests.framework.small import SMALL
from tests.framework.workbooks import differences, words

HOSTILE = [
    "=1+1", "+1", "-1", "@x", "'x", '"', "\\", "a\nb", "\r\n", " x ", "\t", "#TOML 1", "_x0041_", "是", "TRUE", "1",
    "007", "1e5", "</script>", "😀", "㙍𡐓", "\x00", "\x85", "\u2028", "\ufeff", "", "\u3000", "[1", "{", "2024-01-01",
]  # fmt: skip
TEXTS = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=20))
NUMBERS = st.one_of(st.integers(-(10**12), 10**12), st.floats(allow_nan=False, allow_infinity=False))
JSON = st.recursive(
    st.one_of(TEXTS, NUMBERS, st.booleans()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=6,
)


def comes_back(value: Any, kind: Kind, key: str = "", language: str = "zh") -> None:
    cell = encode(value, kind, key, language)
    assert not (isinstance(cell, str) and ILLEGAL.search(cell))
    assert same(decode(trimmed(cell), kind, key), value)


@given(TEXTS)
def test_every_text_comes_back(text: str) -> None:
    comes_back(text, "text")


@given(NUMBERS)
def test_every_number_comes_back(number: float) -> None:
    comes_back(number, "number")


@given(st.lists(TEXTS, max_size=4), st.sampled_from(["", "tiers", "clauses"]))
def test_every_list_of_texts_comes_back(texts: list[str], key: str) -> None:
    comes_back(texts, "texts", key)
    comes_back(texts, "codes", key)
    comes_back(texts, "headings", key)


@given(JSON)
def test_everything_that_toml_holds_comes_back(value: Any) -> None:
    comes_back(value, "any")


@given(st.one_of(NUMBERS, st.lists(NUMBERS, max_size=3)))
def test_points_are_one_figure_or_several(value: Any) -> None:
    comes_back(value, "points")


@pytest.mark.parametrize("language", LANGUAGES)
def test_flags_and_counts_come_back_in_words(language: str) -> None:
    for flag in (True, False):
        comes_back(flag, "flag", language=language)
    assert encode(True, "flag") == "是"
    assert encode("all", "count", language=language) == {"zh": "全部", "en": "every one"}[language]
    for count in ("all", 2):
        comes_back(count, "count", language=language)


@pytest.mark.parametrize(("cell", "value"), [("√", True), ("yes", True), ("×", False), (True, True), ("0", False)])
def test_yes_and_no_have_many_forms(cell: str | bool, value: bool) -> None:
    assert decode(cell, "flag") is value


@pytest.mark.parametrize(
    ("cell", "value"), [("１２．５", 12.5), ("1,234", 1234), ("−3", -3), (" 7 ", 7), (7.0, 7), ("1e3", 1000)]
)
def test_numbers_have_many_forms(cell: str | float, value: float) -> None:
    assert decode(trimmed(cell), "number") == value


@pytest.mark.parametrize("cell", ["3%", "1,23", "三", "nan", "inf", "1e999", "0x1", "1 2", True])
def test_what_is_no_number_is_said(cell: str | bool) -> None:
    with pytest.raises(Unreadable):
        decode(cell, "number")


def closed_lists(kind: Kind) -> Iterator[tuple[str, ...]]:
    if isinstance(kind, tuple):
        yield kind
    elif isinstance(kind, Table):
        for one in (*kind.keys.values(), *([kind.rest] if kind.rest else [])):
            yield from closed_lists(one)


LISTS = sorted({one for spec in (*FILES.values(), keys_of("x.toml")) for one in closed_lists(spec)})


@pytest.mark.parametrize(
    "allowed", [*LISTS, *(c.kind for s in SHEETS for c in s.locators if isinstance(c.kind, tuple))]
)
def test_the_words_of_a_closed_list_are_told_apart_in_and_across_languages(allowed: tuple[str, ...]) -> None:
    for language in LANGUAGES:
        for one in allowed:
            assert decode(word(one, allowed, language), allowed) == one
            assert decode(one, allowed) == one


@pytest.mark.parametrize("key", book.ORDER)
def test_the_headings_of_a_sheet_are_told_apart(key: str) -> None:
    spec = book.Spec(key)
    for language in LANGUAGES:
        assert len(set(spec.headings(language))) == len(spec.headings(language))


def test_every_column_has_a_heading_in_words_and_every_sheet_a_title_an_office_program_takes() -> None:
    for sheet in SHEETS:
        for column in sheet.columns:
            assert column.heading("zh") != (column.locates or ".".join(column.path))
    for language in LANGUAGES:
        titles = [title(key, language) for key in ("about", *book.ORDER)]
        assert len({one.casefold() for one in (*titles, book.LISTS, book.IDENTITY)}) == len(titles) + 2
        assert all(len(one) <= 31 and not set(one) & set("[]:*?/\\") for one in titles)
    assert all(one.zh and one.en for one in (*WORDS.values(), *HEADINGS.values()))


PATHS = st.lists(st.one_of(TEXTS.filter(bool), st.integers(0, 50)), min_size=1, max_size=5).filter(
    lambda path: isinstance(path[0], str)
)


@given(PATHS)
def test_a_path_is_read_as_it_is_written(path: list[str | int]) -> None:
    assert paths.read(paths.written(tuple(path))) == tuple(path)


@given(TEXTS)
@example("stage[")
@example("a.")
@example(".a")
@example("a[0]")
@example('"a')
def test_whatever_stands_for_a_path_is_read_or_refused(text: str) -> None:
    found = paths.read(text)
    assert found is None or paths.read(paths.written(found)) == found


@given(st.dictionaries(TEXTS.filter(bool), JSON, max_size=4))
def test_a_file_is_written_so_that_toml_reads_the_same(data: dict[str, Any]) -> None:
    writer = toml.Writer()
    writer.table(data, Table(rest=Table(rest="any")), ())
    assert tomllib.loads(writer.text()) == data
    for line, path in writer.lines.items():
        assert str(path[0]) in data, line


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS.filter(bool), TEXTS.filter(bool), TEXTS.filter(bool))
@example("=1+1", "a\nb", "😀㙍𡐓")
@example("#TOML 1", "_x000D_", '"\\\r\n\t" ')
@example("</script>", "\x00", " x ")
def test_hostile_texts_come_back_through_the_workbook(tmp_path: Path, first: str, second: str, third: str) -> None:
    text = SMALL["a.toml"].replace('zh = "二", en = "two"', f"zh = {toml.quoted(first)}, en = {toml.quoted(second)}")
    text = text.replace("weight = 20", f"weight = 20\nevidence = [{toml.quoted(third)}, {toml.quoted(first)}]")
    sources = {**SMALL, "a.toml": text}
    convert.to_workbook(from_sources(sources), tmp_path / "a.xlsx")
    reading = convert.read_workbook(tmp_path / "a.xlsx")
    assert reading.sound, words(reading.findings)
    assert differences(from_sources(sources), from_sources(reading.sources)) == []
