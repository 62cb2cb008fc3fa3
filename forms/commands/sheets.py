"""`sheet` and `sheet-in`: questionnaires as workbooks for Excel and WPS, written from a document and taken in again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from assess.answers import Cell
from assess.assessment import Assessment
from assess.language import Message, Words, plain, say
from assess.problems import Problem
from forms.commands.documents import file_name
from forms.commands.run import Run, finding_json, now


@click.command()
@click.argument("documents", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="An .xlsx file, or a folder for several.")
@click.option("--language", type=click.Choice(["zh", "en"]), default=None, help="Language of the form.")
@click.option(
    "--unit", "units", multiple=True, help="Only the items this unit leads, on a form of its own. Repeatable."
)
@click.option("--by-unit", is_flag=True, help="One form for every unit that leads items.")
@click.option("--items", default="", help="Only these codes, separated by commas.")
@click.option("--deadline", default="", help="Printed on the cover.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def sheet(
    run: Run, /, documents: tuple[Path, ...], out: Path, language: str | None, units: tuple[str, ...], by_unit: bool,
    items: str, deadline: str, as_json: bool,
) -> None:  # fmt: skip
    """Write the questionnaire of each document as a workbook, with what is answered already filled in."""
    from assess.sheets import write

    wanted = tuple(code.strip() for code in items.split(",") if code.strip())
    single = out.suffix.lower() == ".xlsx" and not out.is_dir()
    if single and (len(documents) > 1 or len(units) > 1 or by_unit):
        raise Problem(
            "sheet.several",
            say("Several forms do not fit into one file."),
            say("Name a folder with --out; every form gets a name of its own there."),
        )
    if not single:
        out.mkdir(parents=True, exist_ok=True)
    made: list[dict[str, Any]] = []
    for document in documents:
        with run.document(document, read_only=True) as opened:
            for unit, codes in _parts(opened, units, by_unit=by_unit, wanted=wanted):
                path = out if single else out / _name(opened, unit)
                identity = write.write(
                    path, opened.framework, opened.sheet, assessment=opened.id, items=codes, unit=unit,
                    deadline=deadline, issued=now().date(), language=language or run.language,
                )  # fmt: skip
                made.append({"form": str(path), "number": identity.number, "items": len(identity.items)})
                if not as_json:
                    run.say(
                        say("Wrote {path}: {count} questions, form {number}.", path=str(path),
                            count=len(identity.items), number=identity.number)
                    )  # fmt: skip
    if as_json:
        run.json(made)


def _parts(
    opened: Assessment, units: Sequence[str], *, by_unit: bool, wanted: Sequence[str]
) -> Iterable[tuple[str, tuple[str, ...] | None]]:
    """Unit and items of every form to write; None for all items."""
    known = opened.framework.indicators
    if unknown := [code for code in wanted if code not in known]:
        raise Problem(
            "sheet.items",
            say("The document has no item {codes}.", codes=unknown),
            say("Use codes of its framework, separated by commas."),
        )
    if not units and not by_unit:
        return [("", tuple(wanted) or None)]
    from assess.sheets.leads import by_lead

    leads = by_lead(opened.framework, opened.sheet)
    if by_unit:
        pairs = [(lead, codes) for lead, codes in leads.items() if lead]
    else:
        pairs = []
        for unit in units:
            found = [(lead, codes) for lead, codes in leads.items() if unit in (lead.zh, lead.en)]
            if not found:
                raise Problem(
                    "sheet.unit",
                    say("No item of {document} is led by {unit}.", document=opened.path.name, unit=unit),
                    say("Units that lead items: {units}.", units=tuple(lead for lead in leads if lead) or "–"),
                )
            pairs += found
    out = []
    for lead, codes in pairs:
        kept = tuple(code for code in codes if not wanted or code in wanted)
        if kept:
            out.append((lead.zh or lead.en, kept))
    if not out:
        raise Problem(
            "sheets.nothing",
            say("No question is left to ask on this form."),
            say("Choose items that the document holds, or a unit that leads some of them."),
        )
    return out


def _name(opened: Assessment, unit: str) -> str:
    return f"{file_name(opened.profile.code, f'{opened.profile.unit} {unit}'.strip())}.xlsx"


@click.command("sheet-in")
@click.argument("document", type=click.Path(path_type=Path))
@click.argument("forms", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show what would change, change nothing.")
@click.option("--accept", is_flag=True, help="Take our reading of doubtful cells.")
@click.option("--choose", multiple=True, metavar="ITEM=N", help="Settle one cell: the Nth reading, 0 to leave it.")
@click.option("--anyway", is_flag=True, help="Take forms that do not show that they belong here.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def sheet_in(
    run: Run, /, document: Path, forms: tuple[Path, ...], dry_run: bool, accept: bool, choose: tuple[str, ...],
    anyway: bool, as_json: bool,
) -> None:  # fmt: skip
    """Take filled-in forms into DOCUMENT: shows what changes and what is in doubt, takes what is certain."""
    from assess.sheets.form import LEAVE
    from assess.sheets.reading import read
    from assess.sheets.rivals import copies, rivals

    choices = {cell: number - 1 for cell, number in map(_choice, choose)}
    run.reminder(as_json=as_json)
    with run.document(document, read_only=dry_run) as opened:
        found = [read(path, opened.framework, opened.id) for path in forms]
        same = dict(copies(found))
        apart = rivals(found)
        choices = {**{rival.cell: LEAVE for rival in apart}, **choices}
        told: list[dict[str, Any]] = []
        left, refused = len(apart), []
        for number, form in enumerate(found):
            one = _Taking(run, opened, form, choices, accept, anyway, as_json)
            told.append(one.take(dry_run=dry_run, copy_of=found[same[number]].path if number in same else None))
            left += one.left
            if one.refused is not None:
                refused.append(one.refused)
        clashes = [_rival(run, opened, found, rival) for rival in apart]
    if as_json:
        run.json({"forms": told, "differing": clashes})
    else:
        for clash in clashes:
            click.echo(clash["sentence"], err=True)
    if refused:
        raise refused[0]
    if left and not dry_run:
        raise Problem(
            "sheet.left",
            say("{count} cells were not taken; everything else was.", count=left),
            say("Settle them with --choose ITEM=N, or take our readings with --accept."),
        )


class _Taking:
    """One form: what it changes, told and taken."""

    def __init__(
        self, run: Run, opened: Assessment, form: Any, choices: dict[Cell, int], accept: bool, anyway: bool, quiet: bool
    ) -> None:
        self.run, self.opened, self.form, self.choices = run, opened, form, choices
        self.accept, self.anyway, self.quiet = accept, anyway, quiet
        self.left = 0
        self.refused: Problem | None = None

    def take(self, *, dry_run: bool, copy_of: Path | None) -> dict[str, Any]:
        from assess.sheets.difference import differences
        from assess.sheets.taking import left_open, take_in

        form, sheet, run = self.form, self.opened.sheet, self.run
        found = differences(sheet, form, self.choices, accept=self.accept)
        self.refused = form.problem if not self.anyway else None
        self.left = 0 if self.refused else len(left_open(sheet, form, self.choices, accept=self.accept))
        if not self.quiet:
            self._tell(found, copy_of)
        taken = 0
        if self.refused is None and not dry_run:
            taken = len(take_in(self.opened, form, self.choices, accept=self.accept, anyway=self.anyway).cells)
            if not self.quiet:
                run.say(say("{name}: {count} cells were taken.", name=form.path.name, count=taken))
        language = run.language
        return {
            "form": str(form.path),
            "standing": form.standing,
            "number": form.identity.number if form.identity else None,
            "unit": form.identity.unit if form.identity else form.cover.unit,
            "copy_of": str(copy_of) if copy_of else None,
            "cover": {name: getattr(form.cover, name) for name in form.cover.__slots__},
            "differences": [
                {"item": one.item, "column": one.column, "kind": one.kind, "before": one.before, "after": one.after,
                 "place": one.place, "moved": one.moved, "taken": one.taken and self.refused is None}
                for one in found
            ],
            "doubts": [
                {"item": doubt.target[0], "column": doubt.target[1], "place": doubt.place, "typed": doubt.typed,
                 "reason": doubt.reason.render(language), "read": doubt.read,
                 "options": [choice.words.render(language) for choice in doubt.options]}
                for doubt in form.doubts
            ],
            "findings": [finding_json(finding, language) for finding in form.findings],
            "taken": taken,
        }  # fmt: skip

    def _tell(self, found: Any, copy_of: Path | None) -> None:
        run, form = self.run, self.form
        if copy_of is not None:
            run.say(say("{name} says the same as {other}.", name=form.path.name, other=copy_of.name))
        for one in found:
            if not one.taken and not one.moved:
                continue
            before, after = self._words(one.cell, one.before), self._words(one.cell, one.after)
            run.say(
                say("{place}  {item}: {before} → {after}", place=one.place, item=_named(one.cell), before=before,
                    after=after)
            )  # fmt: skip
            if one.moved:
                run.say(say("    The document has changed since the form was issued; take it with --choose {cell}=1.",
                            cell=_cell_name(one.cell)))  # fmt: skip
        for doubt in form.doubts:
            run.say(say("{place}  in doubt: “{typed}”. {reason}", place=doubt.place, typed=_line(doubt.typed),
                        reason=doubt.reason))  # fmt: skip
            for number, choice in enumerate(doubt.options, 1):
                run.say(say("    --choose {cell}={number}  {words}", cell=_cell_name(doubt.target), number=number,
                            words=choice.words))  # fmt: skip
        run.findings(form.findings)
        if not found and not form.doubts and form.problem is None:
            run.say(say("{name} changes nothing.", name=form.path.name))

    def _words(self, cell: Cell, value: Any) -> Message | Words:
        from assess.sheets.told import told

        return told(self.opened.framework, cell, value)


def _rival(run: Run, opened: Assessment, forms: Sequence[Any], rival: Any) -> dict[str, Any]:
    from assess.sheets.told import told

    said = [(forms[number].path.name, told(opened.framework, rival.cell, value)) for number, value in rival.values]
    sentence = say("{cell}: the forms say different things and none was taken: {said}", cell=_cell_name(rival.cell),
                   said=tuple(say("{name}: {words}", name=name, words=words) for name, words in said))  # fmt: skip
    return {
        "item": rival.item,
        "column": rival.column,
        "values": {name: str(plain(words, run.language)) for name, words in said},
        "sentence": sentence.render(run.language),
    }


def _choice(text: str) -> tuple[Cell, int]:
    cell, _, number = text.rpartition("=")
    item, _, column = cell.strip().partition("/")
    if not item or not number.strip().isdecimal():
        raise Problem(
            "sheet.choose",
            say("“{text}” is no choice.", text=text),
            say("Write the item and the number of the reading, for example --choose ST1.1=2."),
        )
    return (item, column or "self"), int(number)


def _cell_name(cell: Cell) -> str:
    return cell[0] if cell[1] == "self" else f"{cell[0]}/{cell[1]}"


def _named(cell: Cell) -> Message:
    """The item, and what of it where that is not the answer."""
    if cell[1].startswith("evidence/"):
        return say("{code} {field}", code=cell[0], field=say("Evidence"))
    return say("{code}", code=_cell_name(cell))


def _line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"
