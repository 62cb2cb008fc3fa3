"""Drawings: the same bytes for the same data, no letters but paths, no drawing that fails on odd data."""

from __future__ import annotations

import re
import tomllib
import warnings
from pathlib import Path

import pytest

from reports.charts import draw, style
from reports.model import Chart
from tests.reports import units

ROOT = Path(__file__).resolve().parent.parent.parent
BANDS = [
    [0, 30, 1, "初始级"],
    [30, 50, 2, "起步级"],
    [50, 70, 3, "规范级"],
    [70, 85, 4, "协同级"],
    [85, 100, 5, "智治级"],
]
BAR = {"label": "很长的名字" * 9, "value": 41.0, "text": "41.0", "level": 2, "median": 56.5}
ODD: dict[str, list[dict[str, object]]] = {
    "bars": [
        {"rows": []},
        {"rows": [BAR, {"label": "$x$ 🎉", "value": None, "text": "—", "level": 0}], "gate": 40, "maximum": 100},
        {"rows": [{**BAR, "value": 0.0}, {**BAR, "value": 250.0}], "maximum": 0},
    ],
    "radar": [
        {"axes": ["一", "二", "三"], "values": [0, None, 100], "medians": [], "gate": None},
        {"axes": [str(n) for n in range(10)], "values": [50] * 10, "medians": [60] * 10, "gate": 40, "legend": []},
    ],
    "steelyard": [
        {"maximum": 100, "bands": BANDS, "score": None, "score_text": "—", "held": None, "reached": None},
        {"maximum": 100, "bands": BANDS, "score": 100.0, "score_text": "100.0", "held": 5, "reached": 5},
        {"maximum": 100, "bands": BANDS, "score": 50.0, "score_text": "50.0", "held": 1, "reached": 3},
        {"maximum": 10.25, "bands": [], "score": 3.5, "score_text": "3.50", "held": None, "reached": None},
    ],
    "strips": [
        {"rows": []},
        {"rows": [{"label": "总分", "value": None, "text": "—", "peers": []}], "legend": [["self", "本市"]]},
    ],
    "obstacles": [{"rows": []}, {"rows": [{"label": "x", "share": 0.0, "text": "0%", "level": 0}]}],
    "quadrants": [
        {
            "fields": [{"title": "甲", "count": "99", "codes": [f"ME{n}.10" for n in range(99)]}] * 4,
            "across": ["低", "高"],
            "down": ["大", "小"],
            "more": "…",
        }
    ],
}  # fmt: skip


def every_chart() -> list[Chart]:
    return [b for s in units.sample().sections for b in s.blocks if isinstance(b, Chart)]


@pytest.mark.parametrize(("kind", "data"), [(kind, data) for kind, many in ODD.items() for data in many])
def test_odd_data_is_drawn_without_a_warning(kind, data):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        drawing = draw.picture(Chart(kind, data, "", "", None, 156, 60))
    assert b"</svg>" in drawing


def test_every_kind_is_tried_here():
    assert set(ODD) == set(draw.KINDS)
    assert {chart.kind for chart in every_chart()} <= set(draw.KINDS)


def test_an_unknown_kind_is_a_fault_of_the_program():
    with pytest.raises(KeyError):
        draw.draw(Chart("pie", {}, "", ""))


def test_letters_are_paths_and_no_date_or_program_is_in_it():
    for chart in every_chart():
        drawing = draw.svg(draw.draw(chart))
        assert b"<text" not in drawing
        assert b"dc:date" not in drawing
        assert b"font-family" not in drawing


def test_equal_data_give_equal_bytes():
    chart = every_chart()[0]
    assert draw.svg(draw.draw(chart)) == draw.svg(draw.draw(chart)) == draw.picture(chart)


def test_names_inside_two_drawings_on_one_page_differ():
    drawing = draw.picture(every_chart()[1])
    first, second = (set(re.findall(r'\bid="([^"]+)"', draw.inline(drawing, key))) for key in ("a", "b"))
    assert first
    assert not first & second
    for key in ("a", "b"):
        text = draw.inline(drawing, key)
        assert set(re.findall(r'href="#([^"]+)"', text)) <= set(re.findall(r'\bid="([^"]+)"', text))


def test_colors_and_words_of_levels_are_those_of_the_window():
    tokens = tomllib.loads((ROOT / "forms" / "tokens.toml").read_text("utf-8"))
    levels, chart, light = tokens["levels"]["light"], tokens["chart"]["light"], tokens["light"]
    assert [list(style.FILL), list(style.ON), list(style.INK)] == [levels["fill"], levels["on"], levels["ink"]]
    assert (chart["self"], chart["median"], chart["peers"]) == (style.SELF, style.MEDIAN, style.PEERS)
    assert (chart["grid"], chart["axis"], chart["gate"]) == (style.GRID, style.AXIS, style.GATE)
    assert (light["text"], light["text_2"], light["text_3"]) == (style.TEXT, style.TEXT_2, style.TEXT_3)
    names = [tokens["patterns"][str(level)]["matplotlib"] for level in range(6)]
    assert [set(hatch) for hatch in style.HATCH] == [set(name) for name in names]


def test_no_level_is_told_by_color_alone():
    looks = {(style.HATCH[level], level in (0, 5) and style.FILL[level]) for level in range(6)}
    assert len(looks) == 6


def test_the_global_state_of_the_library_is_left_alone():
    import matplotlib

    before = dict(matplotlib.rcParams)
    draw.svg(draw.draw(every_chart()[0]))
    assert dict(matplotlib.rcParams) == before
