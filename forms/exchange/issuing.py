"""Issuing on the writer thread, with the letters of the reports, and what is asked before it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from assess.assessment import Assessment
from assess.language import say
from assess.packages.issue import Issued, issue
from assess.packages.letter import LetterFacts
from assess.packages.preview import Dispatch
from assess.problems import Problem
from forms.exchange.meter import Meter
from forms.words import _

LEAST = 8  # characters of a passphrase that was typed


def default_folder(document: Path, today: date) -> Path:
    """Beside the document, named after it and the day."""
    return document.with_name(_("{name}, issued {day}", name=document.stem, day=f"{today:%Y%m%d}"))


def names_in(folder: Path | None) -> tuple[str, ...]:
    """Names taken in a folder already."""
    try:
        return tuple(path.name for path in folder.iterdir()) if folder is not None and folder.is_dir() else ()
    except OSError:
        return ()


def weak(unit: str) -> Problem:
    """The passphrase of this unit is too short."""
    return Problem(
        "packages.weak-passphrase",
        say("The passphrase for {unit} is shorter than {count} characters.", unit=unit, count=LEAST),
        say("Type a longer one, or have one made."),
    )


def issue_all(
    document: Assessment,
    dispatch: Dispatch,
    folder: Path,
    passphrases: Mapping[str, str],
    letters: bool,
    meter: Meter,
    language: str,
    contact: str,
) -> Issued:
    """Everything, or nothing: what was written is removed where anything fails or the job is stopped."""
    made = not folder.exists()
    if made:
        try:
            folder.mkdir(parents=True)
        except OSError as error:
            raise Problem(
                "packages.no-folder",
                say("The folder {folder} cannot be made.", folder=str(folder)),
                say("Choose another folder."),
            ) from error
    today = document._now().astimezone().date().isoformat()

    def papers(facts: LetterFacts) -> Mapping[str, bytes]:
        from reports.papers.letter import papers as both

        return both(facts, language, today)

    try:
        return issue(
            document, dispatch, folder, passphrases=passphrases, papers=papers if letters else None,
            progress=meter.tell, language=language, contact=contact,
        )  # fmt: skip
    except BaseException:
        if made and not any(folder.iterdir()):
            folder.rmdir()
        raise
