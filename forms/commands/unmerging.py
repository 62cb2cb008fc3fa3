"""`unmerge`: what was taken in, file by file; taking it back, and taking it into account again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from assess.assessment import Author
from assess.language import say
from assess.packages.imports import Import, TakenBack, bring_back, imports, take_back
from assess.problems import Problem
from forms.commands.run import Run


@click.command()
@click.argument("document", type=click.Path(path_type=Path))
@click.argument("which", nargs=-1)
@click.option("--last", is_flag=True, help="The file that was taken in last.")
@click.option("--again", is_flag=True, help="Take them into account again.")
@click.option("--name", default="", help="Who takes them back; kept in the history.")
@click.option("--unit", "office", default="", help="The office that takes them back.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def unmerge(
    run: Run, /, document: Path, which: tuple[str, ...], last: bool, again: bool, name: str, office: str, as_json: bool
) -> None:
    """Take back what was merged into DOCUMENT: WHICH are numbers of the list or names of files; without, the list."""
    with run.document(document, read_only=not (which or last)) as opened:
        found = imports(opened)
        if not (which or last):
            _tell_list(run, found, as_json=as_json)
            return
        opened.act_as(Author(name, office, "", "command line"))
        chosen = found[:1] if last and not which else _chosen(found, which)
        act = bring_back if again else take_back
        done = act(opened, [one.place for one in chosen])
    _tell_done(run, done, again=again, as_json=as_json)


def _chosen(found: Sequence[Import], which: Sequence[str]) -> list[Import]:
    """By the number in the list, or by the name of the file where only one has it."""
    out = []
    for word in which:
        name = Path(word).name
        matching = [one for one in found if one.file == name]
        if word.isdigit() and 1 <= int(word) <= len(found):
            matching = [found[len(found) - int(word)]]
        if len(matching) != 1:
            raise Problem(
                "unmerge.which",
                say("“{word}” names {count} of the files that were taken in.", word=word[:80], count=len(matching)),
                say("Give the number of the list that “zhiheng unmerge DOCUMENT” shows."),
            )
        out += matching
    return out


def _tell_list(run: Run, found: Sequence[Import], *, as_json: bool) -> None:
    numbered = list(enumerate(reversed(found), 1))
    if as_json:
        run.json({"files": [_json(one, number) for number, one in numbered]})
        return
    if not numbered:
        run.say(say("Nothing has been taken in yet."))
    for number, one in numbered:
        at = f"{one.at.astimezone():%Y-%m-%d %H:%M}"
        line = say("{number}  {at}  {file}: {unit}, {count} items, {events} records", number=number, at=at,
                   file=one.file, unit=one.unit or "—", count=len(one.items), events=len(one.ids))  # fmt: skip
        run.say(line)
        if one.taken_back is not None:
            run.say(say("    taken back on {at} by {who}", at=f"{one.taken_back.astimezone():%Y-%m-%d %H:%M}",
                        who=one.by or "—"))  # fmt: skip


def _tell_done(run: Run, done: TakenBack, *, again: bool, as_json: bool) -> None:
    if as_json:
        run.json({"files": [_json(one, 0) for one in done.imports], "cells": [list(cell) for cell in done.cells],
                  "kept": [list(cell) for cell in done.kept]})  # fmt: skip
        return
    for one in done.imports:
        if again:
            run.say(say("{file} ({unit}) counts again.", file=one.file, unit=one.unit or "—"))
        else:
            run.say(say("{file} ({unit}) is taken back; it stays in the history.", file=one.file, unit=one.unit or "—"))
    run.say(say("{count} items read differently now.", count=len(done.items)))
    if done.kept:
        run.say(say("Written since and kept: {codes}.", codes=tuple(dict.fromkeys(item for item, _ in done.kept))))


def _json(one: Import, number: int) -> dict[str, Any]:
    return {
        "number": number, "file": one.file, "at": one.at.isoformat(), "unit": one.unit, "key": one.key,
        "items": list(one.items), "events": len(one.ids),
        "taken_back": one.taken_back.isoformat() if one.taken_back else "", "by": one.by,
        "kept": [list(cell) for cell in one.kept],
    }  # fmt: skip
