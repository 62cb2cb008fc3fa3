"""What people type into an answer cell: certain where it is, otherwise a doubt that names what it could mean."""

from __future__ import annotations

from datetime import date

import pytest

from assess.sheets import figures, levels
from assess.sheets.shape import Shape, shape_of
from tests.sheets.office import framework

FRAMEWORK = framework()


def shape(code: str) -> Shape:
    return shape_of(FRAMEWORK, FRAMEWORK.indicators[code], "市")


def level(text: str, raw=None):
    return levels.level(FRAMEWORK, shape("ST1.1"), text if raw is None else raw, text)


WORDS = FRAMEWORK.indicators["ST1.1"].levels[3].words


@pytest.mark.parametrize(
    "text",
    [
        "3", "３", "3级", " 3 级 ", "第3级", "第三级", "三级", "三", "③", "Ⅲ", "L3", "level 3", "Level 3", "3.0", "3分",
        "3 — 组长由市委领导担任", "3: 组长由市委领导（市委常委及以上）担任",
        "3级　组长由市委领导（市委常委及以上）担任；办公室和…",
        "3、", "（3）级", "【3级】", WORDS.zh, WORDS.en, f"3级　{WORDS.zh}", f"Level 3  {WORDS.en}", "3组长由市委领导",
    ],
)  # fmt: skip
def test_a_level_is_certain_however_it_is_put(text: str) -> None:
    assert level(text) == levels.Read((3,))


@pytest.mark.parametrize(
    ("text", "values"),
    [("3-4级", (3, 4)), ("3～4", (3, 4)), ("3.5", (3, 4)), ("3或4", (3, 4)), ("三至四级", (3, 4)), ("4-3", (3, 4))],
)
def test_between_two_levels_the_lower_one_is_offered_first(text: str, values: tuple[int, ...]) -> None:
    read = level(text)
    assert not read.certain
    assert read.read
    assert read.values == values


def test_number_and_words_of_different_levels_are_both_offered() -> None:
    read = level(f"2级　{WORDS.zh}")
    assert not read.certain
    assert read.values == (2, 3)


@pytest.mark.parametrize("text", ["7", "第9级", "基本建成", "很好", "？", "详见附件", "√"])
def test_what_names_no_level_has_no_reading_and_every_level_is_offered(text: str) -> None:
    read = level(text)
    assert not read.certain
    assert not read.read
    assert read.values == (0, 1, 2, 3, 4, 5)


def test_words_of_one_level_alone_are_read_in_doubt_unless_they_are_all_of_it() -> None:
    assert level("没有文件明确由谁牵头") == levels.Read((0,))
    read = level("有文件明确由领导小组承担，列明组长和成员单位")
    assert not read.certain
    assert read.values[0] == 2
    assert level("规范级").values == (3,)  # the name of the stage of the same rank
    assert not level("规范级").certain


def test_a_level_that_the_program_made_a_date_of_is_asked_about() -> None:
    read = level("2026-03-04", date(2026, 3, 4))
    assert not read.read
    assert read.values == (3, 4)


def test_a_number_before_other_words_is_a_doubt() -> None:
    assert not level("3个部门已建立").certain


def figure(code: str, text: str, *, part: str = "result", raw=None, percent: bool = False):
    number = FRAMEWORK.indicators[code].number
    assert number is not None
    return figures.figure(figures.Asked(number, part == "result"), text if raw is None else raw, text, percent)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("85", "85"), ("85.3", "85.3"), ("８５．３", "85.3"), ("85％", "85"), ("85.3 %", "85.3"), ("0.85%", "0.85"),
        ("1,234", "1234"), ("１，２３４", "1234"), ("0", "0"), ("100", "100"), (" 12 ", "12"),
    ],
)  # fmt: skip
def test_a_plain_figure_is_certain(text: str, value: str) -> None:
    assert figure("ST4.3", text) == levels.Read((value,))


