"""A second framework in TOML and a published table are enough: documents, scores as published, a report of one unit."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from forms.cli import main

HERE = Path(__file__).parent.parent
FRAMEWORK = HERE / "data" / "municipal-egov"
PUBLISHED = HERE.parent.parent / "shared" / "oracles" / "municipal-egov" / "2021.csv"


@pytest.fixture(scope="module")
def table() -> list[dict[str, str]]:
    if not PUBLISHED.exists():
        pytest.skip("the published table is not beside the project")
    with PUBLISHED.open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def documents(table: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("egov")
    code = main(
        ["new", str(folder), "--framework", str(FRAMEWORK), "--from", str(PUBLISHED), "--base-date", "2021-12-31"]
    )
    assert code == 0
    return folder


def test_the_framework_has_no_fault() -> None:
    assert main(["check", str(FRAMEWORK)]) == 0


def test_one_document_is_made_per_municipality(documents: Path, table: list[dict[str, str]]) -> None:
    assert len(list(documents.glob("*.zhd"))) == len(table) == 345


def test_every_score_is_as_published_and_the_unscored_have_none(
    documents: Path, table: list[dict[str, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["score", "--json", *map(str, sorted(documents.glob("*.zhd")))]) == 0
    found = {each["code"]: each["total"]["shown"] for each in json.loads(capsys.readouterr().out)}
    published = {row["cut_com"]: float(row["score_published"]) if row["score_published"] else None for row in table}
    assert {code: score is None for code, score in found.items()} == {
        code: score is None for code, score in published.items()
    }
    assert sum(score is not None for score in found.values()) == 333
    for code, score in published.items():
        if score is not None:
            assert found[code] == pytest.approx(score, abs=1e-12)


def test_the_benchmarking_report_of_one_municipality_among_its_region(
    documents: Path, table: list[dict[str, str]], tmp_path: Path
) -> None:
    mine = next(row for row in table if row["commune"] == "Valdivia")
    region = [row for row in table if row["region"] == mine["region"]]
    by_code = {path.name.split()[0]: path for path in documents.glob("*.zhd")}
    peers = [str(by_code[row["cut_com"]]) for row in region]
    code = main(
        ["report", str(by_code[mine["cut_com"]]), "--format", "html,pdf", "--out", str(tmp_path), "--language", "en",
         "--date", "2021-12-31", "--peers", *[part for path in peers for part in (path, "--peers")][:-1]]
    )  # fmt: skip
    assert code == 0
    (html,) = tmp_path.glob("*.html")
    (pdf,) = tmp_path.glob("*.pdf")
    words = html.read_text("utf-8")
    assert "Valdivia" in words
    assert mine["score_published"] in words
    assert pdf.read_bytes().startswith(b"%PDF")
