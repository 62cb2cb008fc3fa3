"""Any history of any number of returns, forms and older versions merges to one document, in whatever order."""

from __future__ import annotations

import itertools
import shutil
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assess import seen as module
from assess.answers import Answer, Evidence, Profile
from assess.assessment import Assessment, Author
from assess.framework.model import Framework
from assess.language import Words
from assess.packages.imports import bring_back, imports, take_back
from assess.packages.taking import take_in
from assess.store.merge import base_of, from_form, take
from tests.packages.conftest import OFFICE, WHO, Clock
from tests.store.conftest import small_framework

CODES = ("A1", "A2", "A3")
STEP = st.tuples(st.sampled_from(CODES), st.sampled_from(["answer", "note", "evidence", "reopen", "undo"]),
                 st.integers(0, 2))  # fmt: skip
HISTORY = st.lists(STEP, max_size=5)
FORM = st.dictionaries(st.sampled_from(CODES), st.integers(0, 3), max_size=3)


def framework(version: str) -> Framework:
    made = small_framework(version)
    items = {code: replace(item, tiers=("市",)) for code, item in made.indicators.items()}
    if version == "1":
        items["A3"] = replace(items["A3"], question=Words("从前的问题", "asked before"))
    return replace(made, indicators=items)


def filled(path: Path, history, author: Author, proofs: Path) -> None:
    with Assessment.open(path, author=author, now=Clock()) as package:
        for code, kind, number in history:
            if kind == "answer":
                package.answer(code, Answer.of_level(number))
            elif kind == "note":
                package.note(code, f"说明{number}")
            elif kind == "evidence":
                proof = proofs / f"{number}.bin"
                proof.write_bytes(bytes([number]) * 10)
                package.add_evidence(code, Evidence("", f"材料{number}"), proof)
            elif kind == "reopen":
                package.seal()
            elif package.undoable is not None:
                package.undo()
        package.seal()
        package.set_role("returned")


@settings(max_examples=6, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.tuples(HISTORY, HISTORY, HISTORY), FORM, st.integers(0, 2))
def test_returns_forms_and_older_versions_merge_in_any_order(tmp_path, monkeypatch, histories, form, gone):
    for old in tmp_path.iterdir():
        shutil.rmtree(old) if old.is_dir() else old.unlink()
    one, two = framework("1"), framework("2")
    for each in (one, two):
        monkeypatch.setitem(module._read, module._key(each.sources), each)
    profile = Profile("岚州市", mode="formal")

    def master(name: str, which: Framework) -> Assessment:
        return Assessment.create(tmp_path / name, which, profile, author=OFFICE, now=Clock(), identity=WHO)

    paths = [tmp_path / f"返回{n}.zhd" for n in range(3)]
    with master("主文件.zhd", two) as document, master("旧主文件.zhd", one) as older:
        document.answer("A1", Answer.of_level(5))
        older.answer("A1", Answer.of_level(4))
        base = base_of(document, lambda cell: cell[0] in CODES)
        document.issue_copy(paths[0], CODES, package={"key": "department:甲", "to": "甲"})
        document.issue_copy(paths[1], CODES[:2], package={"key": "department:乙", "to": "乙"})
        older.issue_copy(paths[2], CODES, package={"key": "department:丙", "to": "丙"})
    for path, history, who in zip(paths, histories, "甲乙丙", strict=True):
        filled(path, history, Author(f"填报人{who}", who), tmp_path)
    said = {(code, "self"): Answer.of_level(level).to_json() for code, level in form.items()}
    at = Clock()()

    def result(order, name: str):
        target = tmp_path / name
        shutil.copyfile(tmp_path / "主文件.zhd", target)
        with Assessment.open(target, author=OFFICE, now=Clock()) as document:
            for which in order:
                if which == 3:
                    take(document, from_form(document._ledger, said, base, Author("表", "丁"), at), "表.xlsx")
                else:
                    assert take_in(document, [paths[which]]).refused == ()
            assert document.verify() == ()
            return (
                frozenset(document._ledger.events), dict(document.sheet.cells), frozenset(document.conflicts()),
                document._file.attachments(),
            )  # fmt: skip

    reference = result((0, 1, 2, 3), "参照.zhd")
    for number, order in enumerate(itertools.islice(itertools.permutations(range(4)), 5, None, 6)):
        assert result((*order, *order[:2]), f"{number}.zhd") == reference
    undone = tmp_path / "撤回.zhd"
    shutil.copyfile(tmp_path / "参照.zhd", undone)
    with Assessment.open(undone, author=OFFICE, now=Clock()) as document:
        found = imports(document)
        chosen = [one.place for one in found if one.file == f"返回{gone}.zhd"]
        take_back(document, chosen)
        left = [which for which in (0, 1, 2, 3) if which != gone]
        assert result(left, f"无{gone}.zhd")[1:3] == (dict(document.sheet.cells), frozenset(document.conflicts()))
        if chosen:
            assert take_in(document, [paths[gone]]).outcomes[0].state == "left_out"
        later = result((3, gone), "另.zhd")
        with Assessment.open(tmp_path / "另.zhd", author=OFFICE, now=Clock()) as other:
            other.merge(undone)
            document.merge(tmp_path / "另.zhd")
            assert dict(other.sheet.cells) == dict(document.sheet.cells)
            assert later[0] <= frozenset(other._ledger.events) == frozenset(document._ledger.events)
        bring_back(document, chosen)
        assert dict(document.sheet.cells) == reference[1]
        assert frozenset(document.conflicts()) == reference[2]
        assert document.verify() == ()
    halves = [result((0, 3), "左.zhd"), result((2, 1), "右.zhd")]
    with Assessment.open(tmp_path / "左.zhd", author=OFFICE, now=Clock()) as document:
        document.merge(tmp_path / "右.zhd")
        assert frozenset(document._ledger.events) == reference[0]
        assert document._file.attachments() == reference[3]
    assert halves[0][0] | halves[1][0] == reference[0]
    if not any(code == "A3" for code, _, _ in (*histories[0], *histories[1])) and "A3" not in form:
        assert ("A3", "self") not in reference[1]
