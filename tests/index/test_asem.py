"""Sustainable connectivity of 51 countries: every stage of the chain, every variant, and how firm the places are."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import pytest

from assess.framework.index_rules import Scaling
from assess.framework.model import Framework
from assess.index.chain import index, layout_of
from assess.index.data import Data
from assess.index.result import Index, Variant
from assess.index.robust import robust
from assess.index.sensitivity import sensitivity
from assess.index.steps import stages
from assess.index.table import read
from tests.index.published import column, folder, framework, number, rows

NODES = ("Conn", "Sust", "Physical", "ConEcFin", "Political", "Instit", "P2P", "Environ", "Social", "SusEcFin")
ONE_TO_HUNDRED = ('scale = "minmax", range = [0, 100]', 'scale = "minmax", range = [1, 100]')
AVERAGES = {"amean": "weighted_mean", "gmean": "geometric", "hmean": "harmonic"}
NORMALISED = {
    "borda": Scaling("borda"),
    "dist2max": Scaling("to_best", 0, 1),
    "fracmax": Scaling("share_of_best", 0, 1),
    "minmax": Scaling("minmax"),
    "prank": Scaling("percent_rank", 0, 1),
    "rank": Scaling("rank"),
    "scaled": Scaling("given"),
    "zscore": Scaling("zscore"),
}
VARIANTS = {
    "minmax_1_100": Scaling("minmax", 1, 100),
    "zscore_10_2": Scaling("zscore", center=10, spread=2),
    "a_amean": "weighted_mean",
    "a_gmean": "geometric",
}


@cache
def whole() -> tuple[Framework, Data]:
    chosen = framework("asem")
    return chosen, read(folder("asem") / "indicators.csv", chosen)


@cache
def raw(average: str = "weighted_mean") -> tuple[Framework, Data]:
    """The framework without denominators, imputation and treatment, on 1 to 100."""
    text = framework("asem").sources["framework.toml"]
    lines = re.findall(r', divide_by = "\w+"', text)
    changes = [(line, "") for line in dict.fromkeys(lines)]
    changes += [('impute = "group_mean"\ngroup = "EurAsia_group"\n', ""), ("outliers = {", "# "), ONE_TO_HUNDRED]
    changes.append(('aggregation = "weighted_mean"\n', f'aggregation = "{average}"\n'))
    chosen = framework("asem", *changes)
    return chosen, read(folder("asem") / "indicators.csv", chosen)


def published(name: str) -> dict[str, dict[str, str]]:
    return {row["uCode"]: row for row in rows(folder("asem") / f"{name}.csv")}


def worst(name: str, data: Data, columns: dict[str, np.ndarray], relative: bool = True) -> float:
    """The largest difference from the published table; missing on one side only is endless."""
    table = published(name)
    assert len(table) == data.rows == 51
    largest = 0.0
    for code, values in columns.items():
        for unit, value in zip(data.codes, values, strict=True):
            expected = number(table[unit][code])
            if np.isnan(expected) != np.isnan(value):
                return float("inf")
            if not np.isnan(expected):
                largest = max(largest, abs(expected - value) / (max(1.0, abs(expected)) if relative else 1.0))
    return largest


def nodes_of(found: Index) -> dict[str, np.ndarray]:
    return {**{code: found.of(code) for code in NODES}, "Index": found.total}


def ranks_of(found: Index) -> dict[str, np.ndarray]:
    return {**{code: found.ranks(code) for code in NODES}, "Index": found.ranks()}


@pytest.mark.parametrize(
    ("name", "stage"),
    [("denominated", "denominated"), ("imputed", "imputed"), ("treated", "treated"), ("normalised", "scores")],
)
def test_every_cell_of_every_stage_is_as_published(name, stage):
    chosen, data = whole()
    found = getattr(stages(chosen, data), stage)
    columns = dict(zip(layout_of(chosen).leaves, found, strict=True))
    assert len(columns) == 49
    assert worst(f"stage_{name}", data, columns) < 1e-12


def test_every_aggregate_is_as_published():
    chosen, data = whole()
    found = index(chosen, data)
    assert worst("stage_aggregated", data, nodes_of(found)) < 1e-12


def test_the_arithmetic_results_and_their_places_are_as_published():
    chosen, data = whole()
    found = index(chosen, data)
    assert worst("results_arithmetic", data, nodes_of(found), relative=False) < 5.1e-11  # printed with ten decimals
    assert worst("results_arithmetic", data, {"Rank": found.ranks()}) == 0
    by_code = dict(zip(data.codes, found.total, strict=True))
    assert by_code["CHE"] == pytest.approx(68.383724, abs=5e-7)
    assert by_code["RUS"] == pytest.approx(35.655545, abs=5e-7)


def test_the_geometric_results_and_their_places_are_as_published():
    _, data = whole()
    changed = framework("asem", ONE_TO_HUNDRED, ('aggregation = "weighted_mean"\n', 'aggregation = "geometric"\n'))
    found = index(changed, data)
    assert worst("results_geometric_1_100", data, nodes_of(found)) < 1e-12
    assert worst("ranks_geometric_1_100", data, ranks_of(found)) == 0


@pytest.mark.parametrize("name", AVERAGES)
def test_the_three_means_of_untreated_data_and_their_places_are_as_published(name):
    chosen, data = raw(AVERAGES[name])
    found = index(chosen, data)
    items = {code: found.of(code) for code in layout_of(chosen).leaves}
    assert worst("untreated_normalised_1_100", data, items) < 1e-12
    assert worst(f"untreated_results_{name}", data, nodes_of(found)) < 1e-12
    assert worst(f"untreated_ranks_{name}", data, ranks_of(found)) == 0


@pytest.mark.parametrize("name", NORMALISED)
def test_the_eight_scales_are_as_published(name):
    chosen, data = raw()
    found = stages(chosen, data, variant=Variant(scale=NORMALISED[name])).scores
    columns = dict(zip(layout_of(chosen).leaves, found, strict=True))
    if name == "fracmax":
        # The best of these two is 0, so that no share of it exists: the published column is endless, ours is empty.
        for code in ("CostImpEx", "Tariff", "TBTs", "Poverty"):
            if np.isnan(columns[code]).all():
                assert not any(np.isfinite(number(row[code])) for row in published(f"normalised_{name}").values())
                del columns[code]
        assert len(columns) >= 45
    if name in ("rank", "borda", "prank"):
        # The published file holds 15 digits, in which two values of TolMin that ranked apart are the same.
        equal = data.values[data.items.index("TolMin")]
        table = published(f"normalised_{name}")
        theirs = np.array([number(table[code]["TolMin"]) for code in data.codes])
        different = np.flatnonzero(np.abs(theirs - columns["TolMin"]) > 1e-12)
        assert all(np.count_nonzero(equal == equal[row]) > 1 for row in different)
        del columns["TolMin"]
    assert worst(f"normalised_{name}", data, columns) < 1e-12


def test_the_figures_of_the_treatment_are_as_published():
    chosen, data = whole()
    treated = stages(chosen, data).treatments
    table = {row["iCode"]: row for row in rows(folder("asem") / "treatment.csv")}
    assert table.keys() == treated.keys()
    for code, row in table.items():
        found = treated[code]
        assert found.before == pytest.approx(
            (float(row["check_SkewKurt0.Skew"]), float(row["check_SkewKurt0.Kurt"])), abs=1e-12, rel=1e-12
        )
        assert (found.change == "none") == (row["check_SkewKurt0.Pass"] == "TRUE")
        if found.change != "none":
            moved = np.flatnonzero(found.values != stages(chosen, data).imputed[layout_of(chosen).index[code]])
            assert (found.change, moved.size) == ("winsorised", int(row["winsorise.nwin"]))


def test_twenty_variants_of_limit_scale_and_aggregation_are_as_published():
    chosen, data = whole()
    table = rows(folder("asem") / "variants20.csv")
    assert len(table) == 1020
    found: dict[tuple[str, str, str], dict[str, float]] = {}
    for row in table:
        key = (row["winmax"], row["norm"], row["agg"])
        if key not in found:
            variant = Variant(most=int(key[0]), scale=VARIANTS[key[1]], aggregation=VARIANTS[key[2]])
            found[key] = dict(zip(data.codes, index(chosen, data, variant=variant).total, strict=True))
        assert found[key][row["uCode"]] == pytest.approx(float(row["Index"]), abs=1e-12, rel=1e-13)
    assert len(found) == 20


def weight_sets(chosen: Framework) -> np.ndarray:
    layout = layout_of(chosen)
    sets = np.tile(np.array(layout.weights), (100, 1))
    for row in rows(folder("asem") / "weights_100.csv"):
        code = "total" if row["iCode"] == "Index" else row["iCode"]
        sets[int(row["rep"]) - 1, layout.index[code]] = float(row["Weight"])
    return sets


@pytest.mark.parametrize("given", [True, False], ids=["their hundred weight sets", "weights moved by a quarter"])
def test_places_over_a_thousand_draws_are_as_published_within_chance(given):
    chosen, data = whole()
    found = robust(chosen, data, 1000, 2, weight_sets=weight_sets(chosen) if given else None)
    table = published("uncertainty_1000_rank_statistics")
    for key, ours, most, mean in (
        ("Mean", found.mean, 0.6, 0.15),
        ("Median", found.median, 2, 0.25),
        ("Q5", found.low, 1, 0.25),
        ("Q95", found.high, 1.5, 0.35),
    ):
        apart = np.abs(ours - np.array([float(table[code][key]) for code in data.codes]))
        assert apart.max() <= most
        assert apart.mean() <= mean


def test_the_sobol_indices_of_the_four_assumptions_are_as_published():
    chosen, data = whole()
    found = sensitivity(chosen, data, 8192, 1, weight_sets=weight_sets(chosen))
    published_first = {"winsorise": 0.035, "scales": 0.074, "weights": 0.122, "aggregations": 0.561}
    published_total = {"winsorise": 0.057, "scales": 0.248, "weights": 0.204, "aggregations": 0.729}
    assert found.first == pytest.approx(published_first, abs=0.03)
    assert found.total == pytest.approx(published_total, abs=0.03)


def test_the_raw_table_has_the_gaps_and_the_framework_the_directions_it_is_said_to_have():
    chosen, data = whole()
    assert np.count_nonzero(np.isnan(data.values)) == 63
    downward = [item for item in chosen.indicators.values() if item.number and item.number.direction == "down"]
    assert len(downward) == 14
    assert column(folder("asem") / "indicators.csv", "LPI").size == 51
