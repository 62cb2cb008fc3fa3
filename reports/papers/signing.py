"""The signature sheet: what was filled in, the statement of truthfulness, places to sign, the digest on every foot.

Paper and file are matched by the digest of the seal. The page is `page/signing.typ`; everything reaches it as data, so
that nothing a person typed is read as markup, and the same arguments give the same bytes.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from assess.answers import Sheet
from assess.finishing.completeness import Completeness
from assess.finishing.cover import NAMES
from assess.framework.model import Framework
from assess.language import Message, Words, plain, say
from assess.measure.matters import Matters, matters
from assess.measure.result import Scores
from assess.store.seals import SealRecord, Standing
from reports import clean, to_pdf
from reports.export import put

PAGE = to_pdf.PAGE.parent / "signing.typ"
BEIJING = timezone(timedelta(hours=8))
"""Times on paper are Beijing time: the same file prints the same words on every machine."""
Value = Message | Words | str | tuple[object, ...]
LINES = {"awaiting": say("awaiting confirmation"), "in_force": say("now in force"), "indicative": say("for reference")}


def render(
    framework: Framework,
    sheet: Sheet,
    scores: Scores,
    now: Completeness,
    standing: Standing,
    *,
    language: str,
    date: str,
) -> bytes:
    """The sheet as PDF. `framework` is the tailored one, `date` the ISO date of the file. Without a seal that holds
    it is a draft and says so."""
    missing: dict[str, int] = {}
    data = contents(framework, sheet, scores, now, standing, language=language, date=date, missing=missing)
    files = {"main": PAGE.read_bytes(), "paper.json": json.dumps(data, ensure_ascii=False).encode("utf-8")}
    day = to_pdf.day_of(date)
    with to_pdf._setting:
        out = to_pdf.compiler().compile(
            input=files,  # type: ignore[type-var]
            format="pdf",
            pdf_standards=["ua-1"],
            timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
        )
    assert isinstance(out, bytes)
    return out


def write(path: Path, *about: Any, language: str, date: str) -> Path:
    """Set the sheet (arguments as for `render`) and put it in its place when it is whole. Problem report.unwritable."""
    return put(render(*about, language=language, date=date), path)


def contents(
    framework: Framework,
    sheet: Sheet,
    scores: Scores,
    now: Completeness,
    standing: Standing,
    *,
    language: str,
    date: str,
    missing: dict[str, int] | None = None,
) -> dict[str, Any]:
    """What the page reads, in plain values; a fact is (label, value, whether it takes a row to itself)."""
    seen: dict[str, int] = {} if missing is None else missing

    def text(thing: Value) -> str:
        return clean.breakable(clean.substitute(clean.tidy(str(plain(thing, language))), seen))

    unit = now.cover.unit or sheet.profile.unit
    year = sheet.profile.year
    day = to_pdf.day_of(date)
    seals = [one for one in standing.seals if one.closing]
    found = matters(framework, sheet, scores)
    data: dict[str, Any] = {
        "language": "en" if language == "en" else "zh",
        "title": text(say("Sheet for review and signature")),
        "subtitle": text(say("{unit} ({year})", unit=unit, year=year) if year is not None else unit),
        "unit": text(unit) or "—",
        "foot": text(foot(standing)),
        "watermark": text(_watermark(sheet, standing)),
        "facts": [
            [text(label), text(value), wide]
            for label, value, wide in facts(framework, sheet, scores, now, standing, found)
        ],
        "statement_title": text(say("Pledge of truthfulness")),
        "statement": text(
            say(
                "{unit} pledges that what is filled in for this assessment is true, complete and free of state "
                "secrets and work secrets, that the evidence can be checked, and that it answers under the "
                "Statistics Law and other laws for false entries.",
                unit=unit or say("This unit"),
            )
        ),
        "columns": [text(words) for words in (say("Role of the signer"), say("Name or post"), say("Signature"),
                                              say("Date"))],
        "signatures": [
            [text(NAMES["filler"]), text(now.cover.filler)],
            [text(NAMES["approver"]), text(now.cover.approver)],
            [text(NAMES["leader"]), text(now.cover.leader)],
        ],
        "day": text(say("__ / __ / ____")),
        "stamp": text(say("(stamp of the unit)")),
        "stamp_day": text(say("Day ____  Month ____  Year ______")),
        "seals_title": text(say("Seals and reopenings")),
        "seal_columns": [text(words) for words in (say("Digest"), say("Sealed"), say("Reopened, and why"))],
        "seals": [[text(cell) for cell in _seal(one)] for one in seals] if len(seals) > 1 else [],
        "date": [day.year, day.month, day.day],
    }  # fmt: skip
    note = {"missing": str(plain(say("Characters in no shipped font stand as 〓:"), language))}
    data["missing"] = to_pdf.missing_note(note, seen)
    return data


def foot(standing: Standing) -> Message:
    """What stands at the foot of every page: the digest of the seal, or that there is none that holds."""
    if standing.digest is not None:
        return say("Document check {digest}", digest=standing.digest.printed)
    if standing.closed and standing.last is not None:
        return say("Changed since it was sealed ({digest})", digest=standing.last.digest.printed)
    return say("Not sealed")


def _watermark(sheet: Sheet, standing: Standing) -> Message | str:
    if sheet.profile.mode == "training":
        return say("PRACTICE")
    if sheet.profile.sample:
        return say("SAMPLE DATA")
    return "" if standing.digest is not None else say("DRAFT")


def facts(
    framework: Framework, sheet: Sheet, scores: Scores, now: Completeness, standing: Standing, found: Matters
) -> list[tuple[Message, Value, bool]]:
    """Label, value and whether it takes a row to itself, in the order of the page; empty values are left out."""
    whole = now.whole
    asked = len(whole.asked)
    answered = asked - len(whole.open) - len(whole.na) - len(whole.nd) - len(whole.skipped)
    pieces = sum(len(sheet.evidence(code)) for code in whole.asked)
    mode = framework.modes[sheet.profile.mode]
    counts = say(
        "{asked} in all: {answered} answered, {na} not applicable, {nd} without data, {skipped} skipped, {open} open",
        asked=asked, answered=answered, na=len(whole.na), nd=len(whole.nd), skipped=len(whole.skipped),
        open=len(whole.open),
    )  # fmt: skip
    coverage = f"{scores.coverage * 100:.1f}%" if scores.coverage is not None else "—"
    rows: list[tuple[Message, Value, bool]] = [
        (say("Unit"), now.cover.unit or sheet.profile.unit, True),
        (say("Framework"), say("{title} {version}", title=framework.title, version=framework.version), True),
        (say("Kind of assessment"), mode.name, False),
        (say("Base date"), sheet.profile.base_date or "—", False),
        (say("Questions"), counts, True),
        (say("Coverage by weight"), coverage, False),
        (say("Pieces of evidence"), str(pieces), False),
        (say("Findings explained"), str(now.explained), False),
        (say("Findings not explained"), str(now.warnings), False),
        (say("Red lines"), _red_lines(found), False),
        (say("Bonus claimed"), _bonus(found), False),
        (NAMES["phone"], now.cover.phone or "—", False),
        (NAMES["date"], now.cover.date or "—", False),
    ]
    last = standing.last
    if standing.closed and last is not None:
        rows.append((say("Sealed"), _moment(last), True))
    return rows


def _red_lines(found: Matters) -> Value:
    raised = tuple(
        say("{id} ({state})", id=line.red_line.id, state=LINES[line.state]) for line in found.lines
        if line.state in LINES
    )  # fmt: skip
    return raised or say("none reported")


def _bonus(found: Matters) -> Value:
    return tuple(claim.item for claim in found.bonus) or say("none reported")


def _seal(seal: SealRecord) -> tuple[Message | str, ...]:
    opened = seal.reopened
    if opened is None:
        return seal.digest.printed, _moment(seal), "—"
    person = " ".join(part for part in (opened.author, opened.post) if part) or "—"
    when = f"{opened.at.astimezone(BEIJING):%Y-%m-%d %H:%M}"
    why = say("{when}, {who}: {reason}", when=when, who=person, reason=opened.reason)
    return seal.digest.printed, _moment(seal), why


def _moment(seal: SealRecord) -> Message | str:
    """When and by whom."""
    person = " ".join(part for part in (seal.author, seal.post) if part) or "—"
    return say("{when} (Beijing time), {who}", when=f"{seal.at.astimezone(BEIJING):%Y-%m-%d %H:%M}", who=person)
