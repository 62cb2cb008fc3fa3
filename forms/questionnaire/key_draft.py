"""A sheet whose keying was interrupted, kept in the document; and what is warned of before a sheet begins."""

from __future__ import annotations

from assess.grassroots.form import Form, form, printed, tiers
from assess.grassroots.keying import Keying
from assess.grassroots.sheets import Filled
from assess.language import say
from assess.problems import Problem
from forms.session import Session
from forms.words import _

DRAFT = ("@sheet_draft", "keying")


def resumed(session: Session) -> Keying | None:
    """The sheet that was begun, to go on with; None where there is none."""
    draft = session.sheet.cells.get(DRAFT)
    tier = draft.get("tier") if isinstance(draft, dict) else None
    if tier not in tiers(session.whole_framework):
        return None
    return Keying.resumed(form(session.whole_framework, tier), draft)


def keep(session: Session, keying: Keying | None) -> None:
    """Keep what is begun, so that nothing typed is lost. A correction is saved already."""
    if keying is None or not keying.given or keying.done or keying.correcting:
        return
    if session.read_only_reason is not None:
        return
    draft = keying.draft()
    if session.sheet.cells.get(DRAFT) != draft:
        session.submit("set_cells", {DRAFT: draft}, kind="sheet")


def unfinished(keying: Keying) -> tuple[str, str]:
    """What is said before a sheet that is begun is put aside."""
    return (
        _("Sheet {number} is not finished.", number=printed(keying.form.tier, keying.number)),
        _("Press Enter again to put it aside for good, or Esc to go on with it."),
    )


def keyed_already(asked: Form, held: Filled) -> tuple[str, str]:
    """What is said of a number that is there already."""
    return (
        _(
            "Sheet {number} is keyed in already: {answered} of {total} answered.",
            number=printed(held.tier, held.number), answered=len(held.answers), total=len(asked.questions),
        ),
        _("Is the number misread? Type the right one. To correct that sheet, press Enter again."),
    )  # fmt: skip


def not_keyed(tier: str, number: int) -> Problem:
    """A second keying needs a first."""
    return Problem(
        "sheet.not-keyed",
        say("Sheet {number} has not been keyed in yet.", number=printed(tier, number)),
        say("Key it once without the check, then a second time."),
    )
