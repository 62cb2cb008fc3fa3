"""Reports of sheets and frameworks at the edges: each renders, and says in a sentence what is absent."""

from __future__ import annotations

from functools import cache

import pytest

from assess.answers import Answer
from assess.framework.read import builtin
from assess.framework.tiers import tailored
from reports import to_docx, to_html, to_pdf
from reports.model import Chart, Heading, Rating, Table
from reports.options import Options
from tests.reports import units


def rendered(made):
    page, paper = to_html.render(made), to_pdf.render(made)
    assert paper.startswith(b"%PDF")
    assert "</html>" in page
    assert to_docx.render(made).startswith(b"PK")
    return page


def unanswered():
    return units.report(builtin(), units.sheet())


def nothing_applies():
    framework = units.flat(3)
    answers = {code: Answer.not_applicable("没有此项") for code in framework.indicators}
    return units.report(framework, units.sheet(answers))


def without_data():
    framework = tailored(builtin(), units.sheet().profile)
    return units.report(framework, units.sheet({code: Answer.no_data() for code in framework.indicators}))


def one_item():
    return units.report(units.flat(1), units.sheet({"Q1": Answer.of_level(4)}))


@cache
def thousand_items():
    framework = units.flat(1000)
    answers = {code: Answer.of_level(number % 6) for number, code in enumerate(framework.indicators)}
    return units.report(framework, units.sheet(answers))


def yes_and_no():
    framework = units.egov()
    answers = {code: Answer.of_choice("yes" if n % 3 else "no") for n, code in enumerate(framework.indicators)}
    return units.report(framework, units.sheet(answers, unit="Valdivia"), language="en")


def no_items():
    return units.report(units.flat(1), units.sheet(scope=()))


def perfect():
    framework = units.flat(4)
    return units.report(framework, units.sheet({code: Answer.of_level(5) for code in framework.indicators}))


def nameless():
    return units.report(units.flat(2), units.sheet({"Q1": Answer.of_level(2)}, unit="", base_date="", year=None))


def part_of_the_items():
    return units.report(builtin(), units.sheet({"ST1.1": Answer.of_level(3)}, scope=("ST1.1", "ST1.2")))


def county():
    return units.report(builtin(), units.sheet({"ST1.1": Answer.of_level(3)}, tier="县", unit="某县"))


SHAPES = (
    unanswered, nothing_applies, without_data, one_item, thousand_items, yes_and_no, no_items, perfect, nameless,
    part_of_the_items, county,
)  # fmt: skip


@pytest.mark.parametrize("make", SHAPES, ids=lambda make: make.__name__)
def test_every_shape_renders_in_both_forms(make):
    rendered(make())


@pytest.mark.parametrize("make", SHAPES, ids=lambda make: make.__name__)
def test_no_shape_leaves_a_chapter_without_a_word(make):
    made = make()
    for section in made.sections:
        if section.id not in ("cover", "contents"):
            assert [block for block in section.blocks if not isinstance(block, Heading)], section.id


@pytest.mark.parametrize(
    ("make", "section", "sentence"),
    [
        (unanswered, "summary", "尚未作答，暂不作评价。"),
        (nothing_applies, "summary", "题目均为不适用或跳过，没有可计分的内容。"),
        (without_data, "summary", "还没有带数据的作答，暂无数据的题已列入清单。"),
        (one_item, "dimensions", "本框架不设维度，1题合并评价。"),
        (no_items, "dimensions", "框架中没有适用于本单位的题目。"),
        (perfect, "constraints", "计分的题目全部满分，没有制约因素。"),
        (unanswered, "constraints", "还没有得分，暂不分析制约因素。"),
        (one_item, "proposals", "本框架没有改进措施。"),
        (unanswered, "proposals", "尚无作答，暂不提出建议。"),
        (unanswered, "evidence", "没有登记佐证。"),
        (part_of_the_items, "overall", "没有总分。"),
    ],
)
def test_what_is_absent_is_said(make, section, sentence):
    assert sentence in units.words(make(), section)


def test_nothing_is_shown_as_a_dash_and_never_as_nought():
    rating = next(b for s in unanswered().sections for b in s.blocks if isinstance(b, Rating))
    assert rating.score is None
    assert rating.score_text == "—"


def test_a_yes_and_no_framework_shows_its_own_scale():
    made = yes_and_no()
    rating = next(b for s in made.sections for b in s.blocks if isinstance(b, Rating))
    assert rating.maximum == 10.25
    assert rating.labels["beside"] == "of 10.25"
    assert rating.labels["stage"] == "This framework has no stages"
    assert f"The total is {rating.score_text} points of 10.25." in units.words(made, "summary")
    assert "Valdivia" in rendered(made)


def test_a_framework_without_dimensions_has_no_radar_and_lists_its_items():
    made = one_item()
    assert not [b for s in made.sections for b in s.blocks if isinstance(b, Chart) and b.kind == "radar"]
    table = next(b for s in made.sections if s.id == "dimensions" for b in s.blocks if isinstance(b, Table))
    assert table.rows == (("Q1", "第1题", "●●●●○ 4级", "80.0", "80.00"),)


def test_a_thousand_items_keep_the_summary_short():
    summary = next(section for section in thousand_items().sections if section.id == "summary")
    assert sum(len(str(block)) for block in summary.blocks) < 6000


def test_every_section_can_be_left_out():
    from reports.options import SECTIONS

    made = units.report(builtin(), units.sheet(), options=Options(off_sections=frozenset(SECTIONS)))
    assert made.sections == ()
    rendered(made)
