"""Exams: what is read, keys by two routes, options that differ, variants that come again, and bad input."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from html5lib import HTMLParser

import symcount as sc
from symcount.algebra import evaluate
from symcount.cli.commands import command
from symcount.exam.asked import MISTAKEN_UNIT, substituted
from symcount.exam.bank import bank
from symcount.exam.checked import checked
from symcount.exam.mistakes import MISTAKES
from symcount.exam.paper import MEDIA, SHEETS, paper
from symcount.exam.questions import FORMS, Exam, Question, read_exam
from symcount.exam.ranges import read_range
from symcount.exam.said import said
from symcount.exam.starter import STARTER
from symcount.exam.told import sentence
from symcount.exam.variant import Variant, decimal, in_unit
from symcount.exam.variants import sheet, variant
from symcount.exam.wording import ENGLISH, LANGUAGES, wording
from symcount.layers import CONVENTIONS
from symcount.quantities import QUANTITIES
from symcount.records import replace
from symcount.render.pdf import are_drawn, compiled, pdf
from tests import media
from tests.seeds import chosen_seed
from tests.sheets import FOLDER, digest, sheets, shown

ROUNDS = 6


def exam_of(*lines: str, head: str = "") -> Exam:
    return read_exam("\n".join((head, "[[question]]", *lines)))


@cache
def whole_bank() -> Exam:
    entries = "\n".join(f'[[question]]\nbank = "{name}"' for name in bank())
    return read_exam(f'title = "bank"\nseed = {chosen_seed()}\n{entries}')


@cache
def variants_of(name: str) -> list[Variant]:
    [question] = [each for each in whole_bank().questions if each.name == name]
    return [variant(whole_bank(), question, student) for student in range(ROUNDS)]


def closed(question: Question, line: str, values: dict[str, int]) -> tuple[int, ...]:
    """An answer by the closed form of the network with its symbols open; the variants' keys are walked in numbers."""
    net = sc.Architecture(line, convention=question.convention, exact=question.exact)
    found: Any = net.of(question.ask, question.at)
    sizes = found if isinstance(found, tuple) else (found,)
    return tuple(each if isinstance(each, int) else evaluate(each, values) for each in sizes)


def test_the_bank_has_forty_questions_on_what_a_course_asks() -> None:
    assert len(bank()) == 40
    assert len({each["topic"] for each in bank().values()}) >= 7
    assert {each.form for each in whole_bank().questions} == set(FORMS)


@pytest.mark.parametrize("name", bank())
def test_a_key_is_the_same_by_two_routes(name: str) -> None:
    for each in variants_of(name):
        question, values = each.question, dict(each.values)
        if question.form == "formula":
            expression = sc.parse(each.line).of(question.ask)
            for point in ({"c": 2, "n": 30, "f": 5, "d": 7}, {"c": 9, "n": 31, "f": 4, "d": 3}):
                assert eval(each.key.plain.replace("^", "**"), {}, point) == evaluate(expression, point)
            continue
        right = closed(question, question.architecture, values)
        if question.form == "difference":
            right = (right[0] - closed(question, question.other, values)[0],)
        if question.form == "value":
            assert each.key.answer == (values[question.solve],)
            assert each.target.replace("×", "x").replace("\u202f", "") == "x".join(map(str, right))
        else:
            assert each.key.answer == right


@pytest.mark.parametrize("name", bank())
def test_no_two_options_are_equal_and_one_is_right(name: str) -> None:
    for each in variants_of(name):
        if each.is_choice:
            assert len({option.shown for option in each.options}) == len(each.options) == each.question.options
            assert sum(option.is_right for option in each.options) == 1
            assert each.options[each.place] == each.key
            assert sum(bool(option.made) for option in each.options) <= 2 or each.question.form == "formula"
        assert each.key.shown not in {option.shown for option in each.known}


@pytest.mark.parametrize("name", bank())
def test_a_variant_comes_again_from_its_code(name: str) -> None:
    [question] = [each for each in whole_bank().questions if each.name == name]
    first = variants_of(name)[1]
    again = variant(whole_bank(), question, 1)
    assert (again.line, again.key, again.options) == (first.line, first.key, first.options)
    assert first.code == f"{chosen_seed()}-1"


def test_numbers_stand_in_order() -> None:
    for each in variants_of("lenet"):
        assert [*each.options] == sorted(each.options, key=lambda option: option.answer)


