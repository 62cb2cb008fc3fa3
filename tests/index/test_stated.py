"""What a table states beyond answers counts as in a document; what it cannot state is said in words."""

from __future__ import annotations

import csv
import math
import random

import numpy as np
import pytest

from assess.answers import Answer, Profile, Sheet
from assess.framework.read import builtin, from_sources
from assess.index.chain import index
from assess.index.data import SKIPPED_OUT, SKIPPED_ZERO
from assess.index.reading import TableProblem
from assess.index.stated import headings, keys, reachable
from assess.index.table import read
from assess.measure.score import score
from tests.measure.small import PIECE

CITY = builtin()
UNITS = 12


def written(answer: Answer | None) -> str:
    if answer is None:
        return ""
    if answer.kind == "nd":
        return "暂无数据"
    if answer.kind == "multi":
        return "、".join(answer.ticked) or "无"
    return str(answer.level if answer.kind == "level" else answer.choice or answer.result)


def any_answer(draw: random.Random, code: str) -> Answer | None:
    item = CITY.indicators[code]
    chance = draw.random()
    if chance < 0.08 or (item.kind == "multi" and chance < 0.2):
        return None
    if chance < 0.12:
        return Answer.no_data("无")
    match item.kind:
        case "level":
            return Answer.of_level(draw.choice([0, 1, 3, 4, 5, 5]))
        case "yesno":
            return Answer.of_choice(draw.choice(["yes", "no"]))
        case "multi":
            options = [option.key for option in item.options]
            return Answer.of_ticks(draw.sample(options, draw.randint(1, len(options))))
        case _:
            low, high = sorted((item.number.zero, item.number.full))
            return Answer.of_number(result=f"{draw.uniform(low, high):.3f}", confirm="yes")


def made(seed: int, mode: str):
    """Random sheets of the built-in framework, and the same as rows of a table."""
    draw = random.Random(seed)
    sheets, rows = [], []
    for unit in range(UNITS):
        answers = {code: any_answer(draw, code) for code in CITY.indicators}
        row = {"unit": f"城{unit}", "tier": "市"} | {code: written(one) for code, one in answers.items()}
        cells: dict[tuple[str, str], object] = {}
        for code in CITY.indicators:
            proved = draw.random() < (0.9 if unit % 2 else 0.3)
            row[f"evidence.{code}"] = "是" if proved else "否"
            if proved:
                cells[code, "evidence/1"] = PIECE
        points = {one.id: draw.choice([0, 0, one.points[-1]]) for one in CITY.deductions.items}
        for place, (name, value) in enumerate(points.items()):
            row[f"扣分 {name}"] = str(value)
            if value:
                cells["@deduction", str(place)] = {"item": name, "matter": name, "points": value, "confirmed": True}
        for place, one in enumerate(CITY.bonus.items):
            has = draw.random() < 0.5
            row[f"bonus.{one.id}"] = "是" if has else ""
            if has:
                cells["@bonus", str(place)] = {"item": one.id, "matter": one.id, "document": "文件"}
        for line in CITY.red_lines:
            state = draw.choice(["", "", "", "confirmed", "cleared"])
            row[f"red_line.{line.id}"] = {"confirmed": "是", "cleared": "否"}.get(state, "")
            if state:
                cells["@redline", line.id] = {"state": state, "reason": "查实"}
        row["reviewed"] = "是" if unit % 3 else ""
        if unit % 3:
            cells["@status", "reviewed"] = {"by": "甲", "at": "2026"}
        given = {code: one for code, one in answers.items() if one is not None}
        sheets.append(Sheet.of(Profile(f"城{unit}", tier="市", mode=mode), given).with_cells(cells))
        rows.append(row)
    return sheets, rows


def table(path, rows):
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.mark.parametrize("mode", ["formal", "self", "training"])
@pytest.mark.parametrize("seed", range(6))
def test_a_table_scores_as_the_documents_it_stands_for(tmp_path, seed, mode):
    sheets, rows = made(seed, mode)
    found = index(CITY, read(table(tmp_path / "t.csv", rows), CITY), mode=mode)
    for row, one in enumerate(sheets):
        own = score(CITY, one)
        for code in CITY.indicators:
            ours, theirs = found.of(code)[row], own.score_of(code)
            assert (theirs is None and math.isnan(ours)) or ours == pytest.approx(theirs), (row, code)
        for name, value in (("total", own.base), ("graded", own.graded), ("shown", own.shown)):
            assert found.of(name)[row] == pytest.approx(math.nan if value is None else value, nan_ok=True), (row, name)
        coverage = found.coverage["total"][row]
        assert coverage == pytest.approx(own.coverage)
        level = own.gated_stage.level if own.gated_stage else 0
        assert found.held[row] == level, (row, [(g.gate.id, g.outcome) for g in own.gates])


