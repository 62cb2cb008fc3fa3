"""`issue` and `return`: packages that go out, and what a unit sends back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from assess.assessment import Author
from assess.language import Message, say
from assess.packages import preview as previewing
from assess.packages.issue import Issued, Papers
from assess.packages.issue import issue as issue_all
from assess.packages.preview import Dispatch, Options, Parcel
from assess.packages.recipients import LowerUnit, add_units, recipients
from assess.packages.returning import hand_back
from assess.problems import Problem
from forms.commands.run import Run, now

BY = ("department", "county", "township", "all")
KINDS = {"县": "county", "乡": "township", "村": "village", "county": "county", "township": "township",
         "village": "village", "": "county"}  # fmt: skip


@click.command()
@click.argument("document", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Folder for the packages; made if missing.")
@click.option("--by", type=click.Choice(BY), default="department", show_default=True, help="Who gets a package.")
@click.option("--to", "only", multiple=True, help="Only this unit (may be given several times).")
@click.option(
    "--units",
    type=click.Path(path_type=Path),
    default=None,
    help="Table of counties, townships or villages to enter first: name, code, level (县, 乡, 村).",
)
@click.option("--assisting", is_flag=True, help="Give items to the units that assist, too.")
@click.option("--previous", is_flag=True, help="Send last period's answers along.")
@click.option("--blank", is_flag=True, help="Send the questions without what is answered already.")
@click.option("--notes", is_flag=True, help="Send the notes of the document along; otherwise they stay behind.")
@click.option("--attachments", is_flag=True, help="Send the files of the evidence along.")
@click.option("--forms", is_flag=True, help="Write every package as an Excel form, too.")
@click.option("--only-forms", is_flag=True, help="Write Excel forms instead of documents.")
@click.option("--deadline", default="", help="ISO date until which packages are to come back.")
@click.option("--encrypt", is_flag=True, help="Protect every package by a passphrase of its own.")
@click.option(
    "--passphrases",
    type=click.Path(path_type=Path),
    default=None,
    help="Table of units and passphrases; units without one get a new one with --encrypt.",
)
@click.option("--letters/--no-letters", default=True, help="A letter and a guide beside each package.")
@click.option("--contact", default="", help="Whom the letters name for questions: post and office telephone.")
@click.option("--dry-run", is_flag=True, help="Say what would leave, write nothing.")
@click.option("--unit", "office", default="", help="The office that issues.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def issue(run: Run, /, document: Path, out: Path | None, by: Any, dry_run: bool, as_json: bool, **given: Any) -> None:
    """Issue packages of DOCUMENT to departments, counties or townships, with a list of what went to whom."""
    if out is None and not dry_run:
        raise Problem("issue.out", say("Where the packages go is not said."), say("Give a folder with --out."))
    deadline = date_in(given["deadline"])
    notes = _past(deadline)
    words = passphrases_in(given["passphrases"])
    with run.document(document, read_only=dry_run and given["units"] is None) as opened:
        opened.act_as(Author("", given["office"], "", "command line"))
        if given["units"] is not None:
            add_units(opened, _units(given["units"]))
        chosen = _chosen(recipients(opened, by, assisting=given["assisting"]), given["only"])
        options = Options(
            deadline=deadline, previous=given["previous"], answers=not given["blank"], notes=given["notes"],
            attachments=given["attachments"], encrypt=given["encrypt"], forms=given["forms"],
            documents=not given["only_forms"],
        )  # fmt: skip
        if not chosen:
            notes += (_nobody(by),)
        dispatch = previewing.preview(opened, chosen, options)
        if dry_run:
            if as_json:
                run.json({"packages": [_parcel_json(one) for one in dispatch.parcels],
                          "notes": [run.words(note) for note in notes]})  # fmt: skip
            else:
                _preview(run, dispatch)
                for note in notes:
                    run.note(note)
            return
        assert out is not None
        out.mkdir(parents=True, exist_ok=True)
        by_key = {one.key: words[one.name] for one in chosen if one.name in words}
        done = issue_all(
            opened, dispatch, out, passphrases=by_key, papers=_letters(run) if given["letters"] else None,
            language=run.language, contact=given["contact"],
        )  # fmt: skip
    if as_json:
        run.json(_issued_json(done) | {"notes": [run.words(note) for note in notes]})
        return
    _tell_issued(run, done, out)
    for note in notes:
        run.note(note)


def _nobody(by: str) -> Message:
    """That there is nobody to issue to, and what is missing."""
    if by == "department":
        return say("No item names a unit that leads it; nothing is to be issued. Assign the items first.")
    return say("No lower unit is entered; nothing is to be issued. Enter them with --units TABLE.")


def _past(deadline: str) -> tuple[Message, ...]:
    """That a deadline has gone by already: every package would be overdue from the first day."""
    if not deadline or deadline >= now().astimezone().date().isoformat():
        return ()
    return (
        say("The deadline {day} has passed already: every package counts as overdue at once. Issue again with a later "
            "--deadline if that is not meant.", day=deadline),
    )  # fmt: skip


def _letters(run: Run) -> Papers:
    """The letter and the guide of each package, dated today."""
    from reports.papers.letter import papers

    date = now().astimezone().date().isoformat()
    return lambda facts: papers(facts, run.language, date)


def _chosen(found: Any, only: tuple[str, ...]) -> Any:
    if not only:
        return found
    missing = [name for name in only if all(name not in (one.name, one.key, one.code) for one in found)]
    if missing:
        raise Problem(
            "issue.unit",
            say("{units} has no item here.", units=missing),
            say("There are: {units}.", units=tuple(one.name for one in found) or "–"),
        )
    return tuple(one for one in found if {one.name, one.key, one.code} & set(only))


def _units(table: Path) -> list[LowerUnit]:
    """Lower units from a table whose heading names unit, code and level."""
    from assess.exchange.grid import read

    headings = {
        "name": ("名称", "单位", "单位名称", "name", "unit"),
        "code": ("代码", "编码", "code"),
        "kind": ("层级", "级别", "level", "tier", "kind"),
        "unit_kind": ("类型", "type", "unit_kind"),
    }
    grid = read(table)[0]
    first = [grid.text(0, column).strip().lower() for column in range(len(grid.rows[0]))]
    where = {
        field: next((first.index(name) for name in names if name in first), None) for field, names in headings.items()
    }
    found = []
    for row in range(1, len(grid.rows)):
        name = grid.text(row, where["name"])
        if not name:
            continue
        kind = KINDS.get(grid.text(row, where["kind"]).lower())
        if kind is None:
            raise Problem(
                "issue.level",
                say("{place} names no level.", place=grid.place(row, where["kind"])),
                say("Use 县, 乡 or 村."),
            )
        found.append(LowerUnit(name, kind, grid.text(row, where["code"]), grid.text(row, where["unit_kind"])))  # type: ignore[arg-type]
    if where["name"] is None or not found:
        raise Problem(
            "issue.units",
            say("{name} names no units.", name=table.name),
            say("The first row needs the headings 名称, 代码 and 层级."),
        )
    return found


def passphrases_in(table: Path | None) -> dict[str, str]:
    """Unit -> passphrase: the first and the last column of a table."""
    if table is None:
        return {}
    from assess.exchange.grid import read

    grid = read(table)[0]
    out = {}
    for row in range(len(grid.rows)):
        cells = [grid.text(row, column) for column in range(len(grid.rows[row]))]
        filled = [cell for cell in cells if cell]
        if len(filled) >= 2:
            out[" ".join(filled[0].split())] = filled[-1]
    return out


def date_in(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise Problem(
            "issue.deadline", say("“{text}” is no date.", text=text[:20]), say("Use the form 2026-07-25.")
        ) from None


def _preview(run: Run, dispatch: Dispatch) -> None:
    for one in dispatch.parcels:
        run.say(
            say("{unit}: {items} items, {answers} answers, {previous} of last period, {evidence} pieces of evidence, "
                "{attachments} attachments, about {size} KB; staying behind: {notes} notes, {reviews} values of review",
                unit=one.recipient.name, items=len(one.items), answers=len(one.answers), previous=len(one.previous),
                evidence=one.evidence, attachments=one.attachments, size=-(-one.size // 1024), notes=one.notes_left,
                reviews=one.reviews_left)
        )  # fmt: skip
    run.say(say("{count} packages, about {size} KB. Nothing was written.", count=len(dispatch.parcels),
                size=-(-dispatch.size // 1024)))  # fmt: skip


def _parcel_json(one: Parcel) -> dict[str, Any]:
    return {
        "key": one.recipient.key, "unit": one.recipient.name, "kind": one.recipient.kind, "file": one.file,
        "items": list(one.items), "new_items": list(one.new_items), "answers": list(one.answers),
        "previous": list(one.previous), "evidence": one.evidence, "attachments": one.attachments,
        "notes_left": one.notes_left, "reviews_left": one.reviews_left, "sent_back": list(one.sent_back),
        "times_issued": one.times_issued, "deadline": one.deadline, "encrypted": one.encrypted, "size": one.size,
    }  # fmt: skip


def _issued_json(done: Issued) -> dict[str, Any]:
    return {
        "packages": [
            _parcel_json(one.parcel) | {"path": str(one.path), "form": str(one.form) if one.form else "",
                                        "digest": one.digest, "size": one.size}
            for one in done.files
        ],
        "lists": [str(path) for path in done.lists],
        "passphrases": str(done.secrets) if done.secrets else "",
    }  # fmt: skip


def _tell_issued(run: Run, done: Issued, out: Path) -> None:
    for one in done.files:
        run.say(say("{unit}: {items} items, {file}", unit=one.parcel.recipient.name, items=len(one.parcel.items),
                    file=one.path.name))  # fmt: skip
    run.say(say("Issued {count} packages to {folder}.", count=len(done.files), folder=str(out)))
    if done.secrets is not None:
        run.say(say("The passphrases are in {file}; hand them over separately.", file=done.secrets.name))


@click.command("return")
@click.argument("package", type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path(), help="Folder for the file to send; made if missing."
)
@click.option("--name", default="", help="Who hands it back: name or post.")
@click.option("--unit", default="", help="The unit that hands it back.")
@click.option("--anyway", is_flag=True, help="Although the cover or items are open.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def give_back(run: Run, /, package: Path, out: Path, name: str, unit: str, anyway: bool, as_json: bool) -> None:
    """Seal PACKAGE and write it as a return, one file to send back."""
    with run.document(package) as opened:
        opened.act_as(Author(name, unit or str(opened.package.get("to", "")), "", "filler"))
        out.mkdir(parents=True, exist_ok=True)
        done = hand_back(opened, out, anyway=anyway)
    if as_json:
        run.json({"path": str(done.path), "seal": done.digest.whole})
    else:
        run.say(say("Wrote {path}. Digest: {digest}", path=str(done.path), digest=done.digest.printed))
