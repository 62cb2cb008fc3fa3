"""Tables in Parquet files: read like any other table, written in blocks, and refused in one sentence when faulty."""

from __future__ import annotations

import json
from decimal import Decimal

import numpy as np
import pytest
from arro3.io import read_parquet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assess.exchange.grid import read as grids
from assess.exchange.number_table import units_by_items
from assess.framework.read import from_sources
from assess.index.parquet import PIECE
from assess.index.reading import TableProblem
from assess.index.table import read
from assess.problems import Problem
from forms.cli import main
from tests.index.tables import parquet, text_table, workbook

FRAMEWORK = """code = "x"
title = { zh = "甲", en = "x" }
[index]
impute = "group_mean"
group = "区域"
[[node]]
code = "n"
name = { zh = "组", en = "group" }
[[indicator]]
code = "n.1"
kind = "number"
name = { zh = "一", en = "one" }
number = { scale = "minmax" }
[[indicator]]
code = "n.2"
kind = "number"
name = { zh = "二", en = "two" }
number = { zero = 0, full = 10, divide_by = "人口" }
[[indicator]]
code = "l"
kind = "level"
name = { zh = "三", en = "three" }
{levels}
[[indicator]]
code = "q"
kind = "yesno"
name = { zh = "四", en = "four" }
""".replace("{levels}", "\n".join(f'[[indicator.level]]\nlevel = {n}\nzh = "第{n}"\nen = "step {n}"' for n in range(6)))
NAMES = ["甲市", "=1+1", "</script>", "🏙️ 城", "㙍𡐓县", "two\nlines", "甲市", "a,b"]
COLUMNS = {
    "名称": ("text", NAMES),
    "代码": ("text", [f"c{place}" for place in range(8)]),
    "区域": ("dictionary", ["东", "西"] * 4),
    "人口": ("whole", [1, 2, 4, 5, 8, 10, 20, 25]),
    "n.1": ("number", [1.5, 2.25, None, 4.0, 5.0, 6.0, 7.0, 0.1]),
    "n.2": ("decimal", [Decimal(x) for x in ("1.5", "2", "8", "10.125", "4", "5", "40", "50")]),
    "l": ("small", [0, 1, 2, 3, 4, 5, None, 5]),
    "q": ("flag", [True, False, True, None, False, True, True, False]),
}  # fmt: skip


def framework(extra: str = ""):
    return from_sources({"framework.toml": FRAMEWORK + extra})


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "f").mkdir()
    (tmp_path / "f" / "framework.toml").write_text(FRAMEWORK, encoding="utf-8")
    return tmp_path


def run(folder, table, *more, out="out"):
    return main(["--language", "en", "index", "--framework", str(folder / "f"), "--data", str(table),
                 "--out", str(folder / out), *more])  # fmt: skip


def test_the_same_table_gives_the_same_result_as_text_workbook_and_parquet(folder):
    tables = [text_table(folder / "t.csv", COLUMNS), workbook(folder / "t.xlsx", COLUMNS),
              parquet(folder / "t.parquet", COLUMNS), parquet(folder / "t.pq", COLUMNS, pieces=3)]  # fmt: skip
    for table in tables:
        assert run(folder, table, "--format", "csv", out=table.suffix) == 0
    for name in ("scores.csv", "coverage.csv", "ranks.csv", "cells.csv"):
        assert len({(folder / table.suffix / name).read_bytes() for table in tables}) == 1


def test_a_long_table_gives_what_the_wide_one_gives(tmp_path):
    items = ["区域", "n.1", "n.2", "l", "q", "人口"]
    units, names, values = [], [], []
    for item in items:
        for row, value in enumerate(COLUMNS[item][1]):
            if value is not None:
                units.append(f"c{row}")
                names.append(item)
                values.append("是" if value is True else "否" if value is False else str(value))
    long = {"代码": ("text", units), "指标": ("dictionary", names), "值": ("text", values)}
    found = read(parquet(tmp_path / "long.parquet", long, pieces=4), framework())
    wide = read(parquet(tmp_path / "wide.parquet", COLUMNS), framework())
    rows = read(text_table(tmp_path / "long.csv", long), framework())
    for one in (found, rows):
        assert one.codes == wide.codes
        assert np.array_equal(one.values, wide.values, equal_nan=True)
        assert np.array_equal(one.states, wide.states)
        assert one.groups == wide.groups
        assert one.columns["人口"].tolist() == wide.columns["人口"].tolist()


