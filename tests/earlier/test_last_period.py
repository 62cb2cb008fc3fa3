"""What of last period may stand beside this one: the same questions, the same unit, an earlier date; never practice."""

from __future__ import annotations

import pytest

from assess import walk
from assess.answers import Answer, Profile, Sheet
from assess.earlier import last_period
from assess.earlier.last_period import LastPeriod, bring, compare, confirmable, read, refused, unchanged
from assess.framework.read import builtin, from_sources
from assess.problems import Problem

THEN = {"base_date": "2025-06-30", "year": 2025}


def last(answers=None, cells=None, framework=None, **about):
    profile = Profile(**{"unit": "衡川市", "code": "990201", "tier": "市", **THEN, **about})
    sheet = Sheet.of(profile, answers or {}).with_cells(cells or {})
    return LastPeriod(profile, framework or builtin(), sheet, "去年.zhd")


def now(**about):
    return Profile(**{"unit": "衡川市", "code": "990201", "tier": "市", "base_date": "2026-06-30", **about})


def test_answers_and_notes_come_to_stand_beside_and_are_never_scored(make, tmp_path):
    old = make("old.zhd", **THEN)
    old.answer_many({"ST1.1": Answer.of_level(3), "ST2.2": Answer.of_ticks("AB"), "ME2.1": Answer.of_choice("yes")})
    old.note("ST1.1", "副书记任组长")
    old.close()
    document = make()
    changes, brought = bring(document, read(tmp_path / "old.zhd"))
    assert set(brought.answers) == {"ST1.1", "ST2.2", "ME2.1"}
    assert document.sheet.answer("ST1.1", "previous") == Answer.of_level(3)
    assert document.sheet.text("ST1.1", "previous_note") == "副书记任组长"
    assert document.sheet.answers() == {}
    assert walk.progress(document.framework, document.sheet).answered == 0
    assert document.sheet.items("@previous")["about"]["year"] == 2025
    assert changes.kind == "previous"
    document.undo()
    assert document.sheet.answers("previous") == {}
    assert not document.sheet.items("@previous")


def test_the_settled_value_is_brought_not_the_claim():
    found = compare(
        builtin(),
        now(),
        last({"ST1.1": Answer.of_level(4)}, {("ST1.1", "review"): Answer.of_level(3).to_json()}),
    )
    assert found.answers["ST1.1"].level == 3


def test_what_cannot_be_brought_is_listed_with_its_reason():
    sources = dict(builtin().sources)
    sources["st.toml"] = sources["st.toml"].replace("没有文件明确由谁牵头", "没有文件明确由谁来牵头", 1)
    changed = from_sources(sources)
    answers = {
        "ST1.1": Answer.of_level(2),
        "ME2.1": Answer.of_choice("no"),
        "ME2.2": Answer.of_number("1", "2"),
        "ST4.3": Answer.of_number("9", "3"),
    }
    found = compare(changed, now(), last(answers))
    reasons = {one.code: one.reason for one in found.left_out}
    assert reasons["ST1.1"] == "changed"
    assert reasons["ME2.2"] == "skipped"
    assert reasons["ST4.3"] == "unfit"
    assert reasons["ST1.2"] == "unanswered"
    assert set(found.answers) == {"ME2.1"}
    assert str(found.of("changed")[0].words.render("zh"))


def test_items_that_are_new_or_gone_are_told_apart():
    few = now(scope=("ST1.1",))
    whole = last({"ST1.1": Answer.of_level(1), "ST1.3": Answer.of_level(2)})
    from assess.framework.tiers import tailored

    part = tailored(builtin(), few)
    found = compare(part, few, whole)
    assert [one.code for one in found.of("gone")] == ["ST1.3"]
    back = compare(builtin(), now(), LastPeriod(whole.profile, part, whole.sheet))
    assert "ST1.3" in {one.code for one in back.of("new")}


@pytest.mark.parametrize(
    ("about", "here", "code"),
    [
        ({"mode": "training"}, {}, "last-period.practice"),
        ({"sample": True}, {}, "last-period.sample"),
        ({"tier": "县"}, {}, "last-period.other-level"),
        ({"code": "990301"}, {}, "last-period.other-unit"),
        ({"code": "", "unit": "陇垣市"}, {}, "last-period.other-unit"),
        ({"base_date": "2026-06-30"}, {}, "last-period.not-earlier"),
    ],
)
def test_a_document_that_is_no_last_period_is_refused_with_the_reason(about, here, code):
    with pytest.raises(Problem) as refusal:
        compare(builtin(), now(**here), last(**about))
    assert refusal.value.code == code
    assert refusal.value.hint


