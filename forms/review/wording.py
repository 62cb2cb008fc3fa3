"""What the review says: answers in a cell and in full, differences, states with their tones, steps on buttons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from assess import rights
from assess.answers import Answer
from assess.framework.indicator import Indicator
from assess.language import Message
from assess.measure import scales
from assess.measure.gap import Gap
from assess.review.correction import brief
from assess.review.table import Row
from forms.figures import DASH
from forms.words import N_, _, show

TONES: dict[str, tuple[str, str]] = {
    "draft": (N_("Not handed in"), "neutral"),
    "received": (N_("To be reviewed"), "neutral"),
    "under_review": (N_("Under review"), "primary"),
    "returned": (N_("Returned"), "danger"),
    "accepted": (N_("Confirmed"), "success"),
    "objection": (N_("Objection"), "warning"),
    "ruled": (N_("Ruled"), "success"),
    "flagged": (N_("Check first"), "danger"),
    "lapsed": (N_("Changed since"), "warning"),
    "overdue": (N_("Correction overdue"), "danger"),
}
COLUMNS = {
    "code": N_("Item code"),
    "name": N_("Indicator"),
    "own": N_("Self"),
    "review": N_("Review"),
    "second": N_("Second"),
    "third": N_("Third party"),
    "apart": N_("Difference"),
    "taken": N_("Taken"),
    "state": N_("State"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A step on a button: its words, its key, whether it is the one to be taken, whether it asks for something."""

    step: str
    words: str
    key: str
    primary: bool = False
    asks: bool = False


OFFERS: dict[str, Offer] = {
    "confirm": Offer("confirm", N_("Confirm the review value"), "Enter", primary=True),
    "return": Offer("return", N_("Return for correction…"), "B", asks=True),
    "resubmit": Offer("resubmit", N_("Hand in the correction"), "Enter", primary=True),
    "object": Offer("object", N_("Object…"), "S", asks=True),
    "withdraw": Offer("withdraw", N_("Withdraw the objection"), "W"),
    "rule": Offer("rule", N_("Rule…"), "Enter", primary=True, asks=True),
    "reopen": Offer("reopen", N_("Reopen the item…"), "R", asks=True),
}


def tag(row: Row) -> tuple[str, str]:
    """Words and tone of the state of a row."""
    if row.flagged:
        key = "flagged"
    elif row.overdue:
        key = "overdue"
    elif row.last is not None and row.last.lapsed:
        key = "lapsed"
    else:
        key = row.state
    words, tone = TONES[key]
    return _(words), tone


def apart(gap: Gap | None) -> str:
    """A difference in a cell: 0, less than a level, 1, or two and more with the way it goes."""
    if gap is None:
        return DASH
    if gap.states:
        return _("state differs")
    if gap.none:
        return "0"
    if gap.levels == 0:
        return "＜1"
    if gap.serious:
        return _("Δ {levels}", levels=abs(gap.levels)) + (" ▲" if gap.levels > 0 else " ▼")
    return _("Δ {levels}", levels=abs(gap.levels))


def apart_aloud(gap: Gap | None) -> str:
    """A difference in words."""
    if gap is None:
        return _("nothing to compare")
    if gap.states:
        return _("one is answered, the other is not")
    if gap.levels == 0:
        return _("no difference of a level")
    if gap.levels > 0:
        return _("{levels} levels higher", levels=gap.levels)
    return _("{levels} levels lower", levels=-gap.levels)


def cell(item: Indicator, answer: Answer | None) -> str:
    """An answer in a cell, where it is no level: yes, 5/7, 85.3, not applicable."""
    if answer is None:
        return DASH
    match answer.kind:
        case "multi":
            return f"{len(answer.ticked)}/{len(item.options)}"
        case "number":
            x = scales.value(item, answer).x
            decimals = item.number.decimals if item.number is not None else 1
            return DASH if x is None else scales.figure(round(x, decimals))
        case _:
            return show(brief(item, answer))


def level(answer: Answer | None) -> int | None:
    """The level of an answer that is one and fits a chip."""
    if answer is None or answer.kind != "level" or answer.level is None or not 0 <= answer.level <= 5:
        return None
    return answer.level


def short(item: Indicator, answer: Answer | None) -> str:
    """An answer in a line: level 4, 85.3 %, yes."""
    return show(brief(item, answer))


def full(item: Indicator, answer: Answer | None) -> str:
    """What an answer says: the text of its level, the options ticked, the parts of a number, the reason given."""
    if answer is None:
        return ""
    match answer.kind:
        case "level":
            return next((show(one.words) for one in item.levels if one.level == answer.level), "")
        case "multi":
            ticked = [show(option.words) for option in item.options if option.key in answer.ticked]
            return "\n".join(ticked) or _("none of these")
        case "number":
            if answer.numerator and answer.denominator:
                return _("{upper} of {lower}", upper=answer.numerator, lower=answer.denominator)
            return answer.source
        case "yesno":
            chosen = item.yesno.yes if item.yesno is not None and answer.choice == "yes" else None
            chosen = item.yesno.no if item.yesno is not None and answer.choice == "no" else chosen
            return show(chosen) if chosen is not None else ""
        case _:
            return answer.reason


def aloud(item: Indicator, row: Row) -> str:
    """A whole row in words."""
    return _(
        "{code} {name}: self-assessment {own}, review {review}, third party {third}, {apart}; {state}",
        code=row.code, name=show(row.name), own=short(item, row.own), review=short(item, row.review),
        third=short(item, row.third), apart=apart_aloud(row.apart), state=tag(row)[0],
    )  # fmt: skip


def day(at: str) -> str:
    """A time as written in a record, as month and day: 7月22日."""
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return at[:10]
    moment = moment.astimezone() if moment.tzinfo is not None else moment
    return _("{month}/{day}", month=moment.month, day=moment.day)


def state_name(state: rights.State) -> Message:
    """A state in the words of sentences."""
    return rights.STATE_NAMES[state]
