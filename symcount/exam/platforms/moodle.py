"""Moodle XML: numerical questions, multiple choice, and cloze for shapes, a category for each question of the exam.

It follows what Moodle's importer reads, https://docs.moodle.org/en/Moodle_XML_format: fractions are of its own list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from html import escape
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from symcount.exam.platforms.pieces import html, name, solution
from symcount.exam.questions import Exam
from symcount.exam.told import reason
from symcount.exam.variant import Option, Sheet, Variant, in_unit

FRACTIONS = (
    "100", "90", "83.33333", "80", "75", "70", "66.66667", "60", "50", "40", "33.33333", "30", "25", "20", "16.66667",
    "14.28571", "12.5", "11.11111", "10", "5", "0",
)  # fmt: skip
"""The grades, in percent, that Moodle takes for an answer."""


def write(exam: Exam, sheets: Sequence[Sheet]) -> bytes:
    """Return a file for Moodle's question bank; each question is a category with the variants of all students."""
    quiz = Element("quiz")
    for place, question in enumerate(exam.questions):
        _category(quiz, f"$course$/top/{_clean(exam.title)}/{_clean(question.name)}")
        for sheet in sheets:
            _question(quiz, exam, sheet.variants[place])
    indent(quiz)
    content: bytes = tostring(quiz, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


def _clean(text: str) -> str:
    """A text as one part of the path of a category."""
    return " ".join(text.replace("/", "//").split())


def _category(quiz: Element, path: str) -> None:
    category = SubElement(SubElement(quiz, "question", type="category"), "category")
    SubElement(category, "text").text = path


def _question(quiz: Element, exam: Exam, variant: Variant) -> None:
    kind = "multichoice" if variant.is_choice else "cloze" if len(variant.key.answer) > 1 else "numerical"
    question = SubElement(quiz, "question", type=kind)
    _text(question, "name", name(variant))
    asked = html(exam, variant)
    if kind == "cloze":
        asked += f"<p>{' × '.join(_blanks(exam, variant))}</p>"
    _text(question, "questiontext", asked, html=True)
    worked = solution(exam, variant)
    _text(question, "generalfeedback", f"<pre>{escape(worked)}</pre>" if worked else "", html=True)
    if kind != "cloze":
        SubElement(question, "defaultgrade").text = str(variant.question.points)
    SubElement(question, "penalty").text = "0"
    SubElement(question, "hidden").text = "0"
    SubElement(question, "idnumber").text = f"{variant.question.name}-{variant.code}"
    if kind == "multichoice":
        _choice(question, exam, variant)
    elif kind == "numerical":
        _numbers(question, exam, variant)


def _text(parent: Element, tag: str, text: str, *, html: bool = False) -> None:
    found = SubElement(parent, tag, {"format": "html"} if html else {})
    SubElement(found, "text").text = text


def _choice(question: Element, exam: Exam, variant: Variant) -> None:
    SubElement(question, "single").text = "true"
    SubElement(question, "shuffleanswers").text = "false"
    SubElement(question, "answernumbering").text = "ABCD"
    for each in variant.options:
        answer = SubElement(question, "answer", fraction="100" if each.is_right else "0", format="html")
        SubElement(answer, "text").text = f"<p>{escape(each.shown)}</p>"
        _text(answer, "feedback", escape(reason(each, exam.language)), html=True)


def _numbers(question: Element, exam: Exam, variant: Variant) -> None:
    for each, fraction in (variant.key, "100"), *((known, credit(exam.partial)) for known in variant.known):
        answer = SubElement(question, "answer", fraction=fraction, format="moodle_auto_format")
        SubElement(answer, "text").text = each.plain
        SubElement(answer, "tolerance").text = tolerance(variant, each)
        _text(answer, "feedback", escape(reason(each, exam.language)), html=True)
    SubElement(question, "unitgradingtype").text = "0"
    SubElement(question, "unitpenalty").text = "0"
    SubElement(question, "showunits").text = "3"
    SubElement(question, "unitsleft").text = "0"


def tolerance(variant: Variant, option: Option) -> str:
    """Return how far off an answer may be: not at all, or as much as rounding takes away."""
    is_whole = in_unit(option.answer[0], variant.question.unit).denominator == 1
    return "0" if is_whole else "0.005"


def credit(percent: int) -> str:
    """Return the fraction of Moodle's list that is nearest to a credit.

    >>> credit(50), credit(33)
    ('50', '33.33333')
    """
    return min(FRACTIONS, key=lambda each: abs(Fraction(each) - percent))


def _blanks(exam: Exam, variant: Variant) -> Iterator[str]:
    """A blank for each size of a shape, with the wrong sizes that mistakes give."""
    points, sizes = variant.question.points, variant.key.answer
    for place, size in enumerate(sizes):
        wrong: dict[int, str] = {}
        for known in variant.known:
            if known.answer[place] != size:
                wrong.setdefault(known.answer[place], reason(known, exam.language))
        shown = "".join(f"~%{credit(exam.partial)}%{each}:0#{_cloze(said)}" for each, said in wrong.items())
        yield f"{{{points}:NUMERICAL:={size}:0{shown}}}"


def _cloze(text: str) -> str:
    """A text in a cloze blank: what would end it is an entity, since Moodle leaves most backslashes standing."""
    return escape(text, quote=False).replace("~", "&#126;").replace("}", "&#125;")
