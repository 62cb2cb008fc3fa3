"""The table of the round: a row for every unit, with its next step as a link."""

from __future__ import annotations

from assess.packages.overview import Row
from forms.exchange import wording
from forms.exchange.table import Cell, Column
from forms.exchange.table import Row as Line
from forms.figures import DASH, one_line
from forms.words import _, language, show

ISSUES = ("issue", "reissue", "remind")


def columns(*, compact: bool) -> list[Column]:
    """The columns; `compact` leaves out what the tag of the state says too."""
    return [
        Column(_("Unit"), 130 if compact else 200, stretch=True),
        *([] if compact else [Column(_("Issued"), 84)]),
        Column(_("Came back"), 84),
        Column(_("Items dealt with"), 130 if compact else 176),
        *([] if compact else [Column(_("Conflicts"), 64, right=True)]),
        Column(_("State"), 150 if language() == "zh" else 180),
        Column(_("Next step"), 140 if language() == "zh" else 190, right=True),
    ]


def line(row: Row, *, compact: bool, read_only: bool) -> Line:
    """A unit as a row; `read_only`: the document takes nothing, so that nothing is issued from here."""
    issued, back = wording.day(row.issued), wording.day(row.returned)
    step = show(row.step_words) if row.step_words is not None and not (read_only and row.step in ISSUES) else ""
    step = f"{step} →" if step and row.conflicts else step
    state = show(row.state_words) if row.problem is None else _("cannot be read")
    tone = wording.STATE_TONES[row.state] if row.problem is None else "danger"
    due = _("due {day}", day=row.deadline) if row.deadline else ""
    cells = (
        Cell(show(row.recipient.words) or row.recipient.name, tip=one_line(row.recipient.name)),
        *(() if compact else (Cell(issued, tone="text_2", tip=due),)),
        Cell(back, tone="text_2" if back == DASH else "", tip=_("by form") if row.form else ""),
        Cell(f"{row.answered}/{row.total}", "bar", done=row.answered, total=row.total),
        *(() if compact else (Cell(str(row.conflicts), tone="warning" if row.conflicts else "text_2",
                                   strong=bool(row.conflicts), right=True),)),
        Cell(state, "tag", tone=tone, tip=show(row.problem) if row.problem is not None else ""),
        Cell(step, "link", right=True),
    )  # fmt: skip
    aloud = _("{unit}, issued {issued}, returned {returned}, {done} of {all}, conflicts: {conflicts}, {state}",
              unit=one_line(row.recipient.name), issued=issued, returned=back, done=row.answered, all=row.total,
              conflicts=row.conflicts, state=state)  # fmt: skip
    return Line(row.recipient.key, cells, f"{aloud}. {step}".rstrip(". "))
