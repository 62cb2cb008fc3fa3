"""`seal`, `reopen`, `sign-sheet`, `verify`, `findings`: finishing a document from the command line."""

from __future__ import annotations

from datetime import date as day
from pathlib import Path
from typing import Any

import click

from assess.assessment import Assessment, Author
from assess.checks.result import Found
from assess.checks.table import FORMATS, rows, write
from assess.finishing import sealing
from assess.language import say
from assess.problems import Problem
from assess.store.seals import SealRecord
from forms.commands.run import Run, finding_json

AUTHOR_OPTIONS = (
    click.option("--name", default="", help="Who does it: a name …"),
    click.option("--post", default="", help="… or a post; one of them is enough."),
    click.option("--unit", default="", help="The unit of that person; the assessed unit if not given."),
    click.option("--role", type=click.Choice(["filler", "reviewer"]), default="filler", show_default=True),
)


def _signed(command: Any) -> Any:
    for option in reversed(AUTHOR_OPTIONS):
        command = option(command)
    return command


def _act_as(opened: Assessment, given: dict[str, str]) -> None:
    unit = given["unit"] or opened.profile.unit
    opened.act_as(Author(given["name"].strip(), unit, given["post"].strip(), given["role"]))


@click.command()
@click.argument("document", type=click.Path(path_type=Path))
@_signed
@click.option("--cover", multiple=True, metavar="FIELD=TEXT", help="Fill in the cover first: filler, approver, phone …")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def seal(run: Run, /, document: Path, cover: tuple[str, ...], as_json: bool, **given: str) -> None:
    """Seal DOCUMENT: what was filled in is kept as it is, and the digest is printed on the signature sheet."""
    with run.document(document) as opened:
        _act_as(opened, given)
        texts = _cover(cover)
        if texts:
            opened.set_cover(**texts)
        now = sealing.looked_at(opened)
        digest = sealing.seal(opened)
        standing = opened.standing
    if as_json:
        run.json({"digest": digest.whole, "printed": digest.printed, "seals": [_seal(one) for one in standing.seals],
                  "warnings": now.warnings, "explained": now.explained})  # fmt: skip
        return
    run.say(say("Sealed. Digest {digest}.", digest=digest.printed))
    if now.warnings:
        run.say(say("Worth checking and not explained: {count}.", count=now.warnings))


def _cover(given: tuple[str, ...]) -> dict[str, str]:
    from assess.assessment import COVER

    texts = {name.strip(): text.strip() for name, _sign, text in (part.partition("=") for part in given)}
    if unknown := tuple(name for name in texts if name not in COVER):
        raise Problem(
            "cover.unknown",
            say("The cover page has no field {names}.", names=unknown),
            say("There are: {names}. Write --cover filler=…", names=COVER),
        )
    return texts


@click.command()
@click.argument("document", type=click.Path(path_type=Path))
@click.option("--reason", default="", help="Why, in writing; it stays in the history.")
@_signed
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def reopen(run: Run, /, document: Path, reason: str, as_json: bool, **given: str) -> None:
    """Reopen the seal of DOCUMENT with a written reason, so that it can be filled in again."""
    with run.document(document) as opened:
        _act_as(opened, given)
        sealing.reopen(opened, reason)
        standing = opened.standing
    if as_json:
        run.json({"seals": [_seal(one) for one in standing.seals]})
    else:
        run.say(say("Reopened. What was sealed stays in the history; seal it again when it is done."))


