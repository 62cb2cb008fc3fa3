"""A questionnaire written as an XLSForm, read into a framework: groups become nodes, questions items.

A choice of one is a rubric in the order of its choices (yes and no: a yes/no item), a choice of several a checklist, a
number an item from 0 to 100 or as its constraint says. Texts and dates have no score and are named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assess.interchange.foreign import Foreign, code_of, line, toml
from assess.interchange.xlsform_tables import tables as tables_of
from assess.language import Message, say
from assess.problems import Problem

YES, NO = {"yes", "是", "y", "true", "1", "有"}, {"no", "否", "n", "false", "0", "没有", "无"}
BOUND = re.compile(r"\.\s*(<=|>=|<|>)\s*(-?\d+(?:\.\d+)?)")
RANGE = re.compile(r"\b(start|end)\s*=\s*(-?\d+(?:\.\d+)?)")
SILENT = {"note", "calculate", "start", "end", "today", "deviceid", "username", "phonenumber", "audit", "hidden",
          "start-geopoint", "subscriberid", "simserial", "email", "imei", "csv-external", "xml-external", "trigger",
          "acknowledge"}  # fmt: skip
NUMBERS = {"integer", "decimal", "range"}
"""Types of questions that have a number for an answer."""
ONE = re.compile(r"(?:add )?select[ _]?(?:one|1)(?: prompt)?(?: (?:from|using))? ")
SEVERAL = re.compile(r"(?:add )?select[ _]?(?:multiple|all that apply)(?: prompt)?(?: (?:from|using))? ")
OTHER = re.compile(r" (?:or_other|or specify other|or other)$")
PLAIN = {"int": "integer", "string": "text"}
MOST_LEVELS = 10


def read(path: Path) -> Foreign:
    """The framework of a form. Raises Problem xlsform.sheets where it is none, xlsform.nothing without an item."""
    sheets = tables_of(path)
    survey = sheets.get("survey", [])
    if not survey or not any("type" in row for row in survey):
        raise Problem(
            "xlsform.sheets",
            say("{name} is no XLSForm: it has no sheet “survey” with a column “type”.", name=path.name),
            say("Choose the workbook that the form was made from."),
        )
    lists: dict[str, list[Mapping[str, str]]] = {}
    for row in sheets.get("choices", []):
        name = row.get("list_name") or row.get("list name") or ""
        if name and row.get("name"):
            lists.setdefault(name, []).append(row)
    settings = (sheets.get("settings") or [{}])[0]
    tables: list[tuple[str, Mapping[str, Any]]] = [("total", {"aggregation": "weighted_mean", "maximum": 100})]
    notes: list[Message] = []
    left_out: list[str] = []
    repeated: list[str] = []
    taken: set[str] = set()
    path_of_groups: list[str] = []
    items = 0
    pending: list[tuple[str, Mapping[str, Any]]] = []
    for row in survey:
        kind, name = kind_of(row.get("type", ""))
        if kind == "begin":
            code = _free(row.get("name") or "group", taken)
            under = {"under": path_of_groups[-1]} if path_of_groups else {}
            pending.append(("[node]", {"code": code, **under, **_labels("name", row, code)}))
            path_of_groups.append(code)
            if name != "group":
                repeated.append(row.get("name") or code)
            continue
        if kind == "end" and name:
            if path_of_groups:
                gone = path_of_groups.pop()
                pending = [one for one in pending if one[1]["code"] != gone]
            continue
        if not kind or kind in SILENT or row.get("disabled", "").lower() in YES:
            continue
        found = _item(row, kind, name, lists)
        if found is None:
            left_out.append(row.get("name") or kind)
            continue
        tables += pending
        pending = []
        code = _free(row.get("name") or "q", taken)
        under = {"under": path_of_groups[-1]} if path_of_groups else {}
        own, parts = found
        labels = _labels("name", row, code) | _labels("question", row, code)
        tables.append(("[indicator]", {"code": code, **under, **labels, **own}))
        tables += parts
        items += 1
    if not items:
        raise Problem(
            "xlsform.unscored",
            say("No question of {name} can have a score.", name=path.name),
            say("A choice of one or several, or a number, can; texts, dates and places cannot."),
        )
    title = settings.get("form_title") or path.stem
    head = {
        "code": code_of(settings.get("form_id") or path.stem).lower(),
        "version": settings.get("version") or "1",
        "language": "zh" if re.search("[\u4e00-\u9fff]", title) else "en",
        "title": title,
    }
    if left_out:
        notes.append(say("Left out, because they have no score: {names}.", names=tuple(left_out)))
    if repeated:
        notes.append(say("Groups that repeat are asked once: {names}.", names=tuple(repeated)))
    notes.append(
        say("The order of choices is taken as the order of levels, and goalposts and weights are starting values; "
            "look through them before use.")
    )  # fmt: skip
    return Foreign({"framework.toml": toml(head, tables)}, items, tuple(notes))


def kind_of(words: str) -> tuple[str, str]:
    """Kind and list (or group, repeat, loop) of a type as forms write it, the older words included."""
    given = " ".join(words.split())
    plain = given.lower()
    for kind, pattern in (("select_one", ONE), ("select_multiple", SEVERAL)):
        if (found := pattern.match(plain)) is not None:
            rest = OTHER.sub("", given[found.end() :])
            return kind, rest.split(" ")[0]
    for kind in ("begin", "end"):
        if plain.startswith((f"{kind} ", f"{kind}_")):
            return kind, plain[len(kind) + 1 :].split(" ")[0]
    first, _, rest = plain.partition(" ")
    return PLAIN.get(first, first), rest


def _item(
    row: Mapping[str, str], kind: str, name: str, lists: Mapping[str, list[Mapping[str, str]]]
) -> tuple[Mapping[str, Any], list[tuple[str, Mapping[str, Any]]]] | None:
    """Keys of the item and the tables under it; None where the question has no score."""
    choices = lists.get(name, [])
    if kind == "select_one" and len(choices) == 2:
        words = [choice["name"].strip().lower() for choice in choices]
        labels = [_words(choice, choice["name"]) for choice in choices]
        if words[0] in YES and words[1] in NO:
            return {"kind": "yesno", "yesno": {"good": "yes", "yes": labels[0], "no": labels[1]}}, []
        if words[0] in NO and words[1] in YES:
            return {"kind": "yesno", "yesno": {"good": "yes", "yes": labels[1], "no": labels[0]}}, []
    if kind == "select_one" and 2 <= len(choices) <= MOST_LEVELS:
        return {"kind": "level"}, [
            ("[indicator.level]", {"level": place, **_words(choice, choice["name"])})
            for place, choice in enumerate(choices)
        ]
    if kind == "select_multiple" and choices:
        return {"kind": "multi"}, [
            ("[indicator.option]", {"key": choice["name"], **_words(choice, choice["name"])}) for choice in choices
        ]
    if kind in NUMBERS:
        low, high = 0.0, 100.0
        for sign, bound in BOUND.findall(row.get("constraint", "")):
            if sign.startswith(">"):
                low = float(bound)
            else:
                high = float(bound)
        for end, bound in RANGE.findall(row.get("parameters", "").lower()):
            low, high = (float(bound), high) if end == "start" else (low, float(bound))
        return {"kind": "number", "number": {"zero": low, "full": high if high > low else low + 100.0}}, []
    return None


def _labels(key: str, row: Mapping[str, str], spare: str) -> dict[str, Any]:
    return {key: _words(row, spare)}


def _words(row: Mapping[str, str], spare: str) -> dict[str, str]:
    """Labels in Chinese and English; a label in another language counts for the one it is written in."""
    out: dict[str, str] = {}
    for column, text in row.items():
        head, _, language = column.partition("::")
        if head.strip() != "label" or not text.strip():
            continue
        words = line(text)
        known = language.strip().lower()
        if "zh" in known or "中文" in known or "chinese" in known:
            out["zh"] = words
        elif known == "en" or known.startswith(("en-", "english")) or "(en" in known:
            out["en"] = words
        else:
            out.setdefault("zh" if re.search("[\u4e00-\u9fff]", words) else "en", words)
    return out or {"zh": spare, "en": spare}


def _free(name: str, taken: set[str]) -> str:
    base = code_of(name)
    code, number = base, 2
    while code.lower() in taken:
        code, number = f"{base}_{number}", number + 1
    taken.add(code.lower())
    return code