def test_the_right_option_is_evenly_placed() -> None:
    [question] = [each for each in whole_bank().questions if each.name == "filters-choice"]
    places = Counter(variant(whole_bank(), question, student).place for student in range(120))
    assert sorted(places) == [0, 1, 2, 3]
    assert min(places.values()) > 10


def test_another_seed_gives_other_variants() -> None:
    one = [variant(whole_bank(), whole_bank().questions[0], student).line for student in range(8)]
    other = read_exam('title = "bank"\nseed = 99\n[[question]]\nbank = "dense-params"')
    assert one != [variant(other, other.questions[0], student).line for student in range(8)]


def test_a_distractor_is_what_its_mistake_gives() -> None:
    exam = exam_of('architecture = "I(3,32x32)-C(f,5)"', 'with = {f = "8..64 step 8"}', 'as = "choice"', "options = 4")
    for student in range(10):
        each = variant(exam, exam.questions[0], student)
        filters = each.values["f"]
        known = {
            "no-bias": 75 * filters,
            "bias-once": 75 * filters + 1,
            "no-cin": 26 * filters,
            "only-filters": filters,
        }
        for option in each.options:
            for made in option.made:
                assert known.get(made.mistake.name, option.answer[0]) == option.answer[0]


def test_conditions_hold_and_sizes_fit() -> None:
    exam = exam_of(
        'architecture = "I(3,n×n)-C(f,k,s=2)"', 'with = {n = "20..60", f = "8, 16", k = "3, 5, 7"}',
        'where = ["params < 1000", "height >= 10", "k != 5"]', "exact = true",
    )  # fmt: skip
    for student in range(20):
        each = variant(exam, exam.questions[0], student)
        values = each.values
        assert (values["n"] - values["k"]) % 2 == 0
        assert (75 if values["k"] == 5 else 3 * values["k"] ** 2 + 1) * values["f"] < 1000
        assert (values["n"] - values["k"]) // 2 + 1 >= 10
        assert values["k"] != 5


def test_the_answer_stands_in_conditions() -> None:
    exam = exam_of('architecture = "I784-H(h)"', 'with = {h = "10..20"}', 'where = ["answer < 10^4", "answer > 8635"]')
    assert {variant(exam, exam.questions[0], student).key.plain for student in range(12)} == {"9420"}
    other = exam_of(
        'architecture = "I784-H(h)"', 'other = "I784-H10"', 'as = "difference"', 'with = {h = "10..20"}',
        'where = ["answer == 785"]',
    )  # fmt: skip
    assert variant(other, other.questions[0], 1).values["h"] == 11
    solve = exam_of(
        'architecture = "I784-H(h)"', 'as = "value"', 'solve = "h"', 'with = {h = "10..20"}', 'where = ["answer == 12"]'
    )
    assert variant(solve, solve.questions[0], 1).key.plain == "12"


def test_no_two_answers_of_a_sheet_agree_where_that_is_asked_for() -> None:
    twice = 'architecture = "I784-H(h)"', 'with = {h = "10, 20"}'
    exam = exam_of(*twice, "[[question]]", *twice, 'where = ["answer  differs"]')
    for student in range(8):
        one, two = sheet(exam, student).variants
        assert {one.key.plain, two.key.plain} == {"7850", "15700"}
    assert any("at: answer  differs" in line for line in checked(exam, 20))
    alike = exam_of(
        'architecture = "I784-H10"', "[[question]]", 'architecture = "I784-H10"', 'where = ["answer differs"]'
    )
    with pytest.raises(sc.ArchitectureError, match="fail at: answer differs"):
        sheet(alike, 1)


def test_what_is_said_of_an_answer_holds_for_that_question_alone() -> None:
    exam = exam_of(
        'name = "a"', 'architecture = "I784-H(h)"', 'with = {h = "10..20"}', 'where = ["answer > 8000", "h < 19"]',
        "[[question]]", 'after = "a"', 'ask = "biases"',
    )  # fmt: skip
    assert [each.text for each in exam.questions[1].where] == ["h < 19"]
    assert int(sheet(exam, 1).variants[1].key.plain) < 19


