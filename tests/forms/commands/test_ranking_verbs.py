"""`zhiheng rank`, `agree` and `diagnose`: worked tables in, places and coefficients out, a sentence where it fails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from forms.cli import main


@pytest.fixture
def table(tmp_path: Path):
    def table(name: str, *rows: str) -> str:
        path = tmp_path / name
        path.write_text("\n".join(rows) + "\n", "utf-8")
        return str(path)

    return table


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]):
    def said(*arguments: str) -> dict:
        capsys.readouterr()
        assert main([*arguments, "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    return said


@pytest.fixture
def refused(capsys: pytest.CaptureFixture[str]):
    def refused(*arguments: str) -> str:
        capsys.readouterr()
        assert main(["--language", "zh", *arguments]) == 1
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        assert told.out == ""
        return told.err.strip()

    return refused


CITIES = ("名称,A,B", "甲,10,1", "乙,5,2", "丙,0,3")


def test_who_is_best_everywhere_is_first_by_every_method(table, said) -> None:
    cities = table("t.csv", "名称,A,B", "甲,10,1", "乙,5,2", "丙,0,3")
    for method in ("topsis", "grey", "rsr"):
        found = said("rank", method, "--data", cities, "--falling", "B")
        assert found["ranks"] == {"甲": 1, "乙": 2, "丙": 3}, method
        assert found["formula"]
        assert found["not_for"]


def test_topsis_by_hand_with_weights_of_a_file(table, said) -> None:
    # x' of A: 1, .5, 0; of B (more is better): 0, .5, 1; weights .8 and .2: D+ of 甲 = .2, D- = .8
    cities = table("t.csv", *CITIES)
    weights = table("w.csv", "code,weight", "A,80", "B,20")
    found = said("rank", "topsis", "--data", cities, "--weights", weights)
    assert found["scores"]["甲"] == pytest.approx(0.8)
    assert found["scores"]["乙"] == pytest.approx(0.5)


def test_votes_become_one_grade_and_a_thin_lead_is_told(table, said) -> None:
    clear = said("rank", "fuzzy", "--data", table("v.csv", "专家,A,B", *(f"{n},4,4" for n in "张王李赵"), "孙,4,3"))
    assert (clear["grade"], clear["valid"]) == (4, True)
    thin = said("rank", "fuzzy", "--data", table("w.csv", "专家,A", "张,3", "王,4", "李,3", "赵,4"))
    assert (thin["grade"], thin["valid"]) == (3.5, False)
    assert any("3.5" in words for words in thin["warnings"])


def test_agreement_of_raters_by_every_coefficient(table, said) -> None:
    same = table("same.csv", "rater,a,b,c,d", "张,1,2,3,4", "王,1,2,3,4", "李,1,2,3,4")
    for coefficient in ("alpha", "fleiss", "icc", "kendall"):
        found = said("agree", coefficient, "--data", same)
        assert found["value"] == pytest.approx(1.0), coefficient
        assert found["meaning"]
    pairs = said("agree", "kappa", "--data", same)["results"]
    assert list(pairs) == ["张 – 王", "张 – 李", "王 – 李"]
    assert {one["value"] for one in pairs.values()} == {1.0}
    things = said("agree", "variation", "--data", table("cv.csv", "rater,a,b", "张,1,4", "王,5,4"))["results"]
    assert things["b"]["value"] == 0
    assert things["a"]["value"] == pytest.approx(8**0.5 / 3)


def test_a_table_with_things_in_rows_is_turned(table, said) -> None:
    turned = table("t.csv", "thing,张,王", "a,1,1", "b,2,2", "c,3,2")
    across = table("u.csv", "rater,a,b,c", "张,1,2,3", "王,1,2,2")
    for coefficient in ("alpha", "icc", "kendall"):
        one = said("agree", coefficient, "--data", turned, "--turned")["value"]
        assert one == said("agree", coefficient, "--data", across)["value"]


def test_blanks_are_borne_by_alpha_and_named_by_icc(table, said, refused) -> None:
    gaps = table("g.csv", "rater,a,b,c", "张,1,2,3", "王,1,2,", "李,,2,3")
    assert said("agree", "alpha", "--data", gaps)["value"] == pytest.approx(1.0)
    assert "2" in refused("agree", "icc", "--data", gaps)


def test_items_that_pull_apart_are_named_with_their_dimension(table, said) -> None:
    data = table("t.csv", "名称,A,B,C", *(f"{n},{i},{9 - i},{i % 3}" for i, n in enumerate("甲乙丙丁戊己庚辛壬癸")))
    found = said("diagnose", "items", "--data", data, "--dimension", "治理=A,B", "--dimension", "余=C")
    assert [(pull["dimension"], pull["kind"]) for pull in found["pulls"]] == [("治理", "against")]
    assert found["dimensions"]["治理"]["alpha"] is None
    turned = said("diagnose", "items", "--data", data, "--dimension", "治理=A,B", "--falling", "B")
    assert turned["dimensions"]["治理"]["alpha"] == pytest.approx(1.0)
    assert turned["pulls"][0]["kind"] == "twice"


def test_obstacles_of_a_table_explain_the_whole_distance(table, said) -> None:
    found = said("diagnose", "obstacle", "--data", table("t.csv", *CITIES))["obstacles"]
    assert found["甲"] == {"A": 0.0, "B": 1.0}
    assert found["乙"] == {"A": 0.5, "B": 0.5}


def test_coupling_of_equal_dimensions_is_one_and_their_level_decides(table, said, refused) -> None:
    data = table("t.csv", "名称,ST,ME", "甲,64,64", "乙,100,0", "丙,100,100")
    units = said("diagnose", "coupling", "--data", data, "--floor", "0")["units"]
    assert (units["甲"]["c"], units["甲"]["d"]) == pytest.approx((1.0, 0.8))
    assert (units["乙"]["c"], units["乙"]["d"]) == (0.0, 0.0)
    assert units["丙"]["d"] == pytest.approx(1.0)
    assert "150" in refused("diagnose", "coupling", "--data", table("u.csv", "名称,ST,ME", "甲,150,64", "乙,1,2"))
    assert "ME" not in refused("diagnose", "coupling", "--data", table("v.csv", "名称,ST", "甲,50"))


def test_a_document_tells_its_obstacles_at_every_tier(tmp_path: Path, said, capsys: pytest.CaptureFixture[str]) -> None:
    from assess.assessment import Assessment, Author
    from assess.framework.read import builtin
    from assess.samples.cities import cities
    from forms.commands.run import now

    city = cities()[0]
    path = tmp_path / "示例.zhd"
    made = Assessment.create(path, builtin(), city.profile, author=Author(role="command line"), now=now)
    made.set_cells(dict(city.cells))
    made.close()
    found = said("diagnose", "document", str(path))
    dimensions = [found["nodes"][code] for code in ("ST", "ME", "SH", "SE", "TA")]
    assert sum(dimensions) == pytest.approx(1.0)
    assert sum(one["share"] for one in found["items"].values()) == pytest.approx(1.0)
    assert 0 < found["coupling"]["d"] <= 1
    assert main(["diagnose", "document", str(path)]) == 0
    assert "D = " in capsys.readouterr().out


def test_bad_tables_are_refused_in_one_sentence(table, refused) -> None:
    head = "名称,A,B"
    told = [
        refused("rank", "topsis", "--data", table("a.csv", head, "甲,1,2", "甲,2,3")),
        refused("rank", "topsis", "--data", table("b.csv", head, "甲,1,2", "乙,一半,3")),
        refused("rank", "topsis", "--data", table("c.csv", head, "甲,1,2")),
        refused("rank", "grey", "--data", table("d.csv", head, "甲,1,2", "乙,1,2")),
        refused("rank", "rsr", "--data", table("e.csv", head, "甲,1,2", "乙,,2")),
        refused("rank", "topsis", "--data", table("f.csv", head, "甲,1,2", "乙,2,3"), "--weights",
                table("w.csv", "code,weight", "A,1", "C,2")),
        refused("agree", "alpha", "--data", table("g.csv", "rater,a", "张,1")),
        refused("diagnose", "items", "--data", table("h.csv", head, "甲,1,2", "乙,2,3"), "--dimension", "x=Q"),
    ]  # fmt: skip
    assert all(told)
    assert len(set(told)) == len(told)
