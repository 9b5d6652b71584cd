"""A formula as it stands in a paper: a display in lines that fit, and one sentence of what it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import ceil

from symcount.answers.forms import Answer
from symcount.answers.question import FORMS
from symcount.answers.written import Written
from symcount.arithmetic import addends_by_name, addends_by_value, by_name
from symcount.arithmetic.notation import UNICODE, Notation
from symcount.records import record, replace
from symcount.render.equations import Side, Signs, joined, letter, lines
from symcount.render.expression import elsewhere_text, elsewhere_where
from symcount.render.media import page_named
from symcount.render.medium import DIGITS, Medium
from symcount.render.naming import medium_for, notation_for
from symcount.render.page import About, Environment, Page, characters

_WIDTHS = {
    **dict.fromkeys("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉,.⌊⌋⌈⌉()", 0.8),
    **dict.fromkeys(" /", 0.5),
    **dict.fromkeys("+−=≥≤×", 1.6),
    "·": 0.1,
}
"""The widths of signs that are not as wide as half an em, in halves of it."""


def _width(plain: str) -> int:
    """How many characters wide mathematics is that is written so in plain text."""
    lowered = sum(map(len, _INDEX.findall(plain)))
    return ceil(sum(_WIDTHS.get(char, 1.1) for char in plain) - lowered * 0.4)


_INDEX = re.compile("_[A-Za-z0-9]+")
"""An index of letters, which is smaller, with the sign before it, which is not seen."""


@record
class Display:
    """How a formula is displayed: in which environment, under which label, how wide, with which digits.

    ``command`` is what wrote it, for a comment; ``standalone`` makes a document.
    """

    env: str = ""
    label: str = ""
    width: str = ""
    digits: str = DIGITS[0]
    standalone: bool = False
    command: str = ""


def display_text(answer: Answer, medium: str, display: Display) -> str:
    """Return the formula of an answer as a display in a medium, with what it rests on in one sentence."""
    page = page_named(medium)
    names = [named.name for named in answer.written.letters]
    kind = medium_for(answer.count, page.medium, names)
    if display.digits != DIGITS[0]:
        kind = kind.grouping(display.digits)
    signs = Signs(kind.notation, notation_for(answer.count, UNICODE, names), _width)
    shown = _Shown(answer, replace(page, medium=kind), signs, display)
    if answer.question.form == FORMS[0] and not shown.fits:  # brackets are not broken, and a sum is
        shown = replace(shown, answer=Answer(answer.count, replace(answer.question, form="closed")))
    about = About(answer.question.words, answer.count.text)
    return page.document(shown.text(), about) if display.standalone else shown.text()


@record
class _Shown:
    answer: Answer
    page: Page
    signs: Signs
    display: Display

    def text(self) -> str:
        sentence = self.sentence()
        environment = Environment.named(self.display.env, self.display.label)
        ends = "" if environment.macro else "," if sentence else "."
        left = self.left()
        equation = self.page.equation(left.text, self.right(left), ends, environment)
        comments = "\n".join(map(self.page.comment, self.comments()))
        after = self.page.sentence(sentence, environment) if sentence else ""
        return "\n".join(filter(None, (comments, equation, after)))

    def left(self) -> Side:
        words = self.answer.question.words
        return Side((self.signs.notation.word(words),), (len(words),))

    def right(self, left: Side) -> list[str]:
        return lines([self.side], self.signs.notation, self.widest(left))

    def widest(self, left: Side) -> int:
        """How many characters wide a line may be behind the left side."""
        return max(1, self.room - left.width - len(" = ") - self.page.margin)

    @property
    def side(self) -> Side:
        return _side(self.answer.written, self.answer, self.signs)

    @property
    def fits(self) -> bool:
        """Whether no term of the formula is wider than a line."""
        return max(self.side.widths, default=0) <= self.widest(self.left())

    @property
    def room(self) -> int:
        """How many characters wide a line may be."""
        return characters(self.display.width) if self.display.width else self.page.widest_display

    def comments(self) -> Iterator[str]:
        count = self.answer.count
        yield self.display.command or f"symcount: {count.text}"
        yield f"convention: {count.setting.convention.name}"
        for note in count.notes:
            yield f"note: {note}"

    def sentence(self) -> str:
        """What the letters are, for which inputs it holds, and what is assumed; nothing where there is nothing."""
        kind, domain, assumed = self.page.medium, self.answer.domain, self.answer.count.assumed
        notation = kind.notation
        letters = (
            joined((notation.name(each.name), by_name(each.value, notation)), notation)
            for each in self.answer.written.letters
        )
        parts = (
            ("where", letters),
            ("for", (each.text(notation) for each in domain.conditions)),
            ("assuming", (each.text(notation) for each in (*assumed, *domain.assumptions))),
        )
        said = [f"{kind.escape(word)} {_listed(kind, each)}" for word, each in ((w, [*p]) for w, p in parts) if each]
        sentences = [kind.escape(", ").join(said)] if said else []
        sentences += (
            kind.escape("With ")
            + elsewhere_where(each, self.answer, kind)
            + kind.escape(" it is ")
            + elsewhere_text(each, kind)
            for each in self.answer.elsewhere
        )
        return kind.escape(" ").join(each + kind.escape(".") for each in sentences)


def _listed(kind: Medium, pieces: Sequence[str]) -> str:
    *before, last = map(kind.maths, pieces)
    return kind.escape(", ").join(before) + kind.escape(" and ") * bool(before) + last


def _side(written: Written, answer: Answer, signs: Signs) -> Side:
    """The formula as a side of an equation, term by term."""
    if answer.question.quantity.is_shape:
        return Side.of(lambda notation: [notation.by.join(by_name(size, notation) for size in written.sizes)], signs)
    if not written.sizes:
        return letter(0, signs)
    return Side.of(lambda notation: [*_added(written, notation)], signs)


def _added(written: Written, notation: Notation) -> Iterator[str]:
    addends = addends_by_value if written.by_value else addends_by_name
    first, *rest = written.sizes
    yield from addends(first, notation)
    for size in rest:
        one, *more = addends(size, notation)
        yield from (notation.plus + one, *more)
