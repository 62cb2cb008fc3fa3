"""Weights kept with a framework: brought to 100, checked as a whole, written in one step."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from assess.framework.keeping import keep
from assess.framework.read import read
from assess.framework.sources import FRAMEWORKS
from assess.language import Words
from assess.problems import Problem
from forms.cli import main

FIVE = {"ST": 0.1, "ME": 0.2, "SH": 0.3, "SE": 0.25, "TA": 0.15}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(FRAMEWORKS / "zhiheng", tmp_path / "f")
    return tmp_path / "f"


def test_shares_become_points_of_a_hundred_and_the_rest_of_the_file_stays(folder: Path):
    before = (folder / "framework.toml").read_text("utf-8")
    keep(folder, "ahp", FIVE, Words("专家法", "By experts"))
    framework = read(folder)
    assert dict(framework.weight_sets[-1].weights) == {"ST": 10, "ME": 20, "SH": 30, "SE": 25, "TA": 15}
    assert framework.weight_sets[-1].words == Words("专家法", "By experts")
    assert (folder / "framework.toml").read_text("utf-8").startswith(before.rstrip())


def test_thirds_still_add_up_to_a_hundred(folder: Path):
    keep(folder, "thirds", dict.fromkeys(FIVE, 1 / 3) | {"ST": 1 / 7})
    assert sum(read(folder).weight_sets[-1].weights.values()) == pytest.approx(100, abs=1e-9)


@pytest.mark.parametrize(
    ("name", "weights", "code"),
    [
        ("", FIVE, "weight-set.id"),
        ("x", {**FIVE, "NO": 1.0}, "weight-set.unknown"),
        ("x", {"ST": 0.5, "ME": 0.5}, "weight-set.weights"),
        ("x", {**FIVE, "ST": -1.0}, "weight-set.weights"),
        ("x", {}, "weight-set.weights"),
    ],
)
def test_what_cannot_be_kept_leaves_the_file_alone(folder: Path, name: str, weights: dict[str, float], code: str):
    before = (folder / "framework.toml").read_bytes()
    with pytest.raises(Problem) as caught:
        keep(folder, name, weights)
    assert caught.value.code == code
    assert (folder / "framework.toml").read_bytes() == before
    assert not list(folder.glob("*.part"))


def test_an_id_is_kept_once_and_may_hold_anything(folder: Path):
    odd = '</script>"\\=1+1 😀㙍\n'
    keep(folder, odd, FIVE)
    assert read(folder).weight_sets[-1].id == odd
    with pytest.raises(Problem) as caught:
        keep(folder, odd, FIVE)
    assert caught.value.code == "weight-set.id"


def test_the_command_keeps_a_result_in_json(folder: Path, tmp_path: Path):
    result = tmp_path / "r.json"
    result.write_text(json.dumps({"weights": FIVE}), "utf-8")
    place = ["--data", str(result), "--framework", str(folder)]
    assert main(["weights", "keep", *place, "--keep", "ahp", "--zh", "专家法"]) == 0
    assert read(folder).weight_sets[-1].id == "ahp"
