"""The pictures of the guide, made by the program itself: `python -m forms.guide.pictures [folder]`.

Drives the real window, off the screen, on a sample city in a temporary folder, in both languages, and writes PNG files
of 256 colors and 900 pixels into `assess/library/guide/pictures/<language>/`. The clock stands still, so that one
changes only when the screen does.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

WIDE, HIGH, WRITTEN = 1180, 640, 900
NOW = datetime(2026, 7, 22, 6, 32, tzinfo=UTC)
CITY = "990301"
ITEM = "ST1.1"
SETTLED, SET = 0.4, 25.0  # seconds: for a page, for a report


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: its name, the page and target gone to, and what is done there before it is taken."""

    name: str
    page: str
    target: str | None = None
    then: Callable[[Any], object] | None = None
    tier: str = "市"


def _absent(window: Any) -> None:
    window.page.desk.ask_reason("nd")


def _evidence(window: Any) -> None:
    window.page.desk.to_evidence()


def _set(window: Any) -> None:
    """Wait until the report is set."""
    end = time.monotonic() + SET
    while time.monotonic() < end and window.page.made is None:
        _settle(0.1)
    _settle(1.0)


def _reviewer(window: Any) -> None:
    window.session.introduce("", "", "", "reviewer")
    window.session.wait()


def _unlike(window: Any) -> None:
    """A package comes back in which one question is answered otherwise than here; its conflict is shown."""
    from assess.answers import Answer
    from assess.assessment import Assessment, Author

    session = window.session
    copy = session.path.with_name(f"{session.path.stem}-2.zhd")
    session.ask("save_copy", copy, then=lambda _lost: None)
    session.wait()
    back = Assessment.open(copy, author=Author("李四", "示例·财政局", "预算科"), now=lambda: NOW)
    back.answer(ITEM, Answer.of_level(2))
    back.close()
    session.submit("answer", ITEM, Answer.of_level(4))
    session.wait()
    session.submit("merge", copy)
    session.wait()
    _settle()
    window.go("exchange", "conflicts")


def _last_period(window: Any) -> None:
    """Last period's answer and note stand beside the question."""
    from assess.answers import Answer
    from forms.words import language

    cells = {
        (ITEM, "previous"): Answer.of_level(2).to_json(),
        (ITEM, "previous_note"): "办法已印发，县区尚未全部落实。" if language() == "zh" else
        "Rules issued; not yet carried out in every county.",
    }  # fmt: skip
    window.session.submit("set_cells", cells, "previous")
    window.session.wait()
    window.go("questionnaire", ITEM)


SHOTS = (
    Shot("start", ""),
    Shot("levels", "questionnaire", "ST1.1"),
    Shot("numbers", "questionnaire", "ST2.3"),
    Shot("checklist", "questionnaire", "ST2.2"),
    Shot("absent", "questionnaire", "ST1.3", _absent),
    Shot("evidence", "questionnaire", "ST2.1", _evidence),
    Shot("checking", "findings"),
    Shot("finishing", "finishing"),
    Shot("exchange", "exchange"),
    Shot("results", "results"),
    Shot("compare", "benchmark"),
    Shot("report", "reports", None, _set),
    Shot("review", "review", None, _reviewer),
    Shot("keying", "questionnaire", "@keying"),
    Shot("earlier", "questionnaire", ITEM, _last_period),
    Shot("conflicts", "exchange", None, _unlike),
    Shot("township", "questionnaire", None, None, "乡"),
)


def _settle(seconds: float = SETTLED) -> None:
    from PySide6.QtWidgets import QApplication

    end = time.monotonic() + seconds
    while time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.01)


def _open(folder: Path, tier: str, language: str) -> Any:
    """A window on a sample document of this level."""
    from assess.answers import Profile
    from assess.framework.read import builtin
    from assess.samples.cities import city
    from forms.guide.tour import Unkept
    from forms.session import Session
    from forms.settings import Settings

    session = Session(now=lambda: NOW)
    window = import_module("forms.window").Window(session, Settings(language=language, tour=False), Unkept())
    window.resize(WIDE, HIGH)
    window.show()
    sample = city(CITY)
    if tier == "市":
        session.create(folder / f"{language}.zhd", builtin(), sample.profile, cells=sample.cells)
    else:
        unit = "示例·青石镇"
        profile = Profile(unit=unit, tier=tier, year=2026, base_date="2026-06-30", sample=True)
        session.create(folder / f"{language}-{tier}.zhd", builtin(), profile)
    session.wait()
    _settle()
    return window


def keep(window: Any, path: Path) -> None:
    """Write what the window shows, in 256 colors."""
    from PIL import Image
    from PySide6.QtGui import QImage

    shown = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    raw = bytes(shown.constBits())
    image = Image.frombytes("RGB", (shown.width(), shown.height()), raw, "raw", "RGB", shown.bytesPerLine(), 1)
    height = round(image.height * WRITTEN / image.width)
    small = image.resize((WRITTEN, height), Image.Resampling.LANCZOS)
    path.parent.mkdir(parents=True, exist_ok=True)
    small.quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)


def take(target: Path, languages: tuple[str, ...] = ("zh", "en"), names: tuple[str, ...] = ()) -> tuple[Path, ...]:
    """Take the pictures, all or those named; returns their files."""
    from forms.settings import Settings

    app = import_module("forms.app")
    written: list[Path] = []
    wanted = [shot for shot in SHOTS if not names or shot.name in names]
    with tempfile.TemporaryDirectory() as held:
        for language in languages:
            app.dress(app.application(), replace(Settings(), language=language, theme="light"))
            window, tier = None, ""
            for shot in wanted:
                if window is None or tier != shot.tier:
                    if window is not None:
                        window.session.close()
                        window.close()
                    window, tier = _open(Path(held), shot.tier, language), shot.tier
                if not shot.page:
                    window.desk.start.show_front()
                    window.center.setCurrentWidget(window.desk.start)
                else:
                    window.center.setCurrentWidget(window.work)
                    window.go(shot.page, shot.target)
                _settle()
                if shot.then is not None:
                    shot.then(window)
                    _settle()
                written.append(target / language / f"{shot.name}.png")
                keep(window, written[-1])
            if window is not None:
                window.session.close()
                window.close()
    return tuple(written)


def main() -> int:
    """Write the pictures into the library, or into the folder given; further words name single pictures."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from forms.guide.topics import PICTURES

    target = Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES
    for path in take(target, names=tuple(sys.argv[2:])):
        sys.stdout.write(f"{path.parent.name}/{path.name}  {path.stat().st_size // 1024} KB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