@pytest.mark.parametrize(
    ("lines", "part"),
    [
        (['ask = "memory"', 'unit = "kB"'], "compare a quantity: memory"),
        (['ask = "output"', 'as = "choice"'], "compare its sizes"),
        (['as = "line"'], "here it is a line"),
    ],
)
def test_an_answer_that_is_no_number_is_not_compared(lines: list[str], part: str) -> None:
    exam = exam_of('architecture = "I(1,9x9)-C(h,3)"', 'with = {h = "1..9"}', 'where = ["answer < 5"]', *lines)
    with pytest.raises(sc.ArchitectureError) as raised:
        variant(exam, exam.questions[0], 1)
    assert part in str(raised.value)


def test_bytes_are_told_in_a_unit_and_rounded() -> None:
    assert [decimal(in_unit(each, "KiB")) for each in (1024, 1536, 1, 5)] == ["1", "1.50", "0.00", "0.00"]
    assert decimal(in_unit(1005, "kB")) == "1.01"
    each = variants_of("memory-float32")[0]
    assert each.key.shown.endswith("MiB")
    assert each.key.plain == decimal(in_unit(each.key.answer[0], "MiB"))


def test_the_other_unit_is_a_mistake() -> None:
    exam = exam_of('architecture = "I(n)-H(1,bias=off)"', "with = {n = 262144}", 'ask = "memory"', 'unit = "MiB"')
    each = variant(exam, exam.questions[0], 1)
    known = {option.made[0].mistake.name: option.plain for option in each.known}
    assert (each.key.plain, known["other-unit"]) == ("1", "1.05")


def test_a_fraction_is_no_answer() -> None:
    exam = exam_of('architecture = "I(3,8x8)-U2-C(4,3)"', 'ask = "stride"')
    with pytest.raises(sc.ArchitectureError, match="a fraction here"):
        variant(exam, exam.questions[0], 1)


def test_names_are_replaced_as_sizes_alone() -> None:
    assert substituted("I(c,n×n)-C(f,k,p=(k-1)/2)-P(k=k)", {"c": 1, "n": 9, "f": 2, "k": 3}) == (
        "I(1,9×9)-C(2,3,p=(3-1)/2)-P(k=3)"
    )
    assert substituted("I(n)-H(h)@h-&h", {"n": 4, "h": 5}) == "I(4)-H(5)@h-&h"


def test_ranges() -> None:
    assert read_range("f", "16..64 step 16") == (16, 32, 48, 64)
    assert read_range("f", ["1..3", 7]) == (1, 2, 3, 7)
    for bad in ("", "a", "3..1", "1..5 step 0", 2.5, True, [1.5], -1, "1..999999999"):
        with pytest.raises(sc.ArchitectureError):
            read_range("f", bad)


@pytest.mark.parametrize(
    ("lines", "part"),
    [
        (['architectur = "I784-H10"'], "did you mean architecture?"),
        (["points = 2"], "question 1 has no architecture"),
        (['architecture = "I784-H10"', 'ask = "parms"'], "did you mean params?"),
        (['architecture = "I784-H10"', 'as = "choise"'], "did you mean choice?"),
        (['architecture = "I784-H10"', 'where = ["params"]'], "'params' compares nothing"),
        (['architecture = "I784-H10"', "points = -1"], "points is a whole number from 0"),
        (['architecture = "I784-H10"', 'points = "2"'], "points is a whole number from 0"),
        (['architecture = "I784-H10"', 'as = "value"'], "solve names the symbol that is asked for"),
        (['architecture = "I784-H10"', 'as = "value"', 'solve = "h"'], "h has no range"),
        (['architecture = "I784-H10"', 'as = "difference"'], "other is the network to compare with"),
        (['architecture = "I784-H10"', 'unit = "MB"'], "a unit is for memory"),
        (['architecture = "I784-H10"', 'as = "shape"'], "params is no shape"),
        (['architecture = "I784-H10"', 'ask = "output"', 'as = "number"'], "a shape is no number"),
        (['architecture = "I784-H(h)"', "with = {h = 2.5}"], "h takes the values of a range"),
        (['bank = "filtres"'], "did you mean filters?"),
        (['name = "a/b"', 'architecture = "I784-H10"'], "cannot be a name"),
        (['architecture = "I784-H10"', "costs = {dtyp = 1}"], "did you mean dtype?"),
        (['architecture = "I784-H10"', "ask = [1]"], "ask cannot be [1]"),
        (["]["], "is not TOML"),
    ],
)
def test_bad_exams_are_told(lines: list[str], part: str) -> None:
    with pytest.raises(sc.ArchitectureError) as raised:
        exam_of(*lines)
    assert part in str(raised.value)
    assert raised.value.code == "bad-exam"


