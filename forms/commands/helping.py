"""The help of the command line in the reader's language: commands with their texts replaced, and click's own words.

Help texts are written where the commands are, in English. A paragraph of them is an id of the catalogues as any
sentence is. Options that say nothing of themselves say here what they mean, wherever they stand.
"""

from __future__ import annotations

import copy
import gettext
import inspect
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import click

from assess.language import FOLDERS, LOCALE, Message, say, translation
from forms.commands.help_format import WideContext

DOMAIN = "help"

MEANINGS: Mapping[str, Message] = {
    "--json": say("Print JSON instead of sentences."),
    "--column": say("Column of the answers."),
    "--counting": say("How ranks are counted."),
    "--deriving": say("How weights are derived from the comparisons."),
    "--form": say("Form of the coefficient."),
    "--format": say("Formats, separated by commas."),
    "--level": say("Level of measurement."),
    "--method": say("Method."),
    "--mode": say("Mode of the assessment."),
    "--only": say("Only these items."),
    "--operator": say("Operator of the synthesis."),
    "--out": say("Folder of what is made."),
    "--random-indices": say("Table of random consistency indices."),
    "--region": say("Region of the unit."),
    "--role": say("Who works on the document."),
    "--scaling": say("How values are scaled."),
    "--size": say("Size: of the city, or of the sample."),
    "--strata": say("What the sample is divided by."),
    "--tier": say("Administrative level."),
    "--way": say("How the sample is drawn."),
    "--weights": say("Weights of disagreement."),
    "--which": say("Which items."),
    "--year": say("Year of the assessment."),
}

OWN = (
    say("Usage:"), say("Options"), say("Commands"), say("Show this message and exit."), say("required"),
    say("Show the version and exit."), say("Error: {message}"), say("default: {default}"), say("Missing command."),
    say("Missing argument"), say("Missing option"), say("Missing parameter"), say("Repeat for confirmation"),
    say("Try '{command} {option}' for help."), say("No such command {name!r}."), say("No such option {name!r}."),
    say("Invalid value: {message}"), say("Invalid value for {param_hint}: {message}"),
    say("Choose from:\n\t{choices}"), say("{value!r} is not in the range {range}."),
    say("{value!r} is not a valid {number_type}."), say("Option {name!r} does not take a value."),
    say("Error: The two entered values do not match."),
)  # fmt: skip
"""What click says of itself, so that the catalogue of this area holds it."""


def in_language(command: click.Command, language: str) -> click.Command:
    """The command and everything below it, with help in the language; the original stays as it is."""
    twin = copy.copy(command)
    twin._help_option = None
    twin.context_class = WideContext
    twin.params = [_option(param, language) for param in command.params]
    twin.options_metavar = translated("[OPTIONS]", language)
    if command.help:
        parts = paragraphs(command.help)
        twin.help = "\n\n".join(translated(part, language) for part in parts)
        twin.short_help = _short(translated(parts[0], language))
    if isinstance(twin, click.Group) and isinstance(command, click.Group):
        twin.subcommand_metavar = translated("COMMAND [ARGS]...", language)
        twin.commands = {name: in_language(each, language) for name, each in command.commands.items()}
    return twin


METAVARS = (say("[OPTIONS]"), say("COMMAND [ARGS]..."))


def _option(param: click.Parameter, language: str) -> click.Parameter:
    if not isinstance(param, click.Option):
        return param
    twin = copy.copy(param)
    said = param.help
    if not said and (meaning := MEANINGS.get(param.opts[0])) is not None:
        said = meaning.id
    if said:
        twin.help = translated(" ".join(said.split()), language)
    return twin


def paragraphs(text: str) -> list[str]:
    """A help text as its paragraphs, each on one line."""
    found = inspect.cleandoc(text).split("\f")[0].split("\n\n")
    return [" ".join(part.split()) for part in found if part.strip()]


def _short(text: str) -> str:
    """The first sentence."""
    for end in ("。", ". "):
        if end in text:
            text = text.split(end)[0]
    return text.rstrip(".。")


def translated(text: str, language: str) -> str:
    return translation(language).gettext(text)


def sentences(command: click.Command) -> Iterator[str]:
    """Every text of a command and of those below it that a person may read: what the catalogues must hold."""
    yield from paragraphs(command.help or "")
    for param in command.params:
        if isinstance(param, click.Option) and param.help:
            yield " ".join(param.help.split())
    if isinstance(command, click.Group):
        for each in command.commands.values():
            yield from sentences(each)


@contextmanager
def spoken(language: str) -> Iterator[None]:
    """While it lasts, click's own words come from the catalogue of this area; English is its own."""
    domain, held = gettext.textdomain(), os.environ.get("LANGUAGE")
    gettext.bindtextdomain(DOMAIN, str(LOCALE))
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = FOLDERS.get(language, "C")
    try:
        yield
    finally:
        gettext.textdomain(domain)
        if held is None:
            os.environ.pop("LANGUAGE", None)
        else:
            os.environ["LANGUAGE"] = held
