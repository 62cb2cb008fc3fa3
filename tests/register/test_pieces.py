"""One piece of evidence serves several items: changed once, changed everywhere; taken back from one or from all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assess.answers import Evidence, Profile
from assess.assessment import Assessment, Author
from assess.framework.read import builtin
from assess.problems import Problem
from assess.register.pieces import pieces, serving, with_bytes
from assess.store import evidence as limits


@pytest.fixture
def document(tmp_path: Path) -> Iterator[Assessment]:
    tick = iter(range(1_000_000))
    begin = datetime(2026, 7, 1, tzinfo=UTC)
    profile = Profile("衡川市", tier="市", base_date="2026-06-30")
    with Assessment.create(
        tmp_path / "衡川市.zhd",
        builtin(),
        profile,
        author=Author("张三", "市委政法委"),
        now=lambda: begin + timedelta(seconds=next(tick)),
    ) as made:
        yield made


def register(document: Assessment, code: str, **fields: object) -> Evidence:
    document.add_evidence(code, Evidence("", **{"name": "成立文件", **fields}))  # type: ignore[arg-type]
    return document.sheet.evidence(code)[-1]


def test_a_piece_chosen_for_another_item_is_one_piece_and_serves_both(document):
    one = register(document, "ST1.1", number="衡政法发〔2024〕18号", pages="第3页")
    document.use_evidence(one, ["ST1.2", "ST2.1"])
    (piece,) = pieces(document.sheet)
    assert piece.items == ("ST1.1", "ST1.2", "ST2.1")
    assert not piece.differing
    assert [record.pages for record in piece.uses.values()] == ["第3页", "", ""]  # pages are said of one item
    assert serving(document.sheet, one.id) == piece.items


def test_a_change_is_made_in_every_item_at_once_and_undone_at_once(document):
    one = register(document, "ST1.1", pages="第3页")
    document.use_evidence(one, ["ST1.2"])
    document.change_evidence("ST1.2", Evidence(one.id, "成立文件（2024年修订）", grade="B", pages="第7页"))
    (piece,) = pieces(document.sheet)
    assert {record.name for record in piece.uses.values()} == {"成立文件（2024年修订）"}
    assert {record.grade for record in piece.uses.values()} == {"B"}
    assert [record.pages for record in piece.uses.values()] == ["第3页", "第7页"]
    document.undo()
    assert {record.name for record in pieces(document.sheet)[0].uses.values()} == {"成立文件"}


def test_it_is_taken_back_from_one_item_or_from_all(document):
    one = register(document, "ST1.1")
    document.use_evidence(one, ["ST1.2", "ST1.3"])
    document.withdraw_evidence("ST1.2", one.id)
    assert serving(document.sheet, one.id) == ("ST1.1", "ST1.3")
    assert document.withdrawn_evidence() == ()
    document.withdraw_evidence("ST1.1", one.id, everywhere=True)
    assert pieces(document.sheet) == ()
    ((item, gone),) = document.withdrawn_evidence()
    assert gone.name == "成立文件"
    document.use_evidence(gone, [item])
    assert serving(document.sheet, one.id) == (item,)


def test_using_a_piece_where_it_is_used_already_changes_nothing(document):
    one = register(document, "ST1.1", pages="第3页")
    assert document.use_evidence(one, ["ST1.1"]).cells == {}
    assert document.sheet.evidence("ST1.1")[0].pages == "第3页"


def test_copies_filled_in_apart_show_that_they_differ_until_the_piece_is_changed_once(document):
    one = register(document, "ST1.1")
    document.use_evidence(one, ["ST1.2"])
    document.set_cells({("ST1.2", f"evidence/{one.id}"): {"name": "成立文件（部门版）"}})
    assert pieces(document.sheet)[0].differing
    document.change_evidence("ST1.1", Evidence(one.id, "成立文件"))
    assert not pieces(document.sheet)[0].differing


def test_the_same_file_is_recognized_whatever_it_is_called(document, tmp_path):
    for name in ("通知.pdf", "通知（扫描件）.pdf"):
        (tmp_path / name).write_bytes(b"%PDF same bytes")
    document.add_evidence("ST1.1", Evidence("", "通知"), tmp_path / "通知.pdf")
    copying = document.begin_copy(tmp_path / "通知（扫描件）.pdf")
    while not document.copy_on(copying):
        pass
    found = with_bytes(document.sheet, copying.digest)
    assert found is not None
    assert found.items == ("ST1.1",)
    assert with_bytes(document.sheet, "") is None
    assert document.check_attachment(copying.digest) == 15


def test_a_file_over_the_limit_and_one_too_many_are_refused_with_what_to_do(document, tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "PER_FILE", 2 << 20)
    monkeypatch.setattr(limits, "PER_DOCUMENT", 3 << 20)
    (tmp_path / "大.bin").write_bytes(b"x" * ((2 << 20) + 1))
    (tmp_path / "一.bin").write_bytes(b"1" * (2 << 20))
    (tmp_path / "二.bin").write_bytes(b"2" * (2 << 20))
    with pytest.raises(Problem) as caught:
        document.add_evidence("ST1.1", Evidence("", "大"), tmp_path / "大.bin")
    assert caught.value.code == "evidence.too-large"
    assert "2 MB" in caught.value.sentence("zh")
    document.add_evidence("ST1.1", Evidence("", "一"), tmp_path / "一.bin")
    with pytest.raises(Problem) as caught:
        document.add_evidence("ST1.1", Evidence("", "二"), tmp_path / "二.bin")
    assert caught.value.code == "evidence.no-room"
    assert [piece.record.name for piece in pieces(document.sheet)] == ["一"]


def test_answers_are_written_between_two_batches_of_a_copy(document, tmp_path):
    (tmp_path / "录像.bin").write_bytes(bytes(range(256)) * 4096 * 40)
    copying = document.begin_copy(tmp_path / "录像.bin")
    written = 0
    while not document.copy_on(copying):
        document.note("ST1.1", str(written))
        written += 1
    assert written >= 3
    document.add_evidence("ST1.1", Evidence("", "录像", digest=copying.digest, size=copying.size))
    assert document.verify() == ()


def test_sealing_while_a_file_is_on_its_way_leaves_the_copy_whole(document, tmp_path):
    (tmp_path / "录像.bin").write_bytes(b"abc" * (10 << 20))
    copying = document.begin_copy(tmp_path / "录像.bin")
    document.copy_on(copying)
    document.copy_on(copying)
    document.seal()
    while not document.copy_on(copying):
        pass
    assert document.check_attachment(copying.digest) == 30 << 20


def test_a_copy_given_up_leaves_nothing_and_the_file_shrinks_again(document, tmp_path):
    (tmp_path / "录像.bin").write_bytes(b"abc" * (14 << 20))
    before = document.path.stat().st_size
    copying = document.begin_copy(tmp_path / "录像.bin")
    for _ in range(3):
        document.copy_on(copying)
    assert document.path.stat().st_size > before + (10 << 20)
    document.drop_copy(copying)
    assert document.attachments() == {}
    assert document.path.stat().st_size < before + (1 << 20)
