"""`merge`, `returns`, `resolve`, `receipt`: what comes back, where the round stands, and how conflicts are settled."""

from __future__ import annotations

import hashlib
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from assess.assessment import Assessment, Author
from assess.finishing.cover import NAMES
from assess.language import Message, say
from assess.packages import conflicts as settling
from assess.packages import receipts
from assess.packages.between import Between, between
from assess.packages.outcomes import Intake, Outcome
from assess.packages.overview import Overview
from assess.packages.overview import overview as overview_of
from assess.packages.taking import inspect, take_in
from assess.problems import Problem
from assess.sheets.told import told as value_told
from assess.store.changes import Changes
from assess.store.failures import told
from assess.store.verify import Digest
from forms.commands.packages import date_in, passphrases_in
from forms.commands.run import Run, finding_json

RETURNS = (".zhd", ".xlsx", ".ods", ".xls")


@click.command()
@click.argument("document", type=click.Path(path_type=Path))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--passphrases", type=click.Path(path_type=Path), default=None, help="Table of units and passphrases.")
@click.option("--unfinished", is_flag=True, help="Also take in packages that were not handed back.")
@click.option("--again", is_flag=True, help="Also take in what was taken back before.")
@click.option("--receipts", "folder", type=click.Path(path_type=Path), default=None, help="Folder for the receipts.")
@click.option("--name", default="", help="Who takes them in; stands on the receipts.")
@click.option("--unit", "office", default="", help="The office that takes them in.")
@click.option("--dry-run", is_flag=True, help="Say what the files would bring, write nothing.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def merge(
    run: Run, /, document: Path, files: tuple[Path, ...], passphrases: Path | None, unfinished: bool,
    again: bool, folder: Path | None, name: str, office: str, dry_run: bool, as_json: bool,
) -> None:  # fmt: skip
    """Take returned packages and forms into DOCUMENT: any number, in any order; folders stand for what is in them."""
    words = passphrases_in(passphrases)
    paths = [path for given in files for path in _inside(given)]
    shown = sys.stderr.isatty() and not as_json
    run.reminder(as_json=as_json)
    with run.document(document, read_only=dry_run) as opened:
        opened.act_as(Author(name, office, "", "command line"))

        def tell(done: int, total: int, file: str) -> None:
            click.echo(f"\r{done * 100 // total:3d} % {file[:50]:<50}", err=True, nl=False)

        if dry_run:
            looked = tuple(inspect(opened, path, passphrases=words, unfinished=unfinished) for path in paths)
            found = Intake(looked, Changes({}, (), "", opened._now(), "merge"), sum(one.events for one in looked))
        else:
            found = take_in(
                opened, paths, passphrases=words, unfinished=unfinished, again=again, progress=tell if shown else None
            )
        standing = overview_of(opened, opened._now().astimezone().date()).conflicts
        written = []
        if folder is not None and not dry_run:
            folder.mkdir(parents=True, exist_ok=True)
            from reports.papers.receipt import render

            made = [receipts.receipt(opened, one) for one in found.outcomes]
            written = [receipts.write(one, folder, run.language, render) for one in made]
    if shown:
        click.echo("\r" + " " * 60 + "\r", err=True, nl=False)
    if as_json:
        run.json({"files": [_outcome_json(one, run.language) for one in found.outcomes], "events": found.events,
                  "attachments": found.attachments, "conflicts": [list(cell) for cell in found.conflicts],
                  "conflicts_open": standing,
                  "receipts": [str(files[-1]) for files in written]})  # fmt: skip
    else:
        _tell_taken(run, found)
        if folder is not None and written:
            run.say(say("Wrote {count} receipts to {folder}.", count=len(written), folder=str(folder)))
        if dry_run:
            run.say(say("Nothing was written."))
        else:
            if standing:
                run.say(say("{count} conflicts are to be settled; zhiheng returns lists them side by side.",
                            count=standing))  # fmt: skip
            if any(one.state == "left_out" for one in found.outcomes):
                run.say(say("What was taken back stays out; zhiheng merge --again takes it into account again."))
            elif found.places:
                run.say(say("zhiheng unmerge takes a merge back as a whole."))
    if found.refused:
        raise Problem(
            "merge.refused",
            say("{count} of {total} files were not taken in.", count=len(found.refused), total=len(found.outcomes)),
            say("Each is named above with what to do; the others are in.")
            if len(found.refused) < len(found.outcomes)
            else say("Each is named above with what to do; the document is unchanged."),
        )


def _inside(path: Path) -> list[Path]:
    """The file, or what lies directly in a folder and may be a return."""
    if not path.is_dir():
        return [path]
    return sorted(each for each in path.iterdir() if each.is_file() and each.suffix.lower() in RETURNS)


