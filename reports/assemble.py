"""Everything a city report rests on, computed from a sheet and a library of peers, and the report built from it."""

from __future__ import annotations

from collections.abc import Sequence

from assess.answers import Sheet
from assess.benchmark.peers import Peer, choose, peer
from assess.benchmark.position import Position, place
from assess.benchmark.scenarios import alike
from assess.framework.model import Framework
from assess.measure.diagnose import coupling, obstacles
from assess.measure.result import Scores
from assess.measure.score import score
from assess.planning.gaps import advice
from reports.build import build
from reports.model import Report
from reports.options import Options


def city_report(
    framework: Framework,
    sheet: Sheet,
    *,
    peers: Sequence[Peer] = (),
    language: str,
    date: str,
    options: Options | None = None,
    scores: Scores | None = None,
) -> Report:
    """The report on one unit among `peers`. `framework` is the tailored one; `date` is the ISO date printed."""
    found = scores if scores is not None else score(framework, sheet)
    return build(
        framework,
        sheet,
        found,
        language=language,
        date=date,
        position=position(framework, sheet, found, peers),
        obstacles=obstacles(framework, found),
        coupling=coupling(framework, found),
        advice=advice(framework, sheet, found),
        options=options,
    )


def position(framework: Framework, sheet: Sheet, scores: Scores, peers: Sequence[Peer]) -> Position | None:
    """The unit among its peers; None without a library, for practice (D22) and without a total."""
    if not peers or sheet.profile.mode == "training" or scores.graded is None:
        return None
    me = peer(framework, sheet.profile, scores)
    return place(framework, me, choose(me, alike(framework, peers)))
