"""The keys of each file of a framework."""

from __future__ import annotations

from assess.framework.keys import ITEM_FILE, LABEL, NAMED, Kind, Table, many, table
from assess.framework.keys_rules import RULES

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
            worked_calculation=table(
                rest="any", inputs=many(value="number", **LABEL), note="words", expression="words", unit="words"
            ),
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
            condition=table(rest="any"),
            message="words",
            action="words",
            lifted_by_explanation="flag",
            explanation_at_least="whole",
            indicators="codes",
            framework_check="text",
            pattern_fields="texts",
        ),
    ),
}
OVERLAY = table(words=table(rest="text"))


def keys_of(name: str) -> Table:
    """What a file of this name may hold."""
    return OVERLAY if name.startswith("en/") else FILES.get(name, ITEM_FILE)
