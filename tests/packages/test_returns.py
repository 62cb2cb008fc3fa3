"""Coming back: sealed, taken in once, compared with what was issued, settled without a loss."""

from __future__ import annotations

import json
import shutil
from datetime import date, timedelta

import pytest

from assess.answers import Answer, Evidence
from assess.assessment import Assessment, Author
from assess.packages import members, receipts
from assess.packages.conflicts import combine, conflicts, ruling, send_back, sent_back, settle, take
from assess.packages.overview import overview
from assess.packages.preview import Options, preview
from assess.packages.recipients import LowerUnit, add_units, assign, recipients
from assess.packages.returning import hand_back
from assess.packages.taking import inspect, take_in
from assess.problems import Problem
from tests.packages.conftest import OFFICE, answer_for, filled, issued

TODAY = date(2026, 7, 10)
REVIEWER = Author("王五", "市委政法委", "", "reviewer")


def paths(done):
    return {one.parcel.recipient.name: one.path for one in done.files}


def row(document, name, today=TODAY):
    return next(one for one in overview(document, today).rows if one.recipient.name == name)


def test_a_return_is_sealed_and_carries_unit_and_day_in_its_name(master, folder, clock):
    document = master()
    path = filled(paths(issued(document, folder))["市公安局"], folder, clock)
    assert path.name == "返回_市公安局_20260703.zhd"
    with Assessment.open(path, author=OFFICE, now=clock) as returned:
        assert returned.role == "returned"
        assert returned.sealed() is not None
        assert returned.standing.closed
        assert returned.verify() == ()
    with pytest.raises(Problem) as caught:
        hand_back(document, folder)
    assert caught.value.code == "packages.not-package"


def test_handing_back_asks_what_sealing_asks(master, folder, clock):
    document = master()
    path = paths(issued(document, folder))["市公安局"]
    with Assessment.open(path, author=Author("李四", "市公安局"), now=clock) as package:
        with pytest.raises(Problem) as caught:
            hand_back(package, folder)
        assert caught.value.code.startswith("seal.")
        assert package.role == "issued"
        assert not list(folder.glob("返回*"))


def test_handing_back_twice_without_a_change_gives_the_same_seal(master, folder, clock):
    document = master()
    path = paths(issued(document, folder))["市公安局"]
    filled(path, folder, clock)
    with Assessment.open(path, author=Author("李四", "市公安局"), now=clock) as package:
        first = package.sealed()
        again = hand_back(package, folder)
    assert again.digest == first
    assert again.path.name == "返回_市公安局_20260703（2）.zhd"


def test_a_return_reopened_and_handed_back_merges_as_later_events(master, folder, clock):
    document = master()
    path = paths(issued(document, folder))["市公安局"]
    one = filled(path, folder, clock, level=2)
    assert take_in(document, [one]).outcomes[0].state == "taken"
    with Assessment.open(path, author=Author("李四", "市公安局"), now=clock) as package:
        package.reopen("数据有误，重新核对后更正")
        code = next(iter(package.framework.indicators))
        package.answer(code, Answer.no_data("重新核对后确无数据"))
        two = hand_back(package, folder, anyway=True).path
    outcome = take_in(document, [two, one]).outcomes[0]
    assert outcome.state == "taken"
    assert document.conflicts() == {}
    assert document.sheet.answer(code) == Answer.no_data("重新核对后确无数据")
    first = row(document, "市公安局")
    assert first.returned == outcome.returned


