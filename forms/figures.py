"""Numbers as they are shown: rounded half up, only here (R9). Sentences with names set in bold.

A figure that is not there is a dash, never a zero.
"""

from __future__ import annotations

import html
from decimal import ROUND_HALF_UP, Decimal

from assess.language import plain
from forms.words import _, language

DASH = "—"
_OPEN, _CLOSE = "\x02", "\x03"


def figure(value: float | None, decimals: int = 1) -> str:
    """A score or points with fixed decimals, "53.6"; a dash for None. Noise below 1e-9 does not decide a rounding."""
    if value is None:
        return DASH
    exact = Decimal(f"{value:.9f}").quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{exact + 0:f}" if exact else f"{abs(exact):f}"


def percent(share: float | None, decimals: int = 0) -> str:
    """A share 0–1 as "71%" or, with a decimal, "71.0%"; a dash for None."""
    return DASH if share is None else f"{figure(share * 100, decimals)}%"


def signed(value: float | None, decimals: int = 1) -> str:
    """A difference with its sign: "+1.2", "−3.0" (a true minus), "0.0"."""
    if value is None:
        return DASH
    words = figure(abs(value), decimals)
    if not float(words):
        return words
    return f"+{words}" if value > 0 else f"−{words}"


def bold(id: str, /, **values: object) -> str:  # noqa: A002 - gettext's own word
    """A sentence as rich text with its values set in bold and everything escaped."""
    marked = {key: f"{_OPEN}{_plain(str(plain(value, language())))}{_CLOSE}" for key, value in values.items()}
    return rich(_(id, **marked))


def rich(text: str) -> str:
    """Escape a text for a rich label, keeping the marks that `bold` sets."""
    return html.escape(text).replace(_OPEN, "<b>").replace(_CLOSE, "</b>").replace("\n", " ")


def _plain(text: str) -> str:
    return text.replace(_OPEN, "").replace(_CLOSE, "")


def one_line(text: str) -> str:
    """A name on one line: what was typed with a line break stays one name."""
    return " ".join(text.split())
