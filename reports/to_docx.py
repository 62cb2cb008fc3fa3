"""Word: the report as an office edits it in WPS, with named styles, the official page and written-out contents.

Chinese faces are named, never embedded. Equal reports give equal bytes: what Word would date is dated with the report.
"""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING

from reports import clean
from reports.model import Contents, Report
from reports.to_pdf import COMPACT, day_of, heading_pages
from reports.word import fields
from reports.word.blocks import Setting
from reports.word.styles import reference, shown

if TYPE_CHECKING:
    from docx.document import Document

EPOCH = (1980, 1, 1, 0, 0, 0)


def render(report: Report) -> bytes:
    """The report as the bytes of a .docx file."""
    ready: Report = clean.each_text(report, clean.tidy)
    titles = [clean.tidy(line) for line in report.cover.title.split("\n")]
    document = reference(ready.language)
    described(document, ready, titles)
    fields.odd_and_even(document)
    section = document.sections[0]
    fields.page(section, ready.language)
    setting = Setting(document, ready, numbers(report))
    if any(part.id == "cover" for part in ready.sections):
        cover(document, ready, titles)
    else:
        fields.numbered(section, ready.language, first=True)
    for part in ready.sections:
        if part.id != "cover":
            setting.compact = part.id in COMPACT
            setting.blocks(part.blocks)
    if ready.watermark:
        fields.watermark(document.sections[0], ready.watermark)
    out = BytesIO()
    document.save(out)
    return packed(out.getvalue())


def numbers(report: Report) -> dict[str, int]:
    """Pages of the headings as printed (D46); nothing where the report has no contents to number."""
    wanted = any(isinstance(block, Contents) for part in report.sections for block in part.blocks)
    if not wanted:
        return {}
    before = 1 if any(part.id == "cover" for part in report.sections) else 0
    return {anchor: page - before for anchor, page in heading_pages(report).items()}


def described(document: Document, report: Report, titles: list[str]) -> None:
    """Title, author and dates of the file; the template's own go."""
    day = datetime.combine(day_of(report.date), time(), UTC)
    about = document.core_properties
    gap = " " if report.language == "en" else ""
    about.title = gap.join((report.cover.unit, gap.join(titles))).strip()[:250]
    about.author = (dict(report.provenance).get("author") or report.cover.unit)[:250]
    about.subject, about.comments, about.keywords = report.header[:250], "", ""
    about.last_modified_by = ""
    about.created = about.modified = day
    about.revision = 1
    about.language = "zh-CN" if report.language == "zh" else "en-GB"


def cover(document: Document, report: Report, titles: list[str]) -> None:
    """The first page, in a section without a page number."""
    from docx.enum.section import WD_SECTION
    from docx.shared import Pt

    front, language = report.cover, report.language
    line = document.add_paragraph(front.marking, style=shown("Zh Marking", language))
    line.paragraph_format.space_after = Pt(80)
    for words in (front.unit, *titles):
        if words:
            document.add_paragraph(words, style=shown("Zh Cover", language))
    line = document.add_paragraph(front.subtitle, style=shown("Zh Cover Line", language))
    line.paragraph_format.space_before, line.paragraph_format.space_after = Pt(24), Pt(90)
    for label, value in front.facts:
        document.add_paragraph(
            f"{label}：{value}" if language == "zh" else f"{label}: {value}", style=shown("Zh Cover Fact", language)
        )
    line = document.add_paragraph(front.date, style=shown("Zh Cover Line", language))
    line.paragraph_format.space_before = Pt(30)
    fields.unnumbered(document.sections[0])
    following = document.add_section(WD_SECTION.NEW_PAGE)
    fields.page(following, language)
    fields.numbered(following, language, first=True)


def packed(content: bytes) -> bytes:
    """The same file with its parts in order and without the time of packing."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as read, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name in sorted(read.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            written.writestr(entry, read.read(name))
    return out.getvalue()
