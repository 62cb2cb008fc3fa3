"""Taking in what others hand in: counties' documents, townships' documents, and documents that hold keyed sheets.

Nothing is changed in theirs. What comes of it are cells for the city's document, set in one operation; a document that
is taken in again replaces what it brought before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from assess.answers import Cell, Json
from assess.assessment import Assessment, Author, Digest
from assess.framework.tiers import tailored
from assess.grassroots import sheets
from assess.grassroots.form import tiers
from assess.language import Message, say
from assess.measure import counties
from assess.measure.score import score
from assess.problems import Problem

KIND = "intake"


@dataclass(frozen=True, slots=True)
class Brought:
    """What one file brought: a county's results, sheets, or a Problem that says why nothing."""

    name: str
    county: counties.Submitted | None = None
    sheets: tuple[sheets.Filled, ...] = ()
    problem: Problem | None = None

    @property
    def words(self) -> Message:
        if self.county is not None:
            text = say("{unit}: {count} items", unit=self.county.unit, count=len(self.county.items))
            if self.sheets:
                text = say("{what}, {count} grassroots sheets", what=text, count=len(self.sheets))
            return say("{what}. {reason}", what=text, reason=self.county.reason) if self.county.reason else text
        return say("{name}: {count} grassroots sheets", name=self.name, count=len(self.sheets))


@dataclass(slots=True)
class Intake:
    """What several files brought together: cells to set, file by file what they are."""

    brought: list[Brought] = field(default_factory=list)

    @property
    def cells(self) -> dict[Cell, Json]:
        out: dict[Cell, Json] = {}
        for one in self.brought:
            if one.county is not None:
                out[(counties.ITEM, one.county.column)] = one.county.to_json()
            out.update({filled.cell: filled.to_json() for filled in one.sheets})
        return out

    @property
    def problems(self) -> list[Problem]:
        return [one.problem for one in self.brought if one.problem is not None]


def take_in(
    paths: Sequence[Path],
    into: Assessment | Known,
    *,
    now: Callable[[], datetime],
    passphrases: Mapping[Path, str] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Intake:
    """Read every file; one that cannot be taken in leaves the others alone.

    `into` is the city's (or county's) document, or what `known` says of it. `progress` hears files done and files in
    all, and cancels by raising.
    """
    city = into if isinstance(into, Known) else known(into)
    out = Intake()
    for place, path in enumerate(paths):
        if progress is not None:
            progress(place, len(paths))
        try:
            out.brought.append(_read(path, city, now, (passphrases or {}).get(path)))
        except Problem as problem:
            out.brought.append(Brought(path.name, problem=problem))
    return out


@dataclass(frozen=True, slots=True)
class Known:
    """What must be known of the document that takes in."""

    id: str
    framework: str
    tier: str
    base_date: str
    sample: bool
    has_blend: bool


def known(document: Assessment) -> Known:
    profile = document.profile
    return Known(
        str(document.id),
        document.whole_framework.digest,
        profile.tier,
        profile.base_date,
        profile.sample,
        document.whole_framework.county_blend is not None,
    )


def _read(path: Path, city: Known, now: Callable[[], datetime], passphrase: str | None) -> Brought:
    document = Assessment.open(path, author=Author(), now=now, passphrase=passphrase, read_only=True)
    try:
        _refuse(document, city)
        whole, profile = document.whole_framework, document.profile
        origin = document.id.hex[:8]
        found = [sheets.moved(one, origin) for one in sheets.filled(document.sheet)]
        county: counties.Submitted | None = None
        if profile.tier in tiers(whole):
            answered = sheets.own(document.sheet, document.framework.indicators)
            if answered is not None:
                found.append(sheets.moved(answered, origin))
        elif city.tier == "市" and profile.tier == "县" and city.has_blend:
            seal = _seal(document)
            standing: counties.Standing = "sealed" if seal else "returned" if profile.role == "returned" else "open"
            scores = score(tailored(whole, profile), document.sheet)
            county = counties.record(
                document.id.hex,
                profile,
                scores,
                standing,
                seal.printed if seal else "",
                now().isoformat("T", "minutes"),
            )
        if county is None and not found:
            raise Problem(
                "intake.nothing",
                say("{name} holds nothing that can be taken in.", name=path.name),
                say("Choose documents of counties, townships or villages, or ones that hold keyed sheets."),
            )
        return Brought(path.name, county, tuple(found))
    finally:
        document.close()


def _seal(document: Assessment) -> Digest | None:
    """The seal a county's document stands under: the one that closes it, or one after which nothing changed."""
    stands = document.standing
    return stands.last.digest if stands.closed and stands.last is not None else stands.digest


def _refuse(document: Assessment, city: Known) -> None:
    """Raise the Problem for which a document cannot be taken in, if there is one."""
    name, profile = document.path.name, document.profile
    if str(document.id) == city.id:
        raise Problem(
            "intake.itself",
            say("{name} is a copy of this very document.", name=name),
            say("Merge it instead; that joins its answers and its sheets."),
        )
    if profile.mode == "training":
        raise Problem(
            "intake.training",
            say("{name} is a practice document.", name=name),
            say("Practice is never taken in; choose what was really filled in."),
        )
    if document.whole_framework.digest != city.framework:
        raise Problem(
            "intake.other-framework",
            say("{name} was made with another version of the framework.", name=name),
            say("Ask for a document made with the framework of this one, then take it in."),
        )
    if profile.sample != city.sample:
        raise Problem(
            "intake.sample",
            say("Sample data and real data are never mixed; {name} was left out.", name=name),
            say("Choose documents of the same kind as this one."),
        )
    if profile.tier == "县" and profile.base_date != city.base_date:
        raise Problem(
            "intake.base-date",
            say(
                "{name} has the reference date {theirs}, this document {ours}.",
                name=name, theirs=profile.base_date or "–", ours=city.base_date or "–",
            ),
            say("Counties and city share one reference date; have it put right in the one that is wrong."),
        )  # fmt: skip
