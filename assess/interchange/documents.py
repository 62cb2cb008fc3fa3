"""A document as JSON, by the published schema `assess/library/schemas/document-1.json`, and back into cells."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assess.answers import ANSWER_COLUMNS, Answer, Cell, Json, Sheet
from assess.framework.model import Framework
from assess.language import say
from assess.measure.result import Scores
from assess.problems import Problem

SCHEMA = Path(__file__).parent.parent / "library" / "schemas" / "document-1.json"
VERSION = 1
WORDS = ("note", "explanation")
LARGEST = 64 * 1024 * 1024


def document(framework: Framework, sheet: Sheet, scores: Scores) -> dict[str, Any]:
    """One document: framework, unit, answers in every column, evidence (no attached files), scores."""
    profile = sheet.profile.to_json()
    items = {}
    for code in framework.indicators:
        entry: dict[str, Any] = {}
        columns = {
            column: answer.to_json() for column in ANSWER_COLUMNS if (answer := sheet.answer(code, column)) is not None
        }
        if columns:
            entry["answers"] = columns
        entry |= {name: text for name in WORDS if (text := sheet.text(code, name))}
        held = [{"id": piece.id} | piece.to_json() for piece in sheet.evidence(code)]
        if held:
            entry["evidence"] = held
        if entry:
            items[code] = entry
    return {
        "schema": VERSION,
        "framework": {"code": framework.code, "version": framework.version, "digest": framework.digest},
        "profile": profile,
        "items": items,
        "scores": {
            "base": scores.base,
            "graded": scores.graded,
            "shown": scores.shown,
            "coverage": scores.coverage,
            "stage_of_score": scores.score_stage.level if scores.score_stage else None,
            "stage_held": scores.gated_stage.level if scores.gated_stage else None,
            "nodes": {code: node.score for code, node in scores.nodes.items()},
            "items": {code: item.score for code, item in scores.items.items()},
        },
    }


def schema() -> dict[str, Any]:
    """The published JSON Schema (draft 2020-12)."""
    found: dict[str, Any] = json.loads(SCHEMA.read_text("utf-8"))
    return found


def read(path: Path, framework: Framework, unit: str = "") -> dict[Cell, Json]:
    """Cells of the answers, notes and explanations of one document in a JSON file. Scores are never read back.

    Of several documents `unit` chooses one. Raises Problem json.*.
    """
    found = _loaded(path)
    if unit:
        found = [one for one in found if str(_part(one, "profile").get("unit", "")) == unit]
    if len(found) != 1:
        raise Problem(
            "json.several",
            say("{name} holds {count} documents of that kind.", name=path.name, count=len(found)),
            say("Name the unit whose answers are to be taken."),
        )
    return cells(found[0], framework, path.name)


def cells(data: Mapping[str, Any], framework: Framework, name: str) -> dict[Cell, Json]:
    """Cells of one document as JSON; every answer must fit its item. Raises Problem json.framework, .item, .answer."""
    if data.get("schema") != VERSION:
        raise Problem(
            "json.schema",
            say("{name} is not a document of schema {version}.", name=name, version=VERSION),
            say("Use a file written by the export of this program, or one that follows its JSON Schema."),
        )
    about = _part(data, "framework")
    if about.get("code") != framework.code:
        raise Problem(
            "json.framework",
            say("{name} belongs to the framework {other}, not to {code}.", name=name, other=str(about.get("code")),
                code=framework.code),
            say("Open a document of the same framework."),
        )  # fmt: skip
    out: dict[Cell, Json] = {}
    for code, entry in _part(data, "items").items():
        if code not in framework.indicators or not isinstance(entry, Mapping):
            raise Problem(
                "json.item",
                say("{name}: the framework has no item {code}.", name=name, code=str(code)[:40]),
                say("Mend the file, or take out the item."),
            )
        for column, given in _part(entry, "answers").items():
            out[code, column] = _answer(framework, name, code, column, given)
        out |= {(code, word): str(entry[word]) for word in WORDS if entry.get(word)}
    return out


def _answer(framework: Framework, name: str, code: str, column: str, given: Any) -> Json:
    kind = given.get("kind") if isinstance(given, Mapping) else None
    fits = kind in ("na", "nd", framework.indicators[code].kind)
    if column not in ANSWER_COLUMNS or not fits:
        raise Problem(
            "json.answer",
            say("{name}: {code} has an answer that does not fit its kind.", name=name, code=code),
            say("The kind of this item is {kind}.", kind=framework.indicators[code].kind),
        )
    try:
        made = Answer.from_json(given).to_json()
    except (TypeError, ValueError) as error:
        raise Problem(
            "json.answer",
            say("{name}: {code} has an answer that does not fit its kind.", name=name, code=code),
            say("The kind of this item is {kind}.", kind=framework.indicators[code].kind),
        ) from error
    if not _typed(made):
        raise Problem(
            "json.answer",
            say("{name}: {code} has an answer that does not fit its kind.", name=name, code=code),
            say("The kind of this item is {kind}.", kind=framework.indicators[code].kind),
        )
    return made


def _typed(made: Mapping[str, Any]) -> bool:
    """Whether every part of an answer has the type the schema states."""
    kinds: dict[str, type | tuple[type, ...]] = {"level": int, "ticked": list, "conditions": list}
    for key, value in made.items():
        if not isinstance(value, kinds.get(key, str)) or isinstance(value, bool):
            return False
        if isinstance(value, list) and not all(isinstance(one, str) for one in value):
            return False
    return True


def _loaded(path: Path) -> list[Mapping[str, Any]]:
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError("too large")
        found = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise Problem(
            "json.unreadable",
            say("{name} cannot be read as JSON.", name=path.name),
            say("Check that it is the right file and that it is whole."),
        ) from error
    listed = found if isinstance(found, list) else [found]
    return [one for one in listed if isinstance(one, Mapping)]


def _part(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = data.get(key)
    return found if isinstance(found, Mapping) else {}
