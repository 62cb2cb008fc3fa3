"""`--self-test`: what a frozen build must be able to do, so that no library it needs was left out.

Open a sample, answer, score, encrypt, read a table, a form and Parquet, weigh, and render every format; nothing is
left behind.
"""

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
        _encrypted(run, folder)
        _table(run, folder)
        _exchange(run, folder)
    _weights(run)
    _window(run)
    run.say(say("Self-test passed."))


def _encrypted(run: Run, folder: Path) -> None:
    """A document with a passphrase opens with it and looks like noise without."""
    path = folder / "加密.zhd"
    author = Author(role="self-test")
    Assessment.create(path, read.builtin(), city("990301").profile, author=author, now=now, passphrase="口令").close()
    if path.read_bytes().startswith(b"SQLite"):
        raise RuntimeError("the document was not encrypted")
    Assessment.open(path, author=author, now=now, passphrase="口令").close()
    run.say(say("Encrypted document: opened."))


def _table(run: Run, folder: Path) -> None:
    """A workbook is written and read back as answers."""
    import openpyxl

    from assess.exchange.answer_table import answers

    path = folder / "作答.xlsx"
    book = openpyxl.Workbook()
    sheet = book.create_sheet("作答", 0)
    for row in (("编号", "作答"), ("ST1.1", "3"), ("ST1.2", "2")):
        sheet.append(row)
    book.save(path)
    found = answers(path, read.builtin())
    if found.items != ["ST1.1", "ST1.2"]:
        raise RuntimeError(f"the table gave {found.items}")
    run.say(say("Table of answers: {count} read.", count=len(found.items)))


def _exchange(run: Run, folder: Path) -> None:
    """A questionnaire as a workbook, and a table of columns, written and read back."""
    import numpy as np

    from assess.exchange import parquet
    from assess.sheets.reading import read as read_form
    from assess.sheets.write import write as write_form

    path = folder / "表.zhd"
    author = Author(role="self-test")
    document = Assessment.create(path, read.builtin(), city("990301").profile, author=author, now=now)
    try:
        write_form(folder / "表.xlsx", document.framework, document.sheet, assessment=document.id)
        form = read_form(folder / "表.xlsx", document.framework, document.id)
        if form.standing != "ours" or form.answers:
            raise RuntimeError("the form did not come back as it went")
    finally:
        document.close()
    block: parquet.Series = {"a": np.array([1.0, np.nan])}
    parquet.write(folder / "x.parquet", {"a": "number"}, iter([block]))
    if [row[0] for row in parquet.grid(folder / "x.parquet").rows] != ["a", 1.0, None]:
        raise RuntimeError("the table of columns did not come back as it went")
    run.say(say("Excel form and Parquet: written and read."))


def _weights(run: Run) -> None:
    """Weights from comparisons with a gap, which an optimizer fills; agreement of two raters."""
    from assess.agreement.alpha import krippendorff
    from assess.weighting.ahp import ahp
    from assess.weighting.judgments import judged

    gap = judged("A", ("a", "b", "c"), ((1, 2, None), (0.5, 1, 2), (None, 0.5, 1)))
    found = ahp([gap], completion="smallest_lambda", keep_incomplete=True)
    if abs(found.weights["a"] - 4 / 7) > 1e-3 or krippendorff(((1, 2, 3), (1, 2, 3))).value != 1:
        raise RuntimeError(f"the weights are {dict(found.weights)}")
    run.say(say("Weights and agreement: computed."))


def _window(run: Run) -> None:
    """The window comes up without a display and shows its first page."""
    import os

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from forms.app import probe

    run.say(say("Window: {size}", size=probe()))
