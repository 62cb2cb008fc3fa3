"""What a county, a township or a part of a city sees of the framework."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.answers import Profile
from assess.framework.read import builtin, from_sources
from assess.framework.tiers import chinese_pass, english_pass, tailored, wording
from tests.framework.small import SMALL

FRAMEWORK = builtin()
VERSION = FRAMEWORK.county_version


def at(tier: str, kind: str = "", scope: tuple[str, ...] | None = None):
    return tailored(FRAMEWORK, Profile("某地", tier=tier, unit_kind=kind, scope=scope))


@pytest.fixture(scope="module")
def zh():
    return chinese_pass(VERSION.protected["zh"], VERSION.replacements["zh"], "县")


@pytest.fixture(scope="module")
def en():
    return english_pass(VERSION.protected["en"], VERSION.replacements["en"])


@pytest.mark.parametrize("tier, items", [("市", 69), ("县", 67), ("乡", 31), ("村", 13)])
def test_each_level_answers_its_own_items(tier, items):
    assert len(at(tier).indicators) == items
    assert at(tier).leaves("total") == tuple(at(tier).indicators)


@pytest.mark.parametrize(
    "text, county",
    [
        ("省级平台", "市级平台"),
        ("省级和市级", "市级和县级"),
        ("市级省级市级", "县级市级县级"),
        ("省里统建、市里自建、县里使用", "市里统建、县里自建、乡镇使用"),
        ("县（市、区）都接入", "乡镇（街道）都接入"),
        ("市委、市政府", "县委、县政府"),
        ("市大数据局（数据局）", "县级数据管理机构"),
        ("本市全市", "本县全县"),
        ("城市大脑、市场监管、市域、市民", "城市大脑、市场监管、市域、市民"),
        ("市、县、乡、村四级", "市、县、乡、村四级"),
        ("市、县、乡三级", "市、县、乡三级"),
        ("市、县两级", "市、县两级"),
        ("省、市、县三级", "省、市、县三级"),
        ("省市县贯通、市县乡三级", "省市县贯通、市县乡三级"),
        ("城市市级", "城市县级"),
        ("", ""),
    ],
)
def test_one_pass_longest_first_protected_words_stay(zh, text, county):
    assert zh(text) == county


def test_nothing_replaced_is_replaced_again(zh):
    assert zh("省级") == "市级"
    assert zh(zh("省级")) == "县级"


@pytest.mark.parametrize(
    "kind, word", [("county", "县"), ("district", "区"), ("county_city", "市"), ("banner", "旗"), ("", "县")]
)
def test_the_word_for_the_unit_follows_its_kind(kind, word):
    assert at("县", kind).indicators["ST1.1"].lead.zh == f"{word}委政法委"
    assert at("县", kind).indicators["ST1.1"].question.zh.startswith(f"本{word}社会治理数字化")


@pytest.mark.parametrize(
    "text, county",
    [
        ("a municipal Party leader", "a county Party leader"),
        ("Municipal Party Committee", "County Party Committee"),
        ("shared city-wide", "shared county-wide"),
        ("the city executive", "the county executive"),
        ("The city has", "The county has"),
        ("the City Brain", "the City Brain"),
        ("provincial and municipal systems", "municipal and county systems"),
        ("linked with the province and counties", "linked with the city and townships"),
        ("provinces, electricity", "provinces, electricity"),
    ],
)
def test_english_is_replaced_on_whole_words_with_its_capital(en, text, county):
    assert en(text) == county


def test_levels_written_for_counties_replace_the_reworded_ones_and_are_not_reworded():
    level = at("县", "district").indicators["ME2.4"].levels[5]
    assert level.words.zh == "在4级基础上，新场景上线周期有统计；近12个月有乡镇（街道）用现成组件自己搭建并在用的场景"
    assert level.conditions[1].zh == "近12个月有乡镇（街道）用现成组件自己搭建并在用的场景"
    assert level.conditions[0].en == "lead time of new scenarios is tracked"
    assert level.words.zh != FRAMEWORK.indicators["ME2.4"].levels[5].words.zh


def test_conditions_are_reworded_like_their_level():
    level = at("县").indicators["ST1.1"].levels[3]
    assert level.conditions[0].zh == "组长由县委领导（县委常委及以上）担任"
    assert level.conditions[0].en == "Chaired by a county Party leader (standing-committee member or above)"


def test_portraits_stage_lines_and_names_of_nodes_read_for_the_county():
    county = at("县")
    assert county.portraits["ST"][3].zh.startswith("县委领导挂帅")
    assert county.portraits["ME"][3].zh == FRAMEWORK.portraits["ME"][3].zh
    assert county.stage(3).line.zh.startswith("全县有统一制度")
    assert county.indicators["SH1.1"].name.zh == "全县统一公共数据资源目录"


def test_references_to_standards_and_rules_of_points_stay_as_they_are():
    county = at("县")
    assert county.indicators["ST1.1"].standards == FRAMEWORK.indicators["ST1.1"].standards
    assert county.bonus == FRAMEWORK.bonus
    assert county.red_lines == FRAMEWORK.red_lines


def test_the_county_leaves_two_items_out_and_the_gate_question_skips_nothing():
    county = at("县")
    assert "ME2.1" not in county.indicators
    assert "ME2.3" not in county.indicators
    assert county.nodes["ME2"].children == ("ME2.2", "ME2.4", "ME2.5")
    assert [rule.id for rule in county.skip_rules] == ["K1", "K3", "K4", "K5", "K6"]
    assert all("ME2.2" not in rule.then for rule in county.skip_rules)
    assert [rule.id for rule in at("市").skip_rules] == ["K1", "K2", "K3", "K4", "K5", "K6"]


def test_townships_and_villages_keep_their_plain_questions_and_no_skip_rule():
    town = at("乡")
    assert all(item.grassroots for item in town.indicators.values())
    assert town.skip_rules == ()
    assert town.indicators["SH3.3"].question == FRAMEWORK.indicators["SH3.3"].question
    assert set(at("村").indicators) <= set(town.indicators)


def test_nodes_without_an_item_are_left_out():
    village = at("村")
    assert all(village.leaves(code) for code in village.nodes if code != "total")
    assert all(
        child in village.nodes or child in village.indicators for n in village.nodes.values() for child in n.children
    )


def test_a_scope_names_items_or_whole_nodes():
    part = at("市", scope=("ST1", "SE4.2", "gone"))
    assert tuple(part.indicators) == ("ST1.1", "ST1.2", "ST1.3", "SE4.2")
    assert [node.code for node in part.dimensions] == ["ST", "SE"]
    assert part.skip_rules == ()
    assert part.red_lines[0].triggers == FRAMEWORK.red_lines[0].triggers
    assert at("市", scope=("ST1",)).red_lines[0].triggers == ()


def test_an_empty_scope_holds_nothing_but_the_total():
    nothing = at("市", scope=())
    assert dict(nothing.indicators) == {}
    assert tuple(nothing.nodes) == ("total",)
    assert nothing.root.children == ()


def test_the_same_unit_gets_the_same_framework_object():
    assert at("县", "county") is at("县", "county")
    assert at("县", "county") is not at("县", "district")
    assert at("市", "district") is at("市", "county")


def test_tailoring_what_is_tailored_starts_from_the_whole():
    county = at("县", "county")
    assert tailored(county, Profile("某县", tier="县", unit_kind="county")) is county
    back = tailored(county, Profile("某市", tier="市"))
    assert back.indicators == FRAMEWORK.indicators
    other = tailored(county, Profile("某区", tier="县", unit_kind="district"))
    assert other.indicators["SH2.1"].question.zh == at("县", "district").indicators["SH2.1"].question.zh


def test_what_identifies_the_framework_is_untouched():
    assert at("县").digest == FRAMEWORK.digest
    assert at("县").sources == FRAMEWORK.sources
    assert at("县").indicators["ST1.1"].global_weight == FRAMEWORK.indicators["ST1.1"].global_weight


def test_a_framework_without_a_county_version_keeps_its_words():
    small = from_sources(SMALL)
    county = tailored(small, Profile("某县", tier="县"))
    assert tuple(county.indicators) == ("A1", "B1")
    assert county.indicators["B1"] == small.indicators["B1"]
    assert county.indicators["A1"].levels[5].words.zh == "全县"


@given(st.lists(st.sampled_from(["城市", "市域", "市、县、乡", "省市县", "市民", "，", "和"])))
def test_texts_of_protected_words_never_change(words):
    text = "，".join(words)
    assert chinese_pass(VERSION.protected["zh"], VERSION.replacements["zh"], "县")(text) == text


@given(st.text("省市县区级里委、（）全本城", max_size=24))
def test_rewording_is_one_pass_whatever_the_text(text):
    """Each match is replaced once: rewording piece by piece at the matches gives the same text."""
    table = {old: new.replace("{U}", "县") for old, new in VERSION.replacements["zh"]}
    table |= {word: word for word in VERSION.protected["zh"]}
    out, place = "", 0
    while place < len(text):
        found = max((word for word in table if text.startswith(word, place)), key=len, default="")
        out += table[found] if found else text[place]
        place += len(found) or 1
    assert chinese_pass(VERSION.protected["zh"], VERSION.replacements["zh"], "县")(text) == out


def test_wording_of_an_empty_text_is_empty():
    reword = wording(VERSION, "county")
    words = FRAMEWORK.indicators["ST1.2"].note
    assert reword(words) == words
