"""A city report within its time: wall time on two cores, warm, median of five runs (D51)."""

from __future__ import annotations

import time
from collections.abc import Callable
from io import BytesIO
from statistics import median

from pypdf import PdfReader

from assess.samples.cities import cities as sample_cities
from reports import to_html, to_pdf
from reports.model import Chart, Report
from tests.reports import units


def cities() -> list[Report]:
    """Six different reports: nothing that one of them leaves in a cache is the text of another."""
    return [units.sample(each.profile.code) for each in sample_cities()[:6]]


def timed(render: Callable[[Report], object]) -> float:
    first, *others = cities()
    render(first)
    found = []
    for made in others:
        start = time.perf_counter()
        render(made)
        found.append(time.perf_counter() - start)
    return median(found)


def test_a_report_of_forty_pages_with_charts_is_printed_within_two_seconds(benchmark):
    made = units.sample()
    charts = [b for s in made.sections for b in s.blocks if isinstance(b, Chart)]
    assert 9 <= len(charts) <= 15
    assert len(PdfReader(BytesIO(to_pdf.render(made))).pages) >= 40
    took = timed(to_pdf.render)
    benchmark.pedantic(to_pdf.render, (units.sample("990401"),), rounds=1)
    assert took < 2.0


def test_the_page_for_the_screen_is_made_within_a_second(benchmark):
    took = timed(to_html.render)
    benchmark.pedantic(to_html.render, (units.sample("990401"),), rounds=1)
    assert took < 1.0


def test_the_sentences_are_written_within_a_fifth_of_a_second(benchmark):
    units.sample()
    found = []
    for _ in range(5):
        start = time.perf_counter()
        units.sample()
        found.append(time.perf_counter() - start)
    benchmark.pedantic(units.sample, rounds=1)
    assert median(found) < 0.2
