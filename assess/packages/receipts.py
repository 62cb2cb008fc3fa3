"""The receipt that goes back to the sender: what was taken in, under which digest, what was not, by whom and when."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assess.answers import Json
from assess.assessment import Assessment
from assess.language import Message, say
from assess.packages.dispatch_list import write as write_file
from assess.packages.file_names import day, joined
from assess.packages.outcomes import STATE_WORDS, Outcome
from assess.problems import Problem
from assess.store.events import instant, stamp
from assess.store.failures import told
from assess.store.verify import Digest

FORMAT = "zhiheng-receipt"
LARGEST = 4 << 20


@dataclass(frozen=True, slots=True)
class Receipt:
    """One receipt. `digest` is the SHA-256 of the file, `seal` that of its seal ("" for a form).

    `lines` are cells in conflict (code, column) and cells of a form that were not read, as sentences.
    """

    file: str
    unit: str
    state: str
    digest: str
    seal: str
    at: datetime
    by: str
    office: str
    assessed: str
    answered: int
    total: int
    events: int
    attachments: int
    conflicts: tuple[str, ...] = ()
    changed_items: tuple[str, ...] = ()
    unread: tuple[Message, ...] = ()
    problem: Problem | None = None

    def lines(self, language: str) -> tuple[str, ...]:
        """The receipt, line by line, in final words."""
        day_and_time = f"{self.at.astimezone():%Y-%m-%d %H:%M}"
        out = [
            say("Receipt for a return"),
            say("Assessment: {assessed}", assessed=_line(self.assessed)),
            say("File: {file}", file=_line(self.file)),
            say("Unit: {unit}", unit=_line(self.unit) or "—"),
            say("Result: {state}", state=STATE_WORDS[self.state]),
            say("Digest of the file: {digest}", digest=Digest(self.digest).printed if self.digest else "—"),
            say("Seal: {digest}", digest=Digest(self.seal).printed if self.seal else "—"),
            say("Items answered: {answered} of {total}", answered=self.answered, total=self.total),
            say("New records: {events}, attachments: {attachments}", events=self.events, attachments=self.attachments),
            say("Taken in on {at} by {by}", at=day_and_time, by=_line(f"{self.office} {self.by}") or "—"),
        ]
        if self.conflicts:
            out.append(
                say("These items were answered differently elsewhere, too, and will be settled: {codes}",
                    codes=tuple(dict.fromkeys(self.conflicts)))
            )  # fmt: skip
        if self.changed_items:
            out.append(
                say("These items ask something else in the version in force and are to be answered anew: {codes}",
                    codes=self.changed_items)
            )  # fmt: skip
        if self.problem is not None:
            out.append(self.problem.text)
            if self.problem.hint is not None:
                out.append(self.problem.hint)
        out += list(self.unread)
        return tuple(line.render(language) for line in out)

    def text(self, language: str) -> str:
        return "\n".join(self.lines(language)) + "\n"

    def to_json(self) -> dict[str, Json]:
        return {
            "format": FORMAT,
            "version": 1,
            "file": self.file,
            "unit": self.unit,
            "state": self.state,
            "digest": self.digest,
            "seal": self.seal,
            "at": stamp(self.at),
            "by": self.by,
            "office": self.office,
            "assessed": self.assessed,
            "answered": self.answered,
            "total": self.total,
            "events": self.events,
            "attachments": self.attachments,
            "conflicts": list(self.conflicts),
            "changed_items": list(self.changed_items),
            "problem": self.problem.code if self.problem else "",
        }


def receipt(document: Assessment, outcome: Outcome) -> Receipt:
    """The receipt for one file of a batch."""
    return Receipt(
        file=outcome.path.name,
        unit=outcome.unit,
        state=outcome.state,
        digest=outcome.digest,
        seal=outcome.seal.whole if outcome.seal is not None else "",
        at=outcome.at or document._now(),
        by=" ".join(part for part in (document.author.post, document.author.name) if part),
        office=document.author.unit,
        assessed=document.profile.unit,
        answered=outcome.answered,
        total=outcome.total,
        events=outcome.events,
        attachments=outcome.attachments,
        conflicts=tuple(dict.fromkeys(code for code, _ in outcome.conflicts)),
        changed_items=(*outcome.carried.changed, *outcome.carried.new) if outcome.carried else (),
        unread=tuple(finding.text for finding in outcome.findings if finding.severity == "error"),
        problem=outcome.problem,
    )


Paper = Callable[[Receipt, str], bytes]
"""The receipt and a language -> a PDF; faces give it, since nothing is drawn here."""


def write(receipt: Receipt, folder: Path, language: str = "zh", paper: Paper | None = None) -> tuple[Path, ...]:
    """The receipt as text to be read, as JSON to be checked, and with `paper` as PDF to be signed and filed:
    `回执_单位_日期`. Problems: those of writing."""
    name = (say("receipt").render(language), receipt.unit or Path(receipt.file).stem, day(receipt.at))
    with told(folder / name[0]):
        text = write_file(folder, joined(name, ".txt"), b"\xef\xbb\xbf" + receipt.text(language).encode("utf-8"))
        data = json.dumps(receipt.to_json(), ensure_ascii=False, indent=2).encode("utf-8")
        written = (text, write_file(folder, joined(name, ".json"), data))
        if paper is not None:
            return *written, write_file(folder, joined(name, ".pdf"), paper(receipt, language))
        return written


def read(path: Path) -> Receipt:
    """A receipt that came back. Problem receipt.unreadable for anything else."""
    try:
        with told(path), path.open("rb") as stream:
            data = json.loads(stream.read(LARGEST).decode("utf-8-sig"))
        if not isinstance(data, Mapping) or data.get("format") != FORMAT or data.get("state") not in STATE_WORDS:
            raise ValueError("not a receipt")
        return Receipt(
            file=str(data["file"]),
            unit=str(data["unit"]),
            state=str(data["state"]),
            digest=str(data["digest"]),
            seal=str(data["seal"]),
            at=instant(str(data["at"])),
            by=str(data["by"]),
            office=str(data["office"]),
            assessed=str(data["assessed"]),
            answered=int(data["answered"]),
            total=int(data["total"]),
            events=int(data["events"]),
            attachments=int(data["attachments"]),
            conflicts=tuple(str(one) for one in data.get("conflicts", ())),
            changed_items=tuple(str(one) for one in data.get("changed_items", ())),
        )
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Problem(
            "receipt.unreadable",
            say("{name} is not a receipt of this program.", name=path.name),
            say("Choose the receipt that ends in .json."),
        ) from error


def _line(text: str) -> str:
    return " ".join(text.split())
