"""What a city report says, in which order, and what it keeps to itself."""

from __future__ import annotations

import re

import pytest

from assess.answers import Answer
from assess.benchmark.peers import choose, peer, sample_peers
from assess.benchmark.position import place
from assess.framework.read import builtin
from assess.framework.tiers import tailored
from assess.language import translation
from assess.measure.score import score
from assess.problems import Problem
from assess.samples.cities import city
from reports.build import build
from reports.model import Chart, Fold, GateList, Heading, Rating, Table
from reports.options import Options
from tests.reports import units


def headings(made, level):
    return [b for s in made.sections for b in s.blocks if isinstance(b, Heading) and b.level == level]


def test_chapters_stand_in_the_order_of_the_official_outline():
    made = units.sample()
    assert [heading.number + heading.text for heading in headings(made, 1)] == [
        "一、概况与方法",
        "二、总体评价",
        "三、分维度评价",
        "四、同类比较",
        "五、制约因素",
        "六、对策建议",
    ]
    chapter = next(section for section in made.sections if section.id == "dimensions")
    parts = [b.number + b.text for b in chapter.blocks if isinstance(b, Heading) and b.level == 2]
    assert parts == ["（一）战略", "（二）机制", "（三）共享", "（四）安全", "（五）人才"]
    annexes = [heading.text for heading in headings(made, 0) if heading.text.startswith("附件")]
    assert [text[:3] for text in annexes] == [f"附件{number}" for number in range(1, len(annexes) + 1)]


def test_a_chapter_left_out_closes_the_numbering():
    made = units.sample(options=Options(off_sections=frozenset({"peers", "terms"})))
    assert [heading.number for heading in headings(made, 1)] == ["一、", "二、", "三、", "四、", "五、"]
    assert "名词解释" not in "".join(heading.text for heading in headings(made, 0))


def test_the_summary_names_both_stages_and_every_gate_that_failed():
    made = units.sample()
    summary = next(section for section in made.sections if section.id == "summary")
    rating = next(block for block in summary.blocks if isinstance(block, Rating))
    assert (rating.score_text, rating.held, rating.reached) == ("53.6", (2, "起步级"), (3, "规范级"))
    text = units.words(made, "summary")
    assert "分数等级为规范级，认定等级为起步级" in text
    assert "五个维度都在40分以上" in text
    assert "TA1.3" in text
    assert text.index("得分最高") < text.index("相对较低") < text.index("未过")


def test_the_gate_list_holds_every_gate_of_the_stage_with_what_was_found():
    made = units.sample()
    gates = next(b for s in made.sections if s.id == "overall" for b in s.blocks if isinstance(b, GateList))
    assert [row.outcome for row in gates.rows] == ["held", "failed", "failed", "held", "held", "held"]
    assert gates.rows[1].found.replace("\u00a0", " ") == "人才 36.0"


def test_every_sentence_has_an_id_of_its_own_that_stays_the_same():
    first, again = units.sentences(units.sample()), units.sentences(units.sample())
    assert [s.id for s in first] == [s.id for s in again]
    by_section = [(s.id, s.text) for s in first]
    chapter = [id for id, _ in by_section if id.startswith(("ST", "ME", "SH", "SE", "TA"))]
    assert len(chapter) == len(set(chapter)) > 40


def test_a_judgment_ends_with_the_codes_it_rests_on():
    made = units.sample()
    for sentence in units.sentences(made):
        if re.match(r"(ST|ME|SH|SE|TA)\.(good|gap|why)\.[A-Z]", sentence.id):
            assert sentence.text.endswith(f"（{sentence.basis[0]}）。")


def test_a_sentence_can_be_switched_off_and_another_one_reworded():
    options = Options(off_sentences=frozenset({"summary.line"}), edited={"summary.total": "总分见上。"})
    made = {sentence.id: sentence.text for sentence in units.sentences(units.sample(options=options))}
    assert "summary.line" not in made
    assert made["summary.total"] == "总分见上。"


def test_coverage_by_weight_and_the_count_of_answers_are_two_numbers():
    text = units.words(units.sample(), "method")
    assert "适用的69题中，69题有作答数据" in text
    assert "按权重计算，已答覆盖率为100.0%" in text


def test_results_come_before_gaps_in_every_dimension():
    made = units.sample()
    ids = [s.id for s in units.sentences(made)]
    for code in ("ST", "ME", "SH", "SE", "TA"):
        good = [i for i, id in enumerate(ids) if id.startswith(f"{code}.good")]
        gap = [i for i, id in enumerate(ids) if id.startswith(f"{code}.gap")]
        assert max(good) < min(gap)


def test_what_is_missing_is_the_next_level_of_the_rubric():
    made = {sentence.id: sentence.text for sentence in units.sentences(units.sample())}
    assert made["TA.gap.TA1.3"] == "复合型人才培养还处于1级：组织过相关讲座（TA1.3）。"
    assert made["TA.why.TA1.3"] == "复合型人才培养达到2级还需：每年有相关培训（TA1.3）。"


def test_ranks_are_left_out_unless_asked_for():
    plain = units.words(units.sample(), "peers")
    assert "列第" not in plain
    assert "不列名次" in plain
    assert "列第" in units.words(units.sample(options=Options(rank=True)), "peers")


def test_without_peers_the_chapter_says_so_and_tables_have_no_median():
    made = units.sample(peers=False)
    assert units.words(made, "peers") == "没有选定同类单位，本报告不作比较。"
    heads = {c.title for s in made.sections for b in s.blocks if isinstance(b, Table) for c in b.columns}
    assert "同组中位数" not in heads


