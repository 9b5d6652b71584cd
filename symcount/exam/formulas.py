"""`explained_formula`: the mistakes that give a formula in the sizes that a network leaves open.

At sizes that are drawn the formula is a number, and what explains it is found as for a number. What explains it at all
of them is worked out with the symbols open, and compared as a formula.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from symcount.answers.question import Question
from symcount.architecture import Architecture
from symcount.arithmetic import Size, Symbol
from symcount.counts import Count
from symcount.counts.least import least_values
from symcount.errors import ArchitectureError, near, visible
from symcount.exam.explain import Mistaken
from symcount.exam.explanation import Explanation
from symcount.exam.mistakes import spoiled_by
from symcount.exam.spoiled import IMPOSSIBLE, Answer, Made, answer_of, counted_layers, spoiled_walk
from symcount.formula import Formula
from symcount.layers import Shape, Value
from symcount.program import Names, bound_values, evaluated
from symcount.quantities import PerAxis, Quantity, quantity_named
from symcount.records import record
from symcount.syntax import tree

POINTS = 4
"""At how many sets of sizes a formula is tried before it is compared."""

_MOST_DRAWS = 400
_SIZES = (*range(3, 40), *(12 * each for each in range(1, 17)), 32, 64, 128, 256)
"""The sizes that are drawn: some of them are multiples of much, for networks that divide."""

_PASSES = range(2, 7)
"""The passes of a repeat that are drawn."""

_ANSWER = "answer"


@record
class FormulaExplanation:
    """Mistakes that give a formula; ``is_proved`` says whether for all sizes, or at those that were tried."""

    made: tuple[Made, ...]
    is_proved: bool


@record
class FormulaDiagnosis:
    """A formula that was answered, as it was written, the right one, and what explains it, the simplest first."""

    answer: str
    right: str
    is_right: bool
    explanations: tuple[FormulaExplanation, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether it is right, or known mistakes give it."""
        return self.is_right or bool(self.explanations)


def is_open(count: Count, quantity: Quantity, at: str | None) -> bool:
    """Return whether a formula answers, and no number."""
    return count.is_open and answer_of(count, quantity, at) is None


def explained_formula(count: Count, text: str, quantity: Quantity, at: str | None = None) -> FormulaDiagnosis:
    """Return the mistakes that give a formula.

    >>> from symcount.counts import counted
    >>> from symcount.quantities import quantity_named
    >>> found = explained_formula(counted("I(c,n×n)-C(f,3)", {}), "9*c*f", quantity_named("params"))
    >>> [made.mistake.name for made in found.explanations[0].made], found.right
    (['no-bias'], '9*c*f + f')
    """
    sizes = _parts(count, quantity, at)
    formulas = _read(text, len(sizes))
    wanted = _sizes(formulas, _Values({name: Symbol(name) for name in count.trace.symbols}, text))
    right = _right(count, quantity, at)
    if _is(count, sizes, wanted):
        return FormulaDiagnosis(text, right, True)
    common: dict[frozenset[Made], Explanation] | None = None
    for point, answer in islice(_points(count, quantity, at, formulas, text), POINTS):
        here = Mistaken(count.with_known(point), quantity, at)
        given = {frozenset(each.made): each for each in here.diagnosis(answer).explanations}
        common = given if common is None else {made: each for made, each in common.items() if made in given}
        if not common:
            break
    kept = sorted((common or {}).values(), key=lambda each: each.cost)
    found = tuple(_compared(count, quantity, at, each.made, wanted) for each in kept)
    return FormulaDiagnosis(text, right, False, found)


def explain_formula(
    network: Architecture | str, formula: str, of: str = "params", at: str | None = None
) -> FormulaDiagnosis:
    """Return the mistakes that give a formula, of a network or of one layer of it.

    >>> found = explain_formula("I(c,n×n)-C(f,3,p=1)", "f × (n-2) × (n-2)", of="output")
    >>> found.explanations[0].made[0].mistake.feedback
    'the padding is ignored'
    """
    net = Architecture(network) if isinstance(network, str) else network
    return explained_formula(net.counted, formula, quantity_named(of), at)


class _Values(Names):
    """What the names of a formula stand for: the symbols of the network, open or with values."""

    def __init__(self, values: Mapping[str, Size], text: str) -> None:
        self.values, self.text = values, text

    def value(self, name: str, node: tree.Node) -> Value:
        if name in self.values:
            return self.values[name]
        close = near(name, self.values)
        hint = f"did you mean {close}?" if close else f"its symbols are: {', '.join(self.values)}"
        raise ArchitectureError("bad-answer", f"{self.text!r}: the network has no symbol {name!r}", hint=hint)

    def labelled(self, label: tree.Label, node: tree.Node) -> Value:
        raise ArchitectureError("bad-answer", f"{self.text!r}: a label is no size", hint="write 9*c*f + f")


