"""Speed of reports from the command line: one of forty pages from a new Python, and the ten sample cities.

What a report costs in a program that already runs is in `test_report_bench.py`.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from forms.cli import main

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import sys
from forms.commands.demo import write_reports
write_reports("990302", sys.argv[1], "zh", ("pdf",))
"""


def test_forty_pages_as_pdf_from_a_new_program(benchmark, tmp_path):
    def start() -> None:
        subprocess.run([sys.executable, "-c", PROGRAM, str(tmp_path)], cwd=ROOT, check=True, capture_output=True)

    benchmark.pedantic(start, rounds=5, warmup_rounds=1)
    assert [path.suffix for path in tmp_path.iterdir()] == [".pdf"]
    assert benchmark.stats.stats.median < 5


def test_demo_of_ten_cities_in_forty_seconds(benchmark, tmp_path, capsys):
    benchmark.pedantic(main, args=(["demo", "--out", str(tmp_path)],), rounds=5)
    assert len(list((tmp_path / "reports").iterdir())) == 20
    assert benchmark.stats.stats.median < 40
