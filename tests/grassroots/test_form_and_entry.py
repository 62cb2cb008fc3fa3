"""The form in the order of the paper, and what a clerk may type for an answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.framework.read import builtin
from assess.grassroots import entry, sheets
from assess.grassroots.form import form, printed, tiers
from assess.grassroots.keying import Keying
from assess.grassroots.sheets import Filled
from assess.problems import Problem

FRAMEWORK = builtin()
TOWN, VILLAGE = form(FRAMEWORK, "乡"), form(FRAMEWORK, "村")
FELT, TICK, NUMBER = TOWN.questions[0], TOWN.of("ST4.1"), TOWN.of("SH3.3")


def test_a_township_has_thirty_one_questions_in_four_parts_and_a_village_thirteen():
    assert tiers(FRAMEWORK) == ("乡", "村")
    assert [(part.scale, len(part.questions)) for part in TOWN.parts] == [
        ("use", 8), ("done", 21), ("tick", 1), ("number", 1),
    ]  # fmt: skip
    assert [question.number for question in TOWN.questions] == list(range(1, 32))
    assert len(VILLAGE.questions) == 13
    assert {question.code for question in VILLAGE.questions} <= {question.code for question in TOWN.questions}


def test_a_level_that_answers_no_form_is_an_error_of_the_caller():
    with pytest.raises(ValueError):
        form(FRAMEWORK, "市")


def test_the_number_of_a_sheet_is_printed_with_its_level():
    assert printed("乡", 12).zh == "乡 0012"
    assert printed("村", 3).en == "V 0003"


@pytest.mark.parametrize("typed, worth", [("0", 0), ("5", 5), ("３", 3), (" 4 ", 4), ("很管用，省时省力，愿意推荐", 5)])
def test_a_felt_answer_is_one_digit_or_its_words(typed, worth):
    assert entry.entered(FELT, typed) == worth


@pytest.mark.parametrize("typed", ["", "9", ".", "-", "—"])
def test_nine_a_dot_and_a_dash_leave_a_question_open(typed):
    assert entry.entered(FELT, typed) is None
    assert entry.entered(TICK, typed) is None


@pytest.mark.parametrize("typed", ["6", "7", "8", "12", "x", "=1+1", "</script>", "🙂", "㙍"])
def test_what_is_no_answer_is_refused_with_a_sentence(typed):
    with pytest.raises(Problem) as found:
        entry.entered(FELT, typed)
    assert found.value.code == "sheet.no-such-level"
    assert "第1题" in found.value.sentence("zh")


def test_ticks_are_numbers_or_letters_of_the_options():
    assert entry.entered(TICK, "125") == ("A", "B", "E")
    assert entry.entered(TICK, "B、A") == ("A", "B")
    assert entry.entered(TICK, "0") == ()
    with pytest.raises(Problem):
        entry.entered(TICK, "19")


def test_a_number_lies_in_its_range():
    assert entry.entered(NUMBER, "12") == "12"
    assert entry.entered(NUMBER, "９") == "9"
    assert entry.entered(NUMBER, "-") is None
    for typed in ("9999", "-3", "好多"):
        with pytest.raises(Problem):
            entry.entered(NUMBER, typed)


@pytest.mark.parametrize("typed, number", [("12", 12), ("乡 0012", 12), ("Ｖ０００３", 3), (" 7 ", 7)])
def test_the_number_of_a_sheet_is_read_as_printed_or_typed(typed, number):
    assert entry.sheet_number(typed) == number


@pytest.mark.parametrize("typed", ["", "0", "abc", "=1+1", "1234567890123"])
def test_what_is_no_number_of_a_sheet_is_refused(typed):
    with pytest.raises(Problem):
        entry.sheet_number(typed)


def test_one_line_is_one_sheet():
    found = entry.line(TOWN, "12 31245031 " + "4" * 20 + "9 125 12")
    assert found.number == 12
    assert [found.answers[question.code] for question in TOWN.questions[:8]] == [3, 1, 2, 4, 5, 0, 3, 1]
    assert TOWN.questions[28].code not in found.answers
    assert found.answers["ST4.1"] == ("A", "B", "E")
    assert found.answers["SH3.3"] == "12"


@pytest.mark.parametrize(
    "text, code",
    [
        ("12 333", "sheet.short"),
        ("12 " + "3" * 29 + " 1 2 3", "sheet.long"),
        ("", "sheet.number"),
        ("12 7" + "3" * 28 + " 1 2", "sheet.no-such-level"),
    ],
)
def test_a_line_that_does_not_add_up_is_refused(text, code):
    with pytest.raises(Problem) as found:
        entry.line(TOWN, text)
    assert found.value.code == code


sheets_of_towns = st.builds(
    lambda number, answers, place: Filled("乡", number, answers, place=place),
    st.integers(1, 9999),
    st.fixed_dictionaries({}, optional={
        **{question.code: st.integers(0, 5) for question in TOWN.questions if question.kind == "felt"},
        "ST4.1": st.sets(st.sampled_from("ABCDEFGH")).map(lambda keys: tuple(sorted(keys))),
        "SH3.3": st.integers(0, 300).map(str),
    }),
    st.text(max_size=12),
)  # fmt: skip


@given(sheets_of_towns)
def test_a_sheet_comes_back_from_its_cell_as_it_was(one):
    assert Filled.from_json(one.column, one.to_json()) == one


@given(sheets_of_towns)
def test_keying_what_stands_in_the_boxes_gives_the_same_sheet(one):
    keying = Keying(TOWN, one.number, one.place)
    for question in TOWN.questions:
        given_here = one.answers.get(question.code)
        if question.kind == "felt":
            keying.key("9" if given_here is None else str(given_here))
            continue
        if given_here is not None:
            for sign in entry.shown(question, given_here):
                keying.key(sign)
        keying.enter()
    assert keying.done
    assert keying.sheet().answers == one.answers


@given(sheets_of_towns, st.integers(1, 30))
def test_a_draft_goes_on_where_it_stopped(one, until):
    keying = Keying(TOWN, one.number, one.place)
    for question in TOWN.questions[: min(until, 29)]:
        keying.key(str(one.answers.get(question.code, 9)))
    again = Keying.resumed(TOWN, keying.draft())
    assert again is not None
    assert (again.given, again.at, again.number) == (keying.given, keying.at, keying.number)


def test_a_village_is_never_named():
    one = Filled("村", 1, {"ME2.5": 3}, place="石桥村")
    assert "石桥村" not in str(one.to_json())
    assert Filled.from_json("村.0001", {**one.to_json(), "place": "石桥村"}).place == ""


@pytest.mark.parametrize("column, value", [
    ("乡", {"answers": {}}), ("乡.1x", {"answers": {}}), ("乡.0001", None), ("乡.0001", {"answers": 3}),
    ("乡.0001", []),
])  # fmt: skip
def test_a_cell_that_is_no_sheet_is_passed_over(column, value):
    assert Filled.from_json(column, value) is None


def test_answers_of_another_shape_are_dropped_and_the_rest_kept():
    value = {"answers": {"ME2.5": 3, "ST4.1": [1, 2], "SH3.3": None, "X": True, "ST3.1": {"a": 1}}}
    assert Filled.from_json("乡.0001", value).answers == {"ME2.5": 3}


def test_a_second_keying_is_doubted_once_and_then_believed():
    first = Filled("村", 1, {VILLAGE.questions[0].code: 3})
    keying = Keying(VILLAGE, 1, against=first)
    with pytest.raises(Problem):
        keying.key("4")
    assert keying.at == 0
    keying.key("4")
    assert keying.given[VILLAGE.questions[0].code] == 4
    assert keying.changed


def test_taken_in_twice_a_sheet_stays_one():
    one = Filled("乡", 1, {"ME2.5": 3})
    assert sheets.moved(one, "abcdef01") == sheets.moved(sheets.moved(one, "abcdef01"), "ffffffff")
