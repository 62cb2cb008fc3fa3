"""Forms: one is written in well under a second, and a thousand come back within a minute in bounded memory."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from assess.framework.read import builtin
from assess.framework.tiers import tailored
from assess.samples.cities import cities
from assess.sheets.difference import differences
from assess.sheets.reading import read
from assess.sheets.write import write

ID = "3f0c2f6e-7b1d-4c58-9d5c-5a4f0c8d1b22"
MANY, LIMIT = 1000, 60.0


def test_write_one_form(benchmark, tmp_path: Path) -> None:
    sheet = cities()[2].sheet
    benchmark.pedantic(
        lambda: write(tmp_path / "form.xlsx", builtin(), sheet, assessment=ID), rounds=5, iterations=1, warmup_rounds=1
    )
    assert benchmark.stats.stats.median < 2.0


@pytest.mark.parametrize("filled", [True, False], ids=["filled", "blank"])
def test_read_a_thousand_forms(benchmark, tmp_path: Path, filled: bool) -> None:
    """Every city's form over and over, each read anew and compared with its document."""
    forms = []
    for number, city in enumerate(cities()):
        path = tmp_path / f"{number}.xlsx"
        sheet = city.sheet if filled else type(city.sheet)(city.profile)
        write(path, builtin(), sheet, assessment=ID)
        forms.append((path, sheet, tailored(builtin(), city.profile)))

    def all_of_them() -> int:
        found = 0
        for number in range(MANY):
            path, sheet, framework = forms[number % len(forms)]
            form = read(path, framework, ID)
            found += len(form.doubts) + len(differences(sheet, form))
        return found

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert benchmark.pedantic(all_of_them, rounds=1, iterations=1) == 0
    assert benchmark.stats.stats.max < LIMIT
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # kilobytes: nothing is kept
