"""Every sentence of the program has its Chinese, and what is compiled is what was written (D35)."""

from __future__ import annotations

import ast
import io
import string
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from assess import language
from forms.cli import cli
from forms.commands.helping import sentences

ROOT = Path(language.__file__).parent.parent
MARKS = {"say", "_", "gettext", "N_"}
CATALOGUES = sorted((language.LOCALE / "zh_CN" / "LC_MESSAGES").glob("*.po"))


def ids() -> dict[str, tuple[str, set[str]]]:
    """Every id marked in the program: where it first stands, and the names of the values it is given anywhere."""
    found: dict[str, tuple[str, set[str]]] = {}
    for package in ("assess", "reports", "forms"):
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if not (isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)):
                    continue
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                if isinstance(node.func, ast.Attribute) and len(node.args) > 1:
                    continue  # a notice that says a text of a kind; a mark has one argument
                message = node.args[0].value
                if name in MARKS and isinstance(message, str) and message:
                    _, values = found.setdefault(message, (f"{path.relative_to(ROOT)}:{node.lineno}", set()))
                    values.update(keyword.arg for keyword in node.keywords if keyword.arg)
    for text in sentences(cli):
        found.setdefault(text, ("help of the command line", set()))
    return found


def chinese() -> dict[str, str]:
    out: dict[str, str] = {}
    for path in CATALOGUES:
        with path.open("rb") as stream:
            for entry in read_po(stream, locale="zh_CN"):
                if entry.id and isinstance(entry.id, str) and entry.string and not entry.fuzzy:
                    out[entry.id] = str(entry.string)
    return out


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def test_every_sentence_of_the_program_has_its_chinese() -> None:
    words = chinese()
    missing = {message: place for message, (place, _) in ids().items() if message not in words}
    assert not missing


def test_a_translation_uses_the_values_of_its_sentence_and_no_others() -> None:
    wrong = {}
    marked = ids()
    for message, words in chinese().items():
        try:
            given = marked[message][1] if message in marked else set()
            extra = fields(words) - fields(message) - given
        except ValueError:
            extra = {"unreadable braces"}
        if extra:
            wrong[message] = extra
    assert not wrong


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_the_compiled_catalogue_is_current(path: Path) -> None:
    with path.open("rb") as stream:
        written = read_po(stream, locale="zh_CN")
    fresh = io.BytesIO()
    write_mo(fresh, written)
    fresh.seek(0)
    with path.with_suffix(".mo").open("rb") as stream:
        kept = {str(entry.id): entry.string for entry in read_mo(stream) if entry.id}
    assert kept == {str(entry.id): entry.string for entry in read_mo(fresh) if entry.id}


def test_no_sentence_has_two_translations() -> None:
    seen: dict[str, tuple[str, str]] = {}
    twice = {}
    for path in CATALOGUES:
        with path.open("rb") as stream:
            for entry in read_po(stream, locale="zh_CN"):
                if not entry.id or not isinstance(entry.id, str):
                    continue
                if entry.id in seen and seen[entry.id][1] != str(entry.string):
                    twice[entry.id] = (seen[entry.id][0], path.stem)
                seen[entry.id] = (path.stem, str(entry.string))
    assert not twice


def test_no_catalogue_keeps_a_sentence_that_the_program_no_longer_says() -> None:
    marked = ids()
    assert not {message for message in chinese() if message not in marked}
