"""A formula as it is computed: what goes in, what it requires, and what comes out, as written terms that are exact."""

from __future__ import annotations

from collections.abc import Mapping

from symcount.algebra import Divisible, Residue, Same, closed_form, exact_term, shortest, simplest
from symcount.answers.forms import Answer
from symcount.arithmetic import Size, Symbol, symbol_names
from symcount.counts.assumptions import Assumption
from symcount.counts.least import least_values
from symcount.records import record, replace


@record
class Requirement:
    """What must hold of sizes: ``sign`` is ``>=``, ``==`` or ``divides``; needed only where all of ``where`` holds."""

    sign: str
    left: Size
    right: Size
    where: tuple[Requirement, ...] = ()

    @property
    def sizes(self) -> tuple[Size, ...]:
        """The sizes in it, those of its conditions included."""
        return (self.left, self.right, *(size for each in self.where for size in each.sizes))


@record
class Code:
    """A formula to be computed.

    ``least`` are its symbols in the order of the text, each with the smallest value that a size of its sort has;
    ``sizes`` are what it gives, one number or several; ``title`` says of what network.
    """

    name: str
    words: str
    title: str
    convention: str
    least: Mapping[str, int]
    sizes: tuple[Size, ...]
    is_number: bool
    requirements: tuple[Requirement, ...]

    @property
    def every_size(self) -> tuple[Size, ...]:
        """All that is calculated: what comes out, and what is required."""
        return (*self.sizes, *(size for each in self.requirements for size in each.sizes))

    @property
    def lows(self) -> dict[str, int]:
        """What the symbols are never below where it holds."""
        lows = dict(self.least)
        for each in self.requirements:
            if isinstance(each.left, Symbol) and isinstance(each.right, int) and each.sign == ">=" and not each.where:
                lows[each.left.name] = max(lows[each.left.name], each.right)
        return lows


def code(answer: Answer) -> Code:
    """Return what an answer computes, and of which symbols.

    >>> from symcount.answers.question import Question
    >>> from symcount.counts import counted
    >>> found = code(Answer(counted("I(n)-H4", {}), Question()))
    >>> found.name, found.least, found.requirements
    ('params', {'n': 1}, ())
    """
    count, question = answer.count, answer.question
    assumed = (each.division if isinstance(each, Residue) else each for each in count.assumed)
    stated = (*answer.domain.conditions, *assumed, *answer.domain.assumptions)
    lows = least_values(count.trace)
    requirements = tuple(_requirement(each, lows) for each in stated)
    sizes = answer.exact_sizes
    occurring = symbol_names((*sizes, *(size for each in requirements for size in each.sizes)))
    symbols = dict.fromkeys((*count.trace.symbols, *answer.symbols))
    return Code(
        question.quantity.key,
        question.words,
        count.text,
        count.setting.convention.name,
        {name: lows.get(name, 1) for name in symbols if name in occurring},
        sizes,
        not answer.has_several_sizes,
        requirements,
    )


def with_fewest_operations(code: Code) -> Code:
    """Return the same formula in brackets, where these are whole and save work: on columns each operation is a pass.

    >>> from symcount.answers.question import Question
    >>> from symcount.arithmetic import by_name
    >>> from symcount.counts import counted
    >>> of = code(Answer(counted("I(n)-H(u)-O(o)", {}), Question()))
    >>> by_name(of.sizes[0]), by_name(with_fewest_operations(of).sizes[0])
    ('n*u + o*u + o + u', 'u*(n + o + 1) + o')
    """
    return replace(code, sizes=tuple(map(_in_brackets, code.sizes)))


def _in_brackets(size: Size) -> Size:
    form = closed_form([size]).polynomial
    return simplest([size, shortest(form)]) if form.is_integral else size


def _requirement(stated: Assumption, least: Mapping[str, int]) -> Requirement:
    where = tuple(_requirement(each, least) for each in stated.where)
    sign = "divides" if isinstance(stated, Divisible) else "==" if isinstance(stated, Same) else ">="
    left, right = map(exact_term, stated.both)
    if where or stated.is_of_cases:  # it is worked out, though not needed, where the layers are not there
        left, right = stated.defined(left, right, least)
    return Requirement(sign, left, right, where)