@pytest.mark.parametrize(
    ("lines", "part"),
    [
        (['where = ["params < 100"]'], "the nearest is 7,850 on its left side, for h = 10"),
        (['where = ["parms < 100"]'], "did you mean params?"),
        (['where = ["h > 50"]'], "fail at: h > 50"),
    ],
)
def test_a_question_without_variants_says_why(lines: list[str], part: str) -> None:
    exam = exam_of('architecture = "I784-H(h)"', 'with = {h = "10..20"}', *lines)
    with pytest.raises(sc.ArchitectureError) as raised:
        variant(exam, exam.questions[0], 1)
    assert part in str(raised.value)


def test_networks_that_do_not_exist_are_drawn_again() -> None:
    exam = exam_of('architecture = "I(1,n×n)-C(2,9)"', 'with = {n = "1..12"}')
    assert {variant(exam, exam.questions[0], student).values["n"] for student in range(12)} <= {9, 10, 11, 12}


def test_every_language_says_what_english_says() -> None:
    """English has no words of its own for mistakes and solutions: the catalogue and the derivation are in English."""
    mistakes = {each.name for each in (*MISTAKES, MISTAKEN_UNIT)}
    english, solution = wording(ENGLISH), set(wording("de")["solution"])
    for language in LANGUAGES:
        words = wording(language)
        own = {} if language == ENGLISH else {"solution": solution, "mistakes": mistakes}
        assert {part: set(words[part]) for part in words} == own | {part: set(english[part]) for part in english}
        for part, entries in english.items():
            for key, text in entries.items():
                assert blanks(words[part][key]) == blanks(text), (language, part, key)
    assert set(english["ask"]) == set(english["noun"]) == set(QUANTITIES)


@pytest.mark.parametrize("language", [each for each in LANGUAGES if each != ENGLISH])
def test_every_language_has_a_sentence_of_its_own_for_each_mistake(language: str) -> None:
    words = wording(language)
    for each in (*MISTAKES, MISTAKEN_UNIT):
        said = sentence(each, language)
        assert said not in ("", each.feedback)
        assert not said.endswith((".", "。"))
        assert not blanks(said)
        # numbers, and the names of networks and types, are the same in every language
        assert set(re.findall(r"\d+|LeNet-5|LSTM|GRU|float\d+", each.feedback)) <= set(re.findall(
            r"\d+|LeNet-5|LSTM|GRU|float\d+", said)), each.name  # fmt: skip
    for key, text in words["solution"].items():
        assert blanks(text) == blanks(wording("de")["solution"][key])
    assert {f"convention-{name}" for name in CONVENTIONS} <= set(words["solution"])


def blanks(text: str) -> Counter[str]:
    return Counter(re.findall(r"\{[^}]*\}", text))


@pytest.mark.parametrize("language", [each for each in LANGUAGES if each != ENGLISH])
def test_solutions_are_in_the_language(language: str) -> None:
    """No word of an English solution is left on a sheet."""
    exam = read_exam(STARTER.replace('language = "en"', f'language = "{language}"').replace("No calculators.", ""))
    exam = replace(exam, instructions="")
    text = paper(exam, [sheet(exam, student) for student in (1, 2, 3)], "text", "all")
    for word in ("layer by layer", "calculation", "Convention:", "parameters", "the biases", "receptive"):
        assert word not in text
    assert wording(language)["solution"]["calculation"] in text
    assert any(wording(language)["mistakes"][each.name] in text for each in MISTAKES)


@pytest.mark.parametrize(("medium", "mark"), [("markdown", "^#+"), ("html", "<h[1-6]")])
def test_a_solution_stands_under_its_question(medium: str, mark: str) -> None:
    """The headings of a calculation are below that of the question, and the document has one title."""
    exam = read_exam(STARTER)
    found = re.findall(mark, paper(exam, [sheet(exam, 1)], medium, "solutions"), re.MULTILINE)
    levels = [len(each) if each[0] == "#" else int(each[-1]) for each in found]
    top = min(levels)
    assert levels.count(top) == 1
    assert levels.count(top + 1) == len(exam.questions)
    assert set(levels) == {top, top + 1, top + 2}


