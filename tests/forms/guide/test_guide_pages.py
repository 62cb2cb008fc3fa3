"""The pages of the guide: each screen has one, in both languages, with pictures that exist and links that lead."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from PIL import Image

import forms
from assess.language import LANGUAGES, translation
from forms.guide import markdown
from forms.guide.seeking import seek
from forms.guide.topics import FOLDER, PICTURES, TOPICS, served, text, title, topic_for
from forms.pages import PLACES

KEYS = [topic.key for topic in TOPICS]
MOST = 3 * 1000 * 1000
EXAMPLES = {
    "没做", "没答", "是/否", "用起来怎么样", "任务台账", "已覆盖几分之几", "去年新并入两个区，总数增加", "文件名.备份",
    "two districts joined last year", "name.备份",
}  # fmt: skip
"""Words in quotation marks that are no text of the program: examples of what is written, said or asked."""


def dialogs() -> set[str]:
    """Every class of the program that is a dialog, by the names of its bases."""
    bases: dict[str, set[str]] = {}
    for path in Path(forms.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                bases[node.name] = {base.id for base in node.bases if isinstance(base, ast.Name)}
    found = {"QDialog"}
    while more := {name for name, above in bases.items() if above & found} - found:
        found |= more
    return found - {"QDialog", "Dialog"}  # what all of them stand on


def test_every_page_of_the_window_has_its_page_of_the_guide() -> None:
    screens = [*(place.key for place in PLACES), "start", "new", "samples", "township", "keying", "evidence"]
    assert [screen for screen in screens if not served(screen)] == []
    kinds = ("level", "yesno", "multi", "number")
    assert {kind: topic_for(kind) for kind in kinds} == {
        "level": "levels",
        "yesno": "levels",
        "multi": "checklist",
        "number": "numbers",
    }


def test_every_dialog_has_its_page_of_the_guide() -> None:
    assert sorted(name for name in dialogs() if not served(name)) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", KEYS)
def test_a_page_has_a_title_words_pictures_that_exist_and_links_that_lead(key: str, language: str) -> None:
    body = text(key, language)
    assert body.startswith("# ")
    assert len(markdown.plain(body)) > (120 if language == "zh" else 400)
    assert body.count("\n# ") == 0
    for name in markdown.pictures(body):
        assert (PICTURES / language / name).is_file(), name
    assert set(markdown.links(body)) <= {*KEYS, "tour"}


def test_both_languages_tell_the_same_with_the_same_pictures() -> None:
    for key in KEYS:
        zh, en = text(key, "zh"), text(key, "en")
        assert markdown.pictures(zh) == markdown.pictures(en), key
        assert zh.count("\n## ") in range(en.count("\n## ") - 1, en.count("\n## ") + 2), key


def test_no_file_lies_there_that_no_page_uses() -> None:
    for language in LANGUAGES:
        assert {path.stem for path in (FOLDER / language).glob("*")} == set(KEYS)
        used = {name for key in KEYS for name in markdown.pictures(text(key, language))}
        assert {path.name for path in (PICTURES / language).glob("*")} == used


def test_pictures_are_small_have_a_palette_and_are_of_one_width() -> None:
    files = sorted(PICTURES.rglob("*.png"))
    assert sum(path.stat().st_size for path in files) < MOST
    for path in files:
        with Image.open(path) as image:
            assert image.mode == "P", path
            assert image.width == 900, path


@pytest.mark.parametrize(("language", "query", "first"), [("zh", "封存", "finishing"), ("en", "secrecy", "secrecy")])
def test_a_search_finds_the_page_whose_title_holds_the_word_first(language: str, query: str, first: str) -> None:
    hits = seek(query, language)
    assert hits[0].key == first
    assert query.casefold() in hits[0].excerpt.casefold()


@pytest.mark.parametrize("query", ["", "   ", "</script>", "=1+1", "😀㙍𡐓", "a\nb\nzzz"])
def test_a_search_for_nothing_or_for_what_is_nowhere_finds_nothing(query: str) -> None:
    assert seek(query, "zh") == ()


def test_what_stands_in_a_page_is_text_and_never_markup() -> None:
    made = markdown.to_html("# <b>一</b>\n\n</script> & `<k>` **<i>**\n\n| <td> | b |\n| --- | --- |\n| 1 | 2 |\n")
    for raw in ("<b>一", "</script>", "<k>", "<i>", "<td> |"):
        assert raw not in made
    assert "&lt;/script&gt; &amp;" in made


def test_titles_are_the_first_lines() -> None:
    assert title("keys", "zh") == "快捷键"
    assert title("keys", "en") == "Keys"
    with pytest.raises(FileNotFoundError):
        text("nothing", "zh")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_in_quotation_marks_is_a_text_of_the_program_in_that_language(language: str) -> None:
    texts, area = "", translation("zh")
    while area is not None:  # the areas are chained
        held = area._catalog  # type: ignore[attr-defined]
        texts += "\n".join(map(str, held.values() if language == "zh" else held)).casefold()
        area = area._fallback  # type: ignore[attr-defined]
    for key in KEYS:
        for name in re.findall("“([^”]+)”", text(key, language)):
            assert name in EXAMPLES or name.rstrip("….").casefold() in texts, (key, name)
