"""The questionnaire on paper: numbers, one sheet of paper each, equal bytes, hostile names as words."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from assess.framework.read import builtin
from reports.papers.township import contents, file_code, render

FRAMEWORK = builtin()
MADE = {"unit": "示例·陇垣市", "identity": "b7667101-283d-f83e-0000-000000000000", "year": 2026, "date": "2026-06-30"}


def pages(data):
    return [" ".join((page.extract_text() or "").split()) for page in PdfReader(io.BytesIO(data)).pages]


def plain(text):
    return text.replace(" ", "")


def test_a_township_takes_two_pages_a_village_one_and_every_page_names_its_sheet():
    town = pages(render(FRAMEWORK, "乡", copies=3, first=12, **MADE))
    assert len(town) == 6
    for number, (front, back) in zip((12, 13, 14), zip(town[::2], town[1::2], strict=True), strict=True):
        assert f"乡00{number}" in plain(front)
        assert f"乡00{number}" in plain(back)
        assert "B7667101" in plain(back)
        assert "1/2" in plain(front)
        assert "2/2" in plain(back)
    assert len(pages(render(FRAMEWORK, "村", copies=2, **MADE))) == 2
    assert len(pages(render(FRAMEWORK, "乡", language="en", **MADE))) == 2


def test_every_question_of_the_form_stands_on_it():
    from assess.grassroots.form import form

    text = plain("".join(pages(render(FRAMEWORK, "乡", **MADE))))
    for question in form(FRAMEWORK, "乡").questions:
        assert plain(question.words.zh) in text


def test_equal_arguments_give_equal_bytes():
    assert render(FRAMEWORK, "村", copies=4, **MADE) == render(FRAMEWORK, "村", copies=4, **MADE)


def test_no_name_of_a_person_or_village_is_asked_for():
    data = contents(FRAMEWORK, "村", copies=1, first=1, language="zh", sample=False, **MADE)
    asked = data["place_label"] + data["date_label"]
    assert "姓名" not in asked
    assert "村（社区）：" not in asked
    assert "不写人名，不写村名。" in data["instructions"]


@pytest.mark.parametrize("unit", ["#include(1)", "*粗* _斜_ $x$", "</script>", "=1+1", "㙍𐡓🙂", "甲\n乙", ""])
def test_hostile_names_stay_words(unit):
    text = "".join(pages(render(FRAMEWORK, "村", **{**MADE, "unit": unit})))
    if unit.isascii() and unit:
        assert plain(unit) in plain(text)
    assert "乡镇" in text


def test_the_code_of_the_file_is_the_beginning_of_its_identity():
    assert file_code("b7667101-283d-f83e") == "B766 7101"


def test_a_sample_carries_its_mark():
    data = contents(FRAMEWORK, "乡", copies=1, first=1, language="zh", sample=True, **MADE)
    assert data["watermark"] == "演示数据"
    assert render(FRAMEWORK, "乡", copies=1, language="zh", sample=True, **MADE).startswith(b"%PDF")
