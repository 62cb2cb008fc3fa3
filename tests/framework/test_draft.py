"""Nothing of the framework's source notes is lost in the shipped files."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from assess.framework.sources import FRAMEWORKS, load
from tests.framework.draft_pieces import digest, from_draft, from_toml

HERE = Path(__file__).parent
NOTES = HERE.parents[2] / "shared" / "domain"
KEPT = json.loads((HERE / "data" / "draft-digests.json").read_text(encoding="utf-8"))
NAMES = ("framework-draft.json", "examples.json", "glossary.json", "checks.json")


@pytest.fixture(scope="module")
def shipped():
    files = {name: tomllib.loads(text) for name, text in load(FRAMEWORKS / "zhiheng").items()}
    return from_toml(files)


def test_every_piece_of_the_notes_is_in_the_files_and_nothing_else(shipped):
    assert set(shipped) == set(KEPT)


def test_every_piece_has_the_digest_it_had_in_the_notes(shipped):
    changed = [name for name, value in shipped.items() if digest(value) != KEPT[name]]
    assert changed == []


def test_the_counts_are_those_of_the_notes(shipped):
    counts = Counter(name.partition(".")[0] for name in shipped)
    assert counts["indicator"] == 69
    assert counts["node"] == 25
    assert counts["clause"] == 132
    assert counts["crosswalk"] == 57
    assert counts["example"] == 69
    assert counts["term"] == 195
    assert counts["check"] == 144
    assert counts["pattern"] == 9
    assert counts["rule"] == 112


def test_the_digests_kept_are_those_of_the_notes_where_the_notes_are_at_hand():
    if all((NOTES / name).is_file() for name in NAMES):
        notes = [json.loads((NOTES / name).read_text(encoding="utf-8")) for name in NAMES]
        now = {name: digest(value) for name, value in from_draft(*notes).items()}
    else:
        now = dict(KEPT)
    assert now == KEPT


def test_a_changed_figure_would_be_noticed(shipped):
    item = json.loads(json.dumps(shipped["indicator.ST2.3"]))
    item["number"]["full"] = 96
    assert digest(item) != KEPT["indicator.ST2.3"]
