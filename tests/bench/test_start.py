"""Speed of starting a verb of the command line; D51 makes this exception. Each round is a new Python.

The peer is the least program of the kind: a Python that imports click. The window has its own file.
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


def run(*command: str) -> float:
    """Seconds a program takes from start to exit."""
    began = time.perf_counter()
    done = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, env=os.environ, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return time.perf_counter() - began


def least(*command: str) -> float:
    run(*command)
    return median(run(*command) for _ in range(5))


@pytest.mark.parametrize("verb", [("--help",), ("score", "--help")], ids=" ".join)
def test_a_verb_in_half_a_second(benchmark, verb):
    peer = least("-c", "import click")
    benchmark.pedantic(run, args=("-m", "forms", *verb), rounds=5, warmup_rounds=1)
    benchmark.extra_info["click alone"] = round(peer, 3)
    assert benchmark.stats.stats.median < max(0.5, 6 * peer)