def _read(text: str, sizes: int) -> list[tree.Value]:
    """The formulas of an answer that has so many where it is right, parted by crosses or commas."""
    written = text.strip()
    if sizes > 1 and re.fullmatch(r"\(.*\)|\[.*\]", written) and _SEPARATOR.search(written):
        written = written[1:-1]
    return [_formula(each) for each in _SEPARATOR.split(written)] if sizes > 1 else [_formula(written)]


_SEPARATOR = re.compile(r"\s*[×,;]\s*")


def _formula(text: str) -> tree.Value:
    try:
        return bound_values({_ANSWER: text})[_ANSWER].expression
    except ArchitectureError as error:
        message = f"{visible(text)!r} is not a formula: {error.message}"
        raise ArchitectureError("bad-answer", message, hint=f"write {_EXAMPLE}") from None


_EXAMPLE = "9*c*f + f, and f × (n - 2) × (n - 2) for a shape"


def _sizes(formulas: Sequence[tree.Value], names: _Values) -> tuple[Size, ...]:
    found = tuple(evaluated(each, names) for each in formulas)
    if not all(isinstance(each, Size) for each in found):
        message = f"{names.text!r} is not a formula of sizes"
        raise ArchitectureError("bad-answer", message, hint=f"write {_EXAMPLE}")
    return found  # type: ignore[return-value]


def _points(
    count: Count, quantity: Quantity, at: str | None, formulas: Sequence[tree.Value], text: str
) -> Iterator[tuple[dict[str, int], Answer]]:
    """Sizes at which the network exists, drawn alike each time, and what the formulas are there."""
    draw = random.Random(0)
    least = least_values(count.trace)
    for _ in range(_MOST_DRAWS):
        point = {name: draw.choice(_SIZES if least.get(name, 1) else _PASSES) for name in count.trace.symbols}
        try:
            if answer_of(count.with_known(point), quantity, at) is not None:
                yield point, _sizes(formulas, _Values(point, text))  # type: ignore[misc]  # of whole numbers all are
        except IMPOSSIBLE:
            continue


def _right(count: Count, quantity: Quantity, at: str | None) -> str:
    """The right formula, and what its letters stand for."""
    formula = Formula(count, Question(quantity, at))
    where = ", ".join(f"{letter} = {value}" for letter, value in formula.where.items())
    shown = str(formula).partition(" = ")[2].partition("\n")[0]
    return f"{shown}, where {where}" if where else shown


def _compared(
    count: Count, quantity: Quantity, at: str | None, made: tuple[Made, ...], wanted: tuple[Size, ...]
) -> FormulaExplanation:
    """What mistakes give, compared with the answer as a formula; one that has none is not proved."""
    try:
        walked = [each for each in made if each.mistake.changes_walk]
        spoiled = spoiled_walk(count, walked) if walked else count
        return FormulaExplanation(
            made, spoiled is not None and _is(spoiled, _spoiled(spoiled, quantity, at, made), wanted)
        )
    except IMPOSSIBLE:
        return FormulaExplanation(made, False)


def _spoiled(count: Count, quantity: Quantity, at: str | None, made: Iterable[Made]) -> tuple[Size, ...]:
    """A quantity under mistakes, given a walk in which those that change sizes are already made."""
    for each in made:
        if each.mistake.quantity is not None:
            quantity = each.mistake.quantity(quantity)
    block = next((each.mistake.block for each in made if each.mistake.block is not None), None)
    if block is None and all(each.mistake.amount is None for each in made):
        return _parts(count, quantity, at)
    total: Size = 0
    for layer in counted_layers(count, quantity, at, block) if block else counted_layers(count, quantity, at):
        step = layer.step
        wrong = [each.mistake for each in made if each.mistake.amount and each.is_made(step.call, step.layer)]
        total += layer.times * spoiled_by(wrong, layer.rule)(step.layer, step.input, step.output)
    return (total,)


def _parts(count: Count, quantity: Quantity, at: str | None) -> tuple[Size, ...]:
    """The sizes of a quantity: one where they add up, several of a shape or along axes."""
    parts = count.parts(quantity, at)
    for each in parts:
        if isinstance(each, Shape | PerAxis):
            return each.sizes
    return (sum(each for each in parts if isinstance(each, Size)),)


def _is(count: Count, sizes: tuple[Size, ...], wanted: tuple[Size, ...]) -> bool:
    """Whether sizes are those of an answer, for all values of the symbols that are assumed."""
    if len(wanted) == 1 < len(sizes):
        wanted = wanted * len(sizes)
    form = count.numbers.closed.polynomial
    return len(sizes) == len(wanted) and all(
        form(one).expand() == form(other).expand() for one, other in zip(sizes, wanted, strict=True)
    )
