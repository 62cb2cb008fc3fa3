"""The kernel against a plain recursion written for the test alone, on the built-in framework with random answers."""

from __future__ import annotations

import random

import pytest

from assess.answers import Answer, Profile, Sheet
from assess.framework.read import builtin
from assess.measure.score import score

FRAMEWORK = builtin()


def mean(code: str, items: dict[str, float | None]) -> float | None:
    """Weighted mean of what has a score, straight from the tree."""
    if code in FRAMEWORK.indicators:
        return items[code]
    found = [
        (FRAMEWORK.indicators[child].weight if child in FRAMEWORK.indicators else FRAMEWORK.nodes[child].weight, value)
        for child in FRAMEWORK.nodes[code].children
        if (value := mean(child, items)) is not None
    ]
    whole = sum(weight for weight, _ in found)
    return sum(weight * value for weight, value in found) / whole if found else None


def any_answer(code: str, dice: random.Random) -> Answer | None:
    item = FRAMEWORK.indicators[code]
    draw = dice.random()
    if draw < 0.1:
        return None
    if draw < 0.2:
        return Answer.no_data("拿不出")
    match item.kind:
        case "level":
            return Answer.of_level(dice.randint(2, 5))
        case "yesno":
            return Answer.of_choice(item.yesno.good)
        case "multi":
            return Answer.of_ticks(option.key for option in item.options if dice.random() < 0.7 or option.required)
        case _:
            return Answer.of_number(result=f"{dice.uniform(*item.number.plausible):.1f}", confirm="yes", source="台账")


@pytest.mark.parametrize("seed", range(25))
@pytest.mark.parametrize("mode", ["formal", "self"])
def test_every_node_is_the_plain_weighted_mean_of_its_children(seed, mode):
    dice = random.Random(seed)
    answers = {code: answer for code in FRAMEWORK.indicators if (answer := any_answer(code, dice)) is not None}
    sheet = Sheet.of(Profile("甲市", mode=mode), answers)
    sheet = sheet.with_cells({(code, "evidence/1"): {"name": "文"} for code in FRAMEWORK.indicators})
    found = score(FRAMEWORK, sheet)
    plain: dict[str, float | None] = {}
    for code, item in FRAMEWORK.indicators.items():
        answer = answers.get(code)
        if answer is None or (answer.kind == "nd" and mode == "self"):
            plain[code] = None
        elif answer.kind == "nd":
            plain[code] = 0.0
        elif answer.kind == "level":
            plain[code] = answer.level * 20.0
        elif answer.kind == "yesno":
            plain[code] = 100.0
        elif answer.kind == "multi":
            plain[code] = 100.0 * len(answer.ticked) / len(item.options)
        else:
            post = item.number
            part = (float(answer.result) - post.zero) / (post.full - post.zero)
            plain[code] = 100.0 * min(1.0, max(0.0, part))
    for code, node in found.nodes.items():
        expected = mean(code, plain)
        assert node.score == (None if expected is None else pytest.approx(expected, abs=1e-9))
    for code, item in found.items.items():
        assert item.score == (None if plain[code] is None else pytest.approx(plain[code], abs=1e-9))
