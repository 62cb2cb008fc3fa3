"""A whole round: one master, 42 packages out, packages and forms back, some twice, merged in any order to one result.

Twenty units fill in the program, eighteen an Excel form (half of them saved once more by another office program), four
hand back two different copies. What is planted as a conflict is shown, and nothing else; no word of anybody is lost.
"""

from __future__ import annotations

import random
import shutil
import subprocess
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from assess.answers import Answer, Cell, Evidence, Profile
from assess.assessment import Assessment, Author
from assess.framework.indicator import Indicator
from assess.framework.read import builtin
from assess.packages.conflicts import combine, conflicts
from assess.packages.issue import IssuedFile, issue
from assess.packages.overview import overview
from assess.packages.preview import Options, preview
from assess.packages.recipients import assign, recipients
from assess.packages.returning import hand_back
from assess.packages.taking import take_in

UNITS = 42
APP, FORMS, TWICE = range(20), range(20, 38), range(38, 42)
SHARED = ((0, 21), (1, 22), (2, 3))  # pairs of units that answer one item differently
AGREED = (4, 23)  # a pair that answers one item alike
OFFICE = Author("张三", "市委政法委", "科长", "consultant")


class Clock:
    def __init__(self) -> None:
        self.at = datetime(2026, 7, 3, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


def unit(number: int) -> str:
    return f"示例单位{number + 1:02d}"


@dataclass
class Round:
    """The files of the round, and what was planted."""

    master: Path
    clock: Clock
    files: list[Path] = field(default_factory=list)
    conflicts: set[Cell] = field(default_factory=set)
    notes: set[tuple[str, str]] = field(default_factory=set)
    evidence: set[tuple[str, str]] = field(default_factory=set)
    attachments: int = 0


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Round:
    folder = tmp_path_factory.mktemp("一轮")
    clock = Clock()
    master = Assessment.create(
        folder / "主文件.zhd", builtin(), Profile("岚州市", base_date="2026-06-30", year=2026), author=OFFICE, now=clock
    )
    out = Round(master.path, clock)
    levels = [code for code, item in master.framework.indicators.items() if item.kind == "level"]
    own = dict(zip(range(UNITS), levels, strict=False))
    rest = [code for code in master.framework.indicators if code not in own.values()]
    helping = {own[one]: (unit(one), unit(other)) for one, other in (*SHARED, AGREED)}
    assign(master, {own[n]: helping.get(own[n], (unit(n),)) for n in own})
    bare = [n for n in range(UNITS) if n not in own]
    assign(
        master, {code: (unit((bare or list(range(UNITS)))[n % (len(bare) or UNITS)]),) for n, code in enumerate(rest)}
    )
    by_name = {one.name: one for one in recipients(master, assisting=True)}
    chosen = [by_name[unit(n)] for n in range(UNITS)]
    out_folder = folder / "发放"
    out_folder.mkdir()
    done = issue(master, preview(master, chosen, Options(forms=True, deadline="2026-07-25")), out_folder)
    assert len(done.files) == UNITS
    made = {one.parcel.recipient.name: one for one in done.files}
    back = folder / "交回"
    back.mkdir()
    for n in APP:
        answer_in_program(out, made[unit(n)], back, n)
    answer_in_forms(out, [(n, made[unit(n)]) for n in FORMS], back)
    for n in TWICE:
        answer_twice(out, made[unit(n)], back, n)
    for one, other in SHARED:
        out.conflicts |= {(own[one], "self"), (own[one], "note")}
        assert {one, other} <= {*APP, *FORMS}
    out.conflicts.add((own[AGREED[0]], "note"))
    master.answer(own[5], Answer.of_level(5))
    out.conflicts.add((own[5], "self"))
    master.close()
    return out


def answer_for(item: Indicator, level: int) -> Answer:
    match item.kind:
        case "level":
            return Answer.of_level(level % 5)
        case "yesno":
            return Answer.of_choice("yes" if level % 2 else "no")
        case "multi":
            return Answer.of_ticks(option.key for option in item.options[: 1 + level % len(item.options)])
        case _:
            if item.number is not None and item.number.denominator:
                return Answer.of_number(str(level), "100")
            return Answer.of_number(result=str(level))


def words(out: Round, n: int, code: str, mark: str = "") -> tuple[str, str]:
    note, evidence = f"{unit(n)}{mark}关于{code}的说明", f"{unit(n)}{mark}佐证"
    out.notes.add((code, note))
    out.evidence.add((code, evidence))
    return note, evidence


def fill(out: Round, package: Assessment, n: int, level: int, mark: str = "") -> None:
    for code, item in package.framework.indicators.items():
        package.answer(code, answer_for(item, level))
        note, evidence = words(out, n, code, mark)
        package.note(code, note)
        proof = package.path.with_name(f"证明{n}{mark}{code}.bin")
        proof.write_bytes(f"{n}{mark}{code}".encode() * 500)
        package.add_evidence(code, Evidence("", evidence), proof)
        out.attachments += 1
        proof.unlink()


def answer_in_program(out: Round, made: IssuedFile, back: Path, n: int) -> None:
    with Assessment.open(made.path, author=Author(f"填报人{n}", unit(n)), now=out.clock) as package:
        fill(out, package, n, 2 if n == AGREED[0] else n)
        out.files.append(hand_back(package, back, anyway=True).path)


def answer_twice(out: Round, made: IssuedFile, back: Path, n: int) -> None:
    """Two people of one unit fill in two copies; every item they share is in conflict, and so are their notes."""
    second = made.path.with_name(f"副本_{made.path.name}")
    shutil.copyfile(made.path, second)
    for path, mark, level in ((made.path, "甲", 1), (second, "乙", 3)):
        with Assessment.open(path, author=Author(f"填报人{n}{mark}", unit(n)), now=out.clock) as package:
            before = dict(package.framework.indicators)
            fill(out, package, n, level, mark)
            out.files.append(hand_back(package, back, anyway=True).path)
            if mark == "乙":
                for code, item in before.items():
                    if answer_for(item, 1) != answer_for(item, 3):
                        out.conflicts.add((code, "self"))
                    out.conflicts.add((code, "note"))


def answer_in_forms(out: Round, made: list[tuple[int, IssuedFile]], back: Path) -> None:
    """Filled with openpyxl; every other one is saved once more by LibreOffice, where it is there."""
    again = back / "另存"
    again.mkdir()
    for n, one in made:
        assert one.form is not None
        path = (again if n % 2 else back) / one.form.name.replace("填报包", "返回")
        fill_form(out, one, path, n)
    office = shutil.which("soffice")
    if office is not None:
        home = (back / "office").as_uri()
        subprocess.run(
            [office, f"-env:UserInstallation={home}", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
             "--outdir", str(back), *map(str, sorted(again.glob("*.xlsx")))],
            check=True, capture_output=True, timeout=300,
        )  # fmt: skip
    else:
        for path in again.glob("*.xlsx"):
            shutil.copyfile(path, back / path.name)
    forms = sorted(back.glob("*.xlsx"))
    assert len(forms) == len(made)
    out.files += forms


def fill_form(out: Round, made: IssuedFile, path: Path, n: int) -> None:
    assert made.form is not None
    book = openpyxl.load_workbook(made.form)
    framework = builtin()
    level = 2 if n == AGREED[1] else n
    for sheet in book:
        heading = [cell.value for cell in sheet[3]] if sheet.max_row >= 3 else []
        if "行标记" in heading:
            place = {name: heading.index(name) + 1 for name in ("作答", "情况说明", "行标记")}
            for row in range(4, sheet.max_row + 1):
                code, _, part = str(sheet.cell(row, place["行标记"]).value or "").partition("|")
                if code in framework.indicators:
                    given = typed(framework.indicators[code], part, level)
                    if given is not None:
                        sheet.cell(row, place["作答"]).value = given
                    if not part:
                        sheet.cell(row, place["情况说明"]).value = words(out, n, code)[0]
        if "佐证材料名称" in heading:
            for row, code in enumerate(made.parcel.items, 4):
                sheet.cell(row, 1).value = code
                sheet.cell(row, heading.index("佐证材料名称") + 1).value = words(out, n, code)[1]
    cover = book["封面"]
    for row in cover.iter_rows():
        for cell in row:
            if cell.value == "填报人":
                cover.cell(cell.row, cell.column + 1).value = f"填报人{n}"
            if cell.value == "填报日期":
                cover.cell(cell.row, cell.column + 1).value = "2026-07-20"
    book.save(path)


def typed(item: Indicator, part: str, level: int) -> str | None:
    """What somebody types into the cell of an answer."""
    answer = answer_for(item, level)
    match item.kind:
        case "level":
            return str(answer.level) if not part else None
        case "yesno":
            return ("是" if answer.choice == "yes" else "否") if not part else None
        case "multi":
            return ("有" if part.lstrip("+") in answer.ticked else "无") if part.startswith("+") else None
        case _:
            value = {"numerator": answer.numerator, "denominator": answer.denominator, "": answer.result}.get(part)
            return value or None


@dataclass(frozen=True)
class Result:
    events: frozenset[str]
    cells: tuple[tuple[Cell, str], ...]
    conflicts: frozenset[Cell]
    attachments: tuple[tuple[str, int], ...]
    rows: tuple[tuple[object, ...], ...]


def merged(played: Round, target: Path, seed: int) -> Result:
    """All files taken in by parts, in an order of chance, some of them twice."""
    order = [*played.files, *random.Random(seed).sample(played.files, 6)]
    random.Random(seed).shuffle(order)
    shutil.copyfile(played.master, target)
    with Assessment.open(target, author=OFFICE, now=played.clock) as document:
        for start in range(0, len(order), 9 + seed):
            intake = take_in(document, order[start : start + 9 + seed])
            assert [(one.path.name, one.problem) for one in intake.refused] == []
        assert document.verify() == ()
        rows = tuple(
            (row.recipient.key, row.state, row.returned, row.answered, row.total, row.conflicts)
            for row in overview(document, date(2026, 7, 24)).rows
        )
        return Result(
            frozenset(document._ledger.events),
            tuple(sorted((cell, repr(value)) for cell, value in document.sheet.cells.items())),
            frozenset(document.conflicts()),
            tuple(sorted(document._file.attachments().items())),
            rows,
        )


@pytest.fixture(scope="module")
def results(played: Round, tmp_path_factory: pytest.TempPathFactory) -> list[Result]:
    folder = tmp_path_factory.mktemp("合并")
    return [merged(played, folder / f"{seed}.zhd", seed) for seed in (1, 2, 3)]


def test_forty_two_units_hand_back_forty_six_files(played):
    assert len(played.files) == UNITS + len(TWICE)
    assert sum(path.suffix == ".xlsx" for path in played.files) == len(FORMS)


def test_three_orders_of_merging_give_the_same_document_event_for_event(results):
    assert results[0].events == results[1].events == results[2].events
    assert results[0] == results[1] == results[2]


def test_the_planted_conflicts_are_shown_and_no_others(played, results):
    assert results[0].conflicts == played.conflicts


def test_no_comment_and_no_piece_of_evidence_is_missing(played, results, tmp_path):
    target = tmp_path / "全部.zhd"
    merged(played, target, 5)
    with Assessment.open(target, author=OFFICE, now=played.clock) as document:
        for code, note in played.notes:
            assert note in {event.value for event in document.history(code, "note")}
        held = {(code, one.name) for code in document.framework.indicators for one in document.sheet.evidence(code)}
        assert held == played.evidence
        assert len(document._file.attachments()) == played.attachments
        for pair in conflicts(document):
            if pair.column == "self":
                combine(document, pair.cell, pair.sides[-1].event, "以佐证为准")
        for pair in conflicts(document):
            combine(document, pair.cell, pair.sides[-1].event)
        assert document.conflicts() == {}
        for code, note in played.notes:
            assert note in document.sheet.text(code)
        assert {(code, one.name) for code in document.framework.indicators
                for one in document.sheet.evidence(code)} == played.evidence  # fmt: skip
        again = take_in(document, played.files)
        assert {one.state for one in again.outcomes} == {"again"}
        assert document.conflicts() == {}


def test_every_unit_is_back_and_complete_but_for_its_conflicts(played, results):
    rows = results[0].rows
    ours = [row for row in rows if "示例单位" in str(row[0])]
    assert len(ours) == UNITS
    assert {row[1] for row in ours} == {"merged", "conflict"}
    assert all(row[2] is not None and row[3] == row[4] for row in ours)
    assert sum(row[5] > 0 for row in ours) == len({n for pair in (*SHARED, AGREED) for n in pair} | {5, *TWICE})
