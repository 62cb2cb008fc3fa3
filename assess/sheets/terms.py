"""The fixed words of a form in both languages: titles, headings, parts of an answer, states.

They stand in the workbook and are looked for when it comes back, so they are data and not messages of the program.
"""

from __future__ import annotations

from collections.abc import Mapping

from assess.exchange.headings import bare
from assess.language import LANGUAGES, Words

COVER, GUIDE, QUESTIONS = Words("封面", "Cover"), Words("填表说明", "Instructions"), Words("填报表", "Questions")
EVIDENCE, GLOSSARY = Words("佐证登记", "Evidence"), Words("名词解释", "Terms")
LISTS, IDENTITY = "lists", "zhiheng"
"""Names of the hidden sheets, the same in every language."""

HEADINGS: Mapping[str, Words] = {
    "code": Words("题号", "Item"),
    "name": Words("指标", "Indicator"),
    "question": Words("题目与填报要求", "Question and criteria"),
    "previous": Words("上期", "Last period"),
    "answer": Words("作答", "Answer"),
    "state": Words("不适用或\n暂无数据", "Not applicable or no data"),
    "reason": Words("理由", "Reason"),
    "note": Words("情况说明", "Notes"),
    "status": Words("填写状态", "State"),
    "key": Words("行标记", "Row mark"),
}
REGISTER: Mapping[str, Words] = {
    "code": Words("题号", "Item"),
    "options": Words("对应选项", "Options"),
    "material": Words("佐证材料名称", "Document or record"),
    "number": Words("文号或编号", "Reference number"),
    "date": Words("日期", "Date"),
    "pages": Words("页码", "Pages"),
    "place": Words("存放位置", "Kept at"),
    "grade": Words("材料等级", "Grade"),
    "standing": Words("长期有效", "In force"),
    "id": Words("登记标记", "Entry mark"),
}
TERMS: Mapping[str, Words] = {
    "term": Words("名词", "Term"),
    "gloss": Words("解释", "Meaning"),
    "where": Words("相关题号", "Items"),
}
FIELDS: Mapping[str, Words] = {
    "unit": Words("填报单位", "Unit"),
    "filler": Words("填报人", "Filled in by"),
    "post": Words("职务", "Post"),
    "phone": Words("联系电话", "Telephone"),
    "approver": Words("审核人", "Checked by"),
    "head": Words("单位负责人", "Head of unit"),
    "date": Words("填报日期", "Date filled in"),
}
PARTS: Mapping[str, Words] = {
    "numerator": Words("分子", "Numerator"),
    "denominator": Words("分母", "Denominator"),
    "result": Words("只有结果的填这里", "Result, where only that is known"),
    "source": Words("数据来源", "Source of the figure"),
    "confirm": Words("附加确认", "Confirmation"),
}
NA, ND = Words("不适用", "Not applicable"), Words("暂无数据", "No data")
YES, NO = Words("是", "Yes"), Words("否", "No")
HAS, HAS_NOT = Words("有", "Have"), Words("无", "None")
LEVEL = Words("{level}级", "Level {level}")
STATUS: Mapping[str, Words] = {
    "done": Words("已填", "Done"),
    "open": Words("未填", "Open"),
    "part": Words("未填全", "Incomplete"),
    "reason": Words("缺理由", "Reason missing"),
    "check": Words("请核对", "Please check"),
}
GAP = Words("　", "  ")
"""Between a level and its words, a code and its name."""

ALIASES: Mapping[str, tuple[str, ...]] = {
    "code": ("编号", "指标编号", "题目编号", "代码", "code", "no"),
    "name": ("指标名称", "名称", "name"),
    "question": ("题目", "题目与评价标准", "填报要求", "question", "criteria"),
    "answer": ("填报", "填写", "答案", "自评", "自评等级", "等级", "value"),
    "state": ("不适用", "不适用暂无数据", "适用情况", "notapplicable"),
    "reason": ("原因", "不适用理由", "why"),
    "note": ("备注", "说明", "note", "remarks"),
    "material": ("佐证", "佐证材料", "材料名称", "证明材料", "evidence"),
    "number": ("文号", "编号文号", "文件号", "referenceno"),
    "pages": ("页数", "页", "page"),
    "place": ("位置", "存放处", "存放地点"),
    "grade": ("等级", "佐证等级"),
    "standing": ("现行有效", "有效"),
    "unit": ("单位", "单位名称", "填报单位名称"),
    "filler": ("填表人", "填报人姓名", "经办人"),
    "post": ("职务职称", "填报人职务"),
    "phone": ("电话", "联系方式", "手机", "办公电话"),
    "approver": ("复核人", "审核"),
    "head": ("负责人", "单位负责人签字", "主要负责人", "分管负责人"),
    "date": ("填表日期", "日期", "填报时间"),
}


def known(table: Mapping[str, Words]) -> dict[str, str]:
    """Every form that a heading of this table may have, without width, case and brackets, and its role."""
    out: dict[str, str] = {}
    for role, words in table.items():
        for language in LANGUAGES:
            out[bare(words.to(language))] = role
    for role in table:
        for alias in ALIASES.get(role, ()):
            out.setdefault(bare(alias), role)
    return out
