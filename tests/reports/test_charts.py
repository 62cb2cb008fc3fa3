"""Drawings: the same bytes for the same data, no letters but paths, no drawing that fails on odd data."""

from __future__ import annotations

import re
import tomllib
import warnings
from itertools import pairwise
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


def test_a_long_label_takes_two_lines_before_it_is_cut():
    from reports.charts.canvas import broken, measure

    whole = "Coordinated building and platform"
    lines = broken(whole, 9.5, 43.0, 2)
    assert " ".join(lines) == whole
    assert len(lines) == 2
    assert all(measure(line, 9.5) <= 43.0 for line in lines)
    assert broken("短名", 9.5, 43.0, 2) == ["短名"]
    assert broken("很长的名字" * 20, 9.5, 43.0, 2)[1].endswith("…")
    assert not broken("政务信息化项目统筹共建、数据共享交换平台。", 9.5, 36.0, 2)[1].startswith(("、", "。"))


@pytest.mark.parametrize("code", ["990101", "990301", "990303"])
def test_no_label_of_a_sample_report_in_english_is_cut(code):
    from reports.charts import bars, obstacles
    from reports.charts.canvas import broken

    made = units.sample(code, language="en")
    for chart in (b for s in made.sections for b in s.blocks if isinstance(b, Chart)):
        room = {"bars": (bars.LABEL - 3, 9.5), "obstacles": (obstacles.LABEL - 3, 9.0)}.get(chart.kind)
        if room is not None:
            for row in chart.data["rows"]:  # type: ignore[union-attr]
                assert not any("…" in line for line in broken(row["label"], room[1], room[0], 2))


def test_the_fields_of_improvement_grow_until_every_code_has_its_place():
    from reports.charts import quadrants

    def fields(*counts: int) -> list[dict[str, object]]:
        return [{"title": "甲", "count": "1题", "codes": [f"ME{n % 5}.{n}" for n in range(count)]} for count in counts]

    few, many = fields(3, 0, 2, 0), fields(3, 0, 60, 8)
    assert quadrants.height(many) > quadrants.height(few)
    per_row, _ = quadrants.fitting([str(code) for code in many[2]["codes"]], (156 - quadrants.LEFT) / 2 - 8)  # type: ignore[attr-defined]
    rows = int((quadrants.halves(many, 156)[1] - quadrants.HEAD) / quadrants.STEP + 0.01)
    assert per_row * rows >= 60


def test_the_names_of_the_stages_stand_side_by_side_in_english():
    from reports.charts import steelyard
    from reports.charts.canvas import Canvas, measure

    named = ("Initial", "Starting", "Standardised", "Collaborative", "Smart governance")
    bands = [[*band[:3], name] for band, name in zip(BANDS, named, strict=True)]
    canvas = Canvas(steelyard.WIDTH, steelyard.HEIGHT)
    size = steelyard.lettering(canvas, bands)
    centers = steelyard.spread(canvas, bands, lambda value: 4 + 96 * value / 100, size)
    ends = [
        (x - measure(n, size, True) / 2, x + measure(n, size, True) / 2) for x, n in zip(centers, named, strict=True)
    ]
    assert ends[0][0] >= 0
    assert ends[-1][1] <= steelyard.WIDTH
    assert all(left[1] < right[0] for left, right in pairwise(ends))
