"""Reading the documents somebody picked as peers, off the window's thread; what cannot be used says why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assess.benchmark.peers import Peer, from_document
from assess.problems import Problem
from forms.background import Work


@dataclass(frozen=True, slots=True)
class Read:
    """What came of reading: the peers, and per file that could not be used its name and the problem."""

    peers: tuple[Peer, ...]
    problems: tuple[tuple[str, Problem], ...]


def read_all(paths: Sequence[Path], work: Work | None = None) -> Read:
    """Read documents one after the other; a bad one leaves the others alone."""
    peers: list[Peer] = []
    problems: list[tuple[str, Problem]] = []
    for done, path in enumerate(paths):
        if work is not None:
            work.tell(done, len(paths))
        try:
            peers.append(from_document(path))
        except Problem as problem:
            problems.append((path.name, problem))
    return Read(tuple(peers), tuple(problems))
