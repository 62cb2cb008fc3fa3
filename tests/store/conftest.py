"""A small framework, a clock that only moves when told, and documents in a folder with an awkward name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from assess import seen as module
from assess.answers import Profile
from assess.assessment import Assessment, Author
from assess.framework.indicator import Indicator
from assess.framework.model import Framework, Node
from assess.language import Words

WHO = UUID("11111111-2222-4333-8444-555555555555")
ZHANG = Author("张三", "市委政法委", "科长")
LI = Author("李四", "市大数据局", "科员", "reviewer")


def small_framework(version: str = "1", codes: tuple[str, ...] = ("A1", "A2", "A3")) -> Framework:
    """A framework of three items, built by hand."""
    items = {
        code: Indicator(code, Words(f"指标{code}", code), "level", Words("?", "?"), 1.0, 1 / len(codes))
        for code in codes
    }
    return Framework(
        code="small",
        version=version,
        title=Words("小", "Small"),
        digest=f"{int(version):064x}",
        nodes={"total": Node("total", Words("总", "Total"), 1.0, codes)},
        indicators=items,
        modes={},
        sources={"framework.toml": f"# 版本 {version}\n", "a.toml": "题 = '</script>'\n"},
    )


class Clock:
    """Moves one second at every look, or stands still, or goes back."""

    def __init__(self) -> None:
        self.at = datetime(2026, 3, 1, 8, 0, 0, tzinfo=UTC)
        self.step = timedelta(seconds=1)

    def __call__(self) -> datetime:
        self.at += self.step
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def framework(monkeypatch: pytest.MonkeyPatch) -> Framework:
    one = small_framework()
    monkeypatch.setattr(module, "_read", {module._key(one.sources): one})
    return one


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "岚州市 2026年 😀 'x\" %20?"
    made.mkdir()
    return made


Maker = Callable[..., Assessment]


@pytest.fixture
def create(folder: Path, framework: Framework, clock: Clock) -> Iterator[Maker]:
    """Make documents; they are closed at the end of the test."""
    made: list[Assessment] = []

    def build(name: str = "岚州市.zhd", author: Author = ZHANG, **more: object) -> Assessment:
        profile = Profile("岚州市\n㙍𡐓 </script> =1+1", code="990101", tier="市", population=312.5)
        more = {"identity": WHO, **more}
        document = Assessment.create(folder / name, framework, profile, author=author, now=clock, **more)  # type: ignore[arg-type]
        made.append(document)
        return document

    yield build
    for document in made:
        document.close()


@pytest.fixture
def reopen(clock: Clock) -> Iterator[Maker]:
    made: list[Assessment] = []

    def again(document: Assessment | Path, author: Author = ZHANG, **more: object) -> Assessment:
        if isinstance(document, Assessment):
            document.close()
            path = document.path
        else:
            path = document
        opened = Assessment.open(path, author=author, now=clock, **more)  # type: ignore[arg-type]
        made.append(opened)
        return opened

    yield again
    for document in made:
        document.close()
