"""The style sheet, written from the tokens: fills, edges, radii and padding. The focus ring is not here (D38).

Looks are chosen by dynamic properties: `type` and `ink` for labels, `box` for frames, `kind` for buttons, `state`
for fields. Nothing here names a color.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forms.theme import Theme

TYPES = ("caption", "label", "body", "strong", "heading", "question", "title", "number", "display")
INKS = ("text", "text_2", "text_3", "disabled", "primary_text", "danger", "warning", "success", "on_primary")
TONES = ("info", "success", "warning", "danger")


@cache
def _folder() -> str:
    """A folder of this run for drawings in the colors of a theme: a style sheet takes pictures from files only."""
    folder = tempfile.mkdtemp(prefix="zhiheng-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def drawing(name: str, color: str) -> str:
    """The path of an icon in a color, with forward slashes; empty where no temporary file can be written."""
    try:
        source = (Path(__file__).parent / "icons" / f"{name}.svg").read_text(encoding="utf-8")
        path = Path(_folder()) / f"{name}-{color.strip('#')}.svg"
        path.write_text(source.replace("#000", color), encoding="utf-8")
    except OSError:
        return ""
    return path.as_posix()


def font_rule(theme: Theme, name: str) -> str:
    """The declarations of one name of [type]."""
    size, _line, weight, family = theme.face(name)
    names = ", ".join(f'"{part}"' for part in theme.families(family))
    return f"font-family: {names}; font-size: {size}px; font-weight: {weight};"


def sheet(theme: Theme) -> str:
    """The whole style sheet of a theme."""
    return "\n".join([_words(theme), _boxes(theme), _buttons(theme), _fields(theme), _lists(theme), _bars(theme)])


def _words(t: Theme) -> str:
    rules = [
        "QLabel { background: transparent; }",
        (
            f"QToolTip {{ background: {t.hex('tooltip')}; color: {t.hex('on_tooltip')}; border: {t.edge}px solid "
            f"{t.hex('tooltip')}; padding: {t.px(6)}px {t.px(8)}px; }}"
        ),
        f"QWidget:disabled {{ color: {t.hex('disabled')}; }}",
    ]
    rules += [f'*[type="{name}"] {{ {font_rule(t, name)} }}' for name in TYPES]
    rules += [f'*[type="{name}"] {{ {font_rule(t, name)} }}' for name in ("township.body", "township.question")]
    rules += [f'QLabel[ink="{name}"] {{ color: {t.hex(name)}; }}' for name in INKS]
    return "\n".join(rules)


def _boxes(t: Theme) -> str:
    edge, radius = t.edge, t.px(8)
    rules = [
        f"QMainWindow, QDialog, #window {{ background: {t.hex('window')}; }}",
        f'QFrame[box="window"], QWidget[box="window"] {{ background: {t.hex("window")}; }}',
        (
            f'QFrame[box="panel"] {{ background: {t.hex("panel")}; border: {edge}px solid {t.hex("border")}; '
            f"border-radius: {radius}px; }}"
        ),
        f'QFrame[box="plain"], QWidget[box="plain"] {{ background: {t.hex("panel")}; border: none; }}',
        f'QFrame[box="sunken"], QWidget[box="sunken"] {{ background: {t.hex("sunken")}; border: none; }}',
        (
            f'QFrame[box="popover"] {{ background: {t.hex("panel")}; border: {edge}px solid {t.hex("border_strong")}; '
            f"border-radius: {radius}px; }}"
        ),
        (
            f'QFrame[rule="h"] {{ background: {t.hex("border")}; border: none; max-height: {edge}px; '
            f"min-height: {edge}px; }}"
        ),
        (
            f'QFrame[rule="v"] {{ background: {t.hex("border")}; border: none; max-width: {edge}px; '
            f"min-width: {edge}px; }}"
        ),
        f'QFrame[edge="top"] {{ border-top: {edge}px solid {t.hex("border")}; }}',
        f'QFrame[edge="bottom"] {{ border-bottom: {edge}px solid {t.hex("border")}; }}',
        f'QFrame[edge="right"] {{ border-right: {edge}px solid {t.hex("border")}; }}',
        f'QFrame[edge="left"] {{ border-left: {edge}px solid {t.hex("border")}; }}',
    ]
    for tone in TONES:
        base = "primary" if tone == "info" else tone
        rules.append(
            f'QFrame[notice="{tone}"] {{ background: {t.hex(base + "_soft")}; border: {edge}px solid '
            f"{t.hex(base + '_line')}; border-radius: {t.px(6)}px; }}"
        )
    rules.append(
        f'QLabel[tag="neutral"] {{ background: {t.hex("sunken")}; color: {t.hex("text_2")}; '
        f"border: {edge}px solid {t.hex('border')}; }}"
    )
    for tone, base in (("primary", "primary"), ("success", "success"), ("warning", "warning"), ("danger", "danger")):
        ink = "primary_text" if base == "primary" else base
        rules.append(
            f'QLabel[tag="{tone}"] {{ background: {t.hex(base + "_soft")}; color: {t.hex(ink)}; '
            f"border: {edge}px solid {t.hex(base + '_line')}; }}"
        )
    rules.append(
        f"QLabel[tag] {{ {font_rule(t, 'caption')} border-radius: {t.px(4)}px; padding: 0 {t.px(7)}px; "
        f"min-height: {t.px(20)}px; max-height: {t.px(20)}px; }}"
    )
    rules.append(
        f"QLabel[keycap] {{ {font_rule(t, 'caption')} color: {t.hex('text_2')}; background: {t.hex('panel')}; "
        f"border: 1px solid {t.hex('border_strong')}; border-radius: {t.px(4)}px; padding: 0 {t.px(4)}px; "
        f"min-height: {t.px(18)}px; max-height: {t.px(18)}px; }}"
    )
    rules.append(
        f'QLabel[keycap="primary"] {{ color: {t.hex("on_primary")}; background: transparent; '
        f"border-color: {t.hex('on_primary')}; font-weight: 700; }}"
    )
    return "\n".join(rules)


def _buttons(t: Theme) -> str:
    edge, radius = t.edge, t.px(6)
    high, big = t.size("control"), t.size("control_large")
    return f"""
