"""What the page reckons with before anything is drawn: periods, terms, conditions, rows of the outline."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess import walk
from assess.answers import Answer, Profile, Sheet
from assess.framework.read import builtin
from assess.language import Words
from forms.questionnaire import conditions, contents, periods, terms
from forms.questionnaire.wording import grouped


@pytest.mark.parametrize(
    ("period", "base", "start", "end"),
    [
        ("近12个月", "2026-06-30", "2025-07-01", "2026-06-30"),
        ("近3个月", "2026-06-30", "2026-04-01", "2026-06-30"),
        ("近两年", "2026-06-30", "2024-07-01", "2026-06-30"),
        ("近12个月", "2024-02-29", "2023-03-01", "2024-02-29"),
        ("近3个月", "2026-05-30", "2026-02-28", "2026-05-30"),
        ("上一自然年度", "2026-06-30", "2025-01-01", "2025-12-31"),
    ],
)
def test_a_period_ends_on_the_base_date_and_counts_both_ends(period, base, start, end):
    (window,) = periods.windows(Words(period), date.fromisoformat(base))
    assert (window.start.isoformat(), window.end.isoformat()) == (start, end)


def test_english_periods_read_the_same():
    assert periods.windows(Words("", "last three months"), date(2026, 6, 30))[0].start == date(2026, 4, 1)


def test_a_point_in_time_has_no_window_and_a_missing_base_date_no_sentence():
    assert periods.windows(Words("评估基准日时点"), date(2026, 6, 30)) == ()
    assert periods.sentence(Words("近12个月"), "") is None
    assert periods.sentence(Words("近12个月"), "六月底") is None
    found = periods.sentence(Words("评估基准日时点"), "2026-06-30")
    assert found is not None
    assert found.render("en") == "As at the base date 2026-06-30."


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)), st.integers(1, 60))
def test_going_back_never_leaves_the_calendar(day, months):
    before = periods.back(day, months)
    assert before < day
    assert (day.year - before.year) * 12 + day.month - before.month == months


def test_the_longest_term_is_taken_and_each_only_once():
    framework = builtin()
    seen: set[str] = set()
    text = "数字化和数字化，城市大脑"
    spots = terms.find(framework, text, "zh", seen)
    assert [text[spot.start : spot.end] for spot in spots] == ["数字化", "城市大脑"]
    assert terms.find(framework, text, "zh", seen) == ()


@given(st.text(max_size=60))
def test_spots_never_overlap_and_stay_inside_any_text(text):
    spots = terms.find(builtin(), text, "zh")
    edges = [0] + [edge for spot in spots for edge in (spot.start, spot.end)]
    assert edges == sorted(edges)
    assert all(spot.end <= len(text) for spot in spots)


def test_level_five_claims_the_conditions_of_three_four_and_five():
    item = builtin().indicators["ST1.1"]
    assert conditions.claimed(item, 5) == ("3.1", "3.2", "3.3", "4.1", "4.2", "5.1", "5.2")
    assert conditions.claimed(item, 2) == ("2.1",)
    assert conditions.claimed(item, 0) == ()


@given(st.integers(0, 5), st.sets(st.sampled_from(["3.1", "3.2", "3.3", "4.1", "4.2", "5.1", "5.2"])))
def test_what_holds_is_never_above_the_claim_and_is_the_claim_when_nothing_lacks(level, ticked):
    item = builtin().indicators["ST1.1"]
    holding = conditions.holding(item, level, ticked)
    assert 0 <= holding <= level
    assert (holding == level) == (not conditions.missing(item, level, ticked))


def rows(sheet, **view):
    framework = builtin()
    states = {code: state for code, state in walk.states(framework, sheet).items() if state != "out"}
    return contents.rows(framework, states, walk.skips(framework, sheet), contents.View(**view))


def test_only_an_open_dimension_shows_its_items():
    sheet = Sheet.of(Profile("x"), {"ST1.1": Answer.of_level(3)})
    closed = rows(sheet)
    assert [row.kind for row in closed] == ["dimension"] * 5
    assert (closed[0].done, closed[0].total) == (1, 12)
    opened = rows(sheet, opened=frozenset({"ST"}))
    assert sum(row.kind == "item" for row in opened) == 12


def test_skipped_items_are_folded_and_unfold_with_their_reason():
    sheet = Sheet.of(Profile("x"), {"ME2.1": Answer.of_choice("no")})
    folded = rows(sheet, opened=frozenset({"ME"}))
    fold = next(row for row in folded if row.kind == "fold")
    assert fold.total == 2
    assert "ME2.2" not in [row.code for row in folded if row.kind == "item"]
    unfolded = rows(sheet, opened=frozenset({"ME"}), unfolded=frozenset({fold.code}))
    at = next(index for index, row in enumerate(unfolded) if row.kind == "item" and row.code == "ME2.2")
    assert [row.kind for row in unfolded[at : at + 3]] == ["item", "reason", "lift"]
    assert "没有治理中枢" in unfolded[at + 1].words.zh


@pytest.mark.parametrize(("words", "code"), [("me4.3", "ME4.3"), ("按期办结", "ME4.3"), ("ＭＥ４．３", "ME4.3")])
def test_search_looks_at_code_name_and_question_and_does_not_mind_width(words, code):
    found = [row.code for row in rows(Sheet.of(Profile("x")), search=words) if row.kind == "item"]
    assert code in found


def test_search_without_a_hit_leaves_nothing():
    assert rows(Sheet.of(Profile("x")), search="没有这样的题😀") == ()


def test_filters_count_what_they_show():
    sheet = Sheet.of(Profile("x"))
    framework = builtin()
    states = walk.states(framework, sheet)
    for chosen in ("open", "key", "core"):
        shown = [row for row in rows(sheet, filter=chosen) if row.kind == "item"]
        assert len(shown) == contents.count(framework, states, chosen)
    assert contents.count(framework, states, "key") == 10
    assert contents.count(framework, states, "core") == 30


@pytest.mark.parametrize(
    ("text", "shown"),
    [("47108", "47,108"), ("1234567.50", "1,234,567.50"), ("0", "0"), ("-3", "-3"), ("很多", "很多"), (None, "")],
)
def test_thousands_are_grouped_and_words_are_left_alone(text, shown):
    assert grouped(text) == shown


def test_an_item_directly_under_the_total_has_no_dimension():
    framework = builtin()
    flat = replace(
        framework,
        nodes={"total": replace(framework.nodes["total"], children=("ST1.1",))},
        indicators={"ST1.1": framework.indicators["ST1.1"]},
    )
    assert contents.dimension_of(flat, "ST1.1") is None
    found = contents.rows(flat, {"ST1.1": "unanswered"}, {}, contents.View())
    assert [(row.kind, row.depth) for row in found] == [("item", 0)]
