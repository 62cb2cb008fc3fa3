"""Issuing: everybody gets its items and no more, what leaves is said beforehand, and the master remembers it."""

from __future__ import annotations

import csv
import io
from datetime import date

import openpyxl
import pytest

from assess.answers import Answer, Evidence
from assess.assessment import Assessment, Author
from assess.packages import letter, members
from assess.packages.issue import issue, issued_to
from assess.packages.overview import overview
from assess.packages.preview import Options, preview
from assess.packages.recipients import LowerUnit, add_units, assign, lower_units, recipients, remove_unit
from assess.problems import Problem
from tests.packages.conftest import OFFICE, issued


def test_every_item_goes_to_its_lead_department_once(master):
    document = master()
    found = recipients(document)
    assert len(found) == 12
    assert sorted(code for one in found for code in one.items) == sorted(document.framework.indicators)
    assert {one.name for one in found} >= {"市公安局", "市委党校"}
    assert found[0].words.en


def test_an_assignment_stands_in_for_the_lead_and_assistants_are_served_when_asked(master):
    document = master()
    assign(document, {"ST1.1": ("市委办公室", "市民政局"), "ST2.1": ("新单位\n二行",)})
    by_name = {one.name: one for one in recipients(document)}
    assert "ST1.1" in by_name["市委办公室"].items
    assert "ST1.1" not in by_name["市委政法委"].items
    assert by_name["新单位 二行"].items == ("ST2.1",)
    assert "市民政局" not in by_name
    helped = {one.name: one for one in recipients(document, assisting=True)}
    assert helped["市民政局"].items.count("ST1.1") == 1
    assign(document, {"ST1.1": ()})
    assert "ST1.1" in {one.name: one for one in recipients(document)}["市委政法委"].items
    with pytest.raises(Problem) as caught:
        assign(document, {"ZZ9.9": ("甲",)})
    assert caught.value.code == "document.unknown-item"


def test_a_package_holds_its_items_and_nothing_of_others(master, folder, clock):
    document = master()
    mine = {one.name: one for one in recipients(document)}["市公安局"].items
    other = next(code for code in document.framework.indicators if code not in mine)
    document.answer_many({mine[0]: Answer.no_data("无"), other: Answer.of_level(3)})
    document.set_cells({(mine[0], "previous"): Answer.of_level(1).to_json()})
    document.note(mine[0], "内部：此单位去年注水")
    document.set_cells({(mine[0], "third_party"): Answer.of_level(1).to_json()})
    made = {one.parcel.recipient.name: one for one in issued(document, folder).files}["市公安局"]
    with Assessment.open(made.path, author=OFFICE, now=clock) as package:
        assert package.role == "issued"
        assert set(package.framework.indicators) == set(mine)
        assert package.sheet.answer(mine[0]) == Answer.no_data("无")
        assert package.sheet.text(mine[0]) == ""
        assert package.sheet.answer(mine[0], "third_party") is None
        assert package.sheet.answer(mine[0], "previous") is None
        assert not [cell for cell in package.sheet.cells if cell[0] == other]
        assert package.package["to"] == "市公安局"
        assert package.verify() == ()
    assert "内部".encode() not in made.path.read_bytes()


def test_what_leaves_is_said_before_anything_is_written(master, folder, tmp_path):
    document = master()
    code = "ST1.1"
    proof = tmp_path / "文件.bin"
    proof.write_bytes(b"x" * 70_000)
    document.answer(code, Answer.of_level(3))
    document.add_evidence(code, Evidence("", "成立文件"), proof)
    document.note(code, "内部")
    document.set_cells({(code, "previous"): Answer.of_level(1).to_json()})
    document.act_as(Author("王五", "复核组", "", "reviewer"))
    document.set_cells({(code, "review"): Answer.of_level(2).to_json()})
    before = document.path.read_bytes()
    chosen = [one for one in recipients(document) if code in one.items]
    plain = preview(document, chosen).parcels[0]
    assert (plain.answers, plain.previous, plain.evidence, plain.attachments) == ((code,), (), 1, 0)
    assert (plain.notes, plain.notes_left, plain.reviews_left) == (0, 1, 1)
    assert plain.file.startswith("填报包_市委政法委_2026")
    full = preview(document, chosen, Options(previous=True, notes=True, attachments=True)).parcels[0]
    assert (full.previous, full.notes, full.notes_left, full.attachments, full.bytes) == ((code,), 1, 0, 1, 70_000)
    blank = preview(document, chosen, Options(answers=False)).parcels[0]
    assert (blank.answers, blank.evidence) == ((), 0)
    assert document.path.read_bytes() == before
    out = folder / "发放"
    out.mkdir()
    options = Options(previous=True, attachments=True)
    made = issue(document, preview(document, chosen, options), out).files[0]
    assert 0.5 < made.parcel.size / made.size < 2


