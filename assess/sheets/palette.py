"""Colors and type of a form. The domain may not ask the window for its tokens, so the few that paper needs stand here.

Blue where one may write, sunken for headings, amber for what is to be looked at again: the hues of the light theme. The
blue is paler than on screen, since grey cells on paper mean that nothing belongs there; those that are closed are
clearly darker. No meaning rests on color alone.
"""

from __future__ import annotations

from assess.language import Words

INK, SECOND, THIRD = "1B2428", "46535A", "5A676D"
PAPER, SUNKEN, BAND, CLOSED = "FFFFFF", "EAEDEA", "F4F5F2", "D9DEDB"
WRITE, EDGE = "EDF4F9", "76848A"
WARN, WARN_INK = "FBF0D9", "774700"
BODY, HEAD = Words("宋体", "Arial"), Words("黑体", "Arial")
"""Typefaces that Windows and WPS have; elsewhere the family and the Chinese character set name a stand-in."""

MEASURE, MEASURE_SIZE = "Arial", 10.0
"""Widths of columns are counted in digits of this type: every system has it or one of the same measure (7 pixels)."""
CHARSET = {"zh": 134, "en": 0}
SIZE, SMALL, TITLE, LARGE = 10.5, 9.0, 16.0, 22.0
LINE = {"zh": 1.42, "en": 1.26}
"""Height of a line in sizes: room for stand-in typefaces that are taller than the named ones."""