QPushButton {{ background: {t.hex("panel")}; border: {edge}px solid {t.hex("border_strong")};
  border-radius: {radius}px; padding: 0 {t.px(16)}px; min-height: {high - 2 * edge}px; outline: none; }}
QPushButton[build="large"] {{ min-height: {big - 2 * edge}px; padding: 0 {t.px(20)}px; {font_rule(t, "body")} }}
QPushButton[build="small"] {{ min-height: {t.px(32) - 2 * edge}px; padding: 0 {t.px(12)}px; }}
QPushButton:hover {{ background: {t.hex("hover")}; }}
QPushButton:pressed, QPushButton:open {{ background: {t.hex("sunken")}; }}
QPushButton:disabled {{ background: {t.hex("sunken")}; color: {t.hex("disabled")}; border-color: {t.hex("border")}; }}
QPushButton[kind="primary"] {{ background: {t.hex("primary")}; color: {t.hex("on_primary")};
  border: {edge}px solid {t.hex("primary")}; {font_rule(t, "strong")} }}
QPushButton[kind="primary"]:hover {{ background: {t.hex("primary_hover")}; border-color: {t.hex("primary_hover")}; }}
QPushButton[kind="primary"]:pressed {{ background: {t.hex("primary_press")}; border-color: {t.hex("primary_press")}; }}
QPushButton[kind="primary"]:disabled {{ background: {t.hex("sunken")}; color: {t.hex("disabled")};
  border-color: {t.hex("border")}; }}
QPushButton[kind="text"] {{ background: transparent; border: {edge}px solid transparent; color: {t.hex("primary_text")};
  padding: 0 {t.px(8)}px; }}
