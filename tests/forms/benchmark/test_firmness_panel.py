"""How firm the result is, on the comparison page: plain sentences, no rank unless ranks are shown, keys and words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt

from assess.answers import Sheet
from assess.benchmark.peers import Peer
from assess.samples.cities import cities
from forms import peers, words
from forms.benchmark.firmness_words import share
from forms.benchmark.page import BenchmarkPage
from forms.session import Session
from forms.widgets import tab_order
from tests.forms.benchmark.test_benchmark_page import OWN, others
from tests.forms.results.made import Shell, change, city, put

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    words.speak("zh")
    yield
    words.speak("zh")


def opened(qtbot: Any, sheet: Sheet, picked: Sequence[Peer] = (), width: int = 1286) -> BenchmarkPage:
    session = put(Session(), sheet)
    peers.of(session).pick(picked)
    page = BenchmarkPage(session, Shell())
    qtbot.addWidget(page)
    page.resize(width, 616)
    page.retranslate()
    page.fit("wide" if width >= 900 else "tiny")
    page.enter()
    page.show()
    qtbot.mouseClick(page.firm_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.firmness.found is not None)
    return page


def spoken(page: BenchmarkPage) -> str:
    panel = page.firmness
    return "".join([*panel.lines(), panel.near.plain(), panel.rank.plain(), panel.method.plain()])


def test_it_is_closed_until_asked_for_and_reckons_nothing_before(qtbot: Any) -> None:
    session = put(Session(), cities()[6].sheet)
    page = BenchmarkPage(session, Shell())
    qtbot.addWidget(page)
    page.retranslate()
    page.enter()
    page.show()
    assert page.firm_button.text() == "结果有多稳"
    assert not page.firmness.isVisible()
    assert page.firmness.found is None


def test_total_stage_and_gates_are_said_in_plain_sentences(qtbot: Any) -> None:
    page = opened(qtbot, cities()[6].sheet)
    total, distance, held, geometric = page.firmness.lines()
    assert total == "权重上下浮动 20%，试 1000 次：九成次数总分在 52.8 至 54.4 分之间，分数等级每次都是规范级。"
    assert distance == "按分数，距协同级还差 16.4 分，比规范级的下限高 3.6 分。"
    assert held.startswith("认定等级由门槛决定，与权重无关：“适用的关键指标")
    assert held.endswith("未通过，每次都是起步级。")
    assert geometric.startswith("若各维度内部改用几何平均")
    assert "各维度的权重" in page.firmness.method.plain()


def test_a_gate_that_holds_only_now_and_then_is_named(qtbot: Any) -> None:
    page = opened(qtbot, cities()[9].sheet)
    assert "时而通过、时而不通过的门槛：“五个维度都在40分以上”" in page.firmness.lines()[2]


def test_no_rank_and_no_share_stand_there_until_ranks_are_shown(qtbot: Any) -> None:
    page = opened(qtbot, cities()[6].sheet)
    assert "名次" not in spoken(page)
    page.show_ranks("内部研究")
    assert "99.8% 的次数名次都是第 8 名。" in spoken(page)
    page.leave()
    assert "名次" not in spoken(page)


def test_without_peers_it_speaks_of_total_and_stage(qtbot: Any) -> None:
    page = opened(qtbot, city(OWN))
    assert not page.body.isVisible()
    assert page.firmness.isVisible()
    assert "分数等级" in page.firmness.lines()[0]
    assert not page.firmness.near.isVisible()
    assert not page.firmness.rank.isVisible()
    assert page.firmness.strip.isVisible()


def test_peers_it_cannot_be_told_apart_from_are_named_whatever_is_in_their_names(qtbot: Any) -> None:
    twins = [replace(one, name=f"{one.name}</b>\n=1") for one in others(6)]
    page = opened(qtbot, city(OWN, level=3), twins)
    near = page.firmness.near.plain()
    assert "分不出高下：3号市</b> =1" in near
    page.show_ranks("内部研究")
    assert "本市 50% 的次数高于它" in page.firmness.near.plain()


def test_without_a_total_there_is_nothing_to_open(qtbot: Any) -> None:
    page = opened(qtbot, cities()[6].sheet)
    change(page.session, Sheet.of(OWN, {}))
    page.refresh()
    assert not page.firm_button.isVisible()
    assert not page.firmness.isVisible()


def test_a_change_of_the_answers_is_tried_anew(qtbot: Any) -> None:
    page = opened(qtbot, cities()[6].sheet)
    before = page.firmness.found
    page.refresh()
    assert page.firmness.found is before
    change(page.session, cities()[0].sheet)
    page.refresh()
    qtbot.waitUntil(lambda: page.firmness.found is not None)
    assert page.firmness.found != before


def test_esc_and_the_cross_close_it_and_the_focus_goes_back(qtbot: Any) -> None:
    page = opened(qtbot, cities()[6].sheet)
    qtbot.keyClick(page.firmness.cross, Qt.Key.Key_Escape)
    assert not page.firmness.isVisible()
    page.toggle_firmness()
    page.firmness.cross.click()
    assert not page.firmness.isVisible()
    assert page.focusWidget() is page.firm_button


def test_the_strip_says_its_range_and_opens_as_a_table(qtbot: Any) -> None:
    page = opened(qtbot, cities()[2].sheet)
    strip = page.firmness.strip
    assert strip.accessibleDescription() == "总分 70.8 分，九成次数在 70.2 至 71.5 分之间。"
    headings, rows = strip.table()
    assert list(headings) == ["项目", "分值", "次数占比"]
    assert ["规范级", "50–70", "1.5%"] in rows
    assert ["协同级", "70–85", "98.5%"] in rows
    assert not strip.grab().isNull()


@pytest.mark.parametrize("width", [1286, 603])
def test_in_english_every_sentence_is_english(qtbot: Any, width: int) -> None:
    words.speak("en")
    page = opened(qtbot, cities()[2].sheet, width=width)
    page.show_ranks("study")
    assert "stage by score stays Collaborative in 98.5% of them (Standardised in 1.5%)" in page.firmness.lines()[0]
    text = spoken(page)
    assert not [mark for mark in text if "一" <= mark <= "鿿"]
    words.speak("zh")
    page.retranslate()
    assert page.firmness.lines()[0].startswith("权重上下浮动")


def test_in_training_there_is_no_stage_to_speak_of(qtbot: Any) -> None:
    page = opened(qtbot, city(replace(OWN, mode="training")))
    assert len(page.firmness.lines()) == 2
    assert "等级" not in spoken(page)


@pytest.mark.parametrize(
    ("part", "shown"), [(1.0, "100%"), (0.9996, "99.9%"), (0.985, "98.5%"), (0.0, "0%"), (0.0004, "0.1%"), (0.5, "50%")]
)
def test_less_than_all_is_never_called_all(part: float, shown: str) -> None:
    assert share(part) == shown


def test_in_a_narrow_window_tab_still_reaches_the_button(qtbot: Any) -> None:
    page = opened(qtbot, cities()[6].sheet, width=603)
    stops = [stop for area, flat in page.tab_areas() if area.isVisible() for stop in tab_order.stops(area, flat=flat)]
    assert page.firm_button in stops
    assert stops.index(page.firmness.cross) < stops.index(page.firmness.strip) < stops.index(page.strips)
