"""A result of weighting kept with a framework: a new `[[weight_set]]` at the end of framework.toml, a scenario.

Weights of siblings are brought to what their node asks for (100, or its points), to four decimals.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from assess.framework.check import check_sources
from assess.framework.check_index import set_faults
from assess.framework.model import Framework
from assess.framework.read import read
from assess.framework.sources import MAIN, FrameworkProblem, load
from assess.language import Words, say
from assess.problems import Problem, reason

PLACES = 4
NAMELESS = Words()


def keep(folder: Path, name: str, weights: Mapping[str, float], words: Words = NAMELESS) -> Path:
    """Add a set to a framework folder; returns the file that was written. `weights` are relative among siblings.

    The file is replaced only when the whole framework is sound with it. Raises Problem `weight-set.id` for an id that
    is there already, `weight-set.unknown` for a code that is not, `weight-set.weights` for siblings of which some are
    missing, FrameworkProblem for a folder with errors, `weight-set.unwritten` where it cannot be written.
    """
    framework = read(folder)
    if not name.strip() or any(one.id == name for one in framework.weight_sets):
        raise Problem(
            "weight-set.id",
            say("The framework cannot keep another set named “{name}”.", name=name),
            say("Give an id of its own; known: {names}.", names=tuple(one.id for one in framework.weight_sets))
            if framework.weight_sets
            else say("Give an id, such as ahp2026."),
        )
    unknown = tuple(code for code in weights if code not in framework.nodes and code not in framework.indicators)
    if unknown:
        raise Problem(
            "weight-set.unknown",
            say("The framework knows no item or node {codes}.", codes=unknown),
            say("Name the columns of the table by the codes of the framework."),
        )
    fitted = scaled(framework, weights)
    for _code, text, hint in set_faults(framework, fitted):
        raise Problem("weight-set.weights", text, hint)
    sources = dict(load(folder))
    sources[MAIN] = f"{sources[MAIN].rstrip()}\n\n{text_of(name, fitted, words)}"
    errors = [one for one in check_sources(sources) if one.severity == "error"]
    if errors:
        raise FrameworkProblem(tuple(errors))
    target = folder / MAIN
    part = target.with_name(f"{MAIN}.part")
    try:
        part.write_text(sources[MAIN], "utf-8", newline="\n")
        os.replace(part, target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise Problem(
            "weight-set.unwritten",
            say("{name} could not be written: {reason}", name=MAIN, reason=reason(error)),
            say("Copy the framework to a folder you may write to, and keep the set there."),
        ) from error
    return target


def scaled(framework: Framework, weights: Mapping[str, float]) -> dict[str, float]:
    """The weights of siblings brought to the sum their node asks for; what rounding leaves goes to the largest."""
    out = dict(weights)
    for node in framework.nodes.values():
        given = [child for child in node.children if child in weights]
        total = sum(weights[child] for child in given)
        if not given or total <= 0 or node.aggregation in ("deduct", "bonus"):
            continue
        parts = (framework.indicators.get(code) or framework.nodes[code] for code in given)
        wanted = sum(part.weight for part in parts) if node.aggregation == "sum" else 100.0
        for child in given:
            out[child] = round(weights[child] * wanted / total, PLACES)
        largest = max(given, key=lambda child: out[child])
        out[largest] = round(out[largest] + wanted - sum(out[child] for child in given), PLACES)
    return out


def text_of(name: str, weights: Mapping[str, float], words: Words) -> str:
    """The set as TOML."""
    lines = ["[[weight_set]]", f"id = {quoted(name)}", f"zh = {quoted(words.zh or name)}"]
    lines.append(f"en = {quoted(words.en or words.zh or name)}")
    rows = ",\n".join(f"  {{ code = {quoted(code)}, value = {weight:.{PLACES}f} }}" for code, weight in weights.items())
    return "\n".join([*lines, f"weight = [\n{rows},\n]"]) + "\n"


def quoted(text: str) -> str:
    """A basic string of TOML: JSON's, with the one control character that JSON lets through."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
