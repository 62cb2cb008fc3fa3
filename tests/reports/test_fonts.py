"""The shipped fonts print Chinese on any machine: the right faces, the right names, every character needed."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

FACES = {
    "NotoSansSC-Regular.otf": ("Noto Sans SC", "Regular", 400),
    "NotoSansSC-Bold.otf": ("Noto Sans SC", "Bold", 700),
    "NotoSerifSC-Regular.otf": ("Noto Serif SC", "Regular", 400),
    "NotoSerifSC-Bold.otf": ("Noto Serif SC", "Bold", 700),
}
FOLDER = Path(str(files("reports"))) / "fonts"
GENERAL = Path(__file__).parent / "data" / "general-standard-characters.txt"
RARE_PLACES = "㙍𡐓亳儋硚泸圳濮睢浉"
MARKS = (
    "●○■□▲▼△▽◆◇★☆✓✔✗✘☐☑☒×÷±≥≤≠≈→←↑↓〓①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳〔〕《》〈〉【】「」（），。、；：？！—…·‘’“”"
    "㎡℃‰％№§¥￥°′″ⅠⅡⅢⅣⅤ㈠㈡αΣ²³─│├└\u3000\u00a0"
)


@pytest.fixture(params=FACES)
def face(request: pytest.FixtureRequest) -> TTFont:
    return TTFont(FOLDER / request.param, lazy=True)


@pytest.fixture
def expected(face: TTFont) -> tuple[str, str, int]:
    return FACES[Path(face.reader.file.name).name]


def general_standard_characters() -> str:
    return GENERAL.read_text(encoding="utf-8").replace("\n", "")


def test_the_general_standard_table_has_8105_different_characters() -> None:
    table = general_standard_characters()
    assert len(table) == len(set(table)) == 8105
    assert table[:6] == "一乙二十丁厂"


def test_nothing_but_the_four_faces_ships() -> None:
    assert sorted(path.name for path in FOLDER.glob("*.otf")) == sorted(FACES)
    assert not [path for path in FOLDER.iterdir() if path.suffix in {".ttc", ".ttf"}]


def test_a_face_is_named_and_weighted_for_what_it_is(face: TTFont, expected: tuple[str, str, int]) -> None:
    family, style, weight = expected
    names = face["name"]
    assert (names.getDebugName(1), names.getDebugName(2)) == (family, style)
    assert names.getDebugName(4) == f"{family} {style}"
    assert names.getDebugName(6) == f"{family.replace(' ', '')}-{style}"
    assert not {16, 17, 21, 22} & {record.nameID for record in names.names}
    assert face["OS/2"].usWeightClass == weight
    bold, regular = bool(face["OS/2"].fsSelection & 0b100000), bool(face["OS/2"].fsSelection & 0b1000000)
    assert (bold, regular, face["head"].macStyle) == ((True, False, 1) if weight == 700 else (False, True, 0))
    assert face["CFF "].cff.fontNames == [f"{family.replace(' ', '')}-{style}"]


def test_a_face_is_static_and_may_be_embedded(face: TTFont) -> None:
    assert "fvar" not in face
    assert face["OS/2"].fsType == 0


def test_a_face_holds_every_general_standard_character(face: TTFont) -> None:
    held = face.getBestCmap()
    assert [character for character in general_standard_characters() if ord(character) not in held] == []


def test_a_face_holds_rare_place_names_and_the_marks_of_official_writing(face: TTFont) -> None:
    held = face.getBestCmap()
    ascii_marks = "".join(map(chr, range(0x20, 0x7F)))
    assert [character for character in RARE_PLACES + MARKS + ascii_marks if ord(character) not in held] == []


def test_a_face_holds_the_unified_ideographs_but_for_the_latest_additions(face: TTFont) -> None:
    held = face.getBestCmap()
    assert [hex(code) for code in range(0x4E00, 0x9FEB) if code not in held] == []
    assert [hex(code) for code in range(0x3400, 0x4DB6) if code not in held] == []


def test_digits_have_one_width_so_that_columns_stand_in_line(face: TTFont) -> None:
    held = face.getBestCmap()
    assert len({face["hmtx"][held[ord(digit)]][0] for digit in "0123456789"}) == 1
    glyphs = face.getGlyphSet()
    for digit in "0123456789":
        glyph = glyphs[held[ord(digit)]]
        pen = BoundsPen(glyphs)
        glyph.draw(pen)
        left, _, right, _ = pen.bounds
        assert 0 <= left < right <= glyph.width == face["hmtx"][held[ord(digit)]][0]


def test_tick_boxes_are_drawn_and_differ_from_one_another(face: TTFont) -> None:
    held, glyphs = face.getBestCmap(), face.getGlyphSet()
    assert len({held[ord(sign)] for sign in "☐☑☒✔✗"}) == 5
    for sign in "☐☑☒✔✗":
        pen = BoundsPen(glyphs)
        glyphs[held[ord(sign)]].draw(pen)
        assert pen.bounds is not None, sign


def test_simplified_chinese_forms_are_drawn(face: TTFont) -> None:
    """The Japanese 直 reaches 77 to 91 units below the line with its corner stroke; the Chinese one at most 60."""
    held, glyphs = face.getBestCmap(), face.getGlyphSet()
    pen = BoundsPen(glyphs)
    glyphs[held[ord("直")]].draw(pen)
    assert pen.bounds[1] >= -60


def test_the_licence_stands_beside_the_fonts() -> None:
    text = (FOLDER / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in text
    assert "Adobe" in text