QPushButton[kind="text"]:hover {{ text-decoration: underline; }}
QPushButton[kind="text"]:disabled {{ color: {t.hex("disabled")}; }}
QPushButton[kind="link"] {{ background: transparent; border: none; color: {t.hex("primary_text")}; padding: 0;
  min-height: {t.px(24)}px; {font_rule(t, "strong")} font-size: {t.face("label")[0]}px; text-align: left; }}
QPushButton[kind="link"]:hover {{ text-decoration: underline; }}
QPushButton[kind="danger"] {{ background: {t.hex("danger_soft")}; color: {t.hex("danger")};
  border: {edge}px solid {t.hex("danger_line")}; }}
QPushButton[kind="icon"] {{ padding: 0; min-width: {high - 2 * edge}px; max-width: {high - 2 * edge}px; }}
QPushButton[kind="cross"] {{ background: transparent; border: none; padding: 0; min-height: 0; min-width: 0; }}
QPushButton[kind="cross"]:hover {{ background: {t.hex("hover")}; }}
QPushButton[kind="segment"] {{ background: {t.hex("panel")}; border: {edge}px solid {t.hex("border_strong")};
  border-right: none; border-radius: 0; padding: 0 {t.px(12)}px; min-height: {t.px(32) - 2 * edge}px; }}
QPushButton[kind="segment"][tight="true"] {{ padding: 0 {t.px(4)}px; }}
QPushButton[kind="segment"]:hover {{ background: {t.hex("hover")}; }}
QPushButton[kind="segment"]:checked {{ background: {t.hex("primary_soft")}; color: {t.hex("primary_text")};
  font-weight: 700; }}
QPushButton[kind="segment"][end="first"], QPushButton[kind="segment"][end="only"] {{
  border-top-left-radius: {radius}px; border-bottom-left-radius: {radius}px; }}
QPushButton[kind="segment"][end="last"], QPushButton[kind="segment"][end="only"] {{
  border-right: {edge}px solid {t.hex("border_strong")};
  border-top-right-radius: {radius}px; border-bottom-right-radius: {radius}px; }}
QPushButton[kind="card"] {{ text-align: left; padding: {t.px(8)}px {t.px(16)}px; border-color: {t.hex("border")}; }}
QPushButton[keyed="true"] {{ text-align: left; }}
QPushButton::menu-indicator {{ width: 0; image: none; }}
"""


def _fields(t: Theme) -> str:
    edge, radius = t.edge, t.px(6)
    inner = t.size("control") - 2 * edge
    return f"""
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDateEdit {{ background: {t.hex("panel")};
  border: {edge}px solid {t.hex("border_strong")}; border-radius: {radius}px; padding: 0 {t.px(10)}px;
  selection-background-color: {t.hex("primary")}; selection-color: {t.hex("on_primary")}; {font_rule(t, "body")} }}
QLineEdit, QComboBox, QSpinBox, QDateEdit {{ min-height: {inner}px; max-height: {inner}px; }}
QLineEdit[build="large"] {{ min-height: {t.px(44) - 2 * edge}px; max-height: {t.px(44) - 2 * edge}px; }}
QPlainTextEdit, QTextEdit {{ padding: {t.px(6)}px {t.px(6)}px; }}
QLineEdit:hover, QPlainTextEdit:hover, QTextEdit:hover, QComboBox:hover {{ border-color: {t.hex("text_2")}; }}
QLineEdit:read-only, QPlainTextEdit[readOnly="true"], QTextEdit[readOnly="true"], QLineEdit:disabled,
QPlainTextEdit:disabled, QComboBox:disabled {{ background: {t.hex("sunken")}; border-color: {t.hex("border")}; }}
QLineEdit[state="error"], QPlainTextEdit[state="error"], QFrame[field][state="error"] {{
  border: 2px solid {t.hex("danger")}; }}
QFrame[field] {{ background: {t.hex("panel")}; border: {edge}px solid {t.hex("border_strong")};
  border-radius: {radius}px; }}
