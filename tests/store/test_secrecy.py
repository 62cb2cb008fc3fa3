"""Secrecy: without the passphrase nothing of the content can be read, and each failure has its own sentence."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from assess.answers import Answer, Evidence
from assess.assessment import Assessment, Author
from assess.problems import Problem
from assess.store.secrecy import has_journal

ME = Author("王五")
ROOT = Path(__file__).parent.parent.parent


def code_of(path: Path, clock, passphrase: str | None = None) -> str:
    with pytest.raises(Problem) as caught:
        Assessment.open(path, author=ME, now=clock, passphrase=passphrase)
    return caught.value.code


def test_nothing_of_an_encrypted_document_can_be_read_in_its_bytes(create, tmp_path):
    document = create(passphrase="口令 pass'word\"")
    proof = tmp_path / "会议纪要.txt"
    proof.write_text("绝密内容 secret minutes " * 5000, encoding="utf-8")
    document.note("A1", "岚州市备注 visible words")
    document.add_evidence("A1", Evidence("", "纪要"), proof)
    assert document.back_up() is not None
    document.close()
    data = document.path.read_bytes()
    for words in ("visible words", "secret minutes", "SQLite", "ZHD1", "event", "small", "bytes"):
        assert words.encode() not in data
    for words in ("备注", "绝密", "岚州市", "张三"):
        assert words.encode() not in data
    folder = document.path.with_name("岚州市.备份")
    for kept in folder.iterdir():
        assert b"visible words" not in kept.read_bytes()
        assert not kept.read_bytes().startswith(b"SQLite")


def test_the_passphrase_opens_it_and_nothing_else_does(create, reopen, clock):
    document = create(passphrase="correct horse")
    document.answer("A1", Answer.of_level(4))
    document.close()
    assert code_of(document.path, clock) == "store.passphrase-needed"
    assert code_of(document.path, clock, "") == "store.passphrase-needed"
    assert code_of(document.path, clock, "Correct horse") == "store.wrong-passphrase"
    opened = reopen(document, passphrase="correct horse")
    assert opened.encrypted
    assert opened.sheet.answer("A1") == Answer.of_level(4)


def test_a_passphrase_typed_in_another_normal_form_is_the_same(create, reopen):
    words = "Caf\u00e9 \U0001f600 㙍𡐓 \x00'\""
    document = create(passphrase=words)
    again = reopen(document, passphrase=unicodedata.normalize("NFD", words))
    assert again.encrypted


def test_a_passphrase_given_for_a_plain_document_does_no_harm(create, reopen):
    document = create()
    again = reopen(document, passphrase="needless")
    assert not again.encrypted


def test_a_damaged_beginning_reads_as_wrong_passphrase_and_a_damaged_page_as_damage(create, clock):
    document = create(passphrase="x")
    document.close()
    whole = document.path.read_bytes()
    document.path.write_bytes(whole[:200] + bytes([whole[200] ^ 1]) + whole[201:])
    assert code_of(document.path, clock, "x") == "store.wrong-passphrase"
    late = 4096 * 3 + 100
    document.path.write_bytes(whole[:late] + bytes([whole[late] ^ 1]) + whole[late + 1 :])
    assert code_of(document.path, clock, "x") == "store.damaged"
    document.path.write_bytes(whole[:-100])
    assert code_of(document.path, clock, "x") == "store.damaged"


def test_random_bytes_without_a_page_description_are_not_ours(folder, clock):
    path = folder / "随机.zhd"
    path.write_bytes(bytes(range(256)) * 64)
    assert code_of(path, clock, "x") == "store.not-ours"


@pytest.mark.parametrize(("old", "new"), [(None, "新口令"), ("旧", "新"), ("旧", None), ("旧", "")])
def test_a_changed_passphrase_rewrites_the_file_and_the_document_goes_on(create, reopen, clock, tmp_path, old, new):
    document = create(passphrase=old)
    proof = tmp_path / "大.bin"
    proof.write_bytes(os.urandom(2_500_000))
    document.answer("A1", Answer.of_level(4))
    document.add_evidence("A1", Evidence("e1", "大"), proof)
    document.change_passphrase(new)
    assert document.encrypted == bool(new)
    document.answer("A2", Answer.of_level(5))
    document.close()
    assert document.path.read_bytes().startswith(b"SQLite") == (not new)
    if new:
        assert code_of(document.path, clock, old or "falsch") == "store.wrong-passphrase"
    again = reopen(document, passphrase=new)
    assert again.sheet.answer("A1") == Answer.of_level(4)
    assert again.sheet.answer("A2") == Answer.of_level(5)
    found = again.sheet.evidence("A1")[0].digest
    assert b"".join(again.evidence_bytes(found)) == proof.read_bytes()
    assert again.verify() == ()
    assert not [path for path in document.path.parent.iterdir() if path.name.startswith("~$key")]


CUT_SHORT = """
import os, signal, sys, apsw
from pathlib import Path
from assess.store.file import File
file = File.open(Path(sys.argv[1]), "right")
file._connection.pragma("cache_size", 5)
file._connection.execute("BEGIN IMMEDIATE")
file._connection.execute("UPDATE event SET content = content || 'x'")
print("torn", flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_wrong_passphrase_does_not_ruin_a_file_whose_writing_was_cut_short(create, reopen, clock):
    """A journal played back under a wrong key destroys pages; the passphrase is proved before the engine may do so."""
    document = create(passphrase="right")
    for number in range(60):
        document.note("A1", f"{number}" * 2000)
    document.close()
    done = subprocess.run(
        [sys.executable, "-c", CUT_SHORT, str(document.path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == -signal.SIGKILL
    assert has_journal(document.path)
    before = document.path.read_bytes()
    assert code_of(document.path, clock, "wrong") == "store.wrong-passphrase"
    assert code_of(document.path, clock) == "store.passphrase-needed"
    assert document.path.read_bytes() == before
    torn = document.path.with_name("首页.zhd")  # the same, with a first page that was being written as well
    shutil.copyfile(f"{document.path}-journal", f"{torn}-journal")
    torn.write_bytes(before[:2000] + bytes(1000) + before[3000:])
    assert code_of(torn, clock, "wrong") == "store.wrong-passphrase"
    assert reopen(torn, passphrase="right").sheet.text("A1") == "59" * 2000
    again = reopen(document, passphrase="right")
    assert again.sheet.text("A1") == "59" * 2000
    assert again.verify() == ()
    assert not has_journal(document.path)
