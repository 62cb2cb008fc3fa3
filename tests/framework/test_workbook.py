"""A framework goes into a workbook and comes back the same, through an office program too."""

from __future__ import annotations

import shutil
import subprocess
import tomllib
from pathlib import Path

import openpyxl
import pytest

from assess.exchange.grid import letters
from assess.framework.read import builtin, from_sources, read
from assess.framework.sources import FRAMEWORKS, load
from assess.problems import Problem
from assess.workbook import book, canonical, convert
from assess.workbook.shape import SHEETS
from assess.workbook.terms import title
from tests.framework.small import SMALL
from tests.framework.workbooks import Edit, differences, small_book, words

DATA = Path(__file__).parent.parent / "data"
FOLDERS = [FRAMEWORKS / "zhiheng", *sorted(path.parent for path in DATA.glob("*/framework.toml"))]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_framework_comes_back_equal_in_content(folder: Path, tmp_path: Path) -> None:
    convert.to_workbook(folder, tmp_path / "框架.xlsx")
    found = convert.from_workbook(tmp_path / "框架.xlsx", tmp_path / "back")
    assert [one for one in found if one.severity == "error"] == []
    assert differences(from_sources(load(folder)), read(tmp_path / "back")) == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_key_of_every_file_comes_back(folder: Path, tmp_path: Path) -> None:
    convert.to_workbook(folder, tmp_path / "a.xlsx")
    before = canonical.tables({name: tomllib.loads(text) for name, text in load(folder).items()})
    back = convert.read_workbook(tmp_path / "a.xlsx").sources
    assert canonical.tables({name: tomllib.loads(text) for name, text in back.items()}).files == before.files


def test_the_small_framework_with_every_block_comes_back_from_a_chinese_and_an_english_workbook(tmp_path: Path) -> None:
    texts = []
    for language in ("zh", "en"):
        reading = convert.read_workbook(small_book(tmp_path / f"{language}.xlsx", language))
        assert reading.sound, words(reading.findings)
        assert differences(from_sources(SMALL), from_sources(reading.sources)) == []
        texts.append(reading.sources)
    assert texts[0] == texts[1]


def test_files_written_twice_are_the_same_bytes(tmp_path: Path) -> None:
    once = convert.read_workbook(small_book(tmp_path / "a.xlsx")).sources
    convert.to_workbook(from_sources(once), tmp_path / "b.xlsx")
    assert convert.read_workbook(tmp_path / "b.xlsx").sources == once


