"""Records of taking back fold the same in every order of arrival, and a merge with them stays a union."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from assess.store.events import FOUNDED, TAKEN_BACK, Author, Event, make
from assess.store.ledger import Ledger

START = datetime(2026, 7, 1, tzinfo=UTC)
WHO = Author("张三", "市委政法委")
STEP = st.one_of(
    st.tuples(st.just("set"), st.integers(0, 2), st.integers(0, 3), st.integers(0, 7)),
    st.tuples(st.just("back"), st.integers(0, 11), st.integers(1, 3), st.integers(0, 1)),
)


def history(steps) -> list[Event]:
    """Events in one order in which they could have been made: values on top of any earlier event, records of taking
    back that name runs of them, and later records of the same cell that lift them."""
    founding = make(WHO, START, FOUNDED, {"assessment": "x"}, parents=(), action="0", kind="create")[0]
    out = [founding]
    said: dict[str, Event] = {}
    for number, (kind, one, two, three) in enumerate(steps, 1):
        at = START + timedelta(seconds=number)
        if kind == "set":
            cell = (f"A{one}", "self")
            before = [event for event in out if event.cell == cell]
            parents = (before[three % len(before)].id,) if before else ()
            made = make(WHO, at, cell, two, parents=(founding.id, *parents), action=str(number), kind="answer")[0]
        else:
            plain = [event.id for event in out if event.cell != FOUNDED and event.item != TAKEN_BACK]
            named = sorted(plain[one : one + two])
            column = named[0][:16] if named else "none"
            parents = (said[column].id,) if column in said else ()
            value = {"events": named, "rulings": []} if named and not three else None
            made = make(WHO, at, (TAKEN_BACK, column), value, parents=(founding.id, *parents), action=str(number),
                        kind="taken_back")[0]  # fmt: skip
            said[column] = made
        if all(made.id != event.id for event in out):
            out.append(made)
    return out


def folded(events) -> tuple[object, ...]:
    ledger = Ledger()
    for event in events:
        ledger.add(event)
    heads = {cell: tuple(head.id for head in ledger.heads(cell)) for cell in ledger.cells}
    return ledger.values(), heads, set(ledger.conflicts()), frozenset(ledger.aside)


def shuffled(events: list[Event], seed: int) -> list[Event]:
    """Another order in which every event follows its parents."""
    waiting, done, out = list(events), set(), []
    chance = random.Random(seed)
    while waiting:
        ready = [event for event in waiting if set(event.parents) <= done]
        chosen = chance.choice(ready)
        waiting.remove(chosen)
        done.add(chosen.id)
        out.append(chosen)
    return out


@settings(max_examples=120, deadline=None)
@given(st.lists(STEP, max_size=12), st.integers(0, 1000))
def test_the_fold_follows_from_the_events_alone(steps, seed):
    events = history(steps)
    reference = folded(events)
    assert folded(shuffled(events, seed)) == reference
    assert folded(shuffled(events, seed + 1)) == reference


@settings(max_examples=120, deadline=None)
@given(st.lists(STEP, max_size=12))
def test_what_stands_aside_is_as_if_it_had_never_come(steps):
    """Without the events aside, and with those on top of them set on what was below, the values are the same."""
    events = history(steps)
    values, heads, _conflicts, aside = folded(events)
    assert all(head not in aside for cell, ids in heads.items() for head in ids if cell[0] != TAKEN_BACK)
    below: dict[str, tuple[str, ...]] = {}
    kept = {}
    for event in events:
        if event.item == TAKEN_BACK:
            continue
        parents = tuple(dict.fromkeys(name for parent in event.parents for name in below.get(parent, (parent,))))
        if event.id in aside:
            below[event.id] = parents
        else:
            kept[event.id] = (event, parents)
    followed = {parent for _, parents in kept.values() for parent in parents}
    for cell, ids in heads.items():
        if cell != FOUNDED and cell[0] != TAKEN_BACK:
            tops = {id for id, (event, _) in kept.items() if event.cell == cell and id not in followed}
            assert set(ids) == tops
    assert all(cell[0] != TAKEN_BACK for cell in values)


def test_nothing_can_set_the_founding_event_or_a_record_of_taking_back_aside():
    events = history([("set", 0, 1, 0), ("back", 0, 1, 0)])
    founding, value, record = events
    forged = make(WHO, START, (TAKEN_BACK, "forged"), {"events": [founding.id, record.id, 7, None], "rulings": "x"},
                  parents=(founding.id,), action="f", kind="taken_back")[0]  # fmt: skip
    ledger = Ledger()
    for event in (*events, forged):
        ledger.add(event)
    assert ledger.heads(FOUNDED) == (founding,)
    assert ledger.heads(record.cell) == (record,)
    assert ledger.heads(value.cell) == ()
    assert ledger.values() == {}
