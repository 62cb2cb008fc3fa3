"""`zhiheng weights`: from a table to weights, with an exit code and one sentence where that cannot be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from forms.cli import main

CITIES = [f"{name},{i},{(i * 7) % 11},{(i * i) % 13},5" for i, name in enumerate("甲乙丙丁戊己庚辛壬癸")]


@pytest.fixture
def table(tmp_path: Path):
    def table(name: str, *rows: str) -> str:
        path = tmp_path / name
        path.write_text("\n".join(rows) + "\n", "utf-8")
        return str(path)

    return table


@pytest.fixture
def cities(table) -> str:
    return table("cities.csv", "名称,A,B,C,D", *CITIES)


def weights(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict:
    capsys.readouterr()
    assert main(["weights", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def sentence(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The last line of what a refused command says; exit code 1, no traceback, nothing printed as a result."""
    capsys.readouterr()
    assert main(["--language", "zh", "weights", *arguments]) == 1
    told = capsys.readouterr()
    assert "Traceback" not in told.err
    assert told.out == ""
    return told.err.rstrip("\n").rpartition("\n")[2]


@pytest.mark.parametrize("method", ["entropy", "critic", "deviation", "pca"])
def test_methods_from_data_give_shares_and_tell_what_they_left_out(
    method: str, cities: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = weights(capsys, method, "--data", cities, "--falling", "B")
    assert sum(found["weights"].values()) == pytest.approx(1.0)
    assert found["weights"]["D"] == 0
    assert found["method"] == method
    assert found["parameters"]["falling"] == "B"
    assert any("D" in words for words in found["warnings"])
    assert found["formula"]
    assert found["not_for"]


def test_given_equal_and_budget(table, cities: str, capsys: pytest.CaptureFixture[str]) -> None:
    given = weights(capsys, "given", "--data", table("g.csv", "code,name,weight", "ST,战略,20", "ME,机制,30"))
    assert given["weights"] == {"ST": 0.4, "ME": 0.6}
    assert weights(capsys, "equal", "--data", cities)["weights"]["A"] == 0.25
    assert weights(capsys, "equal", "--item", "x", "--item", "y")["weights"] == {"x": 0.5, "y": 0.5}
    budget = weights(capsys, "budget", "--data", table("b.csv", "专家,A,B", "张,60,40", "李,40,60"))
    assert budget["weights"] == {"A": 0.5, "B": 0.5}


def test_ahp_of_two_experts_prints_ratio_and_random_indices(table, capsys: pytest.CaptureFixture[str]) -> None:
    one = table("张三.csv", ",a,b,c", "a,1,2,6", "b,1/2,1,3", "c,,,1")
    other = table("李四.csv", ",a,b,c", "a,1,3,5", "b,,1,9", "c,,,1")
    found = weights(capsys, "ahp", "--data", one, "--data", other)
    assert found["weights"] == pytest.approx({"a": 0.6, "b": 0.3, "c": 0.1})
    assert found["figures"]["experts_used"] == 1
    capsys.readouterr()
    assert main(["--language", "zh", "weights", "ahp", "--data", one, "--data", other]) == 0
    printed = capsys.readouterr().out
    assert "Saaty 1980" in printed
    assert "1.49" in printed
    assert "李四未予计入" in printed
    assert "0.280" in sentence(capsys, "ahp", "--data", other)


def test_sets_combine_from_a_table_or_from_results_in_json(
    table, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    both = table("sets.csv", "item,ahp,entropy", "A,50,20", "B,30,30", "C,20,50")
    found = weights(capsys, "combine", "--data", both)
    assert found["weights"] == pytest.approx({"A": 0.38, "B": 0.30, "C": 0.32})
    assert found["parameters"]["alpha"] == 0.6
    files = []
    for name in ("ahp", "entropy"):
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps(weights(capsys, "given", "--data", both, "--column", name)), "utf-8")
        files += ["--data", str(path)]
    assert weights(capsys, "combine", *files)["weights"] == pytest.approx(found["weights"])
    assert weights(capsys, "combine", *files, "--method", "game")["method"] == "game"
    assert weights(capsys, "combine", *files, "--method", "multiplicative")["method"] == "multiplicative"


def test_every_bad_table_has_its_sentence(table, cities: str, capsys: pytest.CaptureFixture[str]) -> None:
    head = "名称,A,B"
    told = {
        "unknown unit": sentence(capsys, "entropy", "--data", cities, "--unit", "子"),
        "twice": sentence(capsys, "entropy", "--data", table("a.csv", head, "甲,1,2", "甲,2,3")),
        "text": sentence(capsys, "entropy", "--data", table("b.csv", head, "甲,1,2", "乙,一半,3")),
        "negative": sentence(
            capsys, "entropy", "--few", "--scaling", "none", "--data", table("c.csv", head, "甲,1,-2", "乙,2,3")
        ),
        "constant": sentence(capsys, "deviation", "--few", "--data", table("d.csv", head, "甲,1,2", "乙,1,2")),
        "single": sentence(capsys, "critic", "--few", "--data", table("e.csv", head, "甲,1,2")),
        "empty": sentence(capsys, "pca", "--data", table("f.csv", "")),
        "blank": sentence(capsys, "entropy", "--few", "--data", table("g.csv", head, "甲,1,", "乙,1,2")),
        "few": sentence(capsys, "entropy", "--data", table("h.csv", head, "甲,1,3", "乙,2,2")),
        "missing": sentence(capsys, "entropy", "--data", "nowhere.csv"),
        "not weights": sentence(capsys, "combine", "--data", table("i.json", "[1]")),
        "negative weight": sentence(capsys, "given", "--data", table("j.csv", "项目,权重", "A,-1", "B,2")),
        "blank weight": sentence(capsys, "given", "--data", table("k.csv", "项目,权重", "A,", "B,2")),
    }
    assert len(set(told.values())) == len(told)
    assert all(words.endswith("。") for words in told.values())
    assert "B3" in told["text"]
    assert "甲" in told["negative"]


def test_units_with_blanks_can_be_left_out_on_purpose(table, capsys: pytest.CaptureFixture[str]) -> None:
    path = table("cities.csv", "名称,A,B,C,D", *CITIES, "子,1,,2,5")
    assert "子" in sentence(capsys, "entropy", "--data", path)
    found = weights(capsys, "entropy", "--data", path, "--complete-only")
    assert found["figures"]["units"] == 10
    assert len(found["notes"]) == 1


def test_faults_are_listed_line_by_line_before_the_sentence(table, capsys: pytest.CaptureFixture[str]) -> None:
    path = table("a.csv", "名称,A,B", "甲,x,2", "甲,2,y")
    assert main(["weights", "entropy", "--data", path]) == 1
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 4


def test_steps_are_printed_on_request_and_names_stay_on_one_line(table, capsys: pytest.CaptureFixture[str]) -> None:
    path = table("a.csv", '名称,"=1+1\n</script>🎈",B', "甲,1,2", "乙,2,1", "丙,4,4")
    assert main(["weights", "entropy", "--few", "--steps", "--data", path]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert sum("=1+1 </script>🎈" in line for line in printed) == 2
