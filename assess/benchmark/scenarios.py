"""One sheet under every scenario of weights of its framework, side by side; peers weighed alike.

Nothing but weights differs: answers, evidence, deductions and red lines stay as they are. What is chosen is a field of
the profile (`weights`), what is in force goes by `framework.settled`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assess.answers import Sheet
from assess.benchmark.peers import FEWEST, Peer, choose, peer
from assess.benchmark.position import competition_ranks
from assess.framework.model import ROOT, Framework
from assess.framework.scoring_rules import WeightSet
from assess.framework.settled import chosen, open_to, scenario, scenarios
from assess.framework.tiers import tailored, whole
from assess.language import Message, Words, say
from assess.measure.kernel import climb, plan
from assess.measure.result import Scores
from assess.measure.score import score
from assess.problems import Problem


@dataclass(frozen=True, slots=True)
class Outcome:
    """A sheet under one set of weights; id "" are the weights that hold without a choice. `shares` are the weights of
    the dimensions as shares of the total (0–1), `rank` is (place, units) or None below five units with a total (D20).
    """

    id: str
    words: Words | Message
    in_force: bool
    open: bool
    scores: Scores
    shares: tuple[tuple[str, float], ...]
    rank: tuple[int, int] | None


def outcomes(framework: Framework, sheet: Sheet, library: Sequence[Peer] = ()) -> tuple[Outcome, ...]:
    """The weights without a choice, then every scenario in the order of the framework; empty without scenarios.
    `library` are peers as they were scored; their items are weighed anew under each."""
    known = scenarios(framework)
    if not known:
        return ()
    now, mode = scenario(framework, sheet.profile), sheet.profile.mode
    own = replace(sheet, profile=replace(sheet.profile, weights=""))
    base = replace(whole(framework), chosen="")
    found = [_outcome("", say("The framework's own weights"), now == "", True, base, own, library)]
    for one in known:
        able, other = open_to(one, mode), chosen(base, one.id)
        found.append(_outcome(one.id, named(one), now == one.id, able, other, own, library))
    return tuple(found)


def alike(framework: Framework, library: Sequence[Peer]) -> tuple[Peer, ...]:
    """Peers weighed as the scenario in force weighs, from the scores of their items; as they are without a scenario."""
    name = framework.settled[1] if framework.settled is not None else framework.chosen
    if not any(one.id == name for one in scenarios(framework)):
        return tuple(library)
    return tuple(_weighed(framework, library))


def set_aside(framework: Framework, sheet: Sheet) -> Message | None:
    """That the document names weights which are not in force, and why; None where they are, or where it names none."""
    name = sheet.profile.weights
    if not name or scenario(framework, sheet.profile) == name:
        return None
    for one in scenarios(framework):
        if one.id == name:
            return say(
                "“{name}” may not be used in the mode “{mode}”: the framework's own weights stand.",
                name=named(one),
                mode=framework.modes[sheet.profile.mode].name,
            )
    return say("The framework has no set of weights “{name}”; its own weights stand.", name=name)


def named(one: WeightSet) -> Words:
    """The name of a set, else its id."""
    return one.words if one.words.zh or one.words.en else Words(one.id, one.id)


def _outcome(
    name: str, words: Words | Message, in_force: bool, able: bool, framework: Framework, sheet: Sheet,
    library: Sequence[Peer],
) -> Outcome:  # fmt: skip
    here = tailored(framework, sheet.profile)
    scores = score(here, sheet)
    every = sum(node.weight for node in here.dimensions) or 1.0
    shares = tuple((node.code, node.weight / every) for node in here.dimensions)
    return Outcome(name, words, in_force, able, scores, shares, _rank(here, sheet, scores, library))


def _rank(framework: Framework, sheet: Sheet, scores: Scores, library: Sequence[Peer]) -> tuple[int, int] | None:
    me = peer(framework, sheet.profile, scores)
    if me.total is None or not library:
        return None
    try:
        group = choose(me, library)
    except Problem:
        return None
    others = [one.total for one in alike(framework, group.members) if one.total is not None]
    if len(others) + 1 < FEWEST:
        return None
    return competition_ranks([me.total, *others], framework.rank_decimals)[0], len(others) + 1


def _weighed(framework: Framework, peers: Sequence[Peer]) -> Iterator[Peer]:
    """The nodes of every peer anew; one that has no score has none under other weights either."""
    import numpy as np

    if not peers:
        return
    layout = plan(framework, peers[0].tier)
    columns = [
        np.array([np.nan if (value := one.scores.get(code)) is None else value for one in peers], dtype=np.float64)
        for code in layout.leaves
    ]
    weights = [np.full(len(peers), weight) for weight in layout.weights]
    nodes = climb(layout, len(peers), columns, weights)[0][len(layout.leaves) :]
    for place, one in enumerate(peers):
        scores = dict(one.scores)
        for code, column in zip(layout.nodes, nodes, strict=True):
            value = float(column[place])
            scores[code] = None if value != value or one.scores.get(code) is None else value
        total = scores.get(ROOT)
        if total is not None:
            scores[ROOT] = min(framework.maximum, max(0.0, total + one.adjustment))
        yield replace(one, scores=scores)
