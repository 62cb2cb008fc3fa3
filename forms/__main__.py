"""Start the program: `python -m forms`, and the entry of a frozen build."""

from __future__ import annotations

from forms.cli import main

if __name__ == "__main__":
    main()
