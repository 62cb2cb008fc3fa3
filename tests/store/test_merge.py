"""Merging is the union of events and evidence: idempotent, commutative, associative, and it loses nothing."""

from __future__ import annotations

import itertools
import os
import shutil
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assess.answers import Answer, Evidence, Profile
from assess.assessment import Assessment, Author
from assess.problems import Problem
from assess.store import evidence
from assess.store.document import Document
from assess.store.merge import base_of, carried, common, from_form, take
from tests.store.conftest import LI, ZHANG, Clock, small_framework

ME = Author("王五", "市司法局")


def copies(document: Assessment, *names: str) -> list[Path]:
    document.close()
    made = [document.path.with_name(name) for name in names]
    for path in made:
        shutil.copyfile(document.path, path)
    return made


def seen(path: Path, clock) -> tuple[object, ...]:
    """All that a merge must agree on: events, cells shown, conflicts, evidence."""
    with Assessment.open(path, author=ME, now=clock, read_only=True) as document:
        assert document.verify() == ()
        events = frozenset(document._ledger.events)
        conflicts = {cell: tuple(head.id for head in heads) for cell, heads in document.conflicts().items()}
        return events, dict(document.sheet.cells), conflicts, document._file.attachments()


def joined(into: Path, others: list[Path], name: str, clock) -> Path:
    target = into.with_name(name)
    shutil.copyfile(into, target)
    with Assessment.open(target, author=ME, now=clock) as document:
        for other in others:
            document.merge(other)
    return target


STEP = st.tuples(
    st.sampled_from(["A1", "A2", "A3"]),
    st.sampled_from(["self", "note", "undo", "evidence"]),
    st.integers(0, 2),
    st.sampled_from([0, 0, 1, -1000]),
)


@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(st.tuples(*[st.lists(STEP, max_size=4) for _ in range(3)]))
def test_every_order_of_merging_gives_the_same_document(create, folder, tmp_path, clock, works):
    for path in [*folder.glob("*.zhd"), *folder.glob("*.备份")]:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    document = create()
    document.answer("A1", Answer.of_level(5))
    paths = copies(document, "甲.zhd", "乙.zhd", "丙.zhd")
    for who, (path, steps) in enumerate(zip(paths, works, strict=True)):
        time = Clock()
        with Assessment.open(path, author=Author(f"作者{who % 2}"), now=time) as copy:
            for code, column, level, shift in steps:
                time.at += shift * time.step
                if column == "undo":
                    if copy.undoable is not None:
                        copy.undo()
                elif column == "evidence":
                    proof = tmp_path / f"{level}.bin"
                    proof.write_bytes(bytes([level]) * 10)
                    copy.add_evidence(code, Evidence("", f"材料{level}"), proof)
                else:
                    value = Answer.of_level(level).to_json() if column == "self" else f"{level}"
                    copy.set_cells({(code, column): value})
    one, two, three = paths
    reference = seen(joined(one, [two, three], "结果.zhd", clock), clock)
    for number, order in enumerate(itertools.permutations(paths)):
        assert seen(joined(order[0], list(order[1:]), f"顺序{number}.zhd", clock), clock) == reference
    pair = joined(two, [three], "先合并.zhd", clock)
    assert seen(joined(one, [pair], "再合并.zhd", clock), clock) == reference
    whole = folder / "再合并.zhd"
    assert seen(joined(whole, [whole, one, pair], "重复.zhd", clock), clock) == reference


