"""What Word reckons or hangs behind the text: page numbers, contents, sections, the watermark."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from reports.word.styles import PITCH, shown

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section
    from docx.text.paragraph import Paragraph

MARGINS = (37, 26, 35, 28)  # top, right, bottom, left in millimetres
TYPE_AREA = 156


def element(tag: str, **attributes: str) -> Any:
    """An element of WordprocessingML; attribute `w_val` becomes w:val."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(name.replace("_", ":", 1)), value)
    return made


def page(section: Section, language: str, *, landscape: bool = False) -> None:
    """A4, the margins of GB/T 9704 and in Chinese its grid of 22 lines."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    top, right, bottom, left = MARGINS
    if landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
        top, right, bottom, left = 28, 37, 26, 35
    else:
        section.orientation = WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    section.footer_distance, section.header_distance = Mm(min(bottom - 10, 24)), Mm(15)
    properties = section._sectPr
    for old in properties.findall(properties.nsmap["w"].join(("{", "}docGrid"))):
        properties.remove(old)
    if language == "zh" and not landscape:
        properties.append(element("w:docGrid", w_type="lines", w_linePitch=str(round(PITCH * 20))))


def field(paragraph: Paragraph, instruction: str, shows: str) -> None:
    """A complex field with the result it shows until somebody updates it."""
    for kind in ("begin", "instruction", "separate", "shows", "end"):
        run = paragraph.add_run(shows if kind == "shows" else "")
        if kind == "instruction":
            words = element("w:instrText")
            words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            words.text = f" {instruction} "
            run._r.append(words)
        elif kind != "shows":
            run._r.append(element("w:fldChar", w_fldCharType=kind))


def numbered(section: Section, language: str, *, first: bool) -> None:
    """— 1 — at the outer edge, one character in; the count begins at 1 where `first`."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    section.footer.is_linked_to_previous = section.even_page_footer.is_linked_to_previous = False
    sides = (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    )
    for footer, align in sides:
        line = footer.paragraphs[0]
        line.style = shown("Footer", language)
        line.alignment = align
        if align == WD_ALIGN_PARAGRAPH.RIGHT:
            line.paragraph_format.right_indent = Pt(14)
        else:
            line.paragraph_format.left_indent = Pt(14)
        line.add_run("— ")
        field(line, "PAGE", "1")
        line.add_run(" —")
    if first:
        section._sectPr.append(element("w:pgNumType", w_start="1"))


def unnumbered(section: Section) -> None:
    """No footer: the cover."""
    section.footer.is_linked_to_previous = section.even_page_footer.is_linked_to_previous = False


def odd_and_even(document: Document) -> None:
    """Facing pages have footers of their own."""
    settings = document.settings.element
    settings.insert(0, element("w:evenAndOddHeaders"))


def contents(document: Document, entries: Iterable[tuple[int, str, str, int]], language: str) -> None:
    """The contents written out inside a field that can be updated: (level, text, bookmark, page) each (D46)."""
    listed = list(entries)
    closer(document, len(listed), language)
    for place, (level, text, bookmark, number) in enumerate(listed):
        line = document.add_paragraph(style=shown(f"toc {level}", language))
        leader(line)
        if place == 0:
            start = line.add_run()
            start._r.append(element("w:fldChar", w_fldCharType="begin"))
            words = element("w:instrText")
            words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            words.text = ' TOC \\o "1-2" \\h \\z '
            line.add_run()._r.append(words)
            line.add_run()._r.append(element("w:fldChar", w_fldCharType="separate"))
        link = element("w:hyperlink", w_anchor=bookmark, w_history="1")
        for words in (text, "\t", str(number) if number else ""):
            run = line.add_run(words)
            link.append(run._r)
        line._p.append(link)
        if place == len(listed) - 1:
            line.add_run()._r.append(element("w:fldChar", w_fldCharType="end"))


def closer(document: Document, count: int, language: str) -> None:
    """Up to some 38 entries keep to one page: their lines stand closer."""
    from docx.shared import Pt

    usual = 25.0 if language == "zh" else 19.0
    pitch = max(15.5, min(usual, 540 / max(count, 1)))
    for level in (1, 2):
        style = document.styles[f"toc {level}"]
        style.paragraph_format.line_spacing = Pt(pitch)
        style.font.size = Pt(min(14 if language == "zh" else 11.5, pitch * 0.76))


def leader(line: Paragraph) -> None:
    """Dots up to the right edge."""
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
    from docx.shared import Mm

    line.paragraph_format.tab_stops.add_tab_stop(Mm(TYPE_AREA), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """A place the contents lead to."""
    start = element("w:bookmarkStart", w_id=str(number), w_name=name)
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
    paragraph._p.append(element("w:bookmarkEnd", w_id=str(number)))


def watermark(section: Section, words: str) -> None:
    """Pale words across every page, behind the text: a shape in the headers."""
    from docx.oxml import parse_xml

    width = min(560, 70 * max(len(words), 1))
    for header in (section.header, section.even_page_header):
        header.is_linked_to_previous = False
        run = header.paragraphs[0].add_run()
        shape = parse_xml(
            '<w:pict xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
            'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
            '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
            'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
            '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/>'
            '<v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/>'
            '<v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/>'
            '<v:f eqn="sum @6 0 @5"/></v:formulas><v:path textpathok="t" o:connecttype="rect"/>'
            '<v:textpath on="t" fitshape="t"/><o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>'
            '<v:shape id="watermark" o:spid="_x0000_s2049" type="#_x0000_t136" '
            f'style="position:absolute;margin-left:0;margin-top:0;width:{width}pt;height:90pt;rotation:328;z-index:-251;'
            "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
            'mso-position-vertical:center;mso-position-vertical-relative:margin" fillcolor="#e9e9e9" stroked="f">'
            '<v:fill opacity=".5"/><v:textpath style="font-family:&quot;黑体&quot;;font-size:1pt"/></v:shape></w:pict>'
        )
        shape[1][1].set("string", words)
        run._r.append(shape)
