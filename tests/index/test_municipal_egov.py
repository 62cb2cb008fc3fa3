"""E-government of municipalities in three waves: weighted yes/no items, blanks without a score, many ties."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from assess.index.chain import index
from assess.index.table import read
from tests.index.published import column, folder, framework

WAVES = {
    "2016": ("municipal-egov-2016", 188, 27),
    "2019": ("municipal-egov", 337, 33),
    "2021": ("municipal-egov", 333, 31),
}


def found_in(wave):
    path = folder("municipal-egov") / f"{wave}.csv"
    chosen = framework(WAVES[wave][0])
    return path, index(chosen, read(path, chosen))


@pytest.mark.parametrize("wave", WAVES)
def test_every_score_is_as_published_and_the_unscored_have_none(wave):
    path, found = found_in(wave)
    published = column(path, "score_published")
    scores = found.of("points" if wave == "2016" else "total")
    assert np.array_equal(scores, published, equal_nan=True)
    assert np.count_nonzero(~np.isnan(scores)) == WAVES[wave][1]


def test_the_first_wave_on_the_scale_of_the_later_ones():
    path, found = found_in("2016")
    assert np.nanmax(np.abs(found.total - column(path, "score_rescaled_published"))) < 1e-14


@pytest.mark.parametrize("wave", WAVES)
def test_ties_share_a_place_and_are_counted(wave):
    _, found = found_in(wave)
    ranks, shared = found.ranks(), found.shared()
    counted = Counter(rank for rank in ranks.tolist() if rank)
    assert len(counted) == WAVES[wave][2]
    assert all(shared[row] == counted[rank] for row, rank in enumerate(ranks.tolist()) if rank)
    place = 1
    for rank in sorted(counted):
        assert rank == place
        place += counted[rank]


def test_the_best_and_the_last_of_2019():
    _, found = found_in("2019")
    names = np.array(found.data.units)
    assert set(names[found.ranks() == 1]) == {"El Quisco", "Vitacura", "Las Condes"}
    assert found.total[found.ranks() == 1].tolist() == [9.0] * 3
    assert names[np.nanargmin(found.total)] == "Treguaco"
    assert np.nanmin(found.total) == 0.25


def test_a_unit_without_a_score_has_no_place():
    _, found = found_in("2016")
    unscored = np.isnan(found.total)
    assert unscored.sum() == 345 - 188
    assert not found.ranks()[unscored].any()
