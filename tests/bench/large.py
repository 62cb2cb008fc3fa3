"""A framework of fifteen hundred indicators, the built-in one many times over, and a sheet that goes with it."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from assess.answers import Answer, Cell, Evidence, Json
from assess.framework.indicator import Indicator
from assess.framework.model import Framework
from assess.framework.read import builtin

TIMES = 22


def framework() -> Framework:
    """1,518 indicators: every sub-dimension holds its own twenty-two times, under codes of their own."""
    small = builtin()
    items: dict[str, Indicator] = {}
    nodes = {}
    for code, node in small.nodes.items():
        children: list[str] = []
        for child in node.children:
            if child in small.nodes:
                children.append(child)
                continue
            for number in range(TIMES):
                own = child if number == 0 else f"{child}-{number}"
                children.append(own)
                items[own] = replace(small.indicators[child], code=own)
        nodes[code] = replace(node, children=tuple(children))
    ordered: dict[str, Indicator] = {}
    for code in small.nodes["total"].children:
        for leaf in _leaves(nodes, code):
            ordered[leaf] = items[leaf]
    return replace(
        small,
        code="large",
        digest="f" * 64,
        nodes=MappingProxyType(nodes),
        indicators=MappingProxyType(ordered),
        sources=MappingProxyType({**small.sources, "large.toml": "# made for measuring\n"}),
    )


def _leaves(nodes: dict[str, object], code: str) -> list[str]:
    node = nodes.get(code)
    if node is None:
        return [code]
    return [leaf for child in node.children for leaf in _leaves(nodes, child)]  # type: ignore[attr-defined]


def cells(made: Framework, pieces: int = 500) -> dict[Cell, Json]:
    """An answer to two items of three, last period beside each, and so many pieces of evidence."""
    out: dict[Cell, Json] = {}
    for place, (code, item) in enumerate(made.indicators.items()):
        answer = _answer(item, place)
        out[(code, "previous")] = answer.to_json()
        if place % 3:
            out[(code, "self")] = answer.to_json()
        if place < pieces:
            piece = Evidence(
                "", f"文件{place}", number=f"示例〔2026〕{place}号", date="2026-03-01", grade="B", size=40_000
            )
            out[(code, f"evidence/e{place:07d}")] = piece.to_json()
    return out


def _answer(item: Indicator, place: int) -> Answer:
    if item.kind == "level":
        return Answer.of_level(1 + place % 5)
    if item.kind == "yesno":
        return Answer.of_choice("yes")
    if item.kind == "multi":
        return Answer.of_ticks(option.key for option in item.options[:3])
    number = item.number
    assert number is not None
    return Answer.of_number("45", "50" if number.denominator else None, source="统计")
