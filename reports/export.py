"""A report as a file: written beside its place first and moved there whole, so that no half file is ever left."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from assess.language import say
from assess.problems import Problem, reason
from reports.model import Report

FORMATS = ("html", "pdf", "docx")


def export(report: Report, path: Path, format: str | None = None) -> Path:  # noqa: A002 - the user's word
    """Write the report to `path` and return it. `format` is one of FORMATS, else the ending of the name.

    Raises Problem report.format for another format, report.unwritable where the place does not take the file.
    """
    wanted = (format or path.suffix.removeprefix(".")).lower()
    renderer = renderers().get(wanted)
    if renderer is None:
        raise Problem(
            "report.format",
            say("“{format}” is no format of a report.", format=wanted or path.name),
            say("Choose one of: {formats}.", formats=FORMATS),
        )
    return put(renderer(report), path)


def put(content: bytes, path: Path) -> Path:
    """Write a file beside its place and move it there whole. Raises Problem report.unwritable."""
    partial = path.with_name(f"~{path.name}.part")
    try:
        partial.write_bytes(content)
        os.replace(partial, path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise Problem(
            "report.unwritable",
            say("The report could not be written to {path}.", path=str(path)),
            say(
                "Close the file if it is open elsewhere, or choose another folder ({reason}).",
                reason=reason(error),
            ),
        ) from error
    return path


def renderers() -> dict[str, Callable[[Report], bytes]]:
    def html(report: Report) -> bytes:
        from reports import to_html

        return to_html.render(report).encode("utf-8")

    def pdf(report: Report) -> bytes:
        from reports import to_pdf

        return to_pdf.render(report)

    def docx(report: Report) -> bytes:
        from reports import to_docx

        return to_docx.render(report)

    return {"html": html, "pdf": pdf, "docx": docx}
