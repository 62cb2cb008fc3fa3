"""What the program remembers for one person on one machine: theme, language, size, author, and the recent files.

Two JSON files in the user's configuration folder. A folder that cannot be written, or a damaged file, costs only the
memory: everything works with what is known in this run.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

FOLDER = "zhiheng"
RECENT_MAX = 20


def folder() -> Path:
    """The configuration folder of this user; it need not exist."""
    from platformdirs import user_config_path

    return user_config_path(FOLDER, appauthor=False)


def documents() -> Path:
    """Where new documents go unless another place is chosen: the documents folder, or the home folder."""
    from platformdirs import user_documents_path

    try:
        place = user_documents_path()
        return place if place.is_dir() else Path.home()
    except RuntimeError:  # there is no home
        return Path.cwd()


def _load(name: str) -> Any:
    try:
        return json.loads((folder() / name).read_text(encoding="utf-8"))
    except (OSError, ValueError, RuntimeError):  # the last: there is no home
        return None


def _keep(name: str, value: Any) -> None:
    try:
        folder().mkdir(parents=True, exist_ok=True)
        part = folder() / f"{name}.part"
        part.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")
        os.replace(part, folder() / name)
    except (OSError, RuntimeError):  # the latter: there is no home
        return


@dataclass(frozen=True, slots=True)
class Settings:
    """`theme` "" follows the system. `language` zh or en. `scale` 1.0, 1.15 or 1.3. `tour` offers the tour."""

    theme: str = ""
    language: str = "zh"
    scale: float = 1.0
    author_name: str = ""
    author_unit: str = ""
    author_post: str = ""
    author_role: str = "filler"
    tour: bool = True

    @staticmethod
    def load() -> Settings:
        """What was kept; anything unknown or of another kind is left at its default."""
        data = _load("settings.json")
        if not isinstance(data, Mapping):
            return Settings()
        plain = asdict(Settings())
        fit = {key: data[key] for key, value in plain.items() if key in data and isinstance(data[key], type(value))}
        made = Settings(**{**plain, **fit})
        if made.language not in ("zh", "en"):
            made = replace(made, language="zh")
        if made.theme not in ("", "light", "dark", "contrast"):
            made = replace(made, theme="")
        if made.author_role not in ("filler", "reviewer", "second_reviewer", "third_party"):
            made = replace(made, author_role="filler")
        return made if made.scale in (1.0, 1.15, 1.3) else replace(made, scale=1.0)

    def keep(self) -> None:
        _keep("settings.json", asdict(self))


@dataclass(frozen=True, slots=True)
class Recent:
    """One entry of the recent list: what was known of a file when it was last open. `mode` as in the profile."""

    path: str
    unit: str
    year: int | None = None
    mode: str = "formal"
    role: str = "master"
    answered: int = 0
    total: int = 0
    at: str = ""

    @property
    def missing(self) -> bool:
        """Whether the file is gone. A network place is not asked: one that does not answer would hold up the start."""
        if self.path.startswith(("\\\\", "//")):
            return False
        try:
            return not Path(self.path).is_file()
        except OSError:
            return True


class RecentList:
    """The recent files, newest first. Changes are kept at once."""

    def __init__(self) -> None:
        self.entries: list[Recent] = []
        data = _load("recent.json")
        known = set(Recent.__dataclass_fields__)
        for row in data if isinstance(data, list) else []:
            if isinstance(row, Mapping) and isinstance(row.get("path"), str) and isinstance(row.get("unit"), str):
                try:
                    self.entries.append(Recent(**{key: value for key, value in row.items() if key in known}))
                except TypeError:
                    continue

    def remember(self, entry: Recent) -> None:
        """Put an entry first, in place of an older one of the same path."""
        others = [one for one in self.entries if one.path != entry.path]
        self.entries = [entry, *others][:RECENT_MAX]
        self._keep()

    def forget(self, path: str) -> None:
        """Take an entry off the list; the file stays."""
        self.entries = [one for one in self.entries if one.path != path]
        self._keep()

    def clear(self) -> None:
        self.entries = []
        self._keep()

    def _keep(self) -> None:
        _keep("recent.json", [asdict(one) for one in self.entries])
