"""One canonical form for the framework draft (JSON) and the shipped files (TOML), piece by piece.

Canonical form: nothing is null, `x_zh`/`x_en` are `x = {zh, en}`, and keys have the names of the TOML files. A piece is
one indicator, node, rule block, clause, reference, example, term, check or pattern; its digest is the SHA-256 of its
canonical JSON.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

Json = Any

TOP = {"schema": "draft", "administrative_levels": "tiers", "orgs": "organizations", "dims": None, "clauses": None}
INDICATOR = {
    "id": "code",
    "type": "kind",
    "q": "question_zh",
    "qe": "question_en",
    "levels": "level",
    "opts": "option",
    "ev": "evidence",
    "with": "assisting",
    "lv": "tiers",
    "na": "not_applicable",
    "src": "clauses",
    "std": "standards",
    "outcome_gate": "outcome",
}
NUMBER = {"dir": "direction", "calc_zh": "calculation_zh", "cap": "confirmation", "params": "parameter"}
SPLIT = {"zh": ("；", re.compile(r"^在\d级基础上，")), "en": ("; ", re.compile(r"^Level \d plus: "))}


def join(value: Json) -> Json:
    """Null-free, with `x_zh`/`x_en` joined. A key that also stands bare takes the name `x_words`."""
    if isinstance(value, list):
        return [join(item) for item in value if item is not None]
    if not isinstance(value, Mapping):
        return value
    out: dict[str, Json] = {}
    for key, item in value.items():
        if item is None:
            continue
        key = {"zh_def": "def_zh", "except_": "except"}.get(key, key)
        stem, _, language = key.rpartition("_")
        if stem and language in ("zh", "en"):
            name = f"{stem}_words" if stem in value else stem
            out.setdefault(name, {})[language] = join(item)
        else:
            out[key] = join(item)
    return out


def renamed(value: Mapping[str, Json], names: Mapping[str, str | None]) -> dict[str, Json]:
    return {names.get(key, key) or key: item for key, item in value.items()}


def indicator(raw: Mapping[str, Json]) -> dict[str, Json]:
    """An indicator of the draft in canonical form."""
    item = renamed(raw, INDICATOR)
    for level in item.get("level") or ():
        level["conditions_zh"], level["conditions_en"] = level.pop("conds_zh"), level.pop("conds_en")
    for option in item.get("option") or ():
        option["evidence"] = option.pop("ev")
    if item.get("number"):
        item["number"] = renamed(item["number"], NUMBER)
        if item["number"].get("confirmation"):
            item["number"]["confirmation"]["cap"] = item["number"]["confirmation"].pop("cap_if_no")
    if item.get("not_applicable"):
        item["not_applicable"] = renamed(item["not_applicable"], {"levels": "tiers"})
    for field in ("improve_low", "improve_high"):
        item[field] = renamed(item[field], {"action": "action_zh"})
    if item.get("grassroots_q"):
        item["grassroots"] = {
            "question_zh": item.pop("grassroots_q"),
            "question_en": item.pop("grassroots_qe"),
            "scale": item.pop("grassroots_scale"),
        }
    return join(item)


def from_draft(
    draft: Mapping[str, Json], examples: Mapping[str, Json], glossary: Mapping[str, Json], checks: Mapping[str, Json]
) -> dict[str, Json]:
    """Piece name → canonical value, from the JSON files."""
    draft, examples, glossary, checks = json.loads(json.dumps([draft, examples, glossary, checks]))
    pieces: dict[str, Json] = {}
    for dimension in draft["dims"]:
        pieces[f"node.{dimension['id']}"] = join(
            renamed(
                {k: v for k, v in dimension.items() if k != "subs"},
                {"id": "code", "desc_zh": "description_zh", "desc_en": "description_en"},
            )
        )
        for sub in dimension["subs"]:
            pieces[f"node.{sub['id']}"] = {"code": sub["id"], "zh": sub["zh"], "en": sub["en"], "weight": sub["weight"]}
            pieces[f"children.{sub['id']}"] = [item["id"] for item in sub["indicators"]]
            for item in sub["indicators"]:
                pieces[f"indicator.{item['id']}"] = indicator(item)
    for clause in draft["clauses"]:
        pieces[f"clause.{clause['id']}"] = join(clause)
    for number, entry in enumerate(draft["crosswalk"]):
        pieces[f"crosswalk.{number:02}"] = join(entry)
    for key, value in join({k: v for k, v in draft.items() if k not in ("dims", "clauses", "crosswalk")}).items():
        if isinstance(value, dict) and key not in ("title", "disclaimer", "sequence"):
            for inner, part in value.items():
                pieces[f"rule.{key}.{inner}"] = part
        else:
            pieces[f"rule.{TOP.get(key, key)}"] = value
    for name, data, item, key in (
        ("example", examples, "indicators", ""),
        ("term", glossary, "terms", "term"),
        ("check", checks, "rules", "id"),
    ):
        entries = data.pop(item)
        for pattern in data.pop("patterns", ()):
            pieces[f"pattern.{pattern['id']}"] = join(pattern)
        pieces[f"{name}s"] = join(data)
        for entry in entries:
            code, value = (entry, entries[entry]) if not key else (entry[key], entry)
            pieces[f"{name}.{code}"] = join(value)
    return pieces


def digest(value: Json) -> str:
    """SHA-256 of the canonical JSON; whole floats count as integers, as TOML authors write them."""
    text = json.dumps(plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def plain(value: Json) -> Json:
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def default_conditions(level: Mapping[str, Json]) -> dict[str, list[str]]:
    """Conditions of a rubric level that names none: its text, split, without the reference to the level below."""
    if level["level"] == 0:
        return {"zh": [], "en": []}
    return {lang: prefix.sub("", level[lang]).split(mark) for lang, (mark, prefix) in SPLIT.items()}


def from_toml(files: Mapping[str, dict[str, Json]]) -> dict[str, Json]:
    """Piece name → canonical value, from the parsed files of the framework; what may be left out is filled in."""
    files = json.loads(json.dumps(files))
    main = files["framework.toml"]
    pieces: dict[str, Json] = {
        f"rule.{key}": main[key] for key in ("draft", "title", "disclaimer", "sequence", "tiers", "organizations")
    }
    marked: dict[str, list[str]] = {"key": [], "core": [], "outcome": []}
    for name in main["files"]:
        data = files[name]
        dimension, subs = data["dimension"], {sub["code"]: sub for sub in data["sub"]}
        for node in (dimension, *subs.values()):
            pieces[f"node.{node['code']}"] = {**node, **node["name"]}
            del pieces[f"node.{node['code']}"]["name"]
        for code in subs:
            pieces[f"children.{code}"] = []
        for item in data["indicator"]:
            sub = item["code"].rpartition(".")[0]
            pieces[f"children.{sub}"].append(item["code"])
            for mark, codes in marked.items():
                item.setdefault(mark, False)
                codes += [item["code"]] if item[mark] else []
            item["global_weight"] = dimension["weight"] * subs[sub]["weight"] * item["weight"] / 10_000
            pieces[f"indicator.{item['code']}"] = filled(item)
    for mark, codes in marked.items():
        pieces[f"rule.{mark}_indicators"] = codes
    blocks = {
        "answer_kinds": main["kinds"],
        "answer_states": main["states"],
        "bonus": renamed(main["bonus"], {"item": "items"}),
        "deductions": renamed(main["deductions"], {"item": "items"}),
        "perception": renamed(main["perception"], {"tiers": "levels"}),
        "crosswalk_states": files["crosswalk.toml"]["states"],
        **{key: main[key] for key in SAME},
    }
    for block, value in blocks.items():
        pieces |= {f"rule.{block}.{key}": part for key, part in value.items()}
    pieces["rule.red_lines"] = main["red_line"]
    pieces["rule.stages"] = [{"gates": stage.pop("gate", []), **stage} for stage in main["stage"]]
    pieces["rule.skip_rules"] = [renamed(rule, {"tiers": "levels"}) for rule in main["skip_rule"]]
    clauses = files["clauses.toml"]["clause"]
    pieces["rule.background_clauses"] = [clause["id"] for clause in clauses if clause.pop("background", False)]
    pieces |= {f"clause.{clause['id']}": clause for clause in clauses}
    for number, entry in enumerate(files["crosswalk.toml"]["reference"]):
        pieces[f"crosswalk.{number:02}"] = entry
    for name, file, table, key in (
        ("example", "examples.toml", "example", "code"),
        ("term", "glossary.toml", "term", "term"),
        ("check", "checks.toml", "rule", "id"),
    ):
        data = files[file]
        entries = data.pop(table)
        pieces |= {f"pattern.{pattern['id']}": pattern for pattern in data.pop("pattern", ())}
        pieces[f"{name}s"] = {**data, "count": len(entries)}
        for entry in entries:
            code = entry.pop("code") if name == "example" else entry[key]
            pieces[f"{name}.{code}"] = renamed(entry, {"fingerprint": "indicator_fingerprint"})
    return pieces


SAME = (
    "conventions",
    "county_version",
    "modes",
    "aggregation",
    "county_to_city",
    "evidence",
    "columns",
    "stage_rules",
    "skip_policy",
    "improvement",
    "portraits",
)


def filled(item: dict[str, Json]) -> dict[str, Json]:
    """An indicator with what the files may leave out: empty lists, split conditions, the text of the calculation."""
    item.setdefault("assisting", [])
    for level in item.get("level", ()):
        level.setdefault("conditions", default_conditions(level))
    for option in item.get("option", ()):
        option.setdefault("required", False)
    number = item.get("number")
    if number:
        bottom = f"÷{number['denominator']['zh']}" if "denominator" in number else ""
        percent = "×100%" if number.get("factor") == 100 else ""
        number["calculation"] = {"zh": f"{number['numerator']['zh']}{bottom}{percent}；{number['rule']['zh']}"}
    return item