def test_the_jump_has_a_column_of_its_name() -> None:
    exam = exam_of('architecture = "I(3,128×128)-C(16,7,s=2)-P2"', 'ask = "receptive-field"')
    for language, name in (("en", "jump"), ("de", "Sprung")):
        page = paper(replace(exam, language=language), [sheet(exam, 1)], "markdown", "solutions")
        assert f"| {name} " in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_is_said_in_every_language(language: str) -> None:
    for name in bank():
        told = said(variants_of(name)[0], language)
        assert told.question
        assert "{" not in told.question + "".join(told.hangs)


def test_the_convention_is_said() -> None:
    assert "Every filter and every unit has a bias" in " ".join(said(variants_of("filters")[0], "en").hangs)
    assert "No layer has a bias." in said(variants_of("filters-no-bias")[0], "en").hangs
    assert "biases and poolings do not count" in " ".join(said(variants_of("macs-convolution")[0], "en").hangs)
    assert "1 MiB = 1048576 bytes." in said(variants_of("memory-float32")[0], "en").hangs
    assert "Each unit of a gate has 1 bias(es)." in said(variants_of("recurrent")[0], "en").hangs
    exam = exam_of('architecture = "I(3,8x8)-C(4,3)-BN"', head='convention = "keras"')
    assert "Running means and variances count." in said(variant(exam, exam.questions[0], 1), "en").hangs


def test_a_text_of_ones_own() -> None:
    exam = exam_of('architecture = "I784-H(h)"', 'with = {h = "5"}', 'text = "Count {line}: h = {h}, {x}"')
    assert said(variant(exam, exam.questions[0], 1), "en").question == "Count I784-H5: h = 5, {x}"


@pytest.mark.parametrize("medium", MEDIA)
@pytest.mark.parametrize("which", SHEETS)
def test_sheets_hold_keys_only_where_they_may(medium: str, which: str) -> None:
    exam = read_exam(STARTER)
    made = sheet(exam, 3)
    text = re.sub(r"\\allowbreak ?|<wbr/>|\\,|\u202f", "", paper(exam, [made], medium, which))
    assert "7-3" in text
    assert ("Solution" in text) == (which in ("solutions", "all"))
    shown = made.variants[0].key.plain
    assert (shown in text.replace(" ", "").replace("\\", "")) == (which in ("solutions", "all"))


