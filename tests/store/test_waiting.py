"""What the medium does not take waits: shown, in order, under the passphrase, never twice, never in another file."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from assess.answers import Answer, Evidence
from assess.assessment import Assessment
from assess.problems import Problem
from assess.store import failures
from assess.store.file import File
from assess.store.waiting import content_of, rescue_path
from tests.store.conftest import LI, ZHANG


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


class Switch:
    """The medium takes nothing while it is on; `late`: what is committed stays, though the failure is told."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.on, self.late, self.make = False, False, failures.disk_full
        real, switch = File.add_events, self

        def add(file: File, rows: object) -> None:
            if switch.on and switch.late:
                real(file, rows)  # type: ignore[arg-type]
                file._connection.execute("COMMIT")
                raise switch.make(file.path)
            if switch.on and not file.path.name.startswith("~$") and "rescue" not in file.path.parts:
                raise switch.make(file.path)
            real(file, rows)  # type: ignore[arg-type]

        monkeypatch.setattr(File, "add_events", add)


@pytest.fixture
def medium(monkeypatch: pytest.MonkeyPatch) -> Switch:
    return Switch(monkeypatch)


def rescue_of(document: Assessment) -> Path:
    return rescue_path(str(document.id), document.path)


def test_without_patience_a_failure_is_raised_and_nothing_has_changed(create, medium):
    document = create()
    medium.on = True
    with pytest.raises(Problem) as caught:
        document.note("A1", "x")
    assert caught.value.code == "store.disk-full"
    assert document.sheet.text("A1") == ""
    assert (document.waiting, document.trouble) == (0, None)
    assert not rescue_of(document).exists()


def test_what_waits_is_shown_counted_and_written_in_order(create, reopen, medium):
    document = create()
    document.note("A1", "之前")
    document.patient = True
    before = document.last_saved
    medium.on = True
    document.answer_many({"A1": Answer.of_level(3), "A2": Answer.of_level(2)})
    document.note("A1", "之后")
    assert document.waiting == 2
    assert document.last_saved == before
    assert document.sheet.text("A1") == "之后"
    assert document.trouble is not None
    assert "自动保存" in document.trouble.sentence("zh")
    with pytest.raises(Problem):
        document.save_waiting()
    with pytest.raises(Problem):
        document.seal()  # a seal never stands before what it seals is written
    medium.on = False
    document.save_waiting()
    assert (document.waiting, document.trouble) == (0, None)
    assert document.last_saved > before
    again = reopen(document)
    assert [event.value for event in again.history("A1", "note")] == ["之前", "之后"]
    assert again.verify() == ()
    assert not rescue_of(again).exists()


def test_a_commit_that_failed_late_is_not_written_twice(create, reopen, medium):
    document = create()
    document.patient = True
    medium.on = medium.late = True
    document.note("A1", "一")
    assert document.waiting == 1
    medium.on = False
    document.save_waiting()
    again = reopen(document)
    assert [event.value for event in again.history("A1", "note")] == ["一"]
    assert again.verify() == ()


def test_the_rescue_copy_is_under_the_passphrase_and_joined_at_the_next_opening(create, reopen, medium):
    document = create(passphrase="口令")
    document.patient = True
    medium.on = True
    document.note("A1", "不能给别人看 visible words")
    kept = rescue_of(document)
    assert kept.exists()
    assert b"visible words" not in kept.read_bytes()
    assert not kept.read_bytes().startswith(b"SQLite")
    medium.on = False
    again = reopen(document, passphrase="口令")
    assert again.sheet.text("A1") == "不能给别人看 visible words"
    assert again.rescued == 1
    assert not kept.exists()
    assert reopen(again, passphrase="口令").rescued == 0


def test_a_rescue_copy_of_another_assessment_is_left_alone(create, reopen, medium):
    from uuid import uuid4

    document = create()
    document.patient = True
    medium.on = True
    document.note("A1", "别的")
    kept = rescue_of(document)
    document.close()
    medium.on = False
    other = create("另一份.zhd", identity=uuid4())
    shutil.copyfile(kept, rescue_of(other))
    again = reopen(other)
    assert again.rescued == 0
    assert again.sheet.text("A1") == ""
    assert rescue_of(again).exists()