def test_the_master_remembers_to_whom_what_and_until_when(master, folder, clock):
    document = master()
    done = issued(document, folder, Options(deadline="2026-07-25"))
    key = "department:市公安局"
    (record,) = issued_to(document, key)
    (made,) = (one for one in done.files if one.parcel.recipient.key == key)
    assert (record.name, record.deadline, record.file) == ("市公安局", "2026-07-25", made.path.name)
    assert record.digest == made.digest
    assert record.items == made.parcel.items
    assert document.undoable is None or "issue" not in str(document.undoable.id)
    document.close()
    with Assessment.open(document.path, author=OFFICE, now=clock) as again:
        assert issued_to(again, key) == (record,)
        assert again.verify() == ()


def test_issuing_again_after_more_items_were_assigned_overwrites_nothing(master, folder):
    document = master()
    first = issued(document, folder)
    assign(document, {"ST1.1": ("市公安局",)})
    parcels = {one.recipient.name: one for one in preview(document, recipients(document)).parcels}
    assert parcels["市公安局"].new_items == ("ST1.1",)
    assert parcels["市公安局"].times_issued == 1
    second = issued(document, folder)
    assert {one.path for one in first.files} & {one.path for one in second.files} == set()
    assert all(one.path.exists() for one in (*first.files, *second.files))
    assert len(issued_to(document, "department:市公安局")) == 2


def test_the_list_names_every_file_with_its_digest_and_holds_no_passphrase(master, folder):
    document = master()
    assign(document, {"ST1.1": ('=HYPERLINK("x")',)})
    done = issued(document, folder, Options(deadline="2026-07-25", encrypt=True))
    xlsx, text = done.lists
    rows = list(csv.reader(io.StringIO(text.read_bytes().decode("utf-8-sig"))))
    assert len(rows) == len(done.files) + 1
    sheet = openpyxl.load_workbook(xlsx).active
    assert sheet.max_row == len(rows)
    assert all(cell.data_type != "f" for row in sheet for cell in row)
    assert done.secrets is not None
    words = [row[-1] for row in csv.reader(io.StringIO(done.secrets.read_bytes().decode("utf-8-sig")))][1:]
    assert len(set(words)) == len(done.files)
    assert not any(word in text.read_bytes().decode("utf-8-sig") for word in words)
    assert not any(row[1].startswith("=") for row in rows)
    with pytest.raises(Problem) as caught:
        Assessment.open(done.files[0].path, author=OFFICE, now=document._now)
    assert caught.value.code == "store.passphrase-needed"
    word = next(row[-1] for row in csv.reader(io.StringIO(done.secrets.read_bytes().decode("utf-8-sig")))
                if row[1] == done.files[0].path.name)  # fmt: skip
    Assessment.open(done.files[0].path, author=OFFICE, now=document._now, passphrase=word).close()


def test_units_with_awkward_names_get_safe_and_different_files(master, folder):
    document = master()
    names = ["CON", "a/b", "a\\b", "..", "㙍𡐓局", "局" * 100, "</script>", "=1+1", "甲\n乙", "tab\there", " 空 "]
    codes = list(document.framework.indicators)[: len(names)]
    assign(document, {code: (name,) for code, name in zip(codes, names, strict=True)})
    done = issued(document, folder)
    assert len({one.path.name.casefold() for one in done.files}) == len(done.files)
    for one in done.files:
        assert one.path.parent == folder / "发放"
        assert not set(one.path.name) & set('<>:"/\\|?*\n\t')
        assert len(one.path.name.encode()) < 240


def test_nothing_is_remembered_and_nothing_stays_when_issuing_breaks_off(master, folder):
    document = master()
    out = folder / "半途"
    out.mkdir()
    before = document.path.read_bytes()

    def stop(done: int, total: int, unit: str) -> None:
        if done == 5:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        issue(document, preview(document, recipients(document)), out, progress=stop)
    assert list(out.iterdir()) == []
    assert document.path.read_bytes() == before


