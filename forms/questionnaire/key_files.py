"""Files beside keying: numbered sheets to print, and a table of sheets to read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget

from assess.answers import Cell, Json
from assess.grassroots import sheets, table
from assess.grassroots.form import tier_name
from assess.language import say
from assess.problems import Problem, reason
from forms.dialogs import secrecy
from forms.page import Shell
from forms.session import Session
from forms.words import _, language

LISTED = 3


def unwritable(path: Path, error: OSError) -> Problem:
    """What to do about a file that the system does not let us write."""
    return Problem(
        "paper.unwritable",
        say("{path} cannot be written: {reason}.", path=str(path), reason=reason(error)),
        say("Choose another folder, or close the file where it is open."),
    )


class KeyFiles(QWidget):
    """Asks for a file, does the work, and says what came of it in place."""

    def __init__(self, session: Session, shell: Shell, tier: Callable[[], str]) -> None:
        super().__init__()
        self.session, self.shell, self.tier = session, shell, tier
        self.hide()

    # ---------------------------------------------------------------- paper
    def ask_paper(self) -> None:
        """How many copies, and where to."""
        copies, agreed = QInputDialog.getInt(
            self.window(), _("Print sheets"), _("How many numbered copies?"), 30, 1, 500
        )
        if not agreed:
            return
        first = sheets.next_number(self.session.sheet, self.tier())
        name = _("{stem} questionnaires {first}–{last}.pdf", stem=self.session.path.stem, first=first,
                 last=first + copies - 1)  # fmt: skip
        chosen, _kind = QFileDialog.getSaveFileName(
            self.window(), _("Print sheets"), str(self.session.path.with_name(name)), "PDF (*.pdf)"
        )
        if chosen:
            self.write_paper(Path(chosen), copies, first)

    def write_paper(self, path: Path, copies: int, first: int) -> None:
        """Write the numbered sheets as PDF."""
        from reports.papers import township

        profile, state = self.session.profile, self.session.state
        try:
            data = township.render(
                self.session.whole_framework, self.tier(), unit=profile.unit, copies=copies, first=first,
                identity=state.identity if state is not None else "", year=profile.year, language=language(),
                date=profile.base_date, sample=profile.sample,
            )  # fmt: skip
            path.write_bytes(data)
        except OSError as error:
            self.shell.trouble(unwritable(path, error))
        except Problem as problem:
            self.shell.trouble(problem)
        else:
            self.shell.notify(
                "success",
                _("{count} numbered sheets are in {name}.", count=copies, name=path.name),
                more=_("Print it on A4, both sides; then key the sheets in here by their numbers."),
                key="paper",
            )

    # ---------------------------------------------------------------- table
    def ask_table(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self.window(), _("Read a table of sheets"), str(self.session.path.parent),
            _("Tables") + " (*.xlsx *.xls *.ods *.csv *.tsv *.txt)",
        )  # fmt: skip
        if chosen:
            self.read_table(Path(chosen))

    def ask_template(self) -> None:
        """Where to write an empty table."""
        name = _("Empty table {tier}.xlsx", tier=tier_name(self.tier()))
        chosen, _kind = QFileDialog.getSaveFileName(
            self.window(), _("Save an empty table"), str(self.session.path.with_name(name)), "Excel (*.xlsx)"
        )
        if chosen:
            self.write_template(Path(chosen))

    def write_template(self, path: Path) -> None:
        """Write an empty table to type sheets into elsewhere."""
        try:
            table.template(path, self.session.whole_framework, self.tier())
        except OSError as error:
            self.shell.trouble(unwritable(path, error))
        else:
            self.shell.notify(
                "success",
                _("An empty table is in {name}.", name=path.name),
                more=_("One row is one sheet. Read the filled table with “Read a table”."),
                key="paper",
            )

    def read_table(self, path: Path) -> None:
        """Take the rows that are good; name those that are not."""
        secrecy.remind(self.session, self.shell, always=True)
        try:
            found = table.sheets(path, self.session.whole_framework, self.tier())
        except Problem as problem:
            self.shell.trouble(problem)
            return
        held = self.session.sheet.cells
        fresh: dict[Cell, Json] = {one.cell: one.to_json() for one in found.sheets if one.cell not in held}
        twice = [one.number for one in found.sheets if one.cell in held and held[one.cell] != one.to_json()]
        refused = [finding.line(language()) for finding in found.findings]
        if twice:
            refused.append(_("Keyed in already, left as they are: {numbers}.", numbers=tuple(sorted(twice))[:20]))

        def told(_changes: object = None) -> None:
            text = _("{count} sheets were taken from {name}.", count=len(fresh), name=path.name)
            more = "　".join(refused[:LISTED])
            if len(refused) > LISTED:
                more = _("{lines}　… and {count} more.", lines=more, count=len(refused) - LISTED)
            self.shell.notify("warning" if refused else "success", text, more=more, key="sheets")

        if fresh:
            self.session.submit("set_cells", fresh, kind="sheet", then=told)
        else:
            told()
