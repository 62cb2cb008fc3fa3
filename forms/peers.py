"""The cities a document is compared with: the built-in samples for a sample, documents somebody picked for the rest.

One choice belongs to one session and is shared by results, benchmark and report; it is forgotten when the file closes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, Signal

from assess.problems import Problem

if TYPE_CHECKING:
    from assess.answers import Profile
    from assess.benchmark.peers import Peer
    from assess.benchmark.position import Position
    from assess.framework.model import Framework
    from assess.measure.result import Scores
    from forms.session import Session


@dataclass(frozen=True, slots=True)
class Standing:
    """This document as a peer, the library it is held against, and its position; a Problem where there is none."""

    me: Peer
    library: tuple[Peer, ...]
    position: Position | None
    problem: Problem | None

    def units(self) -> tuple[Peer, ...]:
        """This unit and its group in the order of the library; a unit the library does not hold comes last."""
        if self.position is None:
            return ()
        members = {id(member) for member in self.position.group.members}
        own = self.me.code or self.me.name
        found: list[Peer] = []
        for other in self.library:
            if (other.code or other.name) == own and self.me not in found:
                found.append(self.me)
            elif id(other) in members:
                found.append(other)
        return tuple(found) if self.me in found else (*found, self.me)


class Chosen(QObject):
    """The peers chosen. `picked` are documents; without any a sample is compared with the samples."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.picked: tuple[Peer, ...] = ()
        self._kept: tuple[Scores, tuple[Peer, ...], Standing] | None = None
        self._weighed: tuple[Framework, tuple[Peer, ...], tuple[Peer, ...]] | None = None
        session.closed.connect(self.forget)

    def pick(self, peers: Sequence[Peer]) -> None:
        """Add peers read from documents; a later one of the same name and code replaces an earlier one."""
        known = {(peer.name, peer.code): peer for peer in (*self.picked, *peers)}
        self.picked = tuple(known.values())
        self.changed.emit()

    def forget(self) -> None:
        """Back to where it started."""
        self._kept = self._weighed = None
        if self.picked:
            self.picked = ()
            self.changed.emit()

    def library(self, framework: Framework, profile: Profile) -> tuple[Peer, ...]:
        """The cities that may be compared with this document (D22), weighed as the scenario in force weighs."""
        from assess.benchmark.scenarios import alike

        found = self.as_scored(framework, profile)
        if self._weighed is None or self._weighed[0] is not framework or self._weighed[1] is not found:
            self._weighed = (framework, found, alike(framework, found))
        return self._weighed[2]

    def as_scored(self, framework: Framework, profile: Profile) -> tuple[Peer, ...]:
        """The same cities with the weights that each was scored with."""
        if self.picked:
            return self.picked
        if profile.sample:
            from assess.benchmark.peers import sample_peers

            return sample_peers(framework)
        return ()

    def standing(self, framework: Framework, profile: Profile, scores: Scores) -> Standing:
        """The document among its peers; kept until scores or choice change."""
        if self._kept is None or self._kept[0] is not scores or self._kept[1] is not self.picked:
            self._kept = (scores, self.picked, self._reckon(framework, profile, scores))
        return self._kept[2]

    def _reckon(self, framework: Framework, profile: Profile, scores: Scores) -> Standing:
        from assess.benchmark.peers import choose, peer
        from assess.benchmark.position import place

        me = peer(framework, profile, scores)
        library = self.library(framework, profile)
        try:
            return Standing(me, library, place(framework, me, choose(me, library)), None)
        except Problem as problem:
            return Standing(me, library, None, problem)

    def medians(self, framework: Framework, profile: Profile, scores: Scores, codes: Sequence[str]) -> dict[str, float]:
        """The median of the group for these nodes or items, this unit included; empty where nothing may be said (D20).

        Cheaper than a whole position, since it follows every answer.
        """
        from assess.benchmark.peers import FEWEST, choose, peer

        library = self.library(framework, profile)
        if not library:
            return {}
        me = peer(framework, profile, scores)
        try:
            group = choose(me, library)
        except Problem:
            return {}
        found: dict[str, float] = {}
        for code in codes:
            values = [one.scores.get(code) for one in (me, *group.members)]
            known = [value for value in values if value is not None]
            if len(known) >= FEWEST:
                found[code] = median(known)
        return found


_chosen: WeakKeyDictionary[Session, Chosen] = WeakKeyDictionary()


def of(session: Session) -> Chosen:
    """The choice of a session."""
    if session not in _chosen:
        _chosen[session] = Chosen(session)
    return _chosen[session]
