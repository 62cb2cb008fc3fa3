"""The round on the command line: issue, return, merge, returns, resolve, receipt."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.answers import Answer
from assess.assessment import Assessment, Author
from tests.packages.conftest import OFFICE


def units_table(folder: Path) -> Path:
    path = folder / "单位.csv"
    path.write_text("名称,代码,层级\n青石县,990121,县\n河口镇,990121100,乡\n", encoding="utf-8")
    return path


def test_a_round_on_the_command_line(master, folder, clock, said, told):
    document = master()
    document.answer("SH1.1", Answer.of_level(1))
    path = document.path
    document.close()
    before = path.read_bytes()
    table = units_table(folder)
    preview = told("issue", path, "--dry-run")
    assert len(preview["packages"]) == 12
    assert path.read_bytes() == before
    code, out, _ = said("issue", path, "--dry-run")
    assert code == 0
    assert "未写入任何文件" in out
    done = told("issue", path, "--out", folder / "发放", "--by", "all", "--units", table, "--deadline", "2026-07-25",
                "--unit", "市委政法委", "--encrypt", "--no-letters")  # fmt: skip
    assert len(done["packages"]) == 14
    words = folder / "口令.csv"
    words.write_text("单位,口令\n市公安局,公安口令\n", encoding="utf-8")
    again = told("issue", path, "--out", folder / "再发", "--to", "市公安局", "--passphrases", words, "--contact",
                 "评估办 0000-0000000")  # fmt: skip
    letters = {path.suffix for path in (folder / "再发").iterdir() if "填报包" in path.name}
    assert letters == {".zhd", ".docx", ".pdf"}
    (package,) = again["packages"]
    assert package["times_issued"] == 1
    assert package["encrypted"]
    with Assessment.open(
        Path(package["path"]), author=Author("李四", "市公安局"), now=clock, passphrase="公安口令"
    ) as one:
        one.answer_many({item: Answer.no_data("暂无数据") for item in one.framework.indicators})
        from assess.packages.returning import hand_back

        back = hand_back(one, folder, anyway=True).path
    bad = folder / "坏.zhd"
    bad.write_bytes(b"")
    held = path.read_bytes()
    (looked,) = told("merge", path, back, "--passphrases", words, "--dry-run")["files"]
    assert (looked["state"], looked["unit"], looked["answered"]) == ("waiting", "市公安局", 2)
    assert looked["events"] > 2
    assert path.read_bytes() == held
    code, out, err = said(
        "merge", path, back, bad, "--passphrases", words, "--receipts", folder / "回执", "--name", "张三"
    )
    assert code == 1
    assert "空文件" in err
    assert "市公安局" in out
    endings = sorted(each.suffix for each in (folder / "回执").iterdir())
    assert endings == [".json", ".json", ".pdf", ".pdf", ".txt", ".txt"]
    code, out, err = said("merge", path, back, "--passphrases", words)
    assert code == 0
    assert [line for line in err.splitlines() if not line.startswith("提醒：")] == []
    assert "没有新内容" in out
    listed = told("returns", path, "--today", "2026-08-01")
    state = {row["unit"]: row["state"] for row in listed["units"]}
    assert state["市公安局"] == "merged"
    assert state["市财政局"] == "overdue"
    assert state["青石县"] == "overdue"
    code, out, _ = said("returns", path)
    assert code == 0
    assert "已并入" in out
    receipt = next((folder / "回执").glob("*市公安局*.json"))
    checked = told("receipt", receipt, back)
    assert checked["same_file"] is True
    code, out, err = said("receipt", receipt, bad)
    assert code == 1
    assert "另一份文件" in err


def test_a_package_is_handed_back_and_conflicts_are_settled_on_the_command_line(master, folder, said, told, clock):
    document = master()
    code = "SH1.1"
    document.answer(code, Answer.of_level(1))
    path = document.path
    document.close()
    done = told("issue", path, "--out", folder / "发放", "--to", "市大数据局（数据局）", "--no-letters")
    package = Path(done["packages"][0]["path"])
    with Assessment.open(package, author=Author("李四", "市大数据局"), now=clock) as one:
        one.answer(code, Answer.of_level(4))
    exit_code, _, err = said("return", package, "--out", folder, "--name", "李四")
    assert exit_code == 1
    assert err
    given = told("return", package, "--out", folder, "--name", "李四", "--anyway")
    back = Path(given["path"])
    assert back.name.startswith("返回_市大数据局（数据局）_")
    with Assessment.open(path, author=OFFICE, now=clock) as one:
        one.answer(code, Answer.of_level(2))
    merged = told("merge", path, back)
    assert merged["conflicts"] == [[code, "self"]]
    listed = told("returns", path)
    (pair,) = listed["conflicting"]
    assert pair["base"]["level"] == 1
    exit_code, out, _ = said("returns", path)
    assert f"冲突 {code}：" in out
    exit_code, _, err = said("resolve", path, code)  # nothing is settled by chance
    assert exit_code == 1
    assert "--take" in err
    assert len(told("returns", path)["conflicting"]) == 1
    exit_code, _, err = said("resolve", path, code, "--take", "zz")
    assert exit_code == 1
    chosen = next(side["event"] for side in pair["sides"] if side["unit"] == "市大数据局")
    settled = told("resolve", path, code, "--take", chosen[:10], "--reason", "以文件为准", "--name", "张三")
    assert settled["left"] == 0
    exit_code, _, err = said("resolve", path, code, "--take", chosen[:10])
    assert exit_code == 1
    assert "分歧" in err
    exit_code, out, _ = said("resolve", path, code, "--send-back", "--reason", "补正文件", "--deadline", "2999-01-01",
                             "--name", "张三")  # fmt: skip
    assert exit_code == 0
    assert "退回补正" in out
    assert told("returns", path)["sent_back"] == 1


@pytest.mark.parametrize(
    "words",
    [
        ("issue", "{doc}"),
        ("issue", "{doc}", "--out", "{folder}/x", "--deadline", "下周"),
        ("issue", "{doc}", "--out", "{folder}/x", "--to", "没有的局"),
        ("issue", "{doc}", "--out", "{folder}/x", "--by", "county"),
        ("merge", "{doc}", "{folder}/没有.zhd"),
        ("merge", "{doc}", "{doc}"),
        ("receipt", "{doc}"),
        ("return", "{doc}"),
        ("resolve", "{doc}", "ST1.1"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence_with_exit_code_one(words, master, folder, said):
    document = master()
    document.close()
    given = [word.format(doc=document.path, folder=folder) for word in words]
    code, _, err = said(*given)
    assert code == 1
    assert err.strip()
    assert "Traceback" not in err
    assert "程序出错" not in err


@pytest.mark.parametrize(
    "words",
    [
        ("issue", "{doc}", "--out", "{file}/x"),
        ("assign", "{doc}", "--out", "{file}/x.csv"),
        ("report", "{doc}", "--out", "{file}/x", "--format", "html"),
    ],
)
def test_a_place_that_cannot_be_written_is_named_in_one_sentence(words, master, folder, said):
    document = master()
    path = document.path
    document.close()
    file = folder / "文件.txt"
    file.write_text("不是文件夹", encoding="utf-8")
    code, out, err = said(*(word.format(doc=path, file=file) for word in words))
    assert (code, out) == (1, "")
    assert str(file) in err or file.name in err
    assert "程序出错" not in err
    assert "Errno" not in err
