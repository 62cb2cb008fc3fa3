"""A table that cannot be scored is refused with one sentence for each fault, and nothing is written."""

from __future__ import annotations

import pytest

from assess.framework.read import from_sources
from assess.index.chain import index
from assess.index.table import TableProblem, read
from assess.problems import Problem
from forms.cli import main

HEAD = 'code = "x"\ntitle = { zh = "甲", en = "x" }\n'
ITEMS = """
[[indicator]]
code = "a"
kind = "number"
name = { zh = "一", en = "one" }
number = { scale = "minmax" }
[[indicator]]
code = "b"
kind = "number"
name = { zh = "二", en = "two" }
number = { zero = 0, full = 10, negative = true }
"""
SOUND = "unit,a,b\n甲市,1,2\n乙市,3,4\n丙市,2,\n"


@pytest.fixture
def make(tmp_path):
    def write(text, name="t.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def made(extra=""):
    return from_sources({"framework.toml": HEAD + extra + ITEMS})


def faults(path, **more):
    with pytest.raises(TableProblem) as caught:
        read(path, made(), **more)
    return [(one.code, one.place, one.text.render("en"), one.text.render("zh")) for one in caught.value.findings
            if one.severity == "error"]  # fmt: skip


def test_a_sound_table_is_read(make):
    data = read(make(SOUND), made())
    assert data.units == ("甲市", "乙市", "丙市")
    assert data.values[0].tolist() == [1, 3, 2]
    assert index(made(), data).of("a").tolist() == [0, 100, 50]


def test_a_unit_that_is_not_known_is_named(make):
    ((code, place, english, chinese),) = faults(make(SOUND), known_units=["甲市", "乙市", "丁市"])
    assert (code, place) == ("table.unit-unknown", "A4")
    assert english == "丙市 is not among the known units."
    assert chinese == "丙市 不在单位名单中。"


def test_values_without_a_unit_are_named(make):
    ((code, place, english, _),) = faults(make(SOUND + ",5,6\n"))
    assert (code, place, english) == ("table.unit-missing", "A5", "This row has values but no unit.")


def test_a_unit_twice_is_named_with_both_places(make):
    ((code, place, english, _),) = faults(make(SOUND + "甲市,5,6\n"))
    assert (code, place) == ("table.unit-twice", "A5")
    assert english == "甲市 stands in the table twice; first at A2."


def test_text_in_a_number_is_named_with_its_cell(make):
    ((code, place, english, _),) = faults(make("unit,a,b\n甲市,many,2\n乙市,3,4\n"))
    assert (code, place, english) == ("table.number", "B2", "a: “many” is not a number.")


@pytest.mark.parametrize("typed", ["inf", "1_000", "0x10", "=1+1", "</script>", "十", "1 2 3 4"])
def test_what_only_looks_like_a_number_is_none(make, typed):
    ((code, _, english, _),) = faults(make(f"unit,a,b\n甲市,{typed},2\n乙市,3,4\n"))
    assert code == "table.number"
    assert typed in english


@pytest.mark.parametrize("typed", ["1e999", "1e31", "1e-31", "5e-324"])
def test_a_number_beyond_all_measure_is_named(make, typed):
    ((code, place, _, _),) = faults(make(f"unit,a,b\n甲市,{typed},2\n乙市,3,4\n"))
    assert (code, place) == ("table.size", "B2")


def test_a_negative_where_none_may_be_is_named_and_where_it_may_be_it_counts(make):
    ((code, place, english, _),) = faults(make("unit,a,b\n甲市,-1,-2\n乙市,3,4\n"))
    assert (code, place, english) == ("table.negative", "B2", "a: -1 is negative, which this item cannot be.")
    assert read(make("unit,a,b\n甲市,1,-2\n乙市,3,4\n"), made()).values[1].tolist() == [-2, 4]


def test_every_fault_is_named_at_once(make):
    found = faults(make("unit,a,b\n甲市,x,2\n甲市,3,4\n,1,1\n乙市,-3,y\n"))
    assert [code for code, *_ in found] == [
        "table.number", "table.unit-twice", "table.unit-missing", "table.negative", "table.number"
    ]  # fmt: skip


def test_a_constant_column_is_told_and_left_out(make):
    found = index(made(), read(make("unit,a,b\n甲市,5,2\n乙市,5,4\n"), made()))
    (told,) = [one for one in found.findings if one.code == "index.constant"]
    assert told.text.render("en") == "a is the same in every unit, so it cannot tell units apart; it is left out."
    assert found.total.tolist() == [20, 40]


def test_a_single_unit_cannot_be_compared(make):
    with pytest.raises(Problem) as caught:
        index(made(), read(make("unit,a,b\n甲市,5,2\n"), made()))
    assert caught.value.text.render("en") == "There is one unit only, and a is scored by comparing units."


def test_a_single_unit_with_goalposts_has_a_score_and_the_first_place(make):
    alone = from_sources({"framework.toml": HEAD + ITEMS.replace('scale = "minmax"', "zero = 0, full = 10")})
    found = index(alone, read(make("unit,a,b\n甲市,5,2\n"), alone))
    assert (found.total[0], found.ranks()[0], found.shared()[0]) == (35, 1, 1)


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "table.empty"), ("\n\n", "table.empty"), ("unit,a,b\n", "index.empty"), ("x,y\n1,2\n", "table.units")],
)
def test_an_empty_table_is_told(make, text, code):
    with pytest.raises(Problem) as caught:
        read(make(text), made())
    assert caught.value.code == code
    assert caught.value.text.render("zh") != caught.value.text.render("en")