def test_a_conflict_shows_both_heads_and_the_later_one_stands_until_it_is_settled(create, clock, folder):
    document = create()
    document.answer("A1", Answer.of_level(1))
    (other,) = copies(document, "副本.zhd")
    with Assessment.open(document.path, author=ZHANG, now=clock) as mine:
        mine.answer("A1", Answer.of_level(2))
        with Assessment.open(other, author=LI, now=clock) as copy:
            copy.answer("A1", Answer.of_level(3))
            copy.note("A1", "他说")
        report = mine.merge(other)
        assert report.events == 2
        assert report.conflicts == (("A1", "self"),)
        assert report.authors == ("李四",)
        assert report.items == ("A1",)
        heads = mine.conflicts()["A1", "self"]
        assert [head.author for head in heads] == ["张三", "李四"]
        assert heads[0].parents == heads[1].parents
        assert mine.sheet.answer("A1") == Answer.of_level(3)
        changes = mine.resolve(("A1", "self"), heads[0].id)
        assert changes.cells == {("A1", "self"): Answer.of_level(2).to_json()}
        assert mine.conflicts() == {}
        settled = mine.history("A1", "self")[-1]
        assert {head.id for head in heads} < set(settled.parents)
        assert mine.sheet.text("A1") == "他说"
        with pytest.raises(Problem) as caught:
            mine.resolve(("A1", "self"), heads[0].id)
        assert caught.value.code == "document.no-conflict"
        assert mine.merge(other).events == 0
        assert mine.conflicts() == {}


def test_giving_the_shown_value_once_more_settles_a_conflict(create, clock):
    document = create()
    (other,) = copies(document, "副本.zhd")
    with Assessment.open(other, author=LI, now=clock) as copy:
        copy.answer("A1", Answer.of_level(3))
    with Assessment.open(document.path, author=ZHANG, now=clock) as mine:
        mine.answer("A1", Answer.of_level(2))
        mine.merge(other)
        mine.answer("A1", mine.sheet.answer("A1"))
        assert mine.conflicts() == {}


def test_the_same_value_given_twice_is_no_conflict(create, clock):
    document = create()
    (other,) = copies(document, "副本.zhd")
    with Assessment.open(other, author=LI, now=clock) as copy:
        copy.answer("A1", Answer.of_level(3))
    with Assessment.open(document.path, author=ZHANG, now=clock) as mine:
        mine.answer("A1", Answer.of_level(3))
        assert mine.merge(other).conflicts == ()
        assert mine.conflicts() == {}
        mine.answer("A1", Answer.of_level(4))
        assert len(mine._ledger.heads(("A1", "self"))) == 1


def test_evidence_and_its_bytes_come_along_from_an_encrypted_copy(create, clock, tmp_path):
    document = create()
    document.save_copy(document.path.with_name("密.zhd"), "口令")
    proof = tmp_path / "大.bin"
    proof.write_bytes(os.urandom(3_300_000))
    with Assessment.open(document.path.with_name("密.zhd"), author=LI, now=clock, passphrase="口令") as copy:
        copy.add_evidence("A1", Evidence("", "大"), proof)
    calls: list[tuple[int, int]] = []
    with pytest.raises(Problem) as caught:
        document.merge(document.path.with_name("密.zhd"))
    assert caught.value.code == "store.passphrase-needed"
    report = document.merge(document.path.with_name("密.zhd"), "口令", lambda done, total: calls.append((done, total)))
    assert report.attachments == 1
    assert calls[-1] == (3_300_000, 3_300_000)
    found = document.sheet.evidence("A1")[0]
    assert b"".join(document.evidence_bytes(found.digest)) == proof.read_bytes()


