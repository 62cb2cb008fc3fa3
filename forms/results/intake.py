"""Taking in the documents of counties, townships and villages from the results page, in the background."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from assess.grassroots.intake import KIND, Intake, Known, take_in
from assess.measure import counties
from forms import background
from forms.dialogs import secrecy
from forms.figures import one_line
from forms.page import Shell
from forms.session import Session
from forms.words import _, show

LISTED = 3
BELOW = "下级单位"


class Taking(QWidget):
    """Asks for files, reads them without holding the window up, sets what they brought in one operation."""

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__()
        self.session, self.shell = session, shell
        self.work: background.Work | None = None
        self.hide()

    def ask(self) -> None:
        """Choose files; the folder of lower units beside the document is offered first."""
        path = self.session.path
        folder = path.with_name(f"{path.stem}.{BELOW}")
        names, _kind = QFileDialog.getOpenFileNames(
            self.window(), _("Documents of counties, townships and villages"),
            str(folder if folder.is_dir() else path.parent), _("Assessments (*.zhd)"),
        )  # fmt: skip
        if names:
            self.read([Path(name) for name in names])

    def read(self, paths: Sequence[Path]) -> None:
        """Read them in the background; what cannot be taken in is named with what to do."""
        secrecy.remind(self.session, self.shell, always=True)
        state, profile = self.session.state, self.session.profile
        known = Known(
            state.identity if state is not None else "",
            self.session.whole_framework.digest,
            profile.tier,
            profile.base_date,
            profile.sample,
            self.session.whole_framework.county_blend is not None,
        )
        now = self.session.now
        self.shell.notify("info", _("Reading {count} documents…", count=len(paths)), key="intake")
        self.work = background.start(lambda work: take_in(paths, known, now=now, progress=work.tell), done=self.took)
        self.destroyed.connect(self.work.cancel)

    def took(self, found: Intake) -> None:
        """Set what came of it, and say so."""
        self.work = None
        if not self.session.is_open:
            return
        cells = found.cells
        brought = [one for one in found.brought if one.problem is None]
        found_counties = sum(one.county is not None for one in brought)
        sheets = sum(len(one.sheets) for one in brought)
        refused = [f"{one_line(one.name)}: {show(one.problem)}" for one in found.brought if one.problem is not None]
        more = "　".join(refused[:LISTED])
        if len(refused) > LISTED:
            more = _("{lines}　… and {count} more.", lines=more, count=len(refused) - LISTED)

        def told(_changes: object = None) -> None:
            self.shell.notify(
                "warning" if refused else "success",
                _("Taken in: {counties} counties, {sheets} grassroots sheets.", counties=found_counties, sheets=sheets),
                more=more,
                key="intake",
            )

        if cells:
            self.session.submit("set_cells", cells, kind=KIND, then=told)
        else:
            told()

    def name_counties(self, names: list[str]) -> None:
        """Keep the list of counties in the document; with names, their number is that of the list."""
        profile = self.session.profile
        parameters = {**profile.parameters, counties.NAMES: names}
        self.session.submit("set_profile", parameters=parameters, counties=len(names) or profile.counties)
