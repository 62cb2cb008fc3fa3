"""Samples for on-site checks: drawn again by anybody with a seed and SHA-256, from every stratum, by stated risk."""

from __future__ import annotations

import hashlib
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.answers import Answer, Evidence
from assess.measure.score import score
from assess.problems import Problem
from assess.review import sampling
from assess.review.sampling import Candidate, allocation, draw, holds, uniform
from tests.review.conftest import LI, level

LISTS = st.lists(
    st.tuples(st.sampled_from("甲乙丙丁"), st.sets(st.sampled_from(sorted(sampling.FACTORS)))), min_size=1, max_size=40
).map(lambda rows: tuple(Candidate(f"A{n}", s, tuple(sorted(f))) for n, (s, f) in enumerate(rows)))


def test_the_number_of_an_item_is_the_one_written_down():
    digits = hashlib.sha256(b"20260722:ST1.1").hexdigest()[:13]
    assert uniform("20260722", "ST1.1") == (int(digits, 16) + 0.5) / 16**13


def test_a_sample_at_random_is_the_smallest_numbers_of_each_stratum():
    listed = tuple(Candidate(code, code[0], ()) for code in ("A1", "A2", "A3", "A4", "B1", "B2"))
    found = draw(listed, seed="7", size=3, way="random", strata="dimension")
    first = sorted(("A1", "A2", "A3", "A4"), key=lambda code: uniform("7", code))[:2]
    second = sorted(("B1", "B2"), key=lambda code: uniform("7", code))[:1]
    assert set(found.codes) == {*first, *second}


def test_by_risk_goes_by_minus_log_over_weight():
    one, other = Candidate("A1", "", ("high_bare", "jump")), Candidate("A2", "", ())
    assert sampling.key("7", one, "risk")[0] == pytest.approx(-math.log(uniform("7", "A1")) / 6)
    assert sampling.key("7", other, "risk")[0] == pytest.approx(-math.log(uniform("7", "A2")))


def test_an_item_of_higher_weight_is_drawn_more_often():
    listed = (Candidate("A1", "", ("high_bare",)), *(Candidate(f"B{n}", "", ()) for n in range(9)))
    drawn = sum("A1" in draw(listed, seed=str(seed), size=1, strata="none").codes for seed in range(600))
    assert 0.24 < drawn / 600 < 0.38  # 4 ÷ 13 ≈ 0.308


def test_highest_risk_first_takes_them_before_chance():
    listed = (Candidate("A1", "", ()), Candidate("A2", "", ("jump",)), Candidate("A3", "", ("high_bare",)))
    assert draw(listed, seed="x", size=2, way="highest", strata="none").codes == ("A2", "A3")


@given(listed=LISTS, seed=st.integers(0, 10**6), share=st.floats(0.01, 1), way=st.sampled_from(sorted(sampling.WAYS)))
def test_the_same_seed_gives_the_same_items_whatever_the_order(listed, seed, share, way):
    size = max(1, int(len(listed) * share))
    found = draw(listed, seed=str(seed), size=size, way=way)
    assert len(found.codes) == size
    assert holds(found)
    turned = draw(tuple(reversed(listed)), seed=str(seed), size=size, way=way)
    assert set(turned.codes) == set(found.codes)
    assert sampling.from_json(found.to_json()) == found


@given(sizes=st.dictionaries(st.sampled_from("甲乙丙丁戊己"), st.integers(1, 30), min_size=1), share=st.floats(0, 1))
def test_places_are_proportional_and_every_stratum_has_one_where_they_suffice(sizes, share):
    total = max(1, round(sum(sizes.values()) * share))
    places = allocation(sizes, total)
    assert sum(places.values()) == total
    assert all(0 <= places[name] <= sizes[name] for name in sizes)
    if total >= len(sizes):
        assert min(places.values()) >= 1


def test_a_sample_with_other_items_does_not_hold():
    listed = tuple(Candidate(f"A{n}", "", ()) for n in range(5))
    found = draw(listed, seed="7", size=2, strata="none")
    other = next(one.code for one in listed if one.code not in found.codes)
    forged = sampling.from_json({**found.to_json(), "codes": [other, found.codes[0]]})
    assert forged is not None
    assert not holds(forged)
    assert sampling.from_json({"seed": 1}) is None
    assert sampling.from_json({**found.to_json(), "way": "by feeling"}) is None


@pytest.mark.parametrize(
    ("listed", "seed", "size", "code"),
    [((), "7", 1, "sample.empty"), ((Candidate("A1", "", ()),), " ", 1, "sample.seed"),
     ((Candidate("A1", "", ()),), "7", 2, "sample.size"), ((Candidate("A1", "", ()),), "7", 0, "sample.size")],
)  # fmt: skip
def test_what_cannot_be_drawn_is_refused_with_what_to_do(listed, seed, size, code):
    with pytest.raises(Problem) as caught:
        draw(listed, seed=seed, size=size)
    assert caught.value.code == code


def factors(document, code):
    framework, sheet = document.framework, document.sheet
    found = sampling.candidates(framework, sheet, score(framework, sheet))
    return next(one.factors for one in found if one.code == code)


def test_the_risk_factors_are_what_they_say(create):
    document = create({code: level(4) for code in ("ST1.1", "ST1.3", "ST2.1", "ST2.4")} | {"ST3.1": level(1)})
    document.add_evidence("ST1.3", Evidence("", "新闻通稿", grade="D"))
    document.add_evidence("ST2.1", Evidence("", "制度文件", grade="A"))
    document.add_evidence("ST2.1", Evidence("", "截图", grade="D"))
    document.set_cells({("ST2.1", "previous"): level(2).to_json(), ("ST2.4", "previous"): level(3).to_json()})
    document.act_as(LI)
    document.answer("ST2.4", level(2), "review")
    assert factors(document, "ST1.1") == ("high_bare",)
    assert factors(document, "ST1.3") == ("weak_evidence",)
    assert factors(document, "ST2.1") == ("jump",)
    assert "difference" in factors(document, "ST2.4")
    assert factors(document, "ST3.1") == ()


def test_every_sample_stays_on_record(create):
    document = create({"ST1.1": level(4), "ST1.3": level(3), "ST2.1": Answer.no_data("x")})
    document.act_as(LI)
    listed = sampling.candidates(document.framework, document.sheet, score(document.framework, document.sheet))
    for seed in ("7", "8"):
        document.set_cells(sampling.cells(document.sheet, draw(listed, seed=seed, size=1)), sampling.KIND)
    kept = sampling.samples(document.sheet)
    assert [one.seed for one in kept] == ["7", "8"]
    assert all(map(holds, kept))
    assert sampling.drawn(document.sheet) == {code for one in kept for code in one.codes}
