"""The Word file: named styles, the official page, contents written out, hostile words as words, equal bytes."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from reports import to_docx, to_pdf
from reports.model import Contents, Heading, Paragraph, Section, Sentence, Table
from reports.options import Options
from tests.reports import units


@pytest.fixture(scope="module")
def made():
    return units.sample()


@pytest.fixture(scope="module")
def word(made):
    return docx.Document(BytesIO(to_docx.render(made)))


def test_the_page_is_the_official_one(word):
    for section in word.sections:
        size = (section.page_width, section.page_height)
        margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
        assert [round(side / Mm(1), 1) for side in (*size, *margins)] == [210, 297, 37, 35, 28, 26]
    normal = word.styles["Normal"]
    assert normal.font.size == Pt(16)
    assert normal.paragraph_format.line_spacing == Pt(28.95)
    faces = {name: word.styles[name].element.rPr.rFonts.get(qn("w:eastAsia")) for name in ("Normal", "Title")}
    faces |= {name: word.styles[name].element.rPr.rFonts.get(qn("w:eastAsia")) for name in ("Heading 1", "Heading 2")}
    assert faces == {"Normal": "仿宋", "Title": "方正小标宋简体", "Heading 1": "黑体", "Heading 2": "楷体"}


def test_every_paragraph_has_a_named_style_and_no_look_of_its_own(word):
    known = {style.name for style in word.styles}
    for line in word.paragraphs:
        assert line.style.name in known
        for run in line.runs:
            assert run.font.size is None
            assert run.font.name is None


def test_every_heading_and_table_of_the_report_is_there_in_order(made, word):
    wanted = [heading for part in made.sections if part.id != "cover" for heading in to_pdf.headings(part.blocks)]
    found = [line for line in word.paragraphs if line.style.name.startswith(("Heading", "Title"))]
    assert [line.text.replace("\u3000", "") for line in found] == [
        f"{heading.number}{heading.text}".replace("\u3000", "") for heading in wanted
    ]
    captions = [b.caption for part in made.sections for b in part.blocks if isinstance(b, Table) and b.caption]
    assert captions
    assert set(captions) <= {line.text for line in word.paragraphs if line.style.name == "Caption"}


def test_the_contents_stand_written_out_inside_a_field(made, word):
    assert any(isinstance(block, Contents) for part in made.sections for block in part.blocks)
    entries = [line for line in word.paragraphs if line.style.name.startswith("toc")]
    wanted = [
        h for part in made.sections for h in to_pdf.headings(part.blocks) if h.anchor != "contents" and h.level < 3
    ]
    assert len(entries) == len(wanted)
    pages = to_pdf.heading_pages(made)
    for line, heading in zip(entries, wanted, strict=True):
        words = "".join(
            node.text or ("\t" if node.tag == qn("w:tab") else "") for node in line._p.iter(qn("w:t"), qn("w:tab"))
        )
        assert words.endswith(str(pages[heading.anchor] - 1))
        link = line._p.find(qn("w:hyperlink")).get(qn("w:anchor"))
        assert word.element.body.xpath(f'//w:bookmarkStart[@w:name="{link}"]')
    kinds = [node.get(qn("w:fldCharType")) for line in entries for node in line._p.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]
    assert word.settings.element.find(qn("w:updateFields")) is None


def test_facing_pages_number_at_the_outer_edge_and_the_cover_has_none(word):
    cover, rest = word.sections[0], word.sections[1]
    assert cover.footer.paragraphs[0].text == ""
    assert "—" in rest.footer.paragraphs[0].text
    assert rest.footer.paragraphs[0].alignment != rest.even_page_footer.paragraphs[0].alignment
    assert rest._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"


def test_every_picture_has_its_words(word):
    pictures = list(word.element.body.iter(qn("wp:docPr")))
    assert len(pictures) >= 5
    assert all(picture.get("descr") for picture in pictures)
    assert len({picture.get("id") for picture in pictures}) == len(pictures)


def test_a_sample_bears_its_watermark_on_every_page(made, word):
    for header in (word.sections[0].header, word.sections[0].even_page_header):
        assert made.watermark in header._element.xml
    assert all(section.header.is_linked_to_previous for section in list(word.sections)[1:])


def test_equal_reports_give_equal_bytes_whatever_the_clock_says(made):
    content = to_docx.render(made)
    assert content == to_docx.render(units.sample())
    with zipfile.ZipFile(BytesIO(content)) as read:
        assert {entry.date_time for entry in read.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_hostile_words_stay_words(language):
    made = units.report(units.flat(2), units.sheet(unit=units.HOSTILE), language, Options(marking=units.HOSTILE))
    content = to_docx.render(made)
    word = docx.Document(BytesIO(content))
    text = "\n".join(line.text for line in word.paragraphs)
    assert "</script><img src=x onerror=alert(1)>" in text
    assert "㙍𡐓" in text
    assert "\x07" not in text
    with zipfile.ZipFile(BytesIO(content)) as read:
        fields = read.read("word/document.xml").decode().count("instrText")
    plain = docx.Document(BytesIO(to_docx.render(units.report(units.flat(2), units.sheet(), language))))
    assert fields == plain.element.xml.count("instrText")


def test_a_lying_table_turns_its_page_and_the_next_stands_again(made):
    from dataclasses import replace

    from reports.model import Column, Section

    lying = Table("宽表", (Column("甲"), Column("乙")), (("1", "2"),), landscape=True)
    after = Heading(1, "一、", "其后", "after")
    word = docx.Document(
        BytesIO(to_docx.render(replace(made, sections=(Section("x", "x", (lying, after)),), watermark="")))
    )
    assert [round(section.page_width.mm) for section in word.sections] == [210, 297, 210]


def test_a_part_without_cover_and_contents_begins_at_page_one(made):
    from dataclasses import replace

    parts = tuple(part for part in made.sections if part.id == "pledge")
    word = docx.Document(BytesIO(to_docx.render(replace(made, sections=parts, watermark=""))))
    assert len(word.sections) == 1
    assert "—" in word.sections[0].footer.paragraphs[0].text
    assert [h.text for p in parts for h in p.blocks if isinstance(h, Heading)]


def test_a_long_list_of_codes_may_break_between_any_two(made):
    words = Sentence("x", "另有 3 题达到 60 分以上（ST4.2、ST2.3、数据、ST1.1）。")
    codes = replace(made, sections=(Section("s", "s", (Paragraph((words,), lead="一、情况。"),)),))
    line = docx.Document(BytesIO(to_docx.render(codes))).paragraphs[-1]
    text = "".join(run.text for run in line.runs)
    assert "ST4.2、\u200bST2.3、数据、\u200bST1.1）" in text
    assert text.replace("\u200b", "") == "一、情况。" + words.text
    assert line.runs[0].bold


def test_a_run_in_head_is_bold_in_pdf_as_it_is_in_word(made):
    from pypdf import PdfReader

    words = Paragraph((Sentence("x", "正文在此。"),), lead="一、情况。")
    plain = Paragraph((Sentence("x", "正文在此。"),))

    def faces(block: Paragraph) -> set[str]:
        one = replace(made, sections=(Section("s", "s", (block,)),), watermark="")
        pages = PdfReader(BytesIO(to_pdf.render(one))).pages
        return {str(font.get_object()["/BaseFont"]) for page in pages for font in page["/Resources"]["/Font"].values()}

    assert any("Bold" in face for face in faces(words) - faces(plain))
