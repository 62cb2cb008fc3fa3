"""A level, yes or no, or a tick as people put them down: 3, ３级, 第三级, the words alone, a date by mistake.

What is certain comes back without a reason; what could mean several things comes back with all of them, ours first.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, Literal, TypeVar

from assess.exchange import typed
from assess.framework.model import Framework
from assess.language import LANGUAGES, Message, Words, say
from assess.sheets.opened import Raw
from assess.sheets.shape import Shape

Value = TypeVar("Value")
CHINESE = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
LIKE = 0.72
"""From this similarity on, words count as those of a level."""
_HEAD = re.compile(
    r"(?:第|level|lv|l|等级|级别)?[.:：]?(\d{1,3}|[零〇一二两三四五六七八九]|iii|ii|iv|i|v)(?:\.0+)?(级|等级|等|档|分)?(.*)",
    re.DOTALL,
)
_MARKS = "-—–－:：、.,，。;；)）(（·|/"
YES = typed.YES | {"有的", "是的", "有此项", "☑", "■", "✔", "√√", "v", "＋", "+", "t", "已有"}
NO = typed.NO | {"没", "未", "没有的", "☐", "□", "-", "—", "/", "f", "未有", "尚无", "x"}


@dataclass(frozen=True, slots=True)
class Read(Generic[Value]):
    """What a cell may mean, our reading first. Without a reason it is certain; `read` false: none of them is ours."""

    values: tuple[Value, ...]
    reason: Message | None = None
    read: bool = True

    @property
    def certain(self) -> bool:
        return self.reason is None


def level(framework: Framework, shape: Shape, raw: Raw, text: str) -> Read[int]:
    """The level a cell names."""
    allowed = tuple(number for number, _ in shape.levels)
    if isinstance(raw, date):
        return _from_date(raw, allowed)
    word = typed.squeeze(text).strip("★*✓√【】[]“”\"'")
    word = re.sub(r"^[(\[]([^()\[\]]{1,3})[)\]]", r"\1", word)
    found = _HEAD.fullmatch(word)
    if found is not None:
        number = _number(found[1])
        if number in allowed:
            read = _after(shape, allowed, number, found[2] or "", found[3])
            if read is not None:
                return read
        elif found[2] or not found[3]:
            reason = say("There is no level {level}; levels are {low} to {high}.", level=number,
                         low=min(allowed, default=0), high=max(allowed, default=5))  # fmt: skip
            return Read(allowed, reason, False)
    return _by_words(framework, shape, allowed, word)


def _after(shape: Shape, allowed: Sequence[int], number: int, unit: str, rest: str) -> Read[int] | None:
    """What follows the number decides how sure it is; None where the number is part of other words."""
    bare = rest.strip(_MARKS)
    if not bare:
        return Read((number,))
    between = re.match(r"[-—–~～至到或、/.．](\d|[零一二两三四五六七八九])(级|分|档)?$", rest)
    if between is not None:
        other = _number(between[1])
        if rest[0] in ".．" and between[2] is None:
            both = tuple(one for one in (number, number + 1) if one in allowed)
        else:
            both = tuple(sorted(one for one in {number, other} if one in allowed))
        return Read(both, say("Two levels are named; between two levels the lower one counts."))
    same = [one for one, words in shape.levels if bare in _forms(words)]
    if same and number not in same:
        return Read((number, *same), say("The number says level {number}, the words say level {words}.", number=number,
                                         words=same[0]))  # fmt: skip
    if unit or rest[0] in _MARKS or number in same or _begins(shape, number, bare):
        return Read((number,))
    return Read((number,), say("Other words stand behind the number."))


def _begins(shape: Shape, number: int, words: str) -> bool:
    """Do the words begin as those of this level (cut short by the list, or with a little changed)?"""
    short = words.rstrip("…")
    return any(
        form.startswith(short) or short.startswith(form)
        for one, text in shape.levels
        if one == number
        for form in _forms(text)
    )


def _by_words(framework: Framework, shape: Shape, allowed: Sequence[int], word: str) -> Read[int]:
    nothing = say("No level can be read here.")
    if not word:
        return Read(tuple(allowed), nothing, False)
    exact = [number for number, words in shape.levels if word in _forms(words)]
    if len(exact) == 1:
        return Read((exact[0],))
    within = [
        number for number, words in shape.levels
        if len(word) >= 2 and any(word in form or (len(form) >= 4 and form in word) for form in _forms(words))
    ]  # fmt: skip
    if len(within) == 1:
        return Read((within[0],), say("Read from the words of level {level}.", level=within[0]))
    if within:
        return Read(tuple(within), say("The words fit several levels."), False)
    near = sorted(
        ((max((_like(word, form) for form in _forms(words)), default=0.0), number) for number, words in shape.levels),
        reverse=True,
    )
    if near and near[0][0] >= LIKE and (len(near) == 1 or near[0][0] - near[1][0] > 0.08):
        return Read((near[0][1],), say("Read from words like those of level {level}.", level=near[0][1]))
    for stage in framework.stages:
        if word in _forms(stage.name) and stage.level in allowed:
            return Read((stage.level,), say("This is the name of a stage; level {level} has the same rank.",
                                            level=stage.level))  # fmt: skip
    return Read(tuple(allowed), nothing, False)


def _forms(words: Words) -> list[str]:
    """A text of the framework as it looks once blanks, width and case are gone, and without what brackets add."""
    out = []
    for language in LANGUAGES:
        text = words.to(language)
        for one in (text, re.sub(r"[（(][^）)]*[）)]", "", text)):
            form = typed.squeeze(one).strip(_MARKS)
            if form:
                out.append(form)
    return out


def _like(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio() if len(one) < 400 else 0.0


def _number(sign: str) -> int:
    if sign in CHINESE:
        return CHINESE[sign]
    return ROMAN[sign] if sign in ROMAN else int(sign)


def _from_date(day: date, allowed: Sequence[int]) -> Read[int]:
    parts = tuple(one for one in dict.fromkeys((day.month, day.day)) if one in allowed)
    return Read(parts or tuple(allowed), say("The office program made a date of what was typed."), False)


def choice(shape: Shape, text: str) -> Read[Literal["yes", "no"]]:
    """Yes or no, alone or with the words that explain it."""
    word = typed.squeeze(text).removesuffix(".0")
    both: tuple[Literal["yes", "no"], ...] = ("yes", "no")
    sure = plain(word)
    if sure is not None:
        return Read((sure,))
    yesno = shape.item.yesno
    if yesno is not None:
        for value, words in (("yes", yesno.yes), ("no", yesno.no)):
            forms = _forms(words)
            bare = re.sub(r"^(?:是|否|yes|no)", "", word).strip(_MARKS)
            if (
                word in forms
                or bare in forms
                or (len(bare) > 3 and any(form.startswith(bare.rstrip("…")) for form in forms))
            ):
                return Read((both[value == "no"],))
    begins = re.match(r"(不是|没有|否|无|no\b|no(?=[^a-z])|是|有|yes)", word)
    if begins is not None:
        reading = both[begins[1] in ("不是", "没有", "否", "无", "no")]
        rest = word[begins.end() :]
        if rest[:1] in _MARKS and rest:
            return Read((reading,))
        return Read((reading, both[reading == "yes"]), say("Other words stand behind yes or no."))
    return Read(both, say("Neither yes nor no can be read here."), False)


def plain(word: str) -> Literal["yes", "no"] | None:
    """Yes or no in one word or sign; None for anything else. `word` is squeezed."""
    if word in YES:
        return "yes"
    return "no" if word in NO else None
