"""Reports as files."""

from __future__ import annotations

import pytest

from assess.answers import Answer
from assess.problems import Problem
from reports import to_docx, to_html, to_pdf
from reports.export import export
from tests.reports import units


@pytest.fixture(scope="module")
def made():
    return units.report(units.flat(2), units.sheet({"Q1": Answer.of_level(3)}))


def test_the_ending_of_the_name_says_the_format(made, tmp_path):
    assert export(made, tmp_path / "报告.html").read_text("utf-8") == to_html.render(made)
    assert export(made, tmp_path / "报告.PDF").read_bytes() == to_pdf.render(made)
    assert export(made, tmp_path / "报告.bin", "pdf").read_bytes().startswith(b"%PDF")
    assert export(made, tmp_path / "报告.docx").read_bytes() == to_docx.render(made)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["报告.PDF", "报告.bin", "报告.docx", "报告.html"]


def test_another_format_is_refused_with_the_ones_there_are(made, tmp_path):
    with pytest.raises(Problem) as caught:
        export(made, tmp_path / "x.odt")
    assert caught.value.code == "report.format"
    assert "html、pdf、docx" in caught.value.sentence("zh")


def test_a_place_that_takes_no_file_leaves_nothing_behind(made, tmp_path):
    (tmp_path / "x.html").mkdir()
    with pytest.raises(Problem) as caught:
        export(made, tmp_path / "x.html")
    assert caught.value.code == "report.unwritable"
    assert [path.name for path in tmp_path.iterdir()] == ["x.html"]
    with pytest.raises(Problem):
        export(made, tmp_path / "missing" / "x.html")


def test_an_older_report_is_replaced_whole(made, tmp_path):
    target = tmp_path / "x.html"
    target.write_text("old")
    export(made, target)
    assert target.read_text("utf-8") == to_html.render(made)
