"""Taking in what came back: any number of files, in any order, twice if need be; a bad one stops nothing.

Every file is looked at before it is opened, opened before anything is written, and taken in as a whole or not at all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from assess.answers import Cell, Json
from assess.assessment import Assessment
from assess.packages import members, refusals
from assess.packages.again import import_of, settled, taken_back_before
from assess.packages.carry_over import CarryOver, carry_over, moved
from assess.packages.conflicts import conflicting, of_package
from assess.packages.diagnosis import broken_seal, told_apart
from assess.packages.forms import take_form
from assess.packages.outcomes import Intake, Outcome, OutcomeState
from assess.packages.recipients import TIERS, Recipient
from assess.packages.recognise import look
from assess.packages.refusals import refused
from assess.packages.rounds import known_as
from assess.problems import Problem
from assess.store.changes import Changes, MergeReport
from assess.store.failures import told
from assess.store.merge import Written, take, union
from assess.store.taken_back import beyond
from assess.walk import progress as how_far

Progress = Callable[[int, int, str], None]  # bytes done, bytes in all, file name
Wanted = Callable[[], bool]
Tell = Callable[[int, int], None]


class _Stopped(Exception):
    """The work is no longer wanted."""


def take_in(
    document: Assessment,
    paths: Iterable[Path],
    *,
    passphrases: Mapping[str, str] | Sequence[str] = (),
    unfinished: bool = False,
    again: bool = False,
    progress: Progress | None = None,
    wanted: Wanted | None = None,
) -> Intake:
    """Take in returned packages and forms; each file has its own outcome, and a refused one changes nothing.

    `passphrases` are tried on encrypted files; with units as keys, those whose name stands in the file name come first.
    `unfinished` also takes packages that were not handed back. A file that was taken back stays out, `again` takes it
    into account once more; so does a later return that holds more than it. `wanted` is asked often; once it says
    False, what is whole stays and the rest is left. Raises Problem store.read-only; whatever concerns one file is in
    its outcome.
    """
    document._writable()
    files = [Path(path) for path in paths]
    sizes = [_size(path) for path in files]
    total, before = max(1, sum(sizes)), 0
    outcomes: list[Outcome] = []
    changed: dict[Cell, Json] = {}
    stopped = False
    for path, size in zip(files, sizes, strict=True):

        def tell(done: int, whole: int, path: Path = path, size: int = size, before: int = before) -> None:
            if wanted is not None and not wanted():
                raise _Stopped
            if progress is not None:
                progress(before + size * done // max(1, whole), total, path.name)

        try:
            if not stopped:
                tell(0, 1)
                outcome, report = _one(document, path, passphrases, unfinished, again, tell)
                changed.update(report.cells if report is not None else {})
        except _Stopped:
            stopped = True
        except Problem as problem:
            outcome = Outcome(path, "refused", problem, at=document._now())
        outcomes.append(Outcome(path, "stopped") if stopped else outcome)
        before += size
    if progress is not None and not stopped:
        progress(total, total, "")
    items = tuple(sorted({item for item, _ in changed}))
    outcomes = [_with_conflicts(document, outcome) for outcome in outcomes]
    return Intake(
        tuple(outcomes),
        Changes(changed, items, "", document._now(), "merge"),
        sum(one.events for one in outcomes),
        sum(one.attachments for one in outcomes),
    )


def inspect(
    document: Assessment,
    path: Path,
    *,
    passphrases: Mapping[str, str] | Sequence[str] = (),
    unfinished: bool = False,
) -> Outcome:
    """What taking in a file would bring, without writing anything: state `waiting` with the number of new events,
    `again` where there is none, or `refused` with the problem. The attachments are not read."""
    try:
        return _one(document, Path(path), passphrases, unfinished, False, None)[0]
    except Problem as problem:
        return Outcome(Path(path), "refused", problem, at=document._now())


def _one(
    document: Assessment,
    path: Path,
    passphrases: Mapping[str, str] | Sequence[str],
    unfinished: bool,
    again: bool,
    tell: Tell | None,
) -> tuple[Outcome, MergeReport | None]:
    """One file taken in, or, without `tell`, only looked at."""
    if path.resolve() == document.path:
        raise refusals.same_file(path.name)
    seen = look(path)
    if seen.kind == "form":
        return take_form(document, path, _digest(path), again=again, write=tell is not None)
    secret: str | None = None
    try:
        with _opened(document, path, passphrases if seen.encrypted else ()) as theirs:
            secret = theirs._file.passphrase
            outcome, recipient = _checked(document, theirs, unfinished)
            if tell is None:
                return _weighed(document, theirs, outcome, recipient), None
            return _package(document, theirs, outcome, recipient, again, tell)
    except Problem as problem:
        raise told_apart(path, secret, problem) from problem


def _opened(document: Assessment, path: Path, passphrases: Mapping[str, str] | Sequence[str]) -> Assessment:
    words: list[str | None] = [None, *_in_turn(passphrases, path)]
    last: Problem | None = None
    for word in words:
        try:
            return Assessment.open(path, author=document.author, now=document._now, passphrase=word, read_only=True)
        except Problem as problem:
            if problem.code not in ("store.passphrase-needed", "store.wrong-passphrase"):
                raise told_apart(path, word, problem) from problem
            last = problem
    assert last is not None
    raise last


def _in_turn(passphrases: Mapping[str, str] | Sequence[str], path: Path) -> list[str]:
    """The passphrases to try, first those of a unit that the file name speaks of."""
    if not isinstance(passphrases, Mapping):
        return [word for word in passphrases if word]
    pairs = [(unit.partition(":")[2] or unit, word) for unit, word in passphrases.items() if word]
    return [word for _, word in sorted(pairs, key=lambda pair: pair[0] not in path.name)]


def _checked(document: Assessment, theirs: Assessment, unfinished: bool) -> tuple[Outcome, Recipient | None]:
    """What the package says of itself; raises the Problem for which it may not be taken in."""
    name = theirs.path.name
    if theirs.profile.mode == "training" and document.profile.mode != "training":
        raise refusals.practice(name)
    recipient = _whose(document, theirs)
    own = recipient is not None and recipient.own
    if theirs.id != document.id and not own:
        raise refusals.other_assessment(name, theirs.profile.unit)
    if theirs.role == "master":
        raise refusals.master(name)
    mine, other = document.whole_framework, theirs.whole_framework
    if mine.code != other.code:
        raise refusals.other_framework(name, other.title)
    if theirs.role != "returned" and not unfinished:
        raise refusals.not_returned(name)
    if lost := broken_seal(theirs._ledger):
        raise refused("file.seal-broken", theirs.path, count=lost)
    if theirs.id == document.id and beyond(document._ledger, theirs._ledger):
        raise refusals.sets_aside(name)
    return _about(theirs, recipient), recipient


def _weighed(document: Assessment, theirs: Assessment, outcome: Outcome, recipient: Recipient | None) -> Outcome:
    """How much would be new."""
    if recipient is not None and recipient.own:
        if not members.exists(document, recipient):
            return replace(outcome, state="waiting", events=len(theirs._ledger.events), at=document._now())
        with members.opened(document, recipient, read_only=True) as member:
            new, out, carried = _news(member, theirs)
    else:
        new, out, carried = _news(document, theirs)
    state: OutcomeState = "waiting" if new else "left_out" if out else "again"
    return replace(outcome, state=state, events=new, carried=carried, at=document._now())


def _news(target: Assessment, theirs: Assessment) -> tuple[int, bool, CarryOver | None]:
    """How many events would be new, whether some were taken back, and what is carried over."""
    carried, written = _rewritten(target, theirs)
    ids = theirs._ledger.events if written is None else [event.id for event, _ in written]
    return sum(id not in target._ledger.events for id in ids), taken_back_before(target, ids), carried


def _package(
    document: Assessment, theirs: Assessment, outcome: Outcome, recipient: Recipient | None, again: bool, tell: Tell
) -> tuple[Outcome, MergeReport]:
    if recipient is not None and recipient.own:
        with members.opened(document, recipient) as member:
            report, carried, state = _joined(member, theirs, again, tell)
            place = import_of(member, report, recipient.key)
            outcome = replace(outcome, conflicts=tuple(sorted(conflicting(member))))
        report = MergeReport(
            Changes({}, (), "", document._now(), "merge"), report.events, report.attachments, (), report.authors
        )
    else:
        report, carried, state = _joined(document, theirs, again, tell)
        place = import_of(document, report, "")
    done = replace(
        outcome,
        state=state,
        place=place,
        events=report.events,
        attachments=report.attachments,
        authors=report.authors or outcome.authors,
        at=document._now(),
        carried=carried,
    )
    return done, report


def _joined(
    target: Assessment, theirs: Assessment, again: bool, tell: Tell
) -> tuple[MergeReport, CarryOver | None, OutcomeState]:
    """Union where both grew from one beginning, else the same answers rewritten."""
    carried, written = _rewritten(target, theirs)
    if written is None:
        ids, report = list(theirs._ledger.events), union(target, theirs, tell)
    else:
        ids, report = [event.id for event, _ in written], take(target, written, theirs.path.name, theirs, tell)
    report, state = settled(target, report, ids, again)
    return report, carried, state


def _rewritten(target: Assessment, theirs: Assessment) -> tuple[CarryOver | None, list[Written] | None]:
    """The events to take where a union is not possible: another version, or another beginning of the same document."""
    if theirs.whole_framework.digest != target.whole_framework.digest:
        return carry_over(target, theirs)
    if theirs._ledger.founding.id != target._ledger.founding.id:
        return None, moved(target, theirs)
    return None, None


def _whose(document: Assessment, theirs: Assessment) -> Recipient | None:
    """The recipient a package was issued to, as the package says and its identity confirms; None for an unknown one."""
    key = str(theirs.package.get("key", ""))
    if theirs.id == document.id:
        name = str(theirs.package.get("to", ""))
        return Recipient(key, "department", name, tuple(theirs.profile.scope or ()))
    if not key or members.identity(document, key) != theirs.id:
        return None
    found = known_as(document, key)
    if found is None:
        raise refusals.unknown_package(theirs.path.name, str(theirs.package.get("to", "")))
    return found


def _about(theirs: Assessment, recipient: Recipient | None) -> Outcome:
    """What the file says of itself."""
    far = how_far(theirs.framework, theirs.sheet)
    last = theirs.standing.last
    there = theirs._file.attachments()
    named = {
        str(value["digest"])
        for (_, column), value in theirs.sheet.cells.items()
        if column.startswith("evidence/") and isinstance(value, Mapping) and value.get("digest")
    }
    return Outcome(
        theirs.path,
        "taken",
        key=recipient.key if recipient else "",
        unit=recipient.name if recipient else "",
        unfinished=theirs.role != "returned",
        items=tuple(theirs.framework.indicators),
        answers=tuple(sorted(theirs.sheet.answers())),
        missing=len(named - set(there)),
        answered=far.answered,
        total=far.total,
        returned=last.at if last is not None else None,
        seal=last.digest if last is not None else None,
        authors=tuple(sorted({event.author for event in theirs._ledger.events.values() if event.author})),
        digest=_digest(theirs.path),
    )


def _with_conflicts(document: Assessment, outcome: Outcome) -> Outcome:
    """Conflicts at the items and the cover of a file after the whole batch: the order of the files must not show."""
    if outcome.state not in ("taken", "again") or outcome.key.partition(":")[0] in TIERS:
        return outcome
    return replace(outcome, conflicts=tuple(sorted(of_package(conflicting(document), outcome.items, outcome.key))))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _digest(path: Path) -> str:
    summed = hashlib.sha256()
    with told(path), path.open("rb") as stream:
        while data := stream.read(1 << 20):
            summed.update(data)
    return summed.hexdigest()
