"""A master of 9,000 items, issued to 300 units of 30 items each, and their returns with evidence."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from assess import seen as module
from assess.answers import Answer, Evidence, Profile
from assess.assessment import Assessment, Author
from assess.framework.indicator import Indicator, Level
from assess.framework.model import Framework, Node
from assess.language import Words

WHO = UUID("22222222-2222-4333-8444-555555555555")
_at = [datetime(2026, 7, 3, tzinfo=UTC)]


def now() -> datetime:
    _at[0] += timedelta(seconds=1)
    return _at[0]


def framework(count: int = 9000) -> Framework:
    """Many plain items under one node. Its sources only name it, so it is put where read frameworks are kept."""
    codes = tuple(f"X{number:05d}" for number in range(count))
    levels = tuple(Level(n, Words(f"{n}级", f"level {n}")) for n in range(6))
    items = {
        code: Indicator(code, Words(code, code), "level", Words("?", "?"), 1.0, 1 / count, levels=levels,
                        tiers=("市",), lead=Words(f"单位{n // 30:03d}"))
        for n, code in enumerate(codes)
    }  # fmt: skip
    made = Framework(
        code="many", version="1", title=Words("多", "Many"), digest="9" * 64,
        nodes={"total": Node("total", Words("总", "Total"), 1.0, codes)}, indicators=items, modes={},
        sources={"framework.toml": "# 多\n"},
    )  # fmt: skip
    module._read[module._key(made.sources)] = made
    return made


def make(folder: Path, returns: int, items: int, evidence: int) -> None:
    whole = framework(returns * items)
    profile = Profile("岚州市", mode="formal")
    codes = list(whole.indicators)
    master = Assessment.create(folder / "主文件.zhd", whole, profile, author=Author("张三"), now=now, identity=WHO)
    proof = folder / "证明.bin"
    for number in range(returns):
        own = tuple(codes[number * items : (number + 1) * items])
        path = folder / f"返回_单位{number:03d}.zhd"
        key = f"department:单位{number:03d}"
        master.issue_copy(path, own, package={"key": key, "to": f"单位{number:03d}"})
        with Assessment.open(path, author=Author("李四", f"单位{number:03d}"), now=now) as package:
            package.answer_many({code: Answer.of_level(number % 6) for code in own})
            for code in own[:5]:
                package.note(code, "说明" * 40)
            with proof.open("wb") as out:
                for _ in range(evidence // returns >> 16):
                    out.write(os.urandom(1 << 16))
            package.add_evidence(own[0], Evidence("", "证明"), proof)
            package.seal()
            package.set_role("returned")
    proof.unlink()
    master.close()


framework()
