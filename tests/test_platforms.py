"""What platforms take: each file is read by a reader of its format, and its keys are those of the variants."""

from __future__ import annotations

import csv
import json
import re
from io import StringIO
from pathlib import Path

import pytest
from lxml import etree

from symcount.exam.bank import bank
from symcount.exam.platforms import PLATFORMS, written
from symcount.exam.platforms.moodle import FRACTIONS, credit
from symcount.exam.questions import Exam, read_exam
from symcount.exam.variant import Sheet, Variant
from symcount.exam.variants import sheet
from tests.gift import read_gift

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


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_file_is_the_same_each_time(platform: str) -> None:
    assert written(platform, EXAM, MADE) == written(platform, EXAM, MADE)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_question_of_the_bank_goes_out(platform: str) -> None:
    exam = read_exam("\n".join(f'[[question]]\nbank = "{each}"' for each in bank()))
    assert len(written(platform, exam, [sheet(exam, 1)])) > 10_000
