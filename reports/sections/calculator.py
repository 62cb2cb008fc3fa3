"""Plain data for the what-if calculator: weights, scores, bands and the gates that follow from scores."""

from __future__ import annotations

from assess.framework.indicator import Indicator
from assess.framework.model import ROOT
from assess.framework.stage_rules import Gate
from assess.language import say
from assess.measure.result import GateResult
from assess.measure.scales import rubric_score
from reports.sections.matter import Matter


def calculator(m: Matter) -> dict[str, object] | None:
    """None where there is no total, or where a red line holds it back."""
    scores = m.scores
    if scores.base is None or not m.scored or scores.suspended or not reckoned(m):
        return None
    return {
        "root": ROOT,
        "maximum": m.framework.maximum,
        "decimals": m.framework.show_decimals,
        "deductions": scores.deductions,
        "bands": []
        if m.training
        else [
            {"from": stage.min, "level": stage.level, "name": m.text(stage.name)}
            for stage in sorted(m.framework.stages, key=lambda stage: stage.min)
        ],
        "nodes": {
            code: {
                "aggregation": node.aggregation,
                "floor": node.floor,
                "pass": node.pass_mark,
                "children": [{"code": child, "weight": weight(m, child)} for child in node.children if known(m, child)],
            }
            for code, node in m.framework.nodes.items()
            if code in scores.nodes
        },
        "items": {
            code: {"name": m.name(code), "score": item.score, "steps": steps(m, m.framework.indicators[code])}
            for code, item in scores.items.items()
            if item.state != "out"
        },
        "groups": groups(m),
        "gates": [] if m.training else [gate_data(m, gate) for gate in scores.gates],
        "labels": {
            "band": m.text(say("stage by score {stage}", stage="{stage}")),
            "failing": m.text(say("Gates not yet met: {gates}", gates="{gates}")),
            "none": m.text(say("All its gates hold.")),
            "join": "；" if m.zh else "; ",
        },
    }


def reckoned(m: Matter) -> bool:
    """Whether the calculator knows every way in which the nodes are made."""
    nodes = m.framework.nodes.values()
    plain = all(node.aggregation in ("weighted_mean", "geometric", "sum") and not node.available for node in nodes)
    return plain and (m.framework.maximum == 100 or m.framework.root.aggregation == "sum")


def known(m: Matter, code: str) -> bool:
    if code in m.scores.nodes:
        return True
    return code in m.scores.items and m.scores.items[code].state != "out"


def weight(m: Matter, code: str) -> float:
    return m.scores.items[code].weight if code in m.scores.items else m.scores.nodes[code].weight


def steps(m: Matter, indicator: Indicator) -> list[list[object]]:
    """Choices of a leveled or yes/no item with their scores; numbers and checklists take any score."""
    if indicator.kind == "level":
        return [
            [rubric_score(indicator, rung.level), m.text(say("level {level}", level=rung.level))]
            for rung in indicator.levels
        ]
    if indicator.kind == "yesno" and indicator.yesno is not None:
        yes = 100.0 if indicator.yesno.good == "yes" else 0.0
        return [[yes, m.text(say("yes"))], [100.0 - yes, m.text(say("no"))]]
    return []


def groups(m: Matter) -> list[dict[str, object]]:
    out: list[dict[str, object]] = []
    seen: set[str] = set()
    for node in m.framework.dimensions:
        codes = [code for code in m.framework.leaves(node.code) if known(m, code)]
        seen.update(codes)
        if codes:
            out.append({"name": m.text(node.name), "codes": codes})
    loose = [code for code in m.scores.items if code not in seen and known(m, code)]
    if loose:
        out.append({"name": m.text(say("Items")), "codes": loose})
    return out


def gate_data(m: Matter, result: GateResult) -> dict[str, object]:
    """A gate on scores by its codes and threshold; any other by the outcome it has now."""
    gate: Gate = result.gate
    data: dict[str, object] = {
        "stage": result.stage,
        "words": m.text(gate.words),
        "codes": [],
        "min": 0.0,
        "count": gate.count,
        "share": 1.0,
        "fixed": None,
    }
    if gate.type == "total_floor":
        return data | {"codes": [ROOT], "min": gate.min}
    if gate.type == "dimension_floor":
        return data | {
            "codes": [node.code for node in m.framework.dimensions if node.code in m.scores.nodes],
            "min": gate.min,
        }
    if gate.type == "key_floor":
        codes = [
            item.code
            for item in m.scores.items.values()
            if m.framework.indicators[item.code].key and item.state != "out"
        ]
        return data | {"codes": codes, "min": gate.min_score, "share": gate.min_share}
    if gate.type == "indicator_floor":
        return data | {"codes": [code for code in gate.indicators if known(m, code)], "min": gate.min_score}
    return data | {"fixed": result.outcome != "failed"}
