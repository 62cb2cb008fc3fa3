"""Damage of any kind, anywhere in a file: it is taken in whole or refused with a sentence; the master stays sound."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assess.assessment import Assessment
from assess.packages.preview import Options
from assess.packages.taking import inspect, take_in
from tests.packages.conftest import OFFICE, WHO, Clock, filled, issued

DAMAGE = st.lists(
    st.tuples(st.floats(0, 1), st.sampled_from(["flip", "zero", "cut", "insert", "swap"]), st.integers(1, 400)),
    min_size=1, max_size=4,
)  # fmt: skip


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[Path, ...]]:
    """A master, and a sound package, an encrypted one and a form to be damaged."""
    from assess.answers import Profile
    from assess.framework.read import builtin

    folder, clock = tmp_path_factory.mktemp("完好"), Clock()
    profile = Profile("岚州市", base_date="2026-06-30", mode="formal")
    master = Assessment.create(folder / "主.zhd", builtin(), profile, author=OFFICE, now=clock, identity=WHO)
    files = {one.parcel.recipient.name: one for one in issued(master, folder, Options(forms=True)).files}
    back = filled(files["市公安局"].path, folder, clock)
    secret = folder / "密.zhd"
    with Assessment.open(back, author=OFFICE, now=clock, read_only=True) as returned:
        returned.save_copy(secret, "口令")
    form = files["市财政局"].form
    assert form is not None
    master.close()
    return master.path, (back, secret, form)


def damaged(data: bytearray, damage: list[tuple[float, str, int]]) -> bytes:
    for place, kind, size in damage:
        at = int(place * max(0, len(data) - 1))
        if kind == "flip":
            data[at : at + 1] = bytes([data[at] ^ (1 << size % 8)]) if data else b""
        elif kind == "zero":
            data[at : at + size] = bytes(len(data[at : at + size]))
        elif kind == "cut":
            del data[at : at + size]
        elif kind == "insert":
            data[at:at] = bytes(range(size % 256))
        else:
            data[at : at + size], data[:size] = data[:size], data[at : at + size]
        data = data or bytearray(b"x")
    return bytes(data)


@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.integers(0, 2), DAMAGE)
def test_a_damaged_file_is_taken_in_whole_or_refused(sound, tmp_path, which, damage):
    original, files = sound
    target = tmp_path / "主.zhd"
    shutil.copyfile(original, target)
    spoiled = tmp_path / files[which].name
    spoiled.write_bytes(damaged(bytearray(files[which].read_bytes()), damage))
    with Assessment.open(target, author=OFFICE, now=Clock()) as document:
        before = document._ledger.events.copy()
        looked = inspect(document, spoiled, passphrases=["口令"])
        (outcome,) = take_in(document, [spoiled], passphrases=["口令"]).outcomes
        assert document.verify() == ()
        if outcome.state == "refused":
            assert document._ledger.events == before
            assert outcome.problem is not None
            assert outcome.problem.sentence("zh")
        else:
            assert looked.state in ("waiting", "again")
    for path in tmp_path.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
