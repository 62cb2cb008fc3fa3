"""Speed of starting (D51 makes the exception: these figures are about program start).

Each round is a new Python. The peers of the window and of a verb are the least programs that do the same kind of work:
an empty Qt window, and a Python that imports click.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).resolve().parents[2]
EMPTY_WINDOW = """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([]); window = QMainWindow(); window.show(); app.processEvents(); window.grab()
"""
FIRST_WINDOW = "import forms.cli; from forms.app import probe; probe()"


def run(*command: str) -> float:
    """Seconds a program takes from start to exit."""
    began = time.perf_counter()
    done = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, env=os.environ, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return time.perf_counter() - began


def least(*command: str) -> float:
    run(*command)
    return median(run(*command) for _ in range(5))


def test_the_first_window_in_a_second(benchmark):
    peer = least("-c", EMPTY_WINDOW)
    benchmark.pedantic(run, args=("-c", FIRST_WINDOW), rounds=5, warmup_rounds=1)
    benchmark.extra_info["empty window"] = round(peer, 3)
    assert benchmark.stats.stats.median < max(1.0, 4 * peer)


@pytest.mark.parametrize("verb", [("--help",), ("score", "--help")], ids=" ".join)
def test_a_verb_in_half_a_second(benchmark, verb):
    peer = least("-c", "import click")
    benchmark.pedantic(run, args=("-m", "forms", *verb), rounds=5, warmup_rounds=1)
    benchmark.extra_info["click alone"] = round(peer, 3)
    assert benchmark.stats.stats.median < max(0.5, 6 * peer)
