"""Whatever answers a document holds: written to a form and read back, they are the same, down to the last sign."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assess.answers import Answer, Evidence, Sheet
from assess.framework.read import builtin
from assess.sheets.difference import differences
from assess.sheets.reading import read
from assess.sheets.write import write
from tests.sheets.office import FEW, HOSTILE, ID, PROFILE, framework

TEXT = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=40))
FIGURE = st.one_of(
    st.integers(0, 10**9).map(str),
    st.decimals(0, 10_000, places=3, allow_nan=False, allow_infinity=False).map(str),
    st.sampled_from(("0", "0.85", "1", "85.30", "007")),
)


def answer_of(code: str) -> st.SearchStrategy[Answer]:
    item = framework().indicators[code]
    neither = st.one_of(st.builds(Answer.not_applicable, TEXT), st.builds(Answer.no_data, TEXT))
    confirm = st.sampled_from(("yes", "no", None))
    match item.kind:
        case "level":
            fitting = st.builds(Answer.of_level, st.integers(0, 5), st.sampled_from(((), ("4.1",), ("3.1", "3.2"))))
        case "yesno":
            fitting = st.sampled_from(("yes", "no")).map(Answer.of_choice)
        case "multi":
            fitting = st.sets(st.sampled_from([option.key for option in item.options])).map(Answer.of_ticks)
        case _:
            sure = confirm if item.number.confirmation is not None else st.none()
            fitting = st.one_of(
                st.builds(Answer.of_number, FIGURE, FIGURE, st.none(), sure, TEXT),
                st.builds(Answer.of_number, st.none(), st.none(), FIGURE, sure, TEXT),
                st.builds(Answer.of_number, FIGURE),
            )
    return st.one_of(fitting, neither)


PIECE = st.builds(
    Evidence, id=st.just(""), name=TEXT.filter(str.strip), number=TEXT, date=TEXT, pages=TEXT, place=TEXT,
    grade=st.sampled_from(("", "A", "D")), in_force=st.booleans(), digest=st.sampled_from(("", "ab" * 32)),
)  # fmt: skip


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    cells: dict = {}
    for code in FEW:
        if draw(st.booleans()):
            cells[code, "self"] = draw(answer_of(code)).to_json()
        if draw(st.booleans()):
            cells[code, "note"] = draw(TEXT.filter(bool))
        for number in range(draw(st.integers(0, 2))):
            cells[code, f"evidence/{number:08x}"] = draw(PIECE).to_json()
    return Sheet(PROFILE).with_cells(cells)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(sheet=sheets(), language=st.sampled_from(("zh", "en")))
def test_a_form_nobody_touched_says_what_the_document_says(sheet: Sheet, language: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "表.xlsx"
        identity = write(path, builtin(), sheet, assessment=ID, items=FEW, language=language)
        form = read(path, framework(), ID)
    assert form.standing == "ours"
    assert form.identity == identity
    assert form.answers == sheet.answers()
    assert not form.values
    assert not form.evidence
    assert not form.doubts
    assert not form.findings
    assert not differences(sheet, form)