def test_practice_may_stand_beside_practice_and_a_renamed_unit_is_said():
    assert compare(builtin(), now(mode="training"), last(mode="training")).answers == {}
    found = compare(builtin(), now(), last(unit="衡川地区"))
    assert "衡川地区" in found.doubts[0].render("zh")


def test_a_second_file_takes_the_place_of_the_first(make, tmp_path):
    first, second = make("a.zhd", **THEN), make("b.zhd", **THEN)
    first.answer("ST1.1", Answer.of_level(1))
    second.answer("ST1.3", Answer.of_level(2))
    document = make()
    bring(document, read(first.path))
    bring(document, read(second.path))
    assert set(document.sheet.answers("previous")) == {"ST1.3"}


def test_nothing_answered_brings_nothing_and_says_so_of_every_item():
    found = compare(builtin(), now(), last())
    assert not found.answers
    assert {one.reason for one in found.left_out} == {"unanswered"}


def test_a_figure_of_a_period_cannot_be_confirmed_and_another_loses_its_source():
    framework = builtin()
    counted = framework.indicators["ST1.2"]
    assert refused(counted, "2026-06-30", Answer.of_number("2")) is not None
    assert refused(framework.indicators["ST1.1"], "2026-06-30", Answer.of_level(2)) is None
    assert refused(framework.indicators["ST1.1"], "2026-06-30", None) is not None
    assert unchanged(Answer.of_number("2", source="会议通知")).source == ""


def test_key_items_outcomes_and_figures_are_confirmed_one_at_a_time():
    framework = builtin()
    cells = {
        (code, "previous"): answer.to_json()
        for code, answer in {
            "ST1.1": Answer.of_level(3),
            "ST1.2": Answer.of_number("2"),
            "ST1.3": Answer.of_level(2),
        }.items()
    }
    sheet = Sheet(now()).with_cells(cells)
    assert framework.indicators["ST1.1"].key
    assert set(confirmable(framework, sheet)) == {"ST1.3"}
    answered = sheet.with_cells({("ST1.3", "self"): Answer.of_level(1).to_json()})
    assert confirmable(framework, answered) == {}


def test_a_forged_answer_of_last_period_is_not_written(make):
    document = make()
    with pytest.raises(ValueError, match="fit"):
        document.set_cells({("ST1.1", "previous"): "=1+1"})
    with pytest.raises(ValueError, match="fit"):
        document.set_cells({("ST1.1", "assignment"): {"lead": 3}})


def test_who_answers_is_the_document_before_the_framework():
    framework, sheet = builtin(), Sheet(now())
    assert walk.responsible(framework, sheet, "ST1.3").lead.zh == "市委组织部"
    given = sheet.with_cells({("ST1.3", "assignment"): {"lead": "衡川市教育局", "assisting": ["市人社局"]}})
    who = walk.responsible(framework, given, "ST1.3")
    assert who.own
    assert walk.is_of("市教育局", who)
    assert walk.is_of(" 衡川市人社局", who)
    assert not walk.is_of("局", who)
    assert not walk.is_of("", who)
    assert not walk.is_of("市委组织部", who)


def test_reading_a_document_leaves_it_as_it_was(make):
    old = make("old.zhd", **THEN)
    old.close()
    before = old.path.read_bytes()
    read(old.path)
    assert old.path.read_bytes() == before
    assert last_period.REASONS["new"]


def test_what_the_review_of_then_returned_and_nobody_handed_in_again_comes_along():
    step = {"step": "return", "reason": "佐证不足", "demand": "补会议纪要", "by": "复核组", "at": "2025-08-01"}
    found = compare(builtin(), now(), last({"ST1.1": Answer.of_level(4)}, {("ST1.1", "step"): step}))
    assert found.to_mend == {"ST1.1": {"state": "open", "demand": "补会议纪要"}}
    again = {**step, "step": "resubmit"}
    assert not compare(builtin(), now(), last({"ST1.1": Answer.of_level(4)}, {("ST1.1", "step"): again})).to_mend
