"""Names of report files: from unit, kind and date, without what file systems refuse."""

from __future__ import annotations

import re
import unicodedata

from forms.figures import one_line
from forms.words import _

FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?$")
LONGEST = 80


def clean_name(name: str) -> str:
    """A name without its ending that every file system takes: forbidden characters become _, the length is bounded."""
    plain = unicodedata.normalize("NFC", one_line(name))
    kept = "".join(char for char in plain if unicodedata.category(char) not in ("Cc", "Cs", "Cf"))
    kept = FORBIDDEN.sub("_", kept)[:LONGEST].strip(" .")
    if not kept or RESERVED.match(kept):
        kept = f"_{kept}"
    return kept


def default_name(unit: str, date: str) -> str:
    """`<unit>评估报告<date>`, ready for an ending."""
    return clean_name(_("{unit} assessment report {date}", unit=unit, date=date))
