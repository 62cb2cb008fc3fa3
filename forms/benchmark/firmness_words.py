"""What the trial says, sentence by sentence: total, stage, distances, the stage held, another way of adding up."""

from __future__ import annotations

from collections.abc import Mapping

from assess.benchmark.firmness import Firmness, Moved, stays
from assess.benchmark.stage_draws import Shares
from assess.framework.model import Framework
from assess.framework.stage_rules import Stage
from assess.language import Words
from forms.figures import figure, one_line
from forms.words import _, language, show

MOST_NAMES = 24
MARGIN = 1e-12


def sentences(framework: Framework, found: Firmness) -> list[str]:
    """Three to five sentences about the total and the stages; nothing about ranks."""
    decimals = framework.show_decimals
    said = [_total(found, decimals)]
    if found.stage is not None:
        said.append(_distance(framework, found, decimals))
        said.append(_held(found))
    if found.geometric is not None:
        said.append(_geometric(found, found.geometric, decimals))
    return [one for one in said if one]


def rank_sentence(found: Firmness) -> str:
    """How firm the rank is; empty where there is none."""
    if found.ranks is None or found.rank_unchanged is None:
        return ""
    low, high = found.ranks
    if low == high and found.rank_unchanged >= 1 - MARGIN:
        return _("The rank is {rank} in every trial.", rank=low)
    if low == high:
        return _("The rank stays {rank} in {share} of the trials.", rank=low, share=share(found.rank_unchanged))
    return _(
        "The rank stays the same in {share} of the trials; in 90% of them it lies between {low} and {high}.",
        share=share(found.rank_unchanged),
        low=low,
        high=high,
    )


def peers_sentence(found: Firmness, names: Mapping[str, str], *, shares: bool) -> str:
    """The peers it cannot be told apart from; with `shares` also how often it stands above each of them."""
    if not found.against:
        return ""
    close = [one for one in found.against if not one.apart]
    if not close:
        return _("Every other city of the group stays on the same side of it in at least 95% of the trials.")
    listed = []
    for one in close[:MOST_NAMES]:
        name = names.get(one.name, one_line(one.name))
        listed.append(
            _("{name} (this city above it in {share})", name=name, share=share(one.beats)) if shares else name
        )
    joined = _(", ").join(listed)
    if len(close) > MOST_NAMES:
        return _("It cannot be told apart from {count} cities, among them: {names}.", count=len(close), names=joined)
    return _("It cannot be told apart from: {names}.", names=joined)


def method(found: Firmness) -> str:
    """What was varied and what was not."""
    varied = (_("; ")).join(show(one) for one in found.varied)
    return _(
        "Varied: {varied}. Answers, evidence, deductions and red lines stay as they are. "
        "The same trial gives the same result every time.",
        varied=varied,
    )


def share(part: float) -> str:
    """A share of the trials, to a tenth of a percent where it is not whole: never "100%" for less than all."""
    shown = figure(part * 100, 1)
    whole = shown.removesuffix(".0")
    if part < 1 - MARGIN and whole == "100":
        return "99.9%"
    return "0.1%" if part > MARGIN and whole == "0" else f"{whole}%"


def name_of(stage: Stage | None) -> str:
    """The name of a stage; below the lowest there is none."""
    return show(stage.name) if stage is not None else _("no stage")


def _total(found: Firmness, decimals: int) -> str:
    moved, spread = found.weights, f"{max(found.spread, found.parts_spread) * 100:g}"
    low, high = figure(moved.low, decimals), figure(moved.high, decimals)
    if found.stage is None or moved.unchanged is None:
        return _(
            "With the weights moved by ±{spread}% in {draws} trials, the total lies between {low} and {high} in 90% "
            "of them.",
            spread=spread, draws=found.draws, low=low, high=high,
        )  # fmt: skip
    if moved.unchanged >= 1 - MARGIN:
        return _(
            "With the weights moved by ±{spread}% in {draws} trials, the total lies between {low} and {high} in 90% "
            "of them, and the stage by score is {stage} in every one.",
            spread=spread, draws=found.draws, low=low, high=high, stage=name_of(found.stage),
        )  # fmt: skip
    return _(
        "With the weights moved by ±{spread}% in {draws} trials, the total lies between {low} and {high} in 90% of "
        "them, and the stage by score stays {stage} in {share} of them ({others}).",
        spread=spread, draws=found.draws, low=low, high=high, stage=name_of(found.stage),
        share=share(moved.unchanged), others=_others(moved.stages, found.stage),
    )  # fmt: skip


