"""The few marks the pages of the guide use, as rich text of Qt: headings, paragraphs, lists, tables, pictures, links.

`**bold**`, `` `key` ``, `[words](topic)`, `![words](picture)`. Everything else is text and is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from forms.theme import theme

BOLD = re.compile(r"\*\*(.+?)\*\*")
KEY = re.compile(r"`(.+?)`")
LINK = re.compile(r"(?<!!)\[(.+?)\]\((.+?)\)")
PICTURE = re.compile(r"!\[(.*?)\]\((.+?)\)")
POINT = re.compile(r"(?:[-*]|(\d+)\.) +(.*)")
MARKS = re.compile(r"\*\*|`|^#+ |!?\[|\]\(.*?\)|^\|[-| ]+\|$|^\| | \|$", re.MULTILINE)


def pictures(text: str) -> tuple[str, ...]:
    """Names of the pictures a page refers to."""
    return tuple(found[1] for found in PICTURE.findall(text))


def links(text: str) -> tuple[str, ...]:
    """Where the links of a page lead."""
    return tuple(found[1] for found in LINK.findall(text))


def plain(text: str) -> str:
    """The text without marks, one line for each line, for searching."""
    return re.sub(r"^[-*] +|[|]", " ", MARKS.sub("", PICTURE.sub("", text)), flags=re.MULTILINE)


def to_html(text: str, *, scale: float = 1.0, width: int = 0) -> str:
    """Rich text in the colors of the theme. `scale` enlarges the letters, `width` is the room for pictures."""
    look = theme()
    size = round(look.face("body")[0] * scale)

    def px(times: float) -> int:
        return round(size * times)

    def heading(level: int, words: str) -> str:
        grow = {1: 1.55, 2: 1.2}.get(level, 1.05)
        return (
            f'<h{level} style="font-size:{px(grow)}px;font-weight:700;margin-top:{px(0.3 if level == 1 else 1.2)}px;'
            f'margin-bottom:{px(0.5)}px;color:{look.hex("text")}">{_inline(words)}</h{level}>'
        )

    out = [f'<div style="font-size:{size}px;line-height:160%;color:{look.hex("text")}">']
    for kind, lines in _blocks(text):
        if kind == "heading":
            marks, words = lines[0].split(" ", 1)
            out.append(heading(len(marks), words))
        elif kind == "picture":
            words, name = PICTURE.findall(lines[0])[0]
            wide = f' width="{width}"' if width else ""
            out.append(
                f'<p style="margin-top:{px(0.6)}px;margin-bottom:0"><img src="{escape(name)}?{width}"{wide}></p>'
            )
            out.append(
                f'<p style="margin-top:2px;margin-bottom:{px(0.9)}px;font-size:{px(0.9)}px;'
                f'color:{look.hex("text_2")}">{_inline(words)}</p>'
            )
        elif kind in ("ol", "ul"):
            items = "".join(f'<li style="margin-bottom:{px(0.35)}px">{_inline(line)}</li>' for line in lines)
            out.append(f'<{kind} style="margin-top:0;margin-bottom:{px(0.7)}px">{items}</{kind}>')
        elif kind == "table":
            out.append(_table(lines))
        else:
            out.append(f'<p style="margin-top:0;margin-bottom:{px(0.7)}px">{_inline(" ".join(lines))}</p>')
    return "".join([*out, "</div>"])


def _blocks(text: str) -> Iterator[tuple[str, list[str]]]:
    """Runs of lines of one kind; an empty line ends a run."""
    run: list[str] = []
    kind = ""
    for line in [*text.splitlines(), ""]:
        point = POINT.fullmatch(line)
        if not line.strip():
            now, words = "", ""
        elif line.startswith("#"):
            now, words = "heading", line
        elif PICTURE.fullmatch(line.strip()):
            now, words = "picture", line.strip()
        elif point:
            now, words = ("ol" if point[1] else "ul"), point[2]
        elif line.startswith("|"):
            now, words = "table", line
        else:
            now, words = "text", line
        if run and (now != kind or now in ("heading", "picture")):
            yield kind, run
            run = []
        kind = now
        if now:
            run.append(words)


def _table(lines: list[str]) -> str:
    look = theme()
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    rows = [row for row in rows if any(cell.strip("-: ") for cell in row)]
    out = ['<table cellspacing="0" cellpadding="6" style="margin-bottom:12px">']
    for place, row in enumerate(rows):
        ground = f' bgcolor="{look.hex("sunken")}"' if place == 0 else ""
        tag = "th" if place == 0 else "td"
        cells = "".join(f'<{tag} align="left">{_inline(cell)}</{tag}>' for cell in row)
        out.append(f"<tr{ground}>{cells}</tr>")
    return "".join([*out, "</table>"])


def _inline(words: str) -> str:
    look = theme()
    text = escape(words)
    text = BOLD.sub(r"<b>\1</b>", text)
    text = KEY.sub(
        rf'<span style="background-color:{look.hex("sunken")};color:{look.hex("text")};font-weight:700">'
        r"&nbsp;\1&nbsp;</span>",
        text,
    )
    return LINK.sub(lambda found: f'<a href="{found[2]}" style="color:{look.hex("primary_text")}">{found[1]}</a>', text)
