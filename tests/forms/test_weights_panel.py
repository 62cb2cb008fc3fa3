"""The weights of a document, side by side: nothing where a framework has no scenario, a choice kept by it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from assess.framework.model import Framework
from forms import words
from forms.results.page import ResultsPage
from forms.session import Session
from forms.weights_panel import WeightsPanel
from forms.widgets.buttons import Button
from forms.widgets.labels import Text
from tests.benchmark.test_scenarios import sheet_of, with_set
from tests.forms.results.made import Shell, change, put

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    words.speak("zh")
    yield
    words.speak("zh")


def opened(qtbot: Any, mode: str = "self", weights: str = "", framework: Framework | None = None) -> ResultsPage:
    session = put(Session(), sheet_of(mode, weights), framework or with_set())
    page = ResultsPage(session, Shell())
    qtbot.addWidget(page)
    page.resize(1286, 616)
    page.retranslate()
    page.fit("wide")
    page.enter()
    page.show()
    return page


def told(panel: WeightsPanel) -> list[str]:
    QApplication.processEvents()
    return [one.plain() for one in panel.table.findChildren(Text) if not one.isHidden()]


def offers(panel: WeightsPanel) -> list[Button]:
    QApplication.processEvents()
    return [one for one in panel.table.findChildren(Button) if not one.isHidden()]


def test_without_scenarios_nothing_is_said_of_weights(qtbot: Any):
    from assess.framework.read import builtin

    page = opened(qtbot, framework=builtin())
    assert not page.weights.button.isVisible()
    assert page.weights.isHidden()


def test_the_page_names_the_weights_in_force_in_both_languages(qtbot: Any):
    page = opened(qtbot, weights="equal")
    assert page.weights.button.text() == "权重方案：五维等权"
    words.speak("en")
    page.retranslate()
    assert page.weights.button.text() == "Weights: Five equal dimensions"
    assert opened(qtbot, mode="formal", weights="equal").weights.button.text() == "Weights: the framework's own"


def test_the_table_shows_total_stage_and_dimensions_of_every_set(qtbot: Any):
    page = opened(qtbot)
    qtbot.mouseClick(page.weights.button, Qt.MouseButton.LeftButton)
    found = told(page.weights)
    assert {"框架自身权重", "五维等权", "总分", "认定等级"} <= set(found)
    assert sum("权重 20%" in one for one in found) == 6
    assert "名次" not in found
    qtbot.mouseClick(page.weights.button, Qt.MouseButton.LeftButton)
    assert page.weights.isHidden()


def test_a_choice_is_one_operation_on_the_profile_and_follows_the_document(qtbot: Any, monkeypatch: pytest.MonkeyPatch):
    page = opened(qtbot)
    asked: list[tuple[Any, ...]] = []
    monkeypatch.setattr(page.session, "submit", lambda name, **fields: asked.append((name, fields)))
    page.weights.toggle()
    (button,) = offers(page.weights)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked == [("set_profile", {"weights": "equal"})]
    change(page.session, replace(page.session.sheet, profile=replace(page.session.profile, weights="equal")))
    (button,) = offers(page.weights)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked[-1] == ("set_profile", {"weights": ""})


def test_in_formal_mode_the_sets_are_compared_and_none_is_offered(qtbot: Any):
    page = opened(qtbot, mode="formal")
    page.weights.toggle()
    assert [one.isEnabled() for one in offers(page.weights)] == [False]
    assert page.weights.note.plain() == "本模式按框架自身的权重计分，此处仅供对照。"
    change(page.session, sheet_of("formal", "equal"))
    assert "不得采用权重方案" in page.weights.note.plain()
    declared = opened(qtbot, mode="formal", framework=with_set(declared=True))
    declared.weights.toggle()
    assert [one.isEnabled() for one in offers(declared.weights)] == [True]
