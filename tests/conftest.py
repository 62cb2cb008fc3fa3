"""What every test runs under: no display, nobody's own folders, and the same examples each time."""

from __future__ import annotations

import gc
import os
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "1")

_folders = Path(tempfile.mkdtemp(prefix="zhiheng-test-"))
for _name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "LOCALAPPDATA", "APPDATA"):
    (_folders / _name).mkdir()
    os.environ[_name] = str(_folders / _name)

from hypothesis import settings  # noqa: E402

settings.register_profile("zhiheng", deadline=None, max_examples=60, derandomize=True, print_blob=True)
settings.load_profile("zhiheng")

# Widgets in reference cycles may only be freed in the thread that paints (forms/collecting.py). The window's own timer
# does that while events run; here every test ends with a small turn, and every fortieth with a whole one.
gc.disable()
_ended = 0


def pytest_runtest_teardown() -> None:
    global _ended
    _ended += 1
    gc.collect(2 if _ended % 40 == 0 else 1)
