"""The GovTech Maturity Index of three years: the mean of four components, and bands with their lower bound."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from assess.index.chain import index
from assess.index.table import read
from tests.index.published import column, folder, framework, rows

YEARS = {"2020": 198, "2022": 198, "2025": 197}


def found_in(year):
    path = folder("gtmi") / f"{year}.csv"
    chosen = framework("gtmi")
    return path, index(chosen, read(path, chosen))


@pytest.mark.parametrize("year", YEARS)
def test_every_value_is_as_published(year):
    path, found = found_in(year)
    assert found.data.rows == YEARS[year]
    assert np.abs(found.total - column(path, "gtmi")).max() < 1e-15


@pytest.mark.parametrize("year", YEARS)
def test_every_band_is_as_published(year):
    path, found = found_in(year)
    assert ["?DCBA"[level] for level in found.stages] == [row["grp"] for row in rows(path)]


def test_the_bands_of_2022_hold_as_many_as_were_counted():
    _, found = found_in("2022")
    assert Counter("?DCBA"[level] for level in found.stages) == {"A": 69, "B": 46, "C": 53, "D": 30}
