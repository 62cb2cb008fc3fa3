"""A number cleans itself on leaving the field, checks itself against its counting rule, and says what it means."""

from __future__ import annotations

import pytest

from assess.answers import Answer


def fill(qtbot, field, text):
    field.edit.setFocus()
    field.edit.clear()
    field.edit.insert(text)
    field.flush()


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("４７，１０８", "47108", "47,108"),
        (" 47 108 ", "47108", "47,108"),
        ("47,108", "47108", "47,108"),
        ("0", "0", "0"),
    ],
)
def test_full_width_digits_and_separators_are_cleaned_on_leaving(bench, qtbot, typed, kept, shown):
    bench.open(at="ME4.3")
    fill(qtbot, bench.card.body.numerator, typed)
    assert bench.answer("ME4.3").numerator == kept
    assert bench.card.body.numerator.edit.text() == shown


def test_numerator_over_denominator_gives_the_result(bench, qtbot):
    bench.open(at="ME4.3")
    body = bench.card.body
    assert body.value.text() == "—"
    fill(qtbot, body.numerator, "47108")
    fill(qtbot, body.denominator, "48216")
    assert bench.answer("ME4.3") == Answer.of_number("47108", "48216")
    assert body.value.text() == "97.7"


def test_a_numerator_above_its_denominator_is_said_in_red_and_has_no_result(bench, qtbot):
    bench.open(at="ME4.3")
    body = bench.card.body
    fill(qtbot, body.numerator, "1204")
    fill(qtbot, body.denominator, "1140")
    bench.settle()
    assert body.fault.isVisible()
    assert "1204" in body.fault.text
    assert body.value.text() == "—"
    assert body.numerator.frame.property("state") == "error"
    assert bench.desk.states["ME4.3"] == "unanswered"


def test_words_in_a_number_stay_as_typed_and_are_said_under_the_field(bench, qtbot):
    bench.open(at="ME4.3")
    body = bench.card.body
    fill(qtbot, body.numerator, "很多")
    assert bench.answer("ME4.3").numerator == "很多"
    assert body.numerator.sentence.isVisible()
    assert body.value.text() == "—"


def test_a_percentage_can_be_given_itself_with_its_sign(bench, qtbot):
    bench.open(at="ME4.3")
    body = bench.card.body
    body.toggle_direct()
    fill(qtbot, body.outcome, "９７．７％")
    assert bench.answer("ME4.3") == Answer.of_number(result="97.7")
    assert body.value.text() == "97.7"


def test_the_counting_rule_carries_the_dates_of_its_period(bench, words_on):
    bench.open(at="ME4.3")
    assert "2025-07-01 至 2026-06-30" in words_on(bench.card)


def test_a_doubtful_number_asks_for_an_explanation_and_counts_it(bench, qtbot):
    bench.open(at="SE4.1")
    body = bench.card.body
    fill(qtbot, body.numerator, "40")
    bench.settle()
    bench.settle()
    checks = bench.card.checks
    qtbot.waitUntil(lambda: checks.isVisible() and "SE4.1" in bench.desk.outline.flags)
    checks.explanation.setPlainText("含桌面推演三十次，均有方案、记录和复盘，见佐证第一件。")
    checks.explanation.flush()
    bench.settle()
    assert bench.session.sheet.text("SE4.1", "explanation").startswith("含桌面推演三十次")
    qtbot.waitUntil(lambda: "SE4.1" not in bench.desk.outline.flags)
    assert "已说明" in checks.lines[0].more.text


def test_a_source_is_saved_with_the_number_and_its_lack_is_said_in_a_formal_assessment(bench, qtbot):
    bench.open({"ME4.3": Answer.of_number("1", "2")}, at="ME4.3")
    body = bench.card.body
    assert body.no_source.isVisible()
    body.source.setText("平台月报")
    body.source.flush()
    assert bench.answer("ME4.3").source == "平台月报"
    assert not body.no_source.isVisible()


def test_a_confirmation_stands_under_the_fraction(bench):
    bench.open({"ST4.3": Answer.of_number("90", "100")}, at="ST4.3")
    bench.card.body.confirm.step(1)
    assert bench.answer("ST4.3").confirm == "yes"


def test_a_parameter_goes_into_the_profile(bench, qtbot):
    bench.open(at="SH3.1")
    fill(qtbot, bench.card.body.parameters["reply_workdays"], "１０")
    bench.settle()
    assert bench.session.profile.parameters == {"reply_workdays": 10}


def test_score_and_level_are_shown_in_a_self_assessment_only(bench, qtbot):
    bench.open({"ME4.3": Answer.of_number("92", "100")}, at="ME4.3", mode="self")
    assert bench.card.body.score.text == "单项得分 84.2，折 4 级"


def test_a_formal_number_shows_no_score(bench):
    bench.open({"ME4.3": Answer.of_number("92", "100")}, at="ME4.3")
    assert not bench.card.body.score.isVisible()


def test_a_count_has_one_field_and_emptying_it_clears_the_answer(bench, qtbot):
    bench.open({"ST1.2": Answer.of_number("2")}, at="ST1.2")
    body = bench.card.body
    assert not body.rows["lower"].isVisible()
    assert not body.swap.isVisible()
    fill(qtbot, body.numerator, "")
    assert bench.answer("ST1.2") is None


def test_digits_typed_into_a_field_choose_nothing_elsewhere(bench, qtbot):
    bench.open(at="ME4.3")
    qtbot.keyClicks(bench.card.body.numerator.edit, "35")
    assert bench.card.body.numerator.edit.text() == "35"


def test_typing_is_saved_at_a_pause_without_leaving_the_field(bench, qtbot):
    bench.open(at="ME4.3")
    qtbot.keyClicks(bench.card.body.numerator.edit, "35")
    qtbot.waitUntil(lambda: bench.session.sheet.answer("ME4.3") is not None, timeout=3000)
    assert bench.answer("ME4.3").numerator == "35"


def test_a_zero_denominator_says_what_the_rule_makes_of_it(bench, qtbot):
    bench.open(at="SH3.1")
    body = bench.card.body
    fill(qtbot, body.numerator, "0")
    fill(qtbot, body.denominator, "0")
    bench.settle()
    assert body.zero.isVisible()
    assert "没有收到申请" in body.zero.bold.text
    assert body.value.text() == "—"
    assert not body.fault.isVisible()


def test_looking_at_the_other_way_of_answering_loses_nothing(bench, qtbot):
    bench.open({"ME4.3": Answer.of_number("47108", "48216")}, at="ME4.3")
    body = bench.card.body
    body.toggle_direct()
    body.source.setText("月报")
    body.source.flush()
    assert bench.answer("ME4.3") == Answer.of_number("47108", "48216", source="月报")
    fill(qtbot, body.outcome, "97")
    assert bench.answer("ME4.3") == Answer.of_number(result="97", source="月报")


def test_evidence_dated_outside_the_counting_period_says_so(bench, words_on):
    from assess.answers import Evidence

    bench.open(at="ME4.3")
    bench.session.submit("add_evidence", "ME4.3", Evidence("", "旧月报", date="2024-01-31"))
    bench.session.submit("add_evidence", "ME4.3", Evidence("", "办法", date="2020-01-31", in_force=True))
    bench.settle()
    assert words_on(bench.desk.side).count("日期不在评估期") == 1