def test_a_denominator_or_group_without_its_column_is_told(make):
    text = (
        HEAD
        + '[index]\nimpute = "group_mean"\ngroup = "区域"\n'
        + ITEMS.replace("negative", 'divide_by = "人口"\n, negative'.replace("\n", ""))
    )
    chosen = from_sources({"framework.toml": text})
    with pytest.raises(TableProblem) as caught:
        read(make(SOUND), chosen)
    assert [one.subject for one in caught.value.findings] == ["人口", "区域"]


def test_blanks_in_many_spellings_are_unanswered_and_never_zero(make):
    rows = "".join(f"城{place},{word},2\n" for place, word in enumerate(["", "NA", "N/A", "nan", "-", "—", "NULL"]))
    found = index(made(), read(make("unit,a,b\n甲市,1,2\n乙市,3,4\n" + rows), made()))
    assert found.of("a")[2:].tolist() != [0] * 7
    assert (found.of("a")[2:] != found.of("a")[2:]).all()
    assert found.total[2:].tolist() == [20] * 7
    assert found.coverage["total"][2:].tolist() == [0.5] * 7


def test_the_long_form_gives_the_same_as_the_wide(make):
    long = "unit,item,value\n甲市,a,1\n甲市,b,2\n乙市,b,4\n乙市,a,3\n丙市,a,2\n"
    wide, other = index(made(), read(make(SOUND), made())), index(made(), read(make(long, "l.csv"), made()))
    assert wide.data.units == other.data.units
    assert wide.total.tolist() == other.total.tolist()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_large_table_is_read_row_by_row_like_a_small_one(make, tmp_path, monkeypatch, encoding):
    import assess.index.rows as rows

    path = tmp_path / "t.csv"
    path.write_bytes(SOUND.encode(encoding))
    small = read(path, made())
    monkeypatch.setattr(rows, "LARGE", 0)
    large = read(path, made())
    assert (large.units, large.codes, large.digest) == (small.units, small.codes, small.digest)
    assert large.values.tolist()[0] == small.values.tolist()[0]
    assert large.states.tolist() == small.states.tolist()
    ((code, place, *_),) = faults(make("unit,a,b\n甲市,x,2\n乙市,3,4\n"))
    assert (code, place) == ("table.number", "B2")


def test_a_thousand_faults_are_told_as_two_hundred_and_warnings_do_not_hide_them(make):
    found = faults(make("unit,b\n" + "".join(f"城{place},x\n" for place in range(1000))))
    assert len(found) == 200


def test_the_long_form_names_a_value_given_twice_and_an_item_that_is_none(make):
    long = "unit,item,value\n甲市,a,1\n甲市,a,2\n乙市,zz,4\n乙市,a,3\n"
    with pytest.raises(TableProblem) as caught:
        read(make(long), made())
    assert [(one.severity, one.code, one.subject) for one in caught.value.findings] == [
        ("error", "table.value-twice", "a"),
        ("warning", "table.item-unknown", "zz"),
        ("warning", "table.item-column", "b"),
    ]


def test_the_command_says_every_fault_and_writes_nothing(make, tmp_path, capsys):
    (tmp_path / "f").mkdir()
    (tmp_path / "f" / "framework.toml").write_text(HEAD + ITEMS, encoding="utf-8")
    table = make("unit,a,b\n甲市,x,2\n甲市,3,4\n")
    code = main(["--language", "zh", "index", "--framework", str(tmp_path / "f"), "--data", str(table), "--out",
                 str(tmp_path / "out")])  # fmt: skip
    assert code == 1
    said = capsys.readouterr().err
    assert "B2" in said
    assert "甲市 在表中出现两次" in said
    assert "Traceback" not in said
    assert not (tmp_path / "out").exists()
