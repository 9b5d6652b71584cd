"""Marks: points, feedback, what follows from earlier answers, and files of answers with odd rows."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import symcount as sc
from symcount.cli.commands import command
from symcount.exam.answered import Answered, Odd, read_answers
from symcount.exam.marking import Mark, class_mistakes, marked
from symcount.exam.questions import Exam, read_exam
from symcount.exam.variants import sheet

SOURCE = """
title = "Marks"
seed = 5

[[question]]
name = "filters"
architecture = "I(3,32x32)-C(f,5)"
with = {f = "16..64 step 16"}
points = 4

[[question]]
name = "choice"
architecture = "I(3,32x32)-C(f,5)-P2-H(h)"
with = {f = "8, 16, 24, 32", h = "10..50 step 10"}
as = "choice"
points = 2

[[question]]
name = "memory"
architecture = "I784-H(h)-O10"
with = {h = "100..300 step 50"}
ask = "memory"
unit = "KiB"

[[question]]
name = "first"
architecture = "I(1,n×n)-C(f,k)-P2-C(16,3)-H10"
with = {n = "28, 32", f = "4, 8", k = "3, 5"}
ask = "output"
at = "C1"

[[question]]
name = "second"
after = "first"
ask = "output"
at = "P1"

[[question]]
name = "third"
after = "first"
at = "H1"
points = 3
"""
EXAM: Exam = read_exam(SOURCE)
VARIANTS = {each.question.name: each for each in sheet(EXAM, 1).variants}


def mark(**answers: str) -> dict[str, Mark]:
    return {each.question: each for each in marked(EXAM, Answered(1, answers, 2)).marks}


def verdicts(**answers: str) -> dict[str, str]:
    return {name: each.verdict for name, each in mark(**answers).items() if name in answers}


def test_right_answers_earn_all() -> None:
    right = {name: each.letter or each.key.plain for name, each in VARIANTS.items()}
    done = marked(EXAM, Answered(1, right, 2))
    assert done.points == done.of == 12
    assert {each.verdict for each in done.marks} == {"right"}


def test_answers_are_taken_as_people_write_them() -> None:
    key = VARIANTS["filters"].key
    choice = VARIANTS["choice"]
    kib = VARIANTS["memory"].key.plain
    for text in (key.shown, f"{key.answer[0]:,}", f" {key.plain} "):
        assert verdicts(filters=text) == {"filters": "right"}
    for text in (choice.letter, choice.letter.lower(), f"{choice.letter})", choice.key.plain, choice.key.shown):
        assert verdicts(choice=text) == {"choice": "right"}
    for text in (kib, f"{kib} KiB", kib.replace(".", ","), f"{kib}kib"):
        assert verdicts(memory=text) == {"memory": "right"}


def test_one_mistake_earns_half_and_two_a_quarter() -> None:
    filters = VARIANTS["filters"].values["f"]
    one, two = mark(filters=str(75 * filters)), mark(filters=str(15 * filters))
    assert (float(one["filters"].points), one["filters"].mistakes) == (2, ("no-bias",))
    assert (float(two["filters"].points), two["filters"].mistakes) == (1, ("no-bias", "k-not-squared"))
    assert "the biases are left out" in one["filters"].feedback
    assert mark(filters="1234567")["filters"].points == 0


def test_the_share_is_the_exams() -> None:
    exam = read_exam(SOURCE.replace("seed = 5", "seed = 5\npartial = 0"))
    filters = sheet(exam, 1).variants[0].values["f"]
    done = marked(exam, Answered(1, {"filters": str(75 * filters)}, 2)).marks[0]
    assert (float(done.points), done.verdict) == (0, "known")


def test_a_wrong_option_says_what_it_is() -> None:
    for place, option in enumerate(VARIANTS["choice"].options):
        done = mark(choice="ABCD"[place])["choice"]
        assert done.verdict == ("right" if option.is_right else "known" if option.made else "wrong")
        assert done.points == (2 if option.is_right else 0)
        assert bool(done.feedback) == bool(option.made)


def test_what_follows_from_a_wrong_answer_earns_all() -> None:
    channels, side, _ = VARIANTS["first"].key.answer
    wrong = side + 2
    pooled = wrong // 2
    done = mark(
        first=f"{channels}x{wrong}x{wrong}", second=f"{channels}x{pooled}x{pooled}",
        third=str((16 * (pooled - 2) ** 2 + 1) * 10),
    )  # fmt: skip
    assert [done[name].verdict for name in ("second", "third")] == ["consistent"] * 2
    assert [float(done[name].points) for name in ("second", "third")] == [1, 3]
    assert done["third"].feedback == "it follows from the answer to P1"
    alone = mark(third=str((16 * (pooled - 2) ** 2 + 1) * 10))["third"]
    assert alone.verdict != "consistent"


def test_nothing_and_nonsense() -> None:
    assert {each.verdict for each in mark().values()} == {"missing"}
    assert set(verdicts(filters="many", choice="E", memory="1.2.3", first="a×b").values()) == {"unreadable"}
    assert mark(choice="E")["choice"].feedback == "the options are A to D"


def test_the_mistakes_of_a_class_are_counted() -> None:
    filters = VARIANTS["filters"].values["f"]
    students = [marked(EXAM, Answered(1, {"filters": str(75 * filters)}, line)) for line in range(3)]
    assert class_mistakes(students) == [("no-bias", "filters", 3)]


def test_both_forms_of_a_file_say_the_same() -> None:
    wide = [*read_answers("student,filters,choice\n1,100,A\n2,200,\n", EXAM)]
    long = [*read_answers("student,question,answer\n1,filters,100\n1,choice,A\n2,filters,200\n2,choice,\n", EXAM)]
    assert [(each.student, each.answers) for each in wide] == [(each.student, each.answers) for each in long]  # type: ignore[union-attr]
    for text in (
        "\ufeffcode;filters\r\n5-1;100\r\n", "number\tfilters\n1\t100\n", "Student,Name,Code,filters\nx,Ada,5-1,100\n"
    ):  # fmt: skip
        assert [*read_answers(text, EXAM)] == [Answered(1, {"filters": "100"}, 2)]


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("student,filters\nx,1\n", 2, "'x' is no student"),
        ("student,filters\n1,1\n1,2\n", 3, "student 1 stands on line 2 already"),
        ("student,filtres\n1,1\n", 1, "did you mean filters?"),
        ("student,filters\n1,2,3\n", 2, "3 cells, and 2 columns"),
        ("student,filters\n7-1,2\n", 2, "of an exam with seed 7, and this one has 5: add --seed 7"),
        ("student,filters\n,2\n", 2, "'' is no student"),
        ("student,question,answer\n1,filtres,2\n", 2, "did you mean filters?"),
        ("student,question,answer\n1,filters\n", 2, "2 cells, and 3 columns"),
        ("student,question,answer\n1,filters,2\n1,filters,3\n", 3, "answers filters twice"),
    ],
)
def test_odd_rows_are_told_by_their_line(text: str, line: int, why: str) -> None:
    odd = [each for each in read_answers(text, EXAM) if isinstance(each, Odd)]
    assert [each.line for each in odd] == [line]
    assert why in odd[0].why


def test_what_is_no_file_of_answers_is_refused() -> None:
    for text in ("", "a,b\n1,2\n"):
        with pytest.raises(sc.ArchitectureError, match="no column for the student"):
            [*read_answers(text, EXAM)]


def run(tmp_path: Path, answers: str, *words: str) -> Any:
    (tmp_path / "exam.toml").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "answers.csv").write_text(answers, encoding="utf-8")
    return CliRunner().invoke(
        command, ["exam", str(tmp_path / "exam.toml"), "--answers", str(tmp_path / "answers.csv"), *words]
    )


def test_the_command_marks_what_it_can_read(tmp_path: Path) -> None:
    good = run(tmp_path, f"student,filters\n1,{VARIANTS['filters'].key.plain}\n")
    assert good.exit_code == 0
    assert "right" in good.output
    odd = run(tmp_path, f"student,filters\nx,1\n1,{VARIANTS['filters'].key.plain}\n", "--format", "json")
    assert odd.exit_code == 1
    data = json.loads(odd.output)
    assert data["unread"] == [{"line": 2, "why": "'x' is no student: write the number, or the code of the sheet, 7-12"}]
    assert data["students"][0]["points"] == "4"
    table = run(tmp_path, "student,filters\nx,1\n1,12\n", "--format", "csv")
    assert "line 2: 'x' is no student" in table.stderr
    assert table.stdout.startswith("student,question,answer,key")
    assert run(tmp_path, "student\n", "--format", "moodle").exit_code == 2


def test_points_are_exact() -> None:
    exam = read_exam(SOURCE.replace("seed = 5", "seed = 5\npartial = 33"))
    filters = sheet(exam, 1).variants[0].values["f"]
    assert marked(exam, Answered(1, {"filters": str(75 * filters)}, 2)).marks[0].points == Fraction(132, 100)


@pytest.mark.parametrize(
    ("lines", "part"),
    [
        ('after = "frst"', "did you mean first?"),
        ('after = "second"', "after names a question before it"),
        ('after = "first"\nwith = {n = 3}', "leave with out"),
    ],
)
def test_what_follows_no_question_is_refused(lines: str, part: str) -> None:
    with pytest.raises(sc.ArchitectureError) as raised:
        read_exam(f"{SOURCE}\n[[question]]\n{lines}\n")
    assert part in str(raised.value)
