"""Agreement by hand, at its bounds, and where a coefficient has no meaning."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.agreement.alpha import krippendorff
from assess.agreement.concordance import kendall, second_round, variation
from assess.agreement.intraclass import intraclass
from assess.agreement.kappa import fleiss, kappa
from assess.problems import Problem

EVERY = (krippendorff, intraclass, kendall, lambda rows: kappa(rows[0], rows[1]))


def refused(call) -> str:
    with pytest.raises(Problem) as caught:
        call()
    assert caught.value.sentence("zh") != caught.value.sentence("en")
    return caught.value.code


def test_raters_who_say_the_same_agree_fully() -> None:
    for coefficient in EVERY:
        assert coefficient([[1, 2, 3, 5], [1, 2, 3, 5]]).value == pytest.approx(1.0)


@pytest.mark.parametrize("coefficient", EVERY)
def test_without_variety_there_is_no_value_and_the_meaning_says_why(coefficient) -> None:
    found = coefficient([[3, 3, 3], [3, 3, 3]])
    assert found.value is None
    assert "variety" in found.meaning.render("en")
    assert found.to_json("zh")["meaning"] != found.meaning.render("en")


@pytest.mark.parametrize("coefficient", EVERY)
@given(rows=st.lists(st.lists(st.integers(0, 5), min_size=5, max_size=5), min_size=2, max_size=2))
def test_the_order_of_raters_and_things_does_not_matter_and_1_is_the_most(coefficient, rows) -> None:
    plain = coefficient(rows).value
    raters = coefficient(rows[::-1]).value
    things = coefficient([row[::-1] for row in rows]).value
    assert (plain is None) == (raters is None) == (things is None)
    if plain is not None:
        assert plain <= 1 + 1e-9
        assert raters == pytest.approx(plain, abs=1e-9)
        assert things == pytest.approx(plain, abs=1e-9)


def test_nominal_alpha_by_hand() -> None:
    """Two raters, values ab ab aa: 4 of 6 pairable values sit in disagreeing pairs; 4 a and 2 b.

    α = 1 − (n − 1)·Σ o(a≠b) ÷ Σ n·n = 1 − 5·4 ÷ (2·4·2) = −0.25.
    """
    assert krippendorff([[1, 1, 1], [2, 2, 1]], "nominal").value == pytest.approx(-0.25)


def test_alpha_bears_blanks_and_ignores_what_one_rater_alone_rated() -> None:
    whole = krippendorff([[1, 2, 3, 4], [1, 2, 4, 4]], "interval").value
    with_blank = krippendorff([[1, 2, 3, 4, 5], [1, 2, 4, 4, None]], "interval").value
    assert with_blank == pytest.approx(whole)
    assert refused(lambda: krippendorff([[1, None], [None, 2]])) == "agreement.pairs"


def test_kappa_by_hand() -> None:
    """Two by two with 4, 1, 1, 4: agreement 0.8, chance 0.5, κ = 0.6; for two categories all weights are one."""
    one, other = [0] * 5 + [1] * 5, [0] * 4 + [1] + [0] + [1] * 4
    for weights in ("none", "linear", "quadratic"):
        assert kappa(one, other, weights=weights).value == pytest.approx(0.6)


def test_kappa_wants_every_category_named() -> None:
    assert refused(lambda: kappa([0, 1], [0, 2], categories=[0, 1])) == "agreement.category"
    near = kappa([0, 1, 2], [1, 1, 2], weights="quadratic", categories=range(6)).value
    far = kappa([0, 1, 2], [5, 1, 2], weights="quadratic", categories=range(6)).value
    assert near > far


def test_fleiss_wants_the_same_number_of_raters() -> None:
    assert refused(lambda: fleiss([[2, 0], [1, 2]])) == "agreement.raters"
    assert refused(lambda: fleiss([])) == "agreement.few"
    assert fleiss([[3, 0], [3, 0]]).value is None
    assert fleiss([[3, 0], [0, 3]]).value == pytest.approx(1.0)


def test_consistency_forgives_a_level_and_agreement_does_not() -> None:
    rows = [[1, 2, 3, 4], [3, 4, 5, 6]]
    assert intraclass(rows, "ICC(C,1)").value == pytest.approx(1.0)
    assert intraclass(rows, "ICC(A,1)").value < 0.6


def test_things_that_do_not_differ_leave_nothing_to_agree_on() -> None:
    assert intraclass([[1, 1, 1], [2, 2, 2]], "ICC(C,1)").value is None


def test_kendall_by_hand() -> None:
    """Ranks 123, 123, 132: sums 3, 7, 8 around 6; S = 14; W = 12·14 ÷ (9·24) = 0.7778."""
    found = kendall([[1, 2, 3], [1, 2, 3], [1, 3, 2]])
    assert found.value == pytest.approx(168 / 216)
    assert found.figures["chi_square"] == pytest.approx(3 * 2 * 168 / 216)


def test_variation_by_hand_and_the_second_round() -> None:
    """3, 4, 5: s = 1, mean 4, 0.25: still close enough. 1, 4, 5: s = 2.08, mean 3.33, 0.62."""
    assert variation([3, 4, 5, None]).value == pytest.approx(0.25)
    assert "0.25" in variation([3, 4, 5]).meaning.render("zh")
    assert second_round({"a": [3, 4, 5], "b": [1, 4, 5], "c": [0, 0, 0]}) == ("b",)
    assert variation([0, 0]).value is None
    assert refused(lambda: variation([1])) == "agreement.few"
    assert refused(lambda: variation([-1, 2])) == "agreement.negative"


def test_tables_that_cannot_be_compared_are_refused() -> None:
    assert refused(lambda: kendall([[1, 2], [1]])) == "agreement.shape"
    assert refused(lambda: kendall([[1, 2, 3]])) == "agreement.few"
    assert refused(lambda: kendall([])) == "agreement.few"
    assert refused(lambda: kendall([[1, 2], [1, None]])) == "agreement.blank"
    assert refused(lambda: intraclass([[1, 2], [1, float("inf")]])) == "agreement.blank"


@pytest.mark.parametrize("value", [0.95, 0.85, 0.7, 0.6, 0.45, 0.35, 0.1, -0.2])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_band_has_one_plain_sentence(value: float, language: str) -> None:
    from assess.agreement import alpha, concordance
    from assess.agreement import intraclass as icc
    from assess.agreement import kappa as kappas

    sentences = [
        alpha._meaning(value),
        kappas.meaning(value),
        icc._meaning("ICC(A,1)", value),
        concordance._concord(value),
    ]
    for sentence in sentences:
        shown = sentence.render(language)
        assert f"{value:.2f}" in shown
        assert shown.endswith("。" if language == "zh" else ".")
