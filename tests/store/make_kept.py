"""Write tests/store/kept/version-N.zhd with the present code: `python -m tests.store.make_kept`, once for each version.

A kept file is never written again after a release: it stands for the documents people have.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from assess.answers import Answer, Evidence, Profile
from assess.assessment import Assessment, Author
from assess.framework.read import builtin
from assess.store.schema import VERSION

KEPT = Path(__file__).with_name("kept")
IDENTITY = UUID("00000000-0000-4000-8000-000000000001")


class Minutes:
    """A clock that moves one minute at every look."""

    def __init__(self) -> None:
        self.at = datetime(2026, 3, 1, 8, 0, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.at += timedelta(minutes=1)
        return self.at


def fill(path: Path) -> None:
    """A document with one of everything that a file can hold."""
    now = Minutes()
    profile = Profile(
        "岚州市\n㙍𡐓 </script>", code="990101", tier="市", base_date="2025-12-31", year=2025, population=312.5
    )
    zhang, li = Author("张三", "市委政法委", "科长"), Author("李四", "市大数据局", "处长", "reviewer")
    codes = list(builtin().indicators)
    with Assessment.create(path, builtin(), profile, author=zhang, now=now, identity=IDENTITY) as document:
        document.answer(codes[0], Answer.of_level(3, ["3.1"]))
        document.answer(codes[1], Answer.of_level(1))
        document.undo()
        document.answer(codes[2], Answer.not_applicable("无此情形 =1+1"))
        document.note(codes[0], "备注 😀")
        proof = path.with_name("会议纪要.txt")
        proof.write_bytes("纪要\n".encode() * 160_000)
        document.add_evidence(codes[0], Evidence("e1", "会议纪要", number="〔2025〕3号", grade="A"), proof)
        document.red_line("R1", "raised", "待核")
        document.claim_bonus("J1", "省级表彰", "〔2025〕9号")
        copy = path.with_name("副本.zhd")
        document.save_copy(copy)
    with Assessment.open(copy, author=li, now=now) as document:
        document.answer(codes[0], Answer.of_level(2), "review")
        document.answer(codes[1], Answer.of_level(4))
    with Assessment.open(path, author=zhang, now=now) as document:
        document.answer(codes[1], Answer.of_level(5))
        document.merge(copy)
        document.seal()


def main() -> None:
    with TemporaryDirectory() as folder:
        made = Path(folder) / "made.zhd"
        fill(made)
        (KEPT / f"version-{VERSION}.zhd").write_bytes(made.read_bytes())


if __name__ == "__main__":
    main()
