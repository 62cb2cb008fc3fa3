"""Formulas of a form: whether an item is answered, what its figures give, how much is still missing.

Only functions that Excel, WPS and LibreOffice share, and plain ranges. Answer cells hold text, so figures are read with
VALUE after separators and percent signs are taken out.
"""

from __future__ import annotations

from collections.abc import Mapping

from assess.measure.scales import figure
from assess.sheets.shape import HEAD, OPTION, Shape
from assess.sheets.terms import LEVEL, NA, ND, STATUS


def status(shape: Shape, cells: Mapping[str, str], state: str, reason: str, nd_reason: bool, language: str) -> str:
    """Done, open, incomplete, reason missing, please check. `cells` are the addresses of the parts."""
    inner = _given(shape, cells, language)
    if not state:
        return f"={inner}"
    needs = f'IF(TRIM({reason})="",{_word("reason", language)},{_word("done", language)})'
    nothing = needs if nd_reason else _word("done", language)
    na, nd = _text(NA.to(language)), _text(ND.to(language))
    return f"=IF(TRIM({state})={na},{needs},IF(TRIM({state})={nd},{nothing},{inner}))"


def result(shape: Shape, cells: Mapping[str, str]) -> str:
    """The value of a ratio as the program will compute it; blank until both figures are there."""
    number = shape.item.number
    assert number is not None
    upper, lower = _value(cells["numerator"]), _value(cells["denominator"])
    factor = figure(number.factor if number.factor is not None else 1.0)
    digits = f"0.{'0' * number.decimals}" if number.decimals else "0"
    unit = number.unit.zh.strip()
    tail = f"&{_text(unit)}" if unit in ("%", "‰") else ""
    return f'=IFERROR(TEXT({upper}/{lower}*{factor},"{digits}"){tail},"")'


def ticked(cells: Mapping[str, str], has: str, words: str) -> str:
    """How many options are there, of how many."""
    first, last = _range(cells)
    return f'=IF(COUNTA({first}:{last})=0,"",COUNTIF({first}:{last},{_text(has)})&{_text(words)})'


def count(area: str, *keys: str, language: str) -> str:
    """How many items of a column of states are in one of these states."""
    return "+".join(f"COUNTIF({area},{_word(key, language)})" for key in keys)


def _given(shape: Shape, cells: Mapping[str, str], language: str) -> str:
    done, blank = _word("done", language), _word("open", language)
    match shape.kind:
        case "level":
            cell = f"TRIM({cells[HEAD]})"
            if any(not 0 <= level <= 9 for level, _ in shape.levels):
                return f'IF({cell}="",{blank},{done})'
            known = ",".join(f'"{level}"' for level, _ in shape.levels)
            at = LEVEL.to(language).partition("{")[0]
            mark = f"MID({cell},{len(at) + 1},1)" if at else f"LEFT({cell},1)"
            either = f"OR(ISNUMBER(MATCH({mark},{{{known}}},0)),ISNUMBER(MATCH(LEFT({cell},1),{{{known}}},0)))"
            return f'IF({cell}="",{blank},IF({either},{done},{_word("check", language)}))'
        case "yesno":
            return f'IF(TRIM({cells[HEAD]})="",{blank},{done})'
        case "multi":
            first, last = _range(cells)
            part = _word("part", language)
            return f"IF(COUNTA({first}:{last})=0,{blank},IF(COUNTA({first}:{last})<{len(shape.parts)},{part},{done}))"
        case "single":
            cell = cells[HEAD]
            wrong = f"ISERROR({_value(cell)})"
            return f'IF(TRIM({cell})="",{blank},IF({wrong},{_word("check", language)},{done}))'
        case "ratio":
            return _ratio(shape, cells, language)


def _ratio(shape: Shape, cells: Mapping[str, str], language: str) -> str:
    upper, lower, whole = (cells[part] for part in ("numerator", "denominator", "result"))
    number = shape.item.number
    check, done = _word("check", language), _word("done", language)
    wrong = f"ISERROR({_value(upper)}/{_value(lower)})"
    if number is not None and number.kind == "ratio":
        wrong = f"IFERROR({_value(upper)}>{_value(lower)},TRUE)"
    both = f'AND(TRIM({upper})<>"",TRIM({lower})<>"")'
    some = f'OR(TRIM({upper})<>"",TRIM({lower})<>"")'
    alone = f'IF(TRIM({whole})="",{_word("open", language)},IF(ISERROR({_value(whole)}),{check},{done}))'
    return f"IF({both},IF({wrong},{check},{done}),IF({some},{_word('part', language)},{alone}))"


def _range(cells: Mapping[str, str]) -> tuple[str, str]:
    options = [cell for part, cell in cells.items() if part.startswith(OPTION)]
    return options[0], options[-1]


def _value(cell: str) -> str:
    return f'VALUE(SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(TRIM({cell}),"%",""),"％",""),",",""))'


def _word(key: str, language: str) -> str:
    return _text(STATUS[key].to(language))


def _text(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
