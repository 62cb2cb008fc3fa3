"""Where the round stands: per unit what was issued, what came back, how complete it is, and what comes next."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from assess import rights
from assess.answers import Cell
from assess.assessment import Assessment
from assess.language import Message, say
from assess.packages import members
from assess.packages.conflicts import SentBack, conflicting, of_package, sent_back
from assess.packages.recipients import Recipient
from assess.packages.records import IssueRecord, copy_mark, forms, issued
from assess.packages.rounds import everybody
from assess.problems import Problem
from assess.store.merge import cells_of
from assess.store.taken_back import counted
from assess.walk import states

RowState = Literal["unissued", "issued", "overdue", "incomplete", "conflict", "sent_back", "merged"]
Step = Literal["issue", "reissue", "remind", "resolve", "wait", "open", ""]
OF_THE_UNIT = ("self", "note", "explanation", "skip_lifted")


@dataclass(frozen=True, slots=True)
class Row:
    """One unit. `returned` is when it handed back last (None: never), `times` how often a package was issued.

    `answered` of `total` items are dealt with; `open` are those that are not. `changed` items have moved since the
    last return; `conflicts` counts cells; `sent_back` items wait for correction, `new_items` for the next package.
    `document` is the file of a county or township, `problem` why it cannot be read.
    """

    recipient: Recipient
    state: RowState
    step: Step
    times: int = 0
    issued: datetime | None = None
    deadline: str = ""
    returned: datetime | None = None
    form: bool = False
    answered: int = 0
    total: int = 0
    open: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    conflicts: int = 0
    sent_back: tuple[str, ...] = ()
    new_items: tuple[str, ...] = ()
    file: str = ""
    digest: str = ""
    document: Path | None = None
    problem: Problem | None = None

    @property
    def state_words(self) -> Message:
        """The state as a tag says it."""
        match self.state:
            case "unissued":
                return say("not issued")
            case "issued":
                return say("not back yet")
            case "overdue":
                return say("overdue")
            case "incomplete":
                return say("taken in, {count} open", count=len(self.open))
            case "conflict":
                return say("{count} conflicts", count=self.conflicts)
            case "sent_back":
                return say("returned for correction")
            case _:
                return say("merged")

    @property
    def step_words(self) -> Message | None:
        """The next step as a link says it; None where nothing is to be done."""
        words: Mapping[str, Message] = {
            "issue": say("Issue…"),
            "reissue": say("Issue again…"),
            "remind": say("Remind and issue again…"),
            "resolve": say("Settle conflicts"),
            "wait": say("See what was returned"),
            "open": say("See open items"),
        }
        return words.get(self.step)


@dataclass(frozen=True, slots=True)
class Overview:
    """All units in the order of recipients, and the five counts above the table.

    `conflicts` counts every cell once, also where two units share an item, or where it belongs to no unit.
    """

    rows: tuple[Row, ...]
    conflicts: int = 0

    @property
    def issued(self) -> int:
        return sum(row.times > 0 for row in self.rows)

    @property
    def returned(self) -> int:
        return sum(row.returned is not None for row in self.rows)

    @property
    def outstanding(self) -> int:
        return sum(row.times > 0 and row.returned is None for row in self.rows)

    @property
    def sent_back(self) -> int:
        return sum(bool(row.sent_back) for row in self.rows)


def overview(document: Assessment, today: date) -> Overview:
    """The table of returns. A unit counts as returned when its package was sealed and taken in, or its form was."""
    records = issued(document.sheet.cells)
    known = _known(document)
    rows = [
        _lower(document, one, records.get(one.key, ()), today)
        if one.own
        else _row(document, known, one, records.get(one.key, ()), today)
        for one in everybody(document)
    ]
    own = sum(row.conflicts for row in rows if row.recipient.own)
    return Overview(tuple(rows), own + len(known.in_conflict))


@dataclass(frozen=True, slots=True)
class _Known:
    """What every row of one document is read from. `moved`: when the unit's part of an item was changed last."""

    now: Mapping[str, str]
    back: Mapping[str, SentBack]
    in_conflict: Collection[Cell]
    moved: Mapping[str, datetime]


