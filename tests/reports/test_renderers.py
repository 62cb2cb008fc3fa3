"""Renderers know the report and nothing behind it, and may run beside each other."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from assess.answers import Answer
from reports import to_html, to_pdf
from tests.reports import units

ROOT = Path(__file__).resolve().parent.parent.parent


def test_renderers_do_not_load_the_domain():
    program = (
        "import sys, reports.to_html, reports.to_pdf, reports.charts.draw;"
        "from reports.model import *;"
        "parts = (Section('method', '', (Heading(1, '一、', '章', 'a'),)),);"
        "made = Report(1, 'zh', Cover('题', '', '市', (), ''), parts,"
        " '', '', '2026-01-01', dict.fromkeys(('skip_main', 'skip_contents', 'contents', 'date'), 'x'));"
        "assert reports.to_pdf.render(made).startswith(b'%PDF'); assert '一、章' in reports.to_html.render(made);"
        "print([name for name in sys.modules if name.partition('.')[0] in ('assess', 'forms', 'PySide6')])"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"


def test_several_reports_at_once_are_those_made_one_by_one():
    reports = [units.report(units.flat(n), units.sheet({"Q1": Answer.of_level(n)})) for n in (1, 2, 3, 4)]
    alone = [(to_pdf.render(made), to_html.render(made)) for made in reports]
    with ThreadPoolExecutor(4) as pool:
        papers = list(pool.map(to_pdf.render, reports * 2))
        pages = list(pool.map(to_html.render, reports * 2))
    assert papers == [paper for paper, _ in alone] * 2
    assert pages == [page for _, page in alone] * 2
