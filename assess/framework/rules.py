"""The rule blocks of framework.toml: modes and states, evidence, points, red lines, stages, skips and the rest.

Every block is optional. Without [modes] and [states] a framework has the three modes formal, self and training, where
"not applicable" leaves out, "no data" is zero in formal mode, and unanswered is never zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assess.framework.block import Block
from assess.framework.scoring_rules import (
    BonusItem,
    CountyBlend,
    EvidenceCap,
    EvidenceRules,
    Mode,
    PointRules,
    SkipRule,
    StateRule,
    StateWords,
    WeightSet,
)
from assess.framework.supplement import Band, CountyVersion, ImprovementRules, Perception, Phase, Scale, TableRules
from assess.language import Words

Json = Any
STATES = ("NA", "ND", "SKIP", "UNANSWERED")
MODES: dict[str, Json] = {
    "formal": {
        "zh": "正式评估",
        "en": "formal assessment",
        "evidence_caps": True,
        "stage": "full",
        "enters_library": True,
    },
    "self": {"zh": "自评", "en": "self-assessment", "stage": "full"},
    "training": {"zh": "培训", "en": "training", "stage": "none"},
}
EXCLUDE: dict[str, Json] = {"treatment": "exclude", "requires_reason": True}
TREATMENTS: dict[str, dict[str, Json]] = {
    "NA": {"formal": EXCLUDE, "self": EXCLUDE, "training": EXCLUDE},
    "ND": {"formal": {"treatment": "zero", "list": "data_gap"}, "self": "exclude", "training": "exclude"},
    "SKIP": {"formal": "by_rule", "self": "by_rule", "training": "by_rule"},
    "UNANSWERED": {
        "formal": {"treatment": "exclude", "blocks_sealing": True},
        "self": "exclude",
        "training": "exclude",
    },
}
STATE_WORDS = {
    "NA": Words("不适用", "not applicable"),
    "ND": Words("暂无数据", "no data"),
    "SKIP": Words("跳过", "skipped"),
    "UNANSWERED": Words("未作答", "unanswered"),
}


def modes(main: Block) -> dict[str, Mode]:
    """Modes by key, each with how it treats the four states. A state may name its treatment alone ("void")."""
    states = main.table("states")
    built: dict[str, Mode] = {}
    for key, block in (main.table("modes") or Block(MODES, main.vocabulary)).items():
        treatments = {}
        for state in STATES:
            table = states.table(state)
            default = TREATMENTS[state].get(key, TREATMENTS[state]["self"])
            treatments[state] = state_rule(table.data.get(key, table.data.get("any_mode", default)), block)
        built[key] = Mode(
            key=key,
            name=block.words(),
            evidence_caps=block.flag("evidence_caps"),
            stage=block.choice("stage", "full"),
            enters_library=block.flag("enters_library"),
            states=treatments,
            max_stage=block.maybe_whole("max_stage"),
            note=block.words("note"),
        )
    return built


def state_rule(value: Json, near: Block) -> StateRule:
    if isinstance(value, str):
        return StateRule(value)  # type: ignore[arg-type]
    block = Block(value, near.vocabulary)
    return StateRule(
        treatment=block.choice("treatment", "exclude"),
        requires_reason=block.flag("requires_reason"),
        requires_approval=block.flag("requires_approval"),
        until_approved=block.text("until_approved"),
        unlisted=block.text("unlisted"),
        blocks_sealing=block.flag("blocks_sealing"),
        list=block.text("list"),
    )


def states(main: Block) -> dict[str, StateWords]:
    found: dict[str, StateWords] = {}
    for key in STATES:
        block = main.table("states").table(key)
        found[key] = StateWords(
            key=key,
            name=block.words() or STATE_WORDS[key],
            note=block.words("note"),
            never=block.texts("never"),
            allowed=block.words("allowed"),
            redistribute=block.words("redistribute"),
        )
    return found


def evidence(block: Block) -> EvidenceRules | None:
    if not block:
        return None
    return EvidenceRules(
        mode=block.text("mode", "formal"),
        caps=tuple(
            EvidenceCap(
                one.choice("kind"), one.choice("effect"), one.maybe("score"), one.text("state"), one.texts("except")
            )
            for one in block.tables("caps")
        ),
        not_required=block.texts("not_required"),
        accepted_forms=block.many_words("accepted_forms"),
        grassroots=block.words("grassroots"),
    )


def points(block: Block) -> PointRules:
    """Bonus or deductions. An item's `points` is one figure or the figures to choose from."""
    items = []
    for one in block.tables("item"):
        value = one.data.get("points", 1)
        items.append(
            BonusItem(
                one.text("id"), one.words(), tuple(map(float, value)) if isinstance(value, list) else (float(value),)
            )
        )
    return PointRules(
        items=tuple(items),
        max_total=block.number("max_total"),
        period_months=block.whole("period_months"),
        used_for_stage=block.flag("used_for_stage"),
        rule=block.words("rule") or block.words("points_rule"),
        no_double=block.texts("no_double"),
        no_double_words=block.words("no_double_words"),
        gate=block.number("gate"),
        ceiling=block.maybe("ceiling"),
    )


