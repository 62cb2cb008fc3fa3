"""A questionnaire written as an XLSForm, read into a framework: groups become nodes, questions items.

A choice of one is a rubric in the order of its choices (yes and no: a yes/no item), a choice of several a checklist, a
number an item from 0 to 100 or as its constraint says. Texts and dates have no score and are named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assess.exchange.grid import Grid
from assess.exchange.grid import read as grids
from assess.interchange.foreign import Foreign, code_of, line, toml
from assess.language import Message, say
from assess.problems import Problem

YES, NO = {"yes", "是", "y", "true", "1", "有"}, {"no", "否", "n", "false", "0", "没有", "无"}
BOUND = re.compile(r"\.\s*(<=|>=|<|>)\s*(-?\d+(?:\.\d+)?)")
SILENT = {"note", "calculate", "start", "end", "today", "deviceid", "username", "phonenumber", "audit", "hidden"}
NUMBERS = {"integer", "decimal", "range"}
"""Types of questions that have a number for an answer."""


def read(path: Path) -> Foreign:
    """The framework of a form. Raises Problem xlsform.sheets where it is none, xlsform.nothing without an item."""
    sheets = {grid.name.strip().lower(): grid for grid in grids(path)}
    survey = _table(sheets.get("survey"))
    if not survey or "type" not in survey[0]:
        raise Problem(
            "xlsform.sheets",
            say("{name} is no XLSForm: it has no sheet “survey” with a column “type”.", name=path.name),
            say("Choose the workbook that the form was made from."),
        )
    lists: dict[str, list[Mapping[str, str]]] = {}
    for row in _table(sheets.get("choices")):
        name = row.get("list_name") or row.get("list name") or ""
        if name and row.get("name"):
            lists.setdefault(name, []).append(row)
    settings = (_table(sheets.get("settings")) or [{}])[0]
    tables: list[tuple[str, Mapping[str, Any]]] = [("total", {"aggregation": "weighted_mean", "maximum": 100})]
    notes: list[Message] = []
    taken: set[str] = set()
    path_of_groups: list[str] = []
    items = 0
    pending: list[tuple[str, Mapping[str, Any]]] = []
    for row in survey:
        kind, _, rest = row.get("type", "").strip().replace("begin_", "begin ").replace("end_", "end ").partition(" ")
        if kind == "begin":
            code = _free(row.get("name") or "group", taken)
            under = {"under": path_of_groups[-1]} if path_of_groups else {}
            pending.append(("[node]", {"code": code, **under, **_labels("name", row, code)}))
            path_of_groups.append(code)
            continue
        if kind == "end":
            if path_of_groups:
                gone = path_of_groups.pop()
                pending = [one for one in pending if one[1]["code"] != gone]
            continue
        if not kind or kind in SILENT:
            continue
        found = _item(row, kind, rest.strip().split(" ")[0], lists)
        if found is None:
            notes.append(say("{name} has no score and was left out.", name=row.get("name") or kind))
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
            "xlsform.nothing",
            say("There is no item to make a form of."),
            say("Choose a framework or a document with at least one item."),
        )
    title = settings.get("form_title") or path.stem
    head = {
        "code": code_of(settings.get("form_id") or path.stem).lower(),
        "version": settings.get("version") or "1",
        "language": "zh" if re.search("[\u4e00-\u9fff]", title) else "en",
        "title": title,
    }
    notes.append(say("Goalposts and weights are starting values; look through them before use."))
    return Foreign({"framework.toml": toml(head, tables)}, items, tuple(notes))


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
    if kind == "select_one" and 2 <= len(choices) <= 10:
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
        return {"kind": "number", "number": {"zero": low, "full": high if high > low else low + 100.0}}, []
    return None


def _labels(key: str, row: Mapping[str, str], spare: str) -> dict[str, Any]:
    return {key: _words(row, spare)}


def _words(row: Mapping[str, str], spare: str) -> dict[str, str]:
    """Labels in Chinese and English; a label without a language counts for the one it is written in."""
    out: dict[str, str] = {}
    for column, text in row.items():
        head, _, language = column.partition("::")
        if head.strip() != "label" or not text.strip():
            continue
        words = line(text)
        known = language.lower()
        if "zh" in known or "中文" in language or "chinese" in known:
            out["zh"] = words
        elif "en" in known:
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


def _table(grid: Grid | None) -> list[dict[str, str]]:
    """Rows by heading; empty rows are left out."""
    if grid is None or not grid.rows:
        return []
    heads = [grid.text(0, column).strip() for column in range(len(grid.rows[0]))]
    rows = (
        {head: grid.text(row, column).strip() for column, head in enumerate(heads) if head}
        for row in range(1, len(grid.rows))
    )
    return [row for row in rows if any(row.values())]
