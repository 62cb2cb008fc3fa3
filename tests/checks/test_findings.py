"""The findings of a whole sheet: severities, explanations, secrets, hard faults, samples, and hostile sheets."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.answers import Answer, Sheet
from assess.checks import texts
from assess.checks.evaluate import findings
from assess.checks.result import Found
from assess.framework.model import Framework
from assess.framework.read import builtin
from assess.framework.supplement import Pattern
from assess.framework.tiers import tailored
from assess.language import Words
from assess.measure.score import score
from assess.samples.cities import SampleCity, cities
from tests.checks.laid import CITY, number, piece, sheet

UNANSWERED = {"P11", "P12"}


def found(one: Sheet, previous: Sheet | None = None) -> tuple[Found, ...]:
    framework = tailored(builtin(), one.profile)
    return findings(framework, one, score(framework, one), previous=previous)


def rules(one: Sheet, previous: Sheet | None = None) -> set[tuple[str, str]]:
    return {each.key for each in found(one, previous)}


def of(rule: str, one: Sheet) -> Found:
    return next(each for each in found(one) if each.rule == rule)


PATTERNS: list[tuple[Pattern, str, bool]] = [
    (pattern, text, wanted)
    for pattern in builtin().patterns.values()
    for wanted, examples in ((True, pattern.matches), (False, pattern.not_matches))
    for text in examples
]


@pytest.mark.parametrize(("pattern", "text", "wanted"), PATTERNS, ids=[f"{p.id}-{t}" for p, t, _w in PATTERNS])
def test_every_pattern_finds_its_own_examples_and_leaves_the_others(pattern: Pattern, text: str, wanted: bool) -> None:
    assert texts.matches(pattern, text) is wanted


def test_full_width_digits_hide_nothing() -> None:
    assert texts.matches(builtin().patterns["mobile_number"], "电话１９９００００００００")


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ({("ST1.1", "note"): "联系人电话19900000000"}, "note"),
        ({("ST1.1", "explanation"): "联系人电话19900000000"}, "explanation"),
        ({("ST1.1", "evidence/1"): piece("通讯录19900000000.docx")}, "evidence_name"),
        ({("ST1.1", "evidence/1"): piece(number="19900000000")}, "evidence_number"),
        ({("ST1.1", "self"): {"kind": "nd", "reason": "问 19900000000"}}, "reason"),
        ({("ST1.1", "opinion"): "请致电19900000000"}, "comment"),
    ],
)
def test_a_secret_is_told_by_item_and_field_and_its_text_is_nowhere(
    cells: dict[tuple[str, str], object], field: str
) -> None:
    one = of("S03", sheet(cells=cells))
    assert (one.code, one.fields, one.severity) == ("ST1.1", (field,), "error")
    assert "199" not in repr(one)


def test_a_secret_in_the_name_of_the_unit_belongs_to_the_document() -> None:
    one = of("S03", sheet(unit="某市（19900000000）"))
    assert (one.code, one.fields) == ("", ("unit_name",))


def test_what_was_typed_into_a_number_is_not_repeated() -> None:
    one = of("number.unreadable", sheet({"ST1.2": number(result="证号990101199001010000")}))
    assert one.severity == "error"
    assert "9901" not in repr(one)


def test_a_contradiction_is_found_at_the_answer_that_rests_on_the_other() -> None:
    one = of("L01", sheet({"ME2.1": Answer.of_choice("no"), "ME2.2": number("9", "10")}))
    assert (one.code, one.codes, one.severity, one.group) == ("ME2.2", ("ME2.1", "ME2.2"), "error", "logic")
    assert one.message.zh  # type: ignore[union-attr]
    assert one.action.en  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "explained"), [("", False), ("情况属实", False), ("平" * 19 + " 　", False), ("平" * 20, True)]
)
def test_an_explanation_lifts_where_the_rule_allows_it_and_it_is_long_enough(text: str, explained: bool) -> None:
    answers = {"ME2.1": Answer.of_choice("no"), "ME2.2": number("9", "10")}
    for code in ("ME2.1", "ME2.2"):
        one = of("L01", sheet(answers, {(code, "explanation"): text}))
        assert one.liftable
        assert one.explained is explained


def test_an_explanation_does_not_lift_what_may_not_be_explained() -> None:
    one = of(
        "P08",
        sheet({"ST1.1": Answer.not_applicable("我市情况特殊，暂不适用本题")}, {("ST1.1", "explanation"): "平" * 50}),
    )
    assert not one.liftable
    assert one.open


def test_a_finding_about_the_whole_document_has_a_place_for_its_explanation() -> None:
    levels = [code for code, item in builtin().indicators.items() if item.kind == "level"]
    straight = sheet({code: Answer.of_level(3) for code in levels})
    one = of("P01", straight)
    assert (one.code, one.explained, one.explained_at) == ("", False, "@check/P01")
    assert of("P01", straight.with_cells({("@check/P01", "explanation"): "平" * 20})).explained


@pytest.mark.parametrize(
    ("answer", "rule"),
    [
        (number("1204", "1140"), "N03"),
        (number(result="120"), "N01"),
        (number(result="-3"), "N02"),
        (number(result="八成"), "number.unreadable"),
        (number(), "number.incomplete"),
        (Answer.of_level(3), "answer.wrong-kind"),
    ],
)
def test_a_hard_fault_is_told_by_the_rules_that_speak_of_it_or_else_by_itself(answer: Answer, rule: str) -> None:
    errors = [one for one in found(sheet({"SH3.1": answer})) if one.code == "SH3.1" and one.severity == "error"]
    assert [one.rule for one in errors] == rule.split()


def test_an_answer_set_aside_by_a_skip_is_not_a_fault() -> None:
    one = sheet({"SH2.1": Answer.of_level(0), "SH3.1": number(result="八成")})
    assert ("number.unreadable", "SH3.1") not in rules(one)


def test_rules_of_other_levels_and_of_many_sheets_do_not_run() -> None:
    assert not {rule for rule, _code in rules(sheet()) if rule[0] in "XG" or rule in ("S10", "E12")}
    village = sheet(cells={("ME3.1", "evidence/1"): piece()}, tier="村")
    assert {rule for rule, _code in rules(village)} >= {"E12"}


def test_last_period_is_read_from_its_column_or_its_sheet() -> None:
    now, then = {"SH3.1": number("95", "100")}, number("50", "100")
    assert ("T02", "SH3.1") not in rules(sheet(now))
    assert ("T02", "SH3.1") in rules(sheet(now, {("SH3.1", "previous"): then.to_json()}))
    assert ("T02", "SH3.1") in rules(sheet(now), sheet({"SH3.1": then}))
    told = next(one.detail for one in found(sheet(now), sheet({"SH3.1": then})) if one.rule == "T02")
    assert told is not None
    assert told.values == {"before": "50", "now": "95"}


def test_an_empty_sheet_has_no_error_but_the_unanswered_ones() -> None:
    for tier in ("市", "县", "乡", "村"):
        errors = {one.rule for one in found(sheet(tier=tier)) if one.severity == "error"}
        assert errors <= UNANSWERED, tier
    assert ("P11", "ST1.1") in rules(sheet())


@pytest.mark.parametrize("city", cities(), ids=lambda city: city.profile.unit)
def test_no_sample_city_has_an_error(city: SampleCity) -> None:
    assert not [one.key for one in found(city.sheet) if one.severity == "error"]


def test_errors_come_first_then_warnings_then_hints_each_in_the_order_of_the_items() -> None:
    one = found(sheet({"SH3.1": number(result="120"), "ST1.1": Answer.of_level(4)}))
    severities = [each.severity for each in one]
    assert severities == sorted(severities, key=("error", "warning", "hint").index)
    order = list(builtin().indicators)
    errors = [order.index(each.code) for each in one if each.severity == "error" and each.code]
    assert errors == sorted(errors)


def test_every_finding_speaks_both_languages() -> None:
    for each in found(sheet({"SH3.1": number(result="120"), "ST1.2": number(result="x")})):
        for words in (each.message, each.action):
            if isinstance(words, Words):
                assert words.zh
                assert words.en
            else:
                assert re.search(r"[一-鿿]", words.render("zh"))
                assert words.render("en").isascii() or "“" in words.render("en")


HOSTILE = st.sampled_from(
    [
        "</script>",
        "=1+1",
        "😀",
        "㙍𡐓",
        "一\n二",
        "１２３",
        "-5",
        "1e9",
        "9" * 29,
        "0",
        "100",
        "12.5",
        "",
        "密级：机密",
        "\x00",
        "％",
    ]
)
CODES = st.sampled_from(list(builtin().indicators))
ANSWERS = st.one_of(
    st.integers(-2, 9).map(Answer.of_level),
    st.sampled_from(["yes", "no"]).map(Answer.of_choice),
    st.lists(st.sampled_from("ABCDEFGHZ"), max_size=5, unique=True).map(Answer.of_ticks),
    HOSTILE.map(Answer.not_applicable),
    HOSTILE.map(Answer.no_data),
    st.builds(
        number,
        st.none() | HOSTILE,
        st.none() | HOSTILE,
        st.none() | HOSTILE,
        confirm=st.sampled_from([None, "yes", "no"]),
    ),
)
PIECES = st.builds(
    piece,
    HOSTILE,
    date=st.sampled_from(["", "2026-06-30", "0001-01-01", "9999-12-31", "x"]),
    grade=st.sampled_from(["", "A", "D", "E"]),
    options=st.just(["A"]) | st.just([]),
    digest=HOSTILE,
    number=HOSTILE,
)


@given(
    answers=st.dictionaries(CODES, ANSWERS, max_size=30),
    before=st.dictionaries(CODES, ANSWERS, max_size=10),
    notes=st.dictionaries(st.tuples(CODES, st.sampled_from(["note", "explanation", "opinion"])), HOSTILE, max_size=8),
    evidence=st.dictionaries(st.tuples(CODES, st.just("evidence/1")), PIECES, max_size=8),
    tier=st.sampled_from(["市", "县", "乡", "村"]),
    base=st.sampled_from(["2026-06-30", "", "9999-12-31", "0001-01-01", "六月"]),
    with_sheet=st.booleans(),
)
def test_no_rule_raises_on_any_sheet(
    answers: dict[str, Answer],
    before: dict[str, Answer],
    notes: dict[tuple[str, str], str],
    evidence: dict[tuple[str, str], object],
    tier: str,
    base: str,
    with_sheet: bool,
) -> None:
    previous = {(code, "previous"): answer.to_json() for code, answer in before.items()}
    one = sheet(answers, {**notes, **evidence, **previous}, tier=tier, base_date=base, unit="</script>\n=1+1")
    for each in found(one, sheet(before) if with_sheet else None):
        for language in ("zh", "en"):
            for words in (each.message, each.action, each.detail):
                if isinstance(words, Words):
                    assert words.to(language)
                elif words is not None:
                    assert words.render(language)


def test_a_framework_without_rules_or_with_broken_ones_finds_nothing_and_breaks_nothing() -> None:
    framework = builtin()
    one = sheet({"ST1.1": Answer.of_level(5)})

    def with_condition(condition: object) -> Framework:
        rule = replace(framework.checks["L01"], condition=condition)  # type: ignore[arg-type]
        return replace(framework, checks={"L01": rule})

    assert findings(replace(framework, checks={}), one) == ()
    for broken in (
        {},
        {"indicator": "ST1.1"},
        {"indicator": "ST1.1", "at_least": "viel"},
        {"each": "all"},
        {"each": 7, "when": {"at_least": 1}},
        {"items": "all", "text_matches": "x"},
        {"fact": "weather", "is": 1},
        {"all": "ST1.1"},
        {"each": "all_text", "when": {"text_matches": "no_such_pattern"}},
    ):
        assert findings(with_condition(broken), one) == ()


def test_a_pattern_that_cannot_be_compiled_matches_nothing() -> None:
    assert not texts.matches(Pattern("x", Words("坏"), ("(",)), "(")


def test_scores_are_not_needed() -> None:
    assert findings(builtin(), Sheet(CITY)) != ()
