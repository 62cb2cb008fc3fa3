"""How wide a text is and how many lines it takes in a column, since no office program fits rows it did not write.

Widths are in ems of the type; a column of width w (in digits of the default type) is w × 7 pixels wide at 96 dpi.
"""

from __future__ import annotations

import re
import unicodedata

PIXELS, POINTS = 7.0, 0.75
INSET = 6.0
"""Pixels at both sides of a cell where no text stands."""
TALLEST = 400.0
"""Points; office programs end a row at 409."""
_PIECES = re.compile(r"[ \t]+|[!-~\u00a1-\u024f]+|.", re.DOTALL)
_NO_START = "，。、；：？！）》」』】〕”’％%…,.;:?!)]}"


def wide(text: str) -> float:
    """The width of one line in ems."""
    return sum(map(_em, text))


def _em(mark: str) -> float:
    if mark < "\u0300":
        if mark.isdigit():
            return 0.55
        if mark.isupper():
            return 0.68
        return 0.3 if mark in " .,;:'!|ijlft()[]" else 0.52
    if unicodedata.combining(mark):
        return 0.0
    return 0.6 if "\u0300" < mark < "\u2000" and unicodedata.east_asian_width(mark) in "NH" else 1.0


def room(width: float, size: float) -> float:
    """Ems that fit into one line of a column of this width with type of this size in points."""
    return max(1.0, (width * PIXELS - INSET) * POINTS / size)


def lines(text: str, width: float, size: float) -> list[str]:
    """The text as it breaks: Chinese anywhere but before closing marks, other words at blanks."""
    most = room(width, size)
    out: list[str] = []
    for paragraph in text.split("\n"):
        line, filled = "", 0.0
        for piece in _PIECES.findall(paragraph):
            needs = wide(piece)
            if filled + needs > most and line and not (piece in _NO_START and filled + needs <= most + 1):
                if piece.isspace():
                    out.append(line + piece)
                    line, filled = "", 0.0
                    continue
                out.append(line)
                line, filled = "", 0.0
            while needs > most:
                cut = max(1, int(len(piece) * most / needs))
                out.append(line + piece[:cut])
                line, filled, piece = "", 0.0, piece[cut:]
                needs = wide(piece)
            line, filled = line + piece, filled + needs
        out.append(line)
    return out


def height(count: int, size: float, leading: float) -> float:
    """Points that so many lines need, with air above and below."""
    return min(TALLEST, count * size * leading + 7.0)
