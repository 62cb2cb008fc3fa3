"""What a form says of itself on a hidden sheet, and the digest that shows whether somebody changed it (D45).

It holds values, never formulas: which assessment, which framework, which items, and what stood in every cell when the
form was issued, so that a form that comes back weeks later changes only what was changed on it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields

from assess.answers import Cell, Json

FORMAT, VERSION = "zhiheng-questionnaire", "1"
CHUNK = 30_000
"""Signs of one cell; a longer text goes on in the next."""
_LISTS = ("items",)


@dataclass(frozen=True, slots=True)
class Identity:
    """`assessment` is the UUID of the document, `package` what the issuing office calls this form, dates are ISO."""

    assessment: str
    framework: str
    framework_version: str
    framework_digest: str
    tier: str
    unit: str = ""
    unit_kind: str = ""
    mode: str = ""
    package: str = ""
    deadline: str = ""
    issued: str = ""
    language: str = "zh"
    items: tuple[str, ...] = ()
    base: Mapping[Cell, Json] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """SHA-256 over every row, in hexadecimal."""
        return digest_of(list(self.rows()))

    @property
    def number(self) -> str:
        """The number printed on every page: 16 digits of the digest in groups of four (D34)."""
        return grouped(self.digest)

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Rows of the hidden sheet but for the digest."""
        yield "format", FORMAT
        yield "version", VERSION
        for spec in fields(self):
            if spec.name == "base":
                continue
            value = getattr(self, spec.name)
            yield spec.name, *_chunks(_told(list(value) if spec.name in _LISTS else value))
        for (item, column), content in sorted(self.base.items()):
            yield "cell", *_chunks(_told([item, column, content]))


def grouped(digest: str) -> str:
    return " ".join(digest[start : start + 4].upper() for start in range(0, 16, 4))


def digest_of(rows: Sequence[Sequence[str]]) -> str:
    """SHA-256 of rows of text; blank cells at the end do not count."""
    lines = ["\x1f".join(_trimmed(row)) for row in rows]
    return hashlib.sha256("\x1e".join(lines).encode()).hexdigest()


def from_rows(rows: Sequence[Sequence[str]]) -> tuple[Identity | None, bool]:
    """The identity of a hidden sheet and whether its digest holds; None where the sheet says nothing to us."""
    kept = [_trimmed(row) for row in rows if row and row[0]]
    told = next((row[1] for row in kept if row[0] == "digest" and len(row) > 1), "")
    content = [row for row in kept if row[0] != "digest"]
    if not any(row[:2] == ["format", FORMAT] for row in content):
        return None, False
    values: dict[str, Json] = {}
    base: dict[Cell, Json] = {}
    sound = digest_of(content) == told
    names = {spec.name for spec in fields(Identity)} - {"base"}
    for row in content:
        try:
            if row[0] == "cell":
                item, column, value = json.loads("".join(row[1:]))
                base[str(item), str(column)] = value
            elif row[0] in names:
                values[row[0]] = _value(row[0], json.loads("".join(row[1:])))
        except (ValueError, TypeError):
            sound = False
    if missing := {"assessment", "framework", "framework_digest"} - set(values):
        return None, not missing
    values.setdefault("framework_version", "")
    values.setdefault("tier", "")
    return Identity(**values, base=base), sound


def _value(name: str, value: Json) -> Json:
    if name in _LISTS:
        return tuple(str(one) for one in value)
    return str(value)


def _trimmed(row: Sequence[str]) -> list[str]:
    out = list(row)
    while out and not out[-1]:
        out.pop()
    return out


def _told(value: Json) -> str:
    """JSON in ASCII, so that no program changes a sign of it; _x0041_ would be taken for an escape of the format."""
    return json.dumps(value, sort_keys=True).replace("_x", "\\u005fx")


def _chunks(text: str) -> list[str]:
    return [text[start : start + CHUNK] for start in range(0, len(text), CHUNK)] or [""]
