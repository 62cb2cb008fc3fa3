"""Weights from a file in place of the framework's own."""

from __future__ import annotations

import csv
import json

import numpy as np
import pytest

from assess.framework.read import from_sources
from assess.index.chain import index
from assess.index.data import Data
from assess.index.weights import read, reweighted
from assess.problems import Problem
from forms.cli import main

TEXT = """code = "x"
title = { zh = "甲", en = "x" }
[[node]]
code = "p"
aggregation = "sum"
name = { zh = "分", en = "points" }
[[indicator]]
code = "p.1"
kind = "yesno"
name = { zh = "一", en = "one" }
[[indicator]]
code = "a"
kind = "number"
name = { zh = "二", en = "two" }
number = { zero = 0, full = 100 }
[[indicator]]
code = "b"
kind = "number"
name = { zh = "三", en = "three" }
number = { zero = 0, full = 100 }
"""
FRAMEWORK = from_sources({"framework.toml": TEXT})
DATA = Data(
    ("u", "v"), ("", ""), ("p.1", "a", "b"), np.array([[100.0, 0], [50, 10], [0, 90]]), np.zeros((3, 2), np.int8)
)


def test_weights_of_a_file_count_among_siblings():
    found = index(reweighted(FRAMEWORK, {"p": 1, "a": 2, "b": 1}), DATA)
    assert found.total.tolist() == pytest.approx([(100 + 100 + 0) / 4, (0 + 20 + 90) / 4])
    assert found.recipe["weights"]["a"] == 2
    assert index(reweighted(FRAMEWORK, {"p": 0.1, "a": 0.2, "b": 0.1}), DATA).total == pytest.approx(found.total)


def test_a_weight_of_0_leaves_an_item_out():
    assert index(reweighted(FRAMEWORK, {"p": 1, "a": 0, "b": 1}), DATA).total.tolist() == [50, 45]


@pytest.mark.parametrize(
    ("weights", "code"),
    [
        ({"zz": 1}, "index.weight-unknown"),
        ({"a": 1}, "index.weight-siblings"),
        ({"p": 1, "a": -1, "b": 1}, "index.weight-value"),
        ({"p": 1, "a": float("nan"), "b": 1}, "index.weight-value"),
        ({"p": 0, "a": 0, "b": 0}, "index.weight-value"),
        ({"p.1": 1}, "index.weight-points"),
    ],
)
def test_weights_that_cannot_be_are_refused(weights, code):
    with pytest.raises(Problem) as caught:
        reweighted(FRAMEWORK, weights)
    assert caught.value.code == code
    assert caught.value.sentence("zh") != caught.value.sentence("en")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("w.json", json.dumps({"method": "given", "weights": {"p": 1, "a": 2, "b": 1}})),
        ("w.json", json.dumps({"p": 1, "a": 2, "b": 1})),
        ("w.csv", "code,weight\np,1\na,2\nb,1\n"),
        ("w.csv", "p,1\na,2\nb,1\n"),
    ],
)
def test_a_file_of_weights_is_read(tmp_path, name, text):
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert read(tmp_path / name) == {"p": 1, "a": 2, "b": 1}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("w.json", "[]"),
        ("w.json", "{"),
        ("w.json", '{"a": "1"}'),
        ("w.json", '{"a": true}'),
        ("w.csv", "code,weight\n"),
    ],
)
def test_a_file_without_weights_is_told(tmp_path, name, text):
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(Problem) as caught:
        read(tmp_path / name)
    assert caught.value.code == "index.weights-file"


def test_the_command_takes_them(tmp_path):
    (tmp_path / "f").mkdir()
    (tmp_path / "f" / "framework.toml").write_text(TEXT, encoding="utf-8")
    (tmp_path / "t.csv").write_text("unit,p.1,a,b\nu,1,50,0\nv,0,10,90\n", encoding="utf-8")
    (tmp_path / "w.csv").write_text("p,1\na,2\nb,1\n", encoding="utf-8")
    code = main(["index", "--framework", str(tmp_path / "f"), "--data", str(tmp_path / "t.csv"), "--weights",
                 str(tmp_path / "w.csv"), "--out", str(tmp_path / "o")])  # fmt: skip
    assert code == 0
    with (tmp_path / "o" / "scores.csv").open(encoding="utf-8-sig") as stream:
        assert [float(row["total"]) for row in csv.DictReader(stream)] == pytest.approx([50, 27.5])