QFrame[field]:hover {{ border-color: {t.hex("text_2")}; }}
QFrame[field][state="readonly"] {{ background: {t.hex("sunken")}; border-color: {t.hex("border")}; }}
QFrame[field] QLineEdit {{ border: none; background: transparent; min-height: 0; max-height: 16777215px; }}
QComboBox::drop-down {{ border: none; width: {t.px(28)}px; }}
QComboBox::down-arrow {{ image: url("{drawing("chevron-down", t.hex("text_2"))}"); width: {t.px(16)}px;
  height: {t.px(16)}px; }}
QComboBox QAbstractItemView {{ background: {t.hex("panel")}; border: {edge}px solid {t.hex("border_strong")};
  selection-background-color: {t.hex("primary_soft")}; selection-color: {t.hex("text")}; outline: none; }}
QCheckBox, QRadioButton {{ spacing: {t.px(8)}px; background: transparent; {font_rule(t, "label")} }}
"""


def _lists(t: Theme) -> str:
    edge = t.edge
    return f"""
QMenu {{ background: {t.hex("panel")}; border: {edge}px solid {t.hex("border_strong")}; padding: {t.px(6)}px 0; }}
QMenu::item {{ padding: {t.px(6)}px {t.px(24)}px {t.px(6)}px {t.px(12)}px; min-height: {t.px(20)}px;
  border: {edge}px solid transparent; }}
QMenu::icon {{ padding-left: {t.px(12)}px; }}
QMenu::item:selected {{ background: {t.hex("primary_soft")}; color: {t.hex("text")};
  border-color: {t.hex("primary_line")}; }}
QMenu::item:disabled {{ color: {t.hex("disabled")}; }}
QMenu::separator {{ height: {edge}px; background: {t.hex("border")}; margin: {t.px(6)}px 0; }}
QListView, QTreeView, QTableView {{ background: {t.hex("panel")}; border: none; outline: none;
  gridline-color: {t.hex("border")}; alternate-background-color: {t.hex("panel")};
  selection-background-color: {t.hex("primary_soft")}; selection-color: {t.hex("text")}; }}
QListView::item:hover, QTreeView::item:hover, QTableView::item:hover {{ background: {t.hex("hover")}; }}
QListView::item:selected, QTreeView::item:selected, QTableView::item:selected {{
  background: {t.hex("primary_soft")}; color: {t.hex("text")}; }}
QHeaderView {{ background: {t.hex("sunken")}; border: none; }}
QHeaderView::section {{ background: {t.hex("sunken")}; color: {t.hex("text_2")}; border: none;
  border-bottom: {edge}px solid {t.hex("border")}; padding: 0 {t.px(8)}px; min-height: {t.px(34)}px; }}
"""


def _bars(t: Theme) -> str:
    thumb = t.color("border_strong")
    soft = f"rgba({thumb.red()}, {thumb.green()}, {thumb.blue()}, 60%)"
    wide = t.size("scroll_bar")
    return f"""
QScrollArea, QAbstractScrollArea#plain {{ background: transparent; border: none; }}
QScrollArea > QWidget > QWidget#body {{ background: transparent; }}
QScrollBar:vertical {{ background: transparent; width: {wide}px; margin: 0; border: none; }}
QScrollBar:horizontal {{ background: transparent; height: {wide}px; margin: 0; border: none; }}
QScrollBar::handle {{ background: {soft}; border-radius: {wide // 2 - 2}px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: {t.px(32)}px; }}
QScrollBar::handle:horizontal {{ min-width: {t.px(32)}px; }}
QScrollBar::handle:hover {{ background: {t.hex("border_strong")}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; border: none; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QProgressBar {{ background: {t.hex("sunken")}; border: 1px solid {t.hex("border")}; border-radius: {t.px(3)}px;
  min-height: {t.px(6)}px; max-height: {t.px(6)}px; color: transparent; }}
QProgressBar::chunk {{ background: {t.hex("primary")}; border-radius: {t.px(2)}px; }}
QSplitter::handle {{ background: {t.hex("border")}; }}
"""
