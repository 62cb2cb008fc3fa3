"""Every sentence of the program has its Chinese, and what is compiled is what was written (D35)."""

from __future__ import annotations

import io
import string
from collections import defaultdict
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from assess import language

ROOT = Path(language.__file__).parent.parent
KEYWORDS = {"say": None, "_": None, "gettext": None, "N_": None, "tell": None}
CATALOGUES = sorted((language.LOCALE / "zh_CN" / "LC_MESSAGES").glob("*.po"))


def ids() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for package in ("assess", "reports", "forms"):
        for path in sorted((ROOT / package).rglob("*.py")):
            for line, message, *_ in extract_from_file("python", str(path), keywords=KEYWORDS):
                for each in message if isinstance(message, tuple) else (message,):
                    if each:
                        found[each].append(f"{path.relative_to(ROOT)}:{line}")
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
    missing = {message: places[0] for message, places in ids().items() if message not in words}
    assert not missing


def test_a_translation_uses_the_values_of_its_sentence_and_no_others() -> None:
    wrong = {}
    for message, words in chinese().items():
        try:
            extra = fields(words) - fields(message)
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
        kept = {entry.id: entry.string for entry in read_mo(stream) if entry.id}
    assert kept == {entry.id: entry.string for entry in read_mo(fresh) if entry.id}


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
