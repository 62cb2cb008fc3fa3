"""Issuing: every package of a dispatch written in one step, with its list and its papers, and remembered."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from assess.answers import Cell, Json
from assess.assessment import Assessment
from assess.language import say
from assess.packages import dispatch_list, members
from assess.packages.file_names import day, joined
from assess.packages.letter import LetterFacts, facts
from assess.packages.preview import Dispatch, Options, Parcel, travels
from assess.packages.records import IssueRecord, issued
from assess.problems import Problem
from assess.store.changes import Changes
from assess.store.failures import no_folder, told

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that is taken for another
Progress = Callable[[int, int, str], None]  # packages done, packages in all, unit; whatever it raises cancels
Papers = Callable[[LetterFacts], Mapping[str, bytes]]
"""The letter and the guide of one package: end of the file name ("通知.docx", "填报说明.pdf") -> bytes."""


@dataclass(frozen=True, slots=True)
class IssuedFile:
    """One package that was written: a document, a form or both, with the papers beside it.

    `digest` and `size` are those of `path`: the document, or the form where there is no document.
    """

    parcel: Parcel
    path: Path
    digest: str
    size: int
    form: Path | None = None
    papers: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Issued:
    """What issuing wrote, and what it changed in the master. `secrets` is the list of passphrases, if there are any."""

    changes: Changes
    files: tuple[IssuedFile, ...]
    lists: tuple[Path, ...]
    secrets: Path | None = None

    @property
    def cells(self) -> Mapping[Cell, Json]:
        return self.changes.cells

    @property
    def items(self) -> tuple[str, ...]:
        return self.changes.items

    @property
    def kind(self) -> str:
        return self.changes.kind


def passphrase() -> str:
    """A passphrase that can be read over the telephone: four groups of four, about 79 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))


def issue(
    document: Assessment,
    dispatch: Dispatch,
    folder: Path,
    *,
    passphrases: Mapping[str, str] | None = None,
    papers: Papers | None = None,
    progress: Progress | None = None,
    language: str = "zh",
    contact: str = "",
) -> Issued:
    """Write every package of a dispatch into a folder, with list and papers, and remember it in the document.

    `passphrases` holds words by the key of a recipient; a package that is to be encrypted and has none gets one, and
    the sheet of passphrases is a file of its own. `contact` stands in the letters. Where anything fails or `progress`
    cancels, nothing is remembered and what was written is removed. Problems: packages.nothing, packages.not-master,
    packages.open-form, those of writing.
    """
    wanted = [parcel for parcel in dispatch.parcels if parcel.items]
    _may(document, wanted, dispatch.options)
    with told(folder / "x"):
        if not folder.is_dir():
            raise no_folder(folder / "x")
        taken = {path.name.casefold() for path in folder.iterdir()}
    words = {key: secret for key, secret in (passphrases or {}).items() if secret}
    at = document._now()
    written: list[Path] = []
    files: list[IssuedFile] = []
    cells: dict[Cell, Json] = {}
    try:
        for number, parcel in enumerate(wanted):
            if progress is not None:
                progress(number, len(wanted), parcel.recipient.name)
            key = parcel.recipient.key
            if parcel.encrypted and key not in words and dispatch.options.documents:
                words[key] = passphrase()
            parcel = replace(parcel, file=_free(parcel.file, taken), encrypted=key in words)
            taken.add(parcel.file.casefold())
            made = _written(document, parcel, dispatch.options, folder, words.get(key), at, language, written)
            beside = _papers(document, made, folder, papers, taken, contact)
            written += beside
            files.append(replace(made, papers=beside))
            record = _record(made, at)
            cells[record.cell] = record.to_json()
        lists, sheet = _lists(document, files, folder, words, language)
        written += [*lists, *([sheet] if sheet else [])]
        changes = document.set_cells(cells, "issue")
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise
    if progress is not None:
        progress(len(files), len(files), "")
    return Issued(changes, tuple(files), lists, sheet)


def _may(document: Assessment, wanted: list[Parcel], options: Options) -> None:
    document._writable()
    if document.role != "master":
        raise Problem(
            "packages.not-master",
            say("Packages are issued from the master document; this is a package itself."),
            say("Open the master document."),
        )
    if options.encrypt and (options.forms or not options.documents):
        raise Problem(
            "packages.open-form",
            say("Excel forms cannot be protected by a passphrase of this program."),
            say("Issue documents with a passphrase, or forms without one to units that may get them."),
        )
    if not wanted:
        raise Problem(
            "packages.nothing",
            say("There is nothing to issue: no unit has an item."),
            say("Assign items to units, or enter counties or townships first."),
        )


