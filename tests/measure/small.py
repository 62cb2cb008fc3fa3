"""A small framework made by hand, with every kind of item and rule, so that scores can be worked out on paper.

total ─ A 60 ─ A1 50 ─ a1 level 60 (key) · a2 number 40 (40 scores 0, 90 scores 100; at most 50 unless confirmed)
      │      └ A2 50 ─ a3 checklist of four 50 (p mandatory) · a4 yes/no 50 (no is favorable)
      └ B 40 ─ B1 100 ─ b1 level 50 (key) · b2 level 50 (outcome)
"""

from __future__ import annotations

from dataclasses import replace

from assess.answers import Answer, Profile, Sheet
from assess.framework.indicator import Confirmation, Improvement, Indicator, Level, NotApplicable, Number, Option, YesNo
from assess.framework.model import Framework, Node
from assess.framework.scoring_rules import (
    BonusItem,
    ColumnFlag,
    CountyBlend,
    EvidenceCap,
    EvidenceRules,
    Mode,
    PointRules,
    SkipRule,
    StateRule,
    StateWords,
)
from assess.framework.stage_rules import Gate, RedLine, Stage, Trigger
from assess.framework.supplement import ImprovementRules, Perception, Phase
from assess.language import Words

LEVELS = tuple(Level(level, Words(f"{level}级", f"level {level}")) for level in range(6))
TIERS = ("市", "县")


def words(text: str) -> Words:
    return Words(text, text)


def improvement(effort: str, months: float) -> Improvement:
    return Improvement(words("做"), effort, words(effort), words(f"{months}"), (1, months))


def item(code: str, kind: str, weight: float, **rest: object) -> Indicator:
    defaults: dict[str, object] = {
        "levels": LEVELS if kind == "level" else (),
        "tiers": TIERS,
        "lead": words("市数据局"),
        "improve_low": improvement("低", 3),
        "improve_high": improvement("高", 12),
    }
    return Indicator(code, words(code), kind, words(f"{code}?"), weight, 0.0, **{**defaults, **rest})  # type: ignore[arg-type]


RATIO = Number(
    unit=words("%"), kind="ratio", direction="up", zero=40, full=90, decimals=1, plausible=(0, 100),
    numerator=words("n"), denominator=words("d"), factor=100, zero_denominator="na",
    zero_denominator_words=words("没有的选不适用"), confirmation=Confirmation(words("都接入了吗"), 50),
)  # fmt: skip

INDICATORS = (
    item("a1", "level", 60, key=True, clauses=("S1",)),
    item("a2", "number", 40, number=RATIO, not_applicable=NotApplicable(("县",), words("没有系统"))),
    item("a3", "multi", 50, options=tuple(Option(key, words(key), required=key == "p") for key in "pqrs")),
    item("a4", "yesno", 50, yesno=YesNo("no", words("发生过"), words("没有发生"))),
    item("b1", "level", 50, key=True),
    item("b2", "level", 50, outcome=True, not_applicable=NotApplicable(TIERS, words("没有"))),
)

FORMAL = Mode(
    "formal", words("正式评估"), True, "full", True,
    {
        "NA": StateRule("exclude", requires_reason=True, requires_approval=True, until_approved="ND"),
        "ND": StateRule("zero"),
        "SKIP": StateRule("by_rule"),
        "UNANSWERED": StateRule("exclude", blocks_sealing=True),
    },
)  # fmt: skip
SELF_STATES = {
    "NA": StateRule("exclude", requires_reason=True, unlisted="ND"),
    "ND": StateRule("exclude"),
    "SKIP": StateRule("by_rule"),
    "UNANSWERED": StateRule("exclude"),
}
SELF = Mode("self", words("自评"), False, "capped", False, SELF_STATES, max_stage=2)
TRAINING = Mode("training", words("培训"), False, "none", False, SELF_STATES)

STAGES = (
    Stage(1, words("初始级"), 0, 50, words("一")),
    Stage(
        2, words("规范级"), 50, 80, words("二"),
        (
            Gate("G2.1", "total_floor", words("总分"), min=50),
            Gate("G2.2", "dimension_floor", words("维度"), min=40),
            Gate("G2.3", "key_floor", words("关键"), min_score=40),
            Gate("G2.4", "key_floor", words("一半"), min_score=60, min_share=0.5),
            Gate("G2.5", "coverage", words("覆盖"), min=0.7),
            Gate("G2.6", "evidence_rate", words("佐证"), min=0.6),
        ),
    ),
    Stage(
        3, words("智治级"), 80, 100, words("三"),
        (
            Gate("G3.1", "total_floor", words("总分"), min=80),
            Gate("G3.2", "dimension_floor", words("一个维度"), min=90, count=1),
            Gate("G3.3", "indicator_floor", words("成效"), min_score=80, indicators=("b2",)),
            Gate(
                "G3.4", "reviewed", words("复核"), document_status=("reviewed", "third_party"),
                warn_columns=("review", "third_party"), warn_indicators="key+outcome",
            ),
        ),
        max_inclusive=True,
    ),
)  # fmt: skip