def test_the_overview_follows_the_round(master, folder, clock):
    document = master()
    assert row(document, "市公安局").state == "unissued"
    assert row(document, "市公安局").step == "issue"
    files = paths(issued(document, folder, Options(deadline="2026-07-25")))
    issued_row = row(document, "市公安局")
    assert (issued_row.state, issued_row.deadline, issued_row.times) == ("issued", "2026-07-25", 1)
    assert row(document, "市公安局", date(2026, 7, 26)).state == "overdue"
    codes = recipients(document)
    half = {one.name: one for one in codes}["市委网信办"].items[:3]
    take_in(document, [filled(files["市公安局"], folder, clock), filled(files["市委网信办"], folder, clock, only=half)])
    done = row(document, "市公安局")
    assert (done.state, done.step, done.answered, done.total) == ("merged", "", 2, 2)
    part = row(document, "市委网信办")
    assert (part.state, part.step, part.answered, part.total) == ("incomplete", "open", 3, 7)
    assert len(part.open) == 4
    found = overview(document, TODAY)
    assert (found.issued, found.returned, found.outstanding, found.conflicts, found.sent_back) == (12, 2, 10, 0, 0)
    document.answer(done.recipient.items[0], Answer.no_data("主办单位改"))
    assert row(document, "市公安局").changed == (done.recipient.items[0],)
    assign(document, {"ST1.1": ("市公安局",)})
    more = row(document, "市公安局")
    assert (more.new_items, more.step) == (("ST1.1",), "reissue")
    for language in ("zh", "en"):
        for each in overview(document, TODAY).rows:
            assert each.state_words.render(language)
            assert (each.step_words is None) == (each.step == "")


def planted(master, folder, clock):
    """Base 1, master 2, two packages 3 and 4, each with its note and evidence."""
    document = master()
    code = "SH1.1"
    document.answer(code, Answer.of_level(1))
    assign(document, {code: ("市大数据局", "市司法局")})
    chosen = [one for one in recipients(document, assisting=True) if one.name in ("市大数据局", "市司法局")]
    from assess.packages.issue import issue

    out = folder / "发放"
    out.mkdir()
    files = paths(issue(document, preview(document, chosen), out))
    document.answer(code, Answer.of_level(2))
    document.note(code, "引用5月通报")
    document.add_evidence(code, Evidence("", "编目进度通报"))
    for name, who, level in (("市大数据局", "李四", 3), ("市司法局", "赵六", 4)):
        with Assessment.open(files[name], author=Author(who, name), now=clock) as package:
            package.answer(code, Answer.of_level(level))
            package.note(code, f"{name}：已发布")
            package.add_evidence(code, Evidence("", f"{name}文件"))
            hand_back(package, folder, anyway=True)
    return document, code, sorted(folder.glob("返回_*.zhd"))


def test_a_conflict_shows_every_side_with_hand_note_evidence_and_the_common_start(master, folder, clock):
    document, code, files = planted(master, folder, clock)
    intake = take_in(document, files)
    assert set(intake.conflicts) == {(code, "self"), (code, "note")}
    found = {one.column: one for one in conflicts(document)}
    assert [one.column for one in conflicts(document)] == ["self", "note"]
    pair = found["self"]
    assert pair.base is not None
    assert Answer.from_json(pair.base.value) == Answer.of_level(1)
    assert pair.base.note == ""
    by_unit = {side.unit: side for side in pair.sides}
    assert set(by_unit) == {"市委政法委", "市大数据局", "市司法局"}
    mine = by_unit["市委政法委"]
    assert (mine.value["level"], mine.note, [e.name for e in mine.evidence]) == (2, "引用5月通报", ["编目进度通报"])
    assert mine.source == ""
    theirs = by_unit["市大数据局"]
    assert (theirs.value["level"], theirs.author, theirs.note) == (3, "李四", "市大数据局：已发布")
    assert [e.name for e in theirs.evidence] == ["市大数据局文件"]
    assert theirs.source == "返回_市大数据局_20260703.zhd"
    assert len(pair.notes) == 3
    assert len(document.sheet.evidence(code)) == 3
    assert row(document, "市大数据局").state == "conflict"
    assert conflicts(document, ["ST1.1"]) == ()


