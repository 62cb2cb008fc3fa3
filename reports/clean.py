"""The one cleaning step every typed text passes before it is set (D42).

`tidy` makes a string safe to lay out: composed form, no control, bidirectional or invisible characters, one line.
`substitute` puts 〓 where no shipped font has the character and remembers which one stood there.
`each_text` applies a function to every string of a report, wherever it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

FONTS = Path(__file__).parent / "fonts"
SANS, SANS_BOLD = FONTS / "NotoSansSC-Regular.otf", FONTS / "NotoSansSC-Bold.otf"
SERIF, SERIF_BOLD = FONTS / "NotoSerifSC-Regular.otf", FONTS / "NotoSerifSC-Bold.otf"
MISSING = "〓"
LONG_RUN = re.compile(r"[!-~]{24,}")
STEP = 12


def tidy(text: str) -> str:
    """One line of visible text in NFC: line ends and tabs become spaces; controls, directions, joiners go."""
    if text.isascii() and text.isprintable():
        return text
    out: list[str] = []
    for char in unicodedata.normalize("NFC", text):
        if char in "\n\r\t\v\f\x85\u2028\u2029":
            out.append(" ")
            continue
        kind = unicodedata.category(char)
        if kind in ("Cc", "Cf", "Cs", "Cn"):
            continue
        if "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef":
            continue
        out.append(char)
    return re.sub(r" {2,}", " ", "".join(out)).strip()


@cache
def coverage() -> frozenset[int]:
    """Code points that every shipped face draws (regular and bold, sans and serif)."""
    from matplotlib.ft2font import FT2Font

    maps = [set(FT2Font(str(path)).get_charmap()) for path in (SANS, SANS_BOLD, SERIF, SERIF_BOLD)]
    return frozenset(set.intersection(*maps))


def substitute(text: str, missing: dict[str, int] | None = None) -> str:
    """〓 for each character in no shipped font; `missing` counts them by character."""
    if text.isascii():
        return text
    known = coverage()
    if all(ord(char) in known for char in text):
        return text
    out: list[str] = []
    for char in text:
        if ord(char) in known:
            out.append(char)
        else:
            out.append(MISSING)
            if missing is not None:
                missing[char] = missing.get(char, 0) + 1
    return "".join(out)


def breakable(text: str) -> str:
    """Allow a break (zero-width space) after underscores and inside very long runs of Latin letters."""
    text = re.sub(r"(?<=[a-z])_(?=[a-z])", "_\u200b", text)
    return LONG_RUN.sub(lambda run: "\u200b".join(re.findall(f".{{1,{STEP}}}", run.group())), text)


def each_text(value: Any, change: Callable[[str], str]) -> Any:
    """The same value with every string in it changed: dataclasses, tuples, mappings (keys stay)."""
    if isinstance(value, str):
        return change(value)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {spec.name: each_text(getattr(value, spec.name), change) for spec in fields(value)}
        return type(value)(**changed)
    if isinstance(value, tuple):
        return tuple(each_text(item, change) for item in value)
    if isinstance(value, list):
        return [each_text(item, change) for item in value]
    if isinstance(value, Mapping):
        return {key: each_text(item, change) for key, item in value.items()}
    return value
