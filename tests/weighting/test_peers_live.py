"""The same inputs through peer libraries, side by side: weights, positions and agreement on random tables."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assess.agreement.intraclass import intraclass
from assess.ranking.scale import cronbach
from assess.ranking.topsis import topsis
from assess.weighting.sample import Sample, sample
from assess.weighting.spread import critic, deviation, entropy

seeds = st.integers(0, 2**32 - 1)


def table(seed: int) -> Sample:
    """10 to 30 units, 3 to 8 items, positive values with two digits; about a third of the items fall."""
    draw = np.random.default_rng(seed)
    units, items = int(draw.integers(10, 31)), int(draw.integers(3, 9))
    names = [f"c{j}" for j in range(items)]
    values = draw.integers(1, 10000, (units, items)) / 100
    return sample([str(i) for i in range(units)], names, values, [name for name in names if draw.random() < 1 / 3])


def numbers(found) -> list[float]:
    return list(found.values())


@pytest.mark.filterwarnings("ignore::UserWarning:pymcdm")
@given(seeds)
@settings(max_examples=25)
def test_pymcdm_returns_the_same_entropy_and_positions(seed: int) -> None:
    import pymcdm as peer

    data = table(seed)
    types = np.where(data.down, -1, 1)
    weights = np.random.default_rng(seed).dirichlet(np.ones(len(data.items)))
    named = dict(zip(data.items, weights, strict=True))
    assert numbers(entropy(data, scaling="none").weights) == pytest.approx(peer.weights.entropy_weights(data.values))
    assert numbers(deviation(data, scaling="none").weights) == pytest.approx(
        peer.weights.standard_deviation_weights(data.values)
    )
    for scaling, function in (
        ("minmax", peer.normalizations.minmax_normalization),
        ("vector", peer.normalizations.vector_normalization),
    ):
        theirs = peer.methods.TOPSIS(function)(data.values, weights, types)
        assert numbers(topsis(data, named, scaling=scaling).scores) == pytest.approx(theirs.tolist())


@pytest.mark.filterwarnings("ignore::UserWarning:skcriteria")
@given(seeds)
@settings(max_examples=10)
def test_scikit_criteria_returns_the_same_weights_and_positions(seed: int) -> None:
    from skcriteria import mkdm
    from skcriteria.agg.topsis import TOPSIS
    from skcriteria.preprocessing import weighters
    from skcriteria.preprocessing.scalers import VectorScaler

    data = table(seed)
    objectives = np.where(data.down, -1, 1).tolist()
    matrix = mkdm(data.values, objectives)
    assert numbers(entropy(data, scaling="none").weights) == pytest.approx(
        weighters.EntropyWeighter().transform(matrix).weights.to_numpy()
    )
    assert numbers(critic(data).weights) == pytest.approx(
        weighters.CRITIC(scale=True).transform(matrix).weights.to_numpy()
    )
    equal = mkdm(data.values, objectives, weights=[1 / len(data.items)] * len(data.items))
    found = TOPSIS().evaluate(VectorScaler(target="matrix").transform(equal))
    assert numbers(topsis(data, scaling="vector").scores) == pytest.approx(found.e_.similarity)


@pytest.mark.filterwarnings("ignore::Warning:pingouin")
@given(seeds)
@settings(max_examples=10)
def test_pingouin_returns_the_same_reliability(seed: int) -> None:
    import pandas as pd
    import pingouin as peer

    data = table(seed)
    turned = np.where(data.down, -data.values, data.values)
    assert cronbach(data).alpha == pytest.approx(peer.cronbach_alpha(pd.DataFrame(turned))[0])
    rows = [
        {"thing": i, "rater": j, "rating": value} for i, row in enumerate(data.values) for j, value in enumerate(row)
    ]
    found = peer.intraclass_corr(pd.DataFrame(rows), targets="thing", raters="rater", ratings="rating")
    assume(len(found) == 6)
    forms = ("ICC(1,1)", "ICC(A,1)", "ICC(C,1)", "ICC(1,k)", "ICC(A,k)", "ICC(C,k)")
    ours = [intraclass(data.values.T.tolist(), form).value for form in forms]
    assert ours == pytest.approx(found["ICC"].tolist())
