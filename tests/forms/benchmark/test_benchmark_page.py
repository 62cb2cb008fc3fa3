"""The comparison page: nothing below five, no quartiles below eight, no rank unless asked for, one sentence each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from assess.answers import Sheet
from assess.benchmark.peers import Peer, peer
from assess.framework.read import builtin
from assess.framework.tiers import tailored
from assess.language import say
from assess.measure.score import score
from assess.problems import Problem
from assess.samples.cities import cities
from forms import peers, words
from forms.benchmark import picking
from forms.benchmark.heat import _alike
from forms.benchmark.page import BenchmarkPage
from forms.session import Session
from tests.forms.results.made import CITY, Shell, city, egov, put

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
OWN = replace(CITY, unit="试点市", code="510000", sample=False)


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    words.speak("zh")
    yield
    words.speak("zh")


def shown(qtbot: Any, sheet: Sheet, picked: Sequence[Peer] = (), width: int = 1286) -> BenchmarkPage:
    session = put(Session(), sheet)
    peers.of(session).pick(picked)
    page = BenchmarkPage(session, Shell())
    qtbot.addWidget(page)
    page.resize(width, 616)
    page.retranslate()
    page.fit("wide" if width >= 900 else "tiny")
    page.enter()
    page.show()
    return page


def others(count: int, **profile: Any) -> list[Peer]:
    """Formal cities with scores from weak to strong."""
    found = []
    for place in range(count):
        own = replace(OWN, unit=f"{place + 1}号市", code=f"51{place + 1:04d}", **profile)
        framework = tailored(builtin(), own)
        found.append(peer(framework, own, score(framework, city(own, level=1 + place % 5))))
    return found


def test_a_sample_city_stands_among_the_samples_in_the_order_of_the_library(qtbot: Any) -> None:
    page = shown(qtbot, cities()[6].sheet)
    assert page.body.isVisible()
    assert [one.name for one in page.heat.cities][:2] == ["云澜市", "江屿市"]
    assert [one.own for one in page.heat.cities].index(True) == 6
    assert len(page.heat.cities) == 10
    assert page.strips.rows[0].code == "total"


def test_without_comparable_cities_the_page_says_so_and_offers_to_add_some(qtbot: Any) -> None:
    page = shown(qtbot, city(OWN))
    assert not page.body.isVisible()
    assert not page.rank_button.isVisible()
    assert "城市库里还没有可比的城市" in page.reason.text.plain()
    assert page.reason.link.text() == "导入评估文件…"


def test_fewer_than_five_are_not_compared_at_all(qtbot: Any) -> None:
    page = shown(qtbot, city(OWN), others(3))
    assert not page.body.isVisible()
    assert "5" in page.reason.text.plain()


def test_fewer_than_eight_get_no_quartiles_and_no_band(qtbot: Any) -> None:
    page = shown(qtbot, city(OWN), others(5))
    assert page.body.isVisible()
    row = page.strips.rows[0].row
    assert row.q1 is None
    assert row.place in ("above_median", "below_median", "at_median")
    assert "中间一半" not in page.strip_legend.accessibleName()
    assert page.reason.isVisible()


def test_samples_are_no_peers_of_a_real_city(qtbot: Any) -> None:
    samples = [replace(one, name=f"示例·{one.name}", code="") for one in others(4, sample=True)]
    page = shown(qtbot, city(OWN), [*others(4), *samples])
    position = peers.of(page.session).standing(page.session.framework, OWN, page.session.scores).position  # type: ignore[arg-type]
    assert position is not None
    assert position.n == 5
    page.toggle_members()
    assert page.members.isVisible()


def test_the_distance_to_the_median_and_the_best_is_said_for_the_chosen_row(qtbot: Any) -> None:
    page = shown(qtbot, cities()[6].sheet)
    assert page.distance.plain().startswith("总分 53.6 分，比中位数")
    assert "云澜市" in page.distance.plain()
    page.strips.setFocus()
    qtbot.keyClick(page.strips, Qt.Key.Key_Down)
    assert page.distance.plain().startswith("战略 55.0 分")


def test_enter_opens_a_dimension_down_to_its_items(qtbot: Any) -> None:
    page = shown(qtbot, cities()[6].sheet)
    qtbot.keyClick(page.strips, Qt.Key.Key_Down)
    qtbot.keyClick(page.strips, Qt.Key.Key_Return)
    codes = [row.code for row in page.strips.rows]
    assert codes[1:4] == ["ST", "ST1", "ST2"]
    qtbot.keyClick(page.strips, Qt.Key.Key_Down)
    qtbot.keyClick(page.strips, Qt.Key.Key_Right)
    assert "ST1.1" in [row.code for row in page.strips.rows]


def test_ranks_are_asked_for_with_a_reason_and_hide_on_leaving(qtbot: Any) -> None:
    page = shown(qtbot, cities()[6].sheet)
    assert "第" not in page.strips._words(page.strips.rows[0])
    page.rank_button.click()
    menu = page.rank_button.findChildren(QMenu)[0]
    assert [action.text() for action in menu.actions() if not action.isSeparator()] == ["内部研究", "领导要求"]
    menu.actions()[1].trigger()
    menu.close()
    assert page.ranks_shown
    assert page.strips._words(page.strips.rows[0]).startswith("第 8")
    assert "内部研究" in page.group_panel.rank_note.text()
    page.leave()
    assert not page.ranks_shown
    assert "第" not in page.strips._words(page.strips.rows[0])
    page.rank_button.click()
    assert page.ranks_shown


def test_a_practice_document_is_refused_in_words(qtbot: Any) -> None:
    page = shown(qtbot, city(replace(CITY, mode="training")))
    assert not page.body.isVisible()
    assert "练习" in page.reason.text.plain() or "培训" in page.reason.text.plain()


def test_documents_that_cannot_be_used_each_say_why_and_leave_the_others_alone(
    qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = others(6)

    def read(path: Path) -> Peer:
        if path.stem == "bad":
            raise Problem("benchmark.training", say("“{name}” is a practice document.", name="坏"))
        return good[int(path.stem)]

    monkeypatch.setattr(picking, "from_document", read)
    page = shown(qtbot, city(OWN))
    page.adding.read([Path("bad.zhd"), *(Path(f"{place}.zhd") for place in range(6))])
    qtbot.waitUntil(lambda: page.body.isVisible())
    assert page.adding.problems.count() == 1
    assert len(peers.of(page.session).picked) == 6


def test_cities_that_cannot_be_told_apart_share_a_group_and_this_city_is_marked(qtbot: Any) -> None:
    page = shown(qtbot, cities()[6].sheet)
    boxes = page.group_panel.groups._boxes
    assert sum(box.own for box in boxes) == 1
    assert sum(box.count for box in boxes) == 10
    assert boxes[0].accessibleName().startswith("甲组")


def test_arrows_read_the_heat_map_cell_by_cell(qtbot: Any) -> None:
    page = shown(qtbot, cities()[6].sheet)
    qtbot.keyClick(page.heat, Qt.Key.Key_Down)
    qtbot.keyClick(page.heat, Qt.Key.Key_Right)
    assert page.heat.accessibleDescription().startswith("江屿市 · 机制")


def test_strips_and_heat_map_open_as_tables(qtbot: Any) -> None:
    page = shown(qtbot, cities()[6].sheet)
    for chart in (page.strips, page.heat):
        heads, rows = chart.table()
        assert rows
        assert all(len(row) == len(heads) for row in rows)


def test_a_framework_of_points_without_dimensions_is_compared_too(qtbot: Any) -> None:
    framework = egov()
    own = replace(OWN, size="", region="Ⅷ")
    from assess.answers import Answer

    found = []
    for place in range(9):
        profile = replace(own, unit=f"commune {place}", code=str(place))
        sheet = Sheet.of(profile, {code: Answer.of_choice("yes") for code in framework.indicators})
        found.append(peer(framework, profile, score(framework, sheet)))
    session = put(Session(), Sheet.of(own, {c: Answer.of_choice("no") for c in framework.indicators}), framework)
    peers.of(session).pick(found)
    page = BenchmarkPage(session, Shell())
    qtbot.addWidget(page)
    page.retranslate()
    page.fit("wide")
    page.enter()
    page.show()
    assert page.body.isVisible()
    assert page.strips.rows[0].row.value == 0.0


def test_hostile_names_stay_text(qtbot: Any) -> None:
    found = [replace(one, name=f"</script><b>{one.name}</b>\n=1+1😀㙍𡐓") for one in others(8)]
    page = shown(qtbot, city(replace(OWN, unit="<i>本市</i>\n二")), found)
    page.toggle_members()
    assert page.heat.cities[0].name.startswith("</script><b>")
    assert "\n" not in page.heat.cities[0].name


def test_at_two_hundred_percent_there_is_one_column(qtbot: Any) -> None:
    page = shown(qtbot, cities()[6].sheet, width=603)
    assert page.heat_panel.y() > page.strip_panel.y()
    assert page.body.width() <= 603


def test_three_hundred_cities_are_compared_without_groups(qtbot: Any) -> None:
    first = others(5)
    many = [replace(first[place % 5], name=f"{place}号", code=f"x{place}") for place in range(300)]
    page = shown(qtbot, city(OWN), many)
    assert len(page.heat.cities) == 301
    assert page.group_panel.grouping is None
    assert "不分组" in page.group_panel.note.plain()


def test_heads_that_begin_alike_lose_what_they_share():
    assert _alike(["第1维度", "第2维度", "第10维度"]) == 1
    assert _alike(["战略", "机制"]) == 0
    assert _alike(["同", "同"]) == 1
    assert _alike([]) == 0
