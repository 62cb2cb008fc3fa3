"""Two parts of 二 总体评价: the counties taken in, and the gap between above and below (上下温差).

No place below the county is named, and with fewer sheets than the framework asks for there is no number.
"""

from __future__ import annotations

from assess.grassroots.form import tier_name
from assess.grassroots.gap import Gaps, ItemGap, gaps
from assess.language import say
from assess.measure import counties
from reports.model import Block, Column, Paragraph, Sentence, Table
from reports.sections.matter import DASH, Matter

MOST = 10
NAMED = 3


def parts(m: Matter, part: int, chapter: int) -> list[Block]:
    """Both parts as far as there is anything to say; `part` is the number of the first."""
    blocks: list[Block] = []
    held = counties.taken_in(m.sheet)
    if held:
        blocks.append(m.heading(2, m.part(part, chapter), say("Counties"), "overall-counties"))
        blocks.append(Paragraph(tuple(county_sentences(m, held))))
        blocks.append(county_table(m, held))
        part += 1
    found = gaps(m.framework, m.sheet)
    if found is not None and found.count:
        blocks.append(m.heading(2, m.part(part, chapter), say("Gap between above and below"), "overall-gap"))
        blocks.append(Paragraph(tuple(gap_sentences(m, found))))
        if found.told:
            blocks.append(gap_table(m, found))
    return blocks


def county_sentences(m: Matter, held: tuple[counties.Submitted, ...]) -> list[Sentence]:
    """How many were taken in, how many count, and how they count."""
    counting, rule = counties.counting(m.sheet), m.framework.county_blend
    whole = max(m.sheet.profile.counties or 0, len(held))
    out = [
        m.sentence(
            "counties.held",
            say(
                "Of {all} counties {held} have handed in; {count} of them count.",
                all=whole, held=len(held), count=len(counting),
            ),
        )
    ]  # fmt: skip
    blended = [item for item in m.scores.items.values() if item.counties]
    if rule is not None and counties.active(m.framework, m.sheet.profile):
        out.append(
            m.sentence(
                "counties.blended",
                say(
                    "In {count} items the city's score counts {city} and the mean of the counties {county}; elsewhere "
                    "fewer than {share} of the counties have answered, and the city's score stands alone.",
                    count=len(blended), city=m.percent(rule.city_weight, 0), county=m.percent(rule.county_weight, 0),
                    share=m.percent(rule.min_submission_share, 0),
                ),
            )
        )  # fmt: skip
    else:
        out.append(m.sentence("counties.apart", say("They do not count in the score of the city.")))
    waited = counties.awaited(m.sheet)
    if waited:
        out.append(m.sentence("counties.missing", say("Not handed in yet: {names}.", names=waited)))
    return out


def county_table(m: Matter, held: tuple[counties.Submitted, ...]) -> Table:
    """Each county: how it was handed in, whether it counts, how many items have a score, and their mean."""
    counting = counties.counting(m.sheet)
    rows = []
    for one in held:
        scores = [item.score for item in one.items.values() if item.score is not None and item.counting != "exclude"]
        standing = {
            "sealed": say("sealed {seal}", seal=one.seal),
            "returned": say("handed in"),
            "open": say("not handed in"),
        }[one.standing]
        rows.append(
            (
                one.unit,
                m.text(standing),
                m.text(say("counts") if one in counting else say("does not count")),
                str(len(scores)),
                m.number(sum(scores) / len(scores)) if scores else DASH,
            )
        )
    columns = (
        Column(m.text(say("County or district")), width=1.6),
        Column(m.text(say("Standing")), width=2.0),
        Column(m.text(say("In the score")), width=1.2),
        Column(m.text(say("Items with a score")), "end", 1.2),
        Column(m.text(say("Mean score")), "end"),
    )
    return Table(m.text(say("County documents taken in")), columns, tuple(rows))


