"""The demonstration: its reports come in the order of the cities, with processes of their own or without."""

from __future__ import annotations

import concurrent.futures
from pathlib import Path

import pytest

from assess.problems import Problem
from forms.commands import demo


def test_without_room_for_processes_the_reports_are_made_here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def no_semaphores(*_given: object, **_named: object) -> None:
        raise FileNotFoundError("/dev/shm")

    monkeypatch.setattr(concurrent.futures, "ProcessPoolExecutor", no_semaphores)
    made = list(demo.all_reports(["990303", "990101"], str(tmp_path), "zh", ("html",), 2))
    assert made == [["990303 示例·雪岭地区.html"], ["990101 示例·云澜市.html"]]
    assert {path.name for path in tmp_path.iterdir()} == {name for names in made for name in names}


def test_processes_started_afresh_write_the_same_bytes(tmp_path: Path) -> None:
    for folder, jobs in (("here", 1), ("there", 2)):
        (tmp_path / folder).mkdir()
        list(demo.all_reports(["990303"], str(tmp_path / folder), "zh", ("html", "pdf"), jobs))
    here, there = (sorted((tmp_path / folder).iterdir()) for folder in ("here", "there"))
    assert [path.name for path in here] == [path.name for path in there]
    assert [path.read_bytes() for path in here] == [path.read_bytes() for path in there]


def test_formats_are_told_apart_and_a_wrong_one_is_named() -> None:
    assert demo.chosen_formats("PDF, html,pdf") == ("pdf", "html")
    for wrong in ("docy", "", "html,odt"):
        with pytest.raises(Problem) as caught:
            demo.chosen_formats(wrong)
        assert caught.value.code == "report.format"
