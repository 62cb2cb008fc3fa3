"""Sheets and frameworks of every odd shape, for reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from assess.answers import Answer, Profile, Sheet
from assess.benchmark.peers import sample_peers
from assess.framework.model import ROOT, Framework, Indicator, Mode, Node, StateRule
from assess.framework.read import builtin, read
from assess.framework.tiers import tailored
from assess.language import Words
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


FORMAL = Mode(
    "formal",
    Words("正式评估", "formal assessment"),
    False,
    "full",
    True,
    {
        "NA": StateRule("exclude"),
        "ND": StateRule("zero"),
        "SKIP": StateRule("by_rule"),
        "UNANSWERED": StateRule("exclude"),
    },
)


def flat(count: int) -> Framework:
    """A framework of `count` leveled items right under the total: no dimensions, no stages, no rules."""
    items = {
        f"Q{number}": Indicator(
            f"Q{number}",
            Words(f"第{number}题", f"Item {number}"),
            "level",
            Words("做到哪一步？", "How far?"),
            1.0,
            0.0,
            tiers=("市",),
        )
        for number in range(1, count + 1)
    }
    root = Node(ROOT, Words("总分", "Total"), 1.0, tuple(items))
    whole = builtin()
    return replace(
        whole,
        code="flat",
        version="1",
        title=Words("平铺指标框架", "Flat framework"),
        digest=f"{count:064x}",
        nodes={ROOT: root},
        indicators=items,
        modes={"formal": FORMAL},
        stages=(),
        red_lines=(),
        skip_rules=(),
        portraits={},
        examples={},
        improvement=None,
        evidence=None,
        county_blend=None,
        disclaimer=Words(),
        view=("市", "", None),
    )


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
