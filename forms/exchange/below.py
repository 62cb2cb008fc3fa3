"""The documents of lower units: one opened in place of the master, and what stands out between them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from assess.packages.between import Between, between
from assess.store.merge import passphrase_of
from forms.figures import one_line
from forms.page import Shell
from forms.words import _, show

if TYPE_CHECKING:
    from forms.session import Session

MOST = 3  # findings between units told in a notice


def open_document(session: Session, shell: Shell, path: Path, unit: str) -> None:
    """Open the document of a lower unit in place of the master; a notice leads back."""
    master = session.path

    def back() -> None:
        session.ask(passphrase_of, then=partial(_open, session, shell, master, None), failed=shell.trouble)

    def told() -> None:
        shell.notify(
            "info", _("This is the document of {unit}.", unit=one_line(unit)), key="exchange-below",
            action=_("Back to {name}", name=one_line(master.stem)), run=back,
        )  # fmt: skip

    session.ask(passphrase_of, then=partial(_open, session, shell, path, told), failed=shell.trouble)


def _open(session: Session, shell: Shell, path: Path, told: Callable[[], None] | None, words: str | None) -> None:
    """Open a document under the passphrase of the one that is open, which those of lower units share."""
    if told is not None:
        session.opened.connect(told, Qt.ConnectionType.SingleShotConnection)
    session.open(path, passphrase=words, failed=shell.trouble)


def tell_between(session: Session, shell: Shell) -> None:
    """Say what stands out between the lower units whose returns are in, where anything does."""
    session.ask(between, then=partial(_told, shell), failed=shell.trouble)


def _told(shell: Shell, found: tuple[Between, ...]) -> None:
    if not found:
        return
    lines = list(dict.fromkeys(_line(one) for one in found))
    more = " ".join(lines[:MOST])
    if len(lines) > MOST:
        more = _("{lines} And {count} more; zhiheng returns lists them all.", lines=more, count=len(lines) - MOST)
    shell.notify(
        "warning", _("Between units, to be looked at: {count}.", count=len(lines)), more=more, key="exchange-between"
    )


def _line(one: Between) -> str:
    """A finding in a sentence with its units; two that share it say it once."""
    names = sorted({one_line(unit.name) for unit in (one.unit, *one.others)})
    return _("{units}, {codes}: {finding}", units=_(", ").join(names), codes=_(", ").join(one.found.codes) or "—",
             finding=show(one.found.message))  # fmt: skip
