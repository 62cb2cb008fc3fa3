"""Counties and townships taken into the city's document: who counts, who is refused, and what comes of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from assess.answers import Answer, Profile, Sheet
from assess.assessment import Assessment, Author
from assess.framework.read import builtin
from assess.grassroots import sheets
from assess.grassroots.intake import KIND, take_in
from assess.grassroots.sheets import Filled
from assess.measure import counties
from assess.measure.score import score
from assess.measure.trace import trace

FRAMEWORK = builtin()
BEGIN = datetime(2026, 7, 1, 8, tzinfo=UTC)


class Desk:
    """Makes documents in a folder, with a clock that moves."""

    def __init__(self, folder):
        self.folder, self.ticks = folder, iter(range(1_000_000))

    def now(self):
        return BEGIN + timedelta(seconds=next(self.ticks))

    def make(self, name, answers=None, *, seal=False, keyed=(), **profile):
        about = {"unit": name, "base_date": "2026-06-30", "mode": "self", **profile}
        document = Assessment.create(
            self.folder / f"{name}.zhd", FRAMEWORK, Profile(**about), author=Author("某"), now=self.now
        )
        document.answer_many(answers or {})
        document.set_cells({one.cell: one.to_json() for one in keyed}, kind="sheet")
        if seal:
            document.seal(closing=True)
        return document

    def closed(self, name, *rest, **more):
        document = self.make(name, *rest, **more)
        document.close()
        return document.path


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


@pytest.fixture
def city(desk):
    document = desk.make(
        "衡川市", {"ME2.5": Answer.of_level(5), "ST3.1": Answer.of_level(4)}, counties=3, blend_counties=True
    )
    yield document
    document.close()


def county(desk, name, level, *, seal=True, **more):
    answers = {"ME2.5": Answer.of_level(level)}
    return desk.closed(name, answers, tier="县", seal=seal, **more)


def take(city, desk, *paths):
    found = take_in(paths, city, now=desk.now)
    if found.cells:
        city.set_cells(found.cells, kind=KIND)
    return found


def of(city):
    return score(city.framework, city.sheet).items["ME2.5"]


def test_two_of_three_sealed_counties_blend_and_the_trace_names_each(city, desk):
    """0.7 × 100 + 0.3 × (60 + 20) ÷ 2 = 82; two of three are 67 %, above 60 %."""
    take(city, desk, county(desk, "甲县", 3), county(desk, "乙县", 1))
    assert of(city).score == pytest.approx(82)
    scores = score(city.framework, city.sheet)
    told = "\n".join(line.text("zh") for _depth, line in trace(city.framework, city.sheet, scores, "ME2.5").root.walk())
    assert "甲县：60.0分" in told
    assert "乙县：20.0分" in told


def test_one_of_three_is_too_few(city, desk):
    take(city, desk, county(desk, "甲县", 3))
    assert of(city).score == 100


def test_a_county_that_is_not_sealed_is_listed_and_does_not_count(city, desk):
    take(city, desk, county(desk, "甲县", 3), county(desk, "乙县", 1, seal=False))
    assert [(one.unit, one.counts) for one in counties.taken_in(city.sheet)] == [("乙县", False), ("甲县", True)]
    assert of(city).score == 100


def test_sealed_and_taken_in_again_it_replaces_what_it_brought(city, desk):
    first = county(desk, "甲县", 3)
    path = county(desk, "乙县", 1, seal=False)
    take(city, desk, first, path)
    document = Assessment.open(path, author=Author("某"), now=desk.now)
    document.answer("ME2.5", Answer.of_level(3))
    document.seal(closing=True)
    document.close()
    take(city, desk, path)
    assert len(counties.taken_in(city.sheet)) == 2
    assert of(city).score == pytest.approx(0.7 * 100 + 0.3 * 60)


def test_taking_in_is_one_step_and_can_be_undone(city, desk):
    take(city, desk, county(desk, "甲县", 3), county(desk, "乙县", 1))
    city.undo()
    assert counties.taken_in(city.sheet) == ()
    assert of(city).score == 100


def test_the_order_in_which_counties_come_does_not_matter(city, desk):
    paths = [county(desk, name, level) for name, level in (("甲县", 3), ("乙县", 1), ("丙县", 4))]
    take(city, desk, *paths)
    one = of(city).score
    city.undo()
    take(city, desk, *reversed(paths))
    assert of(city).score == one


@pytest.mark.parametrize(
    "about, code",
    [
        ({"tier": "县", "mode": "training"}, "intake.training"),
        ({"tier": "县", "base_date": "2025-06-30"}, "intake.base-date"),
        ({"tier": "县", "sample": True}, "intake.sample"),
        ({"tier": "乡", "sample": True}, "intake.sample"),
        ({"tier": "市"}, "intake.nothing"),
    ],
)
def test_what_does_not_belong_is_refused_and_leaves_the_others_alone(city, desk, about, code):
    good = county(desk, "甲县", 3)
    found = take(city, desk, desk.closed("别处", {"ME2.5": Answer.of_level(1)}, **about), good)
    assert [problem.code for problem in found.problems] == [code]
    assert [one.unit for one in counties.taken_in(city.sheet)] == ["甲县"]


def test_a_copy_of_the_very_document_and_a_file_that_is_none_are_refused(city, desk, tmp_path):
    copy = tmp_path / "副本.zhd"
    city.save_copy(copy)
    (tmp_path / "x.zhd").write_bytes(b"no document")
    found = take(city, desk, copy, tmp_path / "x.zhd")
    assert [problem.code for problem in found.problems] == ["intake.itself", "store.not-ours"]


def test_townships_bring_their_own_answers_and_the_sheets_they_keyed(city, desk):
    keyed = [Filled("村", number, {"ME2.5": 2}) for number in (1, 2, 3)]
    town = desk.closed("青石镇", {"ME2.5": Answer.of_level(3)}, tier="乡", keyed=keyed)
    take(city, desk, town)
    held = sheets.filled(city.sheet)
    assert sorted((one.number, one.tier, one.place, one.way) for one in held) == [
        (0, "乡", "青石镇", "screen"), (1, "村", "", "paper"), (2, "村", "", "paper"), (3, "村", "", "paper"),
    ]  # fmt: skip
    take(city, desk, town)
    assert len(sheets.filled(city.sheet)) == 4


def test_a_village_on_the_screen_comes_without_its_name(city, desk):
    take(city, desk, desk.closed("石桥村", {"ME2.5": Answer.of_level(3)}, tier="村"))
    assert "石桥村" not in str(dict(city.sheet.cells))


def test_two_collections_with_the_same_numbers_do_not_meet(city, desk):
    keyed = [Filled("乡", 1, {"ME2.5": 2})]
    take(city, desk, desk.closed("甲镇", tier="乡", keyed=keyed), desk.closed("乙镇", tier="乡", keyed=keyed))
    assert len(sheets.filled(city.sheet)) == 2


def test_copies_keyed_by_two_clerks_keep_every_sheet_when_merged(desk, tmp_path):
    with desk.make("青石镇", tier="乡") as first:
        first.save_copy(tmp_path / "b.zhd")
        first.set_cells({one.cell: one.to_json() for one in [Filled("乡", 1, {"ME2.5": 2})]}, kind="sheet")
        with Assessment.open(tmp_path / "b.zhd", author=Author("乙"), now=desk.now) as second:
            other = [Filled("乡", 1, {"ME2.5": 4}), Filled("乡", 2, {"ME2.5": 3})]
            second.set_cells({one.cell: one.to_json() for one in other}, kind="sheet")
        first.merge(tmp_path / "b.zhd")
        assert [one.number for one in sheets.filled(first.sheet)] == [1, 2]
        assert list(first.conflicts()) == [("@sheet", "乡.0001")]


def test_a_forged_county_record_is_passed_over():
    profile = Profile("衡川市", blend_counties=True)
    for value in (3, {"items": 3}, {"items": {"ME2.5": ["answered", "value", 900]}}, {"items": {"ME2.5": ["a"]}}):
        assert counties.taken_in(Sheet(profile, {("@county", "x"): value})) == ()


def test_names_awaited_are_those_not_here(city, desk):
    city.set_profile(parameters={"county_names": ["甲县", "乙县", "</script>"]})
    take(city, desk, county(desk, "甲县", 3))
    assert counties.awaited(city.sheet) == ("乙县", "</script>")


def test_a_reading_that_is_called_off_stops(city, desk):
    def stop(done, _total):
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take_in([county(desk, "甲县", 3), county(desk, "乙县", 3)], city, now=desk.now, progress=stop)
