"""The next card with fifteen hundred indicators and five hundred pieces of evidence: on screen within 50 ms."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assess.answers import Profile
from assess.checks.one import findings_of
from assess.framework.read import builtin
from assess.samples.cities import city

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
NEXT, CHECKED, SEARCHED = 0.05, 0.05, 0.05


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Any:
    """A window with the large document, at its second item."""
    from forms import app
    from forms.session import Session
    from forms.settings import RecentList, Settings
    from forms.window import Window
    from tests.bench import large

    app.dress(app.application(), Settings(theme="light"))
    session = Session()
    window = Window(session, Settings(theme="light"), RecentList())
    qtbot.addWidget(window)
    window.resize(1366, 696)
    window.show()
    made = large.framework()
    about = Profile(unit="衡川市", tier="市", base_date="2026-06-30", year=2026)
    session.create(tmp_path / "large.zhd", made, about)
    session.wait()
    session.submit("set_cells", large.cells(made), "previous")
    session.wait()
    window.go("questionnaire", "ST1.1-1")
    qtbot.wait(50)
    yield window
    session.shut_down()


def test_the_next_card_is_there_at_once(benchmark: Any, window: Any) -> None:
    desk = window.page.desk
    assert len(desk.states) == 1518

    def forward() -> None:
        desk.step(1)
        desk.repaint()

    benchmark.pedantic(forward, rounds=30, warmup_rounds=3)
    assert benchmark.stats.stats.median < NEXT


def test_a_search_narrows_the_outline_at_once(benchmark: Any, window: Any) -> None:
    outline = window.page.desk.outline
    outline.open_search()

    def seek() -> None:
        outline.search.setText("网信办" if outline.search.text() != "网信办" else "ST1.1-2")
        outline.repaint()

    benchmark.pedantic(seek, rounds=12, warmup_rounds=2)
    assert benchmark.stats.stats.min < SEARCHED


def test_one_item_of_a_city_is_checked_within_the_pause_of_a_hand(benchmark: Any) -> None:
    framework, sample = builtin(), city("990401")
    found = benchmark(lambda: findings_of(framework, sample.sheet, "ST1.1"))
    assert isinstance(found, tuple)
    assert benchmark.stats.stats.min < CHECKED
