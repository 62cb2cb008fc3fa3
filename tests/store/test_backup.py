"""Backups: the last ten states beside the document, and the way back."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from uuid import UUID

import platformdirs
import pytest

from assess.answers import Answer, Evidence
from assess.assessment import Assessment
from assess.problems import Problem
from assess.store import backup, failures
from assess.store.backup import back_up, listed, restore
from tests.store.conftest import ZHANG


def test_opening_keeps_the_state_once_and_sealing_keeps_it_again(create, reopen, folder):
    document = create()
    assert listed(document.path) == ()  # nothing has been entered: nothing to keep
    document.note("A1", "x")
    document = reopen(document)
    assert len(listed(document.path)) == 1
    document = reopen(document)
    assert len(listed(document.path)) == 1
    document.answer("A1", Answer.of_level(1))
    document = reopen(document)
    assert len(listed(document.path)) == 2
    document.seal()
    assert len(listed(document.path)) == 3
    assert {path.parent for path in listed(document.path)} == {folder / "岚州市.备份"}
    assert back_up(document._file, document._now()) is None


def test_a_document_is_sealed_until_something_changes(create):
    document = create()
    assert document.sealed() is None
    digest = document.seal()
    assert document.sealed() == digest
    document.answer("A1", Answer.of_level(1))
    assert document.sealed() is None
    assert document.seal() == document.sealed()


def test_ten_states_are_kept_the_newest_ones(create, reopen):
    document = create()
    for level in range(14):
        document.note("A1", str(level))
        document = reopen(document)
    kept = listed(document.path)
    assert len(kept) == 10
    newest = Assessment.open(kept[0], author=ZHANG, now=document._now, read_only=True)
    oldest = Assessment.open(kept[-1], author=ZHANG, now=document._now, read_only=True)
    assert (newest.sheet.text("A1"), oldest.sheet.text("A1")) == ("13", "4")


@pytest.mark.parametrize("passphrase", [None, "口令"])
def test_a_backup_comes_back_as_a_document(create, reopen, folder, tmp_path, passphrase):
    document = create(passphrase=passphrase)
    proof = tmp_path / "p.bin"
    proof.write_bytes(os.urandom(2_000_000))
    document.answer("A1", Answer.of_level(4))
    document.add_evidence("A1", Evidence("e", "x"), proof)
    document = reopen(document, passphrase=passphrase)
    document.close()
    document.path.write_bytes(b"")
    assert restore(listed(document.path)[0], folder / "恢复.zhd", passphrase) == 0
    again = reopen(folder / "恢复.zhd", passphrase=passphrase)
    assert again.sheet.answer("A1") == Answer.of_level(4)
    assert again.encrypted == bool(passphrase)
    assert again.verify() == ()
    assert b"".join(again.evidence_bytes(again.sheet.evidence("A1")[0].digest)) == proof.read_bytes()


def test_a_large_document_is_kept_without_attachments_and_gets_them_back_from_the_damaged_file(
    create, reopen, folder, tmp_path, monkeypatch
):
    monkeypatch.setattr(backup, "LARGE", 1_000_000)
    document = create()
    proofs = []
    for number in range(2):
        path = tmp_path / f"{number}.bin"
        path.write_bytes(os.urandom(1_500_000))
        proofs.append(path.read_bytes())
        document.add_evidence("A1", Evidence(f"e{number}", f"材料{number}"), path)
    document = reopen(document)
    digests = [record.digest for record in document.sheet.evidence("A1")]
    kept = listed(document.path)[0]
    assert kept.stat().st_size < 1_000_000
    with document._file.writing():
        document._file._connection.execute(
            "UPDATE chunk SET bytes = zeroblob(9) WHERE number = 1 AND digest = ?", (digests[1],)
        )
    document.close()
    assert restore(kept, folder / "恢复.zhd", damaged=document.path) == 1
    again = reopen(folder / "恢复.zhd")
    assert b"".join(again.evidence_bytes(digests[0])) == proofs[0]
    with pytest.raises(Problem) as caught:
        list(again.evidence_bytes(digests[1]))
    assert caught.value.code == "evidence.absent"
    assert again.verify() == ()


def test_attachments_are_taken_from_a_file_whose_events_are_destroyed(
    create, reopen, folder, tmp_path, monkeypatch, clock
):
    monkeypatch.setattr(backup, "LARGE", 500_000)
    document = create()
    path = tmp_path / "p.bin"
    path.write_bytes(os.urandom(1_500_000))
    document.add_evidence("A1", Evidence("e", "材料"), path)
    document = reopen(document)
    page = document._file._connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'event'").get
    document.close()
    with document.path.open("r+b") as stream:
        stream.seek((page - 1) * 4096)
        stream.write(bytes(4096))
    with pytest.raises(Problem) as caught:
        Assessment.open(document.path, author=ZHANG, now=clock)
    assert caught.value.code == "store.damaged"
    assert restore(listed(document.path)[0], folder / "恢复.zhd", damaged=document.path) == 1
    again = reopen(folder / "恢复.zhd")
    assert b"".join(again.evidence_bytes(again.sheet.evidence("A1")[0].digest)) == path.read_bytes()
    assert again.verify() == ()


def test_where_the_folder_cannot_be_written_the_users_data_folder_takes_the_backup(create, reopen, folder):
    document = create()
    document.note("A1", "x")
    document.close()
    (folder / "岚州市.备份").write_text("a file is in the way")
    document = reopen(document.path)
    assert document.backup_trouble is None
    (kept,) = listed(document.path)
    assert kept.is_relative_to(Path(platformdirs.user_data_dir("zhiheng", appauthor=False)))
    shutil.rmtree(kept.parent)


def test_a_backup_that_cannot_be_made_is_told_and_the_document_opens(create, reopen, monkeypatch):
    document = create()
    document.note("A1", "x")

    def full(*_):
        raise failures.disk_full(document.path)

    monkeypatch.setattr(backup, "_copy", full)
    document = reopen(document)
    assert document.backup_trouble is not None
    assert document.backup_trouble.code == "store.disk-full"
    document.note("A1", "y")
    assert document.sheet.text("A1") == "y"


def test_restoring_never_overwrites(create, reopen):
    document = create()
    document.note("A1", "x")
    document = reopen(document)
    kept = listed(document.path)[0]
    with pytest.raises(Problem) as caught:
        restore(kept, document.path)
    assert caught.value.code == "store.exists"


def test_a_document_opens_where_there_is_no_home(create, reopen, monkeypatch):
    def homeless(*_names: str, **_options: object) -> str:
        raise RuntimeError("could not determine the home directory")

    monkeypatch.setattr(platformdirs, "user_data_dir", homeless)
    document = create()
    document.note("A1", "x")
    document = reopen(document)
    assert document.sheet.text("A1") == "x"
    assert len(listed(document.path)) == 1


def folder_names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir() if one.name.endswith(".备份"))


def test_after_renaming_the_states_are_found_and_their_folder_takes_the_new_name(create, reopen, folder):
    document = create()
    document.note("A1", "x")
    document = reopen(document)
    document.close()
    renamed = document.path.rename(folder / "岚州市 终稿.zhd")
    again = reopen(renamed)
    assert len(again.kept_states()) == 1
    assert folder_names(folder) == ["岚州市 终稿.备份"]


@pytest.mark.parametrize("passphrase", [None, "口令"])
def test_a_document_renamed_and_then_damaged_finds_its_states(create, reopen, folder, passphrase):
    document = create(passphrase=passphrase)
    document.note("A1", "x")
    document = reopen(document, passphrase=passphrase)
    document.close()
    renamed = document.path.rename(folder / "改名.zhd")
    whole = renamed.read_bytes()
    renamed.write_bytes(whole[: len(whole) // 2 + 100])
    kept = backup.of_damaged(renamed, passphrase)
    assert len(kept) == 1
    restore(kept[0], folder / "恢复.zhd", passphrase)
    with reopen(folder / "恢复.zhd", passphrase=passphrase) as back:
        assert back.sheet.text("A1") == "x"


def test_a_second_copy_beside_does_not_take_the_states_of_the_first(create, reopen, folder):
    document = create()
    document.note("A1", "x")
    document = reopen(document)
    document.close()
    shutil.copyfile(document.path, folder / "副本.zhd")
    with reopen(folder / "副本.zhd") as copy:
        assert [one.parent.name for one in copy.kept_states()] == ["副本.备份"]
    assert folder_names(folder) == ["副本.备份", "岚州市.备份"]


def test_the_states_of_a_deleted_stranger_are_not_offered(create, reopen, folder):
    document = create()
    document.note("A1", "x")
    document = reopen(document)
    document.close()
    document.path.unlink()
    other = create("别市.zhd", identity=UUID(int=7))
    other.note("A1", "y")
    other = reopen(other)
    assert {one.parent.name for one in other.kept_states()} == {"别市.备份"}
    assert folder_names(folder) == ["别市.备份", "岚州市.备份"]
