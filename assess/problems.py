"""Expected failures: a code, a sentence, and a hint that says what to do.

A `Problem` is raised (or collected) where the user, a file or a medium is at fault; everything else is a bug and
raises whatever Python raises. Its texts are `Message`s, rendered in the reader's language at the face.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass
from typing import Literal

from assess.language import Message, say

Severity = Literal["error", "warning", "hint"]


class Problem(Exception):  # noqa: N818 - the domain word is Problem
    """One expected failure. `code` is stable ("store.wrong-passphrase"), `text` says what, `hint` what to do."""

    def __init__(self, code: str, text: Message, hint: Message | None = None) -> None:
        super().__init__(code, text, hint)
        self.code = code
        self.text = text
        self.hint = hint

    def __str__(self) -> str:
        return self.sentence("en")

    def sentence(self, language: str) -> str:
        """Text and hint in one language, as two sentences on one line."""
        words = self.text.render(language)
        if self.hint is None:
            return words
        return f"{words} {self.hint.render(language)}" if language != "zh" else f"{words}{self.hint.render(language)}"


REASONS: tuple[tuple[tuple[str, ...], Message], ...] = (
    (("ENOSPC", "EDQUOT"), say("no room is left there")),
    (("EROFS", "EACCES", "EPERM"), say("it is write-protected or open in another program")),
    (("EBUSY", "ETXTBSY"), say("it is open in another program")),
    (("ENOENT", "ENOTDIR"), say("the folder is not there")),
    (("EISDIR", "EEXIST"), say("something else has that name")),
    (("ENAMETOOLONG", "EINVAL"), say("the name is too long or not allowed there")),
    (("EFBIG",), say("it is too large for that medium")),
    (("EIO", "ENODEV", "ENXIO", "ESTALE", "ETIMEDOUT", "ENOTCONN"), say("the medium does not answer")),
)


def reason(error: OSError) -> Message:
    """Why the system refused a file, in the reader's language: its own words are in the system's."""
    name = errno.errorcode.get(error.errno or 0, "")
    return next((words for names, words in REASONS if name in names), say("the system refused it"))


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault found while reading something as a whole (framework, table): all are reported together.

    `place` is the file, sheet or cell ("me.toml:112", "答题表!C17"); `subject` the code concerned, if any.
    """

    severity: Severity
    code: str
    place: str
    subject: str
    text: Message
    hint: Message | None = None

    def line(self, language: str, *, codes: bool = False) -> str:
        """Place, sentence and what to do in one line; the code beside the place only where it is asked for."""
        tail = self.hint.render(language) if self.hint else ""
        tail = f" {tail}" if tail and language != "zh" else tail
        head = [self.place, f"[{self.code}]" if codes else "", f"{self.text.render(language)}{tail}"]
        return "  ".join(part for part in head if part)
