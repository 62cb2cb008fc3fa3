"""Help set for a terminal: a Chinese character takes two columns, and Chinese breaks anywhere but before a stop."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

import click

STOPS = "，。；：、！？）》”’】,.;:!?)]"
OPENERS = "（《“‘【("


def wide(text: str) -> int:
    """Columns a text takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def pieces(text: str) -> Iterator[str]:
    """What may stand on a line of its own: a word with the space after it, or one Chinese character with its stops."""
    held = ""
    for sign in text:
        breaks = held and (held[-1] == " " or unicodedata.east_asian_width(sign) in "WF" or wide(held[-1]) == 2)
        if breaks and sign not in STOPS and sign != " " and held[-1] not in OPENERS:
            yield held
            held = ""
        held += sign
    if held:
        yield held


def lines(text: str, width: int) -> list[str]:
    """A paragraph broken into lines of at most `width` columns; a longer word stands alone."""
    found, line = [], ""
    for piece in pieces(text):
        if line and wide(line) + wide(piece.rstrip()) > width:
            found.append(line.rstrip())
            line = ""
        line += piece
    return [*found, line.rstrip()] if line.strip() else found


class WideFormatter(click.HelpFormatter):
    """Help broken by columns of the terminal instead of by characters."""

    def write_text(self, text: str) -> None:
        indent = " " * self.current_indent
        room = max(self.width - self.current_indent, 10)
        parts = [lines(" ".join(part.split()), room) for part in text.split("\n\n")]
        self.write("\n\n".join("\n".join(indent + line for line in part) for part in parts) + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        told_rows = [(first.strip(), second) for first, second in rows]
        first_column = min(max((wide(first) for first, _ in told_rows), default=0), col_max) + col_spacing
        indent = " " * self.current_indent
        room = max(self.width - first_column - self.current_indent, 10)
        for first, second in told_rows:
            told = lines(" ".join(second.split()), room)
            gap = first_column - wide(first)
            if not told:
                self.write(f"{indent}{first}\n")
                continue
            if gap < col_spacing:
                self.write(f"{indent}{first}\n")
                first, gap = "", first_column
            self.write(f"{indent}{first}{' ' * gap}{told[0]}\n")
            for line in told[1:]:
                self.write(f"{indent}{' ' * first_column}{line}\n")


class WideContext(click.Context):
    """A context whose help is set by columns."""

    formatter_class = WideFormatter
