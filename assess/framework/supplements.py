"""Clauses, crosswalk, worked examples, glossary and checks: files beside the framework, read when first asked for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from assess.framework.block import Block
from assess.framework.indicator import Indicator
from assess.framework.supplement import CheckRule, Clause, Pattern, Reference, Term, Worked

Json = Any


def clauses(data: Block) -> dict[str, Clause]:
    return {
        one.text("id"): Clause(one.text("id"), one.words(), one.flag("background")) for one in data.tables("clause")
    }


def crosswalk(data: Block) -> tuple[Reference, ...]:
    return tuple(
        Reference(
            data.vocabulary.words(one.data.get("ref")),
            one.texts("indicators"),
            one.choice("state", "to_verify"),
            one.words("state_words"),
        )
        for one in data.tables("reference")
    )


def examples(data: Block, indicators: Mapping[str, Indicator]) -> dict[str, Worked]:
    """Worked examples by indicator. Stale: the item's text is no longer the one they were written for."""
    built: dict[str, Worked] = {}
    for one in data.tables("example"):
        code = one.text("code")
        item = indicators.get(code)
        calculation = one.data.get("worked_calculation")
        built[code] = Worked(
            counts=tuple((part.data.get("at", {}), part.words()) for part in one.tables("counts")),
            does_not_count=tuple(
                (part.data.get("at", {}), part.words("claim"), part.words("why"))
                for part in one.tables("does_not_count")
            ),
            good_evidence=tuple(
                (part.words("kind"), part.words("must_show"), part.text("grade"))
                for part in one.tables("good_evidence")
            ),
            misreadings=tuple(part.words() for part in one.tables("common_misreading")),
            plain_help=one.words("plain_help"),
            calculation=worked(one.table("worked_calculation")) if calculation else None,
            stale=bool(one.text("fingerprint")) and item is not None and fingerprint(item) != one.text("fingerprint"),
        )
    return built


def worked(block: Block) -> dict[str, object]:
    """A worked calculation: texts as `Words`, figures as they are."""
    out: dict[str, object] = dict(block.data)
    for key in ("note", "expression", "unit", "score_words"):
        if key in block:
            out[key] = block.words(key)
    out["inputs"] = tuple({"name": one.words(), "value": one.data.get("value")} for one in block.tables("inputs"))
    return out


def fingerprint(item: Indicator) -> str:
    """First 12 digits of the SHA-256 of an item's Chinese text and goalposts, in the form of the examples' guide.

    The seven fields q, note_zh, levels, opts, number, yesno and na (null where the item has none) as JSON with sorted
    keys, no spaces and Chinese unescaped.
    """
    shape = {
        "q": item.question.zh,
        "note_zh": item.note.zh or None,
        "levels": [level_shape(one) for one in item.levels] or None,
        "opts": [
            {"key": one.key, "zh": one.words.zh, "en": one.words.en, "required": one.required, "ev": one.evidence.zh}
            for one in item.options
        ]
        or None,
        "number": number_shape(item),
        "yesno": {
            "good": item.yesno.good,
            "yes": {"zh": item.yesno.yes.zh, "en": item.yesno.yes.en},
            "no": {"zh": item.yesno.no.zh, "en": item.yesno.no.en},
        }
        if item.yesno
        else None,
        "na": {
            "levels": list(item.not_applicable.levels),
            "when_zh": item.not_applicable.when.zh,
            "when_en": item.not_applicable.when.en,
        }
        if item.not_applicable
        else None,
    }
    text = json.dumps(shape, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def level_shape(level: Any) -> dict[str, Json]:
    return {
        "level": level.level,
        "zh": level.words.zh,
        "en": level.words.en,
        "conds_zh": [one.zh for one in level.conditions],
        "conds_en": [one.en for one in level.conditions],
    }


def number_shape(item: Indicator) -> dict[str, Json] | None:
    number = item.number
    if number is None:
        return None

    def pair(words: Any) -> Json:
        return {"zh": words.zh, "en": words.en} if words else None

    def plain(value: float | None) -> Json:
        return int(value) if value is not None and float(value).is_integer() else value

    shape: dict[str, Json] = {
        "unit_zh": number.unit.zh,
        "unit_en": number.unit.en,
        "kind": number.kind,
        "dir": number.direction,
        "zero": plain(number.zero),
        "full": plain(number.full),
        "decimals": number.decimals,
        "plausible": [plain(bound) for bound in number.plausible],
        "numerator": pair(number.numerator),
        "denominator": pair(number.denominator),
        "factor": plain(number.factor),
        "period": pair(number.period),
        "source": pair(number.source),
        "rule": pair(number.rule),
        "zero_denominator": {"treat": number.zero_denominator, "zh": number.zero_denominator_words.zh}
        if number.zero_denominator
        else None,
        "calc_zh": number.calculation.zh,
    }
    if number.confirmation:
        ask = number.confirmation.ask
        shape["cap"] = {"ask_zh": ask.zh, "ask_en": ask.en, "cap_if_no": plain(number.confirmation.cap)}
    if number.parameters:
        shape["params"] = [
            {"key": one.key, "zh": one.words.zh, "en": one.words.en, "value": plain(one.value), "note_zh": one.note.zh}
            for one in number.parameters
        ]
    return shape


def glossary(data: Block) -> dict[str, Term]:
    """Terms by name; `gloss` is one sentence (the short Chinese, the English gloss)."""
    built: dict[str, Term] = {}
    for one in data.tables("term"):
        gloss = {**as_table(one.data.get("short")), **as_table(one.data.get("gloss"))}
        built[one.text("term")] = Term(
            term=one.text("term"),
            pinyin=one.text("pinyin"),
            english=one.text("english"),
            gloss=data.vocabulary.words(gloss),
            long=one.words("long"),
            related=one.texts("related"),
            indicators=one.texts("indicators"),
            sources=tuple({key: str(value) for key, value in source.data.items()} for source in one.tables("sources")),
            used_in=one.texts("used_in"),
        )
    return built


def as_table(value: Json) -> dict[str, Json]:
    return dict(value) if isinstance(value, Mapping) else {"zh": value} if value else {}


def checks(data: Block) -> dict[str, CheckRule]:
    built: dict[str, CheckRule] = {}
    for one in data.tables("rule"):
        concerned = one.data.get("indicators", "all")
        built[one.text("id")] = CheckRule(
            id=one.text("id"),
            group=one.text("group"),
            severity=one.choice("severity", "warning"),
            scope=one.choice("scope", "sheet"),
            tiers=one.texts("tiers"),
            condition=one.table("condition").data,
            message=one.words("message"),
            action=one.words("action"),
            lifted_by_explanation=one.flag("lifted_by_explanation", True),
            explanation_at_least=one.whole("explanation_at_least"),
            indicators=None if concerned == "all" else tuple(str(code) for code in concerned),
            framework_check=one.text("framework_check"),
            pattern_fields=one.texts("pattern_fields"),
        )
    return built


def patterns(data: Block) -> dict[str, Pattern]:
    return {
        one.text("id"): Pattern(
            one.text("id"), one.words(), one.texts("regex"), one.texts("matches"), one.texts("not_matches")
        )
        for one in data.tables("pattern")
    }