def test_another_assessment_and_another_framework_are_refused(create, folder, clock):
    document = create()
    create("别的.zhd", identity=uuid4()).close()
    other = small_framework("2")
    Assessment.create(
        folder / "新版.zhd", other, Profile("岚州市"), author=ZHANG, now=clock, identity=document.id
    ).close()
    before = document.path.read_bytes()
    for name, code in (("别的.zhd", "store.other-assessment"), ("新版.zhd", "store.other-framework")):
        with pytest.raises(Problem) as caught:
            document.merge(folder / name)
        assert caught.value.code == code
        assert name in caught.value.text.render("zh")
    assert document.path.read_bytes() == before


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (("A1", "self"), "three"),
        (("A1", "self"), {"kind": "level", "level": "3"}),
        (("A1", "self"), {"level": 3}),
        (("A1", "note"), ["x"]),
        (("A1", "evidence/e"), {"digest": "x"}),
        (("A1", "target"), True),
        (("@profile", "population"), "many"),
        (("@redline", "R1"), "confirmed"),
    ],
)
def test_a_copy_with_values_of_a_wrong_shape_is_damaged_and_cannot_be_written_here(create, clock, cell, value):
    document = create()
    with pytest.raises(ValueError):
        document.set_cells({cell: value})
    (other,) = copies(document, "伪造.zhd")
    with Document.open(other, author=LI, now=clock) as forged:
        forged.set_cells({cell: value})
    with Assessment.open(document.path, author=ZHANG, now=clock) as mine:
        before = mine.sheet
        with pytest.raises(Problem) as caught:
            mine.merge(other)
        assert caught.value.code == "store.damaged"
        assert "伪造.zhd" in caught.value.text.render("zh")
        assert mine.sheet is before


def test_an_issued_copy_holds_its_items_alone_and_comes_back(create, clock, folder, tmp_path):
    document = create()
    proof = tmp_path / "p.txt"
    proof.write_bytes(b"words")
    document.answer_many({"A1": Answer.of_level(1), "A2": Answer.of_level(2)})
    document.add_evidence("A1", Evidence("e", "纪要"), proof)
    document.seal()
    issued = folder / "下发.zhd"
    document.issue_copy(issued, ("A1",), package={"to": "市公安局", "days": 3}, attachments=True)
    with Assessment.open(issued, author=LI, now=clock) as copy:
        assert copy.role == "issued"
        assert copy.profile.scope == ("A1",)
        assert copy.package == {"to": "市公安局", "days": 3}
        assert copy.id == document.id
        assert copy.sheet.answers() == {"A1": Answer.of_level(1)}
        assert b"".join(copy.evidence_bytes(copy.sheet.evidence("A1")[0].digest)) == b"words"
        assert copy.undoable is None
        copy.answer("A1", Answer.of_level(4))
        copy.note("A1", "请核")
        copy.set_role("returned")
        assert copy.profile.role == "returned"
        assert copy.verify() == ()
    report = document.merge(issued)
    assert report.events == 2
    assert document.role == "master"
    assert document.profile.scope is None
    assert document.sheet.answers() == {"A1": Answer.of_level(4), "A2": Answer.of_level(2)}
    assert document.verify() == ()


def test_a_copy_without_attachments_still_brings_its_events(create, clock, folder, tmp_path):
    document = create()
    (other,) = copies(document, "副本.zhd")
    proof = tmp_path / "p.txt"
    proof.write_bytes(b"words")
    with Assessment.open(other, author=LI, now=clock) as copy:
        copy.add_evidence("A1", Evidence("e", "纪要"), proof)
        with copy._file.writing():
            copy._file._connection.execute("DELETE FROM chunk")
    with Assessment.open(document.path, author=ZHANG, now=clock) as mine:
        report = mine.merge(other)
        assert (report.events, report.attachments) == (1, 0)
        with pytest.raises(Problem) as caught:
            list(mine.evidence_bytes(mine.sheet.evidence("A1")[0].digest))
        assert caught.value.code == "evidence.absent"


