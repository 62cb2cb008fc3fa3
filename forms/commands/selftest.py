"""`--self-test`: what a frozen build must be able to do: open a sample, answer, score, render every format."""

from __future__ import annotations

import tempfile
from pathlib import Path

from assess.answers import Answer
from assess.assessment import Assessment, Author
from assess.framework import read
from assess.language import say
from assess.measure.score import score
from assess.samples.cities import city
from forms.commands.demo import FORMATS, REPORT_DATE, write_document
from forms.commands.run import Run, now


def run(run: Run) -> None:
    """Raise whatever goes wrong; print one line per step that went right."""
    from assess.benchmark.peers import sample_peers
    from reports.assemble import city_report
    from reports.export import export

    with tempfile.TemporaryDirectory(prefix="zhiheng-") as name:
        folder = Path(name)
        each = city("990301")
        path = folder / "示例.zhd"
        write_document(path, each)
        document = Assessment.open(path, author=Author(role="self-test"), now=now)
        try:
            before = score(document.framework, document.sheet).shown
            document.answer("TA1.3", Answer.of_level(3), column="review")
            after = score(document.framework, document.sheet).shown
            if before is None or after is None or after <= before:
                raise RuntimeError(f"the score did not rise: {before} to {after}")
            run.say(
                say("Document, answer and score: {before} to {after}", before=f"{before:.1f}", after=f"{after:.1f}")
            )
            for language in ("zh", "en"):
                made = city_report(
                    document.framework, document.sheet, peers=sample_peers(read.builtin()), language=language,
                    date=REPORT_DATE,
                )  # fmt: skip
                for kind in FORMATS:
                    target = folder / f"report-{language}.{kind}"
                    export(made, target, kind)
                    run.say(say("Report {name}: {size} KB", name=target.name, size=target.stat().st_size // 1024))
        finally:
            document.close()
    _window(run)
    run.say(say("Self-test passed."))


def _window(run: Run) -> None:
    """The window comes up without a display and shows its first page."""
    import os

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from forms.app import probe

    run.say(say("Window: {size}", size=probe()))
