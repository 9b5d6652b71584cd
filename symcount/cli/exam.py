"""`symcount exam`: question sheets, variants for a class, files for platforms, and marks."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from symcount.cli.output import STANDARD, is_terminal, printed, say, write, write_text
from symcount.errors import ArchitectureError, visible
from symcount.exam.answered import Answered, Odd, read_answers
from symcount.exam.bank import bank
from symcount.exam.checked import VARIANTS, checked
from symcount.exam.marking import marked
from symcount.exam.marks import FORMATS as MARKS
from symcount.exam.marks import marks_text
from symcount.exam.paper import MEDIA, SHEETS, paper
from symcount.exam.platforms import PLATFORMS, written
from symcount.exam.questions import Exam, read_exam
from symcount.exam.starter import starter
from symcount.exam.variant import Sheet
from symcount.exam.variants import sheet
from symcount.records import replace
from symcount.render.pdf import pdf

FORMATS = (*MEDIA, "pdf", *PLATFORMS)
_ENDINGS = {".txt": "text", ".md": "markdown", ".tex": "latex", ".html": "html", ".typ": "typst", ".pdf": "pdf"} | {
    ending: name for name, ending in PLATFORMS.items() if ending != ".zip"
}


@click.command("exam")
@click.option("--list", "listed", is_flag=True, help="The questions of the bank.")
@click.option("--students", type=click.IntRange(1, 10_000), help="How many variants: 1, or 1000 for check.")
@click.option("--student", type=click.IntRange(0), help="The variant of one student alone, as his code says.")
@click.option("--seed", type=click.IntRange(0), help="Other variants of the same exam.")
@click.option("--language", metavar="CODE", help="en, de, es, fr or zh, in place of what FILE says.")
@click.option(
    "--sheet", "which", type=click.Choice(SHEETS), default="questions", show_default=True, help="What is printed."
)
@click.option("--answers", "answers", metavar="FILE.csv", help="Mark these answers: student,question,answer.")
@click.option("--format", "medium", type=click.Choice(FORMATS), help="Text, or what the ending of the output says.")
@click.option("-o", "--output", "path", default=STANDARD, metavar="OUT", help="Write to a file; - is standard output.")
@click.argument("words", nargs=-1, metavar="[new | check] FILE.toml")
def command(
    words: tuple[str, ...], listed: bool, students: int | None, student: int | None, seed: int | None,
    language: str | None, which: str, answers: str | None, medium: str | None, path: str,
) -> None:  # fmt: skip
    """Make an exam of a file with questions: variants for each student, on paper or for a platform.

    \b
    symcount exam --list
    symcount exam new
    symcount exam new -o exam.toml

    new writes a file to begin with, check makes a thousand variants of each question and reports on them.
    With --answers the exit status is 1 where a row of the file could not be read; the others are marked.
    """
    if listed:
        say("\n".join(f"{name:24}  {each['topic']}" for name, each in bank().items()))
        return
    if words == ("new",):
        write_text(starter(), "text", path)
        return
    is_check = words[:1] == ("check",)
    exam = _read(words[is_check:])
    exam = replace(exam, seed=exam.seed if seed is None else seed, language=language or exam.language)
    if is_check:
        number = students or VARIANTS
        with click.progressbar(
            length=number * len(exam.questions),
            label="variants",
            file=sys.stderr,
            hidden=not _is_watched(exam.questions),
        ) as shown:
            lines = [*checked(exam, number, done=lambda: shown.update(1))]
        write_text("\n".join(lines), "text", path)
        return
    if answers is not None:
        click.get_current_context().exit(_mark(exam, answers, _format(medium, path), path))
    chosen = range(1, (students or 1) + 1) if student is None else (student,)
    _write(exam, _sheets(exam, chosen), _format(medium, path), which, path)


def _mark(exam: Exam, answers: str, medium: str, path: str) -> int:
    """Write the marks, and return 1 where a row could not be read."""
    if medium not in MARKS:
        raise ArchitectureError(
            "bad-medium", f"marks are not written as {medium}", hint=f"there are: {', '.join(MARKS)}"
        )
    read = [*read_answers(_text(answers), exam)]
    odd = [each for each in read if isinstance(each, Odd)]
    students = [marked(exam, each) for each in read if isinstance(each, Answered)]
    write_text(marks_text(students, odd, medium, exam.language), medium, path)
    for each in odd if medium == "csv" else ():
        click.echo(printed(f"line {each.line}: {each.why}"), err=True)
    return 1 if odd else 0


def _sheets(exam: Exam, students: Sequence[int]) -> list[Sheet]:
    """The sheets of all students, with a bar on a terminal that says how far they are."""
    with click.progressbar(students, label="variants", file=sys.stderr, hidden=not _is_watched(students)) as shown:
        return [sheet(exam, each) for each in shown]


def _is_watched(students: Sequence[object]) -> bool:
    return len(students) > 1 and sys.stderr is not None and sys.stderr.isatty()


def _read(words: tuple[str, ...]) -> Exam:
    if len(words) != 1:
        raise ArchitectureError("usage", "exam takes one file with questions", hint="begin with: symcount exam new")
    return read_exam(_text(words[0]), Path(words[0]).stem)


def _text(path: str) -> str:
    """The text of a file."""
    try:
        return Path(path).read_text(encoding="utf-8")
    except OSError as error:
        raise ArchitectureError("no-file", f"{visible(path)} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise ArchitectureError("not-text", f"{visible(path)} is not UTF-8 text, at byte {error.start}") from None


def _format(asked: str | None, path: str) -> str:
    if asked is None and path.lower().endswith(".zip"):
        several = [name for name, ending in PLATFORMS.items() if ending == ".zip"]
        message = f"{visible(path)} may be of several formats"
        raise ArchitectureError("bad-medium", message, hint=f"add --format, one of {', '.join(several)}")
    return asked or _ENDINGS.get(Path(path).suffix.lower(), "text")


def _write(exam: Exam, sheets: list[Sheet], medium: str, which: str, path: str) -> None:
    if medium in PLATFORMS:
        write(written(medium, exam, sheets), path)
    elif medium == "pdf":
        if path == STANDARD and is_terminal():
            raise ArchitectureError("no-file", "a PDF is not for a terminal", hint="add -o exam.pdf")
        write(pdf(paper(exam, sheets, "typst", which)), path)
    else:
        write_text(paper(exam, sheets, medium, which), medium, path)
