"""The paper: tagged, in the official layout, the same bytes each time, and deaf to whatever a person typed."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pytest
from pypdf import PdfReader

from assess.answers import Answer, Evidence
from assess.framework.read import builtin
from assess.samples.cities import city
from reports import to_pdf
from reports.options import Options
from tests.reports import units

MM = 72 / 25.4


@pytest.fixture(scope="module")
def paper() -> PdfReader:
    return PdfReader(BytesIO(to_pdf.render(units.sample())))


def at(cm: list[float], tm: list[float]) -> tuple[float, float]:
    """Where on the page a text begins, in points from the lower left."""
    return (cm[0] * tm[4] + cm[2] * tm[5] + cm[4], cm[1] * tm[4] + cm[3] * tm[5] + cm[5])


def flat(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_it_is_tagged_and_says_that_it_is_pdf_ua(paper):
    root = paper.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a pypdf object
    assert root["/Lang"] == "zh-CN"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert paper.metadata.title == "示例·陇垣市市域社会治理数字赋能成熟度评估报告"
    assert root["/StructTreeRoot"]["/K"]


def structure(paper: PdfReader) -> list[tuple[str, str]]:
    """(type, alternative text) of every element of the structure, in order."""
    out: list[tuple[str, str]] = []

    def walk(node: object) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            if "/S" in node:
                out.append((str(node["/S"]), str(node.get("/Alt", ""))))
            if "/K" in node:
                walk(node["/K"])

    walk(paper.trailer["/Root"]["/StructTreeRoot"]["/K"])
    return out


def test_headings_do_not_skip_a_level_and_figures_have_words(paper):
    found = structure(paper)
    levels = [int(kind[2]) for kind, _ in found if re.fullmatch(r"/H\d", kind)]
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    figures = [alt for kind, alt in found if kind == "/Figure"]
    assert len(figures) >= 9
    assert all(figures)


def test_tables_have_head_cells(paper):
    kinds = [kind for kind, _ in structure(paper)]
    assert kinds.count("/Table") >= 20
    assert kinds.count("/TH") > kinds.count("/Table")


def test_every_page_is_a4(paper):
    for page in paper.pages:
        assert (round(page.mediabox.width / MM), round(page.mediabox.height / MM)) == (210, 297)


def test_body_text_has_sixteen_points_and_twenty_eight_characters_a_line(paper):
    """Full lines of the body hold 28 characters of 15.79 pt, no more."""
    index = next(i for i, page in enumerate(paper.pages) if "局限说明" in page.extract_text() and i > 3)
    lines = [line for line in paper.pages[index].extract_text().splitlines() if re.search(r"[\u4e00-\u9fff]", line)]
    assert max(sum(1.0 if ord(char) > 0x2000 else 0.56 for char in line) for line in lines) <= 60
    sizes = set()
    paper.pages[index].extract_text(
        visitor_text=lambda text, cm, tm, font, size: sizes.add(round(size, 1)) if text.strip() else None
    )
    assert 16.0 in sizes or any(abs(size - 16.0) < 0.1 for size in sizes)


def test_the_summary_takes_one_page_with_the_five_suggestions(paper):
    text = flat(paper.pages[1].extract_text())
    assert "摘要" in text
    assert "53.6" in text
    assert "五条建议" in text
    assert "不用于排名通报" in text
    assert "目录" in flat(paper.pages[2].extract_text())[:12]


def test_pages_are_numbered_from_the_summary_with_a_dash_on_each_side(paper):
    assert "—1—" in flat(paper.pages[1].extract_text())
    assert "—8—" in flat(paper.pages[8].extract_text())
    assert "—" not in flat(paper.pages[0].extract_text()).replace("—0", "")[-3:]


def test_odd_pages_number_at_the_right_and_even_ones_at_the_left(paper):
    def place(index: int) -> float:
        found: list[tuple[float, float]] = []

        def note(text, cm, tm, font, size):
            if "—" in text:
                found.append((at(cm, tm)[1], at(cm, tm)[0]))

        paper.pages[index].extract_text(visitor_text=note)
        return min(found)[1]

    assert place(1) > 130 * MM
    assert place(2) < 60 * MM


def test_only_the_shipped_faces_are_in_it(paper):
    faces = set()
    for page in paper.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            faces.add(str(font.get_object()["/BaseFont"]).split("+")[-1])
    assert faces
    assert all(face.startswith(("NotoSansSC", "NotoSerifSC")) for face in faces), faces


def test_the_contents_name_the_pages_where_chapters_begin(paper):
    listing = flat(paper.pages[2].extract_text() + paper.pages[3].extract_text())
    number = int(re.search(r"五、制约因素·*(\d+)", listing).group(1))
    assert "五、制约因素" in flat(paper.pages[number].extract_text())


def test_equal_reports_give_equal_bytes_and_the_date_is_the_one_given():
    made = units.sample()
    first = to_pdf.render(made)
    to_pdf.compiler.cache_clear()
    assert to_pdf.render(units.sample()) == first
    assert PdfReader(BytesIO(first)).metadata["/CreationDate"].startswith("D:20260803")
    assert to_pdf.render(replace(made, date="2026-08-04")) != first


def hostile(language: str = "zh"):
    """A whole sample city under a hostile name, with hostile evidence and reasons."""
    cells = {
        **city("990301").cells,
        ("ST1.1", "self"): Answer.of_level(4).to_json(),
        ("ST1.2", "self"): Answer.no_data(units.HOSTILE).to_json(),
        ("ST1.1", "evidence/1"): Evidence("1", units.HOSTILE, number="=1+1", place="x" * 400).to_json(),
    }
    made = units.sheet(unit=units.HOSTILE, compiled_by=units.HOSTILE).with_cells(cells)
    return units.report(builtin(), made, language=language, options=Options(marking=units.HOSTILE))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_a_person_typed_is_set_as_text_and_nothing_else(language):
    reader = PdfReader(BytesIO(to_pdf.render(hostile(language))))
    assert "#set page(width: 1pt)" in reader.metadata.title
    assert all(round(page.mediabox.width / MM) == 210 for page in reader.pages)
    everything = flat("".join(page.extract_text() for page in reader.pages))
    assert "</script>" in everything
    assert "=1+1" in everything
    assert "{{7*7}}" in everything
    assert "\x07" not in everything
    assert not reader.trailer["/Root"].get("/AcroForm")
    assert b"/JavaScript" not in to_pdf.render(hostile(language))


def test_characters_of_no_shipped_face_stand_as_a_sign_and_are_named_at_the_end():
    reader = PdfReader(BytesIO(to_pdf.render(hostile())))
    assert "〓" in reader.metadata.title
    end = flat(reader.pages[-1].extract_text())
    assert "U+1F389" in end


def test_a_name_of_four_hundred_letters_stays_on_the_page():
    made = units.report(units.flat(2), units.sheet({"Q1": Answer.of_level(2)}, unit="W" * 400))
    reader = PdfReader(BytesIO(to_pdf.render(made)))
    outside = []

    def note(text, cm, tm, font, size):
        if text.strip() and not 0 <= at(cm, tm)[0] <= 200 * MM:
            outside.append(text)

    for page in reader.pages:
        page.extract_text(visitor_text=note)
    assert outside == []


def test_the_english_report_is_marked_english():
    reader = PdfReader(BytesIO(to_pdf.render(units.sample(language="en"))))
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    assert "Summary" in reader.pages[1].extract_text()
