"""OWASP SAMM's core model (a folder of YAML files) as a framework.

Questions become rubrics worth what their answer set says (0, 0.25, 0.5, 1). A practice is the sum of the means of its
levels, as SAMM scores it, from 0 to 3; a function is the mean of its practices, the total the mean of the functions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assess.interchange.foreign import Foreign, line, number, toml, yaml
from assess.language import Message, say
from assess.problems import Problem

STEM = re.compile(r"([A-Z])-([A-Z]{2})-([1-9])-([A-Z])")
MOST = 5_000


def read(folder: Path) -> Foreign:
    """The model of a folder, its questions named as `G-SM-1-A.yml` in `questions`. Raises Problem samm.*, foreign.*."""
    questions = sorted(path for path in folder.rglob("*.y*ml") if path.parent.name == "questions")
    if not questions:
        raise Problem(
            "samm.questions",
            say("{name} holds no questions of OWASP SAMM.", name=folder.name),
            say("Choose the folder “model” of SAMM’s core repository; it has folders named questions and answer_sets."),
        )
    known = documents(folder)
    notes: list[Message] = []
    functions: dict[str, dict[str, dict[str, list[tuple[str, Mapping[str, Any]]]]]] = {}
    for path in questions:
        found = STEM.fullmatch(path.stem)
        data = yaml(path)
        if found is None or not isinstance(data, Mapping):
            notes.append(say("{name} is no question and was left out.", name=path.name))
            continue
        data = {str(key).lower(): value for key, value in data.items()}
        function, practice, level = found[1], f"{found[1]}-{found[2]}", f"{found[1]}-{found[2]}-{found[3]}"
        functions.setdefault(function, {}).setdefault(practice, {}).setdefault(level, []).append((path.stem, data))
    tables: list[tuple[str, Mapping[str, Any]]] = [
        ("total", {"name": "Total", "maximum": 3, "aggregation": "weighted_mean", "show_decimals": 2})
    ]
    items = 0
    for function, practices in sorted(functions.items(), key=lambda one: _place(_of_function(known, one[1]), one[0])):
        head = _of_function(known, practices)
        tables.append(("[node]", {"code": function, "name": line(head.get("name")) or function}))
        for practice, levels in sorted(practices.items(), key=lambda one: _place(_of_practice(known, one[1]), one[0])):
            about = _of_practice(known, levels)
            name = line(about.get("name")) or practice
            tables.append(("[node]", {"code": practice, "under": function, "name": name, "aggregation": "sum"}))
            for level, asked in levels.items():
                tables.append(
                    ("[node]", {"code": level, "under": practice, "weight": 1, "name": f"{name} {level[-1]}"})
                )
                for stem, data in asked:
                    rows = _item(known, stem, level, data)
                    if rows is None:
                        notes.append(say("{name} has no answer set and was left out.", name=stem))
                        continue
                    tables += rows
                    items += 1
    head_of_file = {
        "code": "owasp-samm",
        "version": "2",
        "language": "en",
        "title": "OWASP Software Assurance Maturity Model",
    }
    notes.append(say("The texts belong to OWASP SAMM and keep its licence (CC BY-SA 4.0)."))
    return Foreign({"framework.toml": toml(head_of_file, tables)}, items, tuple(notes))


def documents(folder: Path) -> dict[str, Mapping[str, Any]]:
    """Every file that has an `id`, by it; unreadable ones raise."""
    paths = sorted(path for path in folder.rglob("*.y*ml") if path.is_file())
    if len(paths) > MOST:
        raise Problem(
            "samm.many",
            say("{name} holds {count} files; that is no SAMM model.", name=folder.name, count=len(paths)),
            say("Choose the folder “model” of SAMM’s core repository; it has folders named questions and answer_sets."),
        )
    out: dict[str, Mapping[str, Any]] = {}
    for path in paths:
        data = yaml(path)
        if isinstance(data, Mapping) and isinstance(data.get("id"), str):
            out[data["id"]] = data
    return out


def _item(
    known: Mapping[str, Mapping[str, Any]], stem: str, level: str, data: Mapping[str, Any]
) -> list[tuple[str, Mapping[str, Any]]] | None:
    answers = known.get(str(data.get("answerset")), {}).get("values")
    if not isinstance(answers, list) or len(answers) < 2:
        return None
    ordered = sorted((one for one in answers if isinstance(one, Mapping)), key=lambda one: number(one.get("value")))
    top = number(ordered[-1].get("value")) if ordered else 0.0
    if top <= 0:
        return None
    activity = known.get(str(data.get("activity")), {})
    given = data.get("quality") or ()
    quality = [line(one) for one in ([given] if isinstance(given, str) else given) if line(one)]
    rows: list[tuple[str, Mapping[str, Any]]] = [
        (
            "[indicator]",
            {
                "code": stem,
                "under": level,
                "kind": "level",
                "name": line(activity.get("title")) or line(data.get("text")) or stem,
                "question": line(data.get("text")) or stem,
                "note": " · ".join(quality) or None,
            },
        )
    ]
    for place, answer in enumerate(ordered):
        worth = 100.0 * number(answer.get("value")) / top
        rows.append(
            ("[indicator.level]", {"level": place, "score": worth, "en": line(answer.get("text")) or str(place)})
        )
    return rows


def _place(about: Mapping[str, Any], code: str) -> tuple[float, str]:
    """Where a function or practice stands by its own `order`; without one it comes after, by its code."""
    order = about.get("order")
    return (float(order) if isinstance(order, (int, float)) else 1e9, code)


def _of_practice(known: Mapping[str, Mapping[str, Any]], levels: Mapping[str, Any]) -> Mapping[str, Any]:
    """The practice behind the first question: question, activity, stream or level, practice."""
    for asked in levels.values():
        for _, data in asked:
            activity = known.get(str(data.get("activity")), {})
            for key in ("stream", "level"):
                above = known.get(str(activity.get(key)), {})
                practice = known.get(str(above.get("practice")))
                if practice is not None:
                    return practice
    return {}


def _of_function(known: Mapping[str, Mapping[str, Any]], practices: Mapping[str, Any]) -> Mapping[str, Any]:
    for levels in practices.values():
        found = known.get(str(_of_practice(known, levels).get("function")))
        if found is not None:
            return found
    return {}
