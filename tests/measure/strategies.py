"""Sheets of the small framework with anything in them, for properties."""

from __future__ import annotations

from hypothesis import strategies as st

from assess.answers import Answer
from tests.measure.small import PIECE, SMALL, sheet

REASONS = st.sampled_from(["", "没有这项业务", "=1+1"])
GAPS = st.one_of(REASONS.map(Answer.not_applicable), REASONS.map(Answer.no_data))


def answers(code: str) -> st.SearchStrategy[Answer | None]:
    """Any answer to one item, absent ones and faulty numbers included."""
    kind = SMALL.indicators[code].kind
    given: st.SearchStrategy[Answer]
    if kind == "level":
        given = st.integers(0, 5).map(Answer.of_level)
    elif kind == "yesno":
        given = st.sampled_from(["yes", "no"]).map(Answer.of_choice)  # type: ignore[arg-type]
    elif kind == "multi":
        given = st.sets(st.sampled_from("pqrs")).map(Answer.of_ticks)
    else:
        given = st.builds(
            lambda upper, lower, confirm, source: Answer.of_number(str(upper), str(lower), None, confirm, source),
            st.integers(-1, 110),
            st.integers(0, 110),
            st.sampled_from(["yes", "no", None]),
            st.sampled_from(["", "台账"]),
        )
    return st.one_of(st.none(), given, given, given, GAPS)


@st.composite
def sheets(draw, modes=("formal", "self", "training")):
    """A sheet in any mode: answers in two columns, evidence here and there, approvals, lifted skips."""
    mode = draw(st.sampled_from(modes))
    one = sheet({code: draw(answers(code)) for code in SMALL.indicators}, mode)
    cells: dict[tuple[str, str], object] = {}
    for code in SMALL.indicators:
        review = draw(st.one_of(st.none(), answers(code)))
        if review is not None:
            cells[code, "review"] = review.to_json()
        if draw(st.booleans()):
            cells[code, "evidence/1"] = PIECE
        for flag in ("na_approved", "skip_lifted"):
            if draw(st.booleans()):
                cells[code, flag] = True
    return one.with_cells(cells)
