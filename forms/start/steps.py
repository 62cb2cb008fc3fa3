"""The three steps of a new assessment as forms: the unit, the manner, the file."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from assess.framework.model import Framework
from assess.language import Message
from forms.start.draft import KINDS, REGIONS, Draft, day
from forms.theme import theme
from forms.widgets.buttons import Button
from forms.widgets.check import Check
from forms.widgets.choices import Choices
from forms.widgets.field import Field
from forms.widgets.labels import Label, Text
from forms.widgets.segments import Segments
from forms.words import N_, _, capital, show

KIND_WORDS = {
    "county": N_("County"),
    "district": N_("District"),
    "county_city": N_("County-level city"),
    "banner": N_("Banner"),
}


class Step(QWidget):
    """One step: it fills a draft, and shows what is wrong beside the fields named."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self.draft = draft
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme().px(14))
        self.fields: dict[str, Field] = {}

    def add(self, key: str, field: Field) -> Field:
        """Add a field that types into the draft."""
        self.fields[key] = field
        field.put(str(getattr(self.draft, key)))

        def keep(text: str) -> None:
            setattr(self.draft, key, text)
            field.complain("")

        field.edited.connect(keep)
        self.column.addWidget(field)
        return field

    def add_choice(self, label: Label, widget: QWidget) -> None:
        """A label over a choice."""
        box = QVBoxLayout()
        box.setSpacing(theme().px(4))
        box.addWidget(label)
        box.addWidget(widget)
        self.column.addLayout(box)

    def complain(self, problems: Mapping[str, Message]) -> None:
        """Show what is wrong; the focus goes to the first field at fault."""
        for key, field in self.fields.items():
            field.complain(show(problems.get(key)))
        first = next((self.fields[key] for key in self.fields if key in problems), None)
        if first is not None:
            first.line.setFocus()

    def fill(self) -> None:
        """Show the draft as it is."""
        for key, field in self.fields.items():
            field.put(str(getattr(self.draft, key)))

    def retranslate(self) -> None:
        """Set every text again."""


class UnitStep(Step):
    """Who is assessed: name, level, kind of county, code, and for cities region and population."""

    def __init__(self, draft: Draft, framework: Framework) -> None:
        super().__init__(draft)
        self.framework = framework
        self.last = Button("", icon="calendar")
        self.last_about = Text("", "label", "text_2")
        row = QHBoxLayout()
        row.setSpacing(theme().px(12))
        row.addWidget(self.last)
        row.addWidget(self.last_about, 1)
        self.column.addLayout(row)
        self.unit = self.add("unit", Field())
        self.tier_label, self.tiers = Label("", "label", "text_2"), Segments()
        self.tiers.chosen.connect(self._tier)
        self.add_choice(self.tier_label, self.tiers)
        self.kind_label, self.kinds = Label("", "label", "text_2"), Segments()
        self.kinds.chosen.connect(lambda key: setattr(draft, "unit_kind", key))
        self.add_choice(self.kind_label, self.kinds)
        self.code = self.add("code", Field())
        self.region_label, self.regions = Label("", "label", "text_2"), Segments()
        self.regions.chosen.connect(lambda key: setattr(draft, "region", key.strip("-")))
        self.add_choice(self.region_label, self.regions)
        self.population = self.add("population", Field(number=True))
        self.population.frame.setMaximumWidth(theme().px(240))
        self.column.addStretch(1)
        self.retranslate()

    def _tier(self, key: str) -> None:
        self.draft.tier = key
        self._parts()

    def _parts(self) -> None:
        county, city = self.draft.tier == "县", self.draft.tier == "市"
        parts: tuple[tuple[QWidget, bool], ...] = (
            (self.kind_label, county),
            (self.kinds, county),
            (self.region_label, city),
            (self.regions, city),
            (self.population, city),
        )
        for widget, there in parts:
            widget.setVisible(there)

    def fill(self) -> None:
        super().fill()
        self.tiers.choose(self.draft.tier)
        self.kinds.choose(self.draft.unit_kind)
        self.regions.choose(self.draft.region or "-")
        self._parts()
        self._say_last()

    def _say_last(self) -> None:
        last = self.draft.last
        self.last.say(_("Begin with last year’s file…") if last is None else _("Choose another file…"))
        self.last_about.say(
            _("Fills in the unit, and puts last year’s answers beside the questions to compare with.")
            if last is None
            else _("From {file}: {unit}, reference date {date}.", file=last.file, unit=last.profile.unit,
                   date=last.profile.base_date or "—")
        )  # fmt: skip

    def retranslate(self) -> None:
        self._say_last()
        self.unit.say(_("Name of the unit"), hint=_("As it is to stand on the report, for example 衡川市."))
        self.tier_label.setText(_("Administrative level"))
        self.tiers.setAccessibleName(_("Administrative level"))
        self.tiers.offer([(key, capital(show(words))) for key, words in self.framework.tiers.items()], self.draft.tier)
        self.kind_label.setText(_("Kind of county"))
        self.kinds.setAccessibleName(_("Kind of county"))
        self.kinds.offer([(key, _(KIND_WORDS[key])) for key in KINDS], self.draft.unit_kind)
        self.code.say(_("Division code (optional)"))
        self.region_label.setText(_("Region (optional, for comparison)"))
        self.regions.setAccessibleName(_("Region (optional, for comparison)"))
        choices = [("-", _("Not given")), *((key, _(words)) for key, words in REGIONS)]
        self.regions.offer(choices, self.draft.region or "-")
        self.population.say(
            _("Residents of the urban area (optional, for comparison)"),
            _("10,000 persons"),
        )
        self._parts()