def test_taking_a_side_settles_and_keeps_the_reason(master, folder, clock):
    document, code, files = planted(master, folder, clock)
    take_in(document, files)
    pair = conflicts(document)[0]
    chosen = next(side for side in pair.sides if side.unit == "市大数据局")
    changes = take(document, (code, "self"), chosen.event, "以发布文件为准")
    assert changes.kind == "resolve"
    assert document.sheet.answer(code) == Answer.of_level(3)
    kept = ruling(document, (code, "self"))
    assert kept is not None
    assert (kept.reason, kept.taken, kept.unit, len(kept.out_of)) == ("以发布文件为准", chosen.event, "市委政法委", 3)
    assert [one.column for one in conflicts(document)] == ["note"]
    with pytest.raises(Problem) as caught:
        take(document, (code, "self"), chosen.event)
    assert caught.value.code == "document.no-conflict"
    assert take_in(document, files).conflicts == ((code, "note"),)
    assert len(document.history(code, "self")) == 5
    assert len(document.sheet.evidence(code)) == 3


def test_combining_keeps_every_note_and_every_piece_of_evidence_with_one_value(master, folder, clock):
    document, code, files = planted(master, folder, clock)
    take_in(document, files)
    chosen = conflicts(document)[0].sides[-1]
    combine(document, (code, "self"), chosen.event)
    assert conflicts(document) == ()
    note = document.sheet.text(code)
    for words in ("引用5月通报", "市大数据局：已发布", "市司法局：已发布"):
        assert note.count(words) == 1
    assert "李四" in note
    assert len(document.sheet.evidence(code)) == 3
    assert document.sheet.cells[code, "self"] == chosen.value


def test_evidence_described_in_two_ways_is_kept_in_both(master, folder, clock):
    document = master()
    code = document.framework.indicators and recipients(document)[0].items[0]
    document.add_evidence(code, Evidence("e", "文件"))
    path = paths(issued(document, folder))[recipients(document)[0].name]
    document.change_evidence(code, Evidence("e", "文件", number="〔2026〕1号"))
    with Assessment.open(path, author=Author("李四", "x"), now=clock) as package:
        package.change_evidence(code, Evidence("e", "文件", number="〔2026〕2号"))
        back = hand_back(package, folder, anyway=True).path
    take_in(document, [back])
    (pair,) = conflicts(document)
    combine(document, pair.cell, pair.sides[0].event)
    assert {one.number for one in document.sheet.evidence(code)} == {"〔2026〕1号", "〔2026〕2号"}
    assert conflicts(document) == ()


def test_a_value_nobody_gave_settles_too(master, folder, clock):
    document, code, files = planted(master, folder, clock)
    take_in(document, files)
    settle(document, (code, "self"), Answer.of_level(5).to_json(), "现场核实")
    assert document.sheet.answer(code) == Answer.of_level(5)
    kept = ruling(document, (code, "self"))
    assert kept is not None
    assert kept.taken == ""


def test_an_item_sent_back_travels_with_its_reason_and_is_received_again(master, folder, clock):
    document = master()
    files = paths(issued(document, folder))
    take_in(document, [filled(files["市公安局"], folder, clock)])
    code = row(document, "市公安局").recipient.items[0]
    document.act_as(REVIEWER)
    with pytest.raises(Problem):
        send_back(document, [code], "", "2026-08-01")
    send_back(document, [code], "缺少印发文件，请补充", "2026-08-01")
    assert sent_back(document)[code].reason == "缺少印发文件，请补充"
    now = row(document, "市公安局")
    assert (now.state, now.step, now.sent_back) == ("sent_back", "reissue", (code,))
    parcel = next(one for one in preview(document, recipients(document)).parcels if one.recipient.name == "市公安局")
    assert parcel.sent_back == (code,)
    again = paths(issued(document, folder))["市公安局"]
    assert row(document, "市公安局").step == "wait"
    with Assessment.open(again, author=Author("李四", "市公安局"), now=clock) as package:
        assert package.sheet.cells[code, "step"]["reason"] == "缺少印发文件，请补充"
        assert package.sheet.text(code).startswith("市公安局对")
        package.add_evidence(code, Evidence("", "印发文件"))
        back = hand_back(package, folder, anyway=True).path
    outcome = take_in(document, [back]).outcomes[0]
    assert outcome.state == "taken"
    assert document.conflicts() == {}
    assert sent_back(document) == {}
    assert row(document, "市公安局").state == "merged"


