"""What each way of weighting is called, its formula and source, and when it must not be used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from assess.language import Message, say

Method = Literal[
    "given", "equal", "budget", "ahp", "entropy", "critic", "deviation", "pca", "linear", "multiplicative", "game"
]


@dataclass(frozen=True, slots=True)
class About:
    """One method: `limits` says in words when it must not be used; `source` is a citation and is not translated."""

    name: Message
    formula: Message
    source: str
    limits: Message


METHODS: Mapping[Method, About] = {
    "given": About(
        say("Weights as given"),
        say("wⱼ = gⱼ ÷ Σg"),
        "OECD/JRC 2008, Handbook on Constructing Composite Indicators, §6",
        say("Not to be used where nobody can say who set the weights and why."),
    ),
    "equal": About(
        say("Equal weights"),
        say("wⱼ = 1 ÷ n"),
        "OECD/JRC 2008, Handbook on Constructing Composite Indicators, §6",
        say("Not to be used where several items measure the same thing: it would count several times."),
    ),
    "budget": About(
        say("Budget allocation by experts"),
        say("wⱼ = mean over experts of (points given to j ÷ points of the expert)"),
        "OECD/JRC 2008, Handbook on Constructing Composite Indicators, §6",
        say("Not to be used with more than about twelve items at once: nobody can spread points over so many with "
            "care. Split the items into groups."),
    ),
    "ahp": About(
        say("Analytic hierarchy process (AHP)"),
        say("A·w = λmax·w; CI = (λmax − n) ÷ (n − 1); CR = CI ÷ RI; experts are joined by the geometric mean of their "
            "judgments"),
        "Saaty 1980, The Analytic Hierarchy Process; Crawford & Williams 1985; Aczél & Saaty 1983; Harker 1987; "
        "Bozóki, Fülöp & Rónyai 2010",
        say("Not to be used when the consistency ratio is 0.10 or more, nor with more than about nine items in one "
            "matrix. Matrices of several experts are never averaged arithmetically."),
    ),
    "entropy": About(
        say("Entropy weights"),
        say("pᵢⱼ = xᵢⱼ ÷ Σᵢxᵢⱼ; eⱼ = −Σᵢ pᵢⱼ·ln pᵢⱼ ÷ ln m, with 0·ln 0 = 0; wⱼ = (1 − eⱼ) ÷ Σ(1 − e)"),
        "Shannon 1948; Hwang & Yoon 1981, Multiple Attribute Decision Making",
        say("Not to be used with fewer than ten units (twenty are advised) nor across years: adding a unit changes "
            "every weight. A high entropy weight says that units differ, not that the item matters."),
    ),
    "critic": About(
        say("CRITIC weights"),
        say("Cⱼ = σⱼ·Σₖ(1 − rⱼₖ) on values scaled to 0–1; wⱼ = Cⱼ ÷ ΣC"),
        "Diakoulaki, Mavrotas & Papayannakis 1995, Computers & Operations Research 22(7)",
        say("Not to be used with fewer than ten units: correlations of so few are chance. It rewards items that go "
            "against the others, also where that comes from faulty data."),
    ),
    "deviation": About(
        say("Standard deviation weights"),
        say("wⱼ = σⱼ ÷ Σσ on values scaled to 0–1"),
        "Diakoulaki, Mavrotas & Papayannakis 1995, Computers & Operations Research 22(7)",
        say("Not to be used with fewer than ten units, nor where one outlying unit sets the range of an item."),
    ),
    "pca": About(
        say("Principal component weights"),
        say("wⱼ = Σₖ (λₖ ÷ Σλ)·uⱼₖ² over the components kept; λₖ, uₖ are eigenvalues and unit eigenvectors of the "
            "correlation matrix"),
        "OECD/JRC 2008, Handbook on Constructing Composite Indicators, §6; Kaiser 1960; Kaiser & Rice 1974",
        say("Not to be used where items hardly go together (KMO below 0.5) or where units are not clearly more than "
            "items. It weights what varies together, not what matters."),
    ),
    "linear": About(
        say("Linear combination"),
        say("w = α·w₁ + (1 − α)·w₂"),
        "Common practice of combined weighting (组合赋权), with α stated",
        say("Not to be used without stating α: it decides the result and follows from no data."),
    ),
    "multiplicative": About(
        say("Multiplicative combination"),
        say("wⱼ = ∏ₖ wₖⱼ ÷ Σⱼ ∏ₖ wₖⱼ"),
        "Hwang & Yoon 1981, Multiple Attribute Decision Making",
        say("Not to be used where a set holds a zero (the item would fall out whatever the others say), nor with many "
            "sets: large weights grow out of proportion."),
    ),
    "game": About(
        say("Game-theoretic combination"),
        say("w = Σₖ aₖ·wₖ with Σₗ aₗ·(wₖ·wₗ) = wₖ·wₖ for every set k, the a scaled to sum 1"),
        "Chen Jialiang (陈加良) 2003, 基于博弈论的组合赋权评价方法研究",
        say("Not to be used with sets that are nearly the same (the coefficients are then arbitrary), nor where a "
            "coefficient is negative."),
    ),
}  # fmt: skip

FIGURES: Mapping[str, Message] = {
    "units": say("Units"),
    "experts": say("Experts"),
    "experts_used": say("Experts counted"),
    "sum_given": say("Sum of the weights given"),
    "lambda_max": say("λmax"),
    "ci": say("Consistency index CI"),
    "cr": say("Consistency ratio CR"),
    "ri": say("Random index RI"),
    "components": say("Components kept"),
    "explained": say("Variance explained"),
    "kmo": say("KMO"),
}
