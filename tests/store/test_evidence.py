"""Bytes of evidence: in and out in chunks, whole or not at all, once under their digest."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest

from assess.answers import Evidence
from assess.problems import Problem
from assess.store import evidence as module
from assess.store.schema import CHUNK

ROOT = Path(__file__).parent.parent.parent


def proof(tmp_path: Path, size: int, name: str = "会议纪要 =1+1.pdf") -> Path:
    path = tmp_path / name
    path.write_bytes(os.urandom(size))
    return path


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 20 * CHUNK + 7])
def test_a_file_of_any_size_comes_back_as_it_was(create, reopen, tmp_path, size):
    path = proof(tmp_path, size)
    document = create()
    calls: list[tuple[int, int]] = []
    changes = document.add_evidence("A1", Evidence("", "纪要"), path, lambda done, total: calls.append((done, total)))
    assert calls[-1] == (size, size)
    assert [done for done, _ in calls] == sorted(done for done, _ in calls)
    (cell,) = changes.cells
    assert cell[0] == "A1"
    found = reopen(document).sheet.evidence("A1")[0]
    assert (found.size, found.file_name) == (size, path.name)
    assert found.digest == hashlib.sha256(path.read_bytes()).hexdigest()
    again = reopen(document.path)
    target = tmp_path / "出.pdf"
    again.extract_evidence(found.digest, target)
    assert target.read_bytes() == path.read_bytes()
    assert all(len(chunk) <= CHUNK for chunk in again.evidence_bytes(found.digest))


def test_the_same_bytes_are_kept_once(create, tmp_path):
    document = create()
    path = proof(tmp_path, 3 * CHUNK)
    document.add_evidence("A1", Evidence("", "一"), path)
    size = document.path.stat().st_size
    document.add_evidence("A2", Evidence("", "二"), path)
    assert document.path.stat().st_size < size + CHUNK
    assert document.sheet.evidence("A1")[0].digest == document.sheet.evidence("A2")[0].digest


def test_a_large_file_passes_through_a_small_memory(create, tmp_path):
    path = tmp_path / "大.bin"
    with path.open("wb") as out:
        out.truncate(120 * CHUNK)
    document = create()
    tracemalloc.start()
    try:
        document.add_evidence("A1", Evidence("", "大"), path)
        digest = document.sheet.evidence("A1")[0].digest
        assert sum(len(chunk) for chunk in document.evidence_bytes(digest)) == 120 * CHUNK
        assert tracemalloc.get_traced_memory()[1] < 12 * CHUNK
    finally:
        tracemalloc.stop()


class Cancelled(Exception):
    pass


def test_canceling_leaves_no_evidence_and_no_bytes(create, tmp_path):
    document = create()
    before = dict(document.sheet.cells)

    def cancel(done: int, total: int) -> None:
        if done > 0:
            raise Cancelled

    with pytest.raises(Cancelled):
        document.add_evidence("A1", Evidence("", "大"), proof(tmp_path, 40 * CHUNK), cancel)
    assert document.sheet.cells == before
    assert document._file.attachments() == {}
    assert document._file._connection.execute("SELECT count(*) FROM chunk").get == 0


def test_a_file_that_changes_while_it_is_copied_is_not_attached(create, tmp_path, monkeypatch):
    path = proof(tmp_path, 2 * CHUNK)
    real = module._read

    def meddling(source: Path):
        yield from real(source)
        path.write_bytes(b"other")

    monkeypatch.setattr(module, "_read", meddling)
    document = create()
    with pytest.raises(Problem) as caught:
        document.add_evidence("A1", Evidence("", "x"), path)
    assert caught.value.code == "evidence.changed"
    assert document.sheet.evidence("A1") == ()


def test_a_file_that_is_not_there_or_is_a_folder_is_said(create, tmp_path):
    document = create()
    for path, code in ((tmp_path / "没有.pdf", "evidence.missing"), (tmp_path, "evidence.unreadable")):
        with pytest.raises(Problem) as caught:
            document.add_evidence("A1", Evidence("", "x"), path)
        assert caught.value.code == code


def test_a_disk_that_fills_while_attaching_leaves_the_document_as_it_was(create, reopen, tmp_path):
    document = create()
    connection = document._file._connection
    connection.pragma("max_page_count", connection.pragma("page_count") + 600)
    with pytest.raises(Problem) as caught:
        document.add_evidence("A1", Evidence("", "x"), proof(tmp_path, 30 * CHUNK))
    assert caught.value.code == "store.disk-full"
    document.note("A1", "仍可填写")
    again = reopen(document)
    assert again._file.attachments() == {}
    assert again.sheet.text("A1") == "仍可填写"


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from assess.answers import Evidence
from assess.assessment import Assessment, Author
document = Assessment.open(Path(sys.argv[1]), author=Author("x"), now=lambda: datetime.now(UTC))
document.add_evidence("A1", Evidence("", "大"), Path(sys.argv[2]),
                      lambda done, total: os.kill(os.getpid(), signal.SIGKILL) if done > 20_000_000 else None)
"""


