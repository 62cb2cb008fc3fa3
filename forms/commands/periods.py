"""`previous`, `assign`, `states`: last period beside this one, who answers what, and the states that are kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from assess.language import say
from assess.problems import Problem
from forms.commands.run import Run


@click.command()
@click.argument("document", type=click.Path(path_type=Path))
@click.argument("last", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def previous(run: Run, document: Path, last: Path, as_json: bool) -> None:
    """Put the answers of LAST, the document of last period, beside those of DOCUMENT; list what is not brought."""
    import os

    from assess.earlier import last_period
    from forms.commands.documents import tell_brought
    from forms.commands.run import PASSPHRASE

    run.reminder(as_json=as_json)
    then = last_period.read(last, os.environ.get(PASSPHRASE))
    with run.document(document) as opened:
        _changes, brought = last_period.bring(opened, then)
    if as_json:
        run.json(last_period.to_json(brought, run.language))
        return
    tell_brought(run, brought)


@click.command()
@click.argument("document", type=click.Path(path_type=Path))
@click.option("--from", "table", type=click.Path(path_type=Path), default=None, help="Table: code, lead, assisting.")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Write the assignments of now as CSV.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def assign(run: Run, document: Path, table: Path | None, out: Path | None, as_json: bool) -> None:
    """Who answers what in DOCUMENT: taken from a table, written as one, or both."""
    from assess.exchange import assignments

    if table is None and out is None:
        raise Problem("assign.nothing", say("Nothing to do."), say("Give --from TABLE or --out TABLE."))
    told: dict[str, Any] = {}
    with run.document(document, read_only=table is None) as opened:
        if table is not None:
            run.reminder(as_json=as_json)
            found = assignments.read(table, opened.framework)
            changes = opened.set_cells(found.cells, "assignment")
            told |= {"assigned": list(changes.items), "refused": [run.words(line) for line in found.refused]}
            if not as_json:
                for line in found.refused:
                    run.say(line)
                run.say(say("Assigned: {count} items.", count=len(changes.items)))
        if out is not None:
            if out.exists():
                raise Problem(
                    "assign.exists", say("{path} is there already.", path=str(out)), say("Choose another name.")
                )
            out.write_text(assignments.table(opened.framework, opened.sheet, run.language), encoding="utf-8")
            told["path"] = str(out)
            if not as_json:
                run.say(say("Made {path}.", path=str(out)))
    if as_json:
        run.json(told)


@click.command()
@click.argument("document", type=click.Path(path_type=Path))
@click.option("--return-to", "number", type=click.IntRange(1, 10), default=None, help="Number of a state in the list.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def states(run: Run, document: Path, number: int | None, as_json: bool) -> None:
    """List the earlier states that are kept of DOCUMENT, or return to one; the present state is kept first."""
    from assess.earlier import states as earlier

    with run.document(document, read_only=number is None) as opened:
        found = earlier.listed(opened)
        if number is not None:
            if number > len(found):
                raise Problem(
                    "states.number",
                    say("There are {count} earlier states.", count=len(found)),
                    say("Look at the list first."),
                )
            changes = earlier.return_to(opened, found[number - 1].path)
            run.told(
                {"returned": number, "changes": len(changes.items)},
                say("Returned; {count} entries changed. The state before is kept.", count=len(changes.items)),
                as_json=as_json,
            )
            return
    rows = [
        {
            "number": at,
            "at": one.at.isoformat() if one.at else None,
            "answered": one.answered,
            "total": one.total,
            "author": one.author,
            "changes": one.differences.count,
            "trouble": one.trouble.sentence(run.language) if one.trouble else None,
        }
        for at, one in enumerate(found, 1)
    ]
    if as_json:
        run.json({"states": rows})
        return
    for row, one in zip(rows, found, strict=True):
        if one.trouble is not None:
            run.say(say("{number}. cannot be read: {reason}", number=row["number"], reason=one.trouble.text))
            continue
        known = {key: row[key] for key in ("number", "answered", "total", "changes")}
        known["at"] = f"{one.at:%Y-%m-%d %H:%M}" if one.at else run.words(say("time unknown"))
        author = " ".join(one.author.split())
        run.say(
            say("{number}. {at}, {answered}/{total} answered, {author}; {changes} entries differ from now",
                author=author, **known)
            if author
            else say("{number}. {at}, {answered}/{total} answered; {changes} entries differ from now", **known)
        )  # fmt: skip
    if not rows:
        run.say(say("No earlier state is kept yet."))