RED_LINES = (
    RedLine(
        "R1", words("安全事件"), ("formal", "self"),
        (Trigger("a4", "answer==", "yes"), Trigger("a4", "state in", ("ND", "UNANSWERED"), confirm="none")),
        "review", "cap_stage", 1, words("最高初始级"), self_indicative=True,
    ),
    RedLine("R2", words("造假"), ("formal",), (Trigger(flag="forged"),), "review", "no_stage", None, words("不定级")),
    RedLine(
        "R3", words("涉密"), ("formal", "self", "training"), (Trigger(flag="secret"),), "immediate", "suspend", None,
        words("暂停"),
    ),
)  # fmt: skip

EVIDENCE = EvidenceRules(
    "formal",
    (
        EvidenceCap("level", "cap", score=40),
        EvidenceCap("multi", "option_not_counted"),
        EvidenceCap("number", "treat_as", state="ND"),
        EvidenceCap("yesno", "treat_as", state="ND", except_=("a4",)),
    ),
    ("level 0", "number scoring 0", "NA", "ND", "SKIP", "a4=no", "township and village answers"),
)

SMALL = Framework(
    code="small",
    version="1",
    title=words("小"),
    digest="0" * 64,
    nodes={
        "total": Node("total", words("总分"), 100, ("A", "B")),
        "A": Node("A", words("甲"), 60, ("A1", "A2")),
        "A1": Node("A1", words("甲一"), 50, ("a1", "a2")),
        "A2": Node("A2", words("甲二"), 50, ("a3", "a4")),
        "B": Node("B", words("乙"), 40, ("B1",)),
        "B1": Node("B1", words("乙一"), 100, ("b1", "b2")),
    },
    indicators={one.code: one for one in INDICATORS},
    modes={mode.key: mode for mode in (FORMAL, SELF, TRAINING)},
    alternative_floor=1,
    states={"NA": StateWords("NA", words("不适用"), never=("a4",))},
    evidence=EVIDENCE,
    precedence=("third_party", "review", "self"),
    column_flags=(
        ColumnFlag("F1", words("重点核查"), "abs(review.score - self.score) >= 40"),
        ColumnFlag("F2", words("重点核查"), "state differs between columns (answered / NA / ND)"),
        ColumnFlag("F3", words("重点核查"), "b2 is NA because no request was received"),
    ),
    bonus=PointRules((BonusItem("B1", words("试点"), (1,)), BonusItem("B2", words("推广"), (1,))), max_total=3),
    deductions=PointRules(
        (BonusItem("D1", words("通报"), (1, 2)), BonusItem("D3", words("泄露"), (1, 2))),
        max_total=5,
        used_for_stage=True,
        no_double=("R1",),
    ),
    red_lines=RED_LINES,
    stages=STAGES,
    skip_rules=(
        SkipRule("K1", "a1", "level<=", 1, ("a2",), "zero", TIERS, words("没有规划")),
        SkipRule("K2", "b1", "level<=", 0, ("b2",), "exclude", TIERS, words("没有网格")),
    ),
    county_blend=CountyBlend(0.6, 0.7, 0.3, ("a4",)),
    perception=Perception({}, ("乡", "村"), Words(), 5, ()),
    improvement=ImprovementRules(
        low_below=60,
        targets={"city": 80, "county": 60, "demo_city": 100, "yesno": 100},
        effort={"低": 1.0, "中": 1.5, "高": 2.2},
        effort_words={},
        key_factor=1.5,
        other_factor=1.0,
        gap_high=0.4,
        effort_high_above=1.5,
        quadrants={
            "high_gap_low_effort": words("见效快"),
            "high_gap_high_effort": words("攻坚"),
            "low_gap_low_effort": words("巩固"),
            "low_gap_high_effort": words("缓办"),
        },
        phases=(Phase(1, words("3个月内"), 3), Phase(2, words("半年内"), 6), Phase(3, words("一年内"), 12)),
        overload_max=2,
        overload=words("负荷过重"),
        obstacle_top=10,
    ),
)

PIECE = {"name": "文件"}


def full(level: int = 3) -> dict[str, Answer]:
    """Every item answered: levels, 65 % confirmed (50 points), p and q of four (50), no incident (100)."""
    return {
        "a1": Answer.of_level(level),
        "a2": Answer.of_number("65", "100", confirm="yes", source="台账"),
        "a3": Answer.of_ticks(["p", "q"]),
        "a4": Answer.of_choice("no"),
        "b1": Answer.of_level(level),
        "b2": Answer.of_level(level),
    }


def sheet(answers: dict[str, Answer | None], mode: str = "self", **profile: object) -> Sheet:
    """A sheet in one mode; None leaves an item unanswered."""
    given = {code: answer for code, answer in answers.items() if answer is not None}
    return Sheet.of(Profile("甲市", mode=mode, **profile), given)  # type: ignore[arg-type]


def proved(one: Sheet, *codes: str) -> Sheet:
    """The sheet with one piece of evidence on each of these items (all if none is named)."""
    return one.with_cells({(code, "evidence/1"): PIECE for code in codes or tuple(SMALL.indicators)})


def formal(answers: dict[str, Answer | None], **profile: object) -> Sheet:
    """A formal sheet with evidence everywhere."""
    return proved(sheet(answers, "formal", **profile))


def changed(framework: Framework = SMALL, **fields: object) -> Framework:
    return replace(framework, **fields)  # type: ignore[arg-type]


def with_item(code: str, **fields: object) -> Framework:
    """The small framework with some fields of one item changed."""
    items = dict(SMALL.indicators)
    items[code] = replace(items[code], **fields)  # type: ignore[arg-type]
    return changed(indicators=items)
