"""How the paper is laid out: lines of a page, tables across pages, one line of watermark, one page of summary."""

from __future__ import annotations

import re
from collections import Counter
from io import BytesIO

import pytest
from pypdf import PdfReader

from assess.samples.cities import cities
from reports import to_pdf
from reports.model import Column, Cover, Paragraph, Report, Section, Sentence, Table
from tests.reports import units

WORDS = "社会治理数字化工作有机构有规划依托省级统建平台数据共享走在前列"


def paper(*blocks: object, watermark: str = "", language: str = "zh") -> PdfReader:
    section = Section("x", "", blocks)  # type: ignore[arg-type]
    report = Report(1, language, Cover("题", "", "市", (), ""), (section,), watermark, "h", "2026-08-03")  # type: ignore[arg-type]
    return PdfReader(BytesIO(to_pdf.render(report)))


def lines(page: object) -> list[tuple[float, str]]:
    """The text of a page by its height from the lower edge, from above."""
    found: Counter[float] = Counter()
    words: dict[float, str] = {}

    def visit(text: str, cm: list[float], tm: list[float], _font: object, _size: float) -> None:
        if text.strip():
            height = round(cm[1] * tm[4] + cm[3] * tm[5] + cm[5], 1)
            words[height] = words.get(height, "") + text.strip()
            found[height] += 1

    page.extract_text(visitor_text=visit)  # type: ignore[attr-defined]
    return sorted(words.items(), reverse=True)


def test_a_page_of_chinese_text_has_22_lines_of_28_characters():
    read = paper(Paragraph((Sentence("s", WORDS * 60),)))
    second = [text for _, text in lines(read.pages[1]) if "—" not in text]
    assert len(second) == 22
    assert {len(text) for text in second} == {28}


@pytest.mark.parametrize("before", range(1, 22, 2))
def test_a_table_has_three_rows_or_more_on_either_side_of_a_page(before):
    body = tuple(Paragraph((Sentence(f"s{n}", "一"),)) for n in range(before))
    rows = tuple((f"行{n}", "值") for n in range(24))
    table = Table("表", (Column("名"), Column("数")), rows)
    for page in paper(*body, table).pages:
        count = len(re.findall("行", page.extract_text()))
        assert count == 0 or count >= 3


def test_no_word_of_a_table_is_broken_though_its_column_is_narrow():
    columns = tuple(Column(title, width=width) for title, width in (("Effort", 0.2), ("Action", 9.0)))
    text = paper(Table("", columns, (("medium", "word " * 40), ("low", "x"))), language="en").pages[0].extract_text()
    assert "medium" in text
    assert "Effort" in text


def test_the_watermark_is_one_line_however_many_words_it_has():
    page = paper(Paragraph((Sentence("s", "x"),)), watermark="SAMPLE DATA", language="en").pages[0]
    places: set[tuple[float, ...]] = set()

    def visit(text: str, cm: list[float], tm: list[float], _font: object, _size: float) -> None:
        if text.strip() and abs(cm[1]) > 0.1:
            # the height above the turned line through the middle
            x, y = cm[0] * tm[4] + cm[2] * tm[5] + cm[4], cm[1] * tm[4] + cm[3] * tm[5] + cm[5]
            places.add((round(y * cm[0] / abs(cm[0]) - x * cm[1] / cm[0], 0),))

    page.extract_text(visitor_text=visit)
    assert len(places) == 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_summary_of_every_sample_city_is_one_page(language):
    from reports.options import SECTIONS, Options

    options = Options(off_sections=frozenset(SECTIONS) - {"summary"})
    for each in cities():
        made = units.sample(each.profile.code, language=language, options=options)
        assert len(PdfReader(BytesIO(to_pdf.render(made))).pages) == 1