@pytest.mark.parametrize(("text", "value"), [("1,234件", "1234"), ("95 人", "95"), ("12次", "12"), ("300户", "300")])
def test_what_is_counted_may_stand_behind_the_number(text: str, value: str) -> None:
    assert figure("ST4.3", text, part="numerator") == levels.Read((value,))
    assert figure("ST1.2", "2次/年") == levels.Read(("2",))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("约85", "85"), ("85左右", "85"), ("85%以上", "85"), ("近 90％", "90"), ("超过80", "80"), ("1.2万", "12000"),
        ("3亿元", "300000000"), ("八十五", "85"), ("百分之八十五", "85"), ("一百零二", "102"), ("850‰", "85"),
        ("共85件（去重）", "85"), (">85", "85"), ("85分", "85"), ("85 个百分点", "85"),
    ],
)  # fmt: skip
def test_an_inexact_figure_is_read_and_doubted(text: str, value: str) -> None:
    read = figure("ST4.3", text)
    assert not read.certain
    assert read.read
    assert read.values[0] == value


@pytest.mark.parametrize(("text", "values"), [("80-85", ("80", "85")), ("上半年40、下半年45", ("40", "45"))])
def test_several_numbers_are_offered_and_none_is_ours(text: str, values: tuple[str, ...]) -> None:
    read = figure("ST4.3", text)
    assert not read.read
    assert set(read.values) >= {value.lstrip("-") for value in values} or set(read.values) == {"80", "-85"}


@pytest.mark.parametrize("text", ["很多", "—", "见附件", "无法统计", "∞", "1e400x"])
def test_words_are_no_figure(text: str) -> None:
    read = figure("ST4.3", text)
    assert not read.certain


def test_a_percent_format_means_a_hundredfold_and_without_one_a_share_is_doubted() -> None:
    assert figure("ST4.3", "0.85", raw=0.85, percent=True) == levels.Read(("85",))
    assert figure("ST4.3", "1", raw=1.0, percent=True) == levels.Read(("100",))
    for text, raw in (("0.85", 0.85), ("0.85", None)):
        read = figure("ST4.3", text, raw=raw)
        assert not read.certain
        assert read.values == ("0.85", "85")
    assert figure("ST4.3", "0.3", part="numerator").certain  # a part is no percentage
    assert figure("ST1.2", "1").certain  # and a count of one is one


def test_a_percent_sign_where_none_belongs_is_doubted() -> None:
    assert not figure("ST1.2", "85%").certain


def test_a_figure_that_became_a_date_is_asked_about() -> None:
    read = figure("ST1.2", "2026-01-02", raw=date(2026, 1, 2))
    assert not read.read
    assert read.values == ("1", "2")


@pytest.mark.parametrize(
    ("text", "value"), [("二十", 20), ("十二", 12), ("三", 3), ("九千零一", 9001), ("一二", None), ("件", None)]
)
def test_chinese_numerals(text: str, value: int | None) -> None:
    assert figures.spelled_out(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("是", "yes"), ("否", "no"), ("有", "yes"), ("没有", "no"), ("Yes", "yes"), ("no", "no"),
        ("√", "yes"), ("×", "no"),
        ("1", "yes"), ("0", "no"), ("是　有专门机构或岗位值守，近30日每天有运行记录", "yes"),
        ("有专门机构或岗位值守，近30日每天有运行记录", "yes"), ("否。", "no"),
        ("没有，或者只有展示大屏、平时不运行", "no"),
    ],
)  # fmt: skip
def test_yes_and_no_in_many_forms(text: str, value: str) -> None:
    assert levels.choice(shape("ME2.1"), text) == levels.Read((value,))


@pytest.mark.parametrize("text", ["正在建", "部分", "？"])
def test_neither_yes_nor_no_is_asked_about(text: str) -> None:
    read = levels.choice(shape("ME2.1"), text)
    assert not read.read
    assert read.values == ("yes", "no")


def test_yes_with_other_words_behind_is_doubted() -> None:
    read = levels.choice(shape("ME2.1"), "是的但还没验收完成")
    assert not read.certain
    assert read.values[0] == "yes"