def skip_rules(blocks: tuple[Block, ...], tiers: tuple[str, ...]) -> tuple[SkipRule, ...]:
    return tuple(
        SkipRule(
            id=one.text("id"),
            indicator=one.table("when").text("indicator"),
            op=one.table("when").choice("op", "answer=="),
            value=one.table("when").data.get("value", ""),
            then=one.texts("then"),
            treatment=one.choice("treatment", "exclude"),
            tiers=one.texts("tiers", tiers),
            reason=one.words("reason"),
        )
        for one in blocks
    )


def weight_sets(blocks: tuple[Block, ...]) -> tuple[WeightSet, ...]:
    return tuple(
        WeightSet(
            id=one.text("id"),
            words=one.words(),
            weights={part.text("code"): part.number("value") for part in one.tables("weight")},
            tiers=one.texts("tiers"),
            unit_kinds=one.texts("unit_kinds"),
            sizes=one.texts("sizes"),
            regions=one.texts("regions"),
            modes=one.texts("modes"),
            note=one.words("note"),
        )
        for one in blocks
    )


def county_blend(block: Block) -> CountyBlend | None:
    if not block:
        return None
    return CountyBlend(
        min_submission_share=block.number("min_submission_share"),
        city_weight=block.number("city_weight"),
        county_weight=block.number("county_weight"),
        not_applied=block.texts("not_applied"),
        words=block.words(),
    )


def county_version(block: Block) -> CountyVersion:
    pairs = {
        language: tuple((str(old), str(new)) for old, new in block.table("replacements").data.get(language, ()))
        for language in ("zh", "en")
    }
    overrides = {
        code: {
            int(level): Words(*value) if isinstance(value, list) else block.vocabulary.words(value)
            for level, value in one.table("levels").data.items()
            if level.isdigit()
        }
        for code, one in block.items("overrides")
    }
    return CountyVersion(
        excluded=block.texts("excluded"),
        unit_words={key: str(value) for key, value in block.table("unit_words").data.items()},
        protected={language: block.table("protected").texts(language) for language in ("zh", "en")},
        replacements=pairs,
        overrides=overrides,
        note=block.words("note"),
    )


def perception(block: Block, tiers: tuple[str, ...]) -> Perception | None:
    if not block:
        return None
    gap = block.table("gap")
    return Perception(
        scales={
            key: Scale(
                key, one.words(), tuple(label(one, pair) for pair in one.data.get("labels", ())), one.text("value")
            )
            for key, one in block.items("scales")
        },
        tiers=block.texts("tiers", tiers),
        rule=block.words("rule"),
        gap_min_answers=gap.whole("min_answers", 5),
        gap_bands=tuple(
            Band(one.maybe("min"), one.maybe("max"), one.words(), one.text("mark")) for one in gap.tables("bands")
        ),
        caution=gap.words("caution"),
        privacy=block.table("privacy").words(),
    )


def label(block: Block, pair: Json) -> Words:
    return Words(*pair) if isinstance(pair, list) else block.vocabulary.words(pair)


def improvement(block: Block) -> ImprovementRules | None:
    if not block:
        return None
    vocabulary, quadrants, overload = block.vocabulary, block.table("quadrants"), block.table("overload")
    effort: Mapping[str, Json] = block.table("effort").data
    targets: Mapping[str, Json] = block.table("targets").data
    bands = block.tables("bands")
    return ImprovementRules(
        low_below=bands[0].number("score_max", 60.0) if bands else 60.0,
        targets={key: float(value) for key, value in targets.items() if not isinstance(value, bool | str)},
        effort={key: float(value) for key, value in effort.items()},
        effort_words={key: vocabulary.words(key) for key in effort},
        key_factor=block.number("key_factor", 1.0),
        other_factor=block.number("other_factor", 1.0),
        gap_high=quadrants.number("gap_high", 0.4),
        effort_high_above=quadrants.number("effort_high_above", 1.5),
        quadrants={key: vocabulary.words(value) for key, value in quadrants.table("names").data.items()},
        phases=tuple(Phase(one.whole("id"), one.words(), one.number("months_max")) for one in block.tables("phases")),
        overload_max=overload.whole("max_items", 5),
        overload=overload.words(),
        obstacle_top=block.table("obstacle").whole("top", 10),
    )


def table(block: Block) -> TableRules:
    """How a units × items table is read; what is not said keeps the defaults of `TableRules`."""
    default = TableRules()
    return TableRules(
        columns={key: block.table("columns").texts(key) for key in block.table("columns").data},
        yes=block.texts("yes", default.yes),
        no=block.texts("no", default.no),
        blank=block.texts("blank", default.blank),
        not_applicable=block.texts("not_applicable", default.not_applicable),
        no_data=block.texts("no_data", default.no_data),
    )