@pytest.mark.parametrize("language", [each for each in LANGUAGES if each != "zh"])
def test_latex_compiles(language: str, tmp_path: Path) -> None:
    exam = read_exam(STARTER.replace('language = "en"', f'language = "{language}"'))
    shown = media.text_of(media.pdflatex(paper(exam, [sheet(exam, 1)], "latex", "all"), tmp_path))
    # the title of each sheet, and the head of each page, of which solutions have more than one
    assert shown.count("Version 7-1" if language == "en" else "7-1") > 2 * (len(SHEETS) - 1)
    assert "9 472" in shown.replace("\u2009", " ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_html_and_typst_are_valid(language: str) -> None:
    exam = read_exam(STARTER.replace('language = "en"', f'language = "{language}"'))
    made = [sheet(exam, 1)]
    HTMLParser(strict=True).parse(paper(exam, made, "html", "all"))
    source = paper(exam, made, "typst", "all")
    if language == "zh" and not are_drawn("参数"):
        with pytest.raises(sc.ArchitectureError, match="no font of this machine has"):
            pdf(source)
    else:
        assert pdf(source)[:4] == b"%PDF"
    assert compiled(source)[:4] == b"%PDF"


def test_letters_that_no_font_has_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert are_drawn("ab")
    monkeypatch.setattr("symcount.render.pdf.are_drawn", lambda signs: False)
    assert pdf("Größen, größer; αβγ, жш")[:4] == b"%PDF"
    with pytest.raises(sc.ArchitectureError) as raised:
        pdf("参数")
    assert raised.value.code == "no-font"


@pytest.mark.parametrize("medium", ["typst", "latex"])
def test_every_page_says_whose_it_is(medium: str, tmp_path: Path) -> None:
    source = paper(read_exam(STARTER), [sheet(read_exam(STARTER), student) for student in (1, 2)], medium, "questions")
    if medium == "latex":
        page = media.pdflatex(source, tmp_path)
    else:
        page = tmp_path / "page.pdf"
        page.write_bytes(pdf(source))
    pages = media.text_of(page).split("\f")[:-1]
    codes = [set(re.findall(r"7-\d", each)) for each in pages]
    assert len(pages) >= 4
    assert codes[0] == {"7-1"}
    assert codes[-1] == {"7-2"}
    assert all(len(each) == 1 for each in codes)


def test_a_cover_has_a_line_for_each_question() -> None:
    exam = read_exam(STARTER)
    text = paper(exam, [sheet(exam, 1)], "text", "cover")
    assert [line.split()[:2] for line in text.splitlines() if re.match(r"\d ", line)] == [
        [str(at), str(each.points)] for at, each in enumerate(exam.questions, 1)
    ]
    assert re.search(r"Total\s+12\s+____", text)
    assert exam.instructions in text


def test_an_answer_sheet_has_room_for_each_size() -> None:
    exam = read_exam(STARTER)
    rows = paper(exam, [sheet(exam, 1)], "text", "answers").splitlines()
    [shape] = [row for row in rows if row.startswith("3 ")]
    assert shape.count("____________") == 3
    [choice] = [row for row in rows if row.startswith("2 ")]
    assert re.search(r"A {2,}B {2,}C {2,}D", choice)


def test_the_pictures_of_the_documents_show_the_sheets() -> None:
    """`python -m tests.documents` draws those anew that show another sheet."""
    found = sheets()
    assert len(found) == 4
    for name, source in found.items():
        picture = (FOLDER / name).read_bytes()
        assert shown(picture) == digest(source), name
        assert len(picture) < 45_000
    assert digest(found["sheet-cover.png"] + " ") != shown((FOLDER / "sheet-cover.png").read_bytes())
    assert {each.name for each in FOLDER.glob("*.png")} == set(found)


def test_the_report_of_a_check() -> None:
    exam = exam_of('architecture = "I784-H(h)"', 'with = {h = "10..90"}', 'where = ["h > 20"]', 'as = "choice"')
    lines = [*checked(exam, 60)]
    assert lines[0].startswith("q1: 60 variants, ")
    assert lines[1].startswith("  right at A ")
    assert "at: h > 20" in lines[-1]
    assert [*checked(exam_of('architecture = "I784-H(h)"', "with = {h = 3}", 'where = ["h > 20"]'), 2)] == [
        "q1: no variant: 800 draws failed at: h > 20"
    ]


def run(*words: str) -> Any:
    return CliRunner().invoke(command, ["exam", *words])


def test_the_command(tmp_path: Path) -> None:
    file = tmp_path / "exam.toml"
    assert run("new", "-o", str(file)).exit_code == 0
    assert tomllib.loads(file.read_text(encoding="utf-8"))["seed"] == 7
    first = run(str(file), "--student", "2")
    assert first.exit_code == 0
    assert "Version 7-2" in first.output
    assert run(str(file), "--student", "2").output == first.output
    assert run(str(file), "--student", "2", "--seed", "8").output != first.output
    assert "Wie viele Parameter hat das Netz?" in run(str(file), "--language", "de").output
    assert len(run("--list").output.splitlines()) == 40
    done = run(str(file), "--students", "2", "-o", str(tmp_path / "exam.pdf"))
    assert (done.exit_code, (tmp_path / "exam.pdf").read_bytes()[:4]) == (0, b"%PDF")


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ((), "exam takes one file"),
        (("nothing.toml",), "nothing.toml cannot be read"),
        (("new", "old"), "exam takes one file"),
        (("exam.toml", "--language", "xx"), "no words in 'xx'"),
    ],
)
def test_bad_calls_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], part: str) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "exam.toml").write_text(STARTER, encoding="utf-8")
    done = run(*words)
    assert done.exit_code == 2
    assert part in done.stderr


def test_a_short_question_is_on_one_page_and_a_long_one_need_not_be() -> None:
    short = exam_of('architecture = "I8-H9-O3"', 'ask = "params"')
    long = exam_of(f'architecture = "I8{"-H9" * 40}-O3"', 'ask = "params"')
    for medium, mark in (("typst", "breakable: false"), ("html", '<section class="whole">'), ("latex", "minipage}{")):
        assert [paper(exam, [sheet(exam, 1)], medium).count(mark) for exam in (short, long)] == [1, 0]