def test_what_was_carried_from_another_version_is_the_same_in_every_order_and_told_once(create, folder, clock):
    document = create()
    document.answer("A1", Answer.of_level(1))
    first, second = copies(document, "甲.zhd", "乙.zhd")
    for path, who, level in ((first, ZHANG, 2), (second, LI, 4)):
        with Assessment.open(path, author=who, now=clock) as copy:
            copy.answer_many({"A1": Answer.of_level(level), "A2": Answer.of_level(level)})
            copy.note("A1", f"说明{level}")
    later = small_framework("2")

    def target(name: str) -> Assessment:
        return Assessment.create(
            folder / name, later, Profile("岚州市"), author=ZHANG, now=Clock(), identity=document.id
        )

    def wanted(cell) -> bool:
        return cell[0] == "A1"

    seen_events = []
    for name, order in (("一.zhd", (first, second, first)), ("二.zhd", (second, first))):
        with target(name) as into:
            for path in order:
                with Assessment.open(path, author=LI, now=clock, read_only=True) as theirs:
                    take(into, carried(theirs._ledger, into._ledger.founding.id, wanted), path.name, theirs)
            assert set(into.conflicts()) == {("A1", "self"), ("A1", "note")}
            assert into.sheet.answer("A2") is None
            assert into.verify() == ()
            base = common(into, into.conflicts()["A1", "self"])
            assert base is not None
            assert Answer.from_json(base.value) == Answer.of_level(1)
            seen_events.append(set(into._ledger.events))
    assert seen_events[0] == seen_events[1]


def test_what_was_carried_twice_on_different_ways_is_one_event(create, folder, clock):
    document = create()
    document.answer("A1", Answer.of_level(3))

    def everything(cell) -> bool:
        return cell[0] == "A1"

    def version(number: str) -> Assessment:
        return Assessment.create(
            folder / f"{number}.zhd", small_framework(number), Profile("岚州市"), author=ZHANG, now=Clock(),
            identity=document.id,
        )  # fmt: skip

    with version("2") as two, version("3") as three:
        take(two, carried(document._ledger, two._ledger.founding.id, everything), "x")
        founding = three._ledger.founding.id
        assert take(three, carried(two._ledger, founding, everything), "x").events == 1
        assert take(three, carried(document._ledger, founding, everything), "x").events == 0


def test_a_form_follows_what_it_was_issued_with_and_never_overwrites(create, clock):
    document = create()
    document.answer("A1", Answer.of_level(1))
    base = base_of(document, lambda cell: cell[0] in ("A1", "A2"))
    at = clock()
    document.answer("A1", Answer.of_level(2))
    said = {("A1", "self"): Answer.of_level(4).to_json(), ("A2", "self"): Answer.of_level(5).to_json()}
    report = take(document, from_form(document._ledger, said, base, LI, at), "表.xlsx")
    assert report.events == 2
    assert report.conflicts == (("A1", "self"),)
    assert document.sheet.answer("A2") == Answer.of_level(5)
    assert take(document, from_form(document._ledger, said, base, LI, at), "表（2）.xlsx").events == 0
    unchanged = {("A1", "self"): Answer.of_level(1).to_json(), ("A3", "self"): None}
    assert from_form(document._ledger, unchanged, base, LI, at) == []


def test_a_merge_that_breaks_off_leaves_nothing_behind(create, clock, tmp_path):
    document = create()
    (other,) = copies(document, "副本.zhd")
    with Assessment.open(other, author=LI, now=clock) as copy:
        for number in range(3):
            proof = tmp_path / f"{number}.bin"
            proof.write_bytes(os.urandom(1_500_000))
            copy.add_evidence("A1", Evidence("", f"证明{number}"), proof)
    with Assessment.open(document.path, author=ZHANG, now=clock) as mine:
        before = mine.sheet.cells

        def stop(done: int, total: int) -> None:
            if done > total // 2:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            mine.merge(other, progress=stop)
        assert mine._file.attachments() == {}
        assert dict(mine.sheet.cells) == dict(before)
        assert mine.verify() == ()
        assert mine.merge(other).attachments == 3


def test_attachments_that_no_evidence_names_are_not_taken(create, clock, tmp_path):
    document = create()
    (other,) = copies(document, "副本.zhd")
    with Assessment.open(other, author=LI, now=clock) as copy:
        stray = tmp_path / "夹带.bin"
        stray.write_bytes(b"x" * 100)
        evidence.attach(copy._file, stray)
        copy.note("A1", "x")
    with Assessment.open(document.path, author=ZHANG, now=clock) as mine:
        report = mine.merge(other)
        assert (report.events, report.attachments) == (1, 0)
        assert mine._file.attachments() == {}
