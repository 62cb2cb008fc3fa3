"""What the review looks at first: flags raised by comparing the answer columns of an item (R7)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assess.answers import SCORING_COLUMNS, Answer, Json, Sheet
from assess.framework.model import Framework
from assess.framework.scoring_rules import ColumnFlag
from assess.measure.route import Reading, is_grassroots, read_one
from assess.measure.scales import TOLERANCE

_DIFFERENCE = re.compile(r"abs\((\w+)\.score - (\w+)\.score\) >= ([\d.]+)")
_IS_NA = re.compile(r"(\S+) is NA\b")


def check_first(
    framework: Framework, sheet: Sheet, cells: Mapping[str, Mapping[str, Json]], asked: Mapping[str, Reading]
) -> dict[str, tuple[str, ...]]:
    """Item -> ids of its flags. Scores are those of the answers before evidence caps."""
    out: dict[str, tuple[str, ...]] = {}
    grassroots = is_grassroots(framework, sheet.profile.tier)
    for code in asked:
        given = cells.get(code)
        if given is None:
            continue
        columns = {
            column: read_one(framework, code, column, Answer.from_json(given[column]), sheet.profile.tier, grassroots)
            for column in SCORING_COLUMNS
            if given.get(column) is not None and column != asked[code].column
        }
        chosen = asked[code].column
        if chosen is not None:
            columns[chosen] = asked[code]
        if len(columns) < 2 and asked[code].state != "na":
            continue
        flags = tuple(flag.id for flag in framework.column_flags if _raised(flag, code, columns, asked[code]))
        if flags:
            out[code] = flags
    return out


def _raised(flag: ColumnFlag, code: str, columns: Mapping[str, Reading], in_force: Reading) -> bool:
    """The three conditions a framework may state: a difference of scores, of states, an item not applicable."""
    difference = _DIFFERENCE.search(flag.when)
    if difference is not None:
        one, other = (_score(columns.get(column)) for column in difference.group(1, 2))
        return one is not None and other is not None and abs(one - other) >= float(difference[3]) - TOLERANCE
    if flag.when.startswith("state differs"):
        return len({reading.state for reading in columns.values() if reading.state != "unanswered"}) > 1
    named = _IS_NA.match(flag.when)
    return named is not None and named[1] == code and in_force.state == "na"


def _score(reading: Reading | None) -> float | None:
    return reading.value.score if reading is not None and reading.value is not None else None
