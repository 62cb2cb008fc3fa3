"""Colors, patterns and typefaces of the drawings: the print values of the design tokens.

The window reads the same values from its token file; a test keeps the two equal.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from reports import clean

TEXT, TEXT_2, TEXT_3 = "#1B2428", "#46535A", "#5A676D"
BORDER, EDGE, SUNKEN = "#D3D9D6", "#76848A", "#EAEDEA"
SELF, MEDIAN, PEERS = "#1A5580", "#6A5530", "#8A9599"
GRID, AXIS, GATE = "#DDE2E0", "#76848A", "#A3261E"
FILL = ("#FFFFFF", "#ECE1BA", "#B5C98F", "#7DB3A0", "#2F7893", "#16466F")
ON = ("#46535A", "#1B2428", "#1B2428", "#1B2428", "#FFFFFF", "#FFFFFF")
INK = ("#76848A", "#A08C45", "#6F8B45", "#3C7965", "#103F52", "#0D2E4B")
# Denser than the names of the tokens, because a tile of matplotlib is an inch wide.
HATCH = ("", "..", "////", "xxxx", "----", "")

# Each color of a drawing and its name on a screen that may be dark; black and white are never used bare.
NAMES: dict[str, str] = {
    TEXT: "text",
    TEXT_2: "text-2",
    TEXT_3: "text-3",
    BORDER: "border",
    EDGE: "edge",
    SUNKEN: "sunken",
    SELF: "self",
    MEDIAN: "median",
    PEERS: "peers",
    GRID: "grid",
    GATE: "gate",
    "#FEFEFE": "panel",
    **{fill: f"fill-{level}" for level, fill in enumerate(FILL)},
    **{ink: f"ink-{level}" for level, ink in enumerate(INK) if level},
}
PANEL = "#FEFEFE"


@cache
def face(bold: bool = False, serif: bool = False) -> Any:
    """FontProperties of a shipped face, by file, so that no font of the machine is ever used."""
    from matplotlib.font_manager import FontProperties

    path = (clean.SERIF_BOLD if bold else clean.SERIF) if serif else (clean.SANS_BOLD if bold else clean.SANS)
    return FontProperties(fname=str(path))
