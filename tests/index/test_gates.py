"""Stages of a table are those of documents with the same answers."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.answers import Answer, Profile, Sheet
from assess.framework.read import from_sources
from assess.index.chain import index
from assess.index.data import ANSWERED, NO_DATA, NOT_APPLICABLE, UNANSWERED, Data
from assess.measure.score import score

LEVELS = "".join(f'[[indicator.level]]\nlevel = {level}\nzh = "{level}"\nen = "{level}"\n' for level in range(6))
ITEMS = "".join(
    f'[[indicator]]\ncode = "{code}"\nkind = "level"\nkey = {key}\nname = {{ zh = "题", en = "item" }}\n'
    f'[indicator.not_applicable]\nwhen.zh = "没有"\nwhen.en = "none"\n{LEVELS}'
    for code, key in (("A.1", "true"), ("A.2", "false"), ("B.1", "true"), ("B.2", "true"), ("C.1", "false"))
)
NODES = "".join(f'[[node]]\ncode = "{code}"\nname = {{ zh = "组", en = "group" }}\n' for code in "ABC")
GATES = """[[stage]]
level = 1
zh = "一"
en = "one"
min = 0
max = 30
[[stage]]
level = 2
zh = "二"
en = "two"
min = 30
max = 60
[[stage.gate]]
id = "G1"
type = "coverage"
zh = "甲"
en = "a"
min = 0.6
[[stage.gate]]
id = "G2"
type = "dimension_floor"
zh = "乙"
en = "b"
min = 40
count = 2
[[stage]]
level = 3
zh = "三"
en = "three"
min = 60
max = 100
max_inclusive = true
[[stage.gate]]
id = "G3"
type = "key_floor"
zh = "丙"
en = "c"
min_score = 60
min_share = 0.6
[[stage.gate]]
id = "G4"
type = "indicator_floor"
zh = "丁"
en = "d"
indicators = ["A.1", "C.1"]
min_score = 40
[[stage.gate]]
id = "G5"
type = "dimension_floor"
zh = "戊"
en = "e"
min = 50
"""
FRAMEWORK = from_sources({"framework.toml": f'code = "x"\ntitle = {{ zh = "甲", en = "x" }}\n{GATES}{NODES}{ITEMS}'})
CODES = tuple(FRAMEWORK.indicators)
CELL = st.one_of(st.integers(0, 5), st.integers(3, 5), st.sampled_from(["na", "nd", ""]))


def answer(cell):
    match cell:
        case "na":
            return Answer.not_applicable("没有")
        case "nd":
            return Answer.no_data("没有")
        case _:
            return Answer.of_level(cell)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(*[CELL] * 5), min_size=1, max_size=4), st.sampled_from(["self", "formal"]))
def test_score_band_held_stage_and_coverage_are_those_of_a_document(rows, mode):
    kinds = {"na": NOT_APPLICABLE, "nd": NO_DATA, "": UNANSWERED}
    states = np.array([[kinds.get(cell, ANSWERED) for cell in row] for row in rows], dtype=np.int8).T
    values = np.array([[np.nan if isinstance(cell, str) else cell * 20.0 for cell in row] for row in rows]).T
    names = tuple(f"u{row}" for row in range(len(rows)))
    found = index(FRAMEWORK, Data(names, names, CODES, values, states), mode=mode)
    for row, cells in enumerate(rows):
        given_cells = {
            (code, "self"): answer(cell).to_json() for code, cell in zip(CODES, cells, strict=True) if cell != ""
        }
        document = score(FRAMEWORK, Sheet(Profile("甲", tier="市", mode=mode), given_cells))
        node = document.nodes["total"]
        assert (node.score is None) == bool(np.isnan(found.total[row]))
        if node.score is not None:
            assert node.score == found.total[row]
        if node.coverage is not None:
            assert abs(node.coverage - found.coverage["total"][row]) < 1e-12
        if document.graded is None:
            continue  # a document without one dimension has no total; a table says by its coverage what is missing
        assert found.stages[row] == (document.score_stage.level if document.score_stage else 0)
        assert found.held[row] == (document.gated_stage.level if document.gated_stage else 0)
