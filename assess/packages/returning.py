"""Handing a package back: sealed, marked as a return, one file under a name that says from whom and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assess import rights
from assess.answers import Cell, Json
from assess.assessment import Assessment
from assess.finishing import sealing
from assess.language import say
from assess.packages.file_names import day, joined
from assess.problems import Problem
from assess.store.changes import Changes
from assess.store.failures import no_folder, told
from assess.store.merge import passphrase_of
from assess.store.verify import Digest

RETURN_WORD = "返回"


@dataclass(frozen=True, slots=True)
class HandedBack:
    """The file to send, its seal, and what handing back changed in the package."""

    path: Path
    digest: Digest
    changes: Changes

    @property
    def cells(self) -> Mapping[Cell, Json]:
        return self.changes.cells

    @property
    def items(self) -> tuple[str, ...]:
        return self.changes.items

    @property
    def kind(self) -> str:
        return self.changes.kind


def file_name(package: Assessment, taken: frozenset[str] = frozenset()) -> str:
    """`返回_单位_日期.zhd`, numbered where the folder has it already."""
    unit = str(package.package.get("to") or package.profile.unit)
    return joined((RETURN_WORD, unit, day(package._now())), ".zhd", taken)


def hand_back(package: Assessment, folder: Path, *, anyway: bool = False) -> HandedBack:
    """Seal a package unless its seal still holds, make it a return, and write it into a folder as one file.

    Corrections of items that were returned are handed in with it. Reopened, changed and handed back again, the later
    file merges as later events. `anyway` leaves out what finishing asks for (cover, open items). Problems:
    packages.not-package, those of sealing (seal.*) and of writing.
    """
    package._writable()
    if package.role == "master":
        raise Problem(
            "packages.not-package",
            say("This is a master document; only a package is handed back."),
            say("Open the package that was issued to your unit."),
        )
    with told(folder / "x"):
        if not folder.is_dir():
            raise no_folder(folder / "x")
        taken = frozenset(path.name.casefold() for path in folder.iterdir())
    digest, changes = package.sealed(), Changes({}, (), "", package._now(), "return")
    if digest is None:
        if not anyway and (stands := sealing.problem(package)) is not None:
            raise stands
        changes = _resubmitted(package) or changes
        digest = package.seal(closing=True) if anyway else sealing.seal(package)
    package.set_role("returned")
    path = folder / file_name(package, taken)
    package.save_copy(path, passphrase_of(package))
    return HandedBack(path, digest, changes)


def _resubmitted(package: Assessment) -> Changes | None:
    """Hand in the items that were returned for correction and corrected since."""
    if package.author.role not in rights.PARTIES or not (package.author.name.strip() or package.author.post.strip()):
        return None
    values = package.sheet.cells
    cells: dict[Cell, Json] = {
        (code, rights.STEP): {"step": "resubmit"}
        for code in package.framework.indicators
        if rights.state(values, code) == "returned"
        and rights.record(values, code).get("material") != rights.material(values, code)
    }
    return package.set_cells(cells, "step") if cells else None
