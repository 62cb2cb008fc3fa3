"""Blending the counties into the city's item scores (R4, D19): 0.7 × city + 0.3 × mean of the counties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assess.answers import Profile
from assess.framework.model import CountyBlend, Framework
from assess.measure.result import Scores
from assess.measure.scales import TOLERANCE


@dataclass(frozen=True, slots=True)
class Blend:
    """What the counties bring to one item: how many have a score, their mean, how many submitted, whether it counts."""

    counties: int
    mean: float | None
    submitted: int
    share: float
    applies: bool


def usable(framework: Framework, counties: Sequence[Scores]) -> tuple[Scores, ...]:
    """Those made with the same framework; the base date is for the caller to see to."""
    return tuple(county for county in counties if county.framework_digest == framework.digest and not county.suspended)


def active(framework: Framework, profile: Profile) -> bool:
    """Is blending switched on for this document and meaningful for it?"""
    return framework.county_blend is not None and profile.blend_counties and not profile.no_counties


def blend(rule: CountyBlend, profile: Profile, code: str, counties: Sequence[Scores]) -> Blend:
    """One item: submitted is anything but unanswered; the mean leaves out what is left out of the county's own score.

    The share counts against all counties of the area (`profile.counties`), else against those given.
    """
    if code in rule.not_applied:
        return Blend(0, None, 0, 0.0, False)
    found = [county.items[code] for county in counties if code in county.items and county.items[code].state != "out"]
    submitted = sum(item.state != "unanswered" for item in found)
    scores = [item.score for item in found if item.score is not None and item.counting in ("value", "zero")]
    whole = max(profile.counties or 0, len(counties))
    share = submitted / whole if whole else 0.0
    mean = sum(scores) / len(scores) if scores else None
    return Blend(
        len(scores), mean, submitted, share, mean is not None and share >= rule.min_submission_share - TOLERANCE
    )
