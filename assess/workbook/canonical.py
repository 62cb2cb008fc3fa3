"""One form for everything the files may write in several ways, so that two frameworks can be compared as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assess.framework.keys import Kind, Table
from assess.framework.keys_files import keys_of
from assess.framework.sources import MAIN, Files, item_files

Json = Any


def labelled(spec: Table) -> bool:
    """Whether a table has a text of its own in each language."""
    return spec.keys.get("zh") == "text" == spec.keys.get("en")


@dataclass(frozen=True)
class Tables:
    """The parsed files of a framework by name, in canonical form; its own language, its English for Chinese texts."""

    files: dict[str, dict[str, Json]]
    language: str
    english: Mapping[str, str]

    @property
    def item_files(self) -> tuple[str, ...]:
        """framework.toml and the files with nodes and indicators, in order."""
        listed = tuple(self.files[MAIN].get("files", ()))
        others = item_files(dict.fromkeys(self.files, ""), listed)
        return (MAIN, *(name for name in others if name in self.files))


def tables(raw: Mapping[str, dict[str, Json]]) -> Tables:
    """Parsed files in canonical form: a text is a table of its languages, English that the overlay gives is left out,
    tables and lists without content are dropped where they mean the same as none."""
    main = raw.get(MAIN, {})
    language = "en" if main.get("language") == "en" else "zh"
    english = Files(dict.fromkeys(raw, ""), raw).english()
    form = Form(language, english)
    listed = main.get("files", [])
    cleaned = {name: form.table(data, keys_of(name)) for name, data in sorted(raw.items())}
    files = {name: data for name, data in cleaned.items() if data or name == MAIN or name in listed}
    return Tables({MAIN: {}} | files, language, english)


@dataclass(frozen=True)
class Form:
    """How values are brought into the one form."""

    language: str
    english: Mapping[str, str]

    def table(self, data: Mapping[str, Json], spec: Table) -> dict[str, Json]:
        out: dict[str, Json] = {}
        for key, value in data.items():
            kind = spec.keys.get(key, spec.rest)
            form = self.value(value, kind)
            if key in spec.keys and form in ({}, []) and isinstance(kind, Table) and kind.rest is None:
                if key != "number":
                    continue
            out[key] = form
        if labelled(spec):
            out = self.label(out)
        return out

    def value(self, value: Json, kind: Kind | None) -> Json:
        if isinstance(kind, Table):
            if isinstance(value, Mapping):
                return self.table(value, kind)
            if isinstance(value, list):
                return [self.table(one, kind) if isinstance(one, Mapping) else one for one in value]
        if kind == "words":
            return self.words(value)
        return self.many(value) if kind == "words list" else value

    def label(self, out: dict[str, Json]) -> dict[str, Json]:
        """The texts of a table with its own zh and en: nothing empty, no English that the overlay gives."""
        chinese, english = out.get("zh"), out.get("en")
        drop = {key for key, text in (("zh", chinese), ("en", english)) if text == ""}
        if chinese and english == self.english.get(chinese):
            drop.add("en")
        return {key: value for key, value in out.items() if key not in drop}

    def words(self, value: Json) -> Json:
        if isinstance(value, str):
            value = {self.language: value}
        if not isinstance(value, Mapping):
            return value
        pair = {side: value[side] for side in ("zh", "en") if value.get(side)}
        if not pair:
            return {self.language: ""}
        if len(pair) == 2 and pair["en"] == self.english.get(pair["zh"]):
            del pair["en"]
        return pair

    def many(self, value: Json) -> Json:
        if isinstance(value, list):
            value = {self.language: value}
        if not isinstance(value, Mapping):
            return value
        chinese, english = list(value.get("zh", ())), list(value.get("en", ()))
        known = [self.english.get(one, "") if one else "" for one in chinese]
        filled = [one or spare for one, spare in zip(english, [*known, *[""] * len(english)], strict=False)]
        while filled and not filled[-1] and len(filled) <= len(chinese):
            filled.pop()
        if all(one == spare for one, spare in zip(filled, known, strict=False)) and len(filled) <= len(known):
            filled = []
        elif len(filled) < len(known):
            filled += known[len(filled) :]
            while not filled[-1]:
                filled.pop()
        pair = {side: found for side, found in (("zh", chinese), ("en", filled)) if found}
        return pair or {self.language: []}

    def shown(self, pair: Mapping[str, Json], side: str) -> Json:
        """What a person sees on one side: English comes from the overlay where it does not stand beside the Chinese."""
        own = pair.get(side)
        chinese = pair.get("zh")
        if side == "zh" or own is not None or not chinese:
            return own
        if isinstance(chinese, str):
            return self.english.get(chinese) or None
        known = [self.english.get(one, "") for one in chinese]
        while known and not known[-1]:
            known.pop()
        return known or None
