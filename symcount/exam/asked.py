"""What each form of a question asks: the key, what mistakes give, and what else may be offered."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from symcount.arithmetic import Size, by_name
from symcount.counts import Bindings, Count, counted
from symcount.errors import ArchitectureError
from symcount.exam.explain import Mistaken
from symcount.exam.mistakes import Mistake
from symcount.exam.questions import OTHER_UNITS, UNITS, Question
from symcount.exam.spoiled import IMPOSSIBLE, Answer, Counted, Made, counted_layers, value
from symcount.exam.variant import Option, option
from symcount.exam.walk import possible
from symcount.quantities import quantity_named
from symcount.records import record, replace

Values = Mapping[str, int]


@record
class Asked:
    """A question under values: its networks, the key, options that mistakes give, and other plausible ones."""

    count: Count
    other: Count | None
    key: Option
    wrong: tuple[Option, ...] = ()
    fillers: tuple[Option, ...] = ()
    target: str = ""
    solved: Count | None = None


class Unfit(Exception):  # noqa: N818  # no error: a draw that is made again
    """Why values make no variant: in a few words, the same for all that fail so."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def network(question: Question, line: str, values: Values, *, leave: str = "") -> Count:
    """Return a network with numbers in place of its symbols; one may be left open."""
    bound: Bindings = {name: number for name, number in values.items() if name != leave}
    count = counted(substituted(line, bound), {}, convention=question.convention, exact=question.exact)
    return count.under(**question.costs) if question.costs else count


def drawn_network(question: Question, line: str, values: Values) -> Count:
    """Return the network of values that are tried: the line is read once, and its symbols are bound."""
    count = _read(line, question.convention, question.exact).with_known(values)
    return count.under(**question.costs) if question.costs else count


@lru_cache(maxsize=64)
def _read(line: str, convention: str, exact: bool) -> Count:
    return counted(line, {}, convention=convention, exact=exact)


def substituted(line: str, values: Mapping[str, int | str]) -> str:
    """Return a line with numbers in place of names; the name of an argument stays.

    >>> substituted("I(c,n×n)-C(f,k,s=s)", {"c": 3, "n": 32, "f": 16, "k": 5, "s": 2})
    'I(3,32×32)-C(16,5,s=2)'
    """
    for name, number in values.items():
        line = re.sub(rf"(?<![\w@&]){re.escape(name)}(?!\w|\s*=(?!=)|\s*\()", str(number), line)
    return line


def number(question: Question, values: Values, draws: Callable[[], Iterator[Values]]) -> Asked:
    """A number or a shape: the key, and what single mistakes give."""
    count = network(question, question.architecture, values)
    mistaken = Mistaken(count, quantity_named(question.ask), question.at)
    wrong = tuple(
        option(question, each.answer, made=each.made)
        for each in mistaken.everywhere
        if len(each.answer) == len(mistaken.right) and min(each.answer) > 0
    )
    key = option(question, mistaken.right, is_right=True)
    if question.unit:
        wrong = (_in_other_unit(question, mistaken.right), *wrong)
    fillers = tuple(_neighbours(question, draws)) if question.form == "choice" else ()
    return Asked(count, None, key, wrong, fillers)


def _in_other_unit(question: Question, right: Answer) -> Option:
    """The bytes that a person would answer who takes a unit of 1000 for one of 1024, or the other way round."""
    other = OTHER_UNITS[question.unit]
    amount = right[0] * UNITS[question.unit] // UNITS[other]
    return option(question, (amount,), made=(Made(MISTAKEN_UNIT),))


MISTAKEN_UNIT = Mistake(
    "other-unit", "a unit of 1000 is taken for one of 1024, or the other way round", everywhere=True
)


def _neighbours(question: Question, draws: Callable[[], Iterator[Values]]) -> Iterator[Option]:
    """The right answers for other values: plausible numbers, which no mistake of the catalogue gives."""
    for other in draws():
        answer = _answer(question, question.architecture, other)
        if answer is not None and min(answer) > 0:
            yield option(question, answer)


def _answer(question: Question, line: str, values: Values) -> Answer | None:
    try:
        return value(drawn_network(question, line, values), quantity_named(question.ask), question.at)
    except ArchitectureError:
        return None


def answer_number(question: Question, values: Values) -> int:
    """Return the answer as the one number that a condition can compare."""
    if question.form == "value":
        return values[question.solve]
    if question.unit or question.form in SHUFFLED:
        kind = f"a number of {question.unit}" if question.unit else f"a {question.form}"
        message = f"{question.name}: answer in a condition is a whole number, and here it is {kind}"
        raise ArchitectureError("bad-exam", message, hint=f"compare a quantity: {question.ask.replace('-', '_')}")
    lines = [question.architecture, question.other] if question.form == "difference" else [question.architecture]
    answers = [_answer(question, line, values) for line in lines]
    numbers = [each[0] for each in answers if each is not None and len(each) == 1]
    if any(each is not None and len(each) > 1 for each in answers):
        message = f"{question.name}: answer in a condition is a whole number, and here it is a shape"
        raise ArchitectureError("bad-exam", message, hint="compare its sizes: channels, height, width")
    if len(numbers) < len(lines):
        raise Unfit("the answer is no number")
    return numbers[0] - sum(numbers[1:])


