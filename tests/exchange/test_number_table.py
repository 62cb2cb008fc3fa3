"""Tables of numbers: found wherever they stand, and one clear sentence for each thing wrong with them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from assess.exchange.number_table import NumberTable, TableProblem, matrices, units_by_items
from assess.problems import Problem


@pytest.fixture
def read(tmp_path: Path):
    def read(text: str, **choice) -> NumberTable:
        path = tmp_path / "数据.csv"
        path.write_text(text, "utf-8")
        return units_by_items(path, **choice)

    return read


def workbook(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_numbers_are_read_as_people_type_them(read) -> None:
    found = read('名称,A,B,C,D\n甲,80%,"1,200",１２．５,1.2e-3\n乙,—,0,-3,\n')
    assert found.rows == ("甲", "乙")
    assert found.columns == ("A", "B", "C", "D")
    assert found.values == ((80.0, 1200.0, 12.5, 0.0012), (None, 0.0, -3.0, None))


def test_a_percent_cell_reads_like_a_typed_percentage(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"s": [["城市", "A"], ["甲", 0.85], ["乙", 0.5]]})
    book = openpyxl.load_workbook(path)
    book["s"]["B2"].number_format = "0%"
    book.save(path)
    assert units_by_items(path).values == ((85.0,), (0.5,))


def test_columns_about_the_unit_and_columns_of_words_are_left_out_and_told(read) -> None:
    found = read("代码,名称,区域,A,备注\n110000,甲,东部,1,好\n120000,乙,西部,2,较好\n")
    assert found.rows == ("甲", "乙")
    assert found.columns == ("A",)
    told = [note.render("zh") for note in found.notes]
    assert len(told) == 3
    assert all(any(name in line for line in told) for name in ("代码", "区域", "备注"))


def test_columns_can_be_chosen_by_name(read) -> None:
    found = read("x,代码,A,B\n甲,1,2,3\n乙,4,5,6\n", unit_column="代码", items=("B",))
    assert found.rows == ("1", "4")
    assert found.values == ((3.0,), (6.0,))


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("名称,A\n甲,1\n甲,2\n", "table.unit-twice", "A3"),
        ("名称,A\n甲,1\n乙,四\n", "table.number", "“四”"),
        ("名称,A\n甲,1\n乙,12 万人\n", "table.number", "B3"),
        ("名称,A\n甲,1\n,2\n", "table.unit-missing", "A3"),
        ("名称,A,A\n甲,1,1\n乙,2,2\n", "table.column-twice", "C1"),
        ("名称,A\n", "table.no-numbers", ""),
        ("只有一句话\n", "table.no-heading", ""),
        ("", "table.empty", ""),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(read, text: str, code: str, words: str) -> None:
    with pytest.raises(Problem) as caught:
        read(text)
    assert caught.value.code == code
    sentence = caught.value.sentence("zh")
    assert words in sentence
    assert "\n" not in sentence
    assert caught.value.sentence("en") != sentence


def test_several_faults_are_all_found_at_once(read) -> None:
    with pytest.raises(TableProblem) as caught:
        read("名称,A,B\n甲,1,x\n甲,y,2\n")
    assert sorted(finding.place for finding in caught.value.findings) == ["A3", "B3", "C2"]
    assert "3" in caught.value.sentence("zh")


def test_an_unknown_unit_or_column_is_answered_with_the_nearest(read) -> None:
    table = read("名称,覆盖率\n示例·云澜市,1\n示例·江屿市,2\n")
    with pytest.raises(Problem) as caught:
        table.only_rows(["示例·云谰市"])
    assert caught.value.code == "table.unknown-unit"
    assert "示例·云澜市" in caught.value.sentence("zh")
    with pytest.raises(Problem) as caught:
        read("名称,覆盖率\n甲,1\n", items=("覆盖律",))
    assert caught.value.code == "table.unknown-column"
    assert "覆盖率" in caught.value.sentence("zh")


def test_units_with_blanks_can_be_left_out_and_that_is_told(read) -> None:
    found = read("名称,A,B\n甲,1,2\n乙,,2\n丙,0,0\n").without_blanks()
    assert found.rows == ("甲", "丙")
    assert "1" in found.notes[-1].render("zh")


def test_further_sheets_are_not_read_and_that_is_told(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"一季度": [["城市", "A"], ["甲", 1]], "二季度": [["城市", "A"], ["甲", 2]]})
    found = units_by_items(path)
    assert found.values == ((1.0,),)
    assert "一季度" in found.notes[0].render("zh")


def test_hostile_names_stay_names(read) -> None:
    found = read('名称,"=1+1</script>"\n"🎈㙍\n𐡓",1\n乙,2\n')
    assert found.rows[0] == "🎈㙍\n𐡓"
    assert found.columns == ("=1+1</script>",)


def test_a_matrix_reads_fractions_halves_and_items_in_another_order(tmp_path: Path) -> None:
    path = tmp_path / "专家.csv"
    path.write_text(",a,b\nb,1/3,1\na,1,\n", "utf-8")
    (found,) = matrices([path])
    assert found.name == "专家"
    assert found.columns == found.rows == ("a", "b")
    assert found.values == ((1.0, None), (1 / 3, 1.0))


def test_every_sheet_is_an_expert(tmp_path: Path) -> None:
    rows: list[list[object]] = [[None, "a", "b"], ["a", 1, 3], ["b", None, 1]]
    path = workbook(tmp_path / "all.xlsx", {"张三": rows, "李四": rows})
    assert [table.name for table in matrices([path])] == ["张三", "李四"]
    assert [table.name for table in matrices([path, path])] == ["张三", "李四", "all 张三", "all 李四"]


def test_a_fraction_that_became_a_date_is_recognized(tmp_path: Path) -> None:
    from datetime import date

    path = workbook(tmp_path / "a.xlsx", {"s": [[None, "a", "b"], ["a", 1, date(2026, 1, 3)], ["b", None, 1]]})
    with pytest.raises(Problem) as caught:
        matrices([path])
    assert "1/3" in caught.value.sentence("zh")


def test_a_matrix_with_other_names_down_than_across_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text(",a,b\na,1,3\nc,,1\n", "utf-8")
    with pytest.raises(Problem) as caught:
        matrices([path])
    assert caught.value.code == "table.matrix"