def gap_sentences(m: Matter, found: Gaps) -> list[Sentence]:
    """How many sheets, what they say, where the gap is widest, and how it may be used."""
    by_tier = [
        m.text(say("{tier} {count}", tier=tier_name(tier), count=count))
        for tier, count in found.sheets.items()
        if count
    ]
    out = [
        m.sentence(
            "gap.sheets",
            say("{count} grassroots sheets were collected ({tiers}).", count=found.count, tiers=m.join(by_tier)),
        )
    ]
    told = found.told
    if not told:
        out.append(
            m.sentence(
                "gap.few",
                say("No question has both {fewest} sheets and an own answer, so no gap is given.", fewest=found.fewest),
            )
        )
        return out
    bands = m.framework.perception.gap_bands if m.framework.perception is not None else ()
    shares = [
        m.text(say("{band} {count}", band=band.name, count=sum(one.band == band for one in told)))
        for band in bands
        if any(one.band == band for one in told)
    ]
    out.append(
        m.sentence(
            "gap.bands",
            say(
                "{count} of {all} questions can be compared: {shares}.",
                count=len(told), all=len(found.items), shares=m.join(shares),
            ),
        )
    )  # fmt: skip
    hot = found.marked("red")[:NAMED]
    if hot:
        out.append(_named(m, "gap.hot", hot, above=True))
    low = tuple(reversed(found.marked("note")))[:NAMED]
    if low:
        out.append(_named(m, "gap.low", low, above=False))
    caution = m.framework.perception.caution if m.framework.perception is not None else None
    if caution:
        out.append(m.sentence("gap.caution", say("{sentence}.", sentence=m.text(caution).rstrip("。."))))
    return out


def _named(m: Matter, id: str, items: tuple[ItemGap, ...], *, above: bool) -> Sentence:  # noqa: A002
    told = tuple(
        m.text(
            say(
                "{name} (own {claim}, grassroots {mean}, gap {gap})",
                name=m.name(one.code), claim=m.number(one.claim, 1), mean=m.number(one.mean, 1), gap=signed(one.gap),
            )
        )
        for one in items
    )  # fmt: skip
    names = m.clauses(told)
    words = (
        say("The own answer is furthest above what is felt below in {names}.", names=names)
        if above
        else say("The own answer is furthest below what is felt below in {names}.", names=names)
    )
    return m.sentence(id, words, [one.code for one in items])


def gap_table(m: Matter, found: Gaps) -> Table:
    """The widest gaps, above first; with few items all of them."""
    told = found.told
    shown = told if len(told) <= MOST else tuple(sorted(told, key=lambda one: -abs(one.gap or 0.0)))[:MOST]
    shown = tuple(sorted(shown, key=lambda one: -(one.gap or 0.0)))
    rows = tuple(
        (
            m.full(one.code),
            m.number(one.claim, 1),
            m.number(one.mean, 1),
            m.number(one.spread, 1),
            str(one.sheets),
            signed(one.gap),
            m.text(one.band.name) if one.band is not None else DASH,
        )
        for one in shown
    )
    columns = (
        Column(m.text(say("Item")), width=2.4),
        Column(m.text(say("Own answer")), "end"),
        Column(m.text(say("Grassroots mean")), "end"),
        Column(m.text(say("Spread")), "end", 0.8),
        Column(m.text(say("Sheets")), "end", 0.7),
        Column(m.text(say("Gap")), "end", 0.7),
        Column(m.text(say("Meaning")), width=1.2),
    )
    note = say(
        "Both on a scale of 0 to 5; spread is the standard deviation of the sheets. Under {fewest} sheets nothing is "
        "compared.",
        fewest=found.fewest,
    )
    return Table(m.text(say("Own answer and grassroots")), columns, rows, note=m.text(note))


def signed(gap: float | None) -> str:
    """A gap with its sign and one decimal."""
    value = round(gap or 0.0, 1)
    return "0.0" if value == 0 else f"{value:+.1f}".replace("-", "−")