def test_a_long_table_of_more_units_than_one_piece_holds(tmp_path):
    count = PIECE + 10
    long = {"unit": ("text", [f"u{n}" for n in range(count)] * 2), "item": ("text", ["a"] * count + ["b"] * count),
            "value": ("whole", [*range(count), *range(count)])}  # fmt: skip
    plain = from_sources({"framework.toml": 'code = "x"\ntitle = "x"\n' + "".join(
        f'[[indicator]]\ncode = "{code}"\nname = "{code}"\nkind = "number"\nnumber = {{ scale = "minmax" }}\n'
        for code in "ab")})  # fmt: skip
    found = read(parquet(tmp_path / "t.parquet", long), plain)
    assert found.rows == count
    assert found.values.tolist() == [list(range(count))] * 2


@pytest.mark.parametrize("kind", ["number", "single", "whole", "small", "decimal", "text", "large", "dictionary"])
def test_a_number_may_be_stored_as_any_kind_of_number_or_as_text(tmp_path, kind):
    values = ["3", "4", None] if kind in ("text", "large", "dictionary") else [3, 4, None]
    columns = {**{key: (one, values[:3]) for key, (one, values) in COLUMNS.items()}, "n.1": (kind, values)}
    found = read(parquet(tmp_path / "t.parquet", columns), framework())
    assert np.array_equal(found.values[0], [3, 4, np.nan], equal_nan=True)


FAULTS = [
    ({"n.1": ("text", ["1", "viel", "3"])}, "table.number", "F3", "n.1: “viel” is not a number."),
    ({"n.1": ("number", [1, 2, -3.0])}, "table.negative", "F4", "n.1: -3 is negative, which this item cannot be."),
    ({"n.1": ("number", [1, float("inf"), 3])}, "table.size", "F3", None),
    ({"n.1": ("flag", [True, None, None])}, "table.number", "F2", "n.1: “TRUE” is not a number."),
    ({"代码": ("text", ["c0", "c1", "c0"])}, "table.unit-twice",
        "A4", "</script> stands in the table twice; first at A2."),
    ({"代码": ("text", ["c0", None, "c2"]), "名称": ("text", ["a", None, "c"])}, "table.unit-missing", "A3",
     "This row has values but no unit."),
    ({"l": ("whole", [1, 7, 2])}, "answer.no-such-level", "H3", None),
]  # fmt: skip
ORDERED = ["名称", "代码", "区域", "人口", "x", "n.1", "n.2", "l", "q"]


@pytest.mark.parametrize(("change", "code", "place", "words"), FAULTS)
def test_a_fault_is_named_with_its_cell_as_in_a_text_table(tmp_path, change, code, place, words):
    columns = (
        {"x": ("text", [None] * 3)} | {key: (kind, values[:3]) for key, (kind, values) in COLUMNS.items()} | change
    )
    columns = {key: columns[key] for key in ORDERED}
    said = []
    for path in (parquet(tmp_path / "t.parquet", columns), text_table(tmp_path / "t.csv", columns)):
        with pytest.raises(TableProblem) as caught:
            read(path, framework())
        said.append([(one.code, one.place, one.text.render("en")) for one in caught.value.findings
                     if one.severity == "error"])  # fmt: skip
        assert (said[-1][0][1]) == place
        assert said[-1][0][2] == words or words is None
    assert said[0][0][0].split(".")[-1] in (code.split(".")[-1], "level")
    assert len(said[0]) == len(said[1]) or "flag" in str(change)


def test_a_second_value_in_a_long_table_is_a_fault(tmp_path):
    long = {"unit": ("text", ["a", "b", "a"]), "item": ("text", ["l"] * 3), "value": ("whole", [1, 2, 3])}
    with pytest.raises(TableProblem) as caught:
        read(parquet(tmp_path / "t.parquet", long), from_sources({"framework.toml": FRAMEWORK.replace(
            'impute = "group_mean"\ngroup = "区域"\n', "").replace(', divide_by = "人口"', "")}))  # fmt: skip
    assert [one.code for one in caught.value.findings if one.severity == "error"] == ["table.value-twice"]


def test_a_column_of_lists_is_refused_by_its_name(folder, capsys):
    columns = {key: (kind, values[:2]) for key, (kind, values) in COLUMNS.items()} | {"n.1": ("list", [[1], [2]])}
    assert run(folder, parquet(folder / "t.parquet", columns)) == 1
    said = capsys.readouterr().err
    assert "the column n.1 holds List" in said
    assert len(said.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "content",
    [b"", b"PAR1", b"PAR1 and then some words PAR1", b"PK\x03\x04 a workbook, really", b"PAR1" + b"\0" * 200 + b"PAR1",
     b"PAR1" + b"\xff" * 40 + b"\x10\0\0\0PAR1", "甲,乙\n".encode() * 20],
)  # fmt: skip
def test_a_damaged_or_foreign_file_gets_one_sentence(folder, capfd, content):
    (folder / "t.parquet").write_bytes(content)
    assert run(folder, folder / "t.parquet") == 1
    said = capfd.readouterr().err
    assert said.startswith("t.parquet cannot be read as a Parquet file")
    assert len(said.strip().splitlines()) == 1


