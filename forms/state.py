"""What an open document is at one moment: frozen, taken by the writer thread, read by every page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assess.language import Message
from assess.problems import Problem

if TYPE_CHECKING:
    from assess.answers import Profile, Sheet
    from assess.assessment import Assessment
    from assess.framework.model import Framework
    from assess.store.seals import Standing


@dataclass(frozen=True, slots=True)
class State:
    """What the document is at one moment, taken by the writer thread after an operation."""

    path: Path
    framework: Framework
    whole_framework: Framework
    profile: Profile
    sheet: Sheet
    role: str
    undoable: Message | None
    redoable: Message | None
    last_saved: datetime | None
    read_only_reason: Message | None
    backup_trouble: Problem | None = None
    encrypted: bool = False
    author_role: str = "filler"
    signer: str = ""
    standing: Standing | None = None
    copy_mark: str = ""
    facts: Mapping[str, float] = field(default_factory=dict)
    conflicts: int = 0
    identity: str = ""
    waiting: int = 0
    trouble: Problem | None = None
    rescued: int = 0
    kept_here: bool = False


def state_of(document: Assessment) -> State:
    """Take the state of an assessment; called in the thread that owns it."""
    from assess.finishing.facts import facts

    return State(
        path=document.path,
        framework=document.framework,
        whole_framework=document.whole_framework,
        profile=document.profile,
        sheet=document.sheet,
        role=document.role,
        undoable=document.undoable,
        redoable=document.redoable,
        last_saved=document.last_saved,
        read_only_reason=document.read_only_reason,
        backup_trouble=document.backup_trouble,
        encrypted=document.encrypted,
        author_role=document.author.role,
        signer=document.author.name or document.author.post,
        standing=document.standing,
        copy_mark=document.copy_mark,
        facts=facts(document),
        conflicts=len(document.conflicts()),
        identity=document.id.hex,
        waiting=document.waiting,
        trouble=document.trouble,
        rescued=document.rescued,
        kept_here=document.kept_here,
    )
