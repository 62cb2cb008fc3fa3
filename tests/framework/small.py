"""A small sound framework that uses every block of the language, to be broken one place at a time."""

from __future__ import annotations

MAIN = """\
code = "small"
version = "1"
files = ["a.toml", "b.toml"]
title = { zh = "小框架", en = "Small" }
tiers = [
    { key = "市", en = "city" },
    { key = "县", en = "county" },
    { key = "乡", en = "township" },
]
organizations = [
    { zh = "甲局", en = "Bureau A" },
    { zh = "乙局", en = "Bureau B" },
]

[total]
maximum = 100
aggregation = "weighted_mean"

[county_version]
excluded = ["A2"]
overrides = { "A1" = { levels = { 5 = ["全县", "All"] } } }

[states.NA]
zh = "不适用"
en = "not applicable"
never = ["A1"]
formal = { treatment = "exclude", requires_reason = true }
[states.UNANSWERED]
zh = "未作答"
en = "unanswered"
any_mode = "void"

[modes.formal]
zh = "正式"
en = "formal"
stage = "full"
[modes.self]
zh = "自评"
en = "self"
stage = "capped"
max_stage = 1

[county_to_city]
min_submission_share = 0.6
city_weight = 0.7
county_weight = 0.3
not_applied = ["A2"]

[evidence]
mode = "formal"
caps = [
    { kind = "level", effect = "cap", score = 40 },
    { kind = "yesno", effect = "treat_as", state = "ND", except = ["A2"] },
]

[columns]
list = [{ key = "self", zh = "自评", en = "self" }]
precedence = ["self"]

[bonus]
max_total = 3
[[bonus.item]]
id = "B1"
zh = "加分"
en = "bonus"
points = 1

[deductions]
max_total = 5
no_double = ["R1"]
[[deductions.item]]
id = "D1"
zh = "扣分"
en = "deduction"
points = [1, 2]

[[red_line]]
id = "R1"
zh = "事件"
en = "incident"
modes = ["formal"]
any = [
    { indicator = "A2", op = "answer==", value = "no" },
    { flag = "raised" },
]
effect = { type = "cap_stage", max_stage = 1 }
[[red_line]]
id = "R2"
zh = "造假"
en = "forged"
any = [{ flag = "forged" }]
effect = { type = "no_stage" }

[[stage]]
level = 1
zh = "一级"
en = "one"
min = 0
max = 50
[[stage]]
level = 2
zh = "二级"
en = "two"
min = 50
max = 100
max_inclusive = true
[[stage.gate]]
id = "G1"
type = "total_floor"
zh = "总分"
en = "total"
min = 50
[[stage.gate]]
id = "G2"
type = "dimension_floor"
zh = "维度"
en = "dimensions"
min = 40
count = 2
[[stage.gate]]
id = "G3"
type = "key_floor"
zh = "关键"
en = "key"
min_score = 60
min_share = 0.6
[[stage.gate]]
id = "G4"
type = "coverage"
zh = "覆盖"
en = "coverage"
min = 0.7
[[stage.gate]]
id = "G5"
type = "evidence_rate"
zh = "佐证"
en = "evidence"
min = 0.6
[[stage.gate]]
id = "G6"
type = "indicator_floor"
zh = "指标"
en = "items"
indicators = ["A1"]
min_score = 60
[[stage.gate]]
id = "G7"
type = "reviewed"
zh = "复核"
en = "reviewed"
document_status = ["reviewed"]

[[skip_rule]]
id = "K1"
when = { indicator = "A2", op = "answer==", value = "no" }
then = ["A3"]
treatment = "zero"
tiers = ["市"]
reason = { zh = "没有就不问", en = "nothing to ask about" }
[[skip_rule]]
id = "K2"
when = { indicator = "A1", op = "level<=", value = 0 }
then = ["B1"]
treatment = "exclude"
tiers = ["市", "县"]

[perception]
tiers = ["乡"]
[perception.scales.use]
zh = "管用度"
en = "use"
[perception.gap]
bands = [
    { min = 1, zh = "热", en = "warm" },
    { max = 1, zh = "平", en = "even" },
]

[improvement]
targets = { city = 80 }
effort = { "低" = 1.0 }
phases = [
    { id = 1, zh = "近期", en = "soon", months_max = 3 },
    { id = 2, zh = "远期", en = "later", months_max = 12 },
]

[portraits.A]
1 = { zh = "弱", en = "weak" }
"""

