"""Opening: what is not a sound document of ours is one of several Problems, each with what to do."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import apsw
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assess.answers import Answer
from assess.assessment import Assessment
from assess.problems import Problem
from assess.store import failures
from assess.store.events import Author
from assess.store.file import File

ME = Author("王五")


def code_of(path: Path, clock, **more) -> str:
    with pytest.raises(Problem) as caught:
        Assessment.open(path, author=ME, now=clock, **more)
    for language in ("zh", "en"):
        assert caught.value.text.render(language)
        assert caught.value.hint is not None
        assert caught.value.hint.render(language)
    return caught.value.code


def test_a_closed_document_is_one_file(create, folder):
    document = create()
    document.answer("A1", Answer.of_level(3))
    assert not list(folder.glob("*-journal"))
    document.close()
    assert [path.name for path in folder.iterdir() if path.is_file()] == ["岚州市.zhd"]


def test_the_file_is_ours_by_its_header_and_is_set_up_to_keep_what_it_is_told(create):
    document = create()
    head = document.path.read_bytes()[:100]
    assert head[68:72] == b"ZHD1"
    assert int.from_bytes(head[60:64], "big") == 1
    pragma = document._file._connection.pragma
    wanted = {"journal_mode": "delete", "synchronous": 3, "secure_delete": 1, "trusted_schema": 0, "temp_store": 2}
    assert {name: pragma(name) for name in wanted} == wanted
    tables = document._file._connection.execute("SELECT name, strict FROM pragma_table_list WHERE schema='main'")
    assert all(strict for name, strict in tables if not name.startswith("sqlite_"))


def test_hostile_text_comes_back_as_it_was(create, reopen):
    document = create()
    words = "</script> =1+1 \x00 \n 㙍𡐓 😀 '; DROP TABLE event; --"
    document.note("A1", words)
    again = reopen(document)
    assert again.sheet.text("A1") == words
    assert again.profile.unit == "岚州市\n㙍𡐓 </script> =1+1"
    assert again.profile.population == 312.5


def test_a_missing_file_is_missing_and_stays_missing(folder, clock):
    assert code_of(folder / "没有.zhd", clock) == "store.missing"
    assert list(folder.iterdir()) == []


def test_an_empty_file_a_directory_and_other_files_are_not_ours(folder, clock):
    (folder / "空.zhd").write_bytes(b"")
    (folder / "目录.zhd").mkdir()
    (folder / "表.zhd").write_bytes(b"PK\x03\x04" + bytes(3000))
    (folder / "字.zhd").write_text("你好" * 500, encoding="utf-8")
    other = sqlite3.connect(folder / "别的.zhd")
    other.execute("CREATE TABLE event (id)")
    other.commit()
    other.close()
    for path in sorted(folder.iterdir()):
        assert code_of(path, clock) == "store.not-ours"
    assert not list(folder.glob("~$*"))


PAGE = bytes([16, 0, 1, 1, 32, 64, 32, 32])


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"SQLite format 3\x00", b"SQLite format 3\x00" + PAGE, bytes(16) + PAGE]),
    st.sampled_from([None, "口令"]),
)
def test_whatever_bytes_a_file_has_opening_it_is_a_problem_and_no_bug(tmp_path_factory, beginning, head, passphrase):
    path = tmp_path_factory.mktemp("x") / "任意.zhd"
    if not head:
        beginning = beginning.removeprefix(b"SQLite")
    path.write_bytes((head + beginning).ljust(4096, b"\x07") if head else beginning)
    with pytest.raises(Problem) as caught:
        Assessment.open(path, author=ME, now=lambda: datetime.now(UTC), passphrase=passphrase)
    wanted = "store.wrong-passphrase" if passphrase else "store.passphrase-needed"
    assert caught.value.code == (wanted if head == bytes(16) + PAGE else "store.not-ours")


def test_a_newer_version_is_named_and_left_alone(create, clock):
    document = create()
    document.close()
    tool = sqlite3.connect(document.path)
    tool.execute("PRAGMA user_version = 7")
    tool.commit()
    tool.close()
    before = document.path.read_bytes()
    assert code_of(document.path, clock) == "store.too-new"
    assert document.path.read_bytes() == before


def test_a_truncated_document_is_damaged(create, clock):
    document = create()
    document.close()
    whole = document.path.read_bytes()
    for size in (50, 99, 4096, len(whole) - 1):
        document.path.write_bytes(whole[:size])
        assert code_of(document.path, clock) == "store.damaged"


def test_a_document_that_exists_is_never_overwritten(create):
    document = create()
    before = document.path.read_bytes()
    with pytest.raises(Problem) as caught:
        create()
    assert caught.value.code == "store.exists"
    assert document.path.read_bytes() == before


def test_a_folder_that_is_not_there_is_said(create):
    with pytest.raises(Problem) as caught:
        create("没有/岚州市.zhd")
    assert caught.value.code == "store.no-folder"


def full_document(create, clock, name="坏.zhd", **more) -> Assessment:
    document: Assessment = create(name, **more)
    for level in range(6):
        document.answer_many({code: Answer.of_level(level) for code in ("A1", "A2", "A3")})
    document.note("A1", "备注" * 3000)
    document.close()
    return document


@pytest.mark.parametrize("passphrase", [None, "秘密"])
def test_bytes_damaged_anywhere_give_a_problem_or_the_right_document(create, clock, framework, passphrase):
    document = full_document(create, clock, passphrase=passphrase)
    whole = document.path.read_bytes()
    shown = Assessment.open(document.path, author=ME, now=clock, passphrase=passphrase)
    cells = dict(shown.sheet.cells)
    shown.close()

    @settings(max_examples=80, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(1, 255)), min_size=1, max_size=3))
    def flip(flips):
        data = bytearray(whole)
        for at, change in flips:
            data[at] ^= change
        document.path.write_bytes(data)
        try:
            opened = Assessment.open(document.path, author=ME, now=clock, passphrase=passphrase)
        except Problem:
            return
        try:
            assert dict(opened.sheet.cells) == cells
            opened.answer("A2", Answer.of_level(1))
            assert opened.sheet.answer("A2") == Answer.of_level(1)
        except Problem:
            pass
        finally:
            opened.close()

    flip()


def test_an_event_changed_with_a_database_tool_is_damage(create, clock):
    document = full_document(create, clock)
    tool = sqlite3.connect(document.path)
    tool.execute("UPDATE event SET content = replace(content, '张三', '李四') WHERE number = 5")
    tool.commit()
    tool.close()
    assert code_of(document.path, clock) == "store.damaged"


def test_an_event_removed_with_a_database_tool_is_damage(create, clock):
    document = full_document(create, clock)
    tool = sqlite3.connect(document.path)
    tool.execute("DELETE FROM event WHERE number = (SELECT max(number) FROM event)")
    tool.commit()
    tool.close()
    assert code_of(document.path, clock) == "store.damaged"


def test_a_framework_changed_in_the_file_is_damage_when_it_is_read(create, clock):
    document = full_document(create, clock)
    tool = sqlite3.connect(document.path)
    tool.execute("UPDATE framework SET sources = x'00'")
    tool.commit()
    tool.close()
    with Assessment.open(document.path, author=ME, now=clock) as opened, pytest.raises(Problem) as caught:
        _ = opened.whole_framework
    assert caught.value.code == "store.damaged"


def test_a_full_disk_refuses_the_change_and_keeps_everything_before_it(create, reopen):
    document = create()
    document.answer("A1", Answer.of_level(3))
    connection = document._file._connection
    connection.pragma("max_page_count", connection.pragma("page_count"))
    with pytest.raises(Problem) as caught:
        for round in range(100):
            document.note("A2", f"{round}" * 4000)
    assert caught.value.code == "store.disk-full"
    shown = dict(document.sheet.cells)
    assert shown[("A1", "self")] == {"kind": "level", "level": 3}
    again = reopen(document)
    assert dict(again.sheet.cells) == shown
    assert again.verify() == ()
    again.note("A2", "有了空间")


def test_a_full_disk_while_creating_leaves_nothing_behind(create, folder, monkeypatch):
    def full(*_):
        raise apsw.FullError("database or disk is full")

    monkeypatch.setattr(File, "add_events", full)
    with pytest.raises(Problem) as caught:
        create()
    assert caught.value.code == "store.disk-full"
    assert list(folder.iterdir()) == []


def test_where_no_owner_file_can_be_made_the_document_opens_for_reading(create, reopen, monkeypatch, clock):
    document = create()
    document.answer("A1", Answer.of_level(3))
    document.close()
    real = os.open

    def refusing(path, flags, *rest):
        if flags & os.O_CREAT and str(path).endswith(".zhd"):
            raise OSError(30, "Read-only file system")
        return real(path, flags, *rest)

    monkeypatch.setattr(os, "open", refusing)
    opened = reopen(document.path)
    assert opened.read_only
    assert "只读" in opened.read_only_reason.render("zh")
    assert opened.sheet.answer("A1") == Answer.of_level(3)
    with pytest.raises(Problem) as caught:
        opened.answer("A1", None)
    assert caught.value.code == "store.read-only"
    assert opened.undoable is None


def test_reading_only_writes_nothing_at_all(create, folder, clock):
    document = create()
    document.close()
    assert not (folder / "岚州市.备份").exists()
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    opened = Assessment.open(document.path, author=ME, now=clock, read_only=True)
    assert opened.read_only
    operations: list[Callable[[], object]] = [
        lambda: opened.answer("A1", None),
        lambda: opened.note("A1", "x"),
        lambda: opened.set_cells({("A1", "note"): "x"}),
        opened.undo,
        opened.redo,
        opened.seal,
        lambda: opened.merge(document.path),
        lambda: opened.set_role("issued"),
        lambda: opened.change_passphrase("x"),
        lambda: opened.set_profile(unit="x"),
        lambda: opened.mark_reviewed(False),
    ]
    for operation in operations:
        with pytest.raises(Problem) as caught:
            operation()
        assert caught.value.code == "store.read-only"
    opened.close()
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_document_deleted_while_it_is_open_says_so(create):
    document = create()
    document.path.unlink()
    with pytest.raises(Problem) as caught:
        document.answer("A1", Answer.of_level(1))
    assert caught.value.code in ("store.moved", "store.missing")
    assert document.sheet.answer("A1") is None


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (apsw.FullError("x"), "store.disk-full"),
        (apsw.CorruptError("x"), "store.damaged"),
        (apsw.NotADBError("x"), "store.damaged"),
        (apsw.BusyError("x"), "store.in-use"),
        (apsw.ReadOnlyError("x"), "store.read-only-medium"),
        (apsw.IOError("x"), "store.medium-failed"),
        (apsw.CantOpenError("x"), "store.missing"),
        (OSError(28, "no space"), "store.disk-full"),
        (OSError(30, "read-only"), "store.read-only-medium"),
        (OSError(5, "io"), "store.medium-failed"),
        (FileNotFoundError(2, "x"), "store.missing"),
    ],
)
def test_every_failure_of_the_medium_has_its_own_code(tmp_path, error, code):
    with pytest.raises(Problem) as caught, failures.told(tmp_path / "没有.zhd"):
        raise error
    assert caught.value.code == code


def test_a_bug_stays_a_bug(tmp_path):
    with pytest.raises(apsw.MisuseError), failures.told(tmp_path):
        raise apsw.MisuseError("x")


def test_a_name_too_long_for_its_journal_is_refused_and_one_that_just_fits_is_not(create, folder):
    with pytest.raises(Problem) as caught:
        create("岚" * 82 + ".zhd")
    assert caught.value.code == "store.long-name"
    document = create("岚" * 81 + ".zhd")
    assert not document.read_only
    document.answer("A1", Answer.of_level(1))


@pytest.mark.skipif(os.name == "nt", reason="rights of this kind are those of POSIX systems")
def test_a_new_document_has_the_rights_of_any_new_file_of_its_folder(create, tmp_path):
    beside = tmp_path / "beside.txt"
    beside.write_text("", "utf-8")
    document = create()
    assert document.path.stat().st_mode == beside.stat().st_mode
