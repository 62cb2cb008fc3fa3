"""Finding the columns of an answer table by what their headings say, wherever they stand.

Departments move columns, merge title rows above the heading and rename things a little. The heading row is the first
one with a column for the item's code and at least one column to answer in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from assess.exchange.grid import Grid

LOOK_AT_ROWS = 40
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "code": ("编号", "代码", "题号", "指标编号", "指标代码", "题目编号", "code", "indicator", "item", "id", "no"),
    "answer": (
        "作答", "答案", "填报", "自评", "选项", "等级", "级别", "结果", "数值", "填报值", "自评等级", "自评结果",
        "填写", "answer", "value", "level", "result", "response", "self",
    ),
    "numerator": ("分子", "numerator"),
    "denominator": ("分母", "denominator"),
    "confirm": ("附加确认", "确认", "confirm", "confirmation"),
    "source": ("数据来源", "数据出处", "出处", "来源", "source"),
    "reason": ("理由", "原因", "不适用理由", "暂无数据原因", "reason"),
    "note": ("备注", "说明", "情况说明", "note", "remarks", "comment"),
    "evidence": ("佐证", "佐证材料", "佐证名称", "证明材料", "evidence"),
    "evidence_number": ("文号", "佐证文号", "documentnumber", "evidencenumber"),
    "evidence_date": ("佐证日期", "印发日期", "文件日期", "evidencedate"),
    "evidence_place": ("存放位置", "佐证位置", "evidenceplace", "place"),
}  # fmt: skip
ANSWERING = ("answer", "numerator", "denominator")


def bare(text: str) -> str:
    """A heading without width, case, spaces, brackets and their contents, stars and colons."""
    text = unicodedata.normalize("NFKC", text).lower()
    text = re.sub(r"\([^)]*\)|\[[^]]*\]|【[^】]*】|〔[^〕]*〕", "", text)
    return re.sub(r"[\s*:：、,，/_\-]+", "", text)


def role_of(text: str) -> str | None:
    """The role of one heading: an exact word first, then the longest word it begins or ends with."""
    word = bare(text)
    if not word or len(word) > 24:
        return None
    for role, names in HEADINGS.items():
        if word in names:
            return role
    found = [
        (len(name), role)
        for role, names in HEADINGS.items()
        for name in names
        if len(name) > 1 and (word.startswith(name) or word.endswith(name))
    ]
    return max(found)[1] if found else None


def find(grid: Grid) -> tuple[int, dict[str, int]] | None:
    """Row of the headings and the column of each role; None where the sheet has no such row."""
    for number in range(min(LOOK_AT_ROWS, len(grid.rows))):
        roles: dict[str, int] = {}
        exact: set[str] = set()
        for column in range(len(grid.rows[number])):
            text = grid.text(number, column)
            role = role_of(text)
            if role is None:
                continue
            is_exact = bare(text) in HEADINGS[role]
            if role not in roles or (is_exact and role not in exact):
                roles[role] = column
                if is_exact:
                    exact.add(role)
        if "code" in roles and any(role in roles for role in ANSWERING):
            return number, roles
    return None
