"""The documents of counties, townships and villages, in a folder beside the master.

Each is a document of its own, at the level of its unit, with an identity that follows from that of the master. What
comes back is joined into it; `zhiheng score --counties` and the library read the folder as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid5

from assess.answers import Profile
from assess.assessment import Assessment
from assess.packages.file_names import joined
from assess.packages.recipients import Recipient, recipients
from assess.problems import Problem
from assess.store.events import Author, digest
from assess.store.merge import passphrase_of

FOLDER = "下级单位"
TRIED = 3  # documents looked into to tell whose folder it is


def folder(document: Assessment) -> Path:
    """Where the documents of lower units lie: `name.下级单位` beside the master.

    A master that was renamed keeps its folder: one beside it whose master is gone, and which holds its units.
    """
    named = document.path.with_name(f"{document.path.stem}.{FOLDER}")
    return named if named.is_dir() else _left_behind(document) or named


def _left_behind(document: Assessment) -> Path | None:
    """The folder under the former name of the master, known by the identity of a unit's document in it."""
    orphans = [
        found
        for found in sorted(document.path.parent.glob(f"*.{FOLDER}"))
        if found.is_dir() and not found.with_name(f"{found.name.removesuffix(f'.{FOLDER}')}.zhd").exists()
    ]
    if not orphans:
        return None
    marks = {str(identity(document, one.key)) for one in recipients(document, "all") if one.own}
    for found in orphans:
        for path in sorted(found.glob("*.zhd"))[:TRIED]:
            try:
                with Assessment.open(
                    path, author=document.author, now=clock(document), passphrase=passphrase_of(document),
                    read_only=True,
                ) as one:  # fmt: skip
                    if str(one.id) in marks:
                        return found
            except Problem:  # not one of ours, or under another passphrase
                continue
    return None


def identity(document: Assessment, key: str) -> UUID:
    """The identity of a lower unit's document."""
    return uuid5(document.id, key)


def path_of(document: Assessment, recipient: Recipient) -> Path:
    """Its code tells it from units of the same name; where it has none, four digits do."""
    mark = recipient.code or digest(recipient.key)[:4]
    return folder(document) / joined((recipient.name, mark), ".zhd")


def exists(document: Assessment, recipient: Recipient) -> bool:
    return path_of(document, recipient).exists()


@contextmanager
def opened(document: Assessment, recipient: Recipient, *, read_only: bool = False) -> Iterator[Assessment]:
    """The document of a lower unit, made where it is not there yet, under the passphrase of the master.

    Problems: those of opening and writing; store.wrong-passphrase where the master has another one than it had then.
    """
    if not read_only:
        _keep_together(document)
    path = path_of(document, recipient)
    secret = passphrase_of(document)
    now = clock(document)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        create(document, recipient, path, document.author, now, secret)
    found = Assessment.open(path, author=document.author, now=now, passphrase=secret, read_only=read_only)
    try:
        if secret is not None and not found.encrypted and not found.read_only:  # the master got its passphrase later
            found.change_passphrase(secret)
        yield found
    finally:
        found.close()


def _keep_together(document: Assessment) -> None:
    """Give the folder the name the master has now, where that is possible; elsewhere it is found as it is."""
    named = document.path.with_name(f"{document.path.stem}.{FOLDER}")
    there = folder(document)
    if there != named:
        try:
            there.rename(named)
        except OSError:
            pass


def create(
    document: Assessment,
    recipient: Recipient,
    path: Path,
    author: Author,
    now: Callable[[], datetime],
    passphrase: str | None,
) -> None:
    """A fresh document of a lower unit: its level, its items, the mode and the reference date of the master."""
    made = Assessment.create(
        path,
        document.whole_framework,
        profile_of(document, recipient),
        author=author,
        now=now,
        passphrase=passphrase,
        identity=identity(document, recipient.key),
    )
    made.close()


def profile_of(document: Assessment, recipient: Recipient) -> Profile:
    """What a lower unit's document says of its unit."""
    above = document.profile
    return replace(
        Profile(recipient.name, code=recipient.code, tier=recipient.tier, unit_kind=recipient.unit_kind),
        mode=above.mode,
        base_date=above.base_date,
        year=above.year,
        region=above.region,
        sample=above.sample,
    )


def clock(document: Assessment) -> Callable[[], datetime]:
    """The clock of the master."""
    return document._now