@click.command("sign-sheet")
@click.argument("document", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), default=None, help="The PDF; beside the document if not given.")
@click.option("--date", default="", help="Date of the file (ISO); today if not given.")
@click.option("--language", type=click.Choice(["zh", "en"]), default=None, help="Language of the sheet.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def sign_sheet(run: Run, /, document: Path, out: Path | None, date: str, language: str | None, as_json: bool) -> None:
    """Write the signature sheet of DOCUMENT as PDF; without a seal that holds it is a draft and says so."""
    from assess.measure.score import score
    from reports.papers import signing

    when = _date(date)
    with run.document(document, read_only=True) as opened:
        framework, sheet, standing = opened.framework, opened.sheet, opened.standing
        now = sealing.looked_at(opened)
    target = out or document.with_name(f"{document.stem}-sign.pdf")
    spoken = language or run.language
    signing.write(target, framework, sheet, score(framework, sheet), now, standing, language=spoken, date=when)
    printed = standing.digest.printed if standing.digest is not None else None
    if as_json:
        run.json({"path": str(target), "printed": printed})
        return
    run.say(say("Wrote {path}", path=str(target)))
    if printed is None:
        run.say(say("It is a draft: the document is not sealed, or has changed since."))


@click.command()
@click.argument("document", type=click.Path(path_type=Path))
@click.option("--digest", default="", help="Digits at the foot of a paper, for example “B766 7101 283D F83E”.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def verify(run: Run, /, document: Path, digest: str, as_json: bool) -> None:
    """Prove DOCUMENT as it lies on the medium, and with --digest whether it is the file of a paper."""
    with run.document(document, read_only=True) as opened:
        faults = opened.verify()
        standing = opened.standing
        match = sealing.match(opened, digest) if digest else None
    if as_json:
        run.json(
            {
                "sound": not faults,
                "faults": [finding_json(fault, run.language) for fault in faults],
                "closed": standing.closed,
                "printed": standing.digest.printed if standing.digest is not None else None,
                "changed": standing.changed,
                "seals": [_seal(one) for one in standing.seals],
                "packages": [_seal(one) for one in standing.others],
                "matches": match.holds if match is not None else None,
            }
        )
    else:
        run.findings(faults)
    if faults:
        raise Problem(
            "verify.faults",
            say("{name} is not as it was written: {count} faults.", name=document.name, count=len(faults)),
            say("Use a backup from the folder beside it, or ask the unit for its file again."),
        )
    if match is not None:
        _told(run, match, as_json)
    elif not as_json:
        _standing(run, opened)


def _told(run: Run, match: sealing.Match, as_json: bool) -> None:
    if match.seal is None:
        raise Problem(
            "verify.other",
            say("No seal of this file has that digest: the paper is not of this file."),
            say("Compare all sixteen digits, and look for another copy of the document."),
        )
    if not match.same:
        raise Problem(
            "verify.changed",
            say("The paper is of this file, but the file was reopened or has changed since that seal."),
            say("Print the signature sheet again after sealing, or take the file as it was handed in from a backup."),
        )
    if not as_json:
        run.say(say("Paper and file match: {digest}, sealed {when}.", digest=match.seal.digest.printed,
                    when=f"{match.seal.at.astimezone():%Y-%m-%d %H:%M}"))  # fmt: skip


def _standing(run: Run, opened: Assessment) -> None:
    standing = opened.standing
    if standing.digest is not None:
        run.say(say("The file is whole. Sealed, unchanged since: {digest}.", digest=standing.digest.printed))
    elif standing.closed:
        count = standing.changed
        run.say(say("The file is whole. Sealed; entries changed since: {count}.", count=count))
    else:
        run.say(say("The file is whole. It is not sealed."))


@click.command("findings")
@click.argument("document", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Write them as a table: .xlsx or .csv.")
@click.option("--previous", type=click.Path(path_type=Path), default=None, help="The document of last period.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def findings(run: Run, /, document: Path, out: Path | None, previous: Path | None, as_json: bool) -> None:
    """List what in DOCUMENT must be dealt with, is worth checking, or has been explained. Exit 1 with errors open."""
    if out is not None and out.suffix.lower() not in FORMATS:
        raise Problem(
            "findings.format",
            say("{name} is neither a workbook nor a CSV file.", name=out.name),
            say("Let the name end in .xlsx or .csv."),
        )
    before = None
    if previous is not None:
        with run.document(previous, read_only=True) as old:
            before = old.sheet
    with run.document(document, read_only=True) as opened:
        framework, sheet = opened.framework, opened.sheet
        found = sealing.found(opened, before)
    errors = sum(one.severity == "error" and one.open for one in found)
    if out is not None:
        write(out, framework, sheet, found, language=run.language)
    if as_json:
        run.json({"errors": errors, "findings": [_found(one, run.language) for one in found]})
    else:
        for row in rows(framework, sheet, found, language=run.language):
            click.echo("  ".join(cell for cell in row[:4] if cell))
        if out is not None:
            run.say(say("Wrote {path}", path=str(out)))
    if errors:
        raise Problem(
            "findings.errors",
            say("Findings that must be dealt with before sealing: {count}.", count=errors),
            say("They come first in the list; each names its question."),
        )


def _found(one: Found, language: str) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "severity": one.severity,
        "code": one.code,
        "codes": list(one.codes),
        "text": _plain(one.message, language),
        "action": _plain(one.action, language),
        "fields": list(one.fields),
        "detail": one.detail.render(language) if one.detail is not None else None,
        "explained": one.explained,
        "liftable": one.liftable,
    }


def _plain(thing: Any, language: str) -> str:
    from assess.language import plain

    return str(plain(thing, language))


def _seal(one: SealRecord) -> dict[str, Any]:
    opened = one.reopened
    return {
        "digest": one.digest.whole,
        "printed": one.digest.printed,
        "at": one.at.isoformat(),
        "by": one.author,
        "post": one.post,
        "unit": one.unit,
        "role": one.role,
        "package": one.copy,
        "reopened": {"at": opened.at.isoformat(), "by": opened.author, "post": opened.post, "reason": opened.reason}
        if opened is not None
        else None,
    }


def _date(given: str) -> str:
    if not given:
        return day.today().isoformat()  # noqa: DTZ011 - the date of the desk, as on any letter
    try:
        return day.fromisoformat(given).isoformat()
    except ValueError as error:
        raise Problem(
            "report.date", say("{date} is not a date.", date=given), say("Write it as 2026-07-31.")
        ) from error
