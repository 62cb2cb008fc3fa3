"""Counties and the gap on the results page: what counts, what is missing, and no number from fewer than five sheets."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel

from assess.answers import Answer, Profile
from assess.framework.read import builtin
from assess.grassroots.sheets import Filled
from assess.measure.counties import CountyItem, Submitted
from forms import words
from forms.results.intake import Taking
from forms.results.page import ResultsPage
from forms.session import Session
from tests.forms.results.made import CITY, Shell, city, put

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
FRAMEWORK = builtin()


@pytest.fixture(autouse=True)
def chinese():
    words.speak("zh")
    yield
    words.speak("zh")


def page_of(qtbot, sheet):
    page = ResultsPage(put(Session(), sheet), Shell())
    qtbot.addWidget(page)
    page.resize(1286, 900)
    page.retranslate()
    page.fit("wide")
    page.enter()
    page.show()
    QCoreApplication.processEvents()
    return page


def texts(widget):
    return "\n".join(one.accessibleName() or one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def with_sheets(count, level=1):
    made = [Filled("乡", number, {"ME2.5": level}, place="青石镇") for number in range(1, count + 1)]
    return city(level=4).with_cells({one.cell: one.to_json() for one in made})


def county(name, score, standing="sealed"):
    items = {"ME2.5": CountyItem("answered", "value", score, "3")}
    date = CITY.base_date
    return Submitted(name, name, "", FRAMEWORK.digest, date, "self", standing, "F83E 0001", "", items)


def with_counties(*taken, **profile):
    sheet = city(level=5).with_cells({("@county", one.column): one.to_json() for one in taken})
    return replace(sheet, profile=replace(sheet.profile, counties=2, blend_counties=True, **profile))


def test_without_sheets_the_panel_says_what_they_are_for(qtbot):
    page = page_of(qtbot, city(level=3))
    assert "还没有基层问卷" in texts(page.grassroots)


def test_four_sheets_show_no_number(qtbot):
    page = page_of(qtbot, with_sheets(4))
    assert "各题作答都不足5份，不算温差" in texts(page.grassroots)
    assert not page.grassroots.lines.isVisible()


def test_five_sheets_show_the_gap_with_its_word_and_no_place(qtbot):
    page = page_of(qtbot, with_sheets(5))
    shown = texts(page.grassroots)
    assert "上热下冷" in shown
    assert "温差只作线索" in shown
    assert "青石镇" not in texts(page)


def test_counties_are_listed_with_what_counts_and_what_is_missing(qtbot):
    page = page_of(qtbot, with_counties(county("甲县", 60.0), county("乙县", 20.0, "open")))
    shown = texts(page.counties)
    assert "1个县（市、区）计入" in shown
    assert "甲县，已封存" in shown
    assert "乙县，不计入" in shown


def test_blended_items_follow_at_once(qtbot):
    page = page_of(qtbot, with_counties(county("甲县", 60.0), county("乙县", 20.0)))
    assert "2个县（市、区）计入：1题" in texts(page.counties)
    assert page.scores.items["ME2.5"].score == pytest.approx(0.7 * 100 + 0.3 * 40)


def test_hostile_names_of_counties_stay_words(qtbot):
    for name in ("<b>甲</b>", "=1+1", "甲\n县", "🙂", "㙍𐡓", "</script>"):
        page = page_of(qtbot, with_counties(county(name, 60.0)))
        assert " ".join(name.split()) in texts(page.counties)


def test_a_township_has_neither_panel(qtbot):
    sheet = replace(city(level=3), profile=replace(CITY, tier="县"))
    page = page_of(qtbot, sheet)
    assert page.counties.isHidden()


def test_documents_are_taken_in_in_the_background(qtbot, tmp_path):
    from assess.assessment import Assessment, Author

    def now():
        return datetime(2026, 7, 1, tzinfo=UTC)

    town = Assessment.create(tmp_path / "t.zhd", FRAMEWORK, Profile("青石镇", tier="乡"), author=Author("某"), now=now)
    town.answer("ME2.5", Answer.of_level(2))
    town.close()
    session, shell = Session(now=now), Shell()
    session.create(tmp_path / "c.zhd", FRAMEWORK, Profile("衡川市"))
    session.wait()
    taking = Taking(session, shell)
    qtbot.addWidget(taking)
    taking.read([tmp_path / "t.zhd", tmp_path / "none.zhd"])
    qtbot.waitUntil(lambda: "已收入县级文件0个、基层问卷1份。" in shell.told, timeout=5000)
    session.wait()
    assert [cell for cell in session.sheet.cells if cell[0] == "@sheet"]
    session.shut_down()


def test_counties_written_down_are_missed_by_name(qtbot):
    from forms.results.county_panel import names_of

    names = names_of("甲县\n\n 乙  县 \n甲县\n</script>")
    assert names == ["甲县", "乙 县", "</script>"]
    page = page_of(qtbot, with_counties(county("甲县", 60.0), parameters={"county_names": names}))
    assert "还没有交的：乙 县、</script>。" in texts(page.counties)
