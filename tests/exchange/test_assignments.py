"""Who answers what, as a table out and in: the same names come back, and nothing typed becomes a formula."""

from __future__ import annotations

import pytest

from assess import walk
from assess.answers import Profile, Sheet
from assess.exchange.assignments import assigned, read, table
from assess.framework.read import builtin
from assess.problems import Problem


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_written_is_read_again(tmp_path, language):
    sheet = Sheet(Profile(unit="衡川市", tier="市")).with_cells(
        {("ST1.1", "assignment"): {"lead": "=1+1\n局", "assisting": ["㙍𡐓办", "</script>"]}}
    )
    path = tmp_path / "分工.csv"
    path.write_text(table(builtin(), sheet, language), encoding="utf-8")
    back = read(path, builtin())
    assert not back.refused
    assert len(back.cells) == 69
    assert [code for (code, _), value in back.cells.items() if value is not None] == ["ST1.1"]
    assert back.cells[("ST1.1", "assignment")] == {"lead": "=1+1 局", "assisting": ["㙍𡐓办", "</script>"]}
    again = sheet.with_cells(back.cells)
    for code in builtin().indicators:
        one, other = walk.responsible(builtin(), sheet, code), walk.responsible(builtin(), again, code)
        assert [" ".join(u.to(language).split()) for u in one.units] == [u.to(language) for u in other.units]


def test_rows_without_an_item_or_said_twice_are_named_and_the_rest_is_taken(tmp_path):
    path = tmp_path / "分工.csv"
    path.write_text(
        "说明\n编号,牵头单位,配合单位\nst1.1,市教育局,\n,,\nXX9,市水利局,\nST1.1,别的局,\n", encoding="utf-8"
    )
    found = read(path, builtin())
    assert found.cells == {("ST1.1", "assignment"): {"lead": "市教育局", "assisting": []}}
    assert len(found.refused) == 2


def test_an_empty_name_gives_the_item_back_to_the_framework():
    assert assigned("  ", "，、") is None
    assert assigned("", "甲局、乙局，甲局") == {"lead": "", "assisting": ["甲局", "乙局"]}
    assert len(assigned("长" * 200)["lead"]) == 60


def test_a_table_without_headings_is_refused(tmp_path):
    path = tmp_path / "分工.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(Problem) as refusal:
        read(path, builtin())
    assert refusal.value.code == "assignments.no-headings"
