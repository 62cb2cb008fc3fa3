"""The one cleaning step that every typed text passes."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from reports import clean
from tests.reports import units


def test_line_ends_become_spaces_and_what_cannot_be_seen_goes():
    assert clean.tidy("甲\r\n乙\t丙\x00\x07\u202e丁\u200d\ufeff") == "甲 乙 丙丁"
    assert clean.tidy("e\u0301") == "\u00e9"
    assert clean.tidy("❤\ufe0f") == "❤"
    assert clean.tidy("\ud800x") == "x"


def test_a_character_of_no_shipped_face_becomes_a_sign_and_is_counted():
    missing: dict[str, int] = {}
    assert clean.substitute("开🎉会🎉", missing) == "开〓会〓"
    assert missing == {"🎉": 2}


def test_rare_characters_of_names_are_kept():
    for char in "圳亳儋硚㙍𡐓〓●○÷≥“”—":
        assert clean.substitute(char) == char


def test_long_runs_of_letters_may_break_and_others_are_left():
    assert clean.breakable("x" * 30).replace("\u200b", "") == "x" * 30
    assert "\u200b" in clean.breakable("x" * 30)
    assert clean.breakable("TA1.3 12345") == "TA1.3 12345"


@given(st.text())
def test_what_is_left_is_one_clean_line(text):
    done = clean.substitute(clean.tidy(text))
    assert all(unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Cn", "Zl", "Zp") for char in done)
    assert all(ord(char) in clean.coverage() or char.isascii() for char in done)
    assert clean.substitute(clean.tidy(done)) == done


def test_every_string_of_a_report_is_reached():
    made = units.sample()
    seen: list[str] = []

    def note(text: str) -> str:
        seen.append(text)
        return text

    assert clean.each_text(made, note) == made
    assert {made.cover.unit, "图1　五个维度得分"} <= set(seen)
    assert any("TA1.3" in text for text in seen)
