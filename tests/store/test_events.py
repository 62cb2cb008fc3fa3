"""Events are named by the SHA-256 of their canonical content."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.store.events import Author, canonical, instant, make, read, stamp, tagged, text, untagged

ME = Author("张三", "市委政法委")
AT = datetime(2026, 3, 1, 8, 30, 15, 123, tzinfo=UTC)
TEXT = st.text(max_size=20)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT.filter(lambda k: k != "$"), inner, max_size=4),
)


def test_the_canonical_content_of_an_answer_is_this_text_and_its_digest_is_the_id():
    event, content = make(
        ME, AT, ("ST1.1", "self"), {"kind": "level", "level": 3}, parents=("b", "a"), action="x", kind="answer"
    )
    assert content == (
        '{"action":"x","at":"2026-03-01T08:30:15.000123Z","author":"张三","column":"self","item":"ST1.1",'
        '"kind":"answer","parents":["a","b"],"role":"filler","unit":"市委政法委",'
        '"value":{"kind":"level","level":{"$":"3"}}}'
    )
    assert event.id == hashlib.sha256(content.encode()).hexdigest()
    assert event.value == {"kind": "level", "level": 3}
    assert event.parents == ("a", "b")


def test_keys_are_ordered_by_utf16_units_as_rfc_8785_says():
    # U+1F600 is a surrogate pair beginning with D83D, below U+FFEE; by code point it would come last.
    assert list(tagged({"\uffee": 1, "😀": 2, "é": 3, "1": 4})) == ["1", "é", "😀", "\uffee"]


def test_the_same_words_composed_and_decomposed_are_one_text():
    assert canonical("e\u0301") == canonical("é")


@pytest.mark.parametrize(
    ("number", "digits"),
    [
        (3, "3"),
        (3.0, "3.0"),
        (85.3, "85.3"),
        (1e22, "10000000000000000000000.0"),
        (1e-7, "0.0000001"),
        (-0.5, "-0.5"),
        (True, None),
    ],
)
def test_numbers_are_decimal_strings_without_exponents(number, digits):
    assert tagged(number) == ({"$": digits} if digits else True)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {"$": 1}, b"x", object()])
def test_what_is_no_value_of_a_document_is_refused(value):
    with pytest.raises(ValueError):
        tagged(value)


@given(VALUES)
def test_a_value_comes_back_as_it_was_in_value_and_kind(value):
    once = untagged(tagged(value))
    assert tagged(once) == tagged(value)
    assert canonical(once) == canonical(value)


def test_integers_and_decimals_stay_what_they_are():
    assert [type(one) for one in untagged(tagged([1, 1.0, True, "1"]))] == [int, float, bool, str]


def test_half_a_surrogate_pair_becomes_the_replacement_character():
    assert text("a\ud800b") == "a\ufffdb"


@given(st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2200, 1, 1)), st.integers(-12, 12))
def test_a_time_keeps_its_microseconds_and_is_written_in_utc(at, hours):
    local = at.replace(tzinfo=timezone(timedelta(hours=hours)))
    assert instant(stamp(local)) == local
    assert stamp(local).endswith("Z")


def test_a_time_without_a_zone_is_a_bug():
    with pytest.raises(ValueError):
        stamp(datetime(2026, 1, 1))


@given(st.text() | st.binary().map(lambda b: b.decode("latin1")))
def test_reading_what_is_no_event_raises_value_error_and_nothing_else(content):
    with pytest.raises(ValueError):
        read("0" * 64, content)


@given(author=TEXT, item=TEXT, column=TEXT, value=VALUES)
def test_every_event_that_can_be_made_can_be_read(author, item, column, value):
    event, content = make(Author(author), AT, (item, column), value, parents=(), action="x", kind="k")
    assert read(event.id, content) == event
