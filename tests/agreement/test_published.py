"""Coefficients of agreement as published."""

from __future__ import annotations

from typing import Any

import pytest

from assess.agreement.alpha import krippendorff
from assess.agreement.concordance import kendall
from assess.agreement.intraclass import intraclass
from assess.agreement.kappa import fleiss, kappa
from tests.published_figures import figures


def turned(rows: list[list[Any]]) -> list[list[Any]]:
    return [list(row) for row in zip(*rows, strict=True)]


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
def test_krippendorff_s_own_example(level: Any) -> None:
    book = figures("krippendorff_2011")
    value = krippendorff(book["data"], level).value
    assert value == pytest.approx(book[level], abs=1e-9)
    assert value == pytest.approx(book["published"][level], abs=5e-4)


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("ICC(1,1)", "ICC1"),
        ("ICC(A,1)", "ICC2"),
        ("ICC(C,1)", "ICC3"),
        ("ICC(1,k)", "ICC1k"),
        ("ICC(A,k)", "ICC2k"),
        ("ICC(C,k)", "ICC3k"),
    ],
)
def test_the_six_coefficients_of_shrout_and_fleiss(form: Any, name: str) -> None:
    book = figures("icc_shrout_fleiss_1979")
    value = intraclass(turned(book["data"]), form).value
    assert value == pytest.approx(book["pingouin"][form], abs=1e-9)
    assert value == pytest.approx(book["published"][name], abs=5e-3)


@pytest.mark.parametrize(("weights", "key"), [("none", "None"), ("linear", "linear"), ("quadratic", "quadratic")])
def test_kappa_of_two_raters(weights: Any, key: str) -> None:
    book = figures("kappa")
    assert kappa(book["r1"], book["r2"], weights=weights).value == pytest.approx(book[key], abs=1e-9)
    assert kappa(book["r1"], book["r2"], weights=weights, categories=range(6)).value == pytest.approx(book[key])


def test_fleiss_own_example() -> None:
    book = figures("fleiss_kappa_example")
    value = fleiss(book["data"]).value
    assert value == pytest.approx(book["kappa"], abs=1e-9)
    assert value == pytest.approx(book["published"], abs=5e-3)


def test_kendall_s_w_with_and_without_the_correction_for_ties() -> None:
    book = figures("kendall_W")
    raters = turned(book["data"])
    assert kendall(raters).value == pytest.approx(book["W_ties"], abs=1e-9)
    assert kendall(raters, ties=False).value == pytest.approx(book["W_no_tie_correction"], abs=1e-9)