def _tell_taken(run: Run, found: Intake) -> None:
    for one in found.outcomes:
        if one.problem is not None:
            sentence = one.problem.sentence(run.language)
            click.echo(sentence if one.path.name in sentence else f"{one.path.name}: {sentence}", err=True)
            continue
        run.say(
            say("{file}: {state}; {unit}, {answered} of {total} items, {events} new records, "
                "{attachments} attachments, {conflicts} conflicts",
                file=one.path.name, state=one.state_words, unit=one.unit or "—", answered=one.answered, total=one.total,
                events=one.events, attachments=one.attachments, conflicts=len(one.conflicts))
        )  # fmt: skip
        if one.carried is not None:
            for text, codes in (
                (say("  carried over from version {version}: {codes}", version=one.carried.version,
                     codes=one.carried.kept), one.carried.kept),
                (say("  ask something else now: {codes}", codes=one.carried.changed), one.carried.changed),
                (say("  no longer asked: {codes}", codes=one.carried.gone), one.carried.gone),
                (say("  new since then: {codes}", codes=one.carried.new), one.carried.new),
            ):  # fmt: skip
                if codes:
                    run.say(text)
        run.findings(one.findings)


def _outcome_json(one: Outcome, language: str) -> dict[str, Any]:
    return {
        "file": str(one.path), "state": one.state, "unit": one.unit, "key": one.key, "form": one.form,
        "unfinished": one.unfinished, "events": one.events, "attachments": one.attachments,
        "missing_attachments": one.missing, "answered": one.answered, "total": one.total,
        "conflicts": [list(cell) for cell in one.conflicts], "authors": list(one.authors), "digest": one.digest,
        "seal": one.seal.whole if one.seal else "", "returned": one.returned.isoformat() if one.returned else "",
        "problem": {"code": one.problem.code, "sentence": one.problem.sentence(language)} if one.problem else None,
        "carried": {"version": one.carried.version, "kept": list(one.carried.kept),
                    "changed": list(one.carried.changed), "gone": list(one.carried.gone), "new": list(one.carried.new)}
        if one.carried else None,
        "findings": [finding_json(each, language) for each in one.findings], "doubts": one.doubts,
    }  # fmt: skip


