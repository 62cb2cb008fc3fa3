"""Why the system refused a file is said in the reader's language, never in the system's own words."""

from __future__ import annotations

import errno
import os

import pytest

from assess.problems import reason


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_every_error_of_the_system_has_its_words_in_both_languages(number: int) -> None:
    words = reason(OSError(number, os.strerror(number)))
    assert not any(sign.isascii() and sign.isalpha() for sign in words.render("zh"))
    assert words.render("en")
    assert os.strerror(number) not in words.render("zh")


def test_an_error_without_a_number_has_words_too() -> None:
    assert reason(OSError("strange")).render("zh") == "系统拒绝了该操作"


def test_no_face_shows_the_words_of_the_system() -> None:
    from pathlib import Path

    root = Path(__file__).resolve().parents[2]
    shown = [
        str(path.relative_to(root))
        for package in ("assess", "reports", "forms")
        for path in (root / package).rglob("*.py")
        if ".strerror" in path.read_text("utf-8")
    ]
    assert shown == []
