"""The signature sheet: what it says, the digest on every foot, and the same bytes for the same file."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader

from assess.answers import Answer, Sheet
from assess.assessment import Assessment
from assess.finishing import sealing
from assess.finishing.cover import Cover
from assess.measure.score import score
from assess.store.seals import Standing
from reports.papers import signing
from tests.finishing.conftest import REVIEWER, Maker

REASON = "县里补报了两项数据，需要更正。"


def about(document: Assessment) -> tuple[Any, ...]:
    framework, sheet = document.framework, document.sheet
    return framework, sheet, score(framework, sheet), sealing.looked_at(document), document.standing


def pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


def values(document: Assessment, language: str = "zh") -> dict[str, str]:
    data = signing.contents(*about(document), language=language, date="2026-07-01")
    return {label: value for label, value, _wide in data["facts"]}


def test_the_sheet_counts_what_was_filled_in(make: Maker) -> None:
    document = make()
    document.answer("ST1.1", Answer.no_data("没有统计"))
    sealing.seal(document)
    found = values(document)
    assert found["填报题数"].startswith("共69题：已答68，不适用0，暂无数据1")
    evidence = sum(len(document.sheet.evidence(code)) for code in document.framework.indicators)
    assert found["佐证件数"] == str(evidence)
    assert found["红线"] == "未申报"
    assert found["联系电话（办公）"] == "0931-8000000"
    assert "综治科科长" in found["封存"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_digest_of_the_seal_stands_on_every_page(make: Maker, language: str) -> None:
    document = make()
    for _time in range(12):
        sealing.seal(document)
        sealing.reopen(document, REASON)
    digest = sealing.seal(document)
    listed = pages(signing.render(*about(document), language=language, date="2026-07-01"))
    assert len(listed) > 1
    assert all(digest.printed in page for page in listed)
    assert REASON in "".join(listed).replace("\n", "")


def test_one_seal_keeps_to_one_page(make: Maker) -> None:
    document = make()
    sealing.seal(document)
    assert len(pages(signing.render(*about(document), language="zh", date="2026-07-01"))) == 1
    assert len(pages(signing.render(*about(document), language="en", date="2026-07-01"))) == 1


def test_the_same_file_gives_the_same_bytes(make: Maker) -> None:
    document = make()
    sealing.seal(document)
    given = about(document)
    first = signing.render(*given, language="zh", date="2026-07-01")
    assert signing.render(*given, language="zh", date="2026-07-01") == first


def test_without_a_seal_that_holds_it_is_a_draft(make: Maker) -> None:
    document = make()
    draft = signing.contents(*about(document), language="zh", date="2026-07-01")
    assert draft["foot"] == "未封存"
    digest = sealing.seal(document)
    document.act_as(REVIEWER)
    document.answer("ST1.1", Answer.of_level(1), "review")
    changed = signing.contents(*about(document), language="zh", date="2026-07-01")
    assert changed["foot"] == f"封存后有改动（原校验码 {digest.printed}）"


def test_what_a_person_typed_stays_text(make: Maker) -> None:
    document = make()
    hostile = '=1+1 #let x = 1 </script> "; 😀㙍𡐓\n第二行'
    framework, sheet, scores, now, standing = about(document)
    now = replace(now, cover=Cover(hostile, hostile, hostile, hostile, hostile, hostile))
    sheet = Sheet(replace(sheet.profile, unit=hostile), sheet.cells)
    content = signing.render(framework, sheet, scores, now, standing, language="zh", date="2026-07-01")
    text = "".join(pages(content))
    assert "#let x = 1" in text
    assert "〓" in text


@pytest.mark.parametrize("mode", ["training", "self"])
def test_an_empty_document_has_a_sheet_too(make: Maker, mode: str) -> None:
    document = make()
    framework, sheet, _scores, _now, _standing = about(document)
    empty = Sheet(replace(sheet.profile, mode=mode, sample=False, unit=""), {})
    scores = score(framework, empty)
    from assess.finishing.completeness import completeness

    now = completeness(framework, empty, scores, (), cover=Cover())
    data = signing.contents(framework, empty, scores, now, Standing(), language="en", date="")
    assert data["watermark"] == ("PRACTICE" if mode == "training" else "DRAFT")
    assert signing.render(framework, empty, scores, now, Standing(), language="en", date="").startswith(b"%PDF")
