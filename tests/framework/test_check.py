"""The linter names every fault with its place, code, subject and a way out."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import assess.framework
from assess.framework.check import check, check_sources
from assess.framework.check_supplements import children, uncovered
from assess.framework.read import FrameworkProblem, builtin, from_sources, read
from assess.framework.sources import FRAMEWORKS
from assess.problems import Problem
from tests.framework.small import SMALL, broken, line_of

NUMBER = 'kind = "number"'
M, A, B, C = "framework.toml", "a.toml", "b.toml", "checks.toml"

BROKEN = [
    # code, file, text, replacement, subject, mark of the line (empty: the replacement itself)
    ("file.syntax", A, 'code = "A1"', 'code = "A1', "", ""),
    ("file.missing", M, '"b.toml"]', '"c.toml"]', "c.toml", "files"),
    ("file.unknown-key", A, "weight = 50", "wieght = 50", "wieght", ""),
    ("file.missing-key", A, 'code = "A2"', 'note = "x"', "code", "[[indicator]]\nnote"),
    ("file.wrong-type", A, "weight = 50", 'weight = "50"', "weight", ""),
    ("file.unknown-value", A, 'kind = "yesno"', 'kind = "yes/no"', "kind", ""),
    ("file.not-listed", M, '"a.toml", "b.toml"', '"a.toml"', "b.toml", "files"),
    ("tree.duplicate-code", A, 'code = "A2"', 'code = "A1"', "A1", 'code = "A1"\nkind = "yesno"'),
    ("tree.reserved-code", A, 'code = "A2"', 'code = "total"', "total", ""),
    ("tree.unknown-parent", A, 'under = "A"', 'under = "AB"', "A1", ""),
    ("tree.cycle", B, 'code = "BB"', 'code = "BB"\nunder = "BB"', "BB", "under"),
    ("tree.empty-node", B, 'under = "BB"', 'under = "B"', "BB", 'code = "BB"'),
    ("tree.geometric-floor", M, 'aggregation = "weighted_mean"', 'aggregation = "geometric"', "total", ""),
    ("weight.not-positive", A, "weight = 20", "weight = -20", "A2", ""),
    ("weight.partly", A, "weight = 20\n", "", "A2", 'code = "A2"'),
    ("weight.sum", A, "weight = 30", "weight = 31", "A", ""),
    (
        "total.maximum",
        M,
        'maximum = 100\naggregation = "weighted_mean"',
        'maximum = 90\naggregation = "sum"',
        "total",
        "",
    ),
    ("total.not-positive", M, "maximum = 100", "maximum = 0", "total", ""),
    (
        "item.foreign-block",
        A,
        "[indicator.not_applicable]",
        '[indicator.yesno]\ngood = "no"\n[indicator.not_applicable]',
        "A3",
        "[indicator.yesno]",
    ),
    (
        "item.level-scores",
        A,
        'level = 5\nzh = "在4级',
        'level = 5\nscore = 100\nzh = "在4级',
        "A1",
        "[[indicator.level]]\nlevel = 0",
    ),
    (
        "item.levels",
        A,
        'level = 5\nzh = "在4级',
        'level = 4\nzh = "在4级',
        "A1",
        '[[indicator.level]]\nlevel = 4\nzh = "在4级',
    ),
    (
        "item.conditions",
        A,
        'en = "Level 4 plus: automatic"',
        'en = "x"\nconditions.zh = ["甲", ""]',
        "A1",
        "[[indicator.level]]\nlevel = 5",
    ),
    ("item.duplicate-option", B, 'key = "B"', 'key = "A"', "B1", "[[indicator.option]]"),
    ("item.months", A, "months = [1, 2]", "months = [3, 2]", "A1", ""),
    ("item.no-plain-question", A, 'tiers = ["市", "县"]', 'tiers = ["市", "县", "乡"]', "A1", ""),
    (
        "item.na-tier",
        A,
        '[indicator.not_applicable]\ntiers = ["市"]',
        '[indicator.not_applicable]\ntiers = ["市", "县"]',
        "A3",
        'tiers = ["市", "县"]\nwhen',
    ),
    ("item.na-never", M, 'never = ["A1"]', 'never = ["A3"]', "A3", ""),
    ("number.equal-goalposts", A, "full = 95", "full = 50", "A3", ""),
    ("number.direction", A, 'direction = "up"', 'direction = "down"', "A3", ""),
    ("number.plausible", A, "plausible = [0, 100]", "plausible = [100, 0]", "A3", ""),
    ("number.unreachable", A, "full = 95", "full = 105", "A3", ""),
    ("number.cap", A, "cap = 60", "cap = 100", "A3", "confirmation"),
    ("number.no-denominator", A, 'denominator = { zh = "分母", en = "bottom" }\n', "", "A3", 'kind = "ratio"'),
    (
        "number.zero-denominator",
        A,
        'zero_denominator = { treat = "na", zh = "选不适用", en = "choose not applicable" }\n',
        "",
        "A3",
        "denominator =",
    ),
    (
        "number.zero-denominator-na",
        A,
        '[indicator.not_applicable]\ntiers = ["市"]\nwhen = { zh = "当年", en = "this year" }\n',
        "",
        "A3",
        "zero_denominator",
    ),
    ("number.factor", A, "factor = 100", "factor = 0", "A3", ""),
    ("number.goalposts-missing", A, "full = 95\n", "", "A3", "[indicator.number]"),
    ("number.scale", A, "full = 95", 'scale = "curve"\npoints = [[1, 0], [1, 100]]', "A3", "points = [[1"),
    ("number.scale", A, "full = 95", 'scale = "to_target"\ntarget = 0', "A3", "target = 0"),
    ("number.scale", A, "zero = 50", "zero = 0\nlog = true", "A3", "log = true"),
    ("number.scale", A, "full = 95", 'scale = "minmax"\nrange = [100, 1]', "A3", "range = [100"),
    ("number.scale", A, "full = 95", 'scale = "zscore"\nspread = 0', "A3", "spread = 0"),
    ("node.pass", A, "weight = 60", "weight = 60\npass = 101", "A", "pass = 101"),
    ("node.available", A, "weight = 60", "weight = 60\navailable = 60", "A", "available = 60"),
    ("node.discount", A, "weight = 60", 'weight = 60\naggregation = "discount"', "A", 'aggregation = "discount"'),
    ("index.group", M, "[bonus]", '[index]\nimpute = "group_mean"\n[bonus]', "group", "[index]"),
    ("index.weights", M, "[bonus]", "[index.robustness]\nweights = 1\n[bonus]", "weights", "weights = 1"),
    ("index.neighbors", M, "[bonus]", "[index]\nneighbors = 0\n[bonus]", "neighbors", "neighbors = 0"),
    ("index.goalposts", M, "[bonus]", "[index.robustness]\ngoalposts = [1, 0]\n[bonus]", "goalposts", "goalposts = ["),
    ("index.outliers", M, "[bonus]", "[index]\noutliers = { most = -1 }\n[bonus]", "most", "[index]"),
    (
        "number.scale",
        M,
        "[bonus]",
        '[[index.robustness.scales]]\nscale = "minmax"\nrange = [1, 1]\n[bonus]',
        "scales",
        "range = [1, 1]",
    ),
    (
        "reference.unknown",
        M,
        "[bonus]",
        '[index.robustness]\naggregations = ["mean"]\n[bonus]',
        "mean",
        "aggregations = [",
    ),
    (
        "skip.trigger",
        M,
        'op = "answer==", value = "no" }\nthen',
        'op = "answer==", value = "maybe" }\nthen',
        "K1",
        "when",
    ),
    ("skip.trigger", M, 'op = "level<=", value = 0', 'op = "level<=", value = 5', "K2", ""),
    (
        "skip.trigger",
        M,
        'indicator = "A1", op = "level<=", value = 0',
        'indicator = "A1", op = "answer==", value = "no"',
        "K2",
        "",
    ),
    ("skip.dead", M, 'treatment = "zero"\ntiers = ["市"]', 'treatment = "zero"\ntiers = ["市", "县"]', "K1", "when"),
    ("skip.key", M, 'then = ["A3"]', 'then = ["A1"]', "K1", ""),
    ("skip.cycle", M, 'then = ["A3"]', 'then = ["A2"]', "K1", ""),
    ("rule.duplicate-id", M, 'id = "K2"', 'id = "K1"', "K1", 'id = "K1"\nwhen = { indicator = "A1"'),
    (
        "red-line.trigger",
        M,
        'value = "no" },\n    { flag',
        'value = "never" },\n    { flag',
        "R1",
        '    { indicator = "A2", op',
    ),
    ("red-line.no-trigger", M, 'any = [{ flag = "forged" }]', "any = []", "R2", 'id = "R2"'),
    ("red-line.stage", M, 'type = "cap_stage", max_stage = 1', 'type = "cap_stage", max_stage = 7', "R1", ""),
    ("points.ceiling", M, "points = [1, 2]", "points = [1, 9]", "D1", ""),
    ("county.weights", M, "county_weight = 0.3", "county_weight = 0.4", "county_to_city", "city_weight"),
    ("stage.gap", M, 'en = "two"\nmin = 50', 'en = "two"\nmin = 60', "2", "min = 60"),
    ("stage.overlap", M, 'en = "two"\nmin = 50', 'en = "two"\nmin = 40', "2", "min = 40"),
    ("stage.empty", M, "min = 0\nmax = 50", "min = 0\nmax = 0", "1", "min = 0"),
    ("stage.order", M, "level = 2", "level = 3", "3", ""),
    ("stage.end", M, "max = 100\nmax_inclusive", "max = 95\nmax_inclusive", "2", "max = 95"),
    ("gate.impossible", M, 'en = "total"\nmin = 50', 'en = "total"\nmin = 101', "G1", "min = 101"),
    ("gate.impossible", M, 'en = "total"\nmin = 50', 'en = "total"\nmin = 60', "G1", "min = 60"),
    ("gate.impossible", M, "count = 2", "count = 3", "G2", ""),
    ("gate.impossible", M, "min = 40\ncount", "min = 140\ncount", "G2", "min = 140"),
    ("gate.impossible", M, "min_share = 0.6", "min_share = 1.2", "G3", ""),
    ("gate.impossible", A, "key = true", "key = false", "G3", ""),
    ("gate.impossible", M, "min = 0.7", "min = 70", "G4", ""),
    ("gate.impossible", M, 'indicators = ["A1"]', "indicators = []", "G6", ""),
    ("gate.impossible", M, 'document_status = ["reviewed"]', "document_status = []", "G7", ""),
    ("gate.idle", M, 'en = "total"\nmin = 50', 'en = "total"\nmin = 20', "G1", "min = 20"),
    ("perception.bands", M, "{ max = 1,", "{ max = 0,", "平", ""),
    ("improvement.phases", M, "months_max = 12", "months_max = 2", "improvement", "phases"),
    ("improvement.effort", M, '"低" = 1.0', '"低" = 0.0', "低", ""),
    ("improvement.target", M, "city = 80", "city = 180", "city", ""),
    ("example.stale", "examples.toml", 'code = "B1"', 'code = "B1"\nfingerprint = "000000000000"', "B1", "fingerprint"),
    ("check.pattern", C, "[0-9]{4}", "[0-9", "number", "regex"),
    ("words.missing", A, 'name = { zh = "二", en = "two" }', 'name = "二二"', "en", ""),
    ("words.missing", A, 'name = { zh = "二", en = "two" }', 'name = { en = "second" }', "zh", ""),
    # references to what does not exist, with the nearest that does
    ("reference.unknown", M, 'then = ["A3"]', 'then = ["A33"]', "A33", ""),
    ("reference.unknown", M, '{ indicator = "A1", op = "level', '{ indicator = "A11", op = "level', "A11", ""),
    (
        "reference.unknown",
        M,
        'treatment = "zero"\ntiers = ["市"]',
        'treatment = "zero"\ntiers = ["市区"]',
        "市区",
        'tiers = ["市区"]',
    ),
    ("reference.unknown", M, 'modes = ["formal"]', 'modes = ["formel"]', "formel", ""),
    (
        "reference.unknown",
        M,
        'indicator = "A2", op = "answer==", value = "no" },\n    {',
        'indicator = "AA2", op = "answer==", value = "no" },\n    {',
        "AA2",
        "",
    ),
    ("reference.unknown", M, 'no_double = ["R1"]', 'no_double = ["R9"]', "R9", ""),
    ("reference.unknown", M, 'never = ["A1"]', 'never = ["A9"]', "A9", ""),
    ("reference.unknown", M, "max_stage = 1\n\n[county", "max_stage = 4\n\n[county", "4", "max_stage = 4"),
    ("reference.unknown", M, 'mode = "formal"', 'mode = "official"', "official", ""),
    ("reference.unknown", M, 'except = ["A2"]', 'except = ["A7"]', "A7", ""),
    ("reference.unknown", M, 'precedence = ["self"]', 'precedence = ["selv"]', "selv", ""),
    ("reference.unknown", M, 'excluded = ["A2"]', 'excluded = ["A4"]', "A4", ""),
    ("reference.unknown", M, 'overrides = { "A1"', 'overrides = { "A8"', "A8", ""),
    ("reference.unknown", M, "levels = { 5 =", "levels = { 6 =", "6", ""),
    ("reference.unknown", M, 'not_applied = ["A2"]', 'not_applied = ["A5"]', "A5", ""),
    ("reference.unknown", M, "formal = { treatment", "formel = { treatment", "formel", "[states.NA]"),
    ("reference.unknown", M, 'indicators = ["A1"]', 'indicators = ["A12"]', "A12", ""),
    ("reference.unknown", M, "[portraits.A]", "[portraits.Z]", "Z", ""),
    ("reference.unknown", M, '1 = { zh = "弱"', '9 = { zh = "弱"', "9", "[portraits.A]"),
    ("reference.unknown", A, 'tiers = ["市", "县"]', 'tiers = ["市", "县级"]', "县级", ""),
    ("reference.unknown", A, 'lead = "甲局"', 'lead = "甲"', "甲", ""),
    ("reference.unknown", A, 'clauses = ["S1.a"]', 'clauses = ["S1.b"]', "S1.b", ""),
    ("reference.unknown", A, 'effort = "低"', 'effort = "很低"', "很低", ""),
    ("reference.unknown", B, 'scale = "use"', 'scale = "used"', "used", ""),
    ("reference.unknown", "crosswalk.toml", 'indicators = ["A1"]', 'indicators = ["A10"]', "A10", ""),
    ("reference.unknown", "glossary.toml", 'indicators = ["A1"]', 'indicators = ["A10"]', "A10", ""),
    ("reference.unknown", "glossary.toml", 'related = ["词"]', 'related = ["句"]', "句", ""),
    ("reference.unknown", "examples.toml", 'code = "B1"', 'code = "B2"', "B2", ""),
    ("reference.unknown", "examples.toml", 'option = "A"', 'option = "C"', "C", ""),
    ("reference.unknown", "examples.toml", 'date" }\ngrade = "A"', 'date" }\ngrade = "E"', "E", 'grade = "E"'),
    ("reference.unknown", C, 'indicator = "A3", above', 'indicator = "A30", above', "A30", ""),
    ("reference.unknown", C, "above = 0", "abov = 0", "abov", ""),
    ("reference.unknown", C, 'text_matches = "number"', 'text_matches = "phone"', "phone", ""),
    ("reference.unknown", C, 'fact = "answered_items"', 'fact = "answers"', "answers", ""),
    ("reference.unknown", C, 'tiers = ["市"]', 'tiers = ["省"]', "省", ""),
    ("reference.unknown", C, 'indicators = ["A1"]', 'indicators = ["A10"]', "A10", ""),
]


def test_the_small_framework_is_sound():
    assert check_sources(SMALL) == []


@pytest.mark.parametrize("code, file, old, new, subject, mark", BROKEN)
def test_a_fault_is_found_where_it_stands(code, file, old, new, subject, mark):
    sources = broken(file, old, new)
    found = [one for one in check_sources(sources) if one.code == code and one.subject == subject]
    assert found, [one.line("en") for one in check_sources(sources)]
    name, _, line = found[0].place.rpartition(":")
    if code == "file.missing" or code == "file.not-listed":
        assert name == M
    if code not in ("file.missing", "file.not-listed", "item.na-never", "gate.impossible"):
        assert name == file
        assert int(line) == line_of(sources, file, mark or new), found[0].line("en")
    assert found[0].text.render("en")
    assert found[0].text.render("zh") != found[0].text.render("en")


def test_a_number_needs_its_block():
    text = SMALL[A]
    start, end = text.index("[indicator.number]"), text.index("[indicator.not_applicable]")
    found = check_sources({**SMALL, A: text[:start] + text[end:]})
    place = f"a.toml:{line_of(SMALL, A, NUMBER)}"
    assert [(one.code, one.subject, one.place) for one in found] == [("item.block-missing", "A3", place)]


def test_a_gate_on_evidence_needs_rules_of_evidence():
    text = SMALL[M]
    start, end = text.index("[evidence]"), text.index("[columns]")
    found = check_sources({**SMALL, M: text[:start] + text[end:]})
    assert [(one.code, one.subject) for one in found] == [("gate.impossible", "G5")]


def test_a_clause_that_no_item_cites_is_named_in_its_own_file():
    (found,) = check_sources(broken(B, 'clauses = ["S2"]\n', ""))
    assert (found.severity, found.code, found.subject) == ("warning", "clause.unused", "S2")
    assert found.place == f"clauses.toml:{line_of(SMALL, 'clauses.toml', 'S2') - 1}"


def test_a_summed_dimension_is_worth_what_its_items_give():
    sources = broken(A, "weight = 60", 'weight = 60\naggregation = "sum"')
    sources[M] = sources[M].replace("weighted_mean", "sum")
    found = [one for one in check_sources(sources) if one.code == "weight.points"]
    assert [(one.subject, one.place) for one in found] == [("A", "a.toml:3")]
    assert found[0].hint is not None
    assert found[0].hint.render("en") == "Write weight = 100."


def test_a_framework_without_indicators_is_told_so():
    found = check_sources({M: 'code = "x"\ntitle = { zh = "无", en = "none" }\n'})
    assert [one.code for one in found] == ["tree.no-indicators"]


def test_all_faults_are_told_at_once_errors_first():
    sources = broken(A, "full = 95", "full = 50")
    sources[M] = sources[M].replace('then = ["A3"]', 'then = ["A1"]')
    sources[B] = sources[B].replace('clauses = ["S2"]\n', "colour = 1\n")
    codes = [one.code for one in check_sources(sources)]
    assert codes == ["number.equal-goalposts", "file.unknown-key", "skip.key", "clause.unused"]


def test_a_misspelled_key_brings_the_right_one_to_mind():
    (found,) = [one for one in check_sources(broken(A, "weight = 50", "wieght = 50")) if one.code == "file.unknown-key"]
    assert found.line("en") == "a.toml:10  The key wieght is not known here. Did you mean weight?"
    assert found.line("zh", codes=True) == "a.toml:10  [file.unknown-key]  这里没有 wieght 这个键。是不是 weight？"


def test_an_unknown_code_brings_the_nearest_to_mind():
    (found,) = check_sources(broken(M, 'then = ["A3"]', 'then = ["A33"]'))
    assert found.hint is not None
    assert found.hint.render("en") == "Did you mean A3?"


def test_broken_toml_names_the_line_and_no_rule_of_content_runs():
    found = check_sources(broken(A, "full = 95", "full = = 95"))
    assert [one.code for one in found] == ["file.syntax"]
    assert found[0].place == f"a.toml:{line_of(SMALL, A, 'full = 95')}"


def test_reading_a_faulty_folder_raises_with_every_finding(tmp_path):
    write(tmp_path, broken(A, "full = 95", "full = 50"))
    with pytest.raises(FrameworkProblem) as caught:
        read(tmp_path)
    assert [one.code for one in caught.value.findings] == ["number.equal-goalposts"]
    assert "a.toml" in caught.value.sentence("zh")


def test_reading_texts_that_are_no_toml_raises():
    with pytest.raises(FrameworkProblem) as caught:
        from_sources(broken(A, "full = 95", "full ="))
    assert caught.value.findings[0].place.startswith("a.toml:")


def test_a_folder_without_a_framework_is_a_problem(tmp_path):
    with pytest.raises(Problem) as caught:
        check(tmp_path)
    assert caught.value.code == "framework.not-found"


def test_a_file_in_another_encoding_is_a_problem(tmp_path):
    write(tmp_path, SMALL)
    (tmp_path / "a.toml").write_bytes('code = "甲"'.encode("gb18030"))
    with pytest.raises(Problem) as caught:
        check(tmp_path)
    assert caught.value.code == "framework.encoding"


def test_the_shipped_framework_has_no_finding_at_all():
    assert check(FRAMEWORKS / "zhiheng") == []


def test_every_clause_of_the_third_and_fourth_part_is_covered():
    open_ones = uncovered(builtin(), strict=True)
    assert [code for code in open_ones if code.startswith(("S3", "S4"))] == []
    assert "S4.2.a.3" in builtin().clauses


def test_a_parent_clause_is_covered_by_all_its_parts_together():
    sources = broken(A, 'clauses = ["S1.a"]', 'clauses = ["S1.a"]')
    assert uncovered(from_sources(sources), strict=True) == ()
    without = from_sources(broken(A, 'clauses = ["S1.a"]\n', ""))
    assert uncovered(without, strict=True) == ("S1", "S1.a")
    assert children(without.clauses) == {"S1": ("S1.a",)}


def test_citing_a_parent_covers_its_parts_unless_the_question_is_strict():
    framework = from_sources(broken(A, 'clauses = ["S1.a"]', 'clauses = ["S1"]'))
    assert uncovered(framework) == ()
    assert uncovered(framework, strict=True) == ("S1.a",)


def test_every_code_the_linter_can_give_has_a_broken_example():
    folder = Path(assess.framework.__file__).parent
    codes: set[str] = set()
    for path in (*folder.glob("check*.py"), folder / "grammar.py", folder / "context.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and is_code(node.value):
                codes.add(node.value)
    shown = {row[0] for row in BROKEN} | {"tree.no-indicators", "clause.unused", "weight.points", "item.block-missing"}
    assert codes - shown == set()


FAMILIES = (
    "file",
    "tree",
    "weight",
    "total",
    "item",
    "number",
    "skip",
    "red-line",
    "points",
    "county",
    "stage",
    "gate",
)
FAMILIES += ("perception", "improvement", "clause", "example", "check", "words", "reference", "rule")


def is_code(text: str) -> bool:
    family, dot, name = text.partition(".")
    return (
        bool(dot) and family in FAMILIES and name.replace("-", "").isalpha() and name != "toml" and text == text.lower()
    )


def write(folder: Path, sources: dict[str, str]) -> None:
    for name, text in sources.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


VALUES = ("1", '"x"', "-1", "true", "[]", "{}", '["x"]', '{ zh = "x" }', "nan", '"A"', '"sum"', '[["a"]]', "1979-05-27")


@given(st.lists(st.tuples(st.integers(0, 10_000), st.sampled_from((None, *VALUES))), min_size=1, max_size=3))
def test_no_damage_to_the_files_breaks_the_linter(damage):
    sources = dict(SMALL)
    for place, value in damage:
        rows = [(name, row) for name, text in sources.items() for row in range(text.count("\n"))]
        name, row = rows[place % len(rows)]
        lines = sources[name].split("\n")
        lines[row : row + 1] = [] if value is None else [f"{lines[row].partition('=')[0]}= {value}"]
        sources[name] = "\n".join(lines)
    for finding in check_sources(sources):
        assert finding.line("zh")
        assert finding.line("en").startswith(finding.place)
