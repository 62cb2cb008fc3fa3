"""The receipt as a paper: what came, what was taken in, what was not and why, what is next."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assess.language import say
from assess.packages.receipts import Receipt
from assess.problems import Problem
from reports.model import Facts, Paragraph, Report
from reports.papers.receipt import paper, render

TAKEN = Receipt(
    file="回报_公安局.zhd", unit="公安局", state="taken", digest="b7667101283df83e" * 4, seal="9ac10ae04a788f2a" * 4,
    at=datetime(2026, 7, 21, 6, 5, tzinfo=UTC), by="主任 王建国", office="运管中心", assessed="江城市", answered=12,
    total=14, events=31, attachments=3,
)  # fmt: skip
ABSENT = Problem("x", say("{name} was not found.", name="a.zhd"), say("Look first."))


def words(made: Report) -> str:
    out = []
    for block in made.sections[0].blocks:
        if isinstance(block, Paragraph):
            out.append(block.lead + "".join(sentence.text for sentence in block.sentences))
        elif isinstance(block, Facts):
            out += [f"{label}={value}" for label, value in block.rows]
    return "\n".join(out)


def test_a_return_that_is_in_says_what_and_that_nothing_is_to_be_done():
    said = words(paper(TAKEN, "zh"))
    assert "公安局：" in said
    assert "文件校验码=B766 7101 283D F83E" in said
    assert "封存校验码=9AC1 0AE0 4A78 8F2A" in said
    assert "已答指标=14 项中的 12 项" in said
    assert "一、下一步。暂无其他事项" in said
    assert "未接收" not in said


def test_what_is_in_dispute_and_what_is_asked_anew_stand_apart_with_the_next_step():
    said = words(paper(replace(TAKEN, conflicts=("ST1.1", "ST1.1"), changed_items=("DA2.1",)), "zh"))
    assert "一、待裁定事项。指标 ST1.1 另有不同作答" in said
    assert "二、需重新作答的指标。指标 DA2.1 在现行版本中" in said
    assert "三、下一步。请在新下发的填报包中重新作答" in said


def test_a_refusal_gives_its_reason_and_what_helps():
    said = words(paper(replace(TAKEN, state="refused", seal="", problem=ABSENT), "en"))
    assert "could not be taken in" in said
    assert "1. What was not taken in, and why. a.zhd was not found." in said
    assert "2. Next step. Look first." in said
    assert "Items answered" not in said
    assert "Seal of the file=—" in said


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("state", ["taken", "again", "refused"])
def test_whatever_stands_in_the_names_becomes_one_page_of_pdf(language: str, state: str):
    odd = replace(
        TAKEN, state=state, unit="一行\n二行</script>=1+1😀㙍𡐓", file='a"#*_$.zhd', office="", by="", digest="",
        seal="", unread=(say("{place} was not read.", place="答题表!C17"),),
    )  # fmt: skip
    made = render(odd, language)
    assert made.startswith(b"%PDF")
    assert made == render(odd, language)
