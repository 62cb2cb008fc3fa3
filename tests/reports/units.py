"""Sheets and frameworks of every odd shape, for reports."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from assess.answers import Answer, Profile, Sheet
from assess.benchmark.peers import sample_peers
from assess.framework.model import Framework
from assess.framework.read import builtin, from_sources, read
from assess.framework.tiers import tailored
from assess.samples.cities import city
from reports.assemble import city_report
from reports.model import Paragraph, Report, Sentence, Steps
from reports.options import Options

DATE = "2026-08-03"
EGOV = Path(__file__).parent.parent / "data" / "municipal-egov"
HOSTILE = '</script><img src=x onerror=alert(1)> #set page(width: 1pt) $x$ =1+1 🎉 㙍𡐓 {{ 7*7 }} \n\x07\u202e "引号"'


def sample(code: str = "990301", language: str = "zh", options: Options | None = None, peers: bool = True) -> Report:
    """The report of a sample city among the samples. 990301 is held down by two gates."""
    each = city(code)
    framework = tailored(builtin(), each.profile)
    library = sample_peers(builtin()) if peers else ()
    return city_report(framework, each.sheet, peers=library, language=language, date=DATE, options=options)


def sheet(answers: Mapping[str, Answer] | None = None, **profile: object) -> Sheet:
    fields: dict[str, object] = {"unit": "衡川市", "base_date": "2026-06-30", "year": 2026, **profile}
    return Sheet.of(Profile(**fields), answers)  # type: ignore[arg-type]


def report(framework: Framework, made: Sheet, language: str = "zh", options: Options | None = None) -> Report:
    return city_report(tailored(framework, made.profile), made, language=language, date=DATE, options=options)


def egov() -> Framework:
    return read(EGOV)


FLAT = """\
code = "flat"
version = "1"
title = { zh = "平铺指标框架", en = "Flat framework" }
tiers = [{ key = "市", en = "city" }]

[total]
maximum = 100
aggregation = "weighted_mean"

[states.NA]
zh = "不适用"
en = "not applicable"
formal = { treatment = "exclude" }
[states.UNANSWERED]
zh = "未作答"
en = "unanswered"
formal = { treatment = "exclude" }

[modes.formal]
zh = "正式评估"
en = "formal assessment"
stage = "none"

[defaults]
kind = "level"
tiers = ["市"]
"""
ITEM = """
[[indicator]]
code = "Q{number}"
weight = 1
name = {{ zh = "第{number}题", en = "Item {number}" }}
question = {{ zh = "做到哪一步？", en = "How far?" }}
level = [{levels}]
"""
LEVELS = ", ".join(f'{{ level = {level}, zh = "{level}级", en = "level {level}" }}' for level in range(6))


@cache
def flat(count: int) -> Framework:
    """A framework of `count` leveled items right under the total: no dimensions, no stages, no rules."""
    text = FLAT + "".join(ITEM.format(number=number, levels=LEVELS) for number in range(1, count + 1))
    return from_sources({"framework.toml": text})


def sentences(made: Report) -> list[Sentence]:
    return [
        sentence
        for section in made.sections
        for block in section.blocks
        for sentence in (
            block.sentences if isinstance(block, Paragraph) else block.items if isinstance(block, Steps) else ()
        )
    ]


def words(made: Report, section: str) -> str:
    """The running words of one section."""
    return "".join(
        sentence.text
        for part in made.sections
        if part.id == section
        for block in part.blocks
        for sentence in (
            block.sentences if isinstance(block, Paragraph) else block.items if isinstance(block, Steps) else ()
        )
    )
