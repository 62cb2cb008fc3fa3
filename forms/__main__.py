"""Start the program: `python -m forms`, and the entry of a frozen build.

`demo` makes reports in processes of their own; in a frozen program each of them starts here again, and
`freeze_support` turns it into the worker it was meant to be.
"""

from __future__ import annotations

from multiprocessing import freeze_support

from forms.cli import main

if __name__ == "__main__":
    freeze_support()
    raise SystemExit(main())
