"""The Human Development Index of 2022 from its four indicators: goalposts, a logarithm, a geometric mean."""

from __future__ import annotations

import numpy as np
import pytest

from assess.index.chain import index
from assess.index.table import read
from forms.cli import main
from tests.index.published import FRAMEWORKS, column, folder, framework, rows


@pytest.fixture(scope="module")
def path():
    return folder("hdi") / "2022.csv"


@pytest.fixture(scope="module")
def found(path):
    chosen = framework("hdi")
    return index(chosen, read(path, chosen))


def test_every_value_is_as_published_to_three_decimals(found, path):
    published = column(path, "hdi_published")
    assert published.size == 193
    assert np.array_equal(np.round(found.total, 3), published)


def test_every_place_is_as_published_on_the_rounded_value(found, path):
    assert np.array_equal(found.ranks(), column(path, "rank_published"))


def test_unrounded_values_are_those_of_an_independent_computation(found):
    by_name = dict(zip(found.data.units, found.total, strict=True))
    assert by_name["Switzerland"] == pytest.approx(0.966523, abs=5e-7)
    assert by_name["Somalia"] == pytest.approx(0.380051, abs=5e-7)


def test_the_command_writes_the_same_figures(path, tmp_path):
    assert main(["index", "--framework", str(FRAMEWORKS / "hdi"), "--data", str(path), "--out", str(tmp_path)]) == 0
    published = {row["iso3"]: row for row in rows(path)}
    scores = {row["code"]: row for row in rows(tmp_path / "scores.csv")}
    ranks = {row["code"]: row for row in rows(tmp_path / "ranks.csv")}
    assert scores.keys() == ranks.keys() == published.keys()
    for code, row in published.items():
        assert round(float(scores[code]["total"]), 3) == float(row["hdi_published"])
        assert int(ranks[code]["rank"]) == float(row["rank_published"])