def test_counties_come_back_into_documents_of_their_own(master, folder, clock):
    document = master()
    add_units(document, [LowerUnit("青石县", "county", "990121"), LowerUnit("河口镇", "township", "990121100")])
    files = paths(issued(document, folder, by="all"))
    backs = [filled(files[name], folder, clock) for name in ("青石县", "河口镇")]
    before = dict(document.sheet.cells)
    looked = [inspect(document, path) for path in backs]
    assert [(one.state, one.unit) for one in looked] == [("waiting", "青石县"), ("waiting", "河口镇")]
    intake = take_in(document, backs)
    assert [one.state for one in intake.outcomes] == ["taken", "taken"]
    assert intake.conflicts == ()
    assert dict(document.sheet.cells) == before
    assert [one.state for one in take_in(document, backs).outcomes] == ["again", "again"]
    county = row(document, "青石县")
    assert (county.state, county.answered, county.total) == ("merged", 67, 67)
    assert county.document is not None
    assert county.document.parent == members.folder(document)
    shutil.rmtree(members.folder(document))
    assert [inspect(document, path).state for path in backs] == ["waiting", "waiting"]
    assert not members.folder(document).exists()
    assert [one.state for one in take_in(document, backs).outcomes] == ["taken", "taken"]
    assert row(document, "青石县").answered == 67
    assert [one.state for one in take_in(document, backs).outcomes] == ["again", "again"]
    stranger = master("别处.zhd", identity=None)
    assert take_in(stranger, backs).outcomes[0].problem.code == "return.other-assessment"


def test_an_unfinished_package_is_taken_in_only_when_asked(master, folder, clock):
    document = master()
    path = paths(issued(document, folder))["市公安局"]
    with Assessment.open(path, author=Author("李四", "市公安局"), now=clock) as package:
        code = next(iter(package.framework.indicators))
        package.note(code, "草稿")
    assert take_in(document, [path]).outcomes[0].problem.code == "return.unfinished"
    (outcome,) = take_in(document, [path], unfinished=True).outcomes
    assert (outcome.state, outcome.unfinished) == ("taken", True)
    assert document.sheet.text(code) == "草稿"
    assert row(document, "市公安局").returned is None


def test_encrypted_returns_open_with_the_words_of_their_unit(master, folder, clock):
    document = master()
    chosen = [one for one in recipients(document) if one.name in ("市公安局", "市财政局")]
    from assess.packages.issue import issue

    out = folder / "发放"
    out.mkdir()
    words = {"department:市公安局": "公安口令", "department:市财政局": "财政口令"}
    done = issue(document, preview(document, chosen, Options(encrypt=True)), out, passphrases=words)
    backs = [filled(one.path, folder, clock, passphrase=words[one.parcel.recipient.key]) for one in done.files]
    assert {one.problem.code for one in take_in(document, backs).outcomes} == {"store.passphrase-needed"}
    assert {one.problem.code for one in take_in(document, backs, passphrases=["错"]).outcomes} == {
        "store.wrong-passphrase"
    }
    assert [one.state for one in take_in(document, backs, passphrases=words).outcomes] == ["taken", "taken"]
    assert [one.state for one in take_in(document, backs, passphrases=list(words.values())).outcomes] == ["again"] * 2


