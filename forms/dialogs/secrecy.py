"""The notice that nothing secret may be entered: once per document and person, kept on this machine as a digest.

It stands above the page until it has been understood; nothing is blocked by it. What is kept names neither the document
nor the person.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

from forms import settings
from forms.page import Shell
from forms.session import Session
from forms.words import _

KEY = "secrecy"
FILE = "understood.json"
MOST = 500


def _mark(session: Session) -> str:
    name, unit, post, _role = session.who
    identity = session.state.identity if session.state is not None else ""
    return sha256(f"{identity}\n{name}\n{unit}\n{post}".encode("utf-8", "replace")).hexdigest()[:32]


def _kept() -> list[str]:
    data = settings._load(FILE)
    return [one for one in data if isinstance(one, str)] if isinstance(data, list) else []


def due(session: Session) -> bool:
    """Whether the notice is to be shown: a document that is filled in, and a person who has not understood it yet."""
    if not session.is_open or session.locked is not None or session.profile.sample:
        return False
    return session.profile.mode != "training" and _mark(session) not in _kept()


def sentences() -> tuple[str, str]:
    """The notice in words: the rule, and what falls under it."""
    return _("Nothing secret may be entered here."), _(
        "No state secrets, no work secrets, no lists of residents, identity or telephone numbers. Attachments "
        "count too. Many answers together can be more sensitive than one."
    )


def remind(session: Session, shell: Shell, *, always: bool = False) -> None:
    """Show the notice above the page where it is due; `always` before something is taken in from outside."""
    if not (always or due(session)):
        shell.dismiss(KEY)
        return

    def understood() -> None:
        mark = _mark(session)
        settings._keep(FILE, [*(one for one in _kept() if one != mark), mark][-MOST:])
        shell.dismiss(KEY)

    run: Callable[[], None] = understood
    told, more = sentences()
    shell.notify(
        "warning",
        told,
        more=more,
        action=_("Understood"),
        run=run,
        key=KEY,
    )
