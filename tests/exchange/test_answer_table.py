"""A table as a department really types it: good rows land, each bad row is named with its cell and remedy."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from assess.answers import Answer
from assess.exchange import answer_table
from assess.framework import read
from assess.problems import Problem
from forms.cli import main
from forms.commands.run import Run

FRAMEWORK = read.builtin()


@pytest.fixture
def workbook(tmp_path: Path):
    """A workbook with merged title rows, moved columns, full-width digits, trailing spaces, and four faults."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "答题表"
    sheet.append(["某市社会治理数字化自评表"])
    sheet.merge_cells("A1:H1")
    sheet.append(["填报单位：市委政法委", None, None, "填报日期：2026年7月1日"])
    sheet.merge_cells("A2:C2")
    sheet.append(["序号", "备注", "指标名称", "题号 ", "自评等级（或结果）", "分子", "分母", "数据出处", "不适用理由"])
    rows = [
        [1, "已印发", "领导机构规格与运行", "ＳＴ１．１", "４", None, None, None, None],
        [2, None, "主要领导专题研究频次", "ST1.2", "约2次", None, None, "会议办", None],
        [3, None, "部门主要负责人责任落实", " st1.3  ", " 3级 ", None, None, None, None],
        [4, None, "专项规划", "ST2.1", 7, None, None, None, None],
        [5, None, "政策文件体系", "ST2.2", "A、B，D ", None, None, None, None],
        [6, None, "规划任务按期完成率", "ST2.3", "85％", None, None, "督查室统计", None],
        [7, None, "诉求办理满意率", "ST4.3", None, "１，２３４", "1500", "12345平台", None],
        [8, None, "无此题", "ST9.9", 3, None, None, None, None],
        [9, None, "也无此题", "XX1.1", 2, None, None, None, None],
        [10, None, "城市大脑", "ME2.1", "是", None, None, None, None],
        [11, None, "事件按期办结率", "ME4.3", "约９５", None, None, "平台", None],
        [12, None, "共享申请按期答复率", "SH3.1", "不适用", None, None, None, "近12个月没有收到共享申请"],
        [13, None, "目录挂接率", "SH1.3", "暂无数据", None, None, None, None],
        [14, "=1+1", "公共视频", "SE3.2", "不适用", None, None, None, None],
        [15, None, "等保", "SE2.1", None, None, None, None, None],
        ["合计", None, None, None, None, None, None, None, None],
    ]
    for row in rows:
        sheet.append(row)
    sheet["B17"].data_type = "s"
    path = tmp_path / "部门 填报.xlsx"
    book.save(path)
    return path


def test_good_rows_land(workbook: Path) -> None:
    found = answer_table.answers(workbook, FRAMEWORK)
    answers = {item: Answer.from_json(found.cells[(item, "self")]) for item in found.items}
    assert answers["ST1.1"].level == 4
    assert answers["ST1.3"].level == 3
    assert answers["ST2.2"].ticked == ("A", "B", "D")
    assert answers["ST2.3"].result == "85"
    assert (answers["ST4.3"].numerator, answers["ST4.3"].denominator) == ("1234", "1500")
    assert answers["ME2.1"].choice == "yes"
    assert answers["ME4.3"].result == "95"
    assert answers["ST1.2"].result == "2"
    assert answers["SH3.1"].kind == "na"
    assert answers["SH3.1"].reason == "近12个月没有收到共享申请"
    assert answers["SH1.3"].kind == "nd"
    assert len(found.items) == 10


def test_each_bad_row_is_named_with_its_cell_and_remedy(workbook: Path) -> None:
    found = answer_table.answers(workbook, FRAMEWORK)
    refused = {finding.place: finding for finding in found.refused}
    assert set(refused) == {"答题表!E7", "答题表!D11", "答题表!D12", "答题表!I17"}
    assert refused["答题表!E7"].code == "table.level"
    assert refused["答题表!D11"].code == refused["答题表!D12"].code == "table.code-unknown"
    assert refused["答题表!I17"].code == "table.reason"
    for finding in found.refused:
        assert finding.hint is not None
        for language in ("zh", "en"):
            assert finding.line(language).strip()


