"""What a finding says: its sentence, what to do about it, and all of it read aloud."""

from __future__ import annotations

from assess.answers import Sheet
from assess.checks.result import Found
from assess.framework.model import Framework
from assess.walk import responsible
from forms.findings.entries import Entry, Group, Mark
from forms.words import N_, _, show

TITLES: dict[Group, str] = {
    "error": N_("To be dealt with"),
    "warning": N_("Worth checking"),
    "hint": N_("For your attention"),
    "explained": N_("Explained"),
}
ASIDES: dict[Group, str] = {
    "error": N_("before handing in"),
    "warning": N_("does not keep you from handing in"),
    "hint": N_("for the person filling in only"),
    "explained": N_("goes to the review with the explanation"),
}
ICONS: dict[Group, tuple[str, str]] = {
    "error": ("octagon", "danger"),
    "warning": ("triangle", "warning"),
    "hint": ("info", "text_2"),
    "explained": ("note", "text_2"),
}
DONE: dict[Mark, str] = {"solved": N_("Dealt with"), "explained": N_("Explained")}
FIELDS = {
    "note": N_("note or source"),
    "reason": N_("reason"),
    "evidence_name": N_("name of evidence"),
    "evidence_number": N_("number or place of evidence"),
    "unit_name": N_("basic information"),
    "comment": N_("opinion or matter"),
    "explanation": N_("explanation"),
}


def name(framework: Framework, found: Found) -> str:
    """The name of the item, or that the finding is about the whole document."""
    item = framework.indicators.get(found.code)
    return show(item.name) if item is not None else _("Whole document")


def page(target: str) -> tuple[str, str]:
    """Page and target of a place: items are questions, the cover and the unit's name stand where one finishes, what is
    claimed stands beside the results."""
    if not target.startswith("@"):
        return "questionnaire", target
    if target in ("@cover", "@profile"):
        return "finishing", "cover"
    return "results", "@redline/"


def reachable(found: Found) -> bool:
    """Whether there is a place to go to: parts of the document without a page of their own have none."""
    parts = ("@cover", "@profile", "@bonus", "@deduction", "@redline")
    return bool(found.target) and (not found.target.startswith("@") or found.target in parts)


def lead(framework: Framework, sheet: Sheet, found: Found) -> str:
    """The unit that answers for the item: as the document assigns it, else as the framework says."""
    known = found.code in framework.indicators
    return show(responsible(framework, sheet, found.code).lead) if known else ""


def advice(found: Found) -> str:
    """What to do, with the figures or the fields it is about before it."""
    action = show(found.action)
    if found.fields:
        return _(
            "Found in: {fields}. {action}", fields=tuple(_(FIELDS[field]) for field in found.fields), action=action
        )
    if found.detail is not None:
        return _("Figures: {detail}. {action}", detail=show(found.detail), action=action)
    return action


def aloud(framework: Framework, entry: Entry) -> str:
    """A whole row in words."""
    found = entry.found
    state = _(TITLES[entry.group]) if entry.mark == "open" else _(DONE[entry.mark])
    return _("{state}, {code} {name}: {sentence}", state=state, code=found.code, name=name(framework, found),
             sentence=show(found.message))  # fmt: skip
