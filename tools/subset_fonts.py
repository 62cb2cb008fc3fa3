"""Make the four faces of reports/fonts from the Noto CJK collections.

A collection holds the faces of five regions, and its first face draws Japanese forms. This picks the face of
Simplified Chinese, keeps the characters that official writing needs, drops hinting and vertical writing, and
names the face for what it is: "Noto Sans SC" and "Noto Serif SC", Regular and Bold. Two things are added: the
tick boxes and crosses that forms are filled with and that the collections lack, and, in the serif faces, digits
of one width, so that columns of numbers stand in line.

    python tools/subset_fonts.py FOLDER_OF_TTC_FILES [OUT]
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

FACES = (
    ("NotoSansCJK-Regular.ttc", "Noto Sans CJK SC", "Noto Sans SC", "Regular"),
    ("NotoSansCJK-Bold.ttc", "Noto Sans CJK SC", "Noto Sans SC", "Bold"),
    ("NotoSerifCJK-Regular.ttc", "Noto Serif CJK SC", "Noto Serif SC", "Regular"),
    ("NotoSerifCJK-Bold.ttc", "Noto Serif CJK SC", "Noto Serif SC", "Bold"),
)
RANGES = (
    (0x0020, 0x007E), (0x00A0, 0x024F), (0x02B0, 0x036F), (0x0370, 0x03FF), (0x0400, 0x045F),  # Latin, Greek, Cyrillic
    (0x1E00, 0x1EFF), (0x2000, 0x206F), (0x2070, 0x20BF), (0x2100, 0x23FF), (0x2460, 0x27BF),  # marks and symbols
    (0x2E80, 0x2FDF), (0x3000, 0x312F), (0x31C0, 0x31EF), (0x3200, 0x33FF),  # radicals, kana, bopomofo, enclosed
    (0x3400, 0x9FFF), (0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF), (0xFFFD, 0xFFFD),  # Han, forms
    (0x20000, 0x3FFFF),  # every further Han character the face draws
)  # fmt: skip
DIGIT_WIDTH = 560
BOX = [(100, -20), (900, -20), (900, 780), (100, 780)]
HOLE = [(160, 40), (160, 720), (840, 720), (840, 40)]
CROSS = [
    (250, 90), (500, 330), (750, 90), (800, 140), (560, 380), (800, 620), (750, 670), (500, 430), (250, 670), (200, 620),
    (440, 380), (200, 140),
]  # fmt: skip
TICK = [(420, 80), (820, 600), (770, 645), (412, 180), (220, 400), (170, 358)]
DRAWN = {
    "☐": [BOX, HOLE],
    "☑": [BOX, HOLE, TICK],
    "☒": [BOX, HOLE, CROSS],
    "✔": [TICK],
    "✕": [CROSS],
    "✗": [CROSS],
    "✘": [CROSS],
}
FEATURES = ["ccmp", "halt", "kern", "mark", "palt"]


def face_of(collection: Path, family: str) -> TTFont:
    """The face of one family in a collection file; KeyError when the collection has no such face."""
    fonts = TTCollection(str(collection)).fonts
    for font in fonts:
        if font["name"].getDebugName(1) == family:
            return font
    raise KeyError(f"{collection} holds no face named {family}")


def rename(font: TTFont, family: str, style: str) -> None:
    """Name the face in its name table and in its outlines, with style linking between Regular and Bold."""
    table = font["name"]
    version = table.getDebugName(5)
    postscript = f"{family.replace(' ', '')}-{style}"
    kept = {record.nameID: record.toUnicode() for record in table.names if record.langID == 0x409}
    kept |= {1: family, 2: style, 3: f"{version};subset;{postscript}", 4: f"{family} {style}", 6: postscript}
    kept[10] = "A subset of Noto CJK for the characters of official writing in Simplified Chinese."
    table.names = []
    for number, words in sorted(kept.items()):
        if number not in (16, 17, 21, 22):
            table.setName(words, number, 3, 1, 0x409)
    bold = style == "Bold"
    font["OS/2"].usWeightClass = 700 if bold else 400
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~0b1100001) | (0b100000 if bold else 0b1000000)
    font["head"].macStyle = 1 if bold else 0
    outlines = font["CFF "].cff
    outlines.fontNames = [postscript]
    outlines[0].FullName, outlines[0].FamilyName, outlines[0].Weight = f"{family} {style}", family, style


def subset(font: TTFont) -> None:
    """Keep the characters of RANGES and the features of FEATURES; drop hinting and vertical metrics."""
    options = Options()
    options.hinting = False
    options.layout_features = FEATURES
    options.layout_scripts = ["DFLT", "latn", "hani", "grek", "cyrl", "kana"]
    options.name_IDs = ["*"]
    options.name_languages = [0x409]
    options.drop_tables += ["VORG", "vhea", "vmtx", "BASE", "DSIG"]
    options.notdef_outline = True
    options.glyph_names = False
    options.recalc_timestamp = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in RANGES for code in range(first, last + 1)])
    subsetter.subset(font)


def outline(font: TTFont, drawing: RecordingPen, width: int, near: str) -> object:
    """A drawing as the outline of a glyph that is `width` units wide, in the same part of the face as glyph `near`."""
    top = font["CFF "].cff[0]
    private = top.FDArray[top.FDSelect[font.getGlyphID(near)]].Private
    pen = T2CharStringPen(None if width == private.defaultWidthX else width - private.nominalWidthX, None)
    drawing.replay(pen)
    return pen.getCharString(private, top.GlobalSubrs)


def even_digits(font: TTFont) -> None:
    """Give the ten digits one width, each in the middle of it."""
    names, glyphs = font.getBestCmap(), font.getGlyphSet()
    for name in [names[ord(digit)] for digit in "0123456789"]:
        bounds = BoundsPen(glyphs)
        glyphs[name].draw(bounds)
        left, _, right, _ = bounds.bounds
        drawing = RecordingPen()
        shift = round((DIGIT_WIDTH - (right - left)) / 2 - left)
        glyphs[name].draw(TransformPen(drawing, (1, 0, 0, 1, shift, 0)))
        strings = font["CFF "].cff[0].CharStrings
        strings.charStringsIndex[strings.charStrings[name]] = outline(font, drawing, DIGIT_WIDTH, name)
        font["hmtx"][name] = (DIGIT_WIDTH, round(left + shift))


def add_drawn(font: TTFont) -> None:
    """Add the signs of DRAWN, one em wide, where the face lacks them."""
    top, names = font["CFF "].cff[0], font.getBestCmap()
    near = names[ord("■")]
    order = list(font.getGlyphOrder())
    free = iter(sorted({f"cid{number:05d}" for number in range(1, 65000)} - set(order), reverse=True))
    for sign in [sign for sign in DRAWN if ord(sign) not in names]:
        drawing = RecordingPen()
        for shape in DRAWN[sign]:
            drawing.moveTo(shape[0])
            for point in shape[1:]:
                drawing.lineTo(point)
            drawing.closePath()
        name = next(free)
        top.CharStrings.charStrings[name] = len(top.CharStrings.charStringsIndex)
        top.CharStrings.charStringsIndex.append(outline(font, drawing, 1000, near))
        top.FDSelect.gidArray.append(top.FDSelect[font.getGlyphID(near)])
        order.append(name)
        font["hmtx"][name] = (1000, min(x for shape in DRAWN[sign] for x, _ in shape))
        for table in font["cmap"].tables:
            if table.isUnicode() and table.format in (4, 12):
                table.cmap[ord(sign)] = name
    top.charset = order
    font.setGlyphOrder(order)


def main(folder: Path, out: Path) -> None:
    """Write the four faces into `out`."""
    for source, found, family, style in FACES:
        font = face_of(folder / source, found)
        font.recalcTimestamp = False
        subset(font)
        held = BytesIO()
        font.save(held)
        font = TTFont(BytesIO(held.getvalue()), recalcTimestamp=False)
        add_drawn(font)
        if "Serif" in family:
            even_digits(font)
        rename(font, family, style)
        target = out / f"{family.replace(' ', '')}-{style}.otf"
        font.save(str(target))
        print(f"{target.name}: {len(font.getBestCmap())} characters, {target.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    default = Path(__file__).resolve().parent.parent / "reports" / "fonts"
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else default)