A = """\
[dimension]
code = "A"
weight = 60
name = { zh = "甲", en = "A" }

[[indicator]]
code = "A1"
under = "A"
kind = "level"
weight = 50
key = true
tiers = ["市", "县"]
lead = "甲局"
clauses = ["S1.a"]
name = { zh = "一", en = "one" }
[[indicator.level]]
level = 0
zh = "无"
en = "none"
[[indicator.level]]
level = 1
zh = "一点"
en = "a little"
[[indicator.level]]
level = 2
zh = "部分"
en = "some"
[[indicator.level]]
level = 3
zh = "多数；有记录"
en = "most; on record"
[[indicator.level]]
level = 4
zh = "在3级基础上，全部"
en = "Level 3 plus: all"
[[indicator.level]]
level = 5
zh = "在4级基础上，自动"
en = "Level 4 plus: automatic"
[indicator.improve_low]
action = { zh = "做", en = "do" }
effort = "低"
months = [1, 2]

[[indicator]]
code = "A2"
kind = "yesno"
weight = 20
tiers = ["市"]
name = { zh = "二", en = "two" }

[[indicator]]
code = "A3"
kind = "number"
weight = 30
tiers = ["市"]
name = { zh = "三", en = "three" }
[indicator.number]
kind = "ratio"
direction = "up"
zero = 50
full = 95
plausible = [0, 100]
factor = 100
unit = "%"
numerator = { zh = "分子", en = "top" }
denominator = { zh = "分母", en = "bottom" }
zero_denominator = { treat = "na", zh = "选不适用", en = "choose not applicable" }
confirmation = { ask = { zh = "确认", en = "sure" }, cap = 60 }
[indicator.not_applicable]
tiers = ["市"]
when = { zh = "当年", en = "this year" }
"""

B = """\
[dimension]
code = "B"
weight = 40
name = { zh = "乙", en = "B" }

[[sub]]
code = "BB"
weight = 100
name = { zh = "乙乙", en = "BB" }

[[indicator]]
code = "B1"
under = "BB"
kind = "multi"
tiers = ["市", "县", "乡"]
clauses = ["S2"]
name = { zh = "四", en = "four" }
[[indicator.option]]
key = "A"
zh = "甲项"
en = "option A"
required = true
[[indicator.option]]
key = "B"
zh = "乙项"
en = "option B"
[indicator.grassroots]
question = { zh = "好用吗", en = "useful?" }
scale = "use"
"""

CLAUSES = """\
[[clause]]
id = "S1"
zh = "上"
en = "above"
[[clause]]
id = "S1.a"
zh = "下"
en = "below"
[[clause]]
id = "S2"
zh = "旁"
en = "beside"
[[clause]]
id = "S3"
background = true
zh = "背景"
en = "background"
"""

CROSSWALK = """\
[states]
verified = { zh = "已核", en = "verified" }
[[reference]]
ref = { zh = "标准", en = "standard" }
state = "verified"
indicators = ["A1"]
"""

EXAMPLES = """\
[[evidence_grades]]
grade = "A"
zh = "可重查"
en = "re-checkable"
[[example]]
code = "B1"
plain_help = { zh = "问", en = "asks" }
[[example.counts]]
at = { option = "A" }
zh = "算"
en = "counts"
[[example.good_evidence]]
kind = { zh = "文件", en = "document" }
must_show = { zh = "日期", en = "date" }
grade = "A"
"""

GLOSSARY = """\
[[term]]
term = "词"
pinyin = "cí"
english = "word"
short = { zh = "一个词", en = "a word" }
indicators = ["A1"]
related = ["词"]
"""

CHECKS = """\
[[pattern]]
id = "number"
zh = "号码"
en = "number"
regex = ['[0-9]{4}']
[[rule]]
id = "L1"
severity = "error"
scope = "sheet"
tiers = ["市"]
indicators = ["A1"]
message = { zh = "不一致", en = "differs" }
condition = { all = [{ indicator = "A2", is = "no" }, { indicator = "A3", above = 0 }] }
[[rule]]
id = "L2"
indicators = "all"
message = { zh = "泄密", en = "leak" }
condition = { each = "dim:A&type:level", when = { text_matches = "number", min_length = 3 } }
[[rule]]
id = "L3"
message = { zh = "太快", en = "too fast" }
condition = { fact = "answered_items", below = 3 }
"""

ENGLISH = """\
[words]
"低" = "low"
"一个词" = "a word"
"""

SMALL = {
    "framework.toml": MAIN,
    "a.toml": A,
    "b.toml": B,
    "clauses.toml": CLAUSES,
    "crosswalk.toml": CROSSWALK,
    "examples.toml": EXAMPLES,
    "glossary.toml": GLOSSARY,
    "checks.toml": CHECKS,
    "en/small.toml": ENGLISH,
}


def broken(file: str, old: str, new: str) -> dict[str, str]:
    """The small framework with one text changed once; the text must be there."""
    assert old in SMALL[file], f"{old!r} is not in {file}"
    return {**SMALL, file: SMALL[file].replace(old, new, 1)}


def line_of(sources: dict[str, str], file: str, text: str) -> int:
    return sources[file][: sources[file].index(text)].count("\n") + 1
