"""Sealing: what is looked at first, what is kept, who may go on, reopening, and whether a paper is of the file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.answers import Answer, Evidence
from assess.assessment import Assessment, Author
from assess.finishing import facts, sealing
from assess.problems import Problem
from assess.store import backup
from tests.finishing.conftest import FILLER, REVIEWER, WHY, Maker

REASON = "县里补报了两项数据，需要更正SH3.1。"


def refusal(run: object, *about: object, **named: object) -> Problem:
    with pytest.raises(Problem) as raised:
        run(*about, **named)  # type: ignore[operator]
    return raised.value


def test_a_seal_is_signed_and_its_digest_printed(make: Maker) -> None:
    document = make()
    digest = sealing.seal(document)
    standing = document.standing
    assert re.fullmatch(r"([0-9A-F]{4} ){3}[0-9A-F]{4}", digest.printed)
    assert standing.closed
    assert standing.digest == digest == document.sealed()
    last = standing.last
    assert last is not None
    assert (last.author, last.post, last.unit, last.role) == ("", "综治科科长", "示例·陇垣市", "filler")
    assert document.verify() == ()


def test_open_errors_block_sealing_with_their_number_and_a_place_to_go(make: Maker) -> None:
    document = make()
    document.answer("ME4.3", Answer.of_number("12", "10", source="系统"))
    now = sealing.looked_at(document)
    assert [(one.code, one.target) for one in now.blockers] == [("seal.errors", "ME4.3")]
    problem = refusal(sealing.seal, document)
    assert problem.code == "seal.errors"
    assert "1" in problem.sentence("zh")
    assert document.seals() == ()


def test_an_error_that_may_be_explained_no_longer_blocks_once_it_is(make: Maker) -> None:
    document = make()
    document.answer("ST1.1", Answer.of_level(3))
    for piece in document.sheet.evidence("ST1.1"):
        document.withdraw_evidence("ST1.1", piece.id)
    assert [one.target for one in sealing.looked_at(document).blockers] == ["ST1.1"]
    document.explain("ST1.1", WHY)
    now = sealing.looked_at(document)
    assert now.blockers == ()
    assert now.explained == 1
    sealing.seal(document)


def test_warnings_never_block(make: Maker) -> None:
    document = make()
    document.answer("ST1.1", Answer.of_level(0))
    document.answer("ST1.2", Answer.of_number(result="9"))
    now = sealing.looked_at(document)
    assert now.warnings > 0
    assert now.problem is None


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda document: document.answer("ST3.1", None), "seal.open"),
        (lambda document: document.set_cover(filler=""), "seal.cover"),
        (lambda document: document.act_as(Author(role="filler")), "seal.signer"),
        (lambda document: document.red_line("R3", "raised", "发现涉密内容"), "seal.suspended"),
        (lambda document: document.note("ST1.1", "经办人电话19900000000"), "seal.errors"),
    ],
)
def test_what_is_missing_is_named(make: Maker, spoil: object, code: str) -> None:
    document = make()
    spoil(document)  # type: ignore[operator]
    assert code in {refusal(sealing.seal, document).code, *(one.code for one in sealing.looked_at(document).blockers)}


def test_a_self_assessment_may_be_sealed_with_open_questions(make: Maker) -> None:
    document = make()
    document.set_profile(mode="self")
    document.answer("ST3.1", None)
    assert "seal.open" not in {one.code for one in sealing.looked_at(document).blockers}


FILLING = [
    lambda document: document.answer("ST1.1", Answer.of_level(1)),
    lambda document: document.note("ST1.1", "改一下"),
    lambda document: document.explain("ST1.1", "改一下"),
    lambda document: document.add_evidence("ST1.1", Evidence("", "方案")),
    lambda document: document.lift_skip("ME2.2"),
    lambda document: document.set_cover(filler="别人"),
    lambda document: document.set_profile(base_date="2026-01-01"),
    lambda document: document.claim_bonus("B1", "试点"),
    lambda document: document.undo(),
]


@pytest.mark.parametrize("fill", FILLING)
def test_after_a_seal_filling_in_is_refused_with_the_way_to_reopen_it(make: Maker, fill: object) -> None:
    document = make()
    document.answer("ST1.1", Answer.of_level(2))
    sealing.seal(document)
    before = dict(document.sheet.cells)
    problem = refusal(fill, document)
    assert problem.code == "seal.closed"
    assert "解封" in problem.sentence("zh")
    assert dict(document.sheet.cells) == before
    assert document.undoable is None


def test_the_review_goes_on_after_a_seal_and_shows_as_changed(make: Maker) -> None:
    document = make()
    sealing.seal(document)
    document.act_as(REVIEWER)
    document.answer("ST1.1", Answer.of_level(2), "review")
    document.add_evidence("ST1.1", Evidence("", "现场查看记录"))
    document.red_line("R1", "raised", "通报")
    assert refusal(document.answer, "ST1.1", Answer.of_level(2)).code == "seal.closed"
    standing = document.standing
    assert standing.closed
    assert standing.digest is None
    assert standing.changed == 3
    assert standing.since == standing.last.digest.whole  # type: ignore[union-attr]


def test_reopening_needs_a_reason_and_the_next_seal_is_another(make: Maker) -> None:
    document = make()
    first = sealing.seal(document)
    assert refusal(sealing.reopen, document, "改 改 改").code == "seal.no-reason"
    assert refusal(sealing.reopen, document, "请联系经办人19900000000办理更正").code == "seal.secret-reason"
    sealing.reopen(document, f"  {REASON}\n")
    assert not document.standing.closed
    assert document.sealed() is None
    assert refusal(sealing.reopen, document, REASON).code == "seal.none"
    document.answer("ST1.1", Answer.of_level(2))
    second = sealing.seal(document)
    assert second != first
    assert [one.digest for one in document.standing.seals] == [first, second]
    assert document.standing.seals[0].reopened is not None
    assert document.standing.seals[0].reopened.reason == REASON
    assert document.standing.seals[1].reopened is None


def test_sealing_again_without_a_change_gives_a_new_digest_too(make: Maker) -> None:
    document = make()
    first = sealing.seal(document)
    assert refusal(sealing.seal, document).code == "seal.sealed"
    sealing.reopen(document, REASON)
    assert sealing.seal(document) != first


def test_reopening_cannot_be_undone_and_is_no_answer(make: Maker) -> None:
    document = make()
    sealing.seal(document)
    changes = sealing.reopen(document, REASON)
    assert (changes.cells, changes.kind) == ({}, "reopen")
    assert document.undoable is not None
    assert document.undoable.render("en") == "Undo: cover page"
    document.undo()
    assert not document.standing.closed
    assert len(document.standing.seals) == 1


def test_a_seal_holds_after_opening_again_and_makes_a_backup(make: Maker, clock: object) -> None:
    document = make()
    before = len(backup.listed(document.path))
    digest = sealing.seal(document)
    assert len(backup.listed(document.path)) == before + 1
    document.close()
    with Assessment.open(document.path, author=FILLER, now=clock, read_only=True) as again:  # type: ignore[arg-type]
        assert again.standing.digest == digest
        assert again.verify() == ()


def test_removing_the_record_of_a_reopening_shows_at_the_next_seal(make: Maker) -> None:
    document = make()
    sealing.seal(document)
    sealing.reopen(document, REASON)
    sealing.seal(document)
    file = document._file
    with file.writing():
        file._connection.execute('DELETE FROM event WHERE content LIKE \'%"kind":"reopen"%\'')
        ids = [id for id, _, _ in file.events(counted=False)]
        file._set_tally(len(ids), sum(int(id, 16) for id in ids) % (1 << 256))
    assert "verify.seal" in {finding.code for finding in document.verify()}


# ---------------------------------------------------------------- packages


def test_the_seal_of_a_package_comes_along_and_does_not_close_the_master(
    make: Maker, tmp_path: Path, clock: object
) -> None:
    document = make()
    package = tmp_path / "公安局.zhd"
    document.issue_copy(package, ("SE2.1", "SE2.2"))
    with Assessment.open(package, author=FILLER, now=clock) as other:  # type: ignore[arg-type]
        assert other.copy_mark
        other.set_cover(filler="网安支队", approver="支队长", unit="市公安局")
        assert sealing.cover(other.sheet, other.copy_mark).unit == "市公安局"
        sealing.seal(other)
        assert other.standing.closed
        assert refusal(other.answer, "SE2.1", Answer.no_data("没有")).code == "seal.closed"
    document.merge(package)
    assert document.standing.seals == ()
    assert len(document.standing.others) == 1
    assert document.conflicts() == {}
    assert sealing.cover(document.sheet).filler == "综治科"
    document.answer("ST1.1", Answer.of_level(1))
    sealing.seal(document)


def test_a_merge_into_a_sealed_document_is_taken_in_and_shows(make: Maker, tmp_path: Path, clock: object) -> None:
    document = make()
    copy = tmp_path / "副本.zhd"
    document.save_copy(copy)
    with Assessment.open(copy, author=Author("乙", "市局", "科员"), now=clock) as other:  # type: ignore[arg-type]
        other.answer("ST1.1", Answer.of_level(1))
    sealing.seal(document)
    document.merge(copy)
    assert document.standing.closed
    assert document.standing.digest is None
    assert document.standing.changed == 1


# ---------------------------------------------------------------- paper and file


def test_paper_and_file_match_by_sixteen_digits_in_any_grouping(make: Maker) -> None:
    document = make()
    digest = sealing.seal(document)
    for printed in (digest.printed, digest.printed.lower(), digest.whole, f" {digest.printed.replace(' ', '-')} "):
        assert sealing.match(document, printed).holds
    full_width = "".join(chr(ord(sign) + 0xFEE0) if sign != " " else "　" for sign in digest.printed)
    assert sealing.match(document, full_width).holds


def test_a_paper_of_another_file_or_of_an_older_seal_is_told_apart(make: Maker) -> None:
    document, other = make(), make("别.zhd")
    first, foreign = sealing.seal(document), sealing.seal(other)
    assert sealing.match(document, foreign.printed).seal is None
    sealing.reopen(document, REASON)
    match = sealing.match(document, first.printed)
    assert match.seal is not None
    assert not match.holds
    second = sealing.seal(document)
    assert sealing.match(document, second.printed).holds
    assert not sealing.match(document, first.printed).holds


@given(st.text(max_size=40))
def test_what_is_no_digest_is_said_to_be_none(text: str) -> None:
    digits = "".join(text.split()).lower()
    if len(digits) >= 16 and all(sign in "0123456789abcdef-" for sign in digits):
        return

    class Never:
        """No document is looked at before the digits are."""

    assert refusal(sealing.match, Never(), text).code == "seal.digest"


# ---------------------------------------------------------------- facts


def test_a_pace_is_reckoned_from_answers_given_by_hand(make: Maker, clock: object) -> None:
    document = make()
    assert facts.facts(document) == {}
    document.answer("ST1.1", Answer.of_level(1))
    clock.at = clock.at.replace(hour=8)  # type: ignore[attr-defined]
    document.answer("ST1.2", Answer.of_number(result="4"))
    assert 100 < facts.facts(document)["minutes_from_first_to_last_answer"] < 121
    document.set_cells({("@rectification", "001"): {"state": "open"}, ("@rectification", "002"): {"state": "done"}})
    assert facts.facts(document)["open_rectification_items"] == 1


@pytest.mark.parametrize("role", ["third_party", "second_reviewer"])
def test_those_who_only_give_values_do_not_seal(make: Maker, role: str) -> None:
    document = make()
    document.act_as(Author("评估机构", "某大学", "", role))
    assert refusal(sealing.seal, document).code == "seal.role"


def test_last_periods_score_is_not_low_for_want_of_evidence_the_document_does_not_carry(make: Maker) -> None:
    document = make()
    answers = {(code, "previous"): value for (code, where), value in document.sheet.cells.items() if where == "self"}
    document.set_cells(answers)
    assert not [one.rule for one in sealing.found(document) if one.rule == "T08"]
    document.set_cells(
        {cell: Answer.of_level(0).to_json() for cell in answers if document.sheet.cells[cell].get("level")}
    )
    assert [one.rule for one in sealing.found(document) if one.rule == "T08"] == ["T08"]