class MannerStep(Step):
    """How it is assessed: framework, mode, reference date and year."""

    def __init__(self, draft: Draft, framework: Framework) -> None:
        super().__init__(draft)
        self.framework = framework
        self.framework_label, self.frameworks = Label("", "label", "text_2"), Choices()
        self.add_choice(self.framework_label, self.frameworks)
        self.other = Button("", "text", icon="folder")
        row = QHBoxLayout()
        row.addWidget(self.other)
        row.addStretch(1)
        self.column.addLayout(row)
        self.mode_label, self.modes = Label("", "label", "text_2"), Choices()
        self.modes.chosen.connect(lambda key: setattr(draft, "mode", key))
        self.add_choice(self.mode_label, self.modes)
        self.base = self.add("base_date", Field())
        self.year = self.add("year", Field())
        for field in (self.base, self.year):
            field.frame.setMaximumWidth(theme().px(240))
        self.base.settled.connect(self._settle)
        self.column.addStretch(1)
        self.retranslate()

    def fill(self) -> None:
        super().fill()
        self.modes.choose(self.draft.mode)

    def take(self, framework: Framework) -> None:
        """Offer another framework."""
        self.framework = framework
        self.retranslate()

    def _settle(self, text: str) -> None:
        """Write the date in one way; the year follows it."""
        found = day(text)
        if found is not None:
            self.draft.base_date = found.isoformat()
            self.draft.year = str(found.year)
            self.fill()

    def retranslate(self) -> None:
        framework = self.framework
        self.framework_label.setText(_("Framework"))
        about = _("Version {version}, {count} indicators", version=framework.version, count=len(framework.indicators))
        self.frameworks.offer([(framework.digest, show(framework.title), about)])
        self.other.say(_("Use another framework folder…"))
        self.mode_label.setText(_("Kind of assessment"))
        self.modes.setAccessibleName(_("Kind of assessment"))
        more = {
            "formal": _("Answers need evidence; the stage counts; the result may enter a library for comparison."),
            "self": _("To see where you stand. No evidence needed; the stage is for reference."),
            "training": _("For lessons. A watermark on every page, no stage, never in a library."),
        }
        self.modes.offer(
            [(key, capital(show(mode.name)), more.get(key, show(mode.note))) for key, mode in framework.modes.items()],
            self.draft.mode,
        )
        self.base.say(_("Reference date"), hint=_("Figures and documents are counted up to this day."))
        self.year.say(_("Year of the assessment"))


class PlaceStep(Step):
    """Where the file lies: its name, its folder, and a passphrase if wanted."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self.name = self.add("name", Field(unit=".zhd"))
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        self.folder = Field()
        self.folder.lock(True)
        self.fields["folder"] = self.folder
        self.change = Button("", run=self._choose)
        self.column.addWidget(self.folder)
        row.addWidget(self.change)
        row.addStretch(1)
        self.column.addLayout(row)
        self.protect = Check()
        self.protect.toggled.connect(self._protect)
        self.column.addWidget(self.protect)
        self.passphrase = self.add("passphrase", Field(secret=True))
        self.again = self.add("again", Field(secret=True))
        self.column.addStretch(1)
        self.retranslate()
        self._protect(draft.protected)

    def fill(self) -> None:
        super().fill()
        self.protect.setChecked(self.draft.protected)

    def _protect(self, on: bool) -> None:
        self.draft.protected = on
        for field in (self.passphrase, self.again):
            field.setVisible(on)

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Folder of the file"), str(self.draft.folder))
        if chosen:
            self.draft.folder = type(self.draft.folder)(chosen)
            self.fill()
            self.folder.complain("")

    def retranslate(self) -> None:
        self.name.say(_("Name of the file"), ".zhd")
        self.folder.say(_("Folder"), hint=_("One file holds everything. It can lie on this machine or a USB stick."))
        self.change.say(_("Choose another folder…"))
        self.protect.say(_("Protect the file with a passphrase"))
        self.passphrase.say(_("Passphrase"), hint=_("A forgotten passphrase cannot be recovered by anyone."))
        self.again.say(_("Passphrase once more"))
