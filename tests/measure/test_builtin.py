"""The built-in framework scored: the figures its own document gives."""

from __future__ import annotations

import pytest

from assess.answers import Answer, Profile, Sheet
from assess.benchmark.groups import tell_apart
from assess.benchmark.peers import choose, sample_peers
from assess.benchmark.position import place
from assess.framework.read import builtin
from assess.framework.tiers import tailored
from assess.measure.diagnose import coupling, obstacles
from assess.measure.kernel import plan
from assess.measure.score import score
from assess.measure.states import not_applicable_choice
from assess.measure.trace import again, trace
from assess.planning.gaps import advice
from assess.samples.cities import cities
from assess.walk import progress, skips

FRAMEWORK = builtin()


def uniform(level: int, mode: str = "self", tier: str = "市"):
    """Every level item at one level, numbers at their middle, checklists full, yes/no favorable."""
    answers = {}
    for code, item in FRAMEWORK.indicators.items():
        if item.kind == "level":
            answers[code] = Answer.of_level(level)
        elif item.kind == "yesno":
            answers[code] = Answer.of_choice(item.yesno.good)
        elif item.kind == "multi":
            answers[code] = Answer.of_ticks(option.key for option in item.options)
        else:
            middle = (item.number.zero + item.number.full) / 2
            answers[code] = Answer.of_number(result=f"{middle:g}", confirm="yes", source="台账")
    return Sheet.of(Profile("甲市", tier=tier, mode=mode), answers)


def test_given_weights_multiply_to_the_global_weights_of_the_document():
    layout = plan(FRAMEWORK, "市")
    assert len(layout.leaves) == 69
    for position, code in enumerate(layout.leaves):
        assert 100 * layout.shares[position] == pytest.approx(FRAMEWORK.indicators[code].global_weight, abs=1e-3)
    assert sum(layout.shares[: len(layout.leaves)]) == pytest.approx(1)


def test_a_county_has_two_items_less_and_their_weight_is_spread():
    sheet = uniform(3, tier="县")
    whole = score(FRAMEWORK, sheet)
    own = score(tailored(FRAMEWORK, sheet.profile), sheet)
    assert whole.base == own.base
    assert set(plan(FRAMEWORK, "市").leaves) - set(own.items) == {"ME2.1", "ME2.3"}
    assert sum(item.share for item in own.items.values()) == pytest.approx(1)


def test_a_part_has_the_same_coverage_from_the_whole_framework_as_from_its_own():
    answers = uniform(3).cells
    one = Sheet(Profile("甲市", scope=("ST1", "SE4.2")), {k: v for k, v in answers.items() if k[0] != "ST1.1"})
    found = score(FRAMEWORK, one)
    assert found.coverage == score(tailored(FRAMEWORK, one.profile), one).coverage
    # ST1.1, 1.2, 1.3 weigh 2.7, 1.2 and 2.1, SE4.2 weighs 0.6
    assert found.coverage == pytest.approx((1.2 + 2.1 + 0.6) / 6.6)


def test_the_county_only_item_may_be_left_out_there_and_nowhere_else():
    item = FRAMEWORK.indicators["SE2.1"]
    assert not_applicable_choice(FRAMEWORK, item, "县") == "listed"
    assert not_applicable_choice(FRAMEWORK, item, "市") == "never"
    assert not_applicable_choice(FRAMEWORK, FRAMEWORK.indicators["SE4.2"], "县") == "never"
    assert not_applicable_choice(FRAMEWORK, FRAMEWORK.indicators["SH2.3"], "市") == "never"
    assert not_applicable_choice(FRAMEWORK, FRAMEWORK.indicators["ST2.4"], "市") == "on_approval"


@pytest.mark.parametrize(
    ("code", "answer", "skipped"),
    [
        ("ST2.1", Answer.of_level(1), {"ST2.3": "zero"}),
        ("ME2.1", Answer.of_choice("no"), {"ME2.2": "zero", "ME2.3": "zero"}),
        ("SH1.1", Answer.of_level(0), {"SH1.3": "zero"}),
        ("SH2.1", Answer.of_level(0), {"SH3.2": "zero", "SH3.1": "exclude"}),
        ("ME5.1", Answer.of_level(0), {"TA2.3": "exclude"}),
    ],
)
def test_the_six_skip_rules(code, answer, skipped):
    sheet = uniform(3).with_cells({(code, "self"): answer.to_json()})
    assert {found: rule.treatment for found, rule in skips(FRAMEWORK, sheet).items()} == skipped
    before = uniform(3).with_cells({(code, "self"): Answer.no_data().to_json()})
    assert skips(FRAMEWORK, before) == {}


def test_without_a_security_answer_the_third_stage_is_the_ceiling():
    sheet = uniform(4, "formal").with_cells({(code, "evidence/1"): {"name": "文"} for code in FRAMEWORK.indicators})
    open_ = sheet.with_cells({("SE4.2", "self"): None})
    assert score(FRAMEWORK, open_).red_lines[0].red_line.id == "R1"
    assert score(FRAMEWORK, open_).gated_stage.level <= 3


def test_the_example_of_the_document_72_points_with_security_at_55_is_held_at_the_third_stage():
    from assess.measure.result import NodeScore
    from assess.measure.stages import Standing, band, gated, judge

    found = score(FRAMEWORK, uniform(4, "formal"))
    nodes = dict(found.nodes)
    for code, value in {"ST": 75.0, "ME": 76.0, "SH": 76.0, "SE": 55.0, "TA": 75.0}.items():
        nodes[code] = NodeScore(code, value, 1, 1, 1, 0, 1, 1, 1)
    standing = Standing(72.4, found.items, nodes, 1.0, 1.0, "formal", True)
    results = judge(FRAMEWORK, standing)
    assert band(FRAMEWORK, 72.4).level == 4
    failed = [result for result in results if result.stage == 4 and result.outcome == "failed"]
    assert [(result.gate.id, result.where) for result in failed if result.gate.type == "dimension_floor"] == [
        ("G4.2", ("SE",))
    ]
    assert gated(FRAMEWORK, band(FRAMEWORK, 72.4), results).level <= 3


@pytest.mark.parametrize("city", cities(), ids=lambda city: city.profile.code)
def test_every_sample_city_scores_traces_and_is_advised(city):
    framework = tailored(FRAMEWORK, city.profile)
    found = score(framework, city.sheet)
    assert (found.score_stage.level, found.gated_stage.level) == city.expected
    assert progress(framework, city.sheet).complete
    root = trace(framework, city.sheet, found, "total").root
    assert root.value == found.shown
    for _, line in root.walk():
        assert again(line) == line.value
    assert sum(one.share for one in obstacles(framework, found)) == pytest.approx(1)
    assert 0 < coupling(framework, found).d <= 1
    assert any(one.planned for one in advice(framework, city.sheet, found))


def test_the_sample_cities_are_ten_peers_in_one_group():
    peers = sample_peers(FRAMEWORK)
    assert len(peers) == 10
    position = place(FRAMEWORK, peers[6], choose(peers[6], peers))
    assert (position.group.step, position.n, position.allowed) == ("level", 10, "quartiles")
    assert position.rows["TA"].place == "lower_quartile"
    assert set(position.rows) >= {"total", "ST", "ST1", "ST1.1"}
    assert sum(len(group.names) for group in tell_apart(FRAMEWORK, peers).groups) == 10
    assert sample_peers(FRAMEWORK) is peers
