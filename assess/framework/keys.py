"""The keys of framework files and what each may hold. Everything is optional unless it is listed as required.

Kinds: "text"; "words" (a text, or a table of zh and en); "texts" (a list of texts); "words list" (a list of texts, or
zh and en lists); "number", "whole", "flag", "numbers", "pairs", "any"; a tuple of the allowed texts; a `Table`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

AGGREGATIONS = ("weighted_mean", "geometric", "sum")
KINDS = ("level", "yesno", "number", "multi")
TREATMENTS = ("zero", "exclude", "by_rule", "void")
GATES = (
    "total_floor",
    "dimension_floor",
    "key_floor",
    "coverage",
    "evidence_rate",
    "indicator_floor",
    "reviewed",
)


@dataclass(frozen=True)
class Table:
    """Keys of a table. `rest` is the kind of every other key; `many` says it stands as a list of tables."""

    keys: Mapping[str, Kind] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    rest: Kind | None = None
    many: bool = False


Kind: TypeAlias = "str | tuple[str, ...] | Table"

LABEL: dict[str, Kind] = {"zh": "text", "en": "text"}
NAMED: dict[str, Kind] = {"id": "text", **LABEL}


def table(required: str = "", /, rest: Kind | None = None, **keys: Kind) -> Table:
    return Table(keys, tuple(required.split()), rest)


def many(required: str = "", /, **keys: Kind) -> Table:
    return Table(keys, tuple(required.split()), many=True)


NUMBER = table(
    "zero full",
    unit="words",
    kind=("ratio", "rate", "average", "count"),
    direction=("up", "down"),
    zero="number",
    full="number",
    decimals="whole",
    plausible="numbers",
    numerator="words",
    denominator="words",
    factor="number",
    period="words",
    source="words",
    rule="words",
    calculation="words",
    zero_denominator=table("treat", treat=("nd", "na", "zero", "invalid"), **LABEL),
    confirmation=table("ask", ask="words", cap="number"),
    parameter=many("key", key="text", value="number", note="words", **LABEL),
)
IMPROVEMENT = table(action="words", effort="text", duration="words", months="numbers")
INDICATOR: dict[str, Kind] = {
    "code": "text",
    "under": "text",
    "kind": KINDS,
    "weight": "number",
    "core": "flag",
    "key": "flag",
    "outcome": "flag",
    "tiers": "texts",
    "lead": "text",
    "assisting": "texts",
    "clauses": "texts",
    "standards": "words list",
    "name": "words",
    "question": "words",
    "note": "words",
    "evidence": "words list",
    "level": many("level", level="whole", conditions="words list", **LABEL),
    "number": NUMBER,
    "option": many("key", key="text", required="flag", evidence="words", **LABEL),
    "yesno": table(good=("yes", "no"), yes="words", no="words"),
    "not_applicable": table(tiers="texts", when="words"),
    "grassroots": table("question scale", question="words", scale="text"),
    "improve_low": IMPROVEMENT,
    "improve_high": IMPROVEMENT,
}
NODE: dict[str, Kind] = {
    "code": "text",
    "under": "text",
    "weight": "number",
    "name": "words",
    "description": "words",
    "aggregation": AGGREGATIONS,
    "floor": "number",
}
ITEM_FILE = Table(
    {
        "dimension": Table(NODE, ("code", "name")),
        "sub": Table(NODE, ("code", "name"), many=True),
        "node": Table(NODE, ("code", "name"), many=True),
        "defaults": Table(INDICATOR),
        "indicator": Table(INDICATOR, ("code", "name"), many=True),
    }
)
STATE_RULE = table(
    treatment=TREATMENTS,
    requires_reason="flag",
    requires_approval="flag",
    until_approved="text",
    unlisted="text",
    blocks_sealing="flag",
    list="text",
)
STATE = table(
    rest=STATE_RULE,
    **LABEL,
    note="words",
    allowed="words",
    listed_in="text",
    never="texts",
    redistribute="words",
)
GATE = many(
    "id type",
    **NAMED,
    type=GATES,
    min="number",
    count="any",
    min_score="number",
    min_share="number",
    indicators="texts",
    document_status="texts",
    warn_if_missing=table(columns="texts", indicators="text"),
)
POINTS = table(
    item=many("id", **NAMED, points="any"),
    max_total="number",
    period_months="whole",
    used_for_stage="flag",
    repeatable="flag",
    requires_evidence="flag",
    requires="text",
    rule="words",
    points_rule="words",
    no_double="texts",
    no_double_words="words",
)
RULES: dict[str, Kind] = {
    "total": table(
        name="words",
        description="words",
        maximum="number",
        aggregation=AGGREGATIONS,
        floor="number",
        show_decimals="whole",
        rank_decimals="whole",
    ),
    "aggregation": table(
        method="text",
        levels="texts",
        rounding=table(compute="text", show_decimals="whole", stage_uses="text"),
        alternative=table(node="text", method="text", floor="number", shown_beside="flag", used_for_stage="flag"),
        coverage=table(rest="text"),
        totals=table(rest="text"),
    ),
    "conventions": table(
        quantifiers=many(
            min_count="whole",
            min_share="number",
            small_total="whole",
            small_min_share="number",
            **LABEL,
            **{"def": "words"},
        ),
        terms=many(**LABEL, **{"def": "words"}),
        quantifier_note="words",
        no_county_city="words",
        shared_platform="words",
        secrecy="words",
    ),
    "county_version": table(
        excluded="texts",
        method="text",
        unit_words=table(rest="text"),
        protected="words list",
        replacements=table(zh="pairs", en="pairs"),
        overrides=table(rest=table(levels=table(rest="any"))),
        note="words",
    ),
    "kinds": table(
        rest=table(
            **LABEL,
            values="any",
            score="text",
            level="text",
            cumulative_from="whole",
            rule="words",
            input="words",
            cap_rule="words",
            required_missing_cap="number",
        )
    ),
    "states": table(NA=STATE, ND=STATE, SKIP=STATE, UNANSWERED=STATE),
    "modes": table(
        rest=table(
            **LABEL,
            evidence_caps="flag",
            stage=("full", "capped", "none"),
            max_stage="whole",
            enters_library="flag",
            note="words",
        )
    ),
    "county_to_city": table(
        default="flag",
        enable_at="text",
        per="text",
        min_submission_share="number",
        city_weight="number",
        county_weight="number",
        county_value="text",
        applies_to="text",
        used_for_gates="flag",
        not_applied="texts",
        **LABEL,
    ),
    "evidence": table(
        mode="text",
        caps=Table(
            {
                "kind": KINDS,
                "when": "text",
                "effect": ("cap", "option_not_counted", "treat_as"),
                "score": "number",
                "state": "text",
                "except": "texts",
            },
            ("kind", "effect"),
            many=True,
        ),
        not_required="texts",
        rate=table(numerator="text", denominator="text", zero_denominator="text", weighting="text"),
        accepted_forms="words list",
        skip_trigger_uses="text",
        grassroots="words",
    ),
    "columns": table(
        list=many("key", key="text", **LABEL),
        precedence="texts",
        flags=many("id", **NAMED, when="text"),
        reply="words",
    ),
    "bonus": POINTS,
    "deductions": POINTS,
    "red_line": many(
        "id effect",
        **NAMED,
        modes="texts",
        any=many(
            indicator="text",
            op=("answer==", "state in", "level<="),
            value="any",
            flag="text",
            only_when="text",
            confirm="text",
        ),
        confirm=("review", "immediate"),
        self_effect="text",
        effect=table(
            "type",
            type=("cap_stage", "no_stage", "suspend"),
            max_stage="whole",
            enters_library="flag",
            until="text",
        ),
        effect_words="words",
    ),
    "stage": many(
        "level min max",
        level="whole",
        **LABEL,
        min="number",
        max="number",
        max_inclusive="flag",
        line="words",
        gate=GATE,
    ),
    "stage_rules": table(
        bands="text",
        steps="texts",
        report="texts",
        key=table(share_base="text", max_not_applicable="whole", nd_or_unanswered="text", compare="text"),
    ),
    "skip_rule": many(
        "id when then treatment",
        id="text",
        when=table("indicator op value", indicator="text", op=("level<=", "answer=="), value="any"),
        then="texts",
        treatment=("zero", "exclude"),
        tiers="texts",
        reason="words",
    ),
    "skip_policy": table(principle="words", trigger_column="text", reversible="flag"),
    "perception": table(
        tiers="texts",
        rule="words",
        scales=table(rest=table(**LABEL, labels="any", value="text")),
        gap=table(
            formula="text",
            city_value="text",
            min_answers="whole",
            per="text",
            bands=many(min="number", max="number", mark="text", **LABEL),
            bands_note="text",
            caution="words",
        ),
        privacy=table(min_answers="whole", village="text", **LABEL),
    ),
    "improvement": table(
        bands=many(field=("improve_low", "improve_high"), score_min="number", score_max="number"),
        band_note="text",
        targets=table(rest="any"),
        effort=table(rest="number"),
        key_factor="number",
        other_factor="number",
        priority="text",
        quadrants=table(
            gap_high="number", effort_high_above="number", names=table(rest="words"), gap="words", effort="words"
        ),
        phases=many("id months_max", id="whole", months_max="number", **LABEL),
        phase_by="text",
        overload=table(per="text", max_items="whole", **LABEL),
        obstacle=table(formula="text", top="whole", when_sum_zero="text", excluded="texts"),
    ),
    "portraits": table(rest=table(rest="words")),
    "table": table(
        columns=table(rest="any"), yes="texts", no="texts", blank="texts", not_applicable="texts", no_data="texts"
    ),
}
FRAMEWORK = Table(
    {
        "code": "text",
        "version": "text",
        "language": ("zh", "en"),
        "files": "texts",
        "draft": "text",
        "title": "words",
        "disclaimer": "words",
        "sequence": "words",
        "tiers": many("key", key="text", **LABEL),
        "organizations": many(**LABEL),
        **ITEM_FILE.keys,
        **RULES,
    },
    ("code", "title"),
)
HEAD: dict[str, Kind] = {"schema": "text", "title": "words", "readme": "words", "written_for": "text"}
FILES: dict[str, Table] = {
    "framework.toml": FRAMEWORK,
    "clauses.toml": table(clause=many("id", **NAMED, background="flag")),
    "crosswalk.toml": table(
        states=table(rest="words"),
        reference=many(
            "ref",
            ref="words",
            indicators="texts",
            state=("verified", "name_verified", "to_verify"),
            state_words="words",
        ),
    ),
    "examples.toml": table(
        **HEAD,
        evidence_grades=many("grade", grade="text", **LABEL),
        example=many(
            "code",
            code="text",
            fingerprint="text",
            plain_help="words",
            counts=many(at=table(rest="any"), **LABEL),
            does_not_count=many(at=table(rest="any"), claim="words", why="words"),
            good_evidence=many(kind="words", must_show="words", grade="text"),
            common_misreading=many(**LABEL),
            worked_calculation=table(rest="any"),
        ),
    ),
    "glossary.toml": table(
        **HEAD,
        term=many(
            "term",
            term="text",
            pinyin="text",
            english="text",
            gloss="words",
            short="words",
            long="words",
            related="texts",
            indicators="texts",
            sources=many("name", name="text", state="text", note="text"),
            used_in="texts",
        ),
    ),
    "checks.toml": table(
        **HEAD,
        severities=table(rest="words"),
        scopes=table(rest="words"),
        pattern=many("id regex", **NAMED, regex="texts", matches="texts", not_matches="texts"),
        rule=many(
            "id condition",
            id="text",
            group="text",
            severity=("error", "warning", "hint"),
            scope=("sheet", "last_period", "across_cities", "across_tiers"),
            tiers="texts",
            condition="any",
            message="words",
            action="words",
            lifted_by_explanation="flag",
            explanation_at_least="whole",
            indicators="any",
            framework_check="text",
            pattern_fields="texts",
        ),
    ),
}
OVERLAY = table(words=table(rest="text"))


def keys_of(name: str) -> Table:
    """What a file of this name may hold."""
    return OVERLAY if name.startswith("en/") else FILES.get(name, ITEM_FILE)
