"""What platforms take: each file is read by a reader of its format, and its keys are those of the variants."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import sys
from contextlib import closing
from html import escape, unescape
from importlib.util import module_from_spec, spec_from_file_location
from io import BytesIO, StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile

import pytest
from lxml import etree

import symcount as sc
from symcount.exam import variants
from symcount.exam.bank import bank
from symcount.exam.platforms import PLATFORMS, written
from symcount.exam.platforms import moodle as moodle_module
from symcount.exam.platforms.moodle import FRACTIONS, credit
from symcount.exam.questions import Exam, read_exam
from symcount.exam.variant import Sheet, Variant
from symcount.exam.variants import sheet
from tests.gift import read_gift
from tests.qti import old_items, old_score, opened, right_answers, right_in_canvas, score

CASES = Path(__file__).parent / "cases"
NAMES = ("filters", "lenet", "shape-stride", "shape-valid", "which-padding", "which-network", "formula-filters",
         "separable-saving", "memory-float32", "field-stacked", "recurrent")  # fmt: skip
EXAM: Exam = read_exam(
    'title = "A & B/C"\npartial = 33\n' + "\n".join(f'[[question]]\nbank = "{each}"' for each in NAMES)
)
MADE: list[Sheet] = [sheet(EXAM, student) for student in (1, 2)]
VARIANTS: list[Variant] = [each.variants[place] for place in range(len(NAMES)) for each in MADE]


def moodle() -> etree._Element:
    return etree.fromstring(written("moodle", EXAM, MADE))


def is_valid(tree: etree._Element) -> bool:
    schema = etree.RelaxNG(etree.parse(CASES / "moodle.rng"))
    return bool(schema.validate(tree))


def test_moodle_reads_it() -> None:
    assert is_valid(moodle())


def test_what_moodle_would_not_read_is_noticed() -> None:
    for path, change in (
        (".//answer", lambda each: each.set("fraction", "51")),
        (".//tolerance", lambda each: each.getparent().remove(each)),
        (".//questiontext/text", lambda each: setattr(each, "text", "")),
    ):
        tree = moodle()
        change(tree.find(path))
        assert not is_valid(tree), path


def test_the_keys_of_moodle_are_those_of_the_variants() -> None:
    questions = [each for each in moodle() if each.get("type") != "category"]
    assert len(questions) == len(VARIANTS)
    for found, variant in zip(questions, VARIANTS, strict=True):
        assert found.findtext("name/text") == f"{variant.question.name} {variant.code}"
        if found.get("type") == "cloze":
            blanks = re.findall(r"\{(\d+):NUMERICAL:=(\d+):0", found.findtext("questiontext/text") or "")
            assert [int(each) for _, each in blanks] == [*variant.key.answer]
            continue
        right = [each for each in found.findall("answer") if each.get("fraction") == "100"]
        assert len(right) == 1
        if found.get("type") == "numerical":
            assert right[0].findtext("text") == variant.key.plain
            assert {each.get("fraction") for each in found.findall("answer")[1:]} <= {"33.33333"}
        else:
            texts = [each.findtext("text") for each in found.findall("answer")]
            assert texts.index(right[0].findtext("text")) == variant.place


def test_a_question_is_a_category_with_every_variant() -> None:
    categories = [each.findtext("category/text") for each in moodle() if each.get("type") == "category"]
    assert categories == [f"$course$/top/A & B//C/{name}" for name in NAMES]


def test_a_blank_is_read_as_moodle_reads_it() -> None:
    """By the patterns of its importer: an alternative ends at a bare ~ or }, and entities of its feedback are read."""
    told = moodle_module._cloze('a ~ b = {c} & "d" < e \\')
    assert not set(told) & set("~}")
    assert unescape(told) == 'a ~ b = {c} & "d" < e \\'
    for found in moodle():
        if found.get("type") == "cloze":
            for blank in re.findall(r"\{\d+:NUMERICAL:(.*?)\}", found.findtext("questiontext/text") or ""):
                first, *others = blank.split("~")
                assert re.fullmatch(r"=\d+:0", first)
                assert all(re.fullmatch(r"%33\.33333%\d+:0#[^#]+", each) for each in others)


def test_known_mistakes_have_feedback_and_credit() -> None:
    numerical = next(each for each in moodle() if each.get("type") == "numerical")
    said = [each.findtext("feedback/text") for each in numerical.findall("answer")[1:]]
    assert "the biases are left out" in said
    assert [credit(each) for each in (0, 33, 50, 67, 100)] == ["0", "33.33333", "50", "66.66667", "100"]
    assert len(FRACTIONS) == 21


def test_gift_is_read() -> None:
    questions = read_gift(written("gift", EXAM, MADE).decode())
    assert len(questions) == len(VARIANTS)
    for found, variant in zip(questions, VARIANTS, strict=True):
        right = [each for each in found.answers if each.worth == 100]
        assert len(right) == 1
        assert right[0].text == (variant.key.shown if variant.is_choice else variant.key.plain)
        assert found.numerical == (not variant.is_choice and len(variant.key.answer) == 1)
        assert f"{variant.question.name} {variant.code}" == found.name
        assert ("<code>_x_x_</code>" in found.text) == (variant.question.name == "shape-valid")
        assert found.answers.index(right[0]) == (variant.place if variant.is_choice else 0)
    with pytest.raises(AssertionError):
        read_gift("::a::[html]b {=1 =2")


def test_the_csv_has_a_row_for_each_question() -> None:
    rows = [*csv.DictReader(StringIO(written("csv", EXAM, MADE).decode()))]
    made = [(each, one) for each in MADE for one in each.variants]
    assert len(rows) == len(made)
    for row, (each, variant) in zip(rows, made, strict=True):
        assert (row["code"], row["question"], row["key"]) == (each.code, variant.question.name, variant.key.plain)
        assert row["letter"] == variant.letter
        if variant.is_choice:
            assert row[variant.letter] == variant.key.plain


def test_the_json_holds_all_of_it() -> None:
    data = json.loads(written("json", EXAM, MADE))
    for found, each in zip(data["sheets"], MADE, strict=True):
        assert [one["key"]["plain"] for one in found["questions"]] == [one.key.plain for one in each.variants]
        assert all(one["solution"] for one in found["questions"])


@pytest.mark.parametrize("platform", [each for each in PLATFORMS if each != "anki"])
def test_a_file_is_the_same_each_time(platform: str) -> None:
    assert written(platform, EXAM, MADE) == written(platform, EXAM, MADE)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_question_of_the_bank_goes_out(platform: str) -> None:
    exam = read_exam("\n".join(f'[[question]]\nbank = "{each}"' for each in bank()))
    assert len(written(platform, exam, [sheet(exam, 1)])) > 5_000


def test_qti_21_scores_right_answers_and_known_mistakes() -> None:
    files = opened(written("qti21", EXAM, MADE))
    for variant in VARIANTS:
        item = files[f"items/q_{variant.question.name}_{variant.code}.xml"]
        points = variant.question.points
        key = [variant.letter] if variant.is_choice else variant.key.plain.split("x")
        assert right_answers(item) == key
        assert score(item, key) == pytest.approx(points, abs=1e-3)
        assert score(item, ["999999937"] * len(key)) == 0
        if len(key) == 1:
            for known in variant.known:
                assert score(item, [known.plain]) == pytest.approx(points * 0.33, abs=1e-3)


def qti21() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(CASES / "qti21.rng"))


def test_qti_21_has_the_elements_of_its_model() -> None:
    exam = read_exam("\n".join(f'[[question]]\nbank = "{each}"' for each in bank()))
    files = opened(written("qti21", exam, [sheet(exam, 1)]))
    for path, tree in files.items():
        if path != "imsmanifest.xml":
            qti21().assertValid(tree)


@pytest.mark.parametrize(
    ("path", "change"),
    [
        ("//*[@identifier='SCORE']", lambda each: each.set("identifier", "the score")),
        ("//*[local-name()='mapEntry']", lambda each: each.set("mappedValue", "half")),
        ("//*[local-name()='itemBody']", lambda each: each.addnext(each.getprevious())),
        ("//*[local-name()='responseProcessing']", lambda each: each.clear()),
    ],
)
def test_what_qti_21_does_not_know_is_noticed(path: str, change: Any) -> None:
    files = opened(written("qti21", EXAM, MADE[:1]))
    item = next(tree for path, tree in files.items() if path.startswith("items/"))
    assert qti21().validate(item)
    change(item.xpath(path)[0])
    assert not qti21().validate(item)


def test_a_test_of_qti_21_draws_one_variant_of_each_question() -> None:
    files = opened(written("qti21", EXAM, MADE))
    sections = files["test.xml"].xpath("//*[local-name()='assessmentSection']")
    assert [each.get("title") for each in sections] == list(NAMES)
    for section in sections:
        assert section.xpath("*[local-name()='selection']/@select") == ["1"]
        paths = section.xpath("*[local-name()='assessmentItemRef']/@href")
        assert len(paths) == len(MADE)
        assert set(paths) <= set(files)
    listed = files["imsmanifest.xml"].xpath("//*[local-name()='file']/@href")
    assert set(listed) == set(files) - {"imsmanifest.xml"}


def test_qti_12_scores_as_canvas_does() -> None:
    items = old_items(written("qti12", EXAM, MADE))
    assert len(items) == len(VARIANTS)
    for item, variant in zip(items, VARIANTS, strict=True):
        kind = item.xpath(".//*[local-name()='fieldentry']")[0].text
        if variant.is_choice:
            labels = item.xpath(".//*[local-name()='response_label']/@ident")
            scores = [old_score(item, {"response1": each}) for each in labels]
            assert kind == "multiple_choice_question"
            assert scores == [100 if option.is_right else 0 for option in variant.options]
        elif len(variant.key.answer) > 1:
            assert kind == "fill_in_multiple_blanks_question"
            right = {f"response_size{at}": f"right{at}" for at in range(1, len(variant.key.answer) + 1)}
            assert old_score(item, right) == 100
            assert old_score(item, right | {"response_size1": "x"}) < 100
        else:
            assert kind == "numerical_question"
            assert old_score(item, {"response1": variant.key.plain}) == 100
            assert right_in_canvas(item) == [variant.key.plain]
            assert {old_score(item, {"response1": each.plain}) for each in variant.known} <= {0}


def test_canvas_finds_the_settings_of_the_quiz() -> None:
    """It joins the name of the assessment and that of its file of settings, which the manifest must list."""
    files = opened(written("qti12", EXAM, MADE))
    assert set(files["imsmanifest.xml"].xpath("//*[local-name()='file']/@href")) == set(files) - {"imsmanifest.xml"}
    [assessment] = [each for path, each in files.items() if path.endswith(".xml") and each.tag.endswith("interop")]
    settings = files[f"{assessment[0].get('ident')}/assessment_meta.xml"]
    assert settings.xpath("string(*[local-name()='quiz_type'])") == "assignment"
    other = opened(written("qti12", read_exam('title = "other"\n[[question]]\nbank = "filters"'), []))
    assert not set(other) & set(files) - {"imsmanifest.xml"}


def test_feedback_of_qti_12_is_linked() -> None:
    for item in old_items(written("qti12", EXAM, MADE)):
        linked = item.xpath(".//*[local-name()='displayfeedback']/@linkrefid")
        assert set(linked) <= set(item.xpath("*[local-name()='itemfeedback']/@ident"))


def prairielearn(name: str, seed: int) -> tuple[Any, dict[str, Any]]:
    """A question's own ``server.py``, and the data that it makes for a seed."""
    with TemporaryDirectory() as place:
        with ZipFile(BytesIO(written("prairielearn", EXAM, MADE))) as archive:
            archive.extractall(place)
        folder = Path(place) / f"symcount-{name}"
        info = json.loads((folder / "info.json").read_text(encoding="utf-8"))
        assert (info["type"], len(info["uuid"])) == ("v3", 36)
        assert "pl-question-panel" in (folder / "question.html").read_text(encoding="utf-8")
        spec = spec_from_file_location("server", folder / "server.py")
        assert spec is not None
        assert spec.loader is not None
        server = module_from_spec(spec)
        spec.loader.exec_module(server)
    data: dict[str, Any] = {
        "variant_seed": seed, "params": {}, "correct_answers": {}, "submitted_answers": {}, "partial_scores": {},
        "feedback": {}, "score": 0.0,
    }  # fmt: skip
    server.generate(data)
    return server, data