def test_what_was_taken_with_a_doubt_is_told(workbook: Path) -> None:
    found = answer_table.answers(workbook, FRAMEWORK)
    doubts = {finding.subject for finding in found.findings if finding.severity == "warning"}
    assert {"ST1.2", "ME4.3"} <= doubts


def test_a_refused_row_leaves_nothing_behind(workbook: Path) -> None:
    found = answer_table.answers(workbook, FRAMEWORK)
    written = {item for item, _ in found.cells}
    assert written.isdisjoint({"ST2.1", "SE3.2", "ST9.9", "XX1.1"})


def test_a_blank_row_changes_nothing(workbook: Path) -> None:
    found = answer_table.answers(workbook, FRAMEWORK)
    assert ("SE2.1", "self") not in found.cells
    assert found.blank >= 1


def test_a_cell_shown_as_a_percentage_is_read_as_one(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["编号", "作答"])
    sheet.append(["ST2.3", 0.85])
    sheet["B2"].number_format = "0.0%"
    sheet.append(["ST4.3", 0.9])
    path = tmp_path / "p.xlsx"
    book.save(path)
    found = answer_table.answers(path, FRAMEWORK)
    assert Answer.from_json(found.cells[("ST2.3", "self")]).result == "85"
    assert Answer.from_json(found.cells[("ST4.3", "self")]).result == "0.9"
    assert [finding.code for finding in found.findings] == ["table.fraction"]


def test_the_same_item_twice_is_taken_once_and_said(tmp_path: Path) -> None:
    path = tmp_path / "twice.csv"
    path.write_text("code,answer\nST1.1,3\nST1.1,4\n", "utf-8")
    found = answer_table.answers(path, FRAMEWORK)
    assert Answer.from_json(found.cells[("ST1.1", "self")]).level == 3
    assert [finding.code for finding in found.refused] == ["table.twice"]


def test_a_table_saved_by_an_old_office_in_gb18030_is_read(tmp_path: Path) -> None:
    path = tmp_path / "旧表.csv"
    path.write_bytes("编号,作答,备注\r\nST1.1,3级,亳州㙍\r\n".encode("gb18030"))
    found = answer_table.answers(path, FRAMEWORK)
    assert found.cells[("ST1.1", "note")] == "亳州㙍"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.csv", b"", "table.empty"),
        ("words.csv", "随便写写\n没有表头\n".encode(), "table.headings"),
        ("broken.xlsx", b"PK\x03\x04 not a workbook", "table.unreadable"),
        ("zeros.csv", b"\x00\x01\x02\xff\xfe" * 9, "table.encoding"),
        ("picture.png", b"\x89PNG", "table.kind"),
    ],
)
def test_what_is_no_answer_table_gets_a_sentence(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Problem) as caught:
        answer_table.answers(path, FRAMEWORK)
    assert caught.value.code == code
    assert caught.value.hint is not None


def test_a_missing_table_says_where_it_looked(tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        answer_table.answers(tmp_path / "没有.xlsx", FRAMEWORK)
    assert "没有.xlsx" in caught.value.sentence("zh")


def test_the_command_writes_the_good_rows_in_one_step_and_names_the_bad(
    workbook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = tmp_path / "市.zhd"
    assert main(["new", str(document), "--unit", "某市"]) == 0
    assert main(["--language", "zh", "answer", str(document), "--from", str(workbook)]) == 1
    told = capsys.readouterr().err
    for place in ("E7", "D11", "D12", "I17"):
        assert f"答题表!{place}" in told
    with Run("zh").document(document, read_only=True) as opened:
        sheet = opened.sheet
        assert set(sheet.answers()) == {
            "ST1.1", "ST1.2", "ST1.3", "ST2.2", "ST2.3", "ST4.3", "ME2.1", "ME4.3", "SH3.1", "SH1.3",
        }  # fmt: skip
        actions = {event.action for code in sheet.answers() for event in opened.history(code)}
        assert len(actions) == 1
    assert main(["answer", str(document), "--from", str(workbook)]) == 1
    with Run("zh").document(document, read_only=True) as opened:
        assert opened.sheet.cells == sheet.cells
