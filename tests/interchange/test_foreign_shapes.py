"""Foreign models in the shapes their publishers really use; all words here are ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.answers import Answer, Profile, Sheet
from assess.framework.read import read
from assess.interchange import ciso, foreign, from_xlsform, samm
from assess.measure.score import score
from assess.problems import Problem

FUNCTIONS = {"G": ("Governing", 1, ("SM", "PC", "EG")), "D": ("Designing", 2, ("TA", "SR", "SA")),
             "I": ("Building", 3, ("SB", "SD", "DM")), "V": ("Verifying", 4, ("AA", "RT", "ST")),
             "O": ("Running", 5, ("IM", "EM", "OM"))}  # fmt: skip


def model(root: Path) -> Path:
    """The whole of a model as SAMM publishes it: 5 functions, 15 practices, 3 levels, 2 streams, comments and all."""
    files = {
        f"answer_sets/{name}.yml": f"id: {name * 32}\nvalues:\n    #lowest level\n- text: No\n  value: 0\n  weight: 1\n"
        "  order: 0\n- text: Yes, sometimes\n  value: 0.25\n  weight: 1\n  order: 1\n- text: Yes, mostly\n"
        "  value: 0.5\n  weight: 1\n  order: 2\n- text: Yes, always\n  value: 1\n  weight: 1\n"
        "  order: 3\ntype: AnswerSet\n"
        for name in "ab"
    }
    for letter, (name, order, practices) in FUNCTIONS.items():
        files[f"business_functions/{name}.yml"] = (
            f"model: M\nid: f{letter}\nname: {name}\ncolor:\n  #228B22\norder: {order}\n"
        )
        for place, short in enumerate(practices, 1):
            base = f"{letter}-{short}"
            files[f"security_practices/{letter}-{short} words.yml"] = (
                f"function: f{letter}\nid: p{base}\nname: Practice {short}\nshortName: {short}\norder: {place}\n"
            )
            for stream in "AB":
                files[f"streams/{base}-{stream}.yml"] = f"practice: p{base}\nid: s{base}{stream}\nletter: {stream}\n"
            for level in "123":
                files[f"practice_levels/{base}-{level}.yml"] = (
                    f"practice: p{base}\nid: l{base}{level}\nmaturityLevel: m\n"
                )
                for stream in "AB":
                    stem = f"{base}-{level}-{stream}"
                    key = "answerset" if stem == "G-EG-1-A" else "answerSet"
                    files[f"activities/{stem}.yml"] = (
                        f"stream: s{base}{stream}\nlevel: l{base}{level}\nid: a{stem}\ntitle: Do {stem}\n"
                        "results:\nnotes:\n"
                    )
                    files[f"questions/{stem}.yml"] = (
                        f"#Link\nactivity: a{stem}\n{key}: {'a' * 32}\nid: q{stem}\ntext: Do you\n  {stem}?\norder: 1\n"
                        "quality:\n- One\n- Two\n  lines\ntype: Question\n"
                    )
    for name, text in files.items():
        path = root / "model" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("---\n# =====\n" + text, "utf-8")
    return root / "model"


def test_a_whole_samm_is_read_whole_and_in_its_own_order(tmp_path: Path):
    found = samm.read(model(tmp_path))
    assert found.items == 90
    assert not [one for one in foreign.write(found, tmp_path / "out") if one.severity == "error"]
    framework = read(tmp_path / "out")
    practices = [code for code in framework.nodes if len(code) == 4]
    assert len(practices) == 15
    assert [code for code in framework.nodes if len(code) == 1] == ["G", "D", "I", "V", "O"]
    assert practices[:3] == ["G-SM", "G-PC", "G-EG"]
    assert framework.indicators["G-EG-1-A"].question.to("en") == "Do you G-EG-1-A?"
    assert len(found.notes) == 1, "nothing was left out"


def test_samm_adds_levels_and_averages_streams_practices_and_functions(tmp_path: Path):
    foreign.write(samm.read(model(tmp_path)), tmp_path / "out")
    framework = read(tmp_path / "out")
    # G-SM: level 1: 1 and 0.5, level 2: 0.25 and 0.25, level 3: 0 and 0.5 -> 0.75 + 0.25 + 0.25 = 1.25
    # by streams: A 1 + 0.25 + 0 = 1.25, B 0.5 + 0.25 + 0.5 = 1.25; their mean is the same 1.25
    levels = {"G-SM-1-A": 3, "G-SM-1-B": 2, "G-SM-2-A": 1, "G-SM-2-B": 1, "G-SM-3-A": 0, "G-SM-3-B": 2}
    answers = {code: Answer.of_level(levels.get(code, 0)) for code in framework.indicators}
    scores = score(framework, Sheet.of(Profile("x"), answers))
    assert scores.nodes["G-SM"].score == pytest.approx(1.25)
    assert scores.nodes["G"].score == pytest.approx(100 * 1.25 / 3 / 3)
    assert scores.base == pytest.approx(1.25 / 15)


def test_an_answer_set_without_a_positive_value_is_named_and_left_out(tmp_path: Path):
    folder = model(tmp_path)
    (folder / "answer_sets/a.yml").write_text(
        f"id: {'a' * 32}\nvalues:\n- {{text: x, value: q}}\n- {{text: y}}\n", "utf-8"
    )
    found = samm.read(folder)
    assert found.items == 0
    assert any("G-SM-1-A" in note.render("en") for note in found.notes)


LIBRARY = """
convert_library_version: v2
urn: urn:x:library:demo
locale: fr
ref_id: Demo
version: 3
objects:
  reference_controls: [{urn: "urn:x:c", name: c}]
  framework:
    ref_id: Demo
    name: Cadre
    translations: {en: {name: A frame}}
    scores_definition: [{score: 1, name: bas, description: null}, {score: 5, name: haut, description: deux}]
    requirement_nodes:
    - {urn: "urn:x:Part", assessable: false, depth: 1, name: Partie, translations: {en: {name: Part}}}
    - urn: urn:x:part:old
      parent_urn: urn:x:part
      assessable: true
      ref_id: '1.10'
      implementation_groups: [B]
      question:
        question_type: unique_choice
        question_choices: &choices ['Yes', 'No', N/A]
        questions: [{urn: "q1", text: "First?"}, {urn: "q2", text: "Second?"}]
    - urn: urn:x:part:new
      parent_urn: urn:x:PART
      assessable: true
      annotation: Look here
      questions:
        q3:
          type: unique_choice
          text: How far?
          choices:
          - {urn: a, value: Far, add_score: 10}
          - {urn: b, value: Not at all, add_score: 0}
          - {urn: c, value: Halfway, add_score: 4}
    - urn: urn:x:part:coloured
      parent_urn: urn:x:part
      assessable: true
      description: With words
      questions:
        q4:
          type: unique_choice
          text: Which?
          choices: [{urn: a, value: Red, color: '#f00'}, {urn: b, value: Green}]
