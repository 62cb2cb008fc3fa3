"""Lines of keys in TOML texts."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.framework.lazy import Later
from assess.framework.locate import Lines
from assess.framework.read import builtin

TEXT = '''\
title.zh = "甲"
list = [
    { a = 1 },
    { a = 2 },  # [not a table]
]

[one]
"quoted key" = 1
long = """
[fake]
b = 2
"""

[[many]]
a = "x # y"
[many.inner]
b = [1, [2,
  3]]
[[many.deep]]
c = 1

[[many]]
a = 2
[[many.deep]]
c = 2
[[many.deep]]
c = 3
'''


@pytest.mark.parametrize(
    "path, line",
    [
        (("title",), 1),
        (("title", "zh"), 1),
        (("list",), 2),
        (("list", 1), 4),
        (("one",), 7),
        (("one", "quoted key"), 8),
        (("one", "long"), 9),
        (("many", 0), 14),
        (("many", 0, "a"), 15),
        (("many", 0, "inner", "b"), 17),
        (("many", 0, "deep", 0, "c"), 20),
        (("many", 1, "deep", 0, "c"), 25),
        (("many", 1, "deep", 1, "c"), 27),
    ],
)
def test_every_key_is_found_on_its_line(path, line):
    assert Lines(TEXT).line(path) == line


def test_a_path_that_is_not_there_gives_the_line_of_what_holds_it():
    assert Lines(TEXT).line(("many", 1, "gone", "deeper")) == 22
    assert Lines(TEXT).line(("gone",)) == 1
    assert Lines("").line(("gone",)) == 1


def test_tables_within_long_texts_are_not_taken_for_tables():
    assert Lines(TEXT).line(("fake", "b")) == 1


def test_a_text_is_found_as_toml_writes_it():
    lines = Lines('a = "x\\"y"\nb = "line\\nbreak"\nc = \'C:\\x\'\nd = "二级"\ne = "二"\n')
    assert lines.find('x"y') == 1
    assert lines.find("line\nbreak") == 2
    assert lines.find("C:\\x") == 3
    assert lines.find("二") == 5
    assert lines.find("absent") is None


def test_every_indicator_of_the_shipped_framework_is_found_at_its_block():
    text = builtin().sources["me.toml"]
    lines, rows = Lines(text), text.split("\n")
    for place, item in enumerate(tomllib.loads(text)["indicator"]):
        assert rows[lines.line(("indicator", place, "code")) - 1] == f'code = "{item["code"]}"'


@given(st.text("[]{}\"'=#a.\n ", max_size=60))
def test_no_text_breaks_the_search(text):
    assert Lines(text).line(("a",)) >= 1


def test_what_is_read_later_is_built_once_and_only_when_looked_at():
    built = []

    def build() -> dict[str, int]:
        built.append(1)
        return {"a": 1}

    later = Later(build)
    assert repr(later) == "Later('…')"
    assert built == []
    assert later["a"] == 1
    assert list(later) == ["a"]
    assert len(later) == 1
    assert later == {"a": 1}
    assert built == [1]