def test_a_file_with_a_hole_in_it_gets_one_sentence(folder, capfd):
    whole = parquet(
        folder / "t.parquet",
        {
            "名称": ("text", [f"u{n}" for n in range(5000)]),
            "n.1": ("number", [n / 7 for n in range(5000)]),
            "区域": ("text", ["东"] * 5000),
            "人口": ("whole", [1] * 5000),
        },
    ).read_bytes()
    (folder / "t.parquet").write_bytes(whole[:4] + b"\xff" * 400 + whole[404:])
    assert run(folder, folder / "t.parquet") == 1
    assert capfd.readouterr().err.startswith("t.parquet cannot be read as a Parquet file")


def test_a_table_without_rows_or_without_a_file_is_told(folder, capsys):
    empty = {key: (kind, []) for key, (kind, _) in COLUMNS.items()}
    assert run(folder, parquet(folder / "t.parquet", empty)) == 1
    assert "names no unit" in capsys.readouterr().err
    assert run(folder, folder / "none.parquet") == 1
    assert "There is no table at" in capsys.readouterr().err


def test_parquet_comes_out_where_parquet_went_in_unless_told_otherwise(folder):
    table = parquet(folder / "t.parquet", COLUMNS)
    assert run(folder, table) == 0
    names = {"scores", "coverage", "ranks", "cells"}
    assert {path.name for path in (folder / "out").iterdir()} == {f"{name}.parquet" for name in names} | {"result.json"}
    assert run(folder, table, "--format", "both", out="both") == 0
    assert len(list((folder / "both").iterdir())) == 9


def test_every_format_holds_the_same_numbers(folder):
    assert run(folder, text_table(folder / "t.csv", COLUMNS), "--format", "all") == 0
    for name in ("scores", "coverage", "ranks", "cells"):
        table = read_parquet(str(folder / "out" / f"{name}.parquet")).read_all()
        listed = json.loads((folder / "out" / f"{name}.json").read_text("utf-8"))
        columns = {key: table.column(key).to_pylist() for key in table.schema.names}
        assert [list(one.values()) for one in listed] == [list(row) for row in zip(*columns.values(), strict=True)]
        (sheet,) = grids(folder / "out" / f"{name}.csv")
        assert list(sheet.rows[0]) == table.schema.names
        for row, record in zip(sheet.rows[1:], listed, strict=True):
            numbers = [(text, value) for text, value in zip(row, record.values(), strict=True)
                       if isinstance(value, float | int)]  # fmt: skip
            assert all(float(text) == value for text, value in numbers)
    kinds = read_parquet(str(folder / "out" / "ranks.parquet")).schema
    assert str(kinds.field("rank").type).strip() == "arro3.core.DataType<Int64>"


def test_names_in_parquet_are_what_was_typed(folder):
    assert run(folder, parquet(folder / "t.parquet", COLUMNS)) == 0
    table = read_parquet(str(folder / "out" / "scores.parquet")).read_all()
    assert table.column("unit").to_pylist() == NAMES


def test_weights_from_data_read_parquet_too(tmp_path):
    columns = {"unit": ("text", ["a", "b", "c"]), "p": ("whole", [1, 2, 3]), "q": ("number", [1.5, None, 3])}
    found = units_by_items(parquet(tmp_path / "t.parquet", columns))
    assert found.columns == ("p", "q")
    assert found.values == ((1.0, 1.5), (2.0, None), (3.0, 3.0))
    with pytest.raises(Problem):
        units_by_items(tmp_path / "none.parquet")


CELL = st.one_of(st.none(), st.floats(0, 1e6).map(lambda x: round(x, 6)), st.integers(0, 1000))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(CELL, CELL, st.integers(0, 5)), min_size=1, max_size=40), st.integers(1, 5))
def test_any_numbers_come_through_as_they_are(tmp_path, rows, pieces):
    columns = {
        "名称": ("text", [f"u{n}" for n in range(len(rows))]), "区域": ("text", ["东"] * len(rows)),
        "人口": ("whole", [1] * len(rows)),
        "n.1": ("number", [None if one[0] is None else float(one[0]) for one in rows]),
        "n.2": ("number", [None if one[1] is None else float(one[1]) for one in rows]),
        "l": ("whole", [one[2] for one in rows]),
    }  # fmt: skip
    found = read(parquet(tmp_path / "t.parquet", columns, pieces), framework())
    plain = read(text_table(tmp_path / "t.csv", columns), framework())
    assert np.array_equal(found.values, plain.values, equal_nan=True)
    assert np.array_equal(found.states, plain.states)
