"""Media that fail for real: small ones, write-protected ones, ones that are pulled out and put back.

Whatever needs mounting happens in a process with mounts of its own, so that nothing of it is seen outside. By which
means a medium is made depends on the machine: `device` (a file system on a loop device, for the administrator),
`namespace` (mounts in a namespace of one's own, for anybody), `limits` (where neither is allowed: limits of the
process, rights and names). A test is never left out; it runs by every means there is, and its result says which.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SHUTDOWN = 0x8004587D  # the file system refuses everything from now on, as when its device has gone


MOUNT = ["mount", "-t", "tmpfs", "tmpfs", "/mnt"]


def means() -> tuple[str, ...]:
    """What this machine lets us do, the nearest to life first; `limits` always."""
    if not _own_mounts():
        return ("limits",)
    device = _own_mounts() == ["unshare", "-m"] and shutil.which("mkfs.ext4") and _has_loop()
    return ("device", "namespace", "limits") if device else ("namespace", "limits")


@cache
def _own_mounts() -> list[str]:
    """The command before a program that is to have mounts of its own; empty where that is not allowed."""
    if os.name != "posix" or not shutil.which("unshare"):
        return []
    ways = (["unshare", "-m"], ["unshare", "-rm"])
    return next((way for way in ways if _works([*way, *MOUNT])), [])


def _works(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _has_loop() -> bool:
    return _works(["losetup", "-f"])


def run(script: Path, scenario: str, folder: Path, how: str) -> dict[str, Any]:
    """Run one scenario of a script in a process with mounts of its own; returns what it reports as JSON."""
    before = [] if how == "limits" else _own_mounts()
    done = subprocess.run(
        [*before, sys.executable, str(script), scenario, str(folder), how],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "XDG_DATA_HOME": str(folder / "own")},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


class Medium:
    """A place that can be made full, write-protected, pulled out and put back. `path` is where documents lie."""

    def __init__(self, folder: Path, how: str, size: int = 8_000_000) -> None:
        self.how, self.size = how, size
        self.path = folder / "U盘"
        self.path.mkdir(parents=True)
        self._store = folder / "store"
        self._store.mkdir()
        self._limit: int | None = None

    # ---------------------------------------------------------------- room
    def make_small(self) -> str:
        """A medium of `size` bytes. Returns the means."""
        if self.how == "limits":
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            return "limit on the size of files"
        _must(["mount", "-t", "tmpfs", "-o", f"size={self.size}", "tmpfs", str(self.path)])
        return "small memory file system"

    def fill(self) -> None:
        """Leave no room."""
        if self.how == "limits":
            largest = max(entry.stat().st_size for entry in self.path.glob("*.zhd"))
            self._limit = largest
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest, resource.RLIM_INFINITY))
            return
        with (self.path / "照片.bin").open("wb", buffering=0) as out:
            for chunk in (1 << 16, 1 << 12, 512):
                try:
                    while True:
                        out.write(b"x" * chunk)
                except OSError as error:
                    if error.errno != errno.ENOSPC:
                        raise

    def make_room(self) -> None:
        if self.how == "limits":
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        else:
            (self.path / "照片.bin").unlink()

    # ---------------------------------------------------------------- write protection and pulling out
    def attach(self) -> str:
        """A medium that can be protected and pulled out. Returns the means."""
        if self.how == "device":
            image = self._store / "stick.img"
            with image.open("wb") as out:
                out.truncate(24_000_000)
            _must(["mkfs.ext4", "-q", "-F", str(image)])
            _must(["mount", "-o", "loop", str(image), str(self.path)])
            return "file system on a loop device"
        if self.how == "namespace":
            _must(["mount", "--bind", str(self._store), str(self.path)])
            return "bound folder"
        self.path.rmdir()
        self._store.rename(self.path)
        return "folder"

    def protect(self) -> str:
        """Write-protect the medium, although a document on it is open for writing."""
        if self.how == "device":
            _must(["mount", "-o", "remount,abort", str(self.path)])
            return "file system turned read-only"
        for entry in (self.path, *self.path.iterdir()):
            entry.chmod(0o555 if entry.is_dir() else 0o444)
        heed_rights()
        return "rights taken away"

    def pull(self) -> str:
        """Pull it out without a word."""
        if self.how == "device":
            handle = os.open(self.path, os.O_RDONLY)
            try:
                fcntl.ioctl(handle, SHUTDOWN, ctypes.c_uint32(2))  # without writing out what is under way
            finally:
                os.close(handle)
            return "device gone"
        if self.how == "namespace":
            _must(["umount", "-l", str(self.path)])
            return "mount gone"
        self.path.rename(self._store)
        return "folder gone"

    def put_back(self) -> None:
        """Put it back in where it was."""
        if self.how == "device":
            _must(["umount", "-l", str(self.path)])
            again = self._store / "again.img"  # as the system sees it: the same bytes, another device
            shutil.copyfile(self._store / "stick.img", again)
            _must(["mount", "-o", "loop", str(again), str(self.path)])
        elif self.how == "namespace":
            _must(["mount", "--bind", str(self._store), str(self.path)])
        else:
            self._store.rename(self.path)


def heed_rights() -> None:
    """The administrator too is held by the rights of files from now on, in this thread (others always are)."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    sets = (ctypes.c_uint32 * 6)()  # effective, permitted, inheritable; twice
    assert libc.capget(header, sets) == 0
    sets[0] &= ~0b110  # overriding rights of writing and of reading
    assert libc.capset(header, sets) == 0


def _must(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, (command, done.stderr)
