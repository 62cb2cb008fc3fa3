"""Earlier states: ten are kept, none of a document with nothing in it, and a return loses nothing."""

from __future__ import annotations

from assess.answers import Answer, Evidence
from assess.assessment import Assessment, Author
from assess.earlier.states import listed, return_to
from assess.store import kept


def opened(path, clock, secret=None):
    return Assessment.open(path, author=Author(name="王芳", unit="市委政法委"), now=clock, passphrase=secret)


def worked(make, clock, *, secret=None):
    """A document with one state kept: ST1.1 level 2 with a note. Open, and answered further."""
    document = make(passphrase=secret)
    document.answer("ST1.1", Answer.of_level(2))
    document.note("ST1.1", "初稿")
    document.close()
    again = opened(document.path, clock, secret)
    again.answer("ST1.1", Answer.of_level(4))
    again.answer("ST1.3", Answer.of_level(1))
    again.note("ST1.1", "改稿")
    return again


def test_a_document_with_nothing_in_it_gets_no_folder_of_backups(make, clock, tmp_path):
    document = make()
    document.close()
    opened(document.path, clock).close()
    assert [path.name for path in tmp_path.iterdir()] == ["now.zhd"]


def test_each_state_says_when_how_far_who_and_what_would_change(make, clock):
    document = worked(make, clock)
    (state,) = listed(document)
    assert (state.answered, state.total, state.author) == (1, 69, "李明")
    assert state.at is not None
    assert state.differences.other == ("ST1.1",)
    assert state.differences.given == ("ST1.3",)
    assert state.differences.missing == ()
    document.close()


def test_the_return_keeps_the_present_state_and_can_be_undone(make, clock):
    document = worked(make, clock)
    (state,) = listed(document)
    changes = return_to(document, state.path)
    assert document.sheet.answer("ST1.1").level == 2
    assert document.sheet.answer("ST1.3") is None
    assert document.sheet.text("ST1.1") == "初稿"
    assert set(changes.items) == {"ST1.1", "ST1.3"}
    kept = listed(document)
    assert len(kept) == 2
    assert kept[0].answered == 2
    assert return_to(document, kept[0].path).items
    assert document.sheet.answer("ST1.1").level == 4
    document.undo()
    assert document.sheet.answer("ST1.1").level == 2
    assert "回到" in document.redoable.render("zh")
    document.close()


def test_evidence_and_entries_of_the_document_return_too(make, clock, tmp_path):
    document = worked(make, clock)
    file = tmp_path / "纪要.txt"
    file.write_text("第一次会议", encoding="utf-8")
    document.add_evidence("ST1.1", Evidence("", "纪要"), file)
    document.set_profile(unit="衡川市（新）")
    (state,) = listed(document)
    assert "@profile" in state.differences.around
    return_to(document, state.path)
    assert document.sheet.evidence("ST1.1") == ()
    assert document.profile.unit == "衡川市"
    document.undo()
    (piece,) = document.sheet.evidence("ST1.1")
    assert b"".join(document.evidence_bytes(piece.digest)).decode() == "第一次会议"
    document.close()


def test_a_copy_that_cannot_be_read_is_listed_and_the_others_stay(make, clock):
    document = worked(make, clock)
    folder = kept.folders(document.path)[0]
    (folder / "2020-01-01 000000 ffff.zhd").write_bytes(b"not a document")
    good, bad = listed(document)
    assert good.trouble is None
    assert bad.trouble is not None
    document.close()


def test_a_copy_of_another_assessment_is_refused(make, clock):
    document = worked(make, clock)
    other = make("other.zhd")
    other.answer("ST1.1", Answer.of_level(1))
    folder = kept.folders(document.path)[0]
    other.save_copy(folder / "2020-01-01 000000 eeee.zhd")
    assert [state.trouble.code for state in listed(document) if state.trouble] == ["earlier.other"]
    document.close()


def test_a_document_with_a_passphrase_returns_under_it(make, clock):
    document = worked(make, clock, secret="稳妥的口令")
    (state,) = listed(document)
    return_to(document, state.path)
    assert document.sheet.answer("ST1.1").level == 2
    document.close()
