"""Reading the modules of scoring loads no heavy library, so that every command starts fast."""

from __future__ import annotations

import subprocess
import sys

MODULES = (
    "assess.walk, assess.measure.score, assess.measure.trace, assess.measure.diagnose, assess.planning.gaps, "
    "assess.benchmark.peers, assess.benchmark.position, assess.benchmark.groups"
)


def test_numpy_is_loaded_only_when_something_is_scored():
    code = (
        f"import sys; import {MODULES}; print([name for name in ('numpy', 'scipy', 'PySide6') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
