"""The questionnaire as an XLSForm for ODK and KoboToolbox, with both languages; names are the codes of the items.

Every item is one question with its own choices; "NA" and "ND" stand among them, so that a blank stays a blank. Numbers
ask first whether there is a figure. Texts of the framework reach the form as labels only, never as expressions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assess.framework.indicator import Indicator
from assess.framework.model import Framework
from assess.framework.scoring_rules import SkipRule
from assess.language import Message, Words, plain, say
from assess.problems import Problem

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

LABEL = {"zh": "label::中文 (zh)", "en": "label::English (en)"}
HINT = {"zh": "hint::中文 (zh)", "en": "hint::English (en)"}
REQUIRED = {"zh": "constraint_message::中文 (zh)", "en": "constraint_message::English (en)"}
SURVEY = (
    "type", "name", *LABEL.values(), *HINT.values(), "required", "relevant", "constraint", *REQUIRED.values(),
    "appearance", "calculation", "default",
)  # fmt: skip
CHOICES = ("list_name", "name", *LABEL.values())
SETTINGS = ("form_title", "form_id", "version", "default_language", "style")
UNIT, FILLER, FRAMEWORK = "zh_unit", "zh_filler", "zh_framework"
STATE, NUMERATOR, DENOMINATOR, RESULT = "_state", "_numerator", "_denominator", "_result"
CONFIRM, SOURCE, REASON, NOTE, EVIDENCE = "_confirm", "_source", "_reason", "_note", "_evidence"
NONE, NA, ND, GIVEN = "none", "NA", "ND", "given"
DROPPED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
LONGEST = 32_000


@dataclass(frozen=True, slots=True)
class Form:
    """The three sheets of a form as rows of cells by column."""

    survey: tuple[Mapping[str, str], ...]
    choices: tuple[Mapping[str, str], ...]
    settings: Mapping[str, str]


def names(framework: Framework) -> dict[str, str]:
    """Item code -> its name in the form: letters, digits and `_`, the same for the same framework."""
    taken: set[str] = set()
    out: dict[str, str] = {}
    for code in framework.indicators:
        base = re.sub(r"[^A-Za-z0-9]+", "_", code).strip("_") or "q"
        name = base if base[0].isalpha() else f"q_{base}"
        number, free = 2, name
        while free.lower() in taken:
            free, number = f"{name}_{number}", number + 1
        taken.add(free.lower())
        out[code] = free
    return out


def form(framework: Framework) -> Form:
    """The form of a framework (the tailored one of a unit holds its items). Raises Problem xlsform.nothing."""
    if not framework.indicators:
        raise Problem(
            "xlsform.nothing",
            say("There is no item to make a form of."),
            say("Choose a framework or a document with at least one item."),
        )
    known = names(framework)
    survey: list[Mapping[str, str]] = [
        _row("text", UNIT, say("Name of the unit"), required="yes"),
        _row("text", FILLER, say("Filled in by (a post will do)")),
        _row("note", "zh_notice", say("Enter nothing secret, no work secrets and no personal data.")),
        {"type": "calculate", "name": FRAMEWORK, "calculation": f"'{_plain_id(framework.code)}@{framework.digest}'"},
    ]
    choices: list[Mapping[str, str]] = [
        _choice("zh_state", GIVEN, say("There is a figure")),
        *_states("zh_state"),
        _choice("zh_yesno", "yes", say("yes")),
        _choice("zh_yesno", "no", say("no")),
    ]
    groups = {node.code: node.name for node in framework.dimensions}
    for place, (group, codes) in enumerate(_grouped(framework), 1):
        if group:
            survey.append(_labelled({"type": "begin group", "name": f"zh_group_{place}"}, groups[group]))
        for code in codes:
            rows, own = _item(framework, framework.indicators[code], known)
            survey += rows
            choices += own
        if group:
            survey.append({"type": "end group"})
    settings = {
        "form_title": _clean(framework.title.to("zh")) or framework.code,
        "form_id": f"zhiheng_{_plain_id(framework.code)}",
        "version": _clean(framework.version) or "1",
        "default_language": "中文 (zh)",
        "style": "theme-grid" if len(framework.indicators) < 200 else "pages",
    }
    return Form(tuple(survey), tuple(choices), settings)


def write(framework: Framework, path: Path) -> Path:
    """Write the form as XLSX, whole or not at all. Raises Problem xlsform.nothing, export.unwritable."""
    made = form(framework)
    from openpyxl import Workbook

    book = Workbook()
    first = book.worksheets[0]
    first.title = "survey"
    _fill(first, SURVEY, made.survey)
    _fill(book.create_sheet("choices"), CHOICES, made.choices)
    _fill(book.create_sheet("settings"), SETTINGS, (made.settings,))
    partial = path.with_name(f"~{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        book.save(partial)
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise Problem(
            "export.unwritable",
            say("{name} could not be written.", name=path.name),
            say("Close the file if it is open elsewhere, or choose another folder."),
        ) from error
    return path


def _grouped(framework: Framework) -> Iterator[tuple[str, list[str]]]:
    """Items in their order, run by run of one dimension; "" for those directly under the total."""
    above = {leaf: node.code for node in framework.dimensions for leaf in framework.leaves(node.code)}
    run: list[str] = []
    held = None
    for code in framework.indicators:
        group = above.get(code, "")
        if group != held and run:
            yield held or "", run
            run = []
        held = group
        run.append(code)
    if run:
        yield held or "", run


def _item(
    framework: Framework, item: Indicator, known: Mapping[str, str]
) -> tuple[list[Mapping[str, str]], list[Mapping[str, str]]]:
    """Rows of one item in the survey, and its choices."""
    name = known[item.code]
    relevant = _asked(framework, item.code, known)
    question = Words(f"{item.code} {item.question.to('zh') or item.name.to('zh')}",
                     f"{item.code} {item.question.to('en') or item.name.to('en')}")  # fmt: skip
    held = f"${{{name}}}"
    left_out = f"{held} = '{NA}' or {held} = '{ND}'"
    choices: list[Mapping[str, str]] = []
    base = {"relevant": relevant} if relevant else {}
    rows: list[Mapping[str, str]] = []
    match item.kind:
        case "level":
            choices = [
                _labelled({"list_name": f"L_{name}", "name": str(step.level)}, _numbered(step.level, step.words))
                for step in item.levels
            ] + _states(f"L_{name}")
            rows.append(_labelled({"type": f"select_one L_{name}", "name": name} | base, question, item.note))
        case "yesno":
            rule = item.yesno
            choices = [
                _labelled({"list_name": f"Y_{name}", "name": "yes"}, rule.yes if rule else Words("是", "yes")),
                _labelled({"list_name": f"Y_{name}", "name": "no"}, rule.no if rule else Words("否", "no")),
                *_states(f"Y_{name}"),
            ]
            rows.append(_labelled({"type": f"select_one Y_{name}", "name": name} | base, question, item.note))
        case "multi":
            choices = [
                _labelled({"list_name": f"M_{name}", "name": option.key}, option.words) for option in item.options
            ] + [_choice(f"M_{name}", NONE, say("None of these")), *_states(f"M_{name}")]
            alone = " or ".join(f"selected(., '{key}')" for key in (NONE, NA, ND))
            rule_of_one = {"constraint": f"not(({alone}) and count-selected(.) > 1)"} | _both(
                REQUIRED, say("“None of these”, “not applicable” and “no data” stand alone.")
            )
            rows.append(
                _labelled({"type": f"select_multiple M_{name}", "name": name} | base | rule_of_one, question, item.note)
            )
            left_out = f"selected({held}, '{NA}') or selected({held}, '{ND}')"
        case "number":
            rows += _number(item, name, question, base)
            left_out = f"${{{name}{STATE}}} = '{NA}' or ${{{name}{STATE}}} = '{ND}'"
    rows += [
        _row("text", name + REASON, say("Why it is not applicable, or why there is no data"), relevant=left_out,
             appearance="multiline"),
        _row("text", name + EVIDENCE, say("Evidence: one piece a line (name, number, date, page, place)"),
             appearance="multiline", relevant=relevant),
        _row("text", name + NOTE, say("Note"), relevant=relevant),
    ]  # fmt: skip
    return rows, choices


def _number(item: Indicator, name: str, question: Words, base: dict[str, str]) -> list[Mapping[str, str]]:
    number = item.number
    assert number is not None, f"{item.code}: a number item without its scale"
    given = {"relevant": f"${{{name}{STATE}}} = '{GIVEN}'"}
    least: dict[str, str] = {} if number.negative else {"constraint": ". >= 0"}
    if least:
        least |= _both(REQUIRED, say("The number is negative."))
    rows: list[Mapping[str, str]] = [
        _labelled({"type": "select_one zh_state", "name": name + STATE} | base, question, number.rule or item.note)
    ]
    if number.denominator is not None:
        rows += [
            _labelled({"type": "decimal", "name": name + NUMERATOR} | given | least, number.numerator or question),
            _labelled({"type": "decimal", "name": name + DENOMINATOR} | given | least, number.denominator),
        ]
    unit = say("Result ({unit})", unit=number.unit) if number.unit else say("Result")
    rows.append(_row("decimal", name + RESULT, unit, **given, **least))
    if number.confirmation is not None:
        rows.append(_labelled({"type": "select_one zh_yesno", "name": name + CONFIRM} | given, number.confirmation.ask))
    rows.append(_row("text", name + SOURCE, say("Source of the figure"), **given))
    return rows


def _asked(framework: Framework, code: str, known: Mapping[str, str]) -> str:
    """When an item is asked: none of the skip rules that name it holds."""
    parts = [
        f"not({_holds(rule, known[rule.indicator])})"
        for rule in framework.skip_rules
        if code in rule.then and rule.indicator in known
    ]
    return " and ".join(parts)


def _holds(rule: SkipRule, name: str) -> str:
    if rule.op == "level<=":
        return f"number(${{{name}}}) <= {rule.value}"
    value = rule.value if str(rule.value) in {"yes", "no"} else _plain_id(str(rule.value))
    return f"${{{name}}} = '{value}'"


def _states(group: str) -> list[Mapping[str, str]]:
    return [_choice(group, NA, say("not applicable")), _choice(group, ND, say("no data"))]


def _choice(group: str, name: str, words: Message) -> Mapping[str, str]:
    return {"list_name": group, "name": name} | _both(LABEL, words)


def _row(kind: str, name: str, words: Message, /, **more: str) -> dict[str, str]:
    return {"type": kind, "name": name} | _both(LABEL, words) | {key: value for key, value in more.items() if value}


def _labelled(row: Mapping[str, str], words: Words, hint: Words | None = None) -> dict[str, str]:
    out = dict(row) | _both(LABEL, words)
    return out | _both(HINT, hint) if hint else out


def _both(columns: Mapping[str, str], words: Message | Words) -> dict[str, str]:
    """The words in both languages; an empty label would be no label, so a dash stands there."""
    return {column: _clean(str(plain(words, language))) or "—" for language, column in columns.items()}


def _numbered(level: int, words: Words) -> Words:
    return Words(f"{level}级 {words.to('zh')}", f"{level} – {words.to('en')}")


def _clean(text: str) -> str:
    """A label: no reference to another question, no control characters, no line that a form would run together."""
    return DROPPED.sub("", text).replace("${", "$ {").strip()[:LONGEST]


def _plain_id(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9_.-]+", "_", text) or "x"


def _fill(sheet: Worksheet, columns: tuple[str, ...], rows: tuple[Mapping[str, str], ...]) -> None:
    sheet.append(list(columns))
    sheet.freeze_panes = "C2"
    for at, row in enumerate(rows, 2):
        for place, column in enumerate(columns, 1):
            if row.get(column):
                cell = sheet.cell(at, place)
                cell.value = row[column]
                cell.data_type = "s"
