"""Named styles of the Word file (GB/T 9704): an office changes a style, never a paragraph.

Faces are only named (仿宋, 黑体, 楷体, 小标宋): the machine that opens the file shows its own. `reference()` makes the
document every report begins with; `python -m reports.word.styles FILE` writes it for an office that wants to adapt it.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph

PITCH = 28.95  # points; 22 lines in 225 mm
TIGHTER = -5  # twentieths of a point between characters: 28 of 16 pt in 156 mm (D41)
LATIN = "Times New Roman"
INK = "1B2428"


@dataclass(frozen=True, slots=True)
class Look:
    """Face of Chinese text, size and line height in points; `indent` characters of the first
    line, `left` and `right` of every line."""

    face: str
    size: float
    line: float
    bold: bool = False
    align: str = "both"
    indent: float = 0.0
    left: float = 0.0
    right: float = 0.0
    before: float = 0.0
    after: float = 0.0
    keep: bool = False


FANG, HEI, KAI, SONG = "仿宋", "黑体", "楷体", "宋体"
TITLE = "方正小标宋简体"
CHINESE: dict[str, Look] = {
    "Normal": Look(FANG, 16, PITCH, indent=2),
    "Title": Look(TITLE, 22, 34, align="center", after=8, keep=True),
    "Heading 1": Look(HEI, 16, PITCH, align="left", indent=2, keep=True),
    "Heading 2": Look(KAI, 16, PITCH, bold=True, align="left", indent=2, keep=True),
    "Heading 3": Look(FANG, 16, PITCH, bold=True, align="left", indent=2, keep=True),
    "Caption": Look(HEI, 12, 18, align="center", before=6, after=3, keep=True),
    "Zh Cover": Look(TITLE, 26, 42, align="center"),
    "Zh Cover Line": Look(FANG, 16, 24, align="center"),
    "Zh Cover Fact": Look(FANG, 14, 26, align="left", left=2.5),
    "Zh Marking": Look(HEI, 14, 20, align="left"),
    "Zh Table": Look(SONG, 10.5, 15, align="left"),
    "Zh Note": Look(SONG, 10.5, 16, align="left", before=3, after=3),
    "Zh Summary": Look(FANG, 14, 22, indent=2),
    "Zh Step": Look(FANG, 12, 18, left=1, after=1),
    "Zh Score": Look(TITLE, 30, 34, align="center"),
    "Zh Picture": Look(FANG, 10.5, 0, align="center", before=6, keep=True),
    "Zh Sign": Look(FANG, 16, 40, align="left", left=2),
    "Zh Address": Look(FANG, 16, PITCH, align="left"),
    "Zh Closing": Look(FANG, 16, PITCH, align="right", right=4, keep=True),
    "toc 1": Look(HEI, 14, 25, align="left"),
    "toc 2": Look(FANG, 14, 25, align="left", left=2),
    "Footer": Look(SONG, 14, 18, align="left"),
    "Header": Look(SONG, 9, 12, align="left"),
}
ENGLISH: dict[str, Look] = {
    "Normal": Look(SONG, 12, 19, after=6),
    "Title": Look(SONG, 18, 24, bold=True, align="center", after=8, keep=True),
    "Heading 1": Look(HEI, 16, 24, bold=True, align="left", before=14, after=6, keep=True),
    "Heading 2": Look(HEI, 13, 20, bold=True, align="left", before=10, after=4, keep=True),
    "Heading 3": Look(SONG, 12, 19, bold=True, align="left", before=6, after=2, keep=True),
    "Caption": Look(HEI, 10.5, 15, bold=True, align="center", before=6, after=3, keep=True),
    "Zh Cover": Look(SONG, 26, 38, bold=True, align="center"),
    "Zh Cover Line": Look(SONG, 14, 22, align="center"),
    "Zh Cover Fact": Look(SONG, 12, 22, align="left", left=2.5),
    "Zh Marking": Look(HEI, 12, 18, align="left"),
    "Zh Table": Look(SONG, 9.5, 13, align="left"),
    "Zh Note": Look(SONG, 9.5, 14, align="left", before=3, after=3),
    "Zh Summary": Look(SONG, 11, 15.5, after=3),
    "Zh Step": Look(SONG, 10.5, 14.5, left=1, after=2),
    "Zh Score": Look(SONG, 30, 34, bold=True, align="center"),
    "Zh Picture": Look(SONG, 9.5, 0, align="center", before=6, keep=True),
    "Zh Sign": Look(SONG, 12, 32, align="left", left=2),
    "Zh Address": Look(SONG, 12, 19, align="left", after=6),
    "Zh Closing": Look(SONG, 12, 19, align="right", right=4, keep=True),
    "toc 1": Look(SONG, 11.5, 19, bold=True, align="left"),
    "toc 2": Look(SONG, 11.5, 19, align="left", left=2),
    "Footer": Look(SONG, 11, 16, align="left"),
    "Header": Look(SONG, 9, 12, align="left"),
}
NAMES = {
    "Zh Cover": ("封面标题", "Cover title"),
    "Zh Cover Line": ("封面文字", "Cover line"),
    "Zh Cover Fact": ("封面事项", "Cover fact"),
    "Zh Marking": ("密级标注", "Marking"),
    "Zh Table": ("表格文字", "Table text"),
    "Zh Note": ("说明文字", "Note"),
    "Zh Summary": ("摘要正文", "Summary text"),
    "Zh Step": ("建议条目", "Step"),
    "Zh Score": ("总分", "Score"),
    "Zh Picture": ("图", "Picture"),
    "Zh Sign": ("签字栏", "Signature line"),
    "Zh Address": ("主送单位", "Addressee"),
    "Zh Closing": ("落款", "Closing"),
}


def reference(language: str) -> Document:
    """An empty document with every style set, and nothing of the template's own text."""
    import docx
    from docx.enum.style import WD_STYLE_TYPE

    document = docx.Document()
    looks = CHINESE if language == "zh" else ENGLISH
    for name, look in looks.items():
        try:
            style = document.styles[shown(name, language)]
        except KeyError:
            style = document.styles.add_style(shown(name, language), WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = document.styles["Normal"]
        dress(style, look, language)
    spoken(document, language)
    return document


def spoken(document: Document, language: str) -> None:
    """The language of the text, so that lines break where Chinese breaks them."""
    from docx.oxml.ns import qn

    for tag in document.styles.element.iter(qn("w:lang")):
        tag.set(qn("w:val"), "en-US" if language == "zh" else "en-GB")
        tag.set(qn("w:eastAsia"), "zh-CN")


def shown(name: str, language: str) -> str:
    """The name a style bears in the file."""
    return NAMES[name][0 if language == "zh" else 1] if name in NAMES else name


def dress(style: ParagraphStyle, look: Look, language: str) -> None:
    """Give a style its look; the direct properties of the template go."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
    from docx.shared import Pt, RGBColor

    align = {"both": "JUSTIFY", "center": "CENTER", "left": "LEFT", "right": "RIGHT"}[look.align]
    font, form = style.font, style.paragraph_format
    font.name, font.size, font.bold, font.italic = LATIN, Pt(look.size), look.bold, False
    font.color.rgb = RGBColor.from_string(INK)
    faces(style.element, look.face)
    form.alignment = getattr(WD_ALIGN_PARAGRAPH, align)
    if look.line:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look.line)
    else:
        form.line_spacing_rule = WD_LINE_SPACING.SINGLE
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    form.keep_with_next = look.keep
    form.widow_control = language == "en"
    indented(style.element, look)
    unruled(style.element)
    if language == "zh" and style.name == "Normal":
        tighter(style.element)
    if style.name not in {"Normal", "Heading 1", "Heading 2", "Heading 3"}:
        unsnapped(style.element)


def faces(element: Any, face: str) -> None:
    """Latin and East Asian face of a run or style; theme faces of the template go."""
    from docx.oxml.ns import qn

    fonts = element.get_or_add_rPr().get_or_add_rFonts()
    for key in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{key}"), None)
    fonts.set(qn("w:ascii"), LATIN)
    fonts.set(qn("w:hAnsi"), LATIN)
    fonts.set(qn("w:eastAsia"), face)
    fonts.set(qn("w:hint"), "eastAsia")


def indented(element: Any, look: Look) -> None:
    """Indents in hundredths of a character, so that they follow the size of the text."""
    from docx.oxml.ns import qn

    indent = element.get_or_add_pPr().get_or_add_ind()
    for key in list(indent.attrib):
        del indent.attrib[key]
    indent.set(qn("w:firstLineChars"), str(round(look.indent * 100)))
    indent.set(qn("w:firstLine"), str(round(look.indent * look.size * 20)))
    indent.set(qn("w:rightChars"), str(round(look.right * 100)))
    indent.set(qn("w:right"), str(round(look.right * look.size * 20)))
    indent.set(qn("w:leftChars"), str(round(look.left * 100)))
    indent.set(qn("w:left"), str(round(look.left * look.size * 20)))


def listed(paragraph: Paragraph, first: bool, language: str) -> None:
    """A line of the list of attachments: names below each other, the head of the list before the first."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn

    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
    if language != "zh":
        return
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    size = CHINESE["Normal"].size * 20
    hanging = 3 if first else 0
    for name, count in (("left", 5), ("hanging" if first else "firstLine", hanging)):
        indent.set(qn(f"w:{name}Chars"), str(count * 100))
        indent.set(qn(f"w:{name}"), str(round(count * size)))


def unruled(element: Any) -> None:
    """The template draws a line under titles; an official page has none."""
    from docx.oxml.ns import qn

    for old in element.get_or_add_pPr().findall(qn("w:pBdr")):
        element.pPr.remove(old)


def tighter(element: Any) -> None:
    """Characters a quarter point closer, the same in Word, WPS and LibreOffice: a grid of characters narrower than
    the face is read differently by each of them."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = element.get_or_add_rPr()
    close = OxmlElement("w:spacing")
    close.set(qn("w:val"), str(TIGHTER))
    size = properties.find(qn("w:sz"))
    if size is None:
        properties.append(close)
    else:
        size.addprevious(close)


def unsnapped(element: Any) -> None:
    """Lines of this style keep their own height and characters their own width, off the grid of the page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = element.get_or_add_pPr()
    for old in properties.findall(qn("w:snapToGrid")):
        properties.remove(old)
    off = OxmlElement("w:snapToGrid")
    off.set(qn("w:val"), "0")
    before = [qn(f"w:{tag}") for tag in ("spacing", "ind", "contextualSpacing", "jc", "outlineLvl", "rPr")]
    place = next((child for child in properties if child.tag in before), None)
    if place is None:
        properties.append(off)
    else:
        place.addprevious(off)


if __name__ == "__main__":
    reference("zh").save(sys.argv[1])
