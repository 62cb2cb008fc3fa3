"""What sheets and counties bring to the rules between levels, worked by hand."""

from __future__ import annotations

import pytest

from assess.answers import Answer, Profile, Sheet
from assess.checks.around import Around
from assess.checks.evaluate import findings
from assess.framework.read import builtin
from assess.framework.tiers import tailored
from assess.grassroots.material import below, facts
from assess.grassroots.sheets import Filled

PROFILE = Profile("衡川市", mode="self", base_date="2026-06-30")
FRAMEWORK = tailored(builtin(), PROFILE)


def sheet(*answers):
    made = [Filled("乡", number, given) for number, given in enumerate(answers, 1)]
    return Sheet.of(PROFILE, {"ME2.5": Answer.of_level(4)}).with_cells({one.cell: one.to_json() for one in made})


def test_answers_are_listed_by_item_and_numbers_in_their_unit():
    found = below(FRAMEWORK, sheet({"ME2.5": 1, "SH3.3": "24"}, {"ME2.5": 0, "SH3.3": "8"}, {"ST4.1": ("A",)}))
    assert found.felt["ME2.5"] == (1.0, 0.0)
    assert found.felt["ST4.1"] == (5 / 8,)
    assert found.figures["grassroots"]["SH3.3"] == found.figures["乡"]["SH3.3"] == (24.0, 8.0)
    assert found.any


def test_sheets_that_are_the_same_are_counted():
    told = facts(sheet({"ME2.5": 1}, {"ME2.5": 1}, {"ME2.5": 2}, {"ME2.5": 1}))
    assert told["township_sheets"] == 4
    assert told["share_of_identical_township_sheets"] == pytest.approx(75)
    assert facts(sheet()) == {}
    assert not below(FRAMEWORK, sheet()).any


def test_a_claim_the_grassroots_deny_is_found_from_five_sheets_on():
    def rules(count):
        one = sheet(*[{"ME2.5": 0}] * count)
        found = below(FRAMEWORK, one)
        around = Around(felt=found.felt, figures=found.figures, counties=found.counties)
        return {
            each.rule for each in findings(FRAMEWORK, one, facts=found.facts, around=around) if "ME2.5" in each.codes
        }

    assert rules(5) - rules(4)
