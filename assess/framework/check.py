"""The linter of frameworks: every fault at once, each with file, line, code, what is wrong, and what would be right."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from assess.framework import check_index, check_items, check_rules, check_stages, check_supplements, check_tree
from assess.framework.context import Context
from assess.framework.grammar import examine
from assess.framework.read import build
from assess.framework.sources import load
from assess.problems import Finding

ORDER = {"error": 0, "warning": 1, "hint": 2}
RULES = (
    *check_tree.RULES,
    *check_items.RULES,
    *check_index.RULES,
    *check_rules.RULES,
    *check_stages.RULES,
    *check_supplements.RULES,
)


def check(folder: Path) -> list[Finding]:
    """Everything that is wrong with a framework folder, errors first, in the order of files and lines.

    Raises Problem when the folder has no framework.toml or a file is not UTF-8.
    """
    return check_sources(load(folder))


def check_sources(sources: Mapping[str, str]) -> list[Finding]:
    """As `check`, from the texts of the files. A file that is no TOML keeps the rules of content from running."""
    files, found = examine(sources)
    if not any(one.code in ("file.syntax", "file.missing") for one in found):
        context = Context(build(files), files)
        for rule in RULES:
            found += rule(context)
    return sorted(dict.fromkeys(found), key=order)


def order(finding: Finding) -> tuple[int, str, int, str]:
    name, _, line = finding.place.rpartition(":")
    return ORDER[finding.severity], name or finding.place, int(line) if line.isdigit() else 0, finding.code
