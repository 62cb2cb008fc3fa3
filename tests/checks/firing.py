"""From a check rule as data, a case that fires it and one beside it that does not.

The case is made from the guide's meaning of each operator (guide 4.3, 4.4), never from the evaluation: what the last
condition that can be turned round says is put on the other side of its threshold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from assess.answers import Answer, Cell, Profile, Sheet
from assess.checks.around import Around
from assess.framework.indicator import Indicator
from assess.framework.model import Framework
from assess.framework.supplement import CheckRule

BASE = "2026-06-30"
LONG = "本年度已按要求逐项开展并留有工作记录，相关材料存于办公室档案柜备查，可随时调阅核对，数据由系统导出。"
OTHER = "另一段完全不同的说明文字，介绍了机制建设过程、参加单位、会议时间以及后续安排，与上期并无重复之处。"
TURNED = {"at_least": "below", "below": "at_least", "at_most": "above", "above": "at_most"}
FIXED = ("answered", "na_not_listed", "min_answered")
Leaf = tuple[str, str, str, Any, Mapping[str, Any]]  # subject kind, subject, operator, wanted, qualifiers


@dataclass
class Case:
    """What is put together: sheet, last period, facts, the others of the round."""

    framework: Framework
    tier: str
    bounds: dict[str, list[tuple[str, float]]] = field(default_factory=dict)
    ticks: dict[str, tuple[set[str], set[str]]] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    extra: dict[str, dict[str, Any]] = field(default_factory=dict)
    before: dict[str, Answer] = field(default_factory=dict)
    cells: dict[Cell, Any] = field(default_factory=dict)
    cells_before: dict[Cell, Any] = field(default_factory=dict)
    facts: dict[str, float] = field(default_factory=dict)
    others: list[dict[Cell, Any]] = field(default_factory=list)
    felt: dict[str, tuple[float, ...]] = field(default_factory=dict)
    figures: dict[str, dict[str, tuple[float, ...]]] = field(default_factory=dict)
    counties: dict[str, tuple[float, ...]] = field(default_factory=dict)

    def profile(self) -> Profile:
        return Profile("示例·衡川市", tier=self.tier, year=2026, base_date=BASE)

    def sheet(self) -> Sheet:
        answers = {**self._solved(), **self.answers}
        return Sheet.of(self.profile(), answers).with_cells(self.cells)

    def previous(self) -> Sheet | None:
        if not self.before and not self.cells_before:
            return None
        return Sheet.of(self.profile(), self.before).with_cells(self.cells_before)

    def around(self, scope: str) -> Around | None:
        if not scope.startswith("across"):
            return None
        others = tuple(Sheet.of(self.profile()).with_cells(cells) for cells in self.others)
        return Around(others, self.felt, self.figures, self.counties)

    def _solved(self) -> dict[str, Answer]:
        out: dict[str, Answer] = {}
        for code in {*self.bounds, *self.ticks, *self.extra}:
            item, bounds, more = self.framework.indicators[code], self.bounds.get(code, []), self.extra.get(code, {})
            if item.kind == "multi":
                with_, without = self.ticks.get(code, (set(), set()))
                keys = [option.key for option in item.options if option.key not in without and option.key not in with_]
                sizes = [n for n in range(len(with_), len(with_) + len(keys) + 1) if fits(n, bounds)]
                out[code] = Answer.of_ticks({*with_, *keys[: sizes[0] - len(with_)]})
            elif item.kind == "level":
                out[code] = Answer.of_level(next(n for n in (3, 4, 5, 2, 1, 0) if fits(n, bounds)))
            elif item.kind == "number":
                out[code] = solved(item, bounds, more)
        return out


def fits(value: float, bounds: list[tuple[str, float]]) -> bool:
    """Is a value on the right side of every bound?"""
    tests = {
        "at_least": lambda limit: value >= limit,
        "at_most": lambda limit: value <= limit,
        "above": lambda limit: value > limit,
        "below": lambda limit: value < limit,
    }
    return all(tests[name](limit) for name, limit in bounds)


def solved(item: Indicator, bounds: list[tuple[str, float]], more: Mapping[str, Any]) -> Answer:
    """A number within its bounds, given as a result or, where parts are spoken of, as parts."""
    number = item.number
    assert number is not None
    values = [50.0, *(limit + step for _name, limit in bounds for step in (0, 1, -1, 0.5, -0.5))]
    value = next(one for one in values if fits(one, bounds))
    rest = {name: more[name] for name in ("confirm", "source") if name in more}
    if "denominator" in more:
        lower = float(more["denominator"])
        upper = float(more.get("numerator", value * lower / (number.factor or 1)))
        result = f"{more['result']:g}" if "result" in more else None
        return Answer.of_number(f"{upper:g}", f"{lower:g}", result, **rest)
    if "no_parts" not in more and number.denominator is not None and value <= 100:
        return Answer.of_number(f"{value * 100 / (number.factor or 1):g}", "100", **rest)
    return Answer.of_number(result=f"{value:g}", **rest)


def leaves(condition: Mapping[str, Any], subject: tuple[str, str]) -> Iterator[Leaf]:
    """The single comparisons that have to hold; of alternatives the first."""
    if "each" in condition:
        yield from leaves(condition["when"], subject)
        return
    if "all" in condition:
        for part in condition["all"]:
            yield from leaves(part, subject)
        return
    if "any" in condition:
        yield from leaves(condition["any"][0], subject)
        return
    kind, name = subject
    for key in ("indicator", "items", "fact"):
        if key in condition:
            kind, name = key, str(condition[key])
    for operator, wanted in condition.items():
        if operator in ("indicator", "items", "fact") or operator.startswith("min_") or operator == "tier":
            continue
        yield kind, name, operator, wanted, condition


def candidates(framework: Framework, condition: Mapping[str, Any]) -> list[str]:
    """Items an `each` may speak of; one empty name where there is none."""
    each = condition.get("each")
    if each is None:
        for part in condition.get("all", ()):
            if "each" in part:
                return candidates(framework, part)
        return [""]
    if isinstance(each, (list, tuple)):
        return list(each)
    kind = each.partition("type:")[2]
    found = [
        code
        for code, item in framework.indicators.items()
        if (not kind or item.kind == kind)
        and (each != "key" or item.key)
        and (each != "unit:%" or (item.number is not None and item.number.unit.zh == "%"))
        and (each != "na:never" or code in framework.states["NA"].never)
    ]
    return sorted(found, key=lambda code: framework.indicators[code].kind != "level")


def case(framework: Framework, rule: CheckRule, code: str, *, fires: bool) -> Case:
    """A case of a rule about one item (empty: the rule names its own)."""
    made = Case(framework, rule.tiers[0])
    found = list(leaves(rule.condition, ("indicator", code)))
    turned = -1
    if not fires:
        turned = max(place for place, leaf in enumerate(found) if leaf[2] not in FIXED)
    for place, (kind, name, operator, wanted, q) in enumerate(found):
        put = {"indicator": _item, "items": _group, "fact": _fact}[kind]
        put(made, name, operator, wanted, q, place != turned)
    return made


def _piece(made: Case, code: str, n: int = 0, **about: Any) -> None:
    made.cells[(code, f"evidence/e{n}")] = {"name": "工作方案", "date": "2026-05-01", **about}


def _plain(made: Case, code: str) -> None:
    item = made.framework.indicators[code]
    if item.kind == "yesno":
        made.answers[code] = Answer.of_choice("yes")
    else:
        made.bounds.setdefault(code, [])


def _item(made: Case, code: str, operator: str, wanted: Any, q: Mapping[str, Any], on: bool) -> None:
    item = made.framework.indicators[code]
    extra = made.extra.setdefault(code, {}) if item.kind == "number" else {}
    match operator:
        case "at_least" | "at_most" | "above" | "below":
            name = operator if on else TURNED[operator]
            made.bounds.setdefault(code, []).append((name, float(wanted)))
        case "is":
            made.answers[code] = Answer.of_choice(wanted if on else "no" if wanted == "yes" else "yes")
        case "ticked" | "not_ticked":
            with_, without = made.ticks.setdefault(code, (set(), set()))
            (with_ if (operator == "ticked") is on else without).add(wanted)
        case "ticked_without_evidence":
            key = item.options[0].key
            made.ticks.setdefault(code, (set(), set()))[0].add(key)
            made.bounds[code] = [("at_most", 1)]
            if not on:
                _piece(made, code, options=[key])
        case "confirm_is":
            confirmed = wanted if on else "yes" if wanted != "yes" else "no"
            extra["confirm"] = None if confirmed == "blank" else confirmed
        case "answered":
            _plain(made, code)
        case "state_is":
            _state(made, code, wanted if on else "answered")
        case "na_not_listed":
            pass
        case "no_evidence" | "evidence_count_below":
            for n in range(0 if on else int(wanted)):
                _piece(made, code, n)
        case "has_evidence":
            if on:
                _piece(made, code)
        case "evidence_best_grade_at_most":
            _piece(made, code, grade=wanted if on else "A")
        case "evidence_outside_period":
            _piece(made, code, date="2019-01-01" if on else BASE)
        case "evidence_after_base_date":
            _piece(made, code, date="2026-07-01" if on else BASE)
        case "evidence_without_date":
            _piece(made, code, date="" if on else BASE)
        case "source_missing":
            extra.update({} if on else {"source": "业务系统导出"})
        case "note_shorter_than":
            if not on:
                made.cells[(code, "note")] = LONG
        case "numerator_above_denominator":
            extra.update(numerator=5 if on else 4, denominator=4)
        case "denominator_missing":
            extra.update({"no_parts": True} if on else {"denominator": 100})
        case "denominator_at_most" | "denominator_at_least":
            step = 1 if operator == "denominator_at_most" else -1
            extra["denominator"] = wanted if on else wanted + step
            if not extra["denominator"]:
                extra["numerator"] = 0
        case "ratio_differs_by_more_than":
            extra.update(numerator=1, denominator=2, result=99 if on else 50)
        case "outside_plausible_range":
            assert item.number is not None
            low, high = item.number.plausible
            made.bounds.setdefault(code, []).append(("above" if on else "at_most", high))
            if not on:
                made.bounds[code].append(("at_least", low))
        case "rose_by_more_than" | "fell_by_more_than" | "changed_by_more_than":
            if extra.get("shrunk"):  # the denominator has shrunk already: the share rises with it, or hardly
                lower = made.answers[code].denominator
                made.answers[code] = Answer.of_number("40" if on else "10", lower)
                return
            moved = float(wanted) + (1 if on else 0)
            old, new = (0.0, moved) if operator != "fell_by_more_than" else (moved, 0.0)
            made.before[code], made.answers[code] = _amount(item, old), _amount(item, new)
        case "changed_by_more_than_percent":
            made.before[code] = _amount(item, 10.0)
            made.answers[code] = _amount(item, 10.0 * (1 + (wanted + (10 if on else 0)) / 100))
        case "denominator_fell_by_more_than_percent":
            made.extra[code]["shrunk"] = True
            made.before[code] = Answer.of_number("10", "100")
            made.answers[code] = Answer.of_number("40", f"{100 - wanted - 1:g}")
            made.cells.pop((code, "note"), None)
        case "last_state_is":
            made.before[code] = _any(item)
        case "note_same_as_last_period":
            made.cells[(code, "note")] = LONG
            made.cells_before[(code, "note")] = LONG if on else OTHER
        case "text_matches":
            pattern = made.framework.patterns[wanted]
            made.cells[(code, "note")] = pattern.matches[0] if on else pattern.not_matches[0]
        case "review_gap_at_least":
            made.answers[code] = Answer.of_level(5)
            made.cells[(code, "review")] = Answer.of_level(5 - int(wanted) + (0 if on else 1)).to_json()
        case "state_differs_between_columns":
            made.answers[code] = Answer.of_level(3)
            made.cells[(code, "review")] = (Answer.no_data("没有") if on else Answer.of_level(2)).to_json()
        case _:
            _across(made, item, operator, wanted, q, on)


def _across(made: Case, item: Indicator, operator: str, wanted: Any, q: Mapping[str, Any], on: bool) -> None:
    code = item.code
    match operator:
        case "same_text_as_other_city":
            made.cells[(code, "note")] = LONG
            made.others.append({(code, "note"): LONG if on else OTHER})
        case "outside_peer_fences":
            value = 10.0 if not on else 90.0
            made.answers[code] = _amount(item, value)
            for place in range(int(q["min_peers"])):
                made.others.append({(code, "self"): _amount(item, 8.0 + place % 4).to_json()})
        case "peer_share_at_least_4_below":
            for _place in range(int(q["min_peers"])):
                made.others.append({(code, "self"): Answer.of_level(2 if on else 4).to_json()})
        case "perception_gap_at_least" | "perception_gap_at_most":
            claim = 4 if operator.endswith("least") else 1
            made.answers[code] = _worth(item, claim)
            top = claim if item.kind == "level" else None
            mean = (top if top is not None else claim) - wanted + (0 if on else wanted / 5)
            made.felt[code] = (mean,) * int(q["min_township_sheets"])
        case "perception_mean_at_most":
            made.felt[code] = (wanted if on else wanted + 0.5,) * int(q["min_township_sheets"])
        case "tier_mean_above_by":
            made.answers[code] = _amount(item, 5.0)
            mean = 5.0 + wanted + (1 if on else 0)
            made.figures[q["tier"]] = {code: (mean,) * int(q["min_sheets"])}
        case "county_mean_below_by":
            made.answers[code] = Answer.of_level(4)
            made.counties[code] = (4.0 - wanted + (0 if on else 0.5),) * int(q["min_sheets"])
        case _:
            raise NotImplementedError(operator)


def _group(made: Case, selector: str, operator: str, wanted: Any, q: Mapping[str, Any], on: bool) -> None:
    chosen = [
        item
        for item in made.framework.indicators.values()
        if selector in ("all", "key") or all(_selected(item, part) for part in selector.split("&"))
    ]
    chosen = [item for item in chosen if selector != "key" or item.key]
    levels = [item for item in chosen if item.kind == "level"]
    match operator:
        case "share_of_top_level_above" | "count_of_top_level_above":
            made.answers |= {item.code: _worth(item, 5 if on else 4) for item in chosen}
        case "share_same_level_above" | "same_answer_run_at_least":
            made.answers |= {one.code: Answer.of_level(3 if on else 2 + n % 2) for n, one in enumerate(levels)}
        case "spread_of_levels_at_most":
            made.answers |= {item.code: _worth(item, 5) for item in chosen}
            if not on:
                made.answers[levels[0].code] = Answer.of_level(1)
        case "share_na_above" | "share_nd_above":
            given = Answer.not_applicable("不涉及本项工作，已说明") if "na" in operator else Answer.no_data("没有")
            most = len(chosen) * wanted // 100
            made.answers |= {item.code: given for item in chosen[: most + (1 if on else 0)]}
        case "share_round_numbers_above":
            made.answers |= {item.code: _amount(item, 40.0 if on else 41.5) for item in chosen}
        case "one_evidence_used_by_more_than":
            for item in chosen[: wanted + (1 if on else 0)]:
                _piece(made, item.code, digest="ab" * 32)
        case "same_text_across_items_above":
            for item in chosen[: wanted + (1 if on else 0)]:
                made.cells[(item.code, "note")] = LONG
        case "share_unchanged_above":
            made.answers |= {item.code: Answer.of_level(3) for item in levels}
            made.before |= {item.code: Answer.of_level(3) for item in levels}
            if not on:
                made.before |= {item.code: Answer.of_level(2) for item in levels[: len(levels) // 5]}
        case "share_same_text_as_other_city_above":
            words = {(item.code, "note"): f"{item.name.zh}{LONG}" for item in chosen[: int(q["min_texts"])]}
            made.cells |= words
            made.others.append(words if on else dict.fromkeys(words, OTHER))
        case "share_same_values_as_other_city_above":
            for item in chosen:
                made.answers[item.code] = _amount(item, 41.5)
            made.others.append({(item.code, "self"): _amount(item, 41.5 if on else 42.5).to_json() for item in chosen})
        case "evidence_same_as_other_city_above":
            _piece(made, "ST1.1", digest="ab" * 32)
            made.others.append({("ST1.2", "evidence/x"): {"name": "方案", "digest": ("ab" if on else "cd") * 32}})
        case _:
            raise NotImplementedError(operator)


def _selected(item: Indicator, part: str) -> bool:
    kind, _sign, name = part.partition(":")
    return item.kind == name if kind == "type" else item.code.startswith(name)


def _fact(made: Case, name: str, operator: str, wanted: Any, _q: Mapping[str, Any], on: bool) -> None:
    if name == "score":
        made.before = {code: _worth(item, 0) for code, item in made.framework.indicators.items()}
        level = 5 if on else 0
        made.answers = {code: _worth(item, level) for code, item in made.framework.indicators.items()}
    elif name == "coverage_percent":
        given = list(made.framework.indicators.items())
        made.answers = {code: _any(item) for code, item in (given[:3] if on else given)}
    elif name.startswith("bonus"):
        if on or name == "bonus_items_without_evidence":
            about = {"item": "B1", "matter": "国家试点", "document": "" if on else "发〔2026〕1号"}
            made.cells[("@bonus", "001-ab")] = about
    else:
        beyond = {"above": 1, "below": -1}.get(operator, 0)
        back = {"at_least": -1, "at_most": 1}.get(operator, 0)
        made.facts[name] = wanted + (beyond if on else back)


def _state(made: Case, code: str, state: str) -> None:
    made.answers.pop(code, None)
    if state == "na":
        made.answers[code] = Answer.not_applicable("")
    elif state == "nd":
        made.answers[code] = Answer.no_data("")
    elif state == "answered":
        made.answers[code] = _any(made.framework.indicators[code])


def _any(item: Indicator) -> Answer:
    return _worth(item, 3)


def _worth(item: Indicator, level: int) -> Answer:
    """An answer worth a level: the rubric level, yes at 5, all ticks, the full point of a number."""
    match item.kind:
        case "level":
            return Answer.of_level(level)
        case "multi":
            keys = [option.key for option in item.options]
            return Answer.of_ticks(keys if level == 5 else keys[: len(keys) * level // 5])
        case "yesno":
            return Answer.of_choice("yes" if level >= 3 else "no")
    assert item.number is not None
    low, high = item.number.zero, item.number.full
    return Answer.of_number(result=f"{low + (high - low) * level / 5:g}", confirm="yes")


def _amount(item: Indicator, value: float) -> Answer:
    """A figure of an item: a level, or a number given as its result."""
    return Answer.of_level(int(value)) if item.kind == "level" else Answer.of_number(result=f"{value:g}")