def test_work_that_is_no_longer_wanted_stops_between_files_and_keeps_what_is_whole(master, folder, clock):
    document = master()
    files = paths(issued(document, folder))
    backs = [filled(files[name], folder, clock) for name in ("市公安局", "市财政局", "市委党校")]
    seen: list[tuple[int, int, str]] = []
    intake = take_in(document, backs, progress=lambda *told: seen.append(told), wanted=lambda: len(seen) < 2)
    states = [one.state for one in intake.outcomes]
    assert states[0] == "taken"
    assert states[-1] == "stopped"
    assert document.verify() == ()
    assert [one.state for one in take_in(document, backs).outcomes][-1] == "taken"
    assert all(0 <= done <= total for done, total, _ in seen)


def test_a_receipt_says_what_was_taken_in_and_is_read_back(master, folder, clock):
    document, code, files = planted(master, folder, clock)
    outcome = take_in(document, files).outcomes[0]
    made = receipts.receipt(document, outcome)
    text, data = receipts.write(made, folder)
    words = text.read_bytes().decode("utf-8-sig")
    assert code in words
    assert outcome.seal is not None
    assert outcome.seal.printed in words
    assert "张三" in words
    assert "市委政法委" in words
    again = receipts.read(data)
    assert (again.digest, again.unit, again.conflicts) == (made.digest, made.unit, made.conflicts)
    for spoiled in ("{}", "[]", "x", json.dumps({**made.to_json(), "at": "gestern"}), '{"format": "zhiheng-receipt"}'):
        data.write_text(spoiled)
        with pytest.raises(Problem) as caught:
            receipts.read(data)
        assert caught.value.code == "receipt.unreadable"
    refused = take_in(document, [text]).outcomes[0]
    assert refused.problem is not None
    words = receipts.receipt(document, refused).text("zh")
    assert refused.problem.text.render("zh") in words
    assert "\n\n" not in receipts.receipt(document, outcome).text("en")


def test_a_return_of_an_older_framework_is_carried_over_and_told(folder, clock, monkeypatch):
    from assess.answers import Profile
    from tests.store.conftest import small_framework

    old, new = small_framework("1", ("A1", "A2", "A3")), small_framework("2", ("A1", "A2", "A4"))
    from dataclasses import replace

    from assess import seen as module
    from assess.language import Words

    for one in (old, new):
        for code, item in one.indicators.items():
            one.indicators[code] = replace(item, tiers=("市",))
    changed = replace(new.indicators["A2"], question=Words("另一个问题？", "another?"))
    lighter = replace(new.indicators["A1"], weight=9.0, lead=Words("别的单位", "x"))
    new = replace(new, indicators={**new.indicators, "A2": changed, "A1": lighter})
    for one in (old, new):
        monkeypatch.setitem(module._read, module._key(one.sources), one)
    profile = Profile("岚州市", mode="formal")
    first = Assessment.create(folder / "旧.zhd", old, profile, author=OFFICE, now=clock)
    first.issue_copy(folder / "包.zhd", ("A1", "A2", "A3"), package={"key": "department:甲", "to": "甲"})
    with Assessment.open(folder / "包.zhd", author=Author("李四", "甲"), now=clock) as package:
        package.answer_many({code: Answer.of_level(3) for code in ("A1", "A2", "A3")})
        package.note("A1", "说明")
        package.set_role("returned")
    now = Assessment.create(folder / "新.zhd", new, profile, author=OFFICE, now=clock, identity=first.id)
    first.close()
    (outcome,) = take_in(now, [folder / "包.zhd"]).outcomes
    assert outcome.state == "taken"
    told = outcome.carried
    assert told is not None
    assert (told.kept, told.changed, told.gone, told.new) == (("A1",), ("A2",), ("A3",), ("A4",))
    assert dict(told.answers) == {"A2": Answer.of_level(3), "A3": Answer.of_level(3)}
    assert now.sheet.answers() == {"A1": Answer.of_level(3)}
    assert now.sheet.text("A1") == "说明"
    assert now.history("A1", "self")[-1].author == "李四"
    assert now.verify() == ()
    assert take_in(now, [folder / "包.zhd"]).outcomes[0].state == "again"
    now.close()


