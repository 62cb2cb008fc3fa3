"""Peers made up for tests."""

from __future__ import annotations

from assess.benchmark.peers import Group, Peer, choose


def unit(name: str, total: float | None = 50.0, **fields: object) -> Peer:
    defaults: dict[str, object] = {
        "code": name,
        "region": "东部",
        "size": "中等",
        "tier": "市",
        "sample": False,
        "mode": "formal",
        "scores": {"total": total, "A": total, "B": total},
        "year": 2026,
    }
    return Peer(name, **{**defaults, **fields})  # type: ignore[arg-type]


def crowd(*totals: float | None) -> tuple[Peer, ...]:
    return tuple(unit(f"城{place}", total) for place, total in enumerate(totals))


def group(me: Peer, *totals: float | None) -> Group:
    return choose(me, crowd(*totals), by="level")
