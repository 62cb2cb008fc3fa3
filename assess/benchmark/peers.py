"""Who may stand beside whom (D20–D22): a peer is a scored unit; a group is a unit and the peers that match it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from assess.answers import Profile
from assess.framework.model import ROOT, Framework
from assess.language import Message, Words, say
from assess.measure.result import Scores
from assess.problems import Problem

SIZES = ("超大", "特大", "Ⅰ型大", "Ⅱ型大", "中等", "Ⅰ型小", "Ⅱ型小")
REGIONS: Mapping[str, Words] = {
    "东部": Words("东部", "East"),
    "中部": Words("中部", "Central"),
    "西部": Words("西部", "West"),
    "东北": Words("东北", "Northeast"),
}
_REGION_KEYS = {"east": "东部", "central": "中部", "west": "西部", "northeast": "东北"}
ENOUGH = 8
FEWEST = 5
Step = Literal["region_and_size", "region_and_near_size", "size", "region", "level"]


@dataclass(frozen=True, slots=True)
class Peer:
    """One scored unit. `scores` holds every node and item code, 0–100 or None; "total" is the graded total.

    `adjustment` is graded − base (deductions, negative or 0). `framework` is the digest of the framework.
    """

    name: str
    code: str
    region: str
    size: str
    tier: str
    sample: bool
    mode: str
    scores: Mapping[str, float | None] = field(default_factory=dict)
    year: int | None = None
    framework: str = ""
    adjustment: float = 0.0
    barred: bool = False

    @property
    def total(self) -> float | None:
        return self.scores.get(ROOT)


@dataclass(frozen=True, slots=True)
class Group:
    """A unit and its peers. `n` counts the unit; `members` are the peers in the order of the library. `rule` says how
    they were matched, `refused` who was not let in and why."""

    step: Step
    rule: Message
    members: tuple[Peer, ...]
    n: int
    refused: tuple[tuple[str, Message], ...] = ()


def peer(framework: Framework, profile: Profile, scores: Scores) -> Peer:
    """A scored sheet as a peer. A forged or suspended one is barred: it enters no library."""
    values: dict[str, float | None] = {code: node.score for code, node in scores.nodes.items()}
    values |= {code: item.score for code, item in scores.items.items()}
    values[ROOT] = scores.graded
    barred = scores.suspended or any(
        result.status == "in_force" and result.red_line.effect in ("no_stage", "suspend") for result in scores.red_lines
    )
    return Peer(
        name=profile.unit,
        code=profile.code,
        region=region_of(profile.region),
        size=profile.size.strip(),
        tier=profile.tier,
        sample=profile.sample,
        mode=profile.mode,
        scores=values,
        year=profile.year,
        framework=framework.digest,
        adjustment=scores.graded - scores.base if scores.graded is not None and scores.base is not None else 0.0,
        barred=barred,
    )


_sample_cache: dict[str, tuple[Peer, ...]] = {}


def sample_peers(framework: Framework) -> tuple[Peer, ...]:
    """The built-in fictional cities as peers, in the order of the library. Cached per framework."""
    from assess.framework.tiers import tailored
    from assess.measure.score import score
    from assess.samples.cities import cities

    known = _sample_cache.get(framework.digest)
    if known is None:
        known = tuple(
            peer(framework, city.profile, score(tailored(framework, city.profile), city.sheet)) for city in cities()
        )
        _sample_cache[framework.digest] = known
    return known


def from_document(path: Path, passphrase: str | None = None) -> Peer:
    """A document of the library as a peer. Raises Problem: benchmark.training for a practice document, those of opening
    for a file that cannot be read. A self-assessment is read and marked by its mode."""
    from datetime import UTC, datetime

    from assess.assessment import Assessment, Author
    from assess.measure.score import score

    document = Assessment.open(
        path, author=Author(), now=lambda: datetime.now(UTC), passphrase=passphrase, read_only=True
    )
    try:
        if document.profile.mode == "training":
            raise Problem(
                "benchmark.training",
                say("“{name}” is a practice document.", name=document.profile.unit),
                say("Practice never enters a comparison; choose a formal assessment."),
            )
        return peer(document.framework, document.profile, score(document.framework, document.sheet))
    finally:
        document.close()


def region_of(word: str) -> str:
    """A region as the library names it: english keys become the Chinese words, anything else stays as it is."""
    plain = word.strip()
    return _REGION_KEYS.get(plain.lower(), plain)


def refusal(me: Peer, other: Peer) -> Message | None:
    """Why this unit cannot be a peer of mine; None if it can (D22)."""
    if other.mode == "training":
        return say("practice document")
    if other.mode != "formal":
        return say("self-assessment, not reviewed")
    if other.sample and not me.sample:
        return say("sample data")
    if other.tier != me.tier:
        return say("another administrative level")
    if other.framework and me.framework and other.framework != me.framework:
        return say("assessed with another framework or version")
    if other.barred:
        return say("barred by a red line")
    if other.total is None:
        return say("no total")
    return None


def choose(me: Peer, library: Sequence[Peer], by: Step | None = None) -> Group:
    """The group of a unit: widened step by step until it counts 8 with the unit, else the last step (D21).

    A unit whose size nobody gave widens from its region. `by` asks for one step as it is. A unit stands once: of
    several years the one nearest to mine. Raises Problem benchmark.training for a practice document.
    """
    if me.mode == "training":
        raise Problem(
            "benchmark.training",
            say("“{name}” is a practice document.", name=me.name),
            say("Practice never enters a comparison; choose a formal assessment."),
        )
    able, refused = _able(me, library)
    widening: tuple[Step, ...] = ("region_and_size", "region_and_near_size", "size", "level")
    if not me.size and me.region:
        widening = ("region", "level")
    steps = (by,) if by is not None else widening
    group: Group | None = None
    for step in steps:
        if by is None and not _possible(me, step):
            continue
        members = tuple(other for other in able if _matches(me, other, step))
        group = Group(step, _rule(me, step), members, len(members) + 1, refused)
        if group.n >= ENOUGH:
            break
    assert group is not None
    return group


def _able(me: Peer, library: Sequence[Peer]) -> tuple[list[Peer], tuple[tuple[str, Message], ...]]:
    able: dict[str, Peer] = {}
    refused: list[tuple[str, Message]] = []
    for other in library:
        if other is me or (_identity(other) == _identity(me)):
            continue
        why = refusal(me, other)
        if why is not None:
            refused.append((other.name, why))
            continue
        known = able.get(_identity(other))
        if known is None or _distance(me, other) < _distance(me, known):
            able[_identity(other)] = other
    return list(able.values()), tuple(refused)


def _identity(one: Peer) -> str:
    return one.code or f"name:{one.name}"


def _distance(me: Peer, other: Peer) -> float:
    return abs(other.year - me.year) if me.year is not None and other.year is not None else float("inf")


def _possible(me: Peer, step: Step) -> bool:
    if step in ("region_and_size", "region_and_near_size"):
        return bool(me.region and me.size) and (step == "region_and_size" or me.size in SIZES)
    return bool(me.size) if step == "size" else True


def _matches(me: Peer, other: Peer, step: Step) -> bool:
    same_region = bool(me.region) and region_of(other.region) == region_of(me.region)
    same_size = bool(me.size) and other.size == me.size
    match step:
        case "region_and_size":
            return same_region and same_size
        case "region_and_near_size":
            return same_region and (same_size or _neighbors(me.size, other.size))
        case "size":
            return same_size
        case "region":
            return same_region
        case "level":
            return True


def _neighbors(one: str, other: str) -> bool:
    return one in SIZES and other in SIZES and abs(SIZES.index(one) - SIZES.index(other)) <= 1


def _rule(me: Peer, step: Step) -> Message:
    region = REGIONS.get(region_of(me.region), Words(me.region, me.region))
    match step:
        case "region_and_size":
            return say("Same region ({region}) and same size ({size})", region=region, size=me.size)
        case "region_and_near_size":
            return say("Same region ({region}), same or neighboring size ({size})", region=region, size=me.size)
        case "size":
            return say("Same size ({size}) in any region", size=me.size)
        case "region":
            return say("Same region ({region})", region=region)
        case "level":
            return say("All units of the library at this administrative level")
