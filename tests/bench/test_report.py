"""Speed of reports: forty pages with charts as PDF and as HTML, warm and in a new Python, and the ten sample cities."""

from __future__ import annotations

import io
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pypdf import PdfReader

from assess.benchmark.peers import sample_peers
from assess.framework.read import builtin
from assess.framework.tiers import tailored
from assess.samples.cities import city
from forms.cli import main
from reports import to_html, to_pdf
from reports.assemble import city_report
from reports.model import Report

ROOT = Path(__file__).resolve().parents[2]
CODE = "990302"
PROGRAM = f"""
from pathlib import Path
from forms.commands.demo import write_reports
import sys
write_reports({CODE!r}, sys.argv[1], "zh", ("pdf",))
"""


def made(language: str = "zh") -> Report:
    each = city(CODE)
    framework = tailored(builtin(), each.profile)
    return city_report(framework, each.sheet, peers=sample_peers(builtin()), language=language, date="2026-07-31")


def test_building_a_report_in_200_ms(benchmark):
    benchmark.pedantic(made, rounds=5, warmup_rounds=1)
    assert benchmark.stats.stats.median < 0.2


@pytest.mark.parametrize("language", ["zh", "en"])
def test_forty_pages_as_pdf_in_two_seconds(benchmark, language):
    report = made(language)
    pdf = benchmark.pedantic(to_pdf.render, args=(report,), rounds=5, warmup_rounds=1)
    benchmark.extra_info["pages"] = len(PdfReader(io.BytesIO(pdf)).pages)
    assert benchmark.extra_info["pages"] >= 35
    assert benchmark.stats.stats.median < 2


def test_the_same_report_as_html_in_a_second(benchmark):
    report = made()
    page = benchmark.pedantic(to_html.render, args=(report,), rounds=5, warmup_rounds=1)
    assert page.rstrip().endswith("</html>")
    assert benchmark.stats.stats.median < 1


def test_forty_pages_as_pdf_from_a_new_program(benchmark, tmp_path):
    def start() -> float:
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", PROGRAM, str(tmp_path)], cwd=ROOT, check=True, capture_output=True)
        return time.perf_counter() - began

    benchmark.pedantic(start, rounds=5, warmup_rounds=1)
    assert [path.suffix for path in tmp_path.iterdir()] == [".pdf"]
    assert benchmark.stats.stats.median < 5


def test_demo_of_ten_cities_in_forty_seconds(benchmark, tmp_path, capsys):
    benchmark.pedantic(main, args=(["demo", "--out", str(tmp_path)],), rounds=5)
    assert len(list((tmp_path / "reports").iterdir())) == 20
    assert benchmark.stats.stats.median < 40
