"""The report page: real pages, sentences on and off, other words that outlive changed numbers, files written whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from assess.answers import Answer, Sheet
from assess.samples.cities import cities
from forms import words
from forms.reports import page as page_module
from forms.reports.edits import Edits
from forms.reports.export_dialog import ExportDialog
from forms.reports.naming import clean_name, default_name
from forms.reports.page import ReportsPage
from forms.reports.preview import readable
from forms.session import Session
from reports.model import Sentence
from tests.forms.results.made import CITY, Shell, change, city, put

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
NOW = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    words.speak("zh")
    yield
    words.speak("zh")


def shown(qtbot: Any, sheet: Sheet, width: int = 1286, target: str | None = None) -> ReportsPage:
    page = ReportsPage(put(Session(now=lambda: NOW), sheet), Shell())
    qtbot.addWidget(page)
    page.resize(width, 616)
    page.retranslate()
    page.fit("wide" if width >= 900 else "tiny")
    page.enter(target)
    page.show()
    return page


def until_set(qtbot: Any, page: ReportsPage) -> None:
    qtbot.waitUntil(
        lambda: (
            page._setting is None
            and not page._timer.isActive()
            and page.made is not None
            and not any(work.running for work in page._works)
        ),
        timeout=30000,
    )


def choose(page: ReportsPage, section: str) -> None:
    """Make a section current."""
    assert page.made is not None
    places = [place for place, entry in enumerate(page.made.entries) if entry.section == section]
    page.sections.setCurrentRow(places[0])


def test_the_real_pages_are_shown_and_a_section_leads_to_its_page(qtbot: Any) -> None:
    page = shown(qtbot, cities()[6].sheet)
    until_set(qtbot, page)
    assert page.made is not None
    assert len(page.preview.pages) > 10
    assert page.middle.place.text() == f"1／{len(page.preview.pages)}"
    choose(page, "proposals")
    assert page.preview.number == page.made.places["proposals"]
    assert page.sentences.cards


def test_page_keys_turn_pages_and_stop_at_the_ends(qtbot: Any) -> None:
    page = shown(qtbot, cities()[6].sheet, target="summary")
    until_set(qtbot, page)
    count = len(page.preview.pages)
    for _ in range(count + 2):
        qtbot.keyClick(page.preview, Qt.Key.Key_PageDown)
    assert page.preview.number == count
    assert not page.middle.forth.isEnabled()


def test_a_section_left_out_is_gone_from_the_pages_but_not_from_the_list(qtbot: Any) -> None:
    page = shown(qtbot, cities()[6].sheet)
    until_set(qtbot, page)
    before = len(page.preview.pages)
    choose(page, "detail")
    qtbot.keyClick(page.sections, Qt.Key.Key_Space)
    assert "detail" in page.off
    page.set_anew()
    until_set(qtbot, page)
    assert page.made is not None
    assert "detail" not in [section.id for section in page.made.report.sections]
    assert "detail" in [entry.section for entry in page.made.entries]
    assert len(page.preview.pages) < before


def test_a_sentence_switched_off_is_not_printed(qtbot: Any) -> None:
    page = shown(qtbot, cities()[6].sheet, target="summary")
    until_set(qtbot, page)
    choose(page, "summary")
    card = page.sentences.cards[0]
    qtbot.keyClick(card.check, Qt.Key.Key_Space)
    assert card.sentence.id in page.edits.off
    assert "已关闭" in card.basis.plain()
    page.set_anew()
    until_set(qtbot, page)
    assert card.sentence.text not in str(page.made.report if page.made else "")


def test_other_words_are_printed_kept_when_numbers_move_and_can_be_restored(qtbot: Any) -> None:
    page = shown(qtbot, cities()[6].sheet, target="summary")
    until_set(qtbot, page)
    choose(page, "summary")
    card = next(card for card in page.sentences.cards if card.sentence.id == "summary.total")
    card.check.setFocus()
    card.edit()
    card.field.setPlainText("总分稳中有升</script>\n=1+1")
    qtbot.keyClick(card.field, Qt.Key.Key_Return)
    assert "已改" in card.basis.plain()
    change(page.session, cities()[5].sheet)
    page.set_anew()
    until_set(qtbot, page)
    assert page.made is not None
    assert "总分稳中有升</script> =1+1" in str(page.made.report)
    again = next(card for card in page.sentences.cards if card.sentence.id == "summary.total")
    assert "数字已变，请核对" in again.basis.plain()
    again.back.click()
    assert "summary.total" not in page.edits.edited


def test_arrows_move_between_sentences(qtbot: Any) -> None:
    page = shown(qtbot, cities()[6].sheet, target="summary")
    until_set(qtbot, page)
    choose(page, "summary")
    first = page.sentences.cards[0]
    first.check.setFocus()
    qtbot.keyClick(first.check, Qt.Key.Key_Down)
    assert page.focusWidget() is page.sentences.cards[1].check


def test_the_language_of_the_report_is_its_own_choice(qtbot: Any) -> None:
    page = shown(qtbot, cities()[6].sheet, target="summary")
    until_set(qtbot, page)
    page.settings.tongue._pick("en")
    page.set_anew()
    until_set(qtbot, page)
    assert page.made is not None
    assert page.made.report.language == "en"
    assert words.language() == "zh"


def test_date_marking_and_compiler_come_from_the_settings(qtbot: Any) -> None:
    page = shown(qtbot, cities()[6].sheet, target="summary")
    page.settings.by.setText("评估专班")
    page.settings.marking.setChecked(True)
    wish = page.wish()
    assert wish is not None
    assert wish.date == "2026-07-01"
    assert wish.options.marking == "内部"
    assert wish.options.compiled_by == "评估专班"
    assert wish.options.rank is False


def test_the_comparison_page_leads_to_a_report_on_the_comparison(qtbot: Any) -> None:
    page = shown(qtbot, cities()[6].sheet, target="benchmark")
    until_set(qtbot, page)
    assert page.made is not None
    assert {section.id for section in page.made.report.sections} == {"cover", "method", "peers", "provenance"}
    assert page.kinds.key == "benchmark"


def test_files_are_written_in_the_background_and_can_be_opened(
    qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(page_module, "show_file", opened.append)
    page = shown(qtbot, cities()[6].sheet, target="summary")
    until_set(qtbot, page)
    page.write([tmp_path / "报告.pdf", tmp_path / "报告.html"])
    qtbot.waitUntil(lambda: page.notice.isVisible(), timeout=30000)
    assert (tmp_path / "报告.pdf").read_bytes().startswith(b"%PDF")
    assert "总分" in (tmp_path / "报告.html").read_text(encoding="utf-8")
    assert "已导出" in page.notice.text.plain()
    page.notice.link.click()
    assert opened == [tmp_path]


def test_a_place_that_takes_no_file_is_said_in_place(qtbot: Any, tmp_path: Path) -> None:
    page = shown(qtbot, cities()[6].sheet, target="summary")
    until_set(qtbot, page)
    page.write([tmp_path / "none" / "报告.html"])
    qtbot.waitUntil(lambda: page.notice.isVisible(), timeout=30000)
    assert page.notice.property("notice") == "danger"
    assert not page.progress_row.isVisible()


def test_what_is_no_longer_wanted_is_cancelled(qtbot: Any) -> None:
    page = shown(qtbot, cities()[6].sheet)
    assert page._setting is not None
    page.cancel()
    assert page._setting is None
    assert not page.progress_row.isVisible()
    assert page.made is None


def test_nothing_answered_says_so_and_exports_nothing(qtbot: Any) -> None:
    page = shown(qtbot, Sheet.of(CITY))
    assert "还没有作答" in page.empty.plain()
    assert not page.out.isEnabled()
    assert page._setting is None
    qtbot.wait(20)
    assert page.middle.tools.y() < 8  # the tools stay on top although there is no page


def test_a_suspended_assessment_exports_nothing(qtbot: Any) -> None:
    sheet = city().with_cells({("@redline", "R3"): {"state": "confirmed", "reason": "涉密"}})
    page = shown(qtbot, sheet)
    assert not page.out.isEnabled()
    assert "暂停" in page.empty.plain()


@pytest.mark.parametrize("mode", ["self", "training"])
def test_other_kinds_of_assessment_have_reports_too(qtbot: Any, mode: str) -> None:
    page = shown(qtbot, city(replace(CITY, mode=mode)), target="summary")
    until_set(qtbot, page)
    assert page.preview.pages


def test_a_part_with_a_single_answer_still_makes_a_report(qtbot: Any) -> None:
    part = replace(CITY, scope=("ST1.1",), unit="<b>甲</b>\n乙😀㙍𡐓")
    page = shown(qtbot, Sheet.of(part, {"ST1.1": Answer.of_level(3)}))
    until_set(qtbot, page)
    assert page.preview.pages


def test_the_export_dialog_names_files_cleanly_and_says_what_is_there(qtbot: Any, tmp_path: Path) -> None:
    dialog = ExportDialog(tmp_path, default_name("示例·陇垣市", "2026-07-01"))
    qtbot.addWidget(dialog)
    assert [path.name for path in dialog.paths()] == [
        "示例·陇垣市评估报告2026-07-01.pdf",
        "示例·陇垣市评估报告2026-07-01.html",
    ]
    dialog.paths()[0].write_bytes(b"")
    dialog.html.setChecked(False)
    assert "将被替换" in dialog.warning.plain()
    assert dialog.go.isEnabled()
    dialog.pdf.setChecked(False)
    assert not dialog.go.isEnabled()
    dialog.pdf.setChecked(True)
    dialog.folder.setText(str(tmp_path / "gone"))
    assert not dialog.go.isEnabled()


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("a/b:c*d?", "a_b_c_d_"),
        ("CON", "_CON"),
        ("  .. ", "_"),
        ("一\n二", "一 二"),
        ("字" * 200, "字" * 80),
        ("</script>", "__script_"),
    ],
)
def test_names_of_files_hold_nothing_a_system_refuses(typed: str, clean: str) -> None:
    assert clean_name(typed) == clean


def test_edits_know_when_their_sentence_has_moved() -> None:
    before, after = Sentence("a", "总分53.6分。"), Sentence("a", "总分54.0分。")
    edits = Edits().written(before, "总分53.6分，好。")
    assert not edits.stale(before)
    assert edits.stale(after)
    assert edits.written(after, "总分54.0分。").edited == {}
    assert edits.written(before, "  ").edited == {}


def test_colors_with_opacity_are_rewritten_for_the_preview() -> None:
    assert readable(b'<g fill="#00000080"/>') == b'<g fill="#000000" fill-opacity="0.502"/>'


def test_at_two_hundred_percent_the_parts_are_tabs(qtbot: Any) -> None:
    page = shown(qtbot, cities()[6].sheet, width=603)
    until_set(qtbot, page)
    assert page.middle.isVisible()
    assert not page.left.isVisible()
    page.tabs._pick("sentences")
    assert page.right.isVisible()
    assert not page.middle.isVisible()
    assert page.minimumSizeHint().width() <= 603
