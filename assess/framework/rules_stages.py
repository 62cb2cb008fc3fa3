"""Reading what decides a stage: red lines with their triggers, stages with their gates (R5, R6)."""

from __future__ import annotations

from assess.framework.block import Block
from assess.framework.stage_rules import Gate, RedLine, Stage, Trigger


def red_lines(blocks: tuple[Block, ...], modes: tuple[str, ...]) -> tuple[RedLine, ...]:
    return tuple(
        RedLine(
            id=one.text("id"),
            words=one.words(),
            modes=one.texts("modes", modes),
            triggers=tuple(trigger(part) for part in one.tables("any")),
            confirm=one.choice("confirm", "review"),
            effect=one.table("effect").choice("type", "cap_stage"),
            max_stage=one.table("effect").maybe_whole("max_stage"),
            effect_words=one.words("effect_words"),
            self_indicative=one.text("self_effect") == "indicative",
        )
        for one in blocks
    )


def trigger(block: Block) -> Trigger:
    value = block.data.get("value")
    return Trigger(
        indicator=block.text("indicator"),
        op=block.text("op"),
        value=tuple(value) if isinstance(value, list) else value,
        flag=block.text("flag"),
        confirm=block.text("confirm"),
    )


def stages(blocks: tuple[Block, ...]) -> tuple[Stage, ...]:
    return tuple(
        Stage(
            level=one.whole("level"),
            name=one.words(),
            min=one.number("min"),
            max=one.number("max"),
            line=one.words("line"),
            gates=tuple(gate(part) for part in one.tables("gate")),
            max_inclusive=one.flag("max_inclusive"),
        )
        for one in blocks
    )


def gate(block: Block) -> Gate:
    count = block.data.get("count", "all")
    warn = block.table("warn_if_missing")
    return Gate(
        id=block.text("id"),
        type=block.choice("type"),
        words=block.words(),
        min=block.number("min"),
        count=None if count == "all" else int(count),
        min_score=block.number("min_score"),
        min_share=block.number("min_share", 1.0),
        indicators=block.texts("indicators"),
        nodes=block.texts("nodes"),
        document_status=block.texts("document_status"),
        warn_columns=warn.texts("columns"),
        warn_indicators=warn.text("indicators"),
    )
