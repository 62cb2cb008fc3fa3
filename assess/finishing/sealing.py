"""Sealing and reopening a document: what is looked at first, what is refused, and whether a paper is of this file.

A seal is an event signed with the author of now. Tamper evidence reaches back to it and no further (D27).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assess.answers import Sheet
from assess.assessment import Assessment, Changes, Digest
from assess.checks import texts
from assess.checks.around import Around
from assess.checks.evaluate import findings
from assess.checks.result import Found
from assess.finishing.completeness import Completeness, completeness
from assess.finishing.cover import cover
from assess.finishing.facts import facts
from assess.framework.model import Framework
from assess.grassroots.material import below
from assess.language import say
from assess.measure.result import Scores
from assess.measure.score import score
from assess.problems import Problem
from assess.store.seals import SealRecord

NOT_THEIRS = ("third_party", "second_reviewer")
LEAST = 10
"""Characters of the reason for reopening, blanks left out."""


def previous(sheet: Sheet) -> Sheet | None:
    """The answers of the period before that a document carries, as a sheet; None if it carries none.

    The evidence of then is not carried: that of now stands for it, so that a rise of the score is one of the answers.
    """
    then = {"previous": "self", "previous_note": "note"}
    carried = {(item, then[column]): value for (item, column), value in sheet.cells.items() if column in then}
    if not any(column == "self" for _item, column in carried):
        return None
    evidence = {cell: value for cell, value in sheet.cells.items() if cell[1].startswith("evidence/")}
    return Sheet(sheet.profile, {**evidence, **carried})


def checked(
    framework: Framework,
    sheet: Sheet,
    scores: Scores | None = None,
    *,
    before: Sheet | None = None,
    known: Mapping[str, float] | None = None,
) -> tuple[Found, ...]:
    """All findings of a sheet with what it carries itself: last period, sheets of townships and villages, counties.

    `before` is last period's sheet where it is at hand; `known` are facts of its history (`facts.facts`). Asked again
    with the very same objects it answers from memory: the outline and the check page ask about every sheet.
    """
    global _told
    asked = (framework, sheet, scores, before, known)
    if _told is not None and all(one is other for one, other in zip(_told[0], asked, strict=True)):
        return _told[1]
    taken = below(framework, sheet)
    around = Around(felt=taken.felt, figures=taken.figures, counties=taken.counties) if taken.any else None
    told = findings(
        framework,
        sheet,
        scores if scores is not None else score(framework, sheet),
        previous=before or previous(sheet),
        facts={**taken.facts, **(known or {})},
        around=around,
    )
    _told = (asked, told)
    return told


_told: tuple[tuple[object, ...], tuple[Found, ...]] | None = None


def found(document: Assessment, before: Sheet | None = None) -> tuple[Found, ...]:
    """All findings of an open document, with everything it knows beside its sheet; `before` is last period's sheet,
    where it is at hand, else the answers the document carries."""
    return checked(document.framework, document.sheet, before=before, known=facts(document))


def looked_at(document: Assessment) -> Completeness:
    """How complete an open document is."""
    framework, sheet = document.framework, document.sheet
    return completeness(
        framework,
        sheet,
        score(framework, sheet),
        found(document),
        cover=cover(sheet, document.copy_mark),
        conflicts=len(document.conflicts()),
    )


def problem(document: Assessment) -> Problem | None:
    """Why the document cannot be sealed now; None when it can.

    seal.sealed, seal.role, seal.signer, and those of `Completeness.blockers`: seal.suspended, seal.errors, seal.open,
    seal.conflicts, seal.cover, seal.empty.
    """
    if document.standing.closed:
        last = document.standing.last
        assert last is not None
        return Problem(
            "seal.sealed",
            say("The document is sealed already ({digest}).", digest=last.digest.printed),
            say("To change something, reopen it with a written reason and seal it again."),
        )
    stands = looked_at(document).problem
    if stands is not None:
        return stands
    if document.author.role in NOT_THEIRS:
        return Problem(
            "seal.role",
            say("Sealing belongs to the unit that fills in or to the reviewing office."),
            say("Say under “Name and role” in which role you work here."),
        )
    if not (document.author.name.strip() or document.author.post.strip()):
        return Problem(
            "seal.signer",
            say("A seal is signed, and it is not said who you are."),
            say("Enter your name or your post; one of them is enough."),
        )
    return None


def seal(document: Assessment) -> Digest:
    """Seal the document for its author of now. Raises the Problem of `problem`, store.read-only, those of writing."""
    refused = problem(document)
    if refused is not None:
        raise refused
    return document.seal(closing=True)


def reopen(document: Assessment, reason: str) -> Changes:
    """Reopen the seal with a written reason. Problems: seal.none, seal.no-reason, seal.secret-reason."""
    words = " ".join(reason.split())
    if len(texts.bare(words)) < LEAST:
        raise Problem(
            "seal.no-reason",
            say("Reopening needs a written reason of {least} characters or more.", least=LEAST),
            say("Say what has to be changed and who asked for it; it stands in the history and on the next seal."),
        )
    hit = [name for name, pattern in document.framework.patterns.items() if texts.matches(pattern, words)]
    errors = {str(_pattern(rule.condition)) for rule in document.framework.checks.values() if rule.severity == "error"}
    if errors & set(hit):
        raise Problem(
            "seal.secret-reason",
            say("The reason has the form of something secret or personal; nothing was written."),
            say("Write it without marks of secrecy, numbers of persons and passwords."),
        )
    return document.reopen(words)


def _pattern(condition: object) -> object:
    when = condition.get("when") if hasattr(condition, "get") else None
    return when.get("text_matches") if when is not None and hasattr(when, "get") else None


@dataclass(frozen=True, slots=True)
class Match:
    """A digest on paper against a file. `seal` is the seal of that digest, None where the file has none; `same`: the
    file says today what it said then; `changed` counts the cells changed since, `sound` is what `verify` found to hold.
    """

    digest: str
    seal: SealRecord | None
    same: bool
    changed: int
    sound: bool

    @property
    def holds(self) -> bool:
        """Paper and file say the same."""
        return self.seal is not None and self.same and self.sound


def match(document: Assessment, printed: str) -> Match:
    """Whether a digest as printed (sixteen digits, any grouping, or the whole) is that of a seal of this file.

    Raises Problem seal.digest for anything that is no digest.
    """
    digits = "".join(texts.normal(printed).split()).replace("-", "").lower()
    if len(digits) < 16 or any(sign not in "0123456789abcdef" for sign in digits):
        raise Problem(
            "seal.digest",
            say("“{text}” is no digest.", text=printed[:80]),
            say("Copy the sixteen digits at the foot of the paper, for example B766 7101 283D F83E."),
        )
    standing = document.standing
    every = (*standing.others, *standing.seals)
    seal_found = next((one for one in every if one.digest.whole.startswith(digits)), None)
    now = standing.digest
    same = seal_found is not None and now is not None and now.whole == seal_found.digest.whole
    changed = standing.changed if seal_found is not None and seal_found == standing.last else 0
    return Match(digits, seal_found, same, changed, not document.verify())
