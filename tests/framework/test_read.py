"""Reading a framework: the shipped one, its supplements, and a second one written in few lines."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.framework.overlay import Vocabulary, every_words, missing
from assess.framework.read import FrameworkProblem, builtin, builtin_codes, from_sources, read
from assess.framework.sources import canonical, digest
from assess.framework.supplements import fingerprint
from assess.language import Words
from assess.problems import Problem
from tests.framework.small import SMALL, broken

EGOV = """
code = "egov"
title = { en = "Municipal e-government", zh = "市政电子政务" }
language = "en"

[total]
aggregation = "sum"
maximum = 3.25
rank_decimals = 3

[states.UNANSWERED]
any_mode = "void"

[table.columns]
code = ["code"]
unit = ["name", "municipality"]
forms = ["q1"]

[defaults]
kind = "yesno"

[[indicator]]
code = "forms"
name = "Forms to download"
weight = 0.25

[[indicator]]
code = "payments"
name = "Payments online"
weight = 2

[[indicator]]
code = "news"
name = "News"
"""


@pytest.fixture(scope="module")
def shipped():
    return builtin()


def test_the_shipped_framework_has_five_dimensions_twenty_subs_and_sixty_nine_items(shipped):
    assert [node.code for node in shipped.dimensions] == ["ST", "ME", "SH", "SE", "TA"]
    assert len(shipped.nodes) == 26
    assert len(shipped.indicators) == 69
    assert shipped.leaves("total") == tuple(shipped.indicators)
    assert shipped.path("ME2.5") == ("total", "ME", "ME2", "ME2.5")


def test_global_weights_are_products_of_the_shares_and_add_up_to_a_hundred(shipped):
    assert shipped.indicators["ST1.1"].global_weight == pytest.approx(20 * 0.30 * 0.45)
    assert shipped.indicators["SH3.3"].global_weight == pytest.approx(1.875)
    assert math.fsum(item.global_weight for item in shipped.indicators.values()) == pytest.approx(100)


def test_conditions_of_a_level_are_its_parts_in_both_languages(shipped):
    level = shipped.indicators["ST1.1"].levels[4]
    assert [one.zh for one in level.conditions] == ["年度任务分解到每个成员单位", "近12个月向市委报告过进展"]
    assert level.conditions[0].en == "yearly tasks split among all members"
    hinted = shipped.indicators["ST1.1"].levels[1]
    assert hinted.words.zh.endswith("（尚未明确领导小组或工作组）")
    assert [one.zh for one in hinted.conditions] == ["有文件明确由某个部门牵头"]


def test_a_measured_item_has_goalposts_a_denominator_and_a_confirmation(shipped):
    number = shipped.indicators["ST4.3"].number
    assert number.confirmation.cap == 60
    assert number.direction == "up"
    down = shipped.indicators["SH3.3"].number
    assert (down.direction, down.zero, down.full, down.factor) == ("down", 40, 8, 1)
    assert down.zero_denominator == "invalid"
    assert shipped.indicators["ST1.2"].number.denominator is None


def test_states_are_treated_as_the_mode_says(shipped):
    formal, own = shipped.modes["formal"].states, shipped.modes["self"].states
    assert formal["ND"].treatment == "zero"
    assert own["ND"].treatment == "exclude"
    assert formal["NA"].until_approved == "ND"
    assert own["NA"].unlisted == "ND"
    assert formal["UNANSWERED"].blocks_sealing
    assert formal["SKIP"].treatment == "by_rule"
    assert shipped.modes["self"].max_stage == 4


def test_gates_of_all_dimensions_and_of_some(shipped):
    assert shipped.stage(2).gates[1].count == 3
    assert shipped.stage(3).gates[1].count is None
    assert shipped.stage(3).gates[3].min_share == 0.6
    assert shipped.stage(5).max_inclusive
    assert shipped.stage(5).gates[-1].warn_indicators == "key+outcome"


def test_key_core_and_outcome_items_are_marked(shipped):
    items = shipped.indicators.values()
    assert sum(item.key for item in items) == 10
    assert sum(item.core for item in items) == 30
    assert [item.code for item in items if item.outcome] == ["ST4.3", "ME4.3", "SH3.3"]


def test_the_examples_fit_the_text_of_all_items(shipped):
    assert len(shipped.examples) == 69
    assert [code for code, worked in shipped.examples.items() if worked.stale] == []


def test_an_example_is_stale_as_soon_as_the_text_changes(shipped):
    text = shipped.sources["st.toml"]
    for old, new in (("首席", "首席"), ("近12个月开过全体会议", "近6个月开过全体会议")):
        changed = from_sources({**shipped.sources, "st.toml": text.replace(old, new)})
        assert changed.examples["ST1.1"].stale == (old != new)
        assert not changed.examples["ST1.2"].stale


def test_the_fingerprint_is_the_one_the_guide_describes(shipped):
    assert fingerprint(shipped.indicators["ST1.1"]) == "cf8f357c922a"
    assert fingerprint(shipped.indicators["SE2.1"]) == "afb857b25377"


def test_worked_calculations_keep_their_figures(shipped):
    worked = shipped.examples["SE2.1"].calculation
    assert worked["answer"] == 84
    assert worked["score"] == 60
    assert worked["inputs"][0]["value"] == 50
    assert shipped.examples["ST1.1"].calculation is None


def test_glossary_checks_and_patterns_are_there(shipped):
    assert len(shipped.terms) == 195
    assert len(shipped.checks) == 144
    assert shipped.checks["L01"].condition["all"][0] == {"indicator": "ME2.1", "is": "no"}
    assert shipped.checks["L01"].explanation_at_least == 20
    assert any(rule.indicators is None for rule in shipped.checks.values())
    assert shipped.terms["市域社会治理"].gloss.zh.startswith("以地级市")
    assert shipped.terms["市域社会治理"].gloss.en
    assert set(shipped.evidence_grades) == {"A", "B", "C", "D"}
    assert set(shipped.severity_words) == {"error", "warning", "hint"}
    assert set(shipped.crosswalk_states) == {"verified", "name_verified", "to_verify"}


def test_every_text_has_both_languages(shipped):
    assert missing(shipped) == ()
    assert [words for words in every_words(shipped) if words.en and not words.zh] == []


def test_reading_the_same_files_gives_the_same_digest_whatever_the_line_ends(tmp_path, shipped):
    for name, text in shipped.sources.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    again = read(tmp_path)
    assert again.digest == shipped.digest
    assert again.indicators == shipped.indicators


def test_a_document_holds_the_framework_and_gets_it_back(shipped):
    again = from_sources(dict(shipped.sources))
    assert again.digest == shipped.digest
    assert again.indicators["ME2.4"] == shipped.indicators["ME2.4"]


def test_a_changed_letter_changes_the_digest(shipped):
    changed = {**shipped.sources, "en/framework.toml": shipped.sources["en/framework.toml"] + " "}
    assert digest(changed) != shipped.digest


@given(st.dictionaries(st.text("ab", max_size=2), st.text("ab\r\n", max_size=4), max_size=3))
def test_digests_tell_texts_apart_and_not_their_line_ends(sources):
    assert digest(sources) == digest({name: canonical(text) for name, text in sources.items()})
    assert digest(dict(reversed(sources.items()))) == digest(sources)
    assert digest({**sources, "c": "x"}) != digest(sources)


def test_moving_text_from_one_file_to_the_next_changes_the_digest():
    assert digest({"a": "xy", "b": ""}) != digest({"a": "x", "b": "y"})


def test_an_unknown_name_tells_the_known_ones():
    with pytest.raises(Problem) as caught:
        builtin("zhihang")
    assert caught.value.code == "framework.unknown"
    assert "zhiheng" in caught.value.sentence("zh")
    assert "zhiheng" in builtin_codes()


def test_a_framework_of_points_needs_a_few_lines():
    framework = from_sources({"framework.toml": EGOV})
    assert framework.root.aggregation == "sum"
    assert framework.maximum == 3.25
    assert framework.rank_decimals == 3
    assert framework.dimensions == ()
    assert framework.leaves("total") == ("forms", "payments", "news")
    assert [item.weight for item in framework.indicators.values()] == [0.25, 2, 1]
    assert framework.indicators["forms"].name == Words("", "Forms to download")
    assert framework.indicators["forms"].question.en == "Forms to download"
    assert framework.indicators["forms"].yesno.good == "yes"
    assert framework.modes["formal"].states["UNANSWERED"].treatment == "void"
    assert framework.modes["formal"].states["NA"].treatment == "exclude"
    assert framework.table.columns["unit"] == ("name", "municipality")
    assert framework.table.columns["forms"] == ("q1",)
    assert "1" in framework.table.yes
    assert framework.stages == ()
    assert framework.perception is None
    assert framework.improvement is None


def test_siblings_without_weights_share_equally():
    sources = broken("a.toml", "weight = 50\n", "")
    sources["a.toml"] = sources["a.toml"].replace("weight = 20\n", "").replace("weight = 30\n", "")
    framework = from_sources(sources)
    assert [framework.indicators[code].weight for code in ("A1", "A2", "A3")] == [pytest.approx(100 / 3)] * 3
    assert framework.indicators["A1"].global_weight == pytest.approx(20)


def test_a_treatment_of_all_modes_holds_in_each():
    framework = from_sources(SMALL)
    assert {mode.states["UNANSWERED"].treatment for mode in framework.modes.values()} == {"void"}
    assert framework.modes["self"].states["NA"].treatment == "exclude"


def test_conditions_are_split_in_one_language_when_the_other_does_not_split_alike():
    framework = from_sources(broken("a.toml", 'en = "most; on record"', 'en = "most"'))
    assert framework.indicators["A1"].levels[3].conditions == (Words("多数", ""), Words("有记录", ""))


def test_a_text_takes_its_english_from_beside_it_before_the_overlay():
    vocabulary = Vocabulary({"甲": "overlay"})
    assert vocabulary.words("甲") == Words("甲", "overlay")
    assert vocabulary.words({"zh": "甲", "en": "beside"}) == Words("甲", "beside")
    assert vocabulary.words({"zh": "乙"}) == Words("乙", "")
    assert vocabulary.many({"zh": ["甲", "乙"], "en": ["", "two"]}) == (Words("甲", "overlay"), Words("乙", "two"))
    assert Vocabulary({}, "en").words("text") == Words("", "text")


def test_texts_without_chinese_characters_need_no_english():
    framework = from_sources(broken("a.toml", 'name = { zh = "二", en = "two" }', 'name = "GB/T 33358"'))
    assert missing(framework) == ()


def test_rare_characters_and_hostile_texts_are_kept_as_they_are():
    name = "㙍𡐓 </script> =1+1 😀"
    framework = from_sources(broken("a.toml", 'zh = "二", en', f'zh = "{name}\\n第二行", en'))
    assert framework.indicators["A2"].name.zh == f"{name}\n第二行"


def test_a_framework_that_cannot_be_read_lists_all_faults_of_grammar():
    sources = broken("a.toml", "weight = 50", "wieght = 50")
    sources["b.toml"] = sources["b.toml"].replace("weight = 40", 'weight = "40"')
    with pytest.raises(FrameworkProblem) as caught:
        from_sources(sources)
    assert [(one.code, one.place) for one in caught.value.findings] == [
        ("file.unknown-key", "a.toml:10"),
        ("file.wrong-type", "b.toml:3"),
    ]