def test_what_libreoffice_saves_is_read_the_same(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    convert.to_workbook(builtin(), tmp_path / "a.xlsx")
    (tmp_path / "saved").mkdir()
    command = [office, f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", "xlsx"]
    subprocess.run(
        [*command, "--outdir", str(tmp_path / "saved"), str(tmp_path / "a.xlsx")],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    saved = convert.read_workbook(tmp_path / "saved" / "a.xlsx")
    assert saved == convert.read_workbook(tmp_path / "a.xlsx")
    assert differences(builtin(), from_sources(saved.sources)) == []


def test_one_file_for_each_dimension_with_its_name_at_the_top(tmp_path: Path) -> None:
    convert.from_workbook(small_book(tmp_path / "a.xlsx"), tmp_path / "back")
    assert set(load(tmp_path / "back")) == set(SMALL)
    text = (tmp_path / "back" / "b.toml").read_text(encoding="utf-8")
    assert text.startswith("# 乙 · B\n\n[dimension]\n")
    assert text.index("# ==== BB 乙乙 · BB ====") < text.index("[[sub]]") < text.index("[[indicator]]")


def test_the_workbook_can_be_filled_in_and_its_headings_cannot(tmp_path: Path) -> None:
    found = openpyxl.load_workbook(small_book(tmp_path / "a.xlsx"))
    assert found.sheetnames[:6] == ["说明", "框架", "层级", "单位", "节点", "题目"]
    for key in book.ORDER:
        sheet = found[title(key, "zh")]
        assert sheet.protection.sheet
        assert sheet.freeze_panes == "B2"
        assert all(cell.protection.locked for cell in sheet[1])
        assert not any(cell.protection.locked for row in sheet.iter_rows(min_row=2) for cell in row)
        assert not any(sheet.column_dimensions[letters((cell.column or 1) - 1)].protection.locked for cell in sheet[1])
    assert [found[name].sheet_state for name in (book.LISTS, book.IDENTITY)] == ["hidden", "hidden"]


def test_drop_down_lists_stand_on_the_hidden_sheet(tmp_path: Path) -> None:
    found = openpyxl.load_workbook(small_book(tmp_path / "a.xlsx"))
    column = next(at for at, one in enumerate(next(s for s in SHEETS if s.key == "items").columns) if one.key == "kind")
    rule = next(one for one in found["题目"].data_validations.dataValidation if f"{letters(column)}2" in str(one.sqref))
    assert rule.formula1.startswith("='lists'!$")
    start, end = rule.formula1.rpartition("!")[2].replace("$", "").split(":")
    listed = [row[0].value for row in found["lists"][start:end]]
    assert listed == ["等级题", "是否题", "数值题", "清单题"]


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    sources = {**SMALL, "a.toml": SMALL["a.toml"].replace('zh = "二", en = "two"', 'zh = "=1+1", en = "@SUM(A1)"')}
    convert.to_workbook(from_sources(sources), tmp_path / "a.xlsx")
    edit = Edit(tmp_path / "a.xlsx")
    cell = edit.sheet("题目")[f"{edit.letter('题目', '名称（中文）')}{edit.row('题目', 'A2')}"]
    assert (cell.value, cell.data_type, cell.number_format) == ("=1+1", "s", "@")
    back = from_sources(convert.read_workbook(tmp_path / "a.xlsx").sources)
    assert back.indicators["A2"].name.zh == "=1+1"


def test_english_of_the_overlay_is_shown_and_written_beside_the_chinese_only_when_changed(tmp_path: Path) -> None:
    edit = Edit(small_book(tmp_path / "a.xlsx"))
    row = edit.row("名词", "词")
    place = f"{edit.letter('名词', '一句话解释（英文）')}{row}"
    assert edit.sheet("名词")[place].value == "a word"
    edit.sheet("名词")[place] = "one word"
    sources = edit.read().sources
    assert 'short.en = "one word"' in sources["glossary.toml"]
    assert '"一个词" = "a word"' in sources["en/small.toml"]


def test_a_faulty_framework_gets_no_workbook(tmp_path: Path) -> None:
    (tmp_path / "f").mkdir()
    (tmp_path / "f" / "framework.toml").write_text('code = "x"\nfoo = 1\n', encoding="utf-8")
    with pytest.raises(Problem) as caught:
        convert.to_workbook(tmp_path / "f", tmp_path / "a.xlsx")
    assert caught.value.code == "framework.faulty"
    assert not (tmp_path / "a.xlsx").exists()


def test_a_text_longer_than_a_cell_is_refused_with_its_place(tmp_path: Path) -> None:
    sources = {**SMALL, "a.toml": SMALL["a.toml"].replace('zh = "二"', f'zh = "{"长" * 32_768}"')}
    with pytest.raises(Problem) as caught:
        convert.to_workbook(from_sources(sources), tmp_path / "a.xlsx")
    assert caught.value.code == "workbook.long"
    assert caught.value.sentence("zh").startswith("文字太长，单元格装不下：题目!C3")
    assert list(tmp_path.iterdir()) == []


def test_the_largest_text_a_cell_holds_comes_back(tmp_path: Path) -> None:
    sources = {**SMALL, "a.toml": SMALL["a.toml"].replace('zh = "二"', f'zh = "{"𡐓" * 16_383}"')}
    convert.to_workbook(from_sources(sources), tmp_path / "a.xlsx")
    back = from_sources(convert.read_workbook(tmp_path / "a.xlsx").sources)
    assert back.indicators["A2"].name.zh == "𡐓" * 16_383
