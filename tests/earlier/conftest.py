"""Two documents of one unit, a year apart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from assess.answers import Profile
from assess.assessment import Assessment, Author
from assess.framework.read import builtin


@pytest.fixture
def clock() -> Callable[[], datetime]:
    ticks = iter(range(1_000_000))
    return lambda: datetime(2026, 7, 1, 8, 0, tzinfo=UTC) + timedelta(seconds=next(ticks))


@pytest.fixture
def make(tmp_path: Path, clock: Callable[[], datetime]) -> Any:
    """A document by name, with fields of its profile; closed by whoever asks for it, or at the end."""
    made: list[Assessment] = []

    def one(name: str = "now.zhd", framework: Any = None, **about: Any) -> Assessment:
        fields = {"unit": "衡川市", "code": "990201", "tier": "市", "base_date": "2026-06-30", "year": 2026, **about}
        secret = fields.pop("passphrase", None)
        document = Assessment.create(
            tmp_path / name,
            framework or builtin(),
            Profile(**fields),
            author=Author(name="李明", unit="市委政法委"),
            now=clock,
            passphrase=secret,
        )
        made.append(document)
        return document

    yield one
    for document in made:
        document.close()
