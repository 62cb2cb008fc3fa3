"""Bugs: a window with text to copy (version, system, trace) and not one answer in it.

The trace names files of the program, lines and functions, and the kind of the exception. Its message is left out:
it may quote what somebody typed.
"""

from __future__ import annotations

import platform
import sys
import traceback
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).parent.parent


def program_version() -> str:
    """The version that is installed, "0" when run from loose files."""
    try:
        return version("zhiheng")
    except PackageNotFoundError:
        return "0"


def report(kind: type[BaseException], trace: TracebackType | None) -> str:
    """The text to copy: program, Python, Qt, system, then the calls from outer to inner and the kind of exception."""
    from PySide6 import __version__ as qt

    lines = [
        f"zhiheng {program_version()}",
        f"Python {platform.python_version()}, Qt {qt}",
        f"{platform.system()} {platform.release()} {platform.machine()}",
        "",
    ]
    lines += [f"{_place(frame.filename)}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
    return "\n".join([*lines, kind.__qualname__])


def _place(file: str) -> str:
    """A file of the program relative to it; of anything else only the name, so that no folder of a person shows."""
    path = Path(file)
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name


_open = False


def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """What `sys.excepthook` becomes: print the trace, show the window once."""
    global _open
    sys.__excepthook__(kind, error, trace)
    from PySide6.QtWidgets import QApplication

    if _open or QApplication.instance() is None or issubclass(kind, KeyboardInterrupt):
        return
    from forms.dialogs.bug import BugDialog

    _open = True
    try:
        BugDialog(report(kind, trace), QApplication.activeWindow()).exec()
    finally:
        _open = False


def tell(error: BaseException) -> None:
    """Show a bug that came from another thread."""
    hook(type(error), error, error.__traceback__)


def install() -> None:
    """Catch what nobody catches."""
    sys.excepthook = hook
