"""What is kept of the sheet before gives the same findings as judging the whole sheet anew, whatever has changed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.answers import Answer, Sheet
from assess.checks import remembered
from assess.checks.evaluate import findings
from assess.checks.facts import unmended
from assess.checks.result import Found
from assess.checks.table import rows
from assess.finishing.completeness import completeness
from assess.finishing.cover import Cover
from assess.finishing.sealing import checked
from assess.framework.read import builtin
from assess.framework.tiers import tailored
from assess.language import plain
from assess.measure.score import score
from tests.checks.laid import CITY, piece, sheet

CODES = ("ST1.1", "ST2.2", "ST2.4", "ME2.1", "ME2.2", "ME2.5", "SE1.1", "SE2.1", "SH1.1")
FRAMEWORK = tailored(builtin(), CITY)
CHANGES = st.tuples(st.sampled_from(CODES), st.sampled_from(("self", "note", "explanation", "evidence/e1", "previous")),
                    st.integers(0, 3))  # fmt: skip


def value(code: str, column: str, choice: int) -> object:
    """A content for a cell; None takes it away."""
    if choice == 0:
        return None
    if column.startswith("evidence/"):
        return {"name": "通知", "date": f"202{choice + 3}-03-01", "grade": "ABCD"[choice]}
    if column in ("note", "explanation"):
        return ("已核对" * 10, "电话19900000000", "=1+1 😀㙍𡐓\n</script>")[choice - 1]
    item = FRAMEWORK.indicators[code]
    if choice == 3:
        return Answer.not_applicable("没有").to_json()
    match item.kind:
        case "level":
            return Answer.of_level(choice * 2).to_json()
        case "yesno":
            return Answer.of_choice("yes" if choice == 1 else "no").to_json()
        case "multi":
            return Answer.of_ticks("AB"[:choice]).to_json()
    return Answer.of_number(str(choice * 40), "50").to_json()


def fresh(one: Sheet) -> tuple[Found, ...]:
    remembered._last.clear()
    remembered._before.clear()
    return checked(FRAMEWORK, one)


@settings(max_examples=40, deadline=None)
@given(st.lists(CHANGES, min_size=1, max_size=8))
def test_after_any_changes_the_findings_are_those_of_a_sheet_judged_anew(changes: list[tuple[str, str, int]]) -> None:
    now = sheet({"ST1.1": Answer.of_level(3), "ST2.4": Answer.of_level(4)})
    fresh(now)
    for code, column, choice in changes:
        now = now.with_cells({(code, column): value(code, column, choice)})  # type: ignore[dict-item]
        kept = checked(FRAMEWORK, now)
    state = dict(remembered._last)
    assert kept == fresh(now)
    remembered._last.update(state)


def test_another_base_date_judges_everything_anew() -> None:
    now = sheet({"ST1.1": Answer.of_level(3)}, {("ST1.1", "evidence/e1"): piece(date="2026-03-01")})
    later = Sheet(replace(now.profile, base_date="2029-06-30"), now.cells)
    assert checked(FRAMEWORK, now) != checked(FRAMEWORK, later)
    assert checked(FRAMEWORK, later) == fresh(later)


def test_one_answer_leaves_the_findings_of_other_items_as_they_were() -> None:
    now = sheet({"ST1.1": Answer.of_level(3), "ME2.5": Answer.of_level(4)})
    before = {one.key: one for one in fresh(now)}
    after = {one.key: one for one in checked(FRAMEWORK, now.with_cells({("ST1.1", "note"): "会议纪要"}))}
    assert before["E01", "ME2.5"] is after["E01", "ME2.5"]


# ---------------------------------------------------------------- the list of last period


def test_a_matter_is_mended_by_a_new_answer_with_evidence_and_by_nothing_less() -> None:
    listed = {("@rectification", "ST1.1"): {"state": "open"}, ("@rectification", "ME2.5"): {"state": "done"}}
    bare = sheet({"ST2.4": Answer.of_level(4)}, listed)
    assert unmended(bare) == ("ST1.1",)
    answered = bare.with_cells({("ST1.1", "self"): Answer.of_level(3).to_json()})
    assert unmended(answered) == ("ST1.1",)
    mended = answered.with_cells({("ST1.1", "evidence/e1"): piece()})
    assert unmended(mended) == ()
    assert unmended(sheet({})) is None


def test_what_is_not_mended_speaks_against_a_high_level_and_names_the_items() -> None:
    one = sheet({"ST2.4": Answer.of_level(4)}, {("@rectification", "ST1.1"): {"state": "open"}})
    found = next(each for each in findings(FRAMEWORK, one, score(FRAMEWORK, one)) if each.rule == "T11")
    assert found.detail is not None
    assert "ST1.1" in found.detail.render("zh")
    low = one.with_cells({("ST2.4", "self"): Answer.of_level(3).to_json()})
    assert "T11" not in {each.rule for each in findings(FRAMEWORK, low, score(FRAMEWORK, low))}


# ---------------------------------------------------------------- who answers


@pytest.mark.parametrize("name", ["市教育局", "=1+1", "</script>😀㙍𡐓"])
def test_the_unit_shown_is_the_one_the_document_assigns(name: str) -> None:
    one = sheet({"ST1.1": Answer.of_level(3)}, {("ST1.1", "assignment"): {"lead": name, "assisting": []}})
    scores = score(FRAMEWORK, one)
    found = findings(FRAMEWORK, one, scores)
    listed = [row for row in rows(FRAMEWORK, one, found, language="zh") if row[1] == "ST1.1"]
    assert listed
    assert {row[6] for row in listed} == {name}
    parts = completeness(FRAMEWORK, one, scores, found, cover=Cover()).departments
    assert [part.asked for part in parts if plain(part.name, "zh") == name] == [("ST1.1",)]
