"""A folder whose locks do not work is found out at opening, and the person is told what to do.

No file system without locks can be mounted here, so the calls of the system are replaced one by one: what a server
answers to them is all that the program can see of it.
"""

from __future__ import annotations

import errno
import fcntl
import os
from pathlib import Path

import pytest

from assess.store import locking
from assess.store.ownership import Ownership, Unguarded, owner_file
from tests.store.test_killed import ME, start, stop


def yes_to_everybody(handle: int, operation: int) -> None:
    """A server that grants every lock."""


def no_locks(handle: int, *_: object) -> None:
    raise OSError(errno.ENOLCK, "No locks available")


def told(document) -> str:
    return document.read_only_reason.render("zh") if document.read_only_reason else ""


def test_where_locks_work_the_document_is_open_for_writing_and_nothing_stays_beside_it(create, reopen):
    document = create()
    path = document.path
    document.close()
    with reopen(path) as again:
        assert not again.read_only
        beside = sorted(each.name for each in path.parent.iterdir() if each.name.startswith("~$"))
        assert beside == [owner_file(path).name]
    assert not owner_file(path).exists()


def test_a_server_that_grants_every_lock_is_found_out_while_another_process_writes(create, reopen, monkeypatch):
    document = create()
    path = document.path
    document.close()
    other = start(path)
    try:
        monkeypatch.setattr(fcntl, "flock", yes_to_everybody)
        with reopen(path) as mine:
            assert mine.read_only
            assert "复制到本机" in told(mine)
            assert "交回" in told(mine)
    finally:
        stop(other)


@pytest.mark.parametrize("answer", [yes_to_everybody, no_locks])
def test_a_folder_without_locks_opens_for_reading_only_and_leaves_nothing_behind(create, reopen, monkeypatch, answer):
    document = create()
    path = document.path
    document.close()
    monkeypatch.setattr(fcntl, "flock", answer)
    with reopen(path) as mine:
        assert mine.read_only
        assert "文件锁" in told(mine)
    assert not [each.name for each in path.parent.iterdir() if each.name.startswith("~$")]


def test_ranges_of_bytes_that_two_handles_may_both_lock_count_as_no_locks(create, monkeypatch, clock):
    document = create()
    path = document.path
    document.close()
    monkeypatch.setattr(fcntl, "fcntl", lambda *_: None)
    with pytest.raises(Unguarded):
        Ownership.take(path, ME, clock())


def test_a_system_that_does_not_know_the_trial_lock_of_ranges_is_believed(create, reopen, monkeypatch):
    document = create()
    path = document.path
    document.close()

    def unknown(*_: object) -> None:
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(fcntl, "fcntl", unknown)
    with reopen(path) as mine:
        assert not mine.read_only


def test_a_folder_where_a_file_can_be_made_twice_counts_as_one_without_locks(create, monkeypatch, clock):
    document = create()
    path = document.path
    document.close()
    real = os.open

    def careless(name, flags, mode=0o777, **more):
        return real(name, flags & ~os.O_EXCL, mode, **more)

    monkeypatch.setattr(locking.os, "open", careless)
    with pytest.raises(Unguarded):
        Ownership.take(path, ME, clock())


def mounts(folder: Path, kind: str, options: str) -> str:
    place = str(folder).replace(" ", "\\040")
    return f"/dev/sda1 / ext4 rw 0 0\nserver:/share {place} {kind} {options} 0 0\n"


@pytest.mark.parametrize(
    ("kind", "options", "none"),
    [
        ("nfs4", "rw,vers=4.2,local_lock=none", False),
        ("nfs", "rw,vers=3,nolock", True),
        ("nfs", "rw,vers=3,local_lock=all", True),
        ("cifs", "rw,vers=3.1.1,nobrl", True),
        ("cifs", "rw,vers=3.1.1", False),
        ("ext4", "rw,nolock", False),
    ],
)
def test_a_mounted_folder_is_believed_when_it_says_that_its_locks_stay_on_this_machine(
    tmp_path, monkeypatch, kind, options, none
):
    share = tmp_path / "共享 盘"
    share.mkdir()
    said = tmp_path / "mounts"
    said.write_text(mounts(share, kind, options), encoding="utf-8")
    monkeypatch.setattr(locking, "MOUNTS", said)
    assert locking.shares_none(share) is none
    assert locking.shares_none(share / "甲" / "乙") is none
    assert locking.shares_none(tmp_path) is False


def test_without_a_list_of_mounts_nothing_is_claimed(tmp_path, monkeypatch):
    monkeypatch.setattr(locking, "MOUNTS", tmp_path / "none")
    assert locking.shares_none(tmp_path) is False
