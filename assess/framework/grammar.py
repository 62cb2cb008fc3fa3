"""The keys and types that framework files may have."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping

from assess.problems import Finding


def faults(sources: Mapping[str, str]) -> list[Finding]:
    """Every fault of syntax, key or type in the files."""
    from assess.framework.read import syntax

    found: list[Finding] = []
    for name, text in sources.items():
        try:
            tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            found.append(syntax(name, error))
    return found
