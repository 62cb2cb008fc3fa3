"""A process that answers 200 items one by one and says after each that it is saved. Arguments: document, passphrase."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from assess import seen as module
from assess.answers import Answer
from assess.assessment import Assessment, Author
from tests.store.conftest import small_framework


def main() -> None:
    framework = small_framework()
    module._read[module._key(framework.sources)] = framework
    path, passphrase = Path(sys.argv[1]), sys.argv[2] or None
    document = Assessment.open(path, author=Author("进程"), now=lambda: datetime.now(UTC), passphrase=passphrase)
    sys.stdout.write(f"ready {document.read_only}\n")
    sys.stdout.flush()
    start = len(document.history("A1", "note"))
    for number in range(start, start + 200):
        document.set_cells(
            {("A1", "self"): Answer.of_level(number % 6).to_json(), ("A1", "note"): str(number)}, "answer"
        )
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
