"""One fictional city on its way: answers by its archetype, evidence, notes, until its figures are those asked for."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from assess.answers import Answer, Cell, Evidence, Json, Profile, Sheet
from assess.framework.indicator import Indicator
from assess.framework.model import Framework
from assess.framework.tiers import tailored
from assess.measure.result import Scores
from assess.measure.scales import value
from assess.measure.score import score
from assess.samples.making import answer_for, of_level, of_number
from assess.walk import skips

TOLERANCE = 0.05
FOLLOWS = {"SH1.3": "SH1.1", "SH3.3": "SH3.4", "ME4.3": "ST4.3", "TA2.3": "ME5.1"}
NEVER_WITHOUT_DATA = {"SE4.2", "ME2.1"}


class City:
    """One city in the making."""

    def __init__(self, framework: Framework, common: Mapping[str, Any], spec: Mapping[str, Any]) -> None:
        self.spec = spec
        self.rng = random.Random(f"{common['seed']}/{spec['code']}")
        self.base_date = date.fromisoformat(common["base_date"])
        self.profile = Profile(
            unit=spec["name"], code=spec["code"], mode="formal", base_date=common["base_date"], year=common["year"],
            region=spec["region"], size=spec["size"], population=spec["population"], counties=spec["counties"],
            sample=True, compiled_by="示例评估专班", blurb=spec["blurb"]["zh"],
            parameters={"townships": spec["townships"], "rank": spec.get("rank", "")},
        )  # fmt: skip
        self.framework = tailored(framework, self.profile)
        self.answers: dict[str, Answer] = {}
        self.pinned: set[str] = set()
        self.low: dict[str, float] = {}
        self.lacking: set[str] = set()

    def dimension_of(self, code: str) -> str:
        return self.framework.path(code)[1]

    def own_score(self, code: str) -> float:
        found = value(self.framework.indicators[code], self.answers[code]).score
        return found if found is not None else 0.0

    def floors(self) -> None:
        """The lowest score of each key and outcome item, from what the stage expected needs."""
        floors = self.spec.get("floors", {})
        keys = [item.code for item in self.framework.indicators.values() if item.key]
        forced = self.spec.get("forced", {})
        for code in keys:
            self.low[code] = 20.0 * floors.get("key", 0)
        free = [code for code in keys if code not in forced]
        self.rng.shuffle(free)
        for code in free[: floors.get("key_at_3", 0) + 1 if "key_at_3" in floors else 0]:
            self.low[code] = max(self.low[code], 60.0)
        for item in self.framework.indicators.values():
            if item.outcome and "outcome" in floors:
                self.low[item.code] = float(floors["outcome"])

    def first_answers(self) -> None:
        targets = self.spec["targets"]
        forced = self.spec.get("forced", {})
        for item in self.framework.indicators.values():
            code = item.code
            difficulty = random.Random(f"difficulty/{code}").uniform(-11, 11)
            wanted = targets[self.dimension_of(code)] + difficulty + self.rng.uniform(-15, 15)
            if code in FOLLOWS and FOLLOWS[code] in self.answers:
                wanted = 0.4 * wanted + 0.6 * self.own_score(FOLLOWS[code])
            wanted = max(wanted, self.low.get(code, 0.0))
            self.answers[code] = answer_for(item, wanted, self.rng, self.profile)
            if code == "SE4.2":
                self.answers[code] = Answer.of_choice("no")
            if code == "ME2.1":
                self.answers[code] = Answer.of_choice("yes")
            if item.kind == "yesno":
                self.pinned.add(code)
            if code in forced:
                given = forced[code]
                self.answers[code] = of_level(item, given) if isinstance(given, int) else Answer.of_choice(given)
                self.pinned.add(code)
            elif self.own_score(code) < self.low.get(code, 0.0):
                lowest = self.low[code] + (0 if item.kind == "level" else 3)
                self.answers[code] = answer_for(item, lowest, self.rng, self.profile)
        self.pinned |= {"SH1.1", "SH3.4", "SH3.3", "SH1.3"}
        for code in skips(self.framework, self.sheet()):
            del self.answers[code]

    def without_data(self) -> None:
        """Mark the share of items that the archetype leaves without data: light ones, never key or outcome items."""
        count = round(self.spec.get("no_data", 0.0) * len(self.framework.indicators))
        dimensions = [node.code for node in self.framework.dimensions]
        for place, code in enumerate(dimensions):
            light = sorted(
                (self.framework.indicators[leaf] for leaf in self.framework.leaves(code)
                 if leaf in self.answers and leaf not in self.pinned | NEVER_WITHOUT_DATA and not self.weighty(leaf)),
                key=lambda item: (item.global_weight, item.code),
            )[:5]  # fmt: skip
            here = count // len(dimensions) + (place < count % len(dimensions))
            for item in self.rng.sample(light, here):
                self.answers[item.code] = Answer.no_data("示例：统计口径尚未建立，下一周期补报")
                self.pinned.add(item.code)

    def weighty(self, code: str) -> bool:
        """Key, core and outcome items: too much hangs on them to be left without data."""
        item = self.framework.indicators[code]
        return item.key or item.core or item.outcome

    def sheet(self, extra: Mapping[Cell, Json] | None = None) -> Sheet:
        cells: dict[Cell, Json] = {(code, "self"): answer.to_json() for code, answer in self.answers.items()}
        for code, answer in self.answers.items():
            cells.update(self.evidence(self.framework.indicators[code], answer))
        cells.update(extra or {})
        return Sheet(self.profile).with_cells(cells)

    def evidence(self, item: Indicator, answer: Answer) -> dict[Cell, Json]:
        """Registered pieces of one item; the same call always gives the same pieces."""
        if item.code in self.lacking or answer.kind in {"na", "nd"} or not self.needs_evidence(item, answer):
            return {}
        rng = random.Random(f"{self.profile.code}/{item.code}/evidence")
        full = self.own_score(item.code) >= 100.0
        wanted: list[tuple[str, tuple[str, ...]]]
        if item.kind == "multi":
            wanted = [
                (option.evidence.zh or option.words.zh, (option.key,))
                for option in item.options
                if option.key in answer.ticked
            ]
        else:
            count = rng.choice((1, 1, 2))
            wanted = [(words.zh, ()) for words in item.evidence[: 2 if full else count]]
        cells: dict[Cell, Json] = {}
        for name, options in wanted:
            mark = hashlib.sha256(f"{self.profile.code}/{item.code}/{name}/{options}".encode()).hexdigest()[:12]
            day = self.base_date - timedelta(days=rng.randint(10, 350))
            piece = Evidence(
                mark, name, number=f"示例字〔{day.year}〕{rng.randint(1, 90)}号", date=day.isoformat(),
                pages=f"{rng.randint(1, 3)}—{rng.randint(4, 9)}", place=f"示例资料目录第{rng.randint(1, 60)}项",
                options=options, grade=rng.choice("ABBB" if full else "ABBC"),
            )  # fmt: skip
            cells[(item.code, f"evidence/{mark}")] = piece.to_json()
        return cells

    def needs_evidence(self, item: Indicator, answer: Answer) -> bool:
        if item.code == "SE4.2" and answer.choice == "no":
            return False
        return self.own_score(item.code) > 0

    def leave_evidence_out(self) -> None:
        """Some items have no evidence: numbers (their source suffices for the score) and rubric levels up to 2, but no
        key item."""
        count = round((1 - self.spec["evidence"]) * len(self.framework.indicators))
        able = [
            code
            for code, answer in self.answers.items()
            if answer.kind == "number" or (answer.kind == "level" and (answer.level or 0) in {1, 2})
        ]
        self.rng.shuffle(able)
        self.lacking = set([code for code in able if not self.framework.indicators[code].key][:count])

    def steer(self) -> Scores:
        """Move free answers a step at a time until every dimension is within the tolerance of its target."""
        for dimension, target in self.spec["targets"].items():
            least = self.spec.get("at_least", {}).get(dimension)
            for _ in range(200):
                result = score(self.framework, self.sheet())
                now = result.nodes[dimension].score
                assert now is not None
                if abs(now - target) <= TOLERANCE and (least is None or now >= least):
                    break
                if not self.step(result, dimension, target - now + (0.05 if least is not None else 0.0)):
                    break
        return score(self.framework, self.sheet())

    def step(self, result: Scores, dimension: str, miss: float) -> bool:
        """Take the step (or where none helps, the two steps) nearest to closing the miss; False when none helps."""
        steps: list[tuple[float, str, Answer]] = []
        target = self.spec["targets"][dimension]
        for code in self.framework.leaves(dimension):
            if code in self.pinned or result.items[code].state != "answered":
                continue
            weight = result.items[code].share / result.nodes[dimension].share
            for answer in self.moves(code, miss / weight if weight else 0.0):
                change = (value(self.framework.indicators[code], answer).score or 0.0) - self.own_score(code)
                steps.append((weight * change, code, answer))
        singles = [
            (abs(miss - change) + 0.03 * abs((value(self.framework.indicators[code], answer).score or 0.0) - target),
             ((code, answer),))
            for change, code, answer in steps if abs(miss - change) < abs(miss) - 1e-6
        ]  # fmt: skip
        pairs = [
            (abs(miss - one[0] - other[0]), (one[1:], other[1:]))
            for place, one in enumerate(steps) for other in steps[place + 1 :]
            if one[1] != other[1] and abs(miss - one[0] - other[0]) < abs(miss) - 1e-6
        ]  # fmt: skip
        taken = min(singles or pairs, key=lambda each: each[0], default=None)
        if taken is None:
            return False
        for code, answer in taken[1]:
            self.answers[code] = answer
        return True

    def moves(self, code: str, wanted_change: float) -> list[Answer]:
        item = self.framework.indicators[code]
        now = self.own_score(code)
        low = self.low.get(code, 0.0)
        if code in self.lacking and item.kind == "level":
            return []
        match item.kind:
            case "level":
                level = self.answers[code].level or 0
                able = [level - 1, level + 1]
                return [of_level(item, n) for n in able if 0 <= n <= 5 and n * 20 >= low and (n >= 1 or level == 1)]
            case "number":
                goal = min(97.0, max(low + 1.0, 3.0, now + max(-12.0, min(12.0, wanted_change))))
                rng = random.Random(f"{self.profile.code}/{code}/{round(goal, 1)}")
                return [of_number(item, goal, rng, self.profile)]
            case _:
                return []

    def previous(self) -> dict[Cell, Json]:
        """Answers of the period before, shifted as the archetype says."""
        if "previous" not in self.spec:
            return {}
        shift = float(self.spec["previous"]["shift"])
        rng = random.Random(f"{self.profile.code}/previous")
        cells: dict[Cell, Json] = {}
        for code, answer in self.answers.items():
            item = self.framework.indicators[code]
            if answer.kind in {"na", "nd", "yesno"}:
                before = answer
            elif item.kind == "level":
                step = (1 if shift > 0 else -1) if rng.random() < abs(shift) / 20 else 0
                before = of_level(item, min(5, max(0, (answer.level or 0) + step)))
            else:
                before = answer_for(item, self.own_score(code) + shift + rng.uniform(-3, 3), rng, self.profile)
            cells[(code, "previous")] = before.to_json()
        return cells

    def review(self) -> dict[Cell, Json]:
        cells: dict[Cell, Json] = {}
        items = self.framework.indicators
        for code, (given, found) in self.spec.get("reviewed_down", {}).items():
            self.answers[code] = of_level(items[code], given)
            cells[(code, "self")] = self.answers[code].to_json()
            cells[(code, "review")] = of_level(items[code], found).to_json()
        if self.spec.get("reviewed"):
            for item in items.values():
                if item.key or item.outcome:
                    cells[(item.code, "review")] = self.answers[item.code].to_json()
            cells[("@status", "reviewed")] = {"by": "示例复核组", "at": f"{self.base_date.isoformat()}T00:00:00Z"}
        if line := self.spec.get("red_line"):
            cells[("@redline", line)] = {"state": "confirmed", "reason": "示例：主管部门认定为较大数据泄露事件"}
        return cells

    def township_cells(self) -> dict[Cell, Json]:
        """The sheets of its townships as a document holds them (item @sheet): felt levels, ticks, a rough number."""
        values = self.townships()
        out: dict[Cell, Json] = {}
        for place in range(max((len(each) for each in values.values()), default=0)):
            answers: dict[str, Json] = {}
            for code, felt in values.items():
                item, worth = self.framework.indicators[code], felt[place]
                scale = item.grassroots.scale if item.grassroots is not None else ""
                if scale == "tick":
                    answers[code] = [option.key for option in item.options][: round(worth * len(item.options) / 5)]
                elif scale == "number" and item.number is not None:
                    number = item.number
                    answers[code] = str(round(number.zero + (number.full - number.zero) * worth / 5))
                else:
                    answers[code] = int(worth)
            record = {"tier": "乡", "number": place + 1, "way": "paper", "answers": answers}
            out[("@sheet", f"乡.{place + 1:04d}")] = record
        return out

    def townships(self) -> dict[str, list[float]]:
        spec = self.spec.get("township")
        if not spec:
            return {}
        out: dict[str, list[float]] = {}
        for item in self.framework.indicators.values():
            if item.grassroots is None or "乡" not in item.tiers:
                continue
            rng = random.Random(f"{self.profile.code}/{item.code}/township")
            centre = self.own_score(item.code) / 20 - spec["gap"]
            out[item.code] = [float(min(5, max(0, round(centre + rng.gauss(0, 0.7))))) for _ in range(spec["sheets"])]
        return out
