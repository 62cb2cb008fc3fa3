"""Speed of the review: the table of a whole sheet, one row made anew after a value is given, and a sample."""

from __future__ import annotations

from datetime import date

from assess.answers import Answer
from assess.framework.read import builtin
from assess.measure.score import score
from assess.review.sampling import candidates, draw
from assess.review.table import renewed, table
from assess.samples.cities import cities

FRAMEWORK = builtin()
CITY = cities()[0].sheet
DAY = date(2026, 7, 22)


def test_the_table_of_69_items_in_20_ms(benchmark):
    found = score(FRAMEWORK, CITY)
    benchmark(table, FRAMEWORK, CITY, found, role="reviewer", today=DAY)
    assert benchmark.stats.stats.median < 0.020


def test_one_row_of_it_in_2_ms(benchmark):
    found = score(FRAMEWORK, CITY)
    before = table(FRAMEWORK, CITY, found, role="reviewer", today=DAY)
    after = CITY.with_cells({("ST1.1", "review"): Answer.of_level(1).to_json()})
    made = benchmark(renewed, before, FRAMEWORK, after, score(FRAMEWORK, after), ("ST1.1",), role="reviewer", today=DAY)
    assert made.rows[0].review == Answer.of_level(1)
    assert benchmark.stats.stats.median < 0.002


def test_a_sample_with_its_list_in_20_ms(benchmark):
    found = score(FRAMEWORK, CITY)
    benchmark(lambda: draw(candidates(FRAMEWORK, CITY, found), seed="7", size=14))
    assert benchmark.stats.stats.median < 0.020
