"""The page for the screen: one file, nothing fetched, nothing typed taken for markup, usable without eyes or mouse."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from reports import to_html
from tests.reports import units
from tests.reports.test_pdf import hostile


class Page(HTMLParser):
    """Elements with their attributes, in order; text by element."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words: dict[str, list[str]] = {}
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, {key: value or "" for key, value in attrs}))
        if tag not in ("meta", "br", "img", "link", "input", "use"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data):
        if self.open:
            self.words.setdefault(self.open[-1], []).append(data)

    def named(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def text() -> str:
    return to_html.render(units.sample())


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    return Page(text)


def test_it_is_one_file_that_asks_for_nothing_outside(text, page):
    assert not page.named("link")
    assert not page.named("img")
    assert not page.named("iframe")
    for _, attributes in page.elements:
        for key in ("src", "href", "xlink:href", "action"):
            assert attributes.get(key, "#").startswith("#")
    outside = set(re.findall(r"(?:https?:)?//[\w.-]+", text)) - {"http://www.w3.org"}
    assert not {name for name in outside if name.startswith("http")}
    assert "@import" not in text
    assert "url(http" not in text


def test_nothing_typed_becomes_markup_or_ends_the_data_of_the_calculator():
    page = Page(to_html.render(hostile()))
    assert not page.named("img")
    assert len(page.named("script")) == 2
    assert not [attributes for _, attributes in page.elements if any(key.startswith("on") for key in attributes)]
    shown = "".join("".join(words) for tag, words in page.words.items() if tag not in ("script", "style"))
    assert "<img src=x onerror=alert(1)>" in shown
    assert "{{ 7*7 }}" in shown
    assert "🎉" in shown
    assert "\x07" not in shown
    assert "\u202e" not in shown


def test_the_data_of_the_calculator_is_the_score_itself(page):
    data = json.loads("".join(page.words["script"]).split("(function", 1)[0])
    assert data["root"] == "total"
    assert len(data["items"]) == 69
    nodes, items = data["nodes"], data["items"]

    def score(code):
        if code in items:
            return items[code]["score"]
        parts = [(child["weight"], score(child["code"])) for child in nodes[code]["children"]]
        known = [(weight, value) for weight, value in parts if value is not None]
        return sum(weight * value for weight, value in known) / sum(weight for weight, _ in known)

    assert f"{score('total') - data['deductions']:.1f}" == "53.6"


def test_language_title_landmarks_and_ways_past_them(page):
    assert page.named("html") == [{"lang": "zh-CN"}]
    assert "".join(page.words["title"]).startswith("示例·陇垣市")
    for landmark in ("header", "nav", "main", "footer"):
        assert len(page.named(landmark)) == 1
    skips = [attributes["href"] for attributes in page.named("a") if attributes.get("class") == "skip"]
    ids = {attributes["id"] for _, attributes in page.elements if "id" in attributes}
    assert {href[1:] for href in skips} <= ids


def test_no_name_is_given_twice_and_every_link_inside_has_its_place(page):
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = {attributes["href"][1:] for tag, attributes in page.elements if attributes.get("href", "").startswith("#")}
    assert links <= set(ids)


def test_headings_do_not_skip_a_level(page):
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_every_drawing_has_words_and_a_table(page):
    drawings = [attributes for attributes in page.named("div") if attributes.get("role") == "img"]
    assert len(drawings) >= 9
    assert all(attributes["aria-label"] for attributes in drawings)
    assert all(attributes.get("aria-hidden") == "true" for attributes in page.named("svg"))
    assert len([1 for a in page.named("details") if a.get("class") == "values"]) >= 9


def test_gates_that_hold_are_folded_and_those_that_fail_are_open(text):
    folded = re.findall(r"<details><summary>已通过的门槛 <span class=\"count\">(\d)</span>", text)
    assert folded == ["4"]
    before = text.split("已通过的门槛")[0]
    assert before.count('<tr class="failed">') == 2


def test_colors_of_drawings_follow_the_page(text):
    assert "var(--c-fill-2)" in text
    assert "prefers-color-scheme: dark" in text
    drawings = "".join(re.findall(r"<svg viewBox.*?</svg>", text, flags=re.DOTALL))
    assert not re.findall(r"(?:fill|stroke):\s*#(?!fefefe)[0-9a-f]{6}", drawings)


def test_nothing_newer_than_the_browsers_in_use(text):
    style = re.search(r"<style>(.*?)</style>", text, flags=re.DOTALL).group(1)
    for late in (
        ":is(",
        ":where(",
        ":has(",
        "aspect-ratio",
        "inset:",
        "clamp(",
        "@layer",
        "@container",
        "accent-color",
    ):
        assert late not in style
    script = text.rsplit("<script>", 1)[1]
    for late in ("?.", "??", "=>", "`", "replaceAll", ".at("):
        assert late not in script


def test_equal_reports_give_equal_pages(text):
    assert to_html.render(units.sample()) == text


def test_the_mark_of_a_draft_stands_on_the_screen_too(text):
    assert '<div class="water" aria-hidden="true"><span>演示数据</span></div>' in text


def test_the_english_page_is_marked_english():
    page = Page(to_html.render(units.sample(language="en")))
    assert page.named("html") == [{"lang": "en"}]
