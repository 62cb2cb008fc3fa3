"""Why a file is not taken in: one sentence for every kind of file that turns up among the returns, and what to do."""

from __future__ import annotations

from pathlib import Path

from assess.language import Message, say
from assess.problems import Problem

FORM_OR_PACKAGE = say("Choose the package that came back (.zhd), or the form that was filled in (.xlsx).")
SAVE_AGAIN = say(
    "Ask the unit to open the form in WPS or Excel, save it as XLSX without a password, and send it again."
)
SEND_AGAIN = say("Ask the unit to send the file once more, best inside an archive or on a stick.")
UNPACK = say("Unpack it first, then choose the package or the form inside.")

_KINDS: dict[str, tuple[Message, Message]] = {
    "file.pdf": (say("{name} is a PDF document; answers cannot be taken from it."), FORM_OR_PACKAGE),
    "file.picture": (say("{name} is a picture or a scan; answers cannot be taken from it."), FORM_OR_PACKAGE),
    "file.program": (
        say("{name} is a program and was not opened."),
        say("Never start programs that come with returns. Ask the sender what was meant, and have the file checked."),
    ),
    "file.script": (
        say("{name} is a script and was not opened."),
        say("Never start scripts that come with returns. Ask the sender what was meant, and have the file checked."),
    ),
    "file.rar": (say("{name} is a RAR archive."), UNPACK),
    "file.7z": (say("{name} is a 7-Zip archive."), UNPACK),
    "file.packed": (say("{name} is a packed file (gzip, tar, xz or bzip2)."), UNPACK),
    "file.zip": (say("{name} is a ZIP archive."), UNPACK),
    "file.zip-package": (say("{name} is a ZIP archive that holds a package or a form: {inside}."), UNPACK),
    "file.web-page": (
        say("{name} is a web page that was saved under the name of a workbook or package."),
        SAVE_AGAIN,
    ),
    "file.unknown": (say("{name} is neither a package nor a form, and its kind is not known here."), FORM_OR_PACKAGE),
    "file.text": (say("{name} holds plain text."), FORM_OR_PACKAGE),
    "file.empty": (say("{name} is empty: the file holds not one byte."), SEND_AGAIN),
    "file.zeros": (
        say("{name} holds nothing but zeros: the copying was cut short before its contents arrived."),
        SEND_AGAIN,
    ),
    "file.folder": (say("{name} is a folder."), say("Open the folder and choose the files inside.")),
    "file.device": (say("{name} is not a regular file."), FORM_OR_PACKAGE),
    "file.shortcut": (
        say("{name} is a shortcut; the file itself was not copied."),
        say("Ask the unit to copy the file the shortcut points to."),
    ),
    "file.mac-companion": (
        say("{name} is a companion file that a Mac made; the return itself has the same name without “._”."),
        say("Choose the file without “._” at the beginning of its name."),
    ),
    "file.owner": (
        say("{name} only marks that a document is open elsewhere; it holds no answers."),
        say("Choose the file without “~$” at the beginning of its name."),
    ),
    "file.journal": (
        say("{name} is the journal of a document that was being written; alone it holds no answers."),
        say("Ask for the document itself, copied after the program there was closed."),
    ),
    "file.mail": (say("{name} is a saved e-mail."), say("Open it in the mail program and save its attachment.")),
    "file.receipt": (
        say("{name} is a receipt, not a return."),
        say("A receipt goes back to the unit; choose the package or the form."),
    ),
    "file.other-database": (say("{name} is a database of another program."), FORM_OR_PACKAGE),
    "file.word": (say("{name} is a Word document; answers cannot be taken from it."), FORM_OR_PACKAGE),
    "file.old-word": (say("{name} is a Word document of the old format."), FORM_OR_PACKAGE),
    "file.slides": (say("{name} is a presentation."), FORM_OR_PACKAGE),
    "file.binary-workbook": (say("{name} is a binary workbook (XLSB)."), SAVE_AGAIN),
    "file.workbook-password": (say("{name} is a workbook protected by a password."), SAVE_AGAIN),
    "file.macros": (
        say("{name} holds macros and was not opened; a form never needs them."),
        say("Ask the unit to save the form as XLSX (without macros) and send it again; have the file checked."),
    ),
    "file.office-unknown": (say("{name} is an office file whose kind is not known here."), FORM_OR_PACKAGE),
    "file.office-damaged": (say("{name} is an office file whose directory is damaged."), SEND_AGAIN),
    "file.archive-password": (
        say("{name} is an archive protected by a password."),
        say("Unpack it with its password first, then choose the package or the form inside."),
    ),
    "file.archive-damaged": (
        say("{name} is an archive or workbook that is cut short: its directory is missing."),
        SEND_AGAIN,
    ),
    "file.archive-changed": (
        say("{name} is a workbook whose part {inside} is not what its checksum says."),
        SEND_AGAIN,
    ),
    "file.zip-bomb": (
        say("{name} would unpack to far more than a form can hold ({size} MB) and was not opened."),
        say("A form is never larger than a few MB. Ask the sender where the file comes from, and have it checked."),
    ),
    "file.zip-entries": (
        say("{name} claims to hold {count} parts, far more than a form has, and was not opened."),
        say("Ask the sender where the file comes from, and have it checked."),
    ),
    "file.zip-overlap": (
        say("{name} is an archive whose parts lie on top of each other; it was not opened."),
        say("No office program writes such files. Ask the sender where it comes from, and have it checked."),
    ),
    "file.zip-path": (
        say("{name} holds a part that would be written outside its folder ({inside}); it was not opened."),
        say("No office program writes such files. Ask the sender where it comes from, and have it checked."),
    ),
    "file.zip-link": (
        say("{name} holds a link in place of a part ({inside}); it was not opened."),
        say("No office program writes such files. Ask the sender where it comes from, and have it checked."),
    ),
    "file.xml-bomb": (
        say("{name} holds definitions that would grow without end ({inside}); it was not opened."),
        say("No office program writes such files. Ask the sender where it comes from, and have it checked."),
    ),
    "file.workbook-hollow": (say("{name} is a workbook without a single sheet."), SAVE_AGAIN),
    "file.cut-short": (
        say("{name} is cut short: {size} of {whole} bytes arrived."),
        SEND_AGAIN,
    ),
    "file.changed": (
        say("{name} was changed after it was returned: {count} records are not what their digests say."),
        say("Do not use it. Ask the unit for its own copy and compare the digest printed on the signature sheet."),
    ),
    "file.records-missing": (
        say("Records were removed from {name}: {count} others refer to what is not there."),
        say("Do not use it. Ask the unit for its own copy and compare the digest printed on the signature sheet."),
    ),
    "file.records-count": (
        say("Records were removed from {name} or added to it outside the program."),
        say("Do not use it. Ask the unit for its own copy and compare the digest printed on the signature sheet."),
    ),
    "file.seal-broken": (
        say("The seal of {name} does not hold: {count} of the records it lists are missing."),
        say("Do not use it. Ask the unit for its own copy and compare the digest printed on the signature sheet."),
    ),
    "file.forged": (
        say("{name} holds records that this program never writes ({inside})."),
        say("Do not use it. Ask the unit for its own copy, and have the file checked."),
    ),
    "file.pages-damaged": (say("{name} is damaged inside: pages of the file cannot be read."), SEND_AGAIN),
    "file.attachment-changed": (
        say("An attachment in {name} is not what was attached."),
        say("Ask the unit to send the file once more; nothing of this one was taken in."),
    ),
}  # fmt: skip


