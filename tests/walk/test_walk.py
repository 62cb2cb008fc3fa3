"""The route through the questions (R3, D52, D53)."""

from __future__ import annotations

from hypothesis import given

from assess.answers import Answer
from assess.walk import in_force, items, next_open, progress, skips, states
from tests.measure.small import SMALL, full, sheet
from tests.measure.strategies import sheets

ORDER = ("a1", "a2", "a3", "a4", "b1", "b2")


def test_items_come_in_the_order_of_the_framework():
    assert items(SMALL, sheet({})) == ORDER


def test_a_scope_narrows_the_items_and_may_name_a_node():
    assert items(SMALL, sheet({}, scope=("b2", "A2"))) == ("a3", "a4", "b2")
    assert states(SMALL, sheet({}, scope=("b2",)))["a1"] == "out"


def test_items_of_another_level_are_not_asked():
    assert items(SMALL, sheet({}, tier="村")) == ()


def test_a_skip_names_its_rule_and_its_reason():
    found = skips(SMALL, sheet({**full(), "a1": Answer.of_level(1)}))
    assert {code: rule.id for code, rule in found.items()} == {"a2": "K1"}
    assert found["a2"].reason.zh == "没有规划"


def test_a_skip_follows_the_column_in_force():
    one = sheet({"a1": Answer.of_level(1)}).with_cells({("a1", "review"): Answer.of_level(2).to_json()})
    assert skips(SMALL, one) == {}
    lower = sheet({"a1": Answer.of_level(2)}).with_cells({("a1", "review"): Answer.of_level(1).to_json()})
    assert set(skips(SMALL, lower)) == {"a2"}


def test_a_lifted_skip_is_none():
    one = sheet({"a1": Answer.of_level(0)}).with_cells({("a2", "skip_lifted"): True})
    assert skips(SMALL, one) == {}
    assert states(SMALL, one)["a2"] == "unanswered"


def test_a_value_given_before_the_skip_is_kept_and_set_aside():
    one = sheet({**full(), "a1": Answer.of_level(0)})
    assert states(SMALL, one)["a2"] == "skipped"
    assert in_force(SMALL, one, "a2") == ("self", full()["a2"])


def test_in_force_is_nothing_where_nothing_is_answered():
    assert in_force(SMALL, sheet({}), "a1") == (None, None)


def test_progress_counts_gaps_and_skips_as_dealt_with_and_faults_not():
    one = sheet(
        {
            "a1": Answer.of_level(1),
            "a3": Answer.no_data(),
            "b1": Answer.not_applicable(""),
            "b2": Answer.of_level(9),
        }
    )
    found = progress(SMALL, one)
    assert (found.answered, found.total) == (4, 6)
    assert found.dimensions == {"A": (3, 4), "B": (1, 2)}
    assert not found.complete


def test_progress_of_a_part_counts_the_part():
    found = progress(SMALL, sheet({"b1": Answer.of_level(2)}, scope=("B",)))
    assert (found.answered, found.total, found.dimensions) == (1, 2, {"B": (1, 2)})


def test_the_next_open_item_goes_round_once():
    one = sheet({**full(), "a2": None, "b1": None})
    assert next_open(SMALL, one) == "a2"
    assert next_open(SMALL, one, "a2") == "b1"
    assert next_open(SMALL, one, "b1") == "a2"
    assert next_open(SMALL, one, "nowhere") == "a2"


def test_when_all_is_answered_there_is_no_next():
    assert next_open(SMALL, sheet(full()), "a1") is None


def test_an_empty_checklist_and_a_zero_are_answers():
    one = sheet({"a3": Answer.of_ticks([]), "a2": Answer.of_number("0", "10")})
    assert (states(SMALL, one)["a3"], states(SMALL, one)["a2"]) == ("answered", "answered")


@given(sheets())
def test_progress_and_the_next_open_item_agree(one):
    found = progress(SMALL, one)
    assert 0 <= found.answered <= found.total == 6
    assert found.complete == (next_open(SMALL, one) is None)
    assert sum(done for done, _ in found.dimensions.values()) == found.answered
    assert not set(skips(SMALL, one)) & {code for code, state in states(SMALL, one).items() if state == "answered"}
