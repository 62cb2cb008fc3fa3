"""Every screen there is, one after the other: pages, parts of the start page, the guide, and all dialogs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog

from assess.language import say
from assess.problems import Problem
from assess.register.pieces import pieces
from forms.dialogs.about import AboutDialog
from forms.dialogs.ask import Ask
from forms.dialogs.author import AuthorDialog
from forms.dialogs.bug import BugDialog
from forms.dialogs.earlier import EarlierDialog
from forms.dialogs.passphrase import PassphraseDialog
from forms.dialogs.unsaved import Unsaved
from forms.questionnaire.assigning import AssigningDialog
from forms.questionnaire.evidence_picker import ItemPicker, PiecePicker
from forms.questionnaire.evidence_register import EvidenceRegister
from forms.questionnaire.last_period import LastPeriodDialog
from forms.reports.export_dialog import ExportDialog
from forms.review import tools
from forms.review.batch_dialog import BatchDialog
from forms.review.sampling_dialog import SamplingDialog
from forms.session import Session
from forms.widgets.chart import TableDialog
from forms.window import Window
from forms.words import _

PAGES = (
    ("questionnaire", "ST1.1"),
    ("questionnaire", "ST2.2"),
    ("questionnaire", "ST2.3"),
    ("questionnaire", "ME2.1"),
    ("findings", None),
    ("finishing", None),
    ("exchange", None),
    ("review", None),
    ("results", None),
    ("benchmark", None),
    ("reports", None),
    ("questionnaire", "@keying"),
)


def dialogs(window: Window, session: Session) -> Iterator[QDialog]:
    """One of each kind, on the document that is open."""
    trouble = Problem("t", say("All cities among the samples are fictional."), None)
    known = pieces(session.sheet)
    yield AboutDialog(window)
    yield Ask(
        _("Not everything is saved"),
        _("All cities among the samples are fictional."),
        _("Stay"),
        _("Close without it"),
        window,
    )
    yield AuthorDialog("", "", "", "filler", window)
    yield BugDialog("Zhiheng 0.1.0", window)
    yield EarlierDialog(session, window)
    yield PassphraseDialog("a.zhd", "", window)
    yield PassphraseDialog("a.zhd", "", window, new=True)
    yield Unsaved(trouble, 3, window)
    yield AssigningDialog(session, window)
    yield PiecePicker(known, "ST1.1", "", window)
    if known:
        yield ItemPicker(session.framework, known[0].record, known[0].items, window)
    yield EvidenceRegister(session, window)
    yield LastPeriodDialog(session, window)
    yield ExportDialog(Path("/"), "a", window)
    yield TableDialog(_("Results"), _("Results"), ("1", "2"), (("3", "4"),), window)
    yield from _reviewing(window)


def _reviewing(window: Any) -> Iterator[QDialog]:
    """The two of the review are opened by its own tools."""
    window.go("review")
    session, page = window.session, window.page
    tools.batch(session, page, only=None)
    yield next(one for one in page.findChildren(QDialog) if isinstance(one, BatchDialog))
    tools.sampling(session, window, page, drawn=lambda: None)
    yield next(one for one in page.findChildren(QDialog) if isinstance(one, SamplingDialog))