@click.command()
@click.argument("document", type=click.Path(path_type=Path))
@click.option("--today", default="", help="ISO date that deadlines are held against; today without it.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def returns(run: Run, /, document: Path, today: str, as_json: bool) -> None:
    """Say where the round of DOCUMENT stands: per unit issued, returned, complete, conflicts, next step."""
    with run.document(document, read_only=True) as opened:
        day = date.fromisoformat(date_in(today)) if today else opened._now().astimezone().date()
        framework = opened.whole_framework
        found = overview_of(opened, day)
        pairs = settling.conflicts(opened)
        alike = between(opened)
    if as_json:
        told = {"between": [_between_json(one, run.language) for one in alike]}
        run.json(_overview_json(found, pairs, run.language) | told)
        return
    run.say(
        say("Issued {issued}, returned {returned}, outstanding {outstanding}, conflicts {conflicts}, sent back {back}",
            issued=found.issued, returned=found.returned, outstanding=found.outstanding, conflicts=found.conflicts,
            back=found.sent_back)
    )  # fmt: skip
    for row in found.rows:
        when = [f"{at.astimezone():%m-%d}" if at else "—" for at in (row.issued, row.returned)]
        step = run.words(row.step_words) if row.step_words else ""
        click.echo("  ".join([" ".join(row.recipient.name.split()), *when, f"{row.answered}/{row.total}",
                              run.words(row.state_words), step]).rstrip())  # fmt: skip
    for one in alike:
        _tell_between(run, one)
    for pair in pairs:
        run.say(say("Conflict {matter}:", matter=_matter(pair.cell)))
        for side in pair.sides:
            value = value_told(framework, pair.cell, side.value, brief=True)
            run.say(
                say("    {event}  {value}  {unit} {author} {at}", event=side.event[:12], value=value,
                    unit=side.unit or "—", author=side.author, at=f"{side.at.astimezone():%Y-%m-%d %H:%M}")
            )  # fmt: skip
    if pairs:
        run.say(
            say("Settle each with zhiheng resolve: --take and the first signs of the side that holds, or --send-back.")
        )


def _tell_between(run: Run, one: Between) -> None:
    """One finding between units, with the units it names."""
    about = tuple(dict.fromkeys((one.found.code or "—", *one.found.codes)))
    if one.others:
        run.say(
            say("Between {unit} and {others}, {rule} ({codes}): {finding}", unit=one.unit.name,
                others=tuple(other.name for other in one.others), rule=one.found.rule, codes=about,
                finding=one.found.message)
        )  # fmt: skip
    else:
        run.say(say("{unit} among all units, {rule} ({codes}): {finding}", unit=one.unit.name, rule=one.found.rule,
                    codes=about, finding=one.found.message))  # fmt: skip


def _between_json(one: Between, language: str) -> dict[str, Any]:
    message = one.found.message
    return {
        "unit": one.unit.name, "others": [other.name for other in one.others], "rule": one.found.rule,
        "severity": one.found.severity, "codes": list(one.found.codes),
        "finding": message.render(language) if isinstance(message, Message) else message.to(language),
    }  # fmt: skip


def _matter(cell: tuple[str, str]) -> Message:
    """What a conflict is about, in words, and what `resolve` is to be given where that is not the item alone."""
    code, column = cell
    if code.startswith("@cover") and column in NAMES:
        return say("cover, {field} (resolve {code} --column {column})", field=NAMES[column], code=code, column=column)
    if column == "self":
        return say("{code}", code=code)
    known = {"note": say("Note"), "explanation": say("Explanation"), "review": say("Review")}
    name = say("Evidence") if column.startswith("evidence/") else known.get(column, say("{column}", column=column))
    return say("{code} {field} (resolve {code} --column {column})", code=code, field=name, column=column)


def _overview_json(found: Overview, pairs: Any, language: str) -> dict[str, Any]:
    return {
        "issued": found.issued, "returned": found.returned, "outstanding": found.outstanding,
        "conflicts": found.conflicts, "sent_back": found.sent_back,
        "units": [
            {
                "key": row.recipient.key, "unit": row.recipient.name, "kind": row.recipient.kind, "state": row.state,
                "step": row.step, "times": row.times, "issued": row.issued.isoformat() if row.issued else "",
                "deadline": row.deadline, "returned": row.returned.isoformat() if row.returned else "",
                "answered": row.answered, "total": row.total, "open": list(row.open), "changed": list(row.changed),
                "conflicts": row.conflicts, "sent_back": list(row.sent_back), "new_items": list(row.new_items),
                "document": str(row.document) if row.document else "",
                "problem": row.problem.sentence(language) if row.problem else "",
            }
            for row in found.rows
        ],
        "conflicting": [
            {
                "code": pair.code, "column": pair.column, "base": pair.base.value if pair.base else None,
                "sides": [
                    {"event": side.event, "value": side.value, "unit": side.unit, "author": side.author,
                     "at": side.at.isoformat(), "note": side.note, "file": side.source,
                     "evidence": [each.name for each in side.evidence]}
                    for side in pair.sides
                ],
            }
            for pair in pairs
        ],
    }  # fmt: skip


@click.command()
@click.argument("document", type=click.Path(path_type=Path))
@click.argument("code")
@click.option("--column", default="self", show_default=True)
@click.option("--take", "event", default="", help="The beginning of the event whose value is taken.")
@click.option("--combine", is_flag=True, help="Keep the notes and the evidence of all sides, too.")
@click.option("--send-back", is_flag=True, help="Return the item to the unit for correction.")
@click.option("--reason", default="", help="Why; it is kept, and it travels with an item that is returned.")
@click.option("--deadline", default="", help="ISO date until which a returned item is to be corrected.")
@click.option("--name", default="", help="Who settles it: name or post.")
@click.option("--unit", "office", default="", help="The office that settles it.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def resolve(
    run: Run, /, document: Path, code: str, column: str, event: str, combine: bool, send_back: bool, as_json: bool,
    **given: str,
) -> None:  # fmt: skip
    """Settle a conflict of item CODE in DOCUMENT: take one side, combine, or return it to the unit."""
    with run.document(document) as opened:
        opened.act_as(Author(given["name"], given["office"], "", "reviewer"))
        if send_back:
            changes = settling.send_back(opened, [code], given["reason"], date_in(given["deadline"]))
        else:
            chosen = _side_named(opened, (code, column), event, last=combine)
            act = settling.combine if combine else settling.take
            changes = act(opened, (code, column), chosen, given["reason"])
        left = len(settling.conflicts(opened))
    if as_json:
        run.json({"cells": [list(cell) for cell in changes.cells], "left": left})
    else:
        run.say(
            say("{code} is returned for correction.", code=code) if send_back else say("{code} is settled.", code=code)
        )
        run.say(say("{count} conflicts are left.", count=left))


def _side_named(document: Assessment, cell: tuple[str, str], beginning: str, *, last: bool) -> str:
    """The event of a conflict by the beginning of its id. Nothing is settled by chance: without a beginning it is the
    last side for `--combine`, and a problem otherwise."""
    heads = document.conflicts().get(cell, ())
    found = [head.id for head in heads if head.id.startswith(beginning)] if beginning else []
    if not beginning and last:
        found = [head.id for head in heads[-1:]]
    if len(found) != 1 and heads:
        raise Problem(
            "resolve.side",
            say("It is not clear which side of {code} is meant.", code=cell[0]),
            say("Give more digits with --take: {events}.", events=tuple(head.id[:12] for head in heads)),
        )
    return found[0] if found else ""


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("package", required=False, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def receipt(run: Run, /, file: Path, package: Path | None, as_json: bool) -> None:
    """Say what the receipt FILE confirms and, given the PACKAGE that was sent, whether it speaks of that very file."""
    found = receipts.read(file)
    digest = ""
    if package is not None:
        with told(package):
            digest = hashlib.sha256(package.read_bytes()).hexdigest()
    same = digest == found.digest if digest else None
    if as_json:
        run.json({**found.to_json(), "same_file": same})
        return
    click.echo(found.text(run.language), nl=False)
    if same:
        run.say(say("The receipt is for this very file."))
    elif same is not None:
        raise Problem(
            "receipt.another-file",
            say("The receipt is for another file; this one has the digest {digest}.", digest=Digest(digest).printed),
            say(
                "Look for the file the receipt names, or ask the office that issued the package for the right receipt."
            ),
        )
