"""What is solved or explained keeps its row until the page is left."""

from __future__ import annotations

from dataclasses import replace

from assess.checks.result import Found
from assess.language import Words
from forms.findings.entries import Entry, Visit, count

ORDER = {"ST1.1": 0, "ST1.2": 1}
RULES = {"A": 0, "B": 1}


def one(rule: str, code: str, severity: str = "error", **rest: object) -> Found:
    return Found(rule, "logic", severity, Words("错"), Words("改"), code, (code,), **rest)  # type: ignore[arg-type]


def shown(entries: tuple[Entry, ...]) -> list[tuple[str, str, str, str]]:
    return [(entry.found.rule, entry.found.code, entry.group, entry.mark) for entry in entries]


def test_rows_stand_by_group_then_item_then_rule_and_the_document_last() -> None:
    found = [one("B", ""), one("B", "ST1.1"), one("A", "ST1.2"), one("A", "ST1.1"), one("A", "", "hint")]
    assert shown(Visit().entries(found, ORDER, RULES)) == [
        ("A", "ST1.1", "error", "open"),
        ("B", "ST1.1", "error", "open"),
        ("A", "ST1.2", "error", "open"),
        ("B", "", "error", "open"),
        ("A", "", "hint", "open"),
    ]


def test_a_solved_row_stays_in_its_place_until_the_page_is_left() -> None:
    visit = Visit()
    both = [one("A", "ST1.1"), one("B", "ST1.2", "warning")]
    visit.entries(both, ORDER, RULES)
    after = visit.entries(both[1:], ORDER, RULES)
    assert shown(after) == [("A", "ST1.1", "error", "solved"), ("B", "ST1.2", "warning", "open")]
    assert count(after, "error") == 0
    visit.forget()
    assert shown(visit.entries(both[1:], ORDER, RULES)) == [("B", "ST1.2", "warning", "open")]


def test_what_comes_back_is_open_again() -> None:
    visit = Visit()
    fault = one("A", "ST1.1")
    visit.entries([fault], ORDER, RULES)
    visit.entries([], ORDER, RULES)
    assert shown(visit.entries([fault], ORDER, RULES)) == [("A", "ST1.1", "error", "open")]


def test_an_explained_row_stays_where_it_was_and_moves_to_its_own_group_later() -> None:
    visit = Visit()
    fault = one("A", "ST1.1", liftable=True, least=20)
    visit.entries([fault], ORDER, RULES)
    explained = [replace(fault, explained=True)]
    first = visit.entries(explained, ORDER, RULES)
    assert shown(first) == [("A", "ST1.1", "error", "explained")]
    assert (count(first, "error"), count(first, "explained")) == (0, 1)
    visit.forget()
    assert shown(visit.entries(explained, ORDER, RULES)) == [("A", "ST1.1", "explained", "explained")]
