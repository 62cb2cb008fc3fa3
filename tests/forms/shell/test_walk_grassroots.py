"""The large version and the screen for keying, in every language and size: nothing cut, all named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assess.answers import Answer, Profile
from assess.framework.read import builtin
from assess.grassroots.sheets import Filled
from forms.questionnaire.township import Township
from forms.session import Session
from forms.window import Window
from tests.forms.shell.test_walk import LATIN, OWN, SIZES, laid_out, settled
from tests.forms.shell.walking import chinese, cut, english, nameless

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", "Cannot find font directory")
KINDS = ("ME2.5", "ST4.1", "SH3.3", "@keying")


@pytest.mark.parametrize("size", SIZES)
def test_a_township_reads_one_language_and_nothing_is_cut(
    window: Window, session: Session, qtbot: Any, tmp_path: Path, size: tuple[int, int]
) -> None:
    profile = Profile("Huxing", tier="乡", base_date="2026-06-30")
    session.create(tmp_path / "t.zhd", builtin(), profile)
    session.wait()
    made = [Filled("乡", number, {"ME2.5": 3}, place="Office") for number in (1, 2)]
    session.submit("set_cells", {one.cell: one.to_json() for one in made}, kind="sheet")
    session.submit("answer", "ME2.5", Answer.of_level(4))
    settled(window, session, qtbot)
    window.resize(*size)
    qtbot.wait(50)
    for language in ("en", "zh"):
        window.desk.choose_language(language)
        for code in (*KINDS, "end"):
            window.go("questionnaire", "ME2.5" if code == "end" else code)
            settled(window, session, qtbot)
            if code == "end":
                (desk,) = [one for one in window.findChildren(Township) if one.isVisible()]
                desk.show_end()
            settled(window, session, qtbot)
            strange = chinese(window, OWN) if language == "en" else english(window, LATIN | {"APP", "Enter", "Esc"})
            assert not strange, (language, code, strange)
            assert not laid_out(window, qtbot), (language, code, cut(window))
            assert not nameless(window), (language, code, nameless(window))
