"""Whatever turns up among the returns: each kind gets its own sentence and changes nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from assess.answers import Answer, Evidence, Profile
from assess.assessment import Assessment, Author
from assess.packages.refusals import codes
from assess.packages.returning import hand_back
from assess.packages.taking import take_in
from tests.packages.conftest import OFFICE, Clock, issued
from tests.packages.hostile import MAKERS, Sources
from tests.store.conftest import small_framework


@pytest.fixture(scope="module")
def round_(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Sources]:
    """A master with one package handed back, and the sound files that the hostile ones are made from."""
    from assess.framework.read import builtin

    folder = tmp_path_factory.mktemp("敌意")
    clock = Clock()
    about = {"base_date": "2026-06-30", "mode": "formal"}

    def made(name: str, framework=None, **more) -> Assessment:
        profile = Profile("岚州市", **{**about, **more})
        return Assessment.create(folder / name, framework or builtin(), profile, author=OFFICE, now=clock)

    master = made("主文件.zhd")
    files = {one.parcel.recipient.name: one.path for one in issued(master, folder).files}
    proof = folder / "证明.bin"
    proof.write_bytes(b"proof" * 1000)
    with Assessment.open(files["市公安局"], author=Author("李四", "市公安局"), now=clock) as package:
        code = next(iter(package.framework.indicators))
        package.answer(code, Answer.no_data("暂无"))
        package.answer(code, Answer.no_data("仍无"))
        package.note(code, "说明")
        package.add_evidence(code, Evidence("", "证明"), proof)
        returned = hand_back(package, folder, anyway=True).path
        package.save_copy(folder / "密.zhd", "口令")
    master.save_copy(folder / "副本.zhd")
    practice = made("练习.zhd", mode="training")
    foreign = made("别处.zhd")
    strange = made("异体系.zhd", small_framework())
    for document, name, items in (
        (practice, "练习包.zhd", ("ST1.1",)), (foreign, "别处包.zhd", ("ST1.1",)), (strange, "异体系包.zhd", ("A1",)),
    ):  # fmt: skip
        document.issue_copy(folder / name, items, package={"to": "市公安局"})
        with Assessment.open(folder / name, author=OFFICE, now=clock) as copy:
            copy.set_role("returned")
        document.close()
    # an assessment of the same identity with another framework
    twin = Assessment.create(folder / "同号.zhd", small_framework(), Profile("岚州市", **about), author=OFFICE,
                             now=clock, identity=master.id)  # fmt: skip
    twin.issue_copy(folder / "同号包.zhd", ("A1",), package={"to": "市公安局"})
    twin.close()
    with Assessment.open(folder / "同号包.zhd", author=OFFICE, now=clock) as copy:
        copy.set_role("returned")
    book = openpyxl.Workbook()
    for row in range(200):
        book.active.append([f"第{row}行", row * 7919 % 1009])
    book.save(folder / "表.xlsx")
    master.close()
    sources = Sources(
        returned, folder / "密.zhd", folder / "表.xlsx", files["市委编办"], folder / "副本.zhd", folder / "练习包.zhd",
        folder / "别处包.zhd", folder / "同号包.zhd",
    )  # fmt: skip
    return master.path, sources


def test_at_least_forty_kinds_are_tried() -> None:
    assert len(MAKERS) >= 40


@pytest.mark.parametrize("name", MAKERS)
def test_a_hostile_file_gets_its_sentence_and_changes_nothing(name, round_, tmp_path) -> None:
    code, maker = MAKERS[name]
    original, sources = round_
    target = tmp_path / "主文件.zhd"
    shutil.copyfile(original, target)
    path = maker(tmp_path, sources)
    with Assessment.open(target, author=OFFICE, now=Clock()) as document:
        before, held = target.read_bytes(), dict(document.sheet.cells)
        beside = sorted(tmp_path.iterdir())
        passphrases = ["不是这个"] if "口令不对" in path.name else []
        intake = take_in(document, [path], passphrases=passphrases)
        (outcome,) = intake.outcomes
        assert outcome.state == "refused"
        assert outcome.problem is not None
        assert outcome.problem.code == code
        assert target.read_bytes() == before
        assert dict(document.sheet.cells) == held
        assert document.verify() == ()
    assert set(tmp_path.iterdir()) <= set(beside)
    for language in ("zh", "en"):
        sentence = outcome.problem.sentence(language)
        assert path.name in sentence
        assert "{" not in sentence
        assert outcome.problem.hint is not None


def test_every_kind_of_file_has_a_sentence_of_its_own(round_, tmp_path) -> None:
    from assess.packages.refusals import refused

    said = {}
    for code in codes():
        problem = refused(code, Path("甲.zhd"), inside="乙", size=1, whole=2, count=3)
        said[code] = problem.text.render("zh")
    assert len(set(said.values())) == len(said)


def test_one_bad_file_does_not_keep_the_others_out(round_, tmp_path) -> None:
    original, sources = round_
    target = tmp_path / "主文件.zhd"
    shutil.copyfile(original, target)
    bad = [MAKERS[name][1](tmp_path / name.replace(" ", "_"), sources) for name in ("truncated package", "XML bomb")
           if (tmp_path / name.replace(" ", "_")).mkdir() is None]  # fmt: skip
    with Assessment.open(target, author=OFFICE, now=Clock()) as document:
        intake = take_in(document, [bad[0], sources.returned, bad[1], sources.returned])
        assert [one.state for one in intake.outcomes] == ["refused", "taken", "refused", "again"]
        assert intake.attachments == 1
        assert len(intake.refused) == 2


def test_a_sound_package_is_taken_in_under_any_name(round_, tmp_path) -> None:
    original, sources = round_
    target = tmp_path / "主文件.zhd"
    shutil.copyfile(original, target)
    renamed = tmp_path / "返回.zhd.txt"
    shutil.copyfile(sources.returned, renamed)
    with Assessment.open(target, author=OFFICE, now=Clock()) as document:
        assert take_in(document, [renamed]).outcomes[0].state == "taken"


def test_names_in_a_package_never_become_paths(round_, tmp_path) -> None:
    original, _ = round_
    target = tmp_path / "主文件.zhd"
    shutil.copyfile(original, target)
    hostile = tmp_path / "包.zhd"
    with Assessment.open(target, author=OFFICE, now=Clock()) as document:
        document.issue_copy(hostile, ("ST1.1",), package={"to": "../../../etc/\n=cmd|x", "key": "department:x"})
        with Assessment.open(hostile, author=Author("李四"), now=Clock()) as package:
            package.add_evidence("ST1.1", Evidence("", "x", file_name="../../x"))
            done = hand_back(package, tmp_path, anyway=True)
        assert done.path.parent == tmp_path
        assert "/" not in done.path.name
        assert "\n" not in done.path.name
        assert take_in(document, [done.path]).outcomes[0].state == "taken"
