"""Killed at any moment: no answer is lost that had been acknowledged, and the file is sound."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assess.answers import Answer
from assess.assessment import Assessment, Author
from assess.problems import Problem
from assess.store.ownership import Ownership, Taken, owner_file
from assess.store.secrecy import has_journal

PROCESS = Path(__file__).with_name("answering_process.py")
ROOT = PROCESS.parent.parent.parent
ME = Author("王五")


def start(path: Path, passphrase: str = "") -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, str(PROCESS), str(path), passphrase],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "XDG_DATA_HOME": str(path.parent)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline().startswith("ready")
    return process


def stop(process: subprocess.Popen[str]) -> list[int]:
    """Kill it and return what it had acknowledged."""
    process.kill()
    out, _ = process.communicate()
    return [int(line) for line in out.split() if line.isdigit()]


@pytest.mark.parametrize("passphrase", ["", "秘密"])
@pytest.mark.parametrize("seed", range(4))
def test_no_acknowledged_answer_is_lost_when_the_process_is_killed(create, clock, seed, passphrase):
    document = create(passphrase=passphrase or None)
    document.close()
    chance = random.Random(f"{seed}{passphrase}")
    total = 0
    for _ in range(2):
        process = start(document.path, passphrase)
        time.sleep(chance.uniform(0.01, 0.35))
        acknowledged = stop(process)
        opened = Assessment.open(document.path, author=ME, now=clock, passphrase=passphrase or None)
        assert not opened.read_only
        kept = [int(event.value) for event in opened.history("A1", "note")]
        levels = [event.value["level"] for event in opened.history("A1", "self")]
        assert set(acknowledged) <= set(kept)
        assert levels == [number % 6 for number in kept]  # both cells of one operation, or neither
        assert kept == sorted(kept)
        assert opened.verify() == ()
        assert not has_journal(document.path)
        opened.close()
        total += len(acknowledged)
    assert total > 0
    assert not owner_file(document.path).exists()


def test_a_killed_process_leaves_an_owner_file_that_does_not_lock_anybody_out(create, clock):
    document = create()
    document.close()
    process = start(document.path)
    assert owner_file(document.path).exists()
    stop(process)
    assert owner_file(document.path).exists()
    opened = Assessment.open(document.path, author=ME, now=clock)
    assert not opened.read_only
    opened.close()
    assert not owner_file(document.path).exists()


def test_a_second_process_reads_only_and_is_told_who_has_it_open(create, clock):
    document = create()
    document.close()
    process = start(document.path)
    try:
        opened = Assessment.open(document.path, author=ME, now=clock)
        assert opened.read_only_reason is not None
        reason = opened.read_only_reason.render("zh")
        assert "进程" in reason
        assert str(datetime.now(UTC).astimezone().year) in reason
        with pytest.raises(Problem) as caught:
            opened.answer("A2", Answer.of_level(1))
        assert caught.value.code == "store.read-only"
        opened.close()
        assert owner_file(document.path).exists()
    finally:
        stop(process)


def test_the_same_document_opened_twice_in_one_program_is_read_only_the_second_time(create, reopen, clock):
    first = create()
    first.answer("A1", Answer.of_level(2))
    second = Assessment.open(first.path, author=ME, now=clock)
    assert second.read_only
    assert second.sheet.answer("A1") == Answer.of_level(2)
    first.answer("A1", Answer.of_level(3))
    second.close()
    third = reopen(first, author=ME)
    assert not third.read_only


def test_an_owner_file_nobody_can_read_still_says_that_the_document_is_taken(create, clock):
    document = create()
    owner_file(document.path).write_bytes(b"\xff\x00 nonsense")
    with pytest.raises(Taken) as caught:
        Ownership.take(document.path, ME, clock())
    for language in ("zh", "en"):
        assert "?" in caught.value.owner.reason.render(language)


def test_an_owner_without_unit_is_named_without_brackets(create, clock):
    document = create(author=Author("王五"))
    with pytest.raises(Taken) as caught:
        Ownership.take(document.path, ME, clock())
    assert caught.value.owner.reason.render("zh").startswith("王五自 2026-03-01")


def test_the_lock_passes_on_after_release(tmp_path, clock):
    document = tmp_path / "x.zhd"
    first = Ownership.take(document, ME, clock())
    with pytest.raises(Taken):
        Ownership.take(document, ME, clock())
    first.release()
    first.release()
    second = Ownership.take(document, ME, clock())
    second.release()
    assert list(tmp_path.iterdir()) == []
