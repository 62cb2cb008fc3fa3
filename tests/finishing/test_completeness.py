"""How complete a document is: every item counted once by dimension and once by department, whatever was answered."""

from __future__ import annotations

from dataclasses import fields

from hypothesis import given
from hypothesis import strategies as st

from assess.answers import Answer, Profile, Sheet
from assess.checks.evaluate import findings
from assess.finishing.completeness import KINDS, Completeness, completeness
from assess.finishing.cover import ASKED, Cover, cover
from assess.framework.read import builtin
from assess.framework.tiers import tailored
from assess.measure.score import score
from tests.checks.firing import _any

CODES = tuple(builtin().indicators)
CITY = Profile("示例·衡川市", mode="formal", base_date="2026-06-30")


def looked(sheet: Sheet) -> Completeness:
    framework = tailored(builtin(), sheet.profile)
    scores = score(framework, sheet)
    return completeness(framework, sheet, scores, findings(framework, sheet, scores), cover=cover(sheet))


def test_nothing_answered_is_all_open_and_blocks() -> None:
    now = looked(Sheet.of(CITY))
    assert (now.whole.done, len(now.whole.asked), len(now.whole.open)) == (0, 69, 69)
    assert [one.code for one in now.blockers] == ["seal.errors", "seal.open", "seal.cover"]
    assert now.problem is not None
    assert now.cover.missing == ("filler", "approver", "phone", "date")


def test_all_without_data_is_dealt_with_but_every_item_shows() -> None:
    now = looked(Sheet.of(CITY, {code: Answer.no_data("没有统计") for code in CODES}))
    assert now.whole.open == ()
    assert len(now.whole.nd) == 69


def test_a_document_of_one_item_has_one_department() -> None:
    now = looked(Sheet.of(Profile("公安局", mode="formal", scope=("SE2.1",)), {}))
    assert now.whole.asked == ("SE2.1",)
    assert [part.asked for part in now.departments] == [("SE2.1",)]
    assert [part.code for part in now.dimensions] == ["SE"]


def test_a_document_without_questions_says_so() -> None:
    now = looked(Sheet.of(Profile("空", mode="self", scope=())))
    assert "seal.empty" in {one.code for one in now.blockers}


def test_not_applicable_waits_for_the_review_and_blocks_nothing() -> None:
    now = looked(Sheet.of(CITY, {"SH3.1": Answer.not_applicable("本市没有此项业务，已报省里备案")}))
    assert now.whole.na_waiting == ("SH3.1",)
    assert "seal.na" not in {one.code for one in now.blockers}


def test_what_needs_evidence_and_has_none_is_missing_until_it_is_registered() -> None:
    bare = Sheet.of(CITY, {"ST1.1": Answer.of_level(4)})
    assert looked(bare).whole.evidence_missing == ("ST1.1",)
    assert looked(bare.with_cells({("ST1.1", "evidence/a"): {"name": "文件"}})).whole.evidence_missing == ()


@given(st.dictionaries(st.sampled_from(CODES), st.sampled_from(["answered", "nd", "na"]), max_size=30))
def test_parts_add_up_to_the_whole(states: dict[str, str]) -> None:
    items = builtin().indicators
    given_ = {
        code: _any(items[code]) if state == "answered" else Answer(state, reason="没有")  # type: ignore[arg-type]
        for code, state in states.items()
    }
    now = looked(Sheet.of(CITY, given_))
    for kind in ("asked", "skipped", "na", *KINDS):
        whole = sorted(getattr(now.whole, kind))
        for parts in (now.dimensions, now.departments):
            assert sorted(code for part in parts for code in getattr(part, kind)) == whole
    assert now.whole.done == len(now.whole.asked) - len(now.whole.open)


def test_a_cover_keeps_whatever_was_typed_as_text() -> None:
    hostile = "=1+1 </script> 😀㙍𡐓"
    sheet = Sheet.of(CITY).with_cells({("@cover", name): hostile for name in ASKED})
    made = cover(sheet)
    assert {getattr(made, name) for name in ASKED} == {hostile}
    assert made.complete
    assert {spec.name for spec in fields(Cover)} >= set(ASKED)
