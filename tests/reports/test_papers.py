"""The letter of a package, the guide, and the sheet of corrections: official, complete, equal bytes, hostile words."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import docx
import pytest
from pypdf import PdfReader

from assess.language import Words, say
from assess.packages.letter import LetterFacts, LetterItem
from assess.review.correction import Correction, Line
from reports import to_docx, to_pdf
from reports.papers.correction import paper
from reports.papers.filling_guide import guide
from reports.papers.letter import letter, papers
from tests.reports.units import HOSTILE

ITEMS = (
    LetterItem("ST1.1", Words("领导机构规格与运行", "Leading body"), Words("问", "q"), (Words("文件", "document"),)),
    LetterItem("ST1.2", Words("题二", "Item two"), Words("问", "q"), (), new=True),
    LetterItem("ST1.3", Words("题三", "Item three"), Words("问", "q"), (), answered=True, reason="佐证与所述不符"),
)


def facts(**changed) -> LetterFacts:
    given = {
        "unit": Words("市财政局", "Finance bureau"), "kind": "department", "sender": "市委政法委", "assessed": "衡川市",
        "framework": Words("市域社会治理数字赋能成熟度指标框架", "Framework"), "version": "0.2", "year": 2026,
        "base_date": "2026-06-30", "mode": Words("正式评估", "formal assessment"), "deadline": "2026-09-15",
        "items": ITEMS, "file": "市财政局.zhd", "times": 1, "previous": 0, "encrypted": False, "sent_back": 0,
    }  # fmt: skip
    return LetterFacts(**(given | changed))


def text_of(report) -> str:
    word = docx.Document(BytesIO(to_docx.render(report)))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in word.paragraphs), *cells])


def test_the_letter_says_who_asks_whom_for_what_until_when():
    words = text_of(letter(facts(), "zh", "2026-08-03"))
    for part in ("市财政局：", "衡川市", "2026年度正式评估", "2026年6月30日", "由你单位填报3项", "2026年9月15日前",
                 "市财政局.zhd",
                 "不得填报国家秘密", "市委政法委", "2026年8月3日", "ST1.1", "领导机构规格与运行", "文件"):  # fmt: skip
        assert part in words, part
    assert "退回补正：佐证与所述不符" in words
    assert "新增" in words
    for absent in ("口令", "第1次", "上期"):
        assert absent not in words


def test_what_does_not_apply_is_not_mentioned_and_what_does_is():
    words = text_of(letter(facts(previous=5, encrypted=True, times=2, sent_back=1, deadline=""), "zh", "2026-08-03"))
    for part in ("5项附有上期作答", "口令另行告知", "第2次发放", "1项退回补正"):
        assert part in words
    assert "年9月" not in words


def test_a_form_beside_the_file_is_offered_and_a_form_alone_asks_for_nothing_else():
    beside = text_of(letter(facts(attachments=("市财政局.zhd", "市财政局.xlsx")), "zh", "2026-08-03"))
    assert "不便使用程序的" in beside
    assert "附件：1. 市财政局.zhd" in beside
    alone = text_of(letter(facts(file="市财政局.xlsx", attachments=("市财政局.xlsx",)), "zh", "2026-08-03"))
    assert "用治衡程序" not in alone
    assert "只填浅色单元格" in alone


def test_english_is_complete():
    words = text_of(letter(facts(), "en", "2026-08-03"))
    assert "Finance bureau:" in words
    assert "15 September 2026" in words
    told = words.replace("治衡", "").replace("市财政局", "").replace("市委政法委", "").replace("衡川市", "")
    assert not any("\u4e00" <= char <= "\u9fff" for char in told.replace("佐证与所述不符", ""))


def test_the_files_beside_a_package_are_word_pdf_and_guide_with_equal_bytes():
    made = papers(facts(), "zh", "2026-08-03")
    assert list(made) == ["函.docx", "函.pdf", "填报指南.pdf"]
    assert made == papers(facts(), "zh", "2026-08-03")
    assert len(PdfReader(BytesIO(made["函.pdf"])).pages) == 2
    assert len(PdfReader(BytesIO(made["填报指南.pdf"])).pages) <= 2


@pytest.mark.parametrize("language", ["zh", "en"])
def test_hostile_words_stay_words(language):
    unit = Words(HOSTILE, HOSTILE)
    made = letter(facts(unit=unit, sender=HOSTILE, file=HOSTILE, attachments=(HOSTILE,)), language, "2026-08-03")
    assert to_pdf.render(made).startswith(b"%PDF")
    assert "</script>" in text_of(made)


def test_a_thousand_items_and_none():
    many = tuple(LetterItem(f"X{n}", Words(f"题{n}"), Words("问"), ()) for n in range(1000))
    assert "X999" in text_of(letter(facts(items=many), "zh", "2026-08-03"))
    assert "0项" in text_of(letter(facts(items=()), "zh", "2026-08-03"))


def test_the_guide_fits_two_pages_in_both_languages():
    for language in ("zh", "en"):
        made = guide(Words("框架", "Framework"), language, "2026-08-03")
        assert len(PdfReader(BytesIO(to_pdf.render(made))).pages) <= 2


def line(number: int, **changed) -> Line:
    given = {
        "number": number, "code": f"ST1.{number}", "name": Words("领导机构", "Leading body"), "state": "returned",
        "own": say("level {level}", level=4), "review": say("level {level}", level=2), "gap": None,
        "problem": (say("{reason}", reason="佐证缺文号"),),
        "basis": (say("Question: {words}", words=Words("问", "q")),),
        "demand": (say("Answer the item and hand it in."),), "deadline": date(2026, 9, 1), "signature": "复核组",
    }  # fmt: skip
    return Line(**(given | changed))


def test_the_sheet_of_corrections_has_problem_basis_and_demand_of_every_item():
    one = Correction(Words("市财政局", "Finance"), "衡川市", 2026, "2026-06-30", date(2026, 8, 3), date(2026, 9, 1),
                     (line(1), line(2, deadline=None)))  # fmt: skip
    made = paper((one,), "zh", "2026-08-03")
    words = text_of(made)
    for part in ("问题整改清单（市财政局）", "ST1.1 领导机构", "佐证缺文号", "2026-09-01", "签收人（签字）"):
        assert part in words
    assert to_pdf.render(made) == to_pdf.render(paper((one,), "zh", "2026-08-03"))
    assert "没有退回补正" in text_of(paper((), "zh", "2026-08-03"))


def test_a_date_that_is_not_known_leaves_no_gap_in_the_sentence():
    words = text_of(letter(facts(base_date="", year=None), "zh", "2026-08-03"))
    assert "开展正式评估。按照分工" in words
    assert "评估基准日为" not in words


def test_attachments_stand_one_below_the_other_and_the_date_never_stands_alone_on_a_page():
    made = letter(facts(attachments=("市财政局.zhd", "市财政局.xlsx"), contact="综治科"), "zh", "2026-08-03")
    assert "附件：1. 市财政局.zhd\n2. 市财政局.xlsx" in text_of(made)
    pages = [page.extract_text().replace(" ", "") for page in PdfReader(BytesIO(to_pdf.render(made))).pages]
    (page,) = [text for text in pages if "2026年8月3日" in text]
    assert "市委政法委" in page
    assert "附件" in page


@pytest.mark.parametrize("many", [1, 2, 3, 4])
@pytest.mark.parametrize("times", [1, 2])
def test_sender_and_date_take_the_last_lines_of_the_text_along_to_their_page(many, times):
    names = tuple(f"填报包_市财政局_{number}.xlsx" for number in range(many))
    made = letter(facts(contact="评估办 010-00000000", attachments=names, times=times), "zh", "2026-08-03")
    pages = ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(to_pdf.render(made))).pages]
    (signed,) = [page for page in pages if "2026年8月3日" in page]
    assert "联系人：评估办" in signed
    word = docx.Document(BytesIO(to_docx.render(made)))
    (contact,) = [line for line in word.paragraphs if line.text.startswith("联系人")]
    assert contact.paragraph_format.keep_with_next