"""


def test_questions_of_a_library_in_both_shapes_become_items(tmp_path: Path):
    path = tmp_path / "library.yaml"
    path.write_text(LIBRARY, "utf-8")
    found = ciso.read(path)
    assert found.items == 3
    assert not [one for one in foreign.write(found, tmp_path / "out") if one.severity == "error"]
    framework = read(tmp_path / "out")
    assert framework.title.to("en") == "A frame"
    assert framework.nodes["Part"].name.to("en") == "Part", "parents are found whatever their capitals"
    old = framework.indicators["1.10"]
    assert old.question.to("en") == "First? Second?"
    assert "Yes / No / N/A" in old.note.to("en")
    assert [(step.level, step.score) for step in old.levels] == [(1, 0), (5, 100)]
    new = framework.indicators["new"]
    assert new.name.to("en") == "How far?"
    assert [(step.score, step.words.to("en")) for step in new.levels] == [
        (0, "Not at all"),
        (40, "Halfway"),
        (100, "Far"),
    ]
    assert framework.indicators["coloured"].note.to("en") == "Which? — Red / Green"
    said = " ".join(note.render("en") for note in found.notes)
    assert "1 to 5" in said
    assert "“fr”" in said
    assert "2 requirements" in said


FORM = """"survey",,,,
,"type","name","label:English (en)","bind:constraint","label:French (fr)"
,"select one from grade or specify other","far","How far?",,"Loin ?"
,"select all that apply from grade","which","Which?",,
,"int","few","How many?",". > 2 and . <= 12",
,"begin loop over grade","each","Each",,
,"decimal","part","Part?",,
,"end loop",,,,
,"geopoint","place","Where?",,
"choices",,,,
,"list name","name","label:English (en)",,
,"grade","a","Low",,
,"grade","b","Middle",,
,"grade","c","High",,
"settings",,,,
,"form_title","form_id",,
,"A form","f-1",,
"""
MARKDOWN = """
| SURVEY |
|  | TYPE | NAME | LABEL::EN |
|  | --- | --- | --- |
|  | select_one yn | ok | Fine? |
|  | range | much | How much? |
| CHOICES |
|  | LIST_NAME | NAME | LABEL::EN |
|  | yn | no | No |
|  | yn | yes | Yes |
"""


def test_a_form_in_one_csv_with_the_older_words_is_read(tmp_path: Path):
    path = tmp_path / "form.csv"
    path.write_text(FORM, "utf-8")
    found = from_xlsform.read(path)
    assert found.items == 4
    assert not [one for one in foreign.write(found, tmp_path / "out") if one.severity == "error"]
    framework = read(tmp_path / "out")
    assert framework.title.to("en") == "A form"
    assert framework.indicators["far"].name.to("en") == "How far?", "French is not English, though it holds “en”"
    assert [step.words.to("en") for step in framework.indicators["far"].levels] == ["Low", "Middle", "High"]
    number = framework.indicators["few"].number
    assert number is not None
    assert (number.zero, number.full) == (2, 12)
    said = " ".join(note.render("en") for note in found.notes)
    assert "place" in said
    assert "each" in said


def test_a_form_in_markdown_is_read(tmp_path: Path):
    path = tmp_path / "form.md"
    path.write_text(MARKDOWN, "utf-8")
    found = from_xlsform.read(path)
    foreign.write(found, tmp_path / "out")
    framework = read(tmp_path / "out")
    assert framework.indicators["ok"].kind == "yesno"
    assert framework.indicators["much"].kind == "number"


@pytest.mark.parametrize(("name", "text"), [("a.csv", "x,y\n1,2\n"), ("a.md", "# words\n"), ("b.csv", "survey\n")])
def test_what_is_no_form_says_so(tmp_path: Path, name: str, text: str):
    path = tmp_path / name
    path.write_text(text, "utf-8")
    with pytest.raises(Problem) as caught:
        from_xlsform.read(path)
    assert caught.value.code == "xlsform.sheets"


def test_a_form_of_texts_alone_says_that_nothing_can_be_scored(tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_text("type,name,label\ntext,why,Why?\n", "utf-8")
    with pytest.raises(Problem) as caught:
        from_xlsform.read(path)
    assert caught.value.code == "xlsform.unscored"


CODED = """
urn: urn:x:library:coded
locale: es
version: 2
objects:
  framework:
    ref_id: Coded
    name: Nombre
    requirement_nodes:
    - {urn: "urn:x:08", assessable: true, depth: 1, ref_id: 08, name: ocho}
    - {urn: "urn:x:1.10", assessable: true, depth: 1, ref_id: 1.10, name: uno diez}
    - {urn: "urn:x:1.1", assessable: true, depth: 1, ref_id: 1.1, name: uno uno}
    - urn: urn:x:own
      assessable: true
      ref_id: own
      name: propio
      translations: {en: {name: own, annotation: Look}}
      questions:
        q:
          type: unique_choice
          text: Resultado
          translations: {en: {text: Result}}
          choices:
          - {value: Cumple, compute_result: compliant, translations: {en: {value: Compliant}}}
          - {value: Parcial, compute_result: partially_compliant, translations: {en: {value: Partly}}}
          - {value: No cumple, compute_result: non_compliant, translations: {en: {value: Noncompliant}}}
          - {value: No aplica, compute_result: not_applicable, translations: {en: {value: Not applicable}}}
"""


def test_codes_stay_as_written_and_results_are_levels_in_the_translated_language(tmp_path: Path):
    path = tmp_path / "library.yaml"
    path.write_text(CODED, "utf-8")
    found = ciso.read(path)
    assert not [one for one in foreign.write(found, tmp_path / "out") if one.severity == "error"]
    framework = read(tmp_path / "out")
    assert list(framework.indicators) == ["08", "1.10", "1.1", "own"], "08 is no eight, 1.10 is not 1.1"
    item = framework.indicators["own"]
    assert item.question.to("en") == "Result"
    assert [(step.score, step.words.to("en")) for step in item.levels] == [
        (0, "Noncompliant"),
        (50, "Partly"),
        (100, "Compliant"),
    ], "that nothing applies is a state, no level"
    assert item.note.to("en") == "Look"
