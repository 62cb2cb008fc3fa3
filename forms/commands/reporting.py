"""`report`: reports of documents, each among the peers given."""

from __future__ import annotations

from datetime import date as day
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assess.language import say
from assess.problems import Problem
from forms.commands.demo import chosen_formats
from forms.commands.documents import file_name
from forms.commands.run import Run

if TYPE_CHECKING:
    from assess.benchmark.peers import Peer


@click.command()
@click.argument("documents", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--format", "formats", default="html,pdf", show_default=True)
@click.option("--out", type=click.Path(path_type=Path), default=Path(), help="Folder for the reports.")
@click.option("--peers", multiple=True, type=click.Path(path_type=Path), help="Documents to compare with, or a folder.")
@click.option("--date", default="", help="Date printed on the report (ISO); today if not given.")
@click.option("--language", type=click.Choice(["zh", "en"]), default=None, help="Language of the report.")
@click.option("--rank", is_flag=True, help="Print ranks too; they are left out unless asked for.")
@click.option("--marking", default="", help="Marking on the cover, such as 内部.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def report(
    run: Run,
    /,
    documents: tuple[Path, ...],
    formats: str,
    out: Path,
    peers: tuple[Path, ...],
    date: str,
    language: str | None,
    rank: bool,
    marking: str,
    as_json: bool,
) -> None:
    """Write reports of DOCUMENTS."""
    from assess.benchmark.peers import sample_peers
    from assess.store.verify import Digest
    from reports.assemble import city_report
    from reports.export import export
    from reports.options import Options

    kinds = chosen_formats(formats)
    when = _date(date)
    out.mkdir(parents=True, exist_ok=True)
    library = _library(peers)
    told = []
    for path in documents:
        with run.document(path, read_only=True) as opened:
            framework, sheet = opened.framework, opened.sheet
            whole, seal, standing = opened.whole_framework, opened.sealed(), opened.standing
        among: list[Peer] = list(library)
        if not peers and sheet.profile.sample and sheet.profile.mode == "formal":
            among = list(sample_peers(whole))
        made = city_report(
            framework, sheet, peers=among, language=language or run.language, date=when,
            options=Options(rank=rank, marking=marking, digest=standing.whole, changed_since=standing.since),
        )  # fmt: skip
        answers = Digest(made.provenance["answers"]).printed
        files = [out / f"{file_name(sheet.profile.code, sheet.profile.unit)}.{kind}" for kind in kinds]
        told.append({"document": str(path), "answers": answers, "seal": seal.printed if seal is not None else "",
                     "changed_since_sealed": bool(standing.since), "files": [str(each) for each in files]})  # fmt: skip
        if as_json:
            pass
        elif seal is not None:
            run.say(say("Document check {seal}, answers check {answers}", seal=seal.printed, answers=answers))
        elif standing.since:
            run.say(say("Changed since it was sealed; answers check {answers}", answers=answers))
        else:
            run.say(say("Not sealed; answers check {answers}", answers=answers))
        for kind, target in zip(kinds, files, strict=True):
            export(made, target, kind)
            if not as_json:
                run.say(say("Wrote {path}", path=str(target)))
    if as_json:
        run.json({"reports": told})


def _date(given: str) -> str:
    if not given:
        return day.today().isoformat()  # noqa: DTZ011 - the date of the desk, as on any letter
    try:
        return day.fromisoformat(given).isoformat()
    except ValueError as error:
        raise Problem(
            "report.date", say("{date} is not a date.", date=given), say("Write it as 2026-07-31.")
        ) from error


def _library(paths: tuple[Path, ...]) -> list[Peer]:
    from assess.benchmark.peers import from_document

    files: list[Path] = []
    for path in paths:
        files += sorted(path.glob("*.zhd")) if path.is_dir() else [path]
    return [from_document(path) for path in files]