def difference(question: Question, values: Values, draws: Callable[[], Iterator[Values]]) -> Asked:
    """How many more one network has than another: the same mistake is made in both."""
    counts = [network(question, line, values) for line in (question.architecture, question.other)]
    one, two = (Mistaken(each, quantity_named(question.ask), question.at) for each in counts)
    right = one.right[0] - two.right[0]
    if right <= 0:
        raise Unfit("the first network has not more than the second")
    second = {each.made[0].mistake.name: each.answer for each in two.everywhere}
    wrong = (
        option(question, (each.answer[0] - second.get(each.made[0].mistake.name, two.right)[0],), made=each.made)
        for each in one.everywhere
    )
    fillers = (
        option(question, (a[0] - b[0],))
        for other in draws()
        if (a := _answer(question, question.architecture, other)) and (b := _answer(question, question.other, other))
    )
    shown = tuple(each for each in wrong if each.answer[0] > 0 and each.answer[0] != right)
    positive = tuple(each for each in fillers if each.answer[0] > 0)
    return Asked(counts[0], counts[1], option(question, (right,), is_right=True), shown, positive)


def solved(question: Question, values: Values, draws: Callable[[], Iterator[Values]]) -> Asked:
    """The value of a symbol: just one of those in its range gives what is told."""
    name = question.solve
    answers = {each: _answer(question, question.architecture, {**values, name: each}) for each in question.ranges[name]}
    wanted = answers[values[name]]
    if wanted is None:
        raise Unfit("a size falls below 1")
    if sum(answer == wanted for answer in answers.values()) != 1:
        raise Unfit(f"several values of {name} give the same")
    count = network(question, question.architecture, values, leave=name)
    key = Option(str(values[name]), str(values[name]), True, answer=(values[name],))
    others = sorted((each for each in answers if each != values[name]), key=lambda each: abs(each - values[name]))
    fillers = tuple(Option(str(each), str(each), answer=(each,)) for each in others)
    solution = network(question, question.architecture, values)
    return Asked(count, None, key, (), fillers, option(question, wanted).shown, solution)


def line(question: Question, values: Values, draws: Callable[[], Iterator[Values]]) -> Asked:
    """Which network has a number: the others are the same network with other values."""
    count = network(question, question.architecture, values)
    wanted = value(count, quantity_named(question.ask), question.at)
    if wanted is None:
        raise Unfit("the answer is no number")
    fillers = {}
    for other in draws():
        answer = _answer(question, question.architecture, other)
        if answer is not None and answer != wanted:
            text = network(question, question.architecture, other).text
            fillers[text] = Option(text, text, answer=answer)
    key = Option(count.text, count.text, True, answer=wanted)
    return Asked(count, None, key, (), tuple(fillers.values()), option(question, wanted).shown)


def formula(question: Question, values: Values, draws: Callable[[], Iterator[Values]]) -> Asked:
    """A formula in the symbols that are left open: the others are those that mistakes with amounts give."""
    count = network(question, question.architecture, values)
    layers = counted_layers(count, quantity_named(question.ask), question.at)
    right = _formula(count, layers, None)
    if right is None or not count.is_open:
        raise Unfit("no symbol is open, and the answer is a number")
    wrong: dict[str, Option] = {}
    for made in possible(count, quantity_named(question.ask)):
        found = _formula(count, layers, made) if made.at is None and made.mistake.amount is not None else None
        if found is not None and by_name(found) != by_name(right) and _is_open_alone(found, count):
            wrong.setdefault(by_name(found), _formula_option(found, (made,)))
    return Asked(count, None, replace(_formula_option(right), is_right=True), tuple(wrong.values()))


def _formula_option(found: Size, made: tuple[Made, ...] = ()) -> Option:
    written = by_name(found)
    return Option(written, written, made=made, formula=found)


def _is_open_alone(found: Size, count: Count) -> bool:
    """Whether a formula has no names but those of the question: a size on the way has one that nobody was told."""
    return set(re.findall(r"[A-Za-z]\w*", by_name(found))) <= set(count.trace.symbols)


def _formula(count: Count, layers: list[Counted], made: Made | None) -> Size | None:
    try:
        return count.numbers.term(*(_size(each, made) for each in layers))
    except IMPOSSIBLE:
        return None


def _size(each: Counted, made: Made | None) -> Size:
    step = each.step
    is_made = made is not None and made.is_made(step.call, step.layer)
    rule = made.mistake.spoiled(each.rule) if made is not None and is_made else each.rule
    return each.times * rule(step.layer, step.input, step.output)


FORMS: dict[str, Callable[[Question, Values, Callable[[], Iterator[Values]]], Asked]] = {
    "number": number,
    "shape": number,
    "choice": number,
    "value": solved,
    "line": line,
    "formula": formula,
    "difference": difference,
}
"""How each form is asked."""

SHUFFLED = ("line", "formula")
"""The forms whose options have no order of their own."""


def drawn_order(options: list[Option], form: str, draw: random.Random) -> tuple[Option, ...]:
    """Return options in the order in which they stand: numbers by size, others as they are drawn."""
    if form in SHUFFLED:
        draw.shuffle(options)
        return tuple(options)
    return tuple(sorted(options, key=lambda each: each.answer))
