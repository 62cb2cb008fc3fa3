"""Every version of the document file that people have can still be opened, and nothing in it is lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import apsw
import pytest

from assess.answers import Answer
from assess.assessment import Assessment, Author
from assess.problems import Problem
from assess.store import document as document_module
from assess.store import file as file_module
from assess.store import migrate as migrate_module
from assess.store import secrecy
from assess.store.backup import listed
from assess.store.migrate import STEPS, migrate
from assess.store.schema import VERSION
from tests.store.make_kept import IDENTITY, KEPT

ME = Author("王五")


@pytest.fixture
def kept(folder: Path) -> Path:
    path = folder / "旧.zhd"
    shutil.copyfile(KEPT / "version-1.zhd", path)
    return path


def test_a_file_of_every_version_is_kept_and_every_version_has_a_step():
    assert sorted(path.name for path in KEPT.glob("*.zhd")) == [f"version-{n}.zhd" for n in range(1, VERSION + 1)]
    assert sorted(STEPS) == list(range(1, VERSION))


def test_the_kept_file_of_version_1_opens_with_all_it_holds(kept, clock):
    with Assessment.open(kept, author=ME, now=clock) as document:
        assert document.id == IDENTITY
        assert document.verify() == ()
        assert document.profile.unit == "岚州市\n㙍𡐓 </script>"
        assert (document.profile.year, document.profile.population) == (2025, 312.5)
        codes = list(document.whole_framework.indicators)
        assert len(codes) == 69
        assert document.sheet.answer(codes[0]) == Answer.of_level(3, ["3.1"])
        assert document.sheet.answer(codes[0], "review") == Answer.of_level(2)
        assert document.sheet.answer(codes[2]) == Answer.not_applicable("无此情形 =1+1")
        assert document.sheet.text(codes[0]) == "备注 😀"
        (evidence,) = document.sheet.evidence(codes[0])
        assert (evidence.name, evidence.number, evidence.grade) == ("会议纪要", "〔2025〕3号", "A")
        assert b"".join(document.evidence_bytes(evidence.digest)) == "纪要\n".encode() * 160_000
        assert document.sheet.items("@redline") == {"R1": {"state": "raised", "reason": "待核"}}
        assert set(document.conflicts()) == {(codes[1], "self")}
        assert [event.kind for event in document.history(codes[1], "self")][:2] == ["answer", "undo"]
        assert len(document.seals()) == 1
        document.answer(codes[3], Answer.of_level(1))


def test_the_ids_of_the_kept_events_are_still_what_this_program_computes(kept, clock):
    with Assessment.open(kept, author=ME, now=clock, read_only=True) as document:
        assert document.seals()[0].id == "285c84b299075e429186d2b2f40d65b2563828ee76a859fa2a8731e80eb15180"


def rename_notes(connection: apsw.Connection) -> None:
    connection.execute("INSERT INTO document VALUES ('migrated', 'yes')")


@pytest.fixture
def next_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program whose documents are one version further."""
    for module in (file_module, migrate_module):
        monkeypatch.setattr(module, "VERSION", VERSION + 1)
    recognize = secrecy.recognize
    for module in (file_module, document_module):
        monkeypatch.setattr(module, "recognize", lambda p, w: recognize(p, w, known=VERSION + 1))
    monkeypatch.setattr(file_module, "migrate", lambda c: migrate(c, steps={VERSION: rename_notes}, target=VERSION + 1))


@pytest.mark.usefixtures("next_version")
def test_an_older_document_is_kept_as_a_backup_and_then_migrated(kept, clock):
    before = kept.read_bytes()
    with Assessment.open(kept, author=ME, now=clock) as document:
        assert document._file.facts()["migrated"] == "yes"
        assert document.verify() == ()
        first = listed(document.path)[-1]
    assert int.from_bytes(first.read_bytes()[60:64], "big") == VERSION
    assert len(first.read_bytes()) == len(before)
    with Assessment.open(kept, author=ME, now=clock) as document:
        assert document.id == IDENTITY


@pytest.mark.usefixtures("next_version")
def test_an_older_document_is_read_without_being_changed(kept, clock):
    before = kept.read_bytes()
    with Assessment.open(kept, author=ME, now=clock, read_only=True) as document:
        assert document._file.facts()["migrated"] == "yes"
        assert document.id == IDENTITY
    assert kept.read_bytes() == before
    assert list(kept.parent.iterdir()) == [kept]


@pytest.mark.usefixtures("next_version")
def test_a_step_that_fails_leaves_the_old_document(kept, clock, monkeypatch):
    def failing(connection: apsw.Connection) -> None:
        connection.execute("DROP TABLE event")
        raise apsw.FullError("disk full")

    monkeypatch.setattr(file_module, "migrate", lambda c: migrate(c, steps={VERSION: failing}, target=VERSION + 1))
    before = kept.read_bytes()
    with pytest.raises(Problem) as caught:
        Assessment.open(kept, author=ME, now=clock)
    assert caught.value.code == "store.disk-full"
    assert kept.read_bytes() == before
