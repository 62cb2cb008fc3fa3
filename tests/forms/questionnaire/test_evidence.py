"""The evidence panel: kinds, dates and grades in place; files dropped, pasted, recognized; one piece for many items."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog

from assess.answers import Answer, Evidence
from assess.register.pieces import pieces
from assess.store import evidence as limits
from forms.questionnaire.evidence_picker import ItemPicker, PiecePicker
from forms.questionnaire.evidence_row import MissingRow, PieceRow

COPY, LEFT, PLAIN = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def drop(panel, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    panel.dropEvent(QDropEvent(QPointF(5, 5), COPY, data, LEFT, PLAIN))


def rows(panel, kind=PieceRow) -> list:
    found = [panel.list.itemAt(at).widget() for at in range(panel.list.count())]
    return [widget for widget in found if isinstance(widget, kind)]


def register(bench, code: str, **fields) -> Evidence:
    bench.session.submit("add_evidence", code, Evidence("", **{"name": "成立文件", **fields}))
    bench.settle()
    return bench.session.sheet.evidence(code)[-1]


def dialog(kind):
    return next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, kind) and widget.isVisible())


def settle(bench) -> None:
    for _ in range(4):
        bench.qtbot.wait(20)
        bench.settle()


# ---------------------------------------------------------------- kinds, dates, grades


def test_a_missing_kind_is_one_click_from_its_entry_and_goes_when_it_is_registered(bench):
    bench.open(at="ST1.1")
    panel = bench.desk.side.evidence
    assert len(rows(panel, MissingRow)) == 4
    rows(panel, MissingRow)[2].findChildren(type(panel.other))[0].click()
    form = panel.form
    assert form.name.text() == "全体会议通知或纪要首页"
    assert form.grade.grade() == "B"
    assert "全体会议通知或纪要首页" in form.grade.why.text
    form.name.setText("领导小组全体会议纪要")
    form.keep.click()
    bench.settle()
    (piece,) = bench.session.sheet.evidence("ST1.1")
    assert (piece.name, piece.kind, piece.grade) == ("领导小组全体会议纪要", "全体会议通知或纪要首页", "B")
    assert len(rows(panel, MissingRow)) == 3
    assert len(rows(panel)) == 1


def test_the_grade_is_proposed_until_one_is_chosen_and_told_in_words(bench):
    bench.open(at="ST1.1")
    panel = bench.desk.side.evidence
    panel.open_form()
    form = panel.form
    assert form.grade.grade() == ""
    form.name.setText("通知")
    form.number.setText("衡政发〔2026〕3号")
    assert form.grade.grade() == "B"
    assert "正式文件" in form.grade.why.text
    form.grade.list.setCurrentIndex(3)
    form.grade.list.activated.emit(3)
    form.name.setText("2025年工作总结")
    assert form.grade.grade() == "C"
    assert "单位自制" in form.grade.why.text


def test_a_date_outside_the_period_is_told_while_it_is_typed_and_written_as_one_writes_dates(bench):
    bench.open(at="ST1.1")
    panel = bench.desk.side.evidence
    panel.open_form()
    form = panel.form
    form.name.setText("通知")
    form.date.setText("2024年5月13日")
    assert form.doubt.isVisibleTo(form)
    assert "2025-07-01" in form.doubt.text
    form.standing.setChecked(True)
    assert not form.doubt.isVisibleTo(form)
    form.date.setText("2026.7.1")
    assert "晚于评估基准日" in form.doubt.text
    form.date.setText("2026.5.13")
    assert not form.doubt.isVisibleTo(form)
    form.keep.click()
    bench.settle()
    assert bench.session.sheet.evidence("ST1.1")[0].date == "2026-05-13"


def test_changing_an_old_piece_leaves_its_missing_grade_alone(bench):
    bench.open(at="ST1.1")
    one = register(bench, "ST1.1", number="〔2024〕18号")
    panel = bench.desk.side.evidence
    panel.open_form(one)
    panel.form.pages.setText("3")
    panel.form.keep.click()
    bench.settle()
    assert bench.session.sheet.evidence("ST1.1")[0].grade == ""


# ---------------------------------------------------------------- one piece, many items


def test_a_registered_piece_serves_another_item_in_two_keys(bench, qtbot):
    bench.open(at="ST1.1")
    register(bench, "ST1.1", number="〔2024〕18号")
    bench.desk.go("ST1.2")
    bench.settle()
    control = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(bench.card, Qt.Key.Key_E, control)
    picker = dialog(PiecePicker)
    qtbot.keyClick(picker.line, Qt.Key.Key_Return)
    bench.settle()
    (piece,) = pieces(bench.session.sheet)
    assert piece.items == ("ST1.1", "ST1.2")
    row = rows(bench.desk.side.evidence)[0]
    assert row.others == ("ST1.1",)


def test_a_change_made_at_one_item_is_seen_at_the_other(bench):
    bench.open(at="ST1.1")
    one = register(bench, "ST1.1")
    bench.session.submit("use_evidence", one, ["ST1.2"])
    bench.settle()
    panel = bench.desk.side.evidence
    panel.open_form(bench.session.sheet.evidence("ST1.1")[0])
    panel.form.name.setText("成立文件（修订）")
    panel.form.pages.setText("第3页")
    panel.form.keep.click()
    bench.settle()
    bench.desk.go("ST1.2")
    bench.settle()
    (other,) = bench.session.sheet.evidence("ST1.2")
    assert (other.name, other.pages) == ("成立文件（修订）", "")
    assert bench.session.undoable is not None
    bench.session.undo()
    bench.settle()
    assert {bench.session.sheet.evidence(code)[0].name for code in ("ST1.1", "ST1.2")} == {"成立文件"}


def test_the_menu_takes_a_piece_back_from_one_item_or_from_all(bench):
    bench.open(at="ST1.1")
    one = register(bench, "ST1.1")
    bench.session.submit("use_evidence", one, ["ST1.2", "ST1.3"])
    bench.settle()
    panel = bench.desk.side.evidence
    words = {action.text(): action for action in rows(panel)[0].menu().actions()}
    words["从本题撤回"].trigger()
    bench.settle()
    assert pieces(bench.session.sheet)[0].items == ("ST1.2", "ST1.3")
    bench.desk.go("ST1.2")
    bench.settle()
    words = {action.text(): action for action in rows(panel)[0].menu().actions()}
    words["从全部 2 道题撤回"].trigger()
    bench.settle()
    assert pieces(bench.session.sheet) == ()


def test_items_for_a_piece_are_ticked_from_a_list_that_narrows_down(bench, qtbot):
    bench.open(at="ST1.1")
    one = register(bench, "ST1.1")
    bench.desk.evidence.share(one)
    picker = dialog(ItemPicker)
    assert not picker.go.isEnabled()
    qtbot.keyClicks(picker.line, "SE1.1")
    assert picker.list.count() == 1
    picker.toggle()
    picker.line.clear()
    qtbot.keyClicks(picker.line, "SH1.1")
    picker.toggle()
    picker.go.click()
    bench.settle()
    assert pieces(bench.session.sheet)[0].items == ("SE1.1", "SH1.1", "ST1.1")


# ---------------------------------------------------------------- files


def test_limits_are_told_before_a_file_is_chosen_and_a_file_too_large_is_told_before_it_is_copied(
    bench, tmp_path, monkeypatch
):
    bench.open(at="ST1.1")
    panel = bench.desk.side.evidence
    panel.open_form()
    assert "200 MB" in panel.form.attached.facts.text
    assert "2 GB" in panel.form.attached.facts.text
    large = tmp_path / "录像.mp4"
    with large.open("wb") as out:
        out.truncate(limits.PER_FILE + 1)
    panel.form.take_file(large)
    assert "200 MB" in panel.form.attached.facts.text
    panel.form.keep.click()
    settle(bench)
    assert panel.form is not None
    assert panel.form.trouble.isVisibleTo(panel.form)
    assert panel.form.name.text() == "录像"
    assert bench.session.sheet.evidence("ST1.1") == ()
    panel.form.attached.leave_out.click()
    panel.form.keep.click()
    bench.settle()
    assert bench.session.sheet.evidence("ST1.1")[0].digest == ""


def test_a_large_sum_of_attachments_says_what_it_means_for_mailing(bench):
    bench.open(at="ST1.1")
    register(bench, "ST1.1", digest="ab" * 32, size=26 << 20, file_name="x.pdf")
    panel = bench.desk.side.evidence
    panel.open_form()
    assert "邮箱" in panel.form.attached.facts.text


def test_several_files_dropped_are_registered_one_by_one_by_their_names(bench, tmp_path):
    bench.open(at="ST1.1")
    paths = []
    for number in range(5):
        path = tmp_path / f"纪要 {number} =1+1.pdf"
        path.write_bytes(os.urandom(40_000))
        paths.append(path)
    drop(bench.desk.side.evidence, *paths)
    settle(bench)
    found = bench.session.sheet.evidence("ST1.1")
    assert sorted(piece.file_name for piece in found) == [path.name for path in paths]
    assert all(piece.digest and piece.size == 40_000 for piece in found)
    assert not bench.desk.side.evidence.under_way.isVisible()


def test_a_file_registered_already_is_recognized_when_it_is_dropped_again(bench, tmp_path):
    bench.open(at="ST1.1")
    first, again, other = (tmp_path / name for name in ("通知.pdf", "通知（扫描）.pdf", "台账.pdf"))
    first.write_bytes(b"%PDF the same")
    again.write_bytes(b"%PDF the same")
    other.write_bytes(b"%PDF another")
    drop(bench.desk.side.evidence, first, other)
    settle(bench)
    bench.desk.go("ST1.2")
    bench.settle()
    drop(bench.desk.side.evidence, again, other)
    settle(bench)
    assert len(pieces(bench.session.sheet)) == 2
    assert {piece.items for piece in pieces(bench.session.sheet)} == {("ST1.1", "ST1.2")}
    assert "已登记过" in bench.desk.side.evidence.said.text.plain()


def test_the_form_tells_that_a_file_is_registered_and_offers_that_piece(bench, tmp_path):
    bench.open(at="ST1.1")
    path = tmp_path / "通知.pdf"
    path.write_bytes(b"%PDF the same")
    drop(bench.desk.side.evidence, path)
    bench.desk.side.evidence.form.keep.click()
    settle(bench)
    bench.desk.go("ST1.2")
    bench.settle()
    panel = bench.desk.side.evidence
    drop(panel, path)
    bench.qtbot.waitUntil(lambda: panel.form.attached.twin is not None)
    assert panel.form.attached.same.isVisibleTo(panel.form)
    panel.form.attached.use.click()
    settle(bench)
    assert panel.form is None
    assert pieces(bench.session.sheet)[0].items == ("ST1.1", "ST1.2")


def test_a_picture_from_the_clipboard_becomes_a_png_with_a_proposed_name(bench, qtbot):
    bench.open(at="ST1.1")
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    QGuiApplication.clipboard().setImage(image)
    qtbot.keyClick(bench.card, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    panel = bench.desk.side.evidence
    assert panel.form is not None
    assert panel.form.name.text().startswith("截图 ")
    taken = panel.form.file
    panel.form.keep.click()
    settle(bench)
    (piece,) = bench.session.sheet.evidence("ST1.1")
    assert piece.file_name.endswith(".png")
    assert b"".join(bench.session._assessment.evidence_bytes(piece.digest)).startswith(b"\x89PNG")
    assert not taken.exists()  # nothing is left lying about


def test_text_is_pasted_into_a_field_as_ever_and_a_picture_pasted_there_is_attached(bench, qtbot):
    bench.open(at="ST1.1")
    panel = bench.desk.side.evidence
    panel.open_form()
    QGuiApplication.clipboard().setText("衡政法发〔2024〕18号")
    qtbot.keyClick(panel.form.number, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert panel.form.number.text() == "衡政法发〔2024〕18号"
    assert panel.form.file is None
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.black)
    QGuiApplication.clipboard().setImage(image)
    qtbot.keyClick(panel.form.number, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert panel.form.file is not None
    assert panel.form.number.text() == "衡政法发〔2024〕18号"


def test_answers_given_while_a_large_file_is_brought_in_are_saved_in_between(bench, tmp_path):
    bench.open(at="ST1.1")
    large = tmp_path / "录像.mp4"
    large.write_bytes(os.urandom(1 << 20) * 90)
    panel = bench.desk.side.evidence
    order: list[str] = []
    bench.session.changed.connect(lambda changes: order.append(changes.kind))
    panel.adding.emit(Evidence("", "录像"), large)
    bench.session.submit("answer", "ST1.1", Answer.of_level(3))
    bench.session.submit("note", "ST1.2", "写在复制途中")
    settle(bench)
    assert order[:2] == ["answer", "note"]
    assert order[-1] == "evidence"
    assert bench.session.sheet.evidence("ST1.1")[0].size == 90 << 20


def test_bringing_in_can_be_stopped_and_leaves_nothing_half(bench, tmp_path):
    bench.open(at="ST1.1")
    for name in ("一.mp4", "二.mp4"):
        (tmp_path / name).write_bytes(os.urandom(1 << 20) * 60)
    panel = bench.desk.side.evidence
    drop(panel, tmp_path / "一.mp4", tmp_path / "二.mp4")
    bench.qtbot.waitUntil(lambda: panel.under_way.isVisible())
    panel.stop.click()
    settle(bench)
    assert not panel.under_way.isVisible()
    assert bench.session.sheet.evidence("ST1.1") == ()
    assert bench.session._assessment.attachments() == {}
    bench.session.submit("note", "ST1.1", "之后")
    bench.settle()
    assert bench.session.sheet.text("ST1.1") == "之后"


def test_closing_while_a_file_is_brought_in_keeps_what_was_typed_about_it(bench, tmp_path):
    bench.open(at="ST1.1")
    large = tmp_path / "录像.mp4"
    large.write_bytes(os.urandom(1 << 20) * 60)
    panel = bench.desk.side.evidence
    panel.open_form(file=large)
    panel.form.number.setText("视频3号")
    panel.form.keep.click()
    path = bench.session.path
    bench.page.leave()
    bench.session.close()
    bench.session.open(path)
    bench.session.wait()
    (piece,) = bench.session.sheet.evidence("ST1.1")
    assert (piece.name, piece.number) == ("录像", "视频3号")


def test_an_attachment_is_written_out_on_request_under_a_safe_name_and_checked(bench, tmp_path, monkeypatch):
    bench.open(at="ST1.1")
    path = tmp_path / "通知.pdf"
    path.write_bytes(b"%PDF 1234")
    drop(bench.desk.side.evidence, path)
    bench.desk.side.evidence.form.keep.click()
    settle(bench)
    (piece,) = bench.session.sheet.evidence("ST1.1")
    nasty = Evidence(piece.id, piece.name, digest=piece.digest, size=piece.size, file_name="../\u202eCON.fdp\n. ")
    proposed: list[str] = []

    def ask(_parent, _title, name):
        proposed.append(name)
        return str(tmp_path / "取出.pdf"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    bench.desk.evidence.save_file(nasty)
    settle(bench)
    assert Path(proposed[0]).parent == bench.session.path.parent
    assert Path(proposed[0]).name == "_CON.fdp"
    assert (tmp_path / "取出.pdf").read_bytes() == b"%PDF 1234"
    bench.desk.evidence.check_file(piece)
    settle(bench)
    assert "完好" in bench.desk.side.evidence.said.text.plain()


def test_a_file_that_is_gone_is_told_in_the_form_and_nothing_typed_is_lost(bench, tmp_path):
    bench.open(at="ST1.1")
    path = tmp_path / "通知.pdf"
    path.write_bytes(b"%PDF")
    panel = bench.desk.side.evidence
    drop(panel, path)
    panel.form.place.setText("档案柜")
    path.unlink()
    panel.form.keep.click()
    settle(bench)
    assert panel.form is not None
    assert "不" in panel.form.trouble.text.plain()
    assert panel.form.place.text() == "档案柜"


def test_files_are_read_off_the_thread_of_the_window(bench, tmp_path, monkeypatch):
    bench.open(at="ST1.1")
    threads: set[str] = set()
    real = limits._read

    def spy(source):
        for data in real(source):
            threads.add(threading.current_thread().name)
            yield data

    monkeypatch.setattr(limits, "_read", spy)
    path = tmp_path / "通知.pdf"
    path.write_bytes(b"%PDF")
    drop(bench.desk.side.evidence, path)
    bench.desk.side.evidence.form.keep.click()
    settle(bench)
    assert len(bench.session.sheet.evidence("ST1.1")) == 1
    assert threads
    assert all(name.startswith("writer") for name in threads)


# ---------------------------------------------------------------- the register


def book_of(bench):
    bench.desk.evidence.open_register()
    settle(bench)
    return bench.desk.evidence.register


def test_the_register_shows_what_serves_which_items_and_what_is_to_be_looked_at(bench, tmp_path):
    bench.open(at="ST1.1")
    one = register(bench, "ST1.1", date="2024-05-13")
    bench.session.submit("use_evidence", one, ["ST1.2"])
    bench.settle()
    register(bench, "SH1.1", name="台账 =1+1\n㙍𡐓 😀", digest="ab" * 32, size=5, file_name="a.pdf")
    gone = register(bench, "SE1.1", name="已作废")
    bench.session.submit("withdraw_evidence", "SE1.1", gone.id)
    bench.settle()
    made = book_of(bench)
    assert [made.count(key) for key in ("all", "doubt", "no_file", "unused")] == [2, 2, 1, 1]
    model = made.model
    assert model.index(0, 4).data() == "ST1.1 ST1.2"
    assert "评估期" in model.index(0, 5).data()
    assert "没有该附件" in model.index(1, 5).data()
    assert "\n" not in model.index(1, 0).data()
    made.choose("unused")
    assert made.take.text() == "重新使用"
    made.take.click()
    settle(bench)
    assert bench.session.sheet.evidence("SE1.1")[0].name == "已作废"
    assert made.count("unused") == 0
    made.reject()


def test_the_register_narrows_down_goes_to_the_item_and_opens_the_form(bench):
    bench.open(at="ST1.1")
    register(bench, "ST1.1")
    register(bench, "SH1.1", name="流转记录")
    made = book_of(bench)
    made.line.setText("流转 SH1")
    assert made.model.rowCount() == 1
    made.change.click()
    bench.settle()
    assert bench.desk.code == "SH1.1"
    assert bench.desk.side.evidence.form.name.text() == "流转记录"


def test_the_register_is_exported_as_a_table(bench, tmp_path, monkeypatch):
    bench.open(at="ST1.1")
    register(bench, "ST1.1", name="=1+1")
    made = book_of(bench)
    target = tmp_path / "登记册.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    made.export.click()
    bench.qtbot.waitUntil(made.said.isVisible)
    assert "'=1+1" in target.read_text("utf-8-sig")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "没有" / "x.xlsx"), ""))
    made.said.hide()
    made.export.click()
    bench.qtbot.waitUntil(made.said.isVisible)
    assert "没有" in made.said.text.plain()
    made.reject()


def test_an_empty_register_says_so(bench):
    bench.open(at="ST1.1")
    made = book_of(bench)
    assert made.nothing.isVisible()
    assert not made.table.isVisible()
    assert not made.export.isEnabled()
    made.reject()


def test_what_is_read_only_can_be_looked_at_and_written_out_but_not_changed(bench, tmp_path):
    bench.open(at="ST1.1")
    path = tmp_path / "通知.pdf"
    path.write_bytes(b"%PDF")
    drop(bench.desk.side.evidence, path)
    bench.desk.side.evidence.form.keep.click()
    settle(bench)
    where = bench.session.path
    bench.page.leave()
    bench.session.close()
    bench.session.open(where, read_only=True)
    bench.session.wait()
    bench.page.enter("ST1.1")
    bench.settle()
    panel = bench.desk.side.evidence
    words = [action.text() for action in rows(panel)[0].menu().actions()]
    assert words == ["文件另存为…", "核对文件（SHA-256）"]
    drop(panel, path)
    panel.paste()
    bench.desk.evidence.pick()
    assert panel.form is None
    made = book_of(bench)
    assert not made.take.isEnabled()
    assert made.save.isEnabled()
    made.reject()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(1286, 616), (880, 560), (660, 300)])
def test_nothing_of_the_form_or_the_rows_sticks_out(bench, language, size, tmp_path):
    from forms import words

    words.speak(language)
    page = bench.open(at="ST1.1", size=size)
    register(bench, "ST1.1", number="衡政法发〔2024〕18号" * 3, date="2020-01-01", digest="ab" * 32, size=1 << 30)
    panel = bench.desk.side.evidence
    if bench.desk.sheets.floats(bench.desk.side):
        bench.desk.toggle_side()
    path = tmp_path / ("长" * 60 + ".pdf")
    path.write_bytes(b"x")
    bench.qtbot.wait(20)
    assert all(row.width() <= page.desk.side.viewport().width() for row in rows(panel))
    panel.open_form(file=path)
    bench.qtbot.wait(40)
    form = panel.form
    view = page.desk.side.viewport()
    assert form.mapTo(view, form.rect().topRight()).x() <= view.width()
    for part in (form.kind.list, form.grade.list, form.attached, form.standing, form.keep):
        assert part.mapTo(form, part.rect().topRight()).x() <= form.width()


def test_the_register_checks_every_file_against_its_digest(bench, tmp_path):
    import sqlite3

    bench.open(at="ST1.1")
    for name in ("一.pdf", "二.pdf"):
        (tmp_path / name).write_bytes(name.encode() * 100)
    drop(bench.desk.side.evidence, tmp_path / "一.pdf", tmp_path / "二.pdf")
    settle(bench)
    made = book_of(bench)
    made.verify.click()
    settle(bench)
    assert "2 个附件都完好" in made.said.text.plain()
    tool = sqlite3.connect(bench.session.path)
    tool.execute("UPDATE chunk SET bytes = zeroblob(5) WHERE rowid = 1")
    tool.commit()
    tool.close()
    made.verify.click()
    settle(bench)
    assert "有 1 个附件" in made.said.text.plain()
    assert made.verify.isEnabled()
    made.reject()
