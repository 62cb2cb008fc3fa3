"""A framework of a CISO Assistant library (one YAML file) as a framework of ours.

Assessable requirements become rubrics: the library's own scores where it defines them, else not met, partly met, met
(0, 50, 100). Requirements that are not assessable are nodes; what has both is a node with an item of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assess.interchange.foreign import Foreign, code_of, line, toml, yaml
from assess.language import Message, say
from assess.problems import Problem

RESULTS = (
    {"level": 0, "score": 0, "zh": "不符合", "en": "not met"},
    {"level": 1, "score": 50, "zh": "部分符合", "en": "partly met"},
    {"level": 2, "score": 100, "zh": "符合", "en": "met"},
)
LONG = 60


def read(path: Path) -> Foreign:
    """The framework of a library file. Raises Problem ciso.framework, foreign.unreadable."""
    data = yaml(path)
    objects = data.get("objects") if isinstance(data, Mapping) else None
    framework = objects.get("framework") if isinstance(objects, Mapping) else None
    if framework is None and isinstance(objects, Mapping):
        several = objects.get("frameworks")
        framework = several[0] if isinstance(several, list) and several else None
    nodes = framework.get("requirement_nodes") if isinstance(framework, Mapping) else None
    if not isinstance(framework, Mapping) or not isinstance(nodes, list) or not nodes:
        raise Problem(
            "ciso.framework",
            say("{name} holds no framework of CISO Assistant.", name=path.name),
            say("Choose a library file with objects, framework and requirement_nodes."),
        )
    language = "zh" if str(data.get("locale", "")).lower().startswith("zh") else "en"
    notes: list[Message] = []
    steps = _steps(framework, language)
    listed = [one for one in nodes if isinstance(one, Mapping) and one.get("urn")]
    above = {str(one["urn"]): str(one.get("parent_urn") or "") for one in listed}
    parents = {parent for parent in above.values() if parent in above}
    codes = _codes(listed)
    tables: list[tuple[str, Mapping[str, Any]]] = [("total", {"aggregation": "weighted_mean", "maximum": 100})]
    items = 0
    lead = _leading_to_items(listed, above)
    for one in listed:
        urn = str(one["urn"])
        if urn not in lead:
            continue
        under = {"under": codes[above[urn]]} if above[urn] in codes else {}
        names = _named(one, language)
        if urn in parents:
            tables.append(("[node]", {"code": codes[urn], **under, **_both("name", names)}))
            under = {"under": codes[urn]}
        if one.get("assessable") is True:
            code = f"{codes[urn]}.own" if urn in parents else codes[urn]
            asked = _described(one, language)
            tables.append(
                (
                    "[indicator]",
                    {"code": code, **under, "kind": "level", **_both("name", names), **_both("question", asked)},
                )
            )
            tables += [("[indicator.level]", dict(step)) for step in steps]
            items += 1
    if any(isinstance(one.get("weight"), (int, float)) for one in listed):
        notes.append(say("Weights of single requirements are left out: all count the same."))
    if any(one.get("questions") for one in listed):
        notes.append(say("Questions with their own choices are left out; the requirement itself is asked."))
    title = {
        "title": {key: line(part.get("name")) for key, part in _texts(framework, language).items() if part.get("name")}
        or path.stem
    }
    head = {
        "code": code_of(str(framework.get("ref_id") or data.get("ref_id") or path.stem)).lower(),
        "version": str(data.get("version") or "1"),
        "language": language,
        **title,
    }
    if line(data.get("copyright")):
        notes.append(say("Rights: {words}", words=line(data["copyright"])[:200]))
    return Foreign({"framework.toml": toml(head, tables)}, items, tuple(notes))


def _steps(framework: Mapping[str, Any], language: str) -> list[Mapping[str, Any]]:
    """Levels of a rubric from the scores the framework defines; else the three results."""
    given = framework.get("scores_definition")
    known = [one for one in given if isinstance(one, Mapping) and isinstance(one.get("score"), int)] if isinstance(
        given, list
    ) else []  # fmt: skip
    low = min((one["score"] for one in known), default=0)
    high = max((one["score"] for one in known), default=0)
    if len(known) < 2 or not 0 <= low < high <= 9 or len({one["score"] for one in known}) != len(known):
        return list(RESULTS)
    return [
        {
            "level": one["score"],
            "score": 100.0 * (one["score"] - low) / (high - low),
            language: ": ".join(part for part in (line(one.get("name")), line(one.get("description"))) if part)
            or str(one["score"]),
        }
        for one in sorted(known, key=lambda one: one["score"])
    ]


def _codes(listed: list[Mapping[str, Any]]) -> dict[str, str]:
    """A code for every node: its reference, else the end of its name; each once."""
    taken: set[str] = set()
    out: dict[str, str] = {}
    for one in listed:
        base = code_of(str(one.get("ref_id") or str(one["urn"]).rsplit(":", 1)[-1]))
        code, number = base, 2
        while code.lower() in taken:
            code, number = f"{base}_{number}", number + 1
        taken.add(code.lower())
        out[str(one["urn"])] = code
    return out


def _leading_to_items(listed: list[Mapping[str, Any]], above: Mapping[str, str]) -> set[str]:
    """The nodes that are asked or stand above one that is; a node without any item would be empty."""
    out: set[str] = set()
    for one in listed:
        urn = str(one["urn"])
        while one.get("assessable") is True and urn and urn not in out:
            out.add(urn)
            urn = above.get(urn, "")
    return out


def _named(one: Mapping[str, Any], language: str) -> dict[str, str]:
    """Name in the languages there are: reference and name, or the beginning of the description."""
    out = {}
    for key, part in _texts(one, language).items():
        words = line(part.get("name")) or line(part.get("description"))[:LONG]
        reference = line(one.get("ref_id"))
        out[key] = f"{reference} {words}".strip() or line(one.get("urn")).rsplit(":", 1)[-1]
    return out


def _described(one: Mapping[str, Any], language: str) -> dict[str, str]:
    return {
        key: words
        for key, part in _texts(one, language).items()
        if (words := line(part.get("description")) or line(part.get("name")))
    }


def _texts(one: Mapping[str, Any], language: str) -> dict[str, Mapping[str, Any]]:
    out: dict[str, Mapping[str, Any]] = {language: one}
    translations = one.get("translations")
    for key in ("zh", "en"):
        part = translations.get(key) if isinstance(translations, Mapping) else None
        if key != language and isinstance(part, Mapping):
            out[key] = part
    return out


def _both(key: str, words: Mapping[str, str]) -> dict[str, Any]:
    return {key: dict(words)} if words else {}
