"""`score`: scores of documents, and the trace of one number."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from assess.language import say
from assess.measure.result import Scores
from assess.measure.score import score as compute
from assess.measure.trace import trace as trace_of
from assess.problems import Problem
from forms.commands.run import Run

DASH = "—"
STATUS = {"in_force": say("in force"), "awaiting": say("awaiting confirmation"), "indicative": say("indicative")}


@click.command()
@click.argument("documents", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True)
@click.option(
    "--trace", "traced", default=None, help="Code of an item or node (or total): where its number comes from."
)
@click.option("--counties", type=click.Path(path_type=Path), default=None, help="Folder of the counties' documents.")
@click.pass_obj
def score(run: Run, /, documents: tuple[Path, ...], as_json: bool, traced: str | None, counties: Path | None) -> None:
    """Score one or many DOCUMENTS. Counties count only where the city's document asks for blending."""
    blended = _counties(run, counties) if counties else ()
    out: list[dict[str, Any]] = []
    failed = 0
    for path in documents:
        try:
            with run.document(path, read_only=True) as opened:
                framework, sheet = opened.framework, opened.sheet
        except Problem as problem:
            failed += 1
            click.echo(f"{path}: {problem.sentence(run.language)}", err=True)
            continue
        scores = compute(framework, sheet, counties=blended)
        if traced is not None:
            if traced not in framework.indicators and traced not in framework.nodes:
                raise Problem(
                    "score.trace",
                    say("The framework has no item or node {code}.", code=one_line(traced)),
                    say("Use total, a dimension such as {example}, or the code of an item.",
                        example=next(iter(framework.indicators), "")),
                )  # fmt: skip
            found = trace_of(framework, sheet, scores, traced)
            if as_json:
                out.append({"document": str(path), "trace": found.to_json(run.language)})
            else:
                for line in found.lines(run.language):
                    click.echo(line)
            continue
        if as_json:
            out.append({"document": str(path), "unit": sheet.profile.unit, "code": sheet.profile.code,
                        **scores_json(scores)})  # fmt: skip
        else:
            click.echo(line_of(run, sheet.profile.unit, scores))
            for gate in scores.failed_gates():
                run.say(say("    failed: {id} {words}", id=gate.gate.id, words=gate.words or gate.gate.words))
            for raised in scores.red_lines:
                run.say(say("    red line {id} {words}: {status}", id=raised.red_line.id, words=raised.red_line.words,
                            status=STATUS[raised.status]))  # fmt: skip
    if as_json:
        run.json(out[0] if len(documents) == 1 and out else out)
    if failed:
        raise Problem(
            "score.unread",
            say("{count} documents could not be read.", count=failed),
            say("Each is named above with what to do."),
        )


def _counties(run: Run, folder: Path) -> tuple[Scores, ...]:
    """Scores of every document in a folder."""
    found = []
    for path in sorted(folder.glob("*.zhd")):
        with run.document(path, read_only=True) as opened:
            found.append(compute(opened.framework, opened.sheet))
    return tuple(found)


def line_of(run: Run, unit: str, scores: Scores) -> str:
    """One line: unit, total, both stages, coverage."""
    total = DASH if scores.shown is None else f"{scores.shown:.1f}"
    stages = [stage.name.to(run.language) if stage else DASH for stage in (scores.score_stage, scores.gated_stage)]
    coverage = DASH if scores.coverage is None else f"{scores.coverage:.0%}"
    return run.words(
        say("{unit}  total {total}  score stage {score}  stage held {held}  coverage {coverage}", unit=one_line(unit),
            total=total, score=stages[0], held=stages[1], coverage=coverage)
    )  # fmt: skip


def one_line(text: str) -> str:
    """A text a person typed, on one line of a listing."""
    return " ".join(text.split())


def scores_json(scores: Scores) -> dict[str, Any]:
    """Unrounded numbers under stable names; None where there is no score."""
    return {
        "framework": {"code": scores.framework_code, "digest": scores.framework_digest},
        "mode": scores.mode,
        "total": {
            "base": scores.base,
            "deductions": scores.deductions,
            "graded": scores.graded,
            "bonus": scores.bonus,
            "shown": scores.shown,
            "alternative": scores.alternative,
            "maximum": scores.maximum,
        },
        "stages": {
            "score": scores.score_stage.level if scores.score_stage else None,
            "held": scores.gated_stage.level if scores.gated_stage else None,
            "reference_only": scores.reference_only,
            "provisional": scores.provisional,
            "suspended": scores.suspended,
        },
        "coverage": scores.coverage,
        "answered": scores.answered,
        "applicable": scores.applicable,
        "evidence_rate": scores.evidence_rate,
        "unanswered": list(scores.unanswered),
        "data_gaps": list(scores.data_gaps),
        "gates": [
            {
                "id": result.gate.id,
                "stage": result.stage,
                "outcome": result.outcome,
                "found": result.found,
                "needed": result.needed,
                "where": list(result.where),
            }
            for result in scores.gates
        ],
        "red_lines": [{"id": line.red_line.id, "status": line.status} for line in scores.red_lines],
        "nodes": {
            code: {
                "score": node.score,
                "weight": node.weight,
                "share": node.share,
                "contribution": node.contribution,
                "coverage": node.coverage,
            }
            for code, node in scores.nodes.items()
        },
        "items": {
            code: {
                "score": item.score,
                "level": item.level,
                "state": item.state,
                "counting": item.counting,
                "column": item.column,
                "value": item.value,
                "share": item.share,
                "skip": item.skip,
                "fault": item.fault.code if item.fault else None,
            }
            for code, item in scores.items.items()
        },
    }
