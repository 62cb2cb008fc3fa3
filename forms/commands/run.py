"""What every command shares: the language of its output, the clock, opening documents and frameworks."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from assess.assessment import Assessment, Author
from assess.framework import read
from assess.framework.model import Framework
from assess.language import Message, Words, plain, say
from assess.problems import Finding, Problem

PASSPHRASE = "ZHIHENG_PASSPHRASE"


def default_language(environment: Mapping[str, str]) -> str:
    """Chinese, unless the environment asks for English (ZHIHENG_LANGUAGE, or a locale that begins with en)."""
    asked = environment.get("ZHIHENG_LANGUAGE", "")
    if asked in {"zh", "en"}:
        return asked
    locale = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG") or ""
    return "en" if locale.lower().startswith("en") else "zh"


def now() -> datetime:
    """The clock of the command line."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the command line. `codes`: findings are told with their codes."""

    language: str
    codes: bool = False

    def say(self, text: Message | Words) -> None:
        click.echo(plain(text, self.language))

    def words(self, text: Message | Words) -> str:
        return str(plain(text, self.language))

    def json(self, data: object) -> None:
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))

    def told(self, data: object, text: Message, *, as_json: bool) -> None:
        """One result: the data where JSON is asked for, else the sentence."""
        self.json(data) if as_json else self.say(text)

    def reminder(self, *, as_json: bool = False) -> None:
        """Before anything is read in from outside: one line on the error stream that nothing secret may be among it."""
        if not as_json:
            told = say(
                "Nothing secret may be entered: no state or work secrets, no personal data, attachments included."
            )
            click.echo(plain(told, self.language), err=True)

    def findings(self, found: Iterable[Finding]) -> None:
        """One line each, on the error stream: sentence, place and what to do."""
        for finding in found:
            click.echo(self.line(finding), err=True)

    def line(self, finding: Finding) -> str:
        return finding.line(self.language, codes=self.codes)

    def note(self, text: Message) -> None:
        """Something to know though it is no fault: one line on the error stream."""
        click.echo(plain(say("Note: {words}", words=text), self.language), err=True)

    @contextmanager
    def document(self, path: Path, *, read_only: bool = False, role: str = "command line") -> Iterator[Assessment]:
        """An open document, closed afterwards; asks for the passphrase on a terminal where one is needed."""
        author = Author(role=role)
        given = os.environ.get(PASSPHRASE)
        try:
            opened = Assessment.open(path, author=author, now=now, read_only=read_only, passphrase=given)
        except Problem as problem:
            if problem.code != "store.passphrase-needed" or not sys.stdin.isatty():
                raise
            secret = click.prompt(self.words(say("Passphrase of {name}", name=path.name)), hide_input=True, err=True)
            opened = Assessment.open(path, author=author, now=now, read_only=read_only, passphrase=secret)
        try:
            yield opened
        finally:
            opened.close()


def framework_named(name: str) -> Framework:
    """A built-in framework by its code, or a folder."""
    folder = Path(name)
    if folder.is_dir():
        return read.read(folder)
    return read.builtin(name)


def finding_json(finding: Finding, language: str) -> dict[str, Any]:
    """A finding for `--json`."""
    return {
        "severity": finding.severity,
        "code": finding.code,
        "place": finding.place,
        "subject": finding.subject,
        "text": finding.text.render(language),
        "hint": finding.hint.render(language) if finding.hint else None,
    }
