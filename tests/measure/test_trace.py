"""Every number can be traced, and the lines add up to the score itself (R8)."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given

from assess.answers import Answer
from assess.language import Message
from assess.measure.score import score
from assess.measure.trace import again, trace
from tests.measure.small import SMALL, changed, formal, full, sheet
from tests.measure.strategies import sheets


def lines_of(framework, one, code="total"):
    found = trace(framework, one, score(framework, one), code)
    return [line for _, line in found.root.walk()]


@given(sheets())
def test_recomputing_every_line_from_its_terms_gives_the_very_score(one):
    found = score(SMALL, one)
    for code in ("total", *SMALL.nodes, *SMALL.indicators):
        root = trace(SMALL, one, found, code).root
        for _, line in root.walk():
            if line.how == "weighted_mean":
                assert again(line) == line.value
            elif line.value is not None:
                assert again(line) == pytest.approx(line.value, abs=1e-9)
        if code != "total":
            assert root.value == found.score_of(code)
        elif found.shown is not None:
            assert root.value == found.shown


def test_the_total_goes_down_to_the_clause():
    one = formal(full())
    kinds = [(line.kind, line.code) for line in lines_of(SMALL, one)]
    for expected in [
        ("total", "shown"),
        ("total", "graded"),
        ("total", "total"),
        ("node", "A"),
        ("node", "A1"),
        ("item", "a1"),
        ("answer", "a1/self"),
        ("evidence", "a1/evidence/1"),
        ("clause", "clause:S1"),
    ]:
        assert expected in kinds


def test_a_node_shows_the_weighted_sum_with_the_values_in_it():
    one = sheet(full())
    root = trace(SMALL, one, score(SMALL, one), "A1").root
    assert root.formula.render("en") == "Weighted mean: 60.0 × 60% + 50.0 × 40% = 56.0"
    assert root.formula.render("zh") == "加权平均：60.0 × 60% + 50.0 × 40% ＝ 56.0"
    assert [(term.code, term.weight, term.score) for term in root.terms] == [
        ("a1", 60, 60),
        ("a2", 40, pytest.approx(50)),
    ]


def test_what_is_left_out_is_named_with_the_rule_that_spreads_its_weight():
    one = sheet({**full(), "a2": None})
    root = trace(SMALL, one, score(SMALL, one), "A1").root
    assert root.rules == ("rule:R2", "rule:R4", "rule:R9")
    assert "a2" in root.formula.render("zh")
    assert root.terms[0].share == 1


def test_the_path_leads_from_the_total_down():
    one = sheet(full())
    found = trace(SMALL, one, score(SMALL, one), "a1")
    assert [step for step, _, _ in found.path] == ["total", "A", "A1", "a1"]
    assert found.path[0][2] == pytest.approx(63.3)


def test_an_item_names_its_column_and_shows_the_others():
    one = formal(full()).with_cells({("a1", "review"): Answer.of_level(1).to_json()})
    root = trace(SMALL, one, score(SMALL, one), "a1").root
    assert root.column == "review"
    assert "rule:R7" in root.rules
    assert [(line.kind, line.column, line.value) for line in root.children[:2]] == [
        ("other_column", "self", 60),
        ("answer", "review", 20),
    ]
    assert root.children[1].formula.render("en") == "1 × 20 = 20.0"


def test_a_blind_second_review_is_not_shown():
    one = formal(full()).with_cells({("a1", "review_2"): Answer.of_level(1).to_json()})
    assert all(line.column != "review_2" for line in lines_of(SMALL, one, "a1"))


def test_a_cap_is_told_with_its_reason():
    one = sheet({**full(), "a1": Answer.of_level(5)}, "formal")
    root = trace(SMALL, one, score(SMALL, one), "a1").root
    assert root.value == 40
    assert root.cap.render("zh") == "没有登记佐证，最高40分。"
    assert any(line.label is root.cap for line in root.children)


def test_a_number_shows_its_goalposts():
    one = sheet(full())
    answer = next(line for line in lines_of(SMALL, one, "a2") if line.kind == "answer")
    assert answer.formula.render("en") == "100 × (65 − 40) ÷ (90 − 40), within 0–100 → 50.0"


def test_states_without_a_score_say_what_became_of_them():
    one = formal({**full(), "a1": Answer.of_level(0), "b2": Answer.no_data("没有"), "a3": None})
    texts = {line.code: line.formula.render("en") for line in lines_of(SMALL, one) if line.kind == "item"}
    assert texts["a2"] == "skipped: counts as 0 points"
    assert texts["b2"] == "no data: counts as 0 points"
    assert texts["a3"] == "unanswered: left out"


def test_bonus_deductions_and_red_lines_stand_in_the_total():
    one = formal({**full(), "a4": Answer.of_choice("yes")}).with_cells(
        {
            ("@deduction", "1"): {"item": "D1", "matter": "某事", "points": 1, "confirmed": True},
            ("@bonus", "1"): {"item": "B1", "matter": "试点", "document": ""},
        }
    )
    found = {line.code: line for line in lines_of(SMALL, one)}
    assert found["@deduction/1"].value == 1
    assert found["@bonus/1"].value == 0
    assert found["redline:R1"].formula.render("zh") == "待确认，暂不生效"
    assert found["graded"].value == pytest.approx(score(SMALL, one).base - 1)


def test_blended_counties_are_terms_of_the_item():
    county = score(SMALL, formal({**full(), "a1": Answer.of_level(5)}, tier="县"))
    one = formal(full(), counties=1, blend_counties=True)
    found = score(SMALL, one, counties=[county])
    root = trace(SMALL, one, found, "a1").root
    assert again(root) == found.items["a1"].score == pytest.approx(72)
    assert root.formula.render("en") == "City 60.0 × 0.7 + mean of 1 counties 100.0 × 0.3 = 72.0"


def test_as_text_the_tree_is_indented_and_ends_with_the_rules():
    one = sheet(full())
    text = trace(SMALL, one, score(SMALL, one), "A").lines("zh")
    assert text[0].startswith("A 甲  加权平均")
    assert text[1].startswith("  A1 甲一")
    assert text[-1] == "所用计分规则：R1、R4、R9"


def test_as_json_it_survives_and_keeps_unrounded_numbers():
    one = sheet(full())
    found = score(SMALL, one)
    data = json.loads(json.dumps(trace(SMALL, one, found, "total").to_json("en"), ensure_ascii=False))
    assert data["trace"]["value"] == found.shown
    assert data["trace"]["children"][0]["code"] == "graded"


def test_without_a_total_the_tree_still_shows_what_there_is():
    one = sheet({"a1": Answer.of_level(4)})
    root = trace(SMALL, one, score(SMALL, one), "total").root
    assert root.value is None
    assert root.formula.render("en") == "No score."
    assert [(line.code, line.value) for line in root.children] == [("A", 80), ("B", None)]


def test_an_unknown_code_is_an_error():
    one = sheet(full())
    with pytest.raises(KeyError):
        trace(SMALL, one, score(SMALL, one), "zz")


def test_points_and_geometric_means_can_be_added_again():
    nodes = {
        **SMALL.nodes,
        "A": replace(SMALL.nodes["A"], aggregation="geometric", floor=1.0),
        "B1": replace(SMALL.nodes["B1"], aggregation="sum"),
    }
    mixed = changed(nodes=nodes)
    one = sheet(full())
    found = score(mixed, one)
    assert found.nodes["B1"].score == pytest.approx(60)
    for line in lines_of(mixed, one):
        if line.value is not None:
            assert again(line) == pytest.approx(line.value)


def test_words_a_person_typed_stay_words():
    nasty = "{code}</script>=1+1\n㙍𡐓😀"
    one = formal({**full(), "b2": Answer.no_data(nasty)}).with_cells({("a1", "evidence/1"): {"name": nasty}})
    text = "\n".join(trace(SMALL, one, score(SMALL, one), "total").lines("zh"))
    assert text.count(nasty) == 2
    assert isinstance(trace(SMALL, one, score(SMALL, one), "a1").root.label, Message)