def test_bytes_of_an_attachment_cut_short_by_a_kill_are_removed_at_the_next_opening(create, reopen, tmp_path):
    document = create()
    document.close()
    path = proof(tmp_path, 40 * CHUNK)
    done = subprocess.run([sys.executable, "-c", KILLED, str(document.path), str(path)], cwd=ROOT, check=False)
    assert done.returncode == -9
    tool = sqlite3.connect(document.path)
    assert tool.execute("SELECT count(*) FROM chunk").fetchone()[0] > 0
    tool.close()
    again = reopen(document.path)
    assert again._file._connection.execute("SELECT count(*) FROM chunk").get == 0
    assert again.sheet.evidence("A1") == ()
    assert again.verify() == ()


def test_attachment_bytes_that_were_changed_are_found_by_reading_and_by_verifying(create, reopen, tmp_path):
    document = create()
    document.add_evidence("A1", Evidence("e", "x"), proof(tmp_path, CHUNK + 5))
    digest = document.sheet.evidence("A1")[0].digest
    document.close()
    tool = sqlite3.connect(document.path)
    tool.execute("UPDATE chunk SET bytes = zeroblob(5) WHERE number = 1")
    tool.commit()
    tool.close()
    again = reopen(document.path)
    with pytest.raises(Problem) as caught:
        list(again.evidence_bytes(digest))
    assert caught.value.code == "store.damaged"
    target = tmp_path / "出.pdf"
    with pytest.raises(Problem):
        again.extract_evidence(digest, target)
    assert not target.exists()
    assert [finding.code for finding in again.verify()] == ["verify.attachment"]


def test_evidence_without_a_file_is_changed_and_withdrawn_and_stays_in_the_history(create):
    document = create()
    document.add_evidence("A1", Evidence("", "会议纪要", number="〔2026〕3号"))
    record = document.sheet.evidence("A1")[0]
    document.change_evidence("A1", Evidence(record.id, "会议纪要", grade="B"))
    assert document.sheet.evidence("A1")[0].grade == "B"
    document.withdraw_evidence("A1", record.id)
    assert document.sheet.evidence("A1") == ()
    kinds = [event.kind for event in document.history("A1", f"evidence/{record.id}")]
    assert kinds == ["evidence", "evidence", "withdrawal"]


def test_evidence_without_a_name_takes_that_of_its_file_or_is_refused(create, tmp_path):
    document = create()
    with pytest.raises(Problem) as caught:
        document.add_evidence("A1", Evidence("", "  "))
    assert caught.value.code == "evidence.no-name"
    document.add_evidence("A1", Evidence("", ""), proof(tmp_path, 5))
    assert document.sheet.evidence("A1")[0].name == "会议纪要 =1+1.pdf"


def test_two_registrations_of_one_name_get_two_ids(create):
    document = create()
    document.add_evidence("A1", Evidence("", "纪要"))
    document.add_evidence("A1", Evidence("", "纪要"))
    assert len({record.id for record in document.sheet.evidence("A1")}) == 2


def test_a_digest_nobody_attached_is_absent(create):
    with pytest.raises(Problem) as caught:
        list(create().evidence_bytes("0" * 64))
    assert caught.value.code == "evidence.absent"


def test_extracting_to_a_folder_that_is_not_there_is_said(create, tmp_path):
    document = create()
    path = proof(tmp_path, 5)
    document.add_evidence("A1", Evidence("", "x"), path)
    shutil.rmtree(tmp_path / "没有", ignore_errors=True)
    with pytest.raises(Problem) as caught:
        document.extract_evidence(document.sheet.evidence("A1")[0].digest, tmp_path / "没有" / "x.pdf")
    assert caught.value.code == "store.no-folder"