def test_the_time_of_a_return_is_that_of_its_seal_and_not_of_the_merge(master, folder, clock):
    document = master()
    back = filled(paths(issued(document, folder))["市公安局"], folder, clock)
    clock.at += timedelta(days=3)
    take_in(document, [back])
    found = row(document, "市公安局")
    assert found.returned is not None
    assert found.returned.date().isoformat() == "2026-07-03"
    assert answer_for(document.framework.indicators[found.recipient.items[0]]) is not None


def test_a_sealed_master_issues_and_takes_in_all_the_same(master, folder, clock):
    document = master()
    document.seal(closing=True)
    files = paths(issued(document, folder))
    assert row(document, "市公安局").times == 1
    (outcome,) = take_in(document, [filled(files["市公安局"], folder, clock)]).outcomes
    assert outcome.state == "taken"
    assert document.standing.closed
    assert document.standing.changed > 0


def test_documents_of_counties_are_as_secret_as_their_master(master, folder, clock):
    document = master()
    add_units(document, [LowerUnit("青石县", "county", "990121")])
    files = paths(issued(document, folder, by="county"))
    back = filled(files["青石县"], folder, clock)
    take_in(document, [back])
    county = row(document, "青石县").document
    Assessment.open(county, author=OFFICE, now=clock, read_only=True).close()
    document.change_passphrase("主文件口令")
    take_in(document, [back])
    with pytest.raises(Problem) as caught:
        Assessment.open(county, author=OFFICE, now=clock, read_only=True)
    assert caught.value.code == "store.passphrase-needed"
    assert row(document, "青石县").answered == 67


def test_two_packages_may_each_set_a_parameter_of_the_profile(master, folder, clock):
    document = master()
    document.set_profile(parameters={"days": 5})
    files = paths(issued(document, folder))
    backs = []
    for name, given in (("市公安局", {"people": 3}), ("市财政局", {"people": 4, "limit": "x"})):
        with Assessment.open(files[name], author=Author("李四", name), now=clock) as package:
            package.set_profile(parameters={**package.profile.parameters, **given})
            assert package.profile.parameters == {"days": 5, **given}
            backs.append(hand_back(package, folder, anyway=True).path)
    take_in(document, backs)
    assert [one.cell for one in conflicts(document)] == [("@profile", "parameters/people")]
    assert dict(document.profile.parameters) == {"days": 5, "people": 4, "limit": "x"}
    document.set_profile(parameters={"limit": "x"})
    assert dict(document.profile.parameters) == {"limit": "x"}
    assert document.conflicts() == {}


def test_a_renamed_master_keeps_the_documents_of_its_lower_units(master, folder, clock):
    document = master()
    add_units(document, [LowerUnit("青石县", "county", "990121")])
    county = [one for one in recipients(document, "all") if one.own]
    out = folder / "发放"
    out.mkdir()
    from assess.packages.issue import issue

    package = issue(document, preview(document, county, Options()), out).files[0].path
    second = folder / "第二份.zhd"
    shutil.copyfile(package, second)
    take_in(document, [filled(package, folder, clock, level=2)])
    answered = row(document, "青石县").answered
    assert answered > 0
    document.close()
    stray = folder / "别处.下级单位"
    stray.mkdir()
    (stray / "青石县 990121.zhd").write_bytes(b"x")
    renamed = document.path.rename(folder / "改名后.zhd")
    with Assessment.open(renamed, author=OFFICE, now=clock) as again:
        assert row(again, "青石县").answered == answered
        assert take_in(again, [filled(second, folder, clock, level=3, name="改")]).outcomes[0].state == "taken"
        assert members.folder(again).name == "改名后.下级单位"
        assert len(list(members.folder(again).glob("*.zhd"))) == 1
        copy = folder / "副本.zhd"
        shutil.copyfile(renamed, copy)
    with Assessment.open(copy, author=OFFICE, now=clock) as other:
        assert row(other, "青石县").answered == 0
