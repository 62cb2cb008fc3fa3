"""A framework of a CISO Assistant library (one YAML file) as a framework of ours.

Assessable requirements become rubrics: the library's own scores where it defines them, else not met, partly met, met
(0, 50, 100); a requirement with one question whose choices carry scores has those. Requirements that are not assessable
are nodes; what has both is a node with an item of its own. Where a requirement has no text, its questions are it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assess.interchange.ciso_questions import Asked, asked
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
    locale = line(data.get("locale")).lower()
    language = "zh" if locale.startswith("zh") else "en"
    notes: list[Message] = []
    steps = _steps(framework, language)
    listed = [one for one in nodes if isinstance(one, Mapping) and one.get("urn")]
    above = {_urn(one): str(one.get("parent_urn") or "").lower() for one in listed}
    parents = {parent for parent in above.values() if parent in above}
    codes = _codes(listed)
    tables: list[tuple[str, Mapping[str, Any]]] = [("total", {"aggregation": "weighted_mean", "maximum": 100})]
    items = scored = 0
    lead = _leading_to_items(listed, above)
    for one in listed:
        urn = _urn(one)
        if urn not in lead:
            continue
        questions = asked(one, language)
        under = {"under": codes[above[urn]]} if above[urn] in codes else {}
        names = _named(one, language, questions)
        if urn in parents:
            tables.append(("[node]", {"code": codes[urn], **under, **_both("name", names)}))
            under = {"under": codes[urn]}
        if one.get("assessable") is True:
            code = f"{codes[urn]}.own" if urn in parents else codes[urn]
            head: dict[str, Any] = {"code": code, **under, "kind": "level", **_both("name", names)}
            head |= _both("question", _described(one, language, questions)) | _both(
                "note", _notes(one, language, questions)
            )
            tables.append(("[indicator]", head))
            tables += [("[indicator.level]", dict(step)) for step in questions.steps or steps]
            items += 1
            scored += bool(questions.steps)
    if any(isinstance(one.get("weight"), (int, float)) for one in listed):
        notes.append(say("Weights of single requirements are left out: all count the same."))
    with_questions = sum(1 for one in listed if one.get("questions") or one.get("question"))
    if with_questions > scored:
        notes.append(
            say("Choices of questions carry no scores in {count} requirements; they stand in the note of the item, "
                "and the requirement itself is rated.", count=with_questions - scored)
        )  # fmt: skip
    if (span := _span(framework)) is not None:
        notes.append(say("Scores {low} to {high} of the library count here as 0 to 100.", low=span[0], high=span[1]))
    if any(one.get("implementation_groups") for one in listed):
        notes.append(say("Implementation groups are left out: every requirement is in."))
    if locale and not locale.startswith(("zh", "en")):
        notes.append(
            say(
                "The library is in the language “{locale}”; what it has no English for stands as it is.",
                locale=locale,
            )
        )
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
    known, span = _defined(framework), _span(framework)
    if span is None:
        return list(RESULTS)
    low, high = span
    return [
        {
            "level": one["score"],
            "score": 100.0 * (one["score"] - low) / (high - low),
            language: ": ".join(part for part in (line(one.get("name")), line(one.get("description"))) if part)
            or str(one["score"]),
        }
        for one in sorted(known, key=lambda one: one["score"])
    ]


def _defined(framework: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    given = framework.get("scores_definition")
    listed = given if isinstance(given, list) else []
    return [one for one in listed if isinstance(one, Mapping) and isinstance(one.get("score"), int)]


def _span(framework: Mapping[str, Any]) -> tuple[int, int] | None:
    """Lowest and highest of the scores the library defines, None where they cannot be levels."""
    known = [one["score"] for one in _defined(framework)]
    if len(known) < 2 or len(set(known)) != len(known) or not 0 <= min(known) < max(known) <= 9:
        return None
    return min(known), max(known)


def _urn(one: Mapping[str, Any]) -> str:
    """Names of nodes do not differ by capitals: libraries write them either way."""
    return str(one["urn"]).lower()


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
        out[_urn(one)] = code
    return out


def _leading_to_items(listed: list[Mapping[str, Any]], above: Mapping[str, str]) -> set[str]:
    """The nodes that are asked or stand above one that is; a node without any item would be empty."""
    out: set[str] = set()
    for one in listed:
        urn = _urn(one)
        while one.get("assessable") is True and urn and urn not in out:
            out.add(urn)
            urn = above.get(urn, "")
    return out


def _named(one: Mapping[str, Any], language: str, questions: Asked) -> dict[str, str]:
    """Name in the languages there are: reference and name, or the beginning of the description or the question."""
    out = {}
    for key, part in _texts(one, language).items():
        words = line(part.get("name")) or _short(line(part.get("description")) or questions.text(key))
        reference = line(one.get("ref_id"))
        if words or reference:
            out[key] = f"{reference} {words}".strip()
    return out or {language: line(one.get("urn")).rsplit(":", 1)[-1]}


def _short(words: str) -> str:
    return words if len(words) <= LONG else words[: LONG - 1].rstrip() + "…"


def _described(one: Mapping[str, Any], language: str, questions: Asked) -> dict[str, str]:
    return {
        key: words
        for key, part in _texts(one, language).items()
        if (words := line(part.get("description")) or questions.text(key) or line(part.get("name")))
    }


def _notes(one: Mapping[str, Any], language: str, questions: Asked) -> dict[str, str]:
    """What helps with the answer: the annotation, the usual evidence, questions and their choices."""
    out = {}
    for key, part in _texts(one, language).items():
        own = questions.told(key, bool(line(one.get("description"))))
        words = " · ".join(
            text for text in (line(part.get("annotation")), line(part.get("typical_evidence")), *own) if text
        )
        if words:
            out[key] = words
    return out


def _texts(one: Mapping[str, Any], language: str) -> dict[str, Mapping[str, Any]]:
    out: dict[str, Mapping[str, Any]] = {language: one}
    translations = one.get("translations")
    for key in ("zh", "en"):
        part = translations.get(key) if isinstance(translations, Mapping) else None
        if isinstance(part, Mapping):
            out[key] = part if key != language else {**one, **{name: words for name, words in part.items() if words}}
    return out


def _both(key: str, words: Mapping[str, str]) -> dict[str, Any]:
    return {key: dict(words)} if words else {}