def test_another_file_in_its_place_is_not_written_to(create, folder, medium):
    twin = create("双.zhd")
    twin.close()
    document = create()
    document.note("A1", "一")
    document.patient = True
    medium.on, medium.make = True, failures.medium_failed
    document.note("A1", "二")
    document.path.rename(folder / "原来.zhd")
    shutil.copyfile(twin.path, document.path)
    size = document.path.stat().st_size
    medium.on = False
    with pytest.raises(Problem) as caught:
        document.save_waiting()
    assert caught.value.code == "store.other-file"
    assert document.waiting == 1
    assert document.path.stat().st_size == size
    document.path.unlink()
    (folder / "原来.zhd").rename(document.path)
    document.save_waiting()
    assert document.waiting == 0


def test_a_copy_from_memory_is_the_whole_document_with_its_past(create, reopen, folder, tmp_path, medium):
    document = create()
    proof = tmp_path / "p.bin"
    proof.write_bytes(os.urandom(2_500_000))
    document.add_evidence("A1", Evidence("e", "纪要"), proof)
    copy = folder / "李四.zhd"
    document.save_copy(copy)
    other = reopen(copy, author=LI)
    other.note("A2", "李四写的")
    other.close()
    document.merge(copy)
    document.undo() if document.undoable else None
    document.patient = True
    medium.on = True
    document.note("A3", "等待中")
    medium.on = False
    target = folder / "另存.zhd"
    assert document.save_copy(target) == 0
    found = reopen(target)
    assert dict(found.sheet.cells) == dict(document.sheet.cells)
    assert {event.id for event in found._ledger.events.values()} == {
        event.id for event in document._ledger.events.values()
    }
    assert b"".join(found.evidence_bytes(found.sheet.evidence("A1")[0].digest)) == proof.read_bytes()
    assert found.verify() == ()
    assert "A2" not in str(found.undoable)  # what came by merging is still not one's own


def test_a_copy_tells_how_many_attachments_the_medium_did_not_give(
    create, reopen, folder, tmp_path, medium, monkeypatch
):
    document = create()
    for name in ("一", "二"):
        (tmp_path / name).write_bytes(os.urandom(1_500_000))
        document.add_evidence("A1", Evidence("", name), tmp_path / name)
    lost = document.sheet.evidence("A1")[0].digest
    document.patient = True
    medium.on = True
    document.note("A1", "x")
    real = File.chunks

    def chunks(file: File, digest: str):
        for number, data in enumerate(real(file, digest)):
            if digest == lost and number == 1:
                raise failures.medium_failed(file.path)
            yield data

    monkeypatch.setattr(File, "chunks", chunks)
    medium.on = False
    target = folder / "另存.zhd"
    assert document.save_copy(target) == 1
    monkeypatch.undo()
    found = reopen(target)
    assert len(found.attachments()) == 1
    assert found.sheet.text("A1") == "x"
    assert found._file._connection.execute("SELECT count(*) FROM chunk").get == 2
    with pytest.raises(Problem) as caught:
        list(found.evidence_bytes(lost))
    assert caught.value.code == "evidence.absent"


def test_the_content_of_every_event_can_be_made_again(create):
    document = create(author=ZHANG)
    document.answer("A1", Answer.of_number("85.30", "100"))
    document.target("A1", 85.0)
    document.set_profile(population=12.5, parameters={"日": 3, "x": [1, 2.5, None, True]})
    document.note("A2", "\x00 😀 㙍𡐓 </script>")
    document.undo()
    document.seal()
    stored = {id: content for id, content, _ in document._file.events()}
    assert {event.id: content_of(event) for event in document._ledger.events.values()} == stored


def test_what_waited_is_joined_after_the_document_was_renamed(create, reopen, folder, medium):
    document = create()
    document.patient = True
    medium.on = True
    document.note("A1", "留着")
    kept = rescue_of(document)
    document.close()
    medium.on = False
    renamed = document.path.rename(folder / "改了名.zhd")
    again = reopen(renamed)
    assert (again.rescued, again.sheet.text("A1")) == (1, "留着")
    assert not kept.exists()


def test_a_second_copy_of_the_document_does_not_take_what_waits_for_the_first(create, reopen, folder, medium):
    document = create()
    document.patient = True
    shutil.copyfile(document.path, folder / "副本.zhd")
    medium.on = True
    document.note("A1", "留着")
    kept = rescue_of(document)
    document.close()
    medium.on = False
    with reopen(folder / "副本.zhd") as copy:
        assert (copy.rescued, copy.sheet.text("A1")) == (0, "")
    assert kept.exists()
    assert reopen(document).sheet.text("A1") == "留着"
