"""The last page of the large version: a summary to read aloud, and finishing, which seals and hands back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assess.answers import Sheet
from assess.framework.model import Framework
from assess.grassroots.form import Choice, choices, kind, question
from assess.language import Words, say
from assess.problems import Problem
from forms.page import NoticeKind, Shell
from forms.questionnaire import plain
from forms.session import Session
from forms.words import _, show

if TYPE_CHECKING:
    from assess.assessment import Assessment
    from assess.store.changes import Changes

Line = tuple[str, bool, str]
"""A text, whether it is a heading, and the code of the question it leads back to ("" for none)."""


def summary(framework: Framework, sheet: Sheet, order: Sequence[str]) -> list[Line]:
    """What was answered, as one would say it across a table: answers from the best to the worst, and under each the
    questions that got it; then ticks and numbers; at the end what was left open."""
    lines: list[Line] = []
    numbers = {code: number for number, code in enumerate(order, 1)}

    def asked(code: str) -> Line:
        words = question(framework.indicators[code])
        return (_("{number}. {question}", number=numbers[code], question=words), False, code)

    felt: dict[Words, list[str]] = {}
    open_ones: list[str] = []
    others: list[str] = []
    ranked: dict[Words, tuple[int, int]] = {}
    scales = {scale: place for place, scale in enumerate(framework.perception.scales if framework.perception else ())}
    for code in order:
        item, answer = framework.indicators[code], sheet.answer(code)
        if answer is None:
            open_ones.append(code)
        elif kind(item) == "felt" and answer.kind == "level":
            chosen = choice_of(choices(framework, item), answer.level)
            if chosen is not None:
                scale = scales.get(item.grassroots.scale, 9) if item.grassroots is not None else 9
                felt.setdefault(chosen.words, []).append(code)
                ranked.setdefault(chosen.words, (scale, -(chosen.level or 0)))
        else:
            others.append(code)
    for words in sorted(felt, key=lambda each: ranked[each]):
        codes = felt[words]
        lines.append((_("You said “{answer}” to these, {count}:", answer=words, count=len(codes)), True, ""))
        lines += [asked(code) for code in codes]
    for code in others:
        item = framework.indicators[code]
        text, _heading, _code = asked(code)
        lines.append((text, False, code))
        lines.append((show(plain.told(framework, item, sheet.answer(code))), True, code))
    if open_ones:
        lines.append((_("Left open, {count}:", count=len(open_ones)), True, ""))
        lines += [asked(code) for code in open_ones]
    return lines


def choice_of(offered: Sequence[Choice], level: int | None) -> Choice | None:
    return next((one for one in offered if one.level == level), None)


def finish(document: Assessment) -> Changes:
    """Seal the sheet of a township or village; an issued one is written as the file to hand back, beside it.

    Questions may stay open and no cover page is asked for; where nobody has said who he is, the unit signs. Problem
    township.empty where nothing is answered; seal.sealed where it is sealed already.
    """
    from assess.packages.returning import hand_back
    from assess.store.changes import Changes

    if not any(document.sheet.answer(code) is not None for code in document.framework.indicators):
        raise Problem(
            "township.empty",
            say("Nothing is answered yet."),
            say("Answer at least one question, then finish."),
        )
    if document.standing.closed:
        raise Problem("seal.sealed", say("This sheet is finished already."), say("Hand the file back as it is."))
    author = document.author
    if not (author.name.strip() or author.post.strip()):
        document.act_as(replace(author, unit=document.profile.unit, post=document.profile.unit))
    if document.role == "issued":
        back = hand_back(document, document.path.parent, anyway=True)
        return Changes(back.cells, back.items, "", document.last_saved, f"hand_back/{back.path.name}")
    document.seal(closing=True)
    return Changes({}, (), "", document.last_saved, f"seal/{document.path.name}")


def told(changes: Changes) -> str:
    """Which file is to be handed back, after finishing."""
    return changes.kind.partition("/")[2]


def hand_in(session: Session, shell: Shell, show_end: Callable[[], object]) -> None:
    """Finish the open sheet, and say which file to hand back, or what keeps it from being finished."""

    def sealed(changes: Changes) -> None:
        show_end()
        more = _("Hand back the file {name}.", name=told(changes))
        shell.notify("success", _("Finished. Thank you."), more=more, key="township")

    def refused(problem: Problem) -> None:
        kind: NoticeKind = "info" if problem.code == "seal.sealed" else "warning"
        shell.notify(kind, show(problem.text), more=show(problem.hint), key="township")

    session.submit(finish, then=sealed, failed=refused)