def test_units_are_ranked_by_what_deductions_and_bonus_leave(tmp_path):
    rows = [
        {"unit": name, "ST1.1": "3", "deduction.D1": points} for name, points in (("a", "2"), ("b", "0"), ("c", "1"))
    ]
    found = index(CITY, read(table(tmp_path / "t.csv", rows), CITY), mode="self")
    assert np.isnan(found.total).all()  # whole dimensions are missing
    everything = [
        {**{code: "3" for code, item in CITY.indicators.items() if item.kind == "level"}, **row} for row in rows
    ]
    for row in everything:
        row["DA1.1"] = "3"
    whole = {node.code for node in CITY.dimensions}
    found = index(CITY, read(table(tmp_path / "t.csv", everything), CITY), mode="self")
    assert whole <= set(found.scores)
    assert found.ranks().tolist() == [3, 1, 2]
    assert found.of("shown").tolist() == pytest.approx((found.total - [2, 0, 1]).tolist())


def test_what_is_skipped_is_left_out_or_counts_0_and_is_not_filled(tmp_path):
    rule = CITY.skip_rules[0]
    rows = [{"unit": "a", rule.indicator: str(rule.value), rule.then[0]: ""}, {"unit": "b", rule.indicator: "5"}]
    rows[1][rule.then[0]] = ""
    found = index(CITY, read(table(tmp_path / "t.csv", rows), CITY), mode="self")
    marks = found.marks[rule.then[0]].tolist()
    assert marks[0] == (SKIPPED_ZERO if rule.treatment == "zero" else SKIPPED_OUT)
    assert marks[1] < SKIPPED_OUT


def test_everything_a_table_does_not_state_is_said_in_words(tmp_path):
    (tmp_path / "t.csv").write_text("unit,ST1.1,SE4.2\na,3,是\nb,4,否\n", encoding="utf-8")
    found = index(CITY, read(tmp_path / "t.csv", CITY), mode="formal")
    told = {one.code.removeprefix("index.unstated-"): one for one in found.findings if one.severity == "hint"}
    assert set(told) == {"deductions", "bonus", "red-lines", "red-line-review", "evidence", "evidence-gates", "review",
                         "confirmation", "counties"}  # fmt: skip
    for one in told.values():
        assert one.text.render("zh") != one.text.render("en")
    assert "R1 is set off in 1 units" in told["red-line-review"].text.render("en")


@pytest.mark.parametrize(
    ("heading", "value", "code"),
    [("deduction.D1", "7.5", "table.points"), ("bonus.B1", "许多", "table.points"),
     ("red_line.R2", "也许", "table.flag"),
     ("evidence.ST1.1", "-1", "table.flag"), ("deduction.D1", "-1", "table.points")],
)  # fmt: skip
def test_what_is_stated_wrongly_is_named(tmp_path, heading, value, code):
    with pytest.raises(TableProblem) as caught:
        read(table(tmp_path / "t.csv", [{"unit": "a", "ST1.1": "3", heading: value}]), CITY)
    assert [one.code for one in caught.value.findings if one.severity == "error"] == [code]


def test_headings_may_be_chosen_by_the_framework():
    sources = dict(CITY.sources)
    sources["framework.toml"] += '\n[table.columns]\n"deduction.D1" = ["通报扣分"]\n'
    chosen = from_sources(sources)
    found = headings(chosen)
    assert found["通报扣分"] == found["扣分D1"] == found["deduction.D1"] == "deduction.D1"
    assert "reviewed" in keys(chosen)


@pytest.mark.parametrize(("points", "held"), [(0, True), (3, True), (0.5, False), (4, True), (1000, True), (-1, False)])
def test_points_are_sums_of_what_one_matter_may_cost(points, held):
    assert reachable(points, (1, 3)) is held