def _written(
    document: Assessment,
    parcel: Parcel,
    options: Options,
    folder: Path,
    secret: str | None,
    at: datetime,
    language: str,
    written: list[Path],
) -> IssuedFile:
    recipient = parcel.recipient
    path = folder / parcel.file
    form = path.with_suffix(".xlsx") if options.forms or not options.documents else None
    about = {
        "key": recipient.key,
        "kind": recipient.kind,
        "to": recipient.name,
        "from": document.author.unit or document.profile.unit,
        "master": str(document.id),
        "deadline": parcel.deadline,
        "number": parcel.times_issued + 1,
        "new": list(parcel.new_items),
        "at": at.isoformat(),
    }

    def copy(source: Assessment) -> None:
        going = travels(source, recipient, options)
        if options.documents:
            source.issue_copy(
                path,
                parcel.items,
                package=about,
                passphrase=secret,
                attachments=options.attachments,
                leaves=lambda cell: cell in going,
            )
            written.append(path)
        if form is not None:
            from assess.packages.forms import write_form

            write_form(source, parcel, going, form, at, language)
            written.append(form)

    if recipient.own:
        with members.opened(document, recipient) as own:
            copy(own)
    else:
        copy(document)
    main = path if options.documents or form is None else form
    summed, size = hashlib.sha256(), 0
    with told(main), main.open("rb") as stream:
        while data := stream.read(1 << 20):
            summed.update(data)
            size += len(data)
    return IssuedFile(replace(parcel, file=main.name), main, summed.hexdigest(), size, form)


def _record(made: IssuedFile, at: datetime) -> IssueRecord:
    recipient = made.parcel.recipient
    return IssueRecord(
        key=recipient.key,
        kind=recipient.kind,
        name=recipient.name,
        items=made.parcel.items,
        at=at,
        deadline=made.parcel.deadline,
        file=made.path.name,
        digest=made.digest,
        size=made.size,
        encrypted=made.parcel.encrypted,
        previous=bool(made.parcel.previous),
        base=made.parcel.base,
        code=recipient.code,
    )


def _papers(
    document: Assessment,
    made: IssuedFile,
    folder: Path,
    papers: Papers | None,
    taken: set[str],
    contact: str,
) -> tuple[Path, ...]:
    """The letter and the guide of one package, under its name. They are made after the package is whole."""
    if papers is None:
        return ()
    beside = tuple(path.name for path in (made.path, made.form) if path is not None)
    out = []
    for ending, data in papers(
        facts(document, made.parcel, attachments=tuple(dict.fromkeys(beside)), contact=contact)
    ).items():
        name = _free(f"{made.path.stem}_{ending}", taken)
        taken.add(name.casefold())
        with told(folder / name):
            out.append(dispatch_list.write(folder, name, data))
    return tuple(out)


def _lists(
    document: Assessment, files: list[IssuedFile], folder: Path, words: Mapping[str, str], language: str
) -> tuple[tuple[Path, ...], Path | None]:
    lines = [(made.parcel, made.path.name, made.digest, made.size) for made in files]
    table = dispatch_list.rows(lines, language)
    name, at = say("dispatch list").render(language), day(document._now())
    with told(folder / name):
        lists = (
            dispatch_list.write(folder, joined((name, at), ".xlsx"), dispatch_list.to_xlsx(table, name)),
            dispatch_list.write(folder, joined((name, at), ".csv"), dispatch_list.to_csv(table)),
        )
        if not any(made.parcel.encrypted for made in files):
            return lists, None
        secret = dispatch_list.to_csv(dispatch_list.passphrase_rows(lines, words, language))
        sheet = joined((say("passphrases (hand over separately)").render(language), at), ".csv")
        return lists, dispatch_list.write(folder, sheet, secret)


def _free(name: str, taken: set[str]) -> str:
    """The name, or the next one that is free in the folder."""
    stem, dot, suffix = name.rpartition(".")
    out, number = name, 2
    while out.casefold() in taken:
        out, number = f"{stem}（{number}）{dot}{suffix}", number + 1
    return out


def issued_to(document: Assessment, key: str) -> tuple[IssueRecord, ...]:
    """Every package this recipient was issued, oldest first."""
    return issued(document.sheet.cells).get(key, ())
