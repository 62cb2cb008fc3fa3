"""What the first sheet of the workbook says: how to work, and what every sheet holds."""

from __future__ import annotations

from typing import Final

from assess.language import Message, say

HOW: Final[tuple[Message, ...]] = (
    say("This workbook holds a whole framework. Edit it in WPS or Excel, save it as XLSX, and turn it back into files "
        "with zhiheng framework from-workbook; every fault is then named with its sheet and cell."),
    say("Headings in this color: needed, a row makes no sense without it."),
    say("Headings in this color: English. It stands beside the Chinese and may be left empty."),
    say("Headings in this color: everything else. An empty cell means that nothing is set."),
    say("Rows may be added, moved and removed; their order is the order of the framework. Headings stay as they are. "
        "Rows of other sheets find their item by its code."),
    say("Where a cell holds a list, write one entry a line (Alt+Enter). Codes may also stand beside each other with "
        "commas between them."),
    say("Cells that begin with #TOML hold a value that a cell cannot show as it is; leave them unless you know TOML."),
)  # fmt: skip
ABOUT: Final[dict[str, Message]] = {
    "main": say("Code, version, title, total, modes, states, evidence and columns: one setting a row."),
    "tiers": say("The administrative levels that fill in, from the top down."),
    "organizations": say("Units that lead or assist, with their English names."),
    "nodes": say("Dimensions and what is below them, with weights and how scores are put together."),
    "items": say("One row for each indicator. A number, levels and options stand in their own sheets."),
    "levels": say("The levels of rubric items: text and conditions. Without conditions the text is split at “；”."),
    "numbers": say("What measured items count, and which values score 0 and 100."),
    "options": say("The options of checklists."),
    "improvements": say("What to do when a score is low, and when it is high."),
    "not_applicable": say("Where “not applicable” may be chosen."),
    "weight_sets": say("Other weights, for kinds of units or as scenarios to choose."),
    "set_weights": say("The weights of each set: all parts of a node, or none."),
    "skips": say("Which answers skip which items."),
    "stages": say("Stages with the scores they reach from and up to."),
    "gates": say("What a stage asks for beside the score."),
    "red_lines": say("What caps or withholds a stage."),
    "triggers": say("What sets off a red line: any of its rows."),
    "points": say("Bonus points and deductions."),
    "conventions": say("What quantifiers and expressions mean."),
    "clauses": say("The clauses that items trace to."),
    "crosswalk": say("Standards and documents, and the items they bear on."),
    "glossary": say("Terms and their explanations."),
    "examples": say("Plain help and worked calculations for items."),
    "example_parts": say("What counts, what does not, what proves it, what is misread."),
    "checks": say("Rules that find implausible answers."),
    "patterns": say("Patterns of text that must not be sent."),
    "words": say("English for Chinese texts that stand in several places."),
    "other": say("Every setting that has no sheet of its own: file, name and content."),
}