def place_among(code, count):
    each = city(code)
    framework = tailored(builtin(), each.profile)
    scores = score(framework, each.sheet)
    me = peer(framework, each.profile, scores)
    others = [other for other in sample_peers(builtin()) if other.code != code][: count - 1]
    position = place(framework, me, choose(me, others))
    return build(framework, each.sheet, scores, language="zh", date=units.DATE, position=position)


def test_fewer_than_five_units_give_the_reason_and_nothing_else():
    made = place_among("990301", 4)
    chapter = next(section for section in made.sections if section.id == "peers")
    assert not [b for b in chapter.blocks if isinstance(b, Table | Chart)]
    assert "中位数" not in units.words(made, "peers")
    assert "4" in units.words(made, "peers")


def test_five_to_seven_units_give_the_median_but_no_quarters():
    made = place_among("990301", 6)
    text = units.words(made, "peers") + units.words(made, "dimensions")
    assert "上四分位" not in text
    assert "下四分位" not in text
    assert "中位数" in text
    chart = next(b for s in made.sections if s.id == "peers" for b in s.blocks if isinstance(b, Chart))
    assert all(row["q1"] is None for row in chart.data["rows"])


def test_practice_gets_a_mark_no_stage_and_no_comparison():
    each = city("990301")
    framework = tailored(builtin(), each.profile)
    position = place(framework, peer(framework, each.profile, score(framework, each.sheet)), choose_all())
    made_sheet = units.sheet({}, mode="training").with_cells(each.cells)
    scores = score(framework, made_sheet)
    made = build(framework, made_sheet, scores, language="zh", date=units.DATE, position=position)
    assert made.watermark == "练习"
    rating = next(b for s in made.sections if s.id == "summary" for b in s.blocks if isinstance(b, Rating))
    assert (rating.held, rating.reached, rating.bands) == (None, None, ())
    assert "不作比较" in units.words(made, "peers")
    everything = "".join(sentence.text for sentence in units.sentences(made))
    assert "认定等级为" not in everything
    assert made.calculator is not None
    assert made.calculator["bands"] == made.calculator["gates"] == []


def choose_all():
    me = next(other for other in sample_peers(builtin()) if other.code == "990301")
    return choose(me, sample_peers(builtin()))


@pytest.mark.parametrize(
    ("fields", "options", "mark"),
    [
        ({"sample": True}, Options(digest="ab" * 32), "演示数据"),
        ({}, Options(), "草稿"),
        ({"mode": "training", "sample": True}, Options(), "练习"),
        ({}, Options(watermark=""), ""),
    ],
)
def test_the_watermark_tells_what_the_paper_may_not_be_taken_for(fields, options, mark):
    made = units.report(builtin(), units.sheet({"ST1.1": Answer.of_level(3)}, **fields), options=options)
    assert made.watermark == mark


def test_a_reviewed_document_with_every_answer_has_no_watermark():
    each = city("990301")
    framework = tailored(builtin(), each.profile)
    cells = {**each.cells, ("@status", "reviewed"): {"by": "x", "at": "2026-07-01"}}
    made_sheet = units.sheet({}).with_cells(cells)
    made = build(framework, made_sheet, score(framework, made_sheet), language="zh", date=units.DATE)
    assert made.watermark == ""


def test_a_marking_stands_on_the_cover_only_when_chosen():
    assert units.sample().cover.marking == ""
    assert units.sample(options=Options(marking="内部")).cover.marking == "内部"


def test_a_suspended_assessment_is_not_exported():
    each = city("990301")
    framework = tailored(builtin(), each.profile)
    made_sheet = each.sheet.with_cells({("@redline", "R3"): {"state": "raised", "reason": "发现"}})
    scores = score(framework, made_sheet)
    assert scores.suspended
    with pytest.raises(Problem) as caught:
        build(framework, made_sheet, scores, language="zh", date=units.DATE)
    assert caught.value.code == "report.suspended"


def test_tables_and_figures_are_numbered_through_in_the_order_they_stand():
    made = units.sample()
    blocks = [block for section in made.sections for block in section.blocks]
    inner = [one for block in blocks for one in (block.blocks if isinstance(block, Fold) else (block,))]
    captions = [one.caption for one in inner if isinstance(one, Table | GateList | Chart) and one.caption]
    for word in ("表", "图"):
        numbers = [int(re.match(rf"{word}(\d+)", text).group(1)) for text in captions if text.startswith(word)]
        assert numbers == list(range(1, len(numbers) + 1))


def test_every_chart_has_its_words_and_its_table():
    for section in units.sample().sections:
        for block in section.blocks:
            if isinstance(block, Chart):
                assert block.alt.endswith("。")
                assert block.table is not None


def test_the_english_report_has_no_chinese_but_names_that_were_typed():
    made = units.sample(language="en", options=Options(compiled_by="Unit"))
    text = "".join(s.text for s in units.sentences(made) if not s.id.startswith("peers.members"))
    text = text.replace(made.cover.unit, "")
    assert re.findall(r"[\u4e00-\u9fff]+", text) == []


def test_words_stay_as_officials_write_them():
    text = "".join(sentence.text for sentence in units.sentences(units.sample()))
    for banned in ("失败", "糟糕", "驳回", "！", "不及格"):
        assert banned not in text
    assert "。。" not in text
    assert "{" not in text


def test_the_chinese_of_the_reports_is_not_hidden_by_another_catalogue():
    from babel.messages.pofile import read_po

    from assess.language import LOCALE

    chained = translation("zh")
    with (LOCALE / "zh_CN" / "LC_MESSAGES" / "reports.po").open("rb") as stream:
        wrong = {m.id: chained.gettext(m.id) for m in read_po(stream) if m.id and chained.gettext(m.id) != m.string}
    assert wrong == {}