@pytest.mark.parametrize("name", ["filters", "shape-valid", "memory-float32", "lenet"])
def test_prairielearn_makes_and_grades(name: str) -> None:
    server, data = prairielearn(name, 12)
    [question] = [each for each in EXAM.questions if each.name == name]
    made = variants.variant(EXAM, question, 12)
    assert made.line in data["params"]["question"]
    if made.is_choice:
        assert [each["correct"] for each in data["params"]["options"]].count("true") == 1
        return
    assert all(isinstance(each, int | float) for each in data["correct_answers"].values())
    data["submitted_answers"] = dict(data["correct_answers"])
    server.grade(data)
    assert data["score"] == 1
    known = next(each for each in made.known if len(each.answer) == len(made.key.answer))
    data["submitted_answers"] = {f"key{at}": size for at, size in enumerate(known.plain.split("x"), 1)}
    server.grade(data)
    assert data["score"] == pytest.approx(0.33)
    assert data["feedback"]["mistake"]
    data["submitted_answers"] = {}
    server.grade(data)


def cards(content: bytes) -> list[tuple[str, str]]:
    """The identifiers and fields of a deck's notes, from the database that an apkg is."""
    with TemporaryDirectory() as place:
        ZipFile(BytesIO(content)).extract("collection.anki2", place)
        with closing(sqlite3.connect(Path(place) / "collection.anki2")) as database:
            return [*database.execute("select guid, flds from notes order by id")]


def test_a_deck_keeps_the_names_of_its_cards() -> None:
    first, again = (cards(written("anki", EXAM, MADE)) for _ in range(2))
    assert first == again
    assert len({guid for guid, _ in first}) == len(VARIANTS)
    more = cards(written("anki", EXAM, [*MADE, sheet(EXAM, 3)]))
    assert {guid for guid, _ in first} < {guid for guid, _ in more}
    made = [one for each in MADE for one in each.variants]
    for (_, fields), each in zip(first, made, strict=True):
        assert escape(each.key.shown) in fields.split("\x1f")[1]


def test_without_genanki_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "genanki", None)
    with pytest.raises(sc.ArchitectureError, match="needs the package genanki"):
        written("anki", EXAM, MADE)
