"""`demo`: the whole job on the ten sample cities, without a display: documents, scores, comparison, reports."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from itertools import repeat
from pathlib import Path

import click

from assess.assessment import Assessment, Author
from assess.framework import read
from assess.framework.tiers import tailored
from assess.language import say
from assess.measure.score import score
from assess.problems import Problem
from assess.samples.cities import SampleCity, cities, city
from forms.commands.documents import file_name
from forms.commands.run import Run, now
from forms.commands.scoring import line_of, scores_json

FORMATS = ("html", "pdf", "docx")
REPORT_DATE = "2026-07-31"


@click.command()
@click.option("--out", type=click.Path(path_type=Path), default=Path("zhiheng-demo"), show_default=True)
@click.option("--format", "formats", default="html,pdf", show_default=True)
@click.option("--jobs", type=click.IntRange(1, 16), default=2, show_default=True, help="Reports made at a time.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def demo(run: Run, /, out: Path, formats: str, jobs: int, as_json: bool) -> None:
    """Make documents, scores and reports of the ten sample cities in the folder --out."""
    kinds = chosen_formats(formats)
    folders = {name: out / name for name in ("documents", "scores", "reports")}
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True)
    if not as_json:
        run.say(say("Ten fictional sample cities; nothing here is about a real place."))
    for each in cities():
        path = folders["documents"] / f"{file_name(each.profile.code, each.profile.unit)}.zhd"
        write_document(path, each)
    _scores(run, folders["scores"], tell=not as_json)
    codes = [each.profile.code for each in cities()]
    written = all_reports(codes, str(folders["reports"]), run.language, kinds, jobs)
    reports = {}
    for code, names in zip(codes, written, strict=True):
        reports[code] = list(names)
        if not as_json:
            run.say(say("Report of {unit}: {files}", unit=city(code).profile.unit, files=names))
    run.told(
        {"folders": {name: str(folder) for name, folder in folders.items()}, "reports": reports},
        say("Done. The reports are in {path}", path=str(folders["reports"].resolve())),
        as_json=as_json,
    )


def chosen_formats(formats: str) -> tuple[str, ...]:
    """The formats of an option. Raises Problem for one that there is not."""
    kinds = tuple(dict.fromkeys(kind.strip().lower() for kind in formats.split(",") if kind.strip()))
    unknown = [kind for kind in kinds if kind not in FORMATS]
    if unknown or not kinds:
        raise Problem(
            "report.format",
            say("There is no report format {format}.", format=unknown or [formats]),
            say("Formats are {formats}.", formats=FORMATS),
        )
    return kinds


def write_document(path: Path, each: SampleCity) -> None:
    """A fresh document of one sample city; one that an earlier run left is replaced."""
    path.unlink(missing_ok=True)
    document = Assessment.create(path, read.builtin(), each.profile, author=Author(role="sample"), now=now)
    try:
        document.set_cells(each.cells, kind="sample")
    finally:
        document.close()


def all_reports(
    codes: Sequence[str], folder: str, language: str, formats: tuple[str, ...], jobs: int
) -> Iterator[list[str]]:
    """`write_reports` of each code, `jobs` at a time, in the order of the codes.

    The processes are started afresh, not forked: a fork of a process in which a renderer's threads run can stand still
    for ever. Where the system has no room to share with processes, the reports are made here, one after the other.
    """
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    rows = (codes, repeat(folder), repeat(language), repeat(formats))
    try:
        pool = ProcessPoolExecutor(max_workers=jobs, mp_context=get_context("spawn")) if jobs > 1 else None
    except OSError:
        pool = None
    if pool is None:
        yield from map(write_reports, *rows)
        return
    with pool:
        yield from pool.map(write_reports, *rows)


def write_reports(code: str, folder: str, language: str, formats: tuple[str, ...]) -> list[str]:
    """The reports of one sample city; returns their names. Runs in a process of its own."""
    from assess.benchmark.peers import sample_peers
    from reports.assemble import city_report
    from reports.export import export

    each = city(code)
    framework = tailored(read.builtin(), each.profile)
    report = city_report(framework, each.sheet, peers=sample_peers(read.builtin()), language=language, date=REPORT_DATE)
    names = []
    for kind in formats:
        target = Path(folder) / f"{file_name(each.profile.code, each.profile.unit)}.{kind}"
        export(report, target, kind)
        names.append(target.name)
    return names


def _scores(run: Run, folder: Path, *, tell: bool) -> None:
    """Scores of all cities as JSON and as a table that WPS opens."""
    everything = {}
    rows: list[list[object]] = []
    header: list[str] = []
    for each in cities():
        framework = tailored(read.builtin(), each.profile)
        scores = score(framework, each.sheet)
        everything[each.profile.code] = {"unit": each.profile.unit, **scores_json(scores)}
        header = ["代码", "单位", "总分", "分数等级", "认定等级", *(node.name.zh for node in framework.dimensions)]
        rows.append(
            [
                each.profile.code,
                each.profile.unit,
                f"{scores.shown:.1f}" if scores.shown is not None else "",
                scores.score_stage.name.zh if scores.score_stage else "",
                scores.gated_stage.name.zh if scores.gated_stage else "",
                *(f"{scores.nodes[node.code].score:.1f}" for node in framework.dimensions),
            ]
        )
        if tell:
            click.echo(line_of(run, each.profile.unit, scores))
    (folder / "scores.json").write_text(json.dumps(everything, ensure_ascii=False, indent=1), "utf-8")
    with (folder / "scores.csv").open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows([header, *rows])
