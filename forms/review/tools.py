"""What the page does for all items at once: accept, sample, write the sheets of the units, set the mark."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from assess import rights
from assess.checks.evaluate import findings
from assess.measure.matters import matters
from assess.problems import Problem
from assess.review import batch as batches
from assess.review import books, correction, steps
from assess.review import sampling as samples
from forms.review.batch_dialog import BatchDialog
from forms.review.sampling_dialog import SamplingDialog
from forms.words import _, language

if TYPE_CHECKING:
    from forms.page import Shell
    from forms.session import Session

PAPERS = (".docx", ".pdf")


def batch(session: Session, parent: QWidget, *, only: Collection[str] | None) -> None:
    """Ask, then confirm in one step."""
    scores, framework, sheet = session.scores, session.framework, session.sheet
    assert scores is not None
    found = findings(framework, sheet, scores)
    sampled = samples.drawn(sheet)

    def preview(take_over: bool) -> batches.Batch:
        return batches.preview(framework, sheet, scores, found=found, sampled=sampled, take_over=take_over, only=only)

    dialog = BatchDialog(preview, session.now().date(), parent)

    def go() -> None:
        session.submit("set_cells", batches.cells(sheet, dialog.batch, until=dialog.until), steps.KIND)

    dialog.accepted.connect(go)
    dialog.open()


def sampling(session: Session, shell: Shell, parent: QWidget, *, drawn: Callable[[], None]) -> None:
    """Ask, then keep the sample and show its items."""
    scores, framework, sheet = session.scores, session.framework, session.sheet
    assert scores is not None
    found = findings(framework, sheet, scores)
    lists: dict[samples.Strata, tuple[samples.Candidate, ...]] = {}

    def listed(strata: samples.Strata) -> tuple[samples.Candidate, ...]:
        if strata not in lists:
            lists[strata] = samples.candidates(framework, sheet, scores, found=found, strata=strata)
        return lists[strata]

    def signed(sample: samples.Sample) -> samples.Sample:
        name, unit, post, _role = session.who
        who = " ".join(part for part in (unit, post, name) if part)
        return sample if sample.at else replace(sample, by=who, at=session.now().isoformat(timespec="seconds"))

    def export(sample: samples.Sample) -> None:
        path = _path(session, parent, _("{unit} sample {seed}", unit=session.profile.unit, seed=sample.seed))
        if path is not None:
            _write(shell, path, lambda: books.write_sample(framework, signed(sample), path, language()))

    refusal = "" if session.author_role in rights.REVIEWERS else _("Only a reviewer does this.")
    dialog = SamplingDialog(framework, listed, samples.samples(sheet), export=export, refusal=refusal, parent=parent)

    def go() -> None:
        if dialog.sample is not None:
            cells = samples.cells(session.sheet, signed(dialog.sample))
            session.submit("set_cells", cells, samples.KIND, then=lambda _changes: drawn())

    dialog.accepted.connect(go)
    dialog.open()


def corrections(session: Session, shell: Shell, parent: QWidget, *, unit: str) -> None:
    """Ask where to, and write the sheets of all units, or of the one shown; for Word or as PDF where that is chosen."""
    scores = session.scores
    assert scores is not None
    found = correction.corrections(
        session.framework, session.sheet, scores, issued=session.now().date(), unit=unit or None, scope="both"
    )
    if not found:
        shell.trouble(_nothing())
        return
    path = _path(session, parent, _("{unit} correction sheets", unit=unit or session.profile.unit), word=True)
    if path is None:
        return
    if path.suffix.casefold() in PAPERS:
        from reports.export import export
        from reports.papers.correction import paper

        today = session.now().date().isoformat()
        _write(shell, path, lambda: export(paper(found, language(), today), path))
    else:
        _write(shell, path, lambda: books.write_corrections(found, path, language()))


def mark(session: Session, shell: Shell, *, failed: Callable[[Problem], None]) -> None:
    """Set the mark, and name the key and outcome items nobody has reviewed (D54); or take it away."""
    on = session.sheet.status != "reviewed"

    def told(_changes: object) -> None:
        scores = session.scores
        known = matters(session.framework, session.sheet, scores).review if scores is not None else None
        if on and known is not None and known.missing:
            shell.notify(
                "warning",
                _("Marked as reviewed."),
                more=_("{count} key or outcome items have no value by review or third party: {codes}.",
                       count=len(known.missing), codes=_(", ").join(known.missing[:12])),
                key="reviewed",
            )  # fmt: skip
        else:
            shell.dismiss("reviewed")

    session.submit("mark_reviewed", on, then=told, failed=failed)


def _nothing() -> Problem:
    try:
        books.write_corrections((), Path())
    except Problem as problem:
        return problem
    raise AssertionError("no sheets are a Problem")


def _path(session: Session, parent: QWidget, name: str, *, word: bool = False) -> Path | None:
    """Where to write; None where nobody chose."""
    clean = "".join("_" if sign in '\\/:*?"<>|\n\r\t' else sign for sign in name)[:100]
    kinds = [(_("Excel workbook (*.xlsx)"), ".xlsx")]
    if word:
        kinds += [(_("Word document (*.docx)"), ".docx"), (_("PDF document (*.pdf)"), ".pdf")]
    chosen, kind = QFileDialog.getSaveFileName(
        parent, _("Save as"), str(session.path.with_name(f"{clean}.xlsx")), ";;".join(words for words, _ending in kinds)
    )
    if not chosen:
        return None
    path = Path(chosen)
    ending = next((ending for words, ending in kinds if words == kind), ".xlsx")
    return path if path.suffix.casefold() in {ending for _words, ending in kinds} else Path(f"{path}{ending}")


def _write(shell: Shell, path: Path, job: Callable[[], object]) -> None:
    """Write, and say where it is or why it is not."""
    try:
        job()
    except Problem as problem:
        shell.trouble(problem)
    else:
        shell.notify("success", _("Written: {name}", name=path.name), more=str(path.parent), key="written")
