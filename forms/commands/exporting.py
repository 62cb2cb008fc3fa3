"""`export`: answers and scores of documents as CSV, XLSX, JSON or Parquet, for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from assess.language import say
from assess.problems import Problem
from forms.commands.run import Run


@click.command()
@click.argument("documents", nargs=-1, type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), default=None, help="File: csv, xlsx, json or parquet.")
@click.option("--schema", "only_schema", is_flag=True, help="Print the JSON Schema of what --out X.json writes.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def export(run: Run, /, documents: tuple[Path, ...], out: Path | None, only_schema: bool, as_json: bool) -> None:
    """Write answers and scores of DOCUMENTS. CSV and Parquet make two files, one of answers and one of scores."""
    from assess.interchange import documents as data
    from assess.interchange.files import write
    from assess.interchange.tables import Flat, flat
    from assess.measure.score import score

    if only_schema:
        run.json(data.schema())
        return
    if out is None or not documents:
        raise Problem(
            "export.out",
            say("What to export, or where to, is not said."),
            say("Give documents and a file with --out, for example --out answers.xlsx."),
        )
    parts: list[tuple[Flat, Flat]] = []
    written: list[dict[str, Any]] = []
    for path in documents:
        with run.document(path, read_only=True) as opened:
            scores = score(opened.framework, opened.sheet)
            parts.append(flat(opened.framework, opened.sheet, scores, run.language))
            written.append(data.document(opened.framework, opened.sheet, scores))
    tables = tuple(
        Flat(parts[0][place].name, parts[0][place].columns, tuple(row for part in parts for row in part[place].rows))
        for place in (0, 1)
    )
    made = write(tables, written, out)
    if as_json:
        run.json({"files": [str(path) for path in made], "documents": len(documents)})
        return
    for path in made:
        run.say(say("Written: {path}", path=str(path)))