def test_counties_and_townships_get_documents_of_their_own_level(master, folder, clock):
    document = master()
    add_units(
        document,
        [LowerUnit("青石县", "county", "990121"), LowerUnit("河口镇", "township", "990121100"),
         LowerUnit("柳村", "village"), LowerUnit("半县", items=("ST1.1", "SH1.1"))],
    )  # fmt: skip
    assert [unit.name for unit in lower_units(document)] == ["青石县", "半县", "河口镇", "柳村"]
    found = {one.name: one for one in recipients(document, "all")}
    assert (len(found["青石县"].items), len(found["河口镇"].items), len(found["柳村"].items)) == (67, 31, 13)
    assert found["半县"].items == ("ST1.1", "SH1.1")
    assert {one.name for one in recipients(document, "township")} == {"河口镇", "柳村"}
    done = issued(document, folder, by="county")
    (made,) = (one for one in done.files if one.parcel.recipient.name == "青石县")
    with Assessment.open(made.path, author=OFFICE, now=clock) as package:
        assert (package.profile.unit, package.profile.tier, package.profile.code) == ("青石县", "县", "990121")
        assert package.id == members.identity(document, found["青石县"].key) != document.id
        assert package.profile.base_date == "2026-06-30"
        assert not package.sheet.answers()
    with members.opened(document, found["青石县"], read_only=True) as own:
        assert own.role == "master"


def test_papers_lie_beside_the_package_and_the_letter_knows_the_facts(master, folder):
    document = master()
    out = folder / "发放"
    out.mkdir()
    seen: list[letter.LetterFacts] = []

    def papers(facts: letter.LetterFacts) -> dict[str, bytes]:
        seen.append(facts)
        return {"通知.docx": b"letter", "填报说明.pdf": b"guide"}

    chosen = [one for one in recipients(document) if one.name == "市公安局"]
    done = issue(document, preview(document, chosen, Options(deadline="2026-07-25")), out, papers=papers)
    (made,) = done.files
    assert [path.read_bytes() for path in made.papers] == [b"letter", b"guide"]
    assert all(path.name.startswith(made.path.stem) for path in made.papers)
    (facts,) = seen
    assert (facts.unit.zh, facts.sender, facts.assessed, facts.deadline) == (
        "市公安局", "市委政法委", "岚州市", "2026-07-25",
    )  # fmt: skip
    assert [item.code for item in facts.items] == list(made.parcel.items)
    assert facts.attachments == (made.path.name,)
    assert facts.times == 1


def test_a_package_does_not_issue_and_an_empty_round_says_so(master, folder, clock):
    document = master()
    made = issued(document, folder).files[0]
    with Assessment.open(made.path, author=OFFICE, now=clock) as package:
        with pytest.raises(Problem) as caught:
            issue(package, preview(package, recipients(package)), folder)
        assert caught.value.code == "packages.not-master"
    for wanted in ((), recipients(document, "county")):
        with pytest.raises(Problem) as caught:
            issue(document, preview(document, wanted), folder)
        assert caught.value.code == "packages.nothing"
    with pytest.raises(Problem) as caught:
        issue(document, preview(document, recipients(document)), folder / "没有")
    assert caught.value.code == "store.no-folder"


def test_last_period_travels_when_wanted(master, folder, clock):
    document = master()
    code = next(one for one in recipients(document) if one.name == "市公安局").items[0]
    document.set_cells({(code, "previous"): Answer.no_data("去年无").to_json(), (code, "previous_note"): "去年的说明"})
    for wanted in (False, True):
        out = issued(document, folder, Options(previous=wanted)).files
        path = next(one.path for one in out if one.parcel.recipient.name == "市公安局")
        with Assessment.open(path, author=OFFICE, now=clock) as package:
            assert (package.sheet.answer(code, "previous") == Answer.no_data("去年无")) is wanted
            assert (package.sheet.text(code, "previous_note") == "去年的说明") is wanted


def test_a_unit_taken_off_the_list_keeps_its_row_once_it_was_served(master, folder):
    document = master()
    unit = LowerUnit("青石县", "county", "990121")
    add_units(document, [unit])
    issued(document, folder, by="county")
    remove_unit(document, unit.key)
    assert recipients(document, "county") == ()
    (row,) = (one for one in overview(document, date(2026, 7, 10)).rows if one.recipient.name == "青石县")
    assert (row.state, row.times, row.recipient.tier) == ("issued", 1, "县")
