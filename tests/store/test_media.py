"""Nothing acknowledged is lost: full disks, pulled sticks, write protection, second writers, all of it for real."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.store import media

SCRIPT = Path(__file__).with_name("on_media.py")


@pytest.fixture(params=media.means())
def run(request: Any, tmp_path: Path, record_property: Any) -> Any:
    def one(scenario: str) -> dict[str, Any]:
        result = media.run(SCRIPT, scenario, tmp_path / "m", request.param)
        record_property("means", result["means"])
        assert result["means"]
        return result

    return one


def says(problem: dict[str, str], code: str, *words: str) -> None:
    """One sentence on what is the matter and one on what to do, with nothing of the system's own English in Chinese."""
    assert problem["code"] == code
    assert all(word in problem["zh"] for word in words), problem["zh"]
    plain = problem["zh"].replace("zhd", "").replace("U盘", "").replace("journal", "").replace("GB", "")
    assert not any(sign.isascii() and sign.isalpha() for sign in plain), problem["zh"]
    assert problem["zh"].count("。") >= 2
    assert problem["en"].count(". ") >= 1


def test_a_disk_that_fills_loses_nothing_that_was_acknowledged_and_writing_goes_on_after_it(run):
    result = run("full")
    codes = ("store.disk-full", "store.too-large-here")
    assert result["problem"]["code"] in codes
    says(result["problem"], result["problem"]["code"])
    assert result["shown"]
    assert result["lost"] == []
    assert result["sound"]


def test_on_a_full_disk_an_open_window_keeps_what_is_typed_and_writes_it_when_there_is_room(run):
    result = run("full_patient")
    says(result["problem"], result["problem"]["code"])
    assert result["shown"]
    assert result["waiting"] == 40
    assert result["still"]
    assert result["left"] == 0
    assert result["lost"] == []
    assert result["sound"]


def test_a_file_too_large_for_the_medium_leaves_no_link_and_its_room_is_free_again(run):
    result = run("full_attaching")
    says(result["problem"], result["problem"]["code"])
    assert result["grown"] < 200_000
    assert result["evidence"] == []
    assert result["loose"] == 0
    assert result["lost"] == []
    assert result["sound"]


def test_a_stick_pulled_out_and_put_back_gets_everything_that_was_typed_meanwhile(run):
    result = run("pulled")
    assert result["problem"]["code"] in ("store.medium-failed", "store.moved", "store.missing", "store.no-folder")
    says(result["problem"], result["problem"]["code"])
    assert result["shown"]
    assert result["waiting"] == 10
    assert result["lost_in_copy"] == []
    assert result["copy_sound"]
    assert result["left"] == 0
    assert result["lost"] == []
    assert result["sound"]
    assert result["read_only"] == ""


def test_what_was_typed_after_the_stick_was_pulled_out_is_there_at_the_next_opening_on_this_computer(run):
    result = run("pulled_for_good")
    assert result["lost"] == []
    assert result["rescued"] == 10
    assert result["again"] == 0
    assert result["sound"]


def test_a_medium_that_turns_read_only_is_said_and_a_copy_elsewhere_has_everything(run):
    result = run("protected")
    says(result["problem"], "store.read-only-medium", "写")
    assert result["lost_in_copy"] == []
    assert "只读" in result["reason"]
    assert result["refused"] == "store.read-only-medium"
