"""The ladder from every older version of the document file to the present one.

A step takes a connection inside a transaction and leaves the tables as the next version has them. Steps are never
changed after a release; a file of every version is kept in tests/store/kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import apsw

from assess.store.schema import VERSION

Step = Callable[[apsw.Connection], None]
STEPS: Mapping[int, Step] = {}


def migrate(
    connection: apsw.Connection, *, steps: Mapping[int, Step] = STEPS, target: int = VERSION
) -> tuple[int, ...]:
    """Climb from `user_version` to `target` in one transaction; returns the versions passed, none if up to date."""
    version = int(connection.pragma("user_version"))
    passed: list[int] = []
    with connection:
        while version < target:
            steps[version](connection)
            passed.append(version)
            version += 1
            connection.pragma("user_version", version)
    return tuple(passed)
