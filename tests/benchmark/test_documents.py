"""A document as a peer (D22)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from assess.answers import Profile
from assess.assessment import Assessment, Author
from assess.benchmark.peers import from_document, peer
from assess.framework.read import builtin
from assess.measure.score import score
from assess.problems import Problem
from assess.samples.cities import cities


def clock():
    start = datetime(2026, 6, 30, tzinfo=UTC)
    count = iter(range(10**6))
    return lambda: start + timedelta(seconds=next(count))


def document(path, mode, passphrase=None):
    city = cities()[6]
    profile = Profile("乙市", code="990777", mode=mode, region="西部", size="中等", year=2026)
    author = Author("甲", role="command line")
    made = Assessment.create(path, builtin(), profile, author=author, now=clock(), passphrase=passphrase)
    made.set_cells({cell: value for cell, value in city.cells.items() if not cell[0].startswith("@")})
    expected = peer(made.framework, made.profile, score(made.framework, made.sheet))
    made.close()
    return expected


def test_a_document_of_the_library_gives_the_peer_of_its_scores(tmp_path):
    expected = document(tmp_path / "乙市.zhd", "formal")
    found = from_document(tmp_path / "乙市.zhd")
    assert found == expected
    assert found.total is not None
    assert not list(tmp_path.glob("~$*"))


def test_a_self_assessment_is_read_and_marked_by_its_mode(tmp_path):
    document(tmp_path / "乙市.zhd", "self")
    assert from_document(tmp_path / "乙市.zhd").mode == "self"


def test_a_practice_document_is_refused(tmp_path):
    document(tmp_path / "练习.zhd", "training")
    with pytest.raises(Problem) as caught:
        from_document(tmp_path / "练习.zhd")
    assert caught.value.code == "benchmark.training"


def test_a_protected_document_needs_its_passphrase(tmp_path):
    document(tmp_path / "密.zhd", "formal", "口令一二三")
    with pytest.raises(Problem):
        from_document(tmp_path / "密.zhd")
    assert from_document(tmp_path / "密.zhd", "口令一二三").total is not None


def test_what_is_not_a_document_is_told_as_such(tmp_path):
    (tmp_path / "假.zhd").write_bytes(b"=1+1" * 2000)
    with pytest.raises(Problem):
        from_document(tmp_path / "假.zhd")