def refused(code: str, path: Path, **values: object) -> Problem:
    """The Problem of this code about a file. KeyError for a code without a sentence is a bug."""
    text, hint = _KINDS[code]
    return Problem(code, Message(text.id, {"name": path.name, **values}), hint)


def codes() -> tuple[str, ...]:
    """Every code a file can be refused under before it is opened."""
    return tuple(_KINDS)


def master(name: str) -> Problem:
    return Problem(
        "return.master",
        say("{name} is a master document, not a return.", name=name),
        say("Choose the package that came back. Two masters of one assessment are not joined here."),
    )


def practice(name: str) -> Problem:
    return Problem(
        "return.practice",
        say("{name} is from a practice; practice never enters an assessment.", name=name),
        say("Ask the unit for the package that was issued to it."),
    )


def other_assessment(name: str, unit: str) -> Problem:
    return Problem(
        "return.other-assessment",
        say("{name} belongs to another assessment ({unit}).", name=name, unit=unit),
        say("Open the master document it was issued from, or choose another file."),
    )


def other_framework(name: str, title: object) -> Problem:
    return Problem(
        "return.other-framework",
        say("{name} was filled in with a different indicator framework: {title}.", name=name, title=title),
        say("Answers of another framework cannot be carried over. Issue a package of this assessment to the unit."),
    )


def not_returned(name: str) -> Problem:
    return Problem(
        "return.unfinished",
        say("{name} has not been handed back: the unit is still filling it in.", name=name),
        say("Ask the unit to finish and hand it back, or take it in as it stands."),
    )


def unknown_package(name: str, unit: str) -> Problem:
    return Problem(
        "return.unknown-unit",
        say("{name} comes from {unit}, to which this document issued nothing.", name=name, unit=unit),
        say("Open the master document that issued it; a copy of the master may have done so."),
    )


def sets_aside(name: str) -> Problem:
    return Problem(
        "return.sets-aside",
        say("{name} would take back answers of this document that it does not hold itself.", name=name),
        say("Nothing was taken in. Ask the unit for a new return, made from the package it was issued."),
    )


def same_file(name: str) -> Problem:
    return Problem(
        "return.itself",
        say("{name} is the document that is open.", name=name),
        say("Choose the files that came back."),
    )