def _known(document: Assessment) -> _Known:
    moved: dict[str, datetime] = {}
    for (item, column), events in cells_of(document).items():
        if column in OF_THE_UNIT or column.startswith("evidence/"):
            if at := [event.at for event in counted(document, events)]:
                moved[item] = max(*at, moved.get(item, at[0]))
    now = states(document.framework, document.sheet)
    return _Known(now, sent_back(document), conflicting(document), moved)


def _row(
    document: Assessment, known: _Known, recipient: Recipient, issues: tuple[IssueRecord, ...], today: date
) -> Row:
    """The row of a unit whose items lie in this document."""
    items = recipient.items if not issues else tuple(dict.fromkeys(code for one in issues for code in one.items))
    asked = [code for code in items if known.now.get(code, "out") != "out"]
    open_items = tuple(code for code in asked if known.now[code] == "unanswered")
    returned, by_form = _returned(document, recipient.key)
    wanted = set(items)
    row = Row(
        recipient,
        "unissued",
        "issue",
        times=len(issues),
        issued=issues[-1].at if issues else None,
        deadline=issues[-1].deadline if issues else "",
        returned=returned,
        form=by_form,
        answered=len(asked) - len(open_items),
        total=len(asked),
        open=open_items,
        changed=tuple(
            code for code in items if returned is not None and code in known.moved and known.moved[code] > returned
        ),
        conflicts=len(of_package(known.in_conflict, items, recipient.key)),
        sent_back=tuple(code for code in items if code in known.back and not known.back[code].corrected),
        new_items=tuple(code for code in recipient.items if code not in wanted) if issues else (),
        file=issues[-1].file if issues else "",
        digest=issues[-1].digest if issues else "",
    )
    return _judged(row, today)


def _judged(row: Row, today: date) -> Row:
    state, step = _state(row, today)
    return replace(row, state=state, step=step)


def _state(row: Row, today: date) -> tuple[RowState, Step]:
    if not row.times:
        return ("unissued", "issue") if row.total or row.recipient.own else ("unissued", "")
    if row.conflicts:
        return "conflict", "resolve"
    if row.sent_back:
        again = row.issued is not None and row.returned is not None and row.issued > row.returned
        return "sent_back", "wait" if again else "reissue"
    if row.returned is None:
        late = bool(row.deadline) and (rights.day_of(row.deadline) or today) < today
        return ("overdue", "remind") if late else ("issued", "reissue")
    if row.new_items:
        return "incomplete" if row.open else "merged", "reissue"
    return ("incomplete", "open") if row.open else ("merged", "")


def _returned(document: Assessment, key: str) -> tuple[datetime | None, bool]:
    """When the unit handed back last, and whether that was a form."""
    mark = copy_mark(key)
    standing = document.standing
    seals = [seal.at for seal in (*standing.seals, *standing.others) if seal.copy == mark]
    slips = [slip.at for slip in forms(document.sheet.cells).get(key, ())]
    if not seals and not slips:
        return None, False
    last = max((*seals, *slips))
    return last, last not in seals


def _lower(document: Assessment, recipient: Recipient, issues: tuple[IssueRecord, ...], today: date) -> Row:
    """The row of a county or township, out of its own document."""
    path = members.path_of(document, recipient)
    if not path.exists():
        row = Row(
            recipient,
            "unissued",
            "issue",
            times=len(issues),
            issued=issues[-1].at if issues else None,
            deadline=issues[-1].deadline if issues else "",
            total=len(recipient.items),
            open=recipient.items,
        )
        return _judged(row, today)
    try:
        with members.opened(document, recipient, read_only=True) as own:
            return replace(_row(own, _known(own), recipient, issues, today), document=path)
    except Problem as problem:
        bare = Row(recipient, "issued", "", times=len(issues), document=path, problem=problem)
        return replace(bare, issued=issues[-1].at if issues else None, total=len(recipient.items))