def _others(shares: Shares, own: Stage | None) -> str:
    return _(", ").join(
        _("{stage} in {share}", stage=name_of(stage), share=share(part)) for stage, part in shares if stage != own
    )


def _distance(framework: Framework, found: Firmness, decimals: int) -> str:
    up, down = found.to_next, found.to_previous
    order = sorted(framework.stages, key=lambda stage: stage.min)
    place = next((place for place, stage in enumerate(order) if stage == found.stage), 0)
    above = name_of(order[place + 1]) if place + 1 < len(order) else ""
    if up is not None and down is not None:
        return _(
            "By score, {up} points are missing to {above}, and it stands {down} points above the bound of {own}.",
            up=figure(up, decimals), above=above, down=figure(down, decimals), own=name_of(found.stage),
        )  # fmt: skip
    if up is not None:
        return _("By score, {up} points are missing to {above}.", up=figure(up, decimals), above=above)
    if down is not None:
        return _(
            "By score, it stands {down} points above the bound of {own}.",
            down=figure(down, decimals), own=name_of(found.stage),
        )  # fmt: skip
    return ""


def _held(found: Firmness) -> str:
    stage, same = name_of(found.held), found.held_unchanged
    if same is None:
        return ""
    if stays(found):
        return _(
            "The stage held is decided by gates, whatever the weights: {gates} failed, "
            "so it is {stage} in every trial.",
            gates=_gates([result.gate.words for result in found.deciding]), stage=stage,
        )  # fmt: skip
    if same < 1 - MARGIN and found.wavering:
        return _(
            "The stage held stays {stage} in {share} of the trials; what holds in some and fails in others: {gates}.",
            stage=stage, share=share(same), gates=_gates([result.gate.words for result in found.wavering]),
        )  # fmt: skip
    if same < 1 - MARGIN:
        return _("The stage held stays {stage} in {share} of the trials.", stage=stage, share=share(same))
    if found.decided_by == "limits" and found.held is None:
        return _("A red line takes the stage away, whatever the weights.")
    if found.decided_by == "limits":
        return _(
            "The stage held is {stage} in every trial: a red line or the kind of assessment allows no more.",
            stage=stage,
        )
    if found.decided_by == "gates":
        return _("The stage held is decided by gates and is {stage} in every trial.", stage=stage)
    return _("The stage held is {stage} in every trial; no gate lowers it.", stage=stage)


def _gates(names: list[Words]) -> str:
    marks, end = (("“", "”"), "。") if language() == "zh" else (('"', '"'), ".")
    return _(", ").join(f"{marks[0]}{one_line(show(name)).rstrip(end)}{marks[1]}" for name in names)


def _geometric(found: Firmness, moved: Moved, decimals: int) -> str:
    low, high = figure(moved.low, decimals), figure(moved.high, decimals)
    if found.stage is None or moved.unchanged is None:
        return _(
            "With geometric means inside the dimensions, the total would lie between {low} and {high}.",
            low=low, high=high,
        )  # fmt: skip
    if moved.unchanged >= 1 - MARGIN:
        return _(
            "With geometric means inside the dimensions, the total would lie between {low} and {high}, and the stage "
            "by score would still be {stage} in every trial.",
            low=low, high=high, stage=name_of(found.stage),
        )  # fmt: skip
    return _(
        "With geometric means inside the dimensions, the total would lie between {low} and {high}, and the stage by "
        "score would be {stage} in {share} of the trials.",
        low=low, high=high, stage=name_of(found.stage), share=share(moved.unchanged),
    )  # fmt: skip
