"""Weights from principal components of the correlation matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assess.language import Message, say
from assess.problems import Problem
from assess.weighting.result import Step, Weighting, shares
from assess.weighting.sample import Sample, flat_warnings, refuse_all_flat

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FEWEST = 10
POOR = 0.5


def pca(data: Sample, *, explained: float = 0.60, few: bool = False) -> Weighting:
    """w_j = Σ_k (λ_k ÷ Σλ)·u_jk² over the components kept.

    Kept are those with an eigenvalue of at least 1, then more until `explained` is reached. These are squared loadings
    in proportion to the variance each component explains, without rotation: nonnegative, whatever the signs. Components
    with equal eigenvalues are kept or dropped together, since their axes are arbitrary. Constant items get weight 0.
    Fewer than ten units are refused unless `few`; fewer than three always (Problem weights.few).
    """
    count = len(data.units)
    least = 3 if few else FEWEST
    if count < least:
        raise Problem(
            "weights.few",
            say("{count} units are too few for this method, which needs at least {least}.", count=count, least=least),
            say("Add units, or use weights given by experts."),
        )
    refuse_all_flat(data)
    alive = ~data.flat
    values = np.where(data.down, -data.values, data.values)[:, alive]
    correlations = np.atleast_2d(np.corrcoef(values, rowvar=False))
    eigenvalues, vectors = np.linalg.eigh(correlations)
    order = np.argsort(-eigenvalues, kind="stable")
    eigenvalues, vectors = np.maximum(0.0, eigenvalues[order]), vectors[:, order]
    kept = _kept(eigenvalues, explained)
    portions = eigenvalues[:kept] / eigenvalues[:kept].sum()
    raw = np.zeros(len(data.items))
    raw[alive] = (vectors[:, :kept] ** 2) @ portions
    adequacy = kmo(correlations)
    names = tuple(item for item, is_alive in zip(data.items, alive, strict=True) if is_alive)
    weights = shares(data.items, raw.tolist())
    whole = eigenvalues.sum()
    loadings = vectors[:, :kept] * np.sqrt(eigenvalues[:kept])
    loadings = loadings * np.where(loadings.sum(axis=0) < 0, -1.0, 1.0)
    steps = (
        Step(
            say("Components"),
            (say("Component"), say("Eigenvalue"), say("Variance explained"), say("Together"), say("Kept")),
            tuple(
                (str(k + 1), float(value), float(value / whole), float(eigenvalues[: k + 1].sum() / whole),
                 say("yes") if k < kept else say("no"))
                for k, value in enumerate(eigenvalues)
            ),
        ),
        Step(
            say("Loadings of the components kept"),
            (say("Item"), *(str(k + 1) for k in range(kept)), say("Weight")),
            tuple((name, *map(float, row), weights[name]) for name, row in zip(names, loadings, strict=True)),
        ),
    )  # fmt: skip
    figures = {"units": float(count), "components": float(kept), "explained": float(eigenvalues[:kept].sum() / whole)}
    if adequacy is not None:
        figures["kmo"] = adequacy
    falling = ", ".join(item for item in data.items if item in data.falling)
    return Weighting(
        "pca",
        weights,
        {"explained": explained, "falling": falling},
        figures,
        tuple(_warnings(data, adequacy, loadings[:, 0], names)),
        steps,
    )


def _kept(eigenvalues: Floats, explained: float) -> int:
    """How many leading components: Kaiser's rule, then the share of variance, then the whole run of a tie."""
    kept = max(1, int((eigenvalues >= 1.0 - 1e-9).sum()))
    whole = eigenvalues.sum()
    while kept < len(eigenvalues) and eigenvalues[:kept].sum() < explained * whole - 1e-9:
        kept += 1
    while kept < len(eigenvalues) and eigenvalues[kept - 1] - eigenvalues[kept] <= 1e-9:
        kept += 1
    return kept


def kmo(correlations: Floats) -> float | None:
    """Kaiser–Meyer–Olkin measure, Σr² ÷ (Σr² + Σ partial r²) off the diagonal; None where it cannot be computed."""
    size = len(correlations)
    if size < 2 or np.linalg.cond(correlations) > 1e12:
        return None
    inverse = np.linalg.inv(correlations)
    scale = np.sqrt(np.outer(np.diag(inverse), np.diag(inverse)))
    off = ~np.eye(size, dtype=np.bool_)
    simple = float((correlations[off] ** 2).sum())
    partial = float(((inverse / scale)[off] ** 2).sum())
    return simple / (simple + partial) if simple + partial > 0 else None


def _warnings(data: Sample, adequacy: float | None, first: Floats, names: tuple[str, ...]) -> list[Message]:
    out = flat_warnings(data)
    count, width = len(data.units), len(names)
    if count < FEWEST:
        out.append(
            say("Only {count} units: fewer than ten, so these weights are chance and must not be used for a decision.",
                count=count)
        )  # fmt: skip
    if count < 3 * width:
        out.append(
            say("{count} units for {items} items: components are firm from about three units per item.", count=count,
                items=width)
        )  # fmt: skip
    if adequacy is None and width > 1:
        out.append(say("Some items follow exactly from others, so the items' fitness (KMO) cannot be computed."))
    elif adequacy is not None and adequacy < POOR:
        out.append(
            say("The items hardly go together (KMO {kmo}, below 0.5); component weights must not be used.",
                kmo=f"{adequacy:.2f}")
        )  # fmt: skip
    against = [name for name, loading in zip(names, first, strict=True) if loading < -0.3]
    if against:
        out.append(say("These items pull against the others: {items}. Check their direction.", items=against))
    return out
