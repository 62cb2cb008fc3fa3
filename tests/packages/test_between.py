"""Rules between units speak where a round has several: copied notes are named with both units."""

from __future__ import annotations

from assess.assessment import Assessment, Author
from assess.packages.between import between
from assess.packages.issue import issue
from assess.packages.preview import Options, preview
from assess.packages.recipients import LowerUnit, add_units, recipients
from assess.packages.returning import hand_back
from assess.packages.taking import take_in
from tests.packages.conftest import answer_for

COPIED = (
    "我县由县委政法委牵头建立综治中心实战化运行机制，整合信访法院检察司法等十二个部门力量集中办公并闭环处置群众诉求"
)
OWN = "本县在山区乡镇设置流动调解岗位，驻村干部逐户走访登记矛盾苗头，月底由镇党委会逐件研判并公示办理结果"


def round_of(document, folder, clock, notes):
    """Counties that answer a few items, each with its note; their returns are in the master."""
    add_units(document, [LowerUnit(name, "county", f"99012{n}") for n, name in enumerate(notes, 1)])
    out = folder / "发放"
    out.mkdir()
    chosen = [one for one in recipients(document, "all") if one.own]
    for one in issue(document, preview(document, chosen, Options()), out).files:
        name = one.parcel.recipient.name
        with Assessment.open(one.path, author=Author("李四", name), now=clock) as package:
            code = next(iter(package.framework.indicators))
            package.answer(code, answer_for(package.framework.indicators[code]))
            package.note(code, notes[name])
            back = hand_back(package, folder, anyway=True).path
        take_in(document, [back])
    return code


def test_a_note_that_two_counties_share_names_both(master, folder, clock, told):
    document = master()
    code = round_of(document, folder, clock, {"青石县": COPIED, "河口县": COPIED, "云岭县": OWN})
    found = [one for one in between(document) if one.found.rule == "X01"]
    assert {(one.unit.name, tuple(other.name for other in one.others)) for one in found} == {
        ("青石县", ("河口县",)), ("河口县", ("青石县",)),
    }  # fmt: skip
    assert {one.found.code for one in found} == {code}
    path = document.path
    document.close()
    told_ = told("returns", path)["between"]
    assert ("青石县", ["河口县"], "X01") in [(one["unit"], one["others"], one["rule"]) for one in told_]


def test_one_county_alone_is_held_against_nobody(master, folder, clock, said):
    document = master()
    assert between(document) == ()
    round_of(document, folder, clock, {"青石县": COPIED})
    assert between(document) == ()
    path = document.path
    document.close()
    code, out, _ = said("returns", path)
    assert code == 0
    assert "X0" not in out
