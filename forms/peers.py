"""The cities a document is compared with: the built-in samples for a sample, documents somebody picked for the rest.

One choice belongs to one session and is shared by results, benchmark and report; it is forgotten when the file closes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from assess.answers import Profile
    from assess.benchmark.peers import Group, Peer
    from assess.benchmark.position import Position
    from assess.framework.model import Framework
    from assess.measure.result import Scores
    from forms.session import Session


class Chosen(QObject):
    """The peers chosen. `picked` are documents; a sample is compared with the built-in samples unless any are picked."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.picked: tuple[Peer, ...] = ()
        session.closed.connect(self.forget)

    def pick(self, peers: Sequence[Peer]) -> None:
        """Add peers read from documents; a later one of the same name and code replaces an earlier one."""
        known = {(peer.name, peer.code): peer for peer in (*self.picked, *peers)}
        self.picked = tuple(known.values())
        self.changed.emit()

    def forget(self) -> None:
        """Back to where it started."""
        if self.picked:
            self.picked = ()
            self.changed.emit()

    def library(self, framework: Framework, profile: Profile) -> tuple[Peer, ...]:
        """The cities that may be compared with this document (D22)."""
        if self.picked:
            return self.picked
        if profile.sample:
            from assess.benchmark.peers import sample_peers

            return sample_peers(framework)
        return ()


_chosen: WeakKeyDictionary[Session, Chosen] = WeakKeyDictionary()


def of(session: Session) -> Chosen:
    """The choice of a session."""
    if session not in _chosen:
        _chosen[session] = Chosen(session)
    return _chosen[session]
