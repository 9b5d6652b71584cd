"""The formulas of a grid: one of all its points, others of values that it leaves out, as of a repeat without a pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from symcount.answers.apart import values_apart
from symcount.answers.code import Code, code, with_fewest_operations
from symcount.answers.forms import Answer
from symcount.answers.question import Question
from symcount.arithmetic import IndexedSum, all_parts
from symcount.counts import Count
from symcount.counts.least import least_values
from symcount.errors import ArchitectureError
from symcount.quantities import Quantity
from symcount.records import record

MOST_PARTS = 64
"""The most values that are bound because no formula of the others holds for them; more stay outside of the domain."""

_MOST_LOOKED_AT = 10_000
"""The most values of one symbol that are asked about, the first ones: a range may have any number of them."""


@record
class Part:
    """The formulas of the points at which symbols have the values that are ``bound``, each symbol's ``least`` beside.

    What is not bound may have any value, though the formulas may hold for none.
    """

    bound: Mapping[str, int]
    least: Mapping[str, int]
    codes: tuple[Code, ...]


def parts(count: Count, quantities: Sequence[Quantity], values: Mapping[str, Sequence[int]]) -> Iterator[Part]:
    """Return the formulas of all points, then those of values that these do not hold for, where networks have them.

    >>> from symcount.counts import counted
    >>> from symcount.quantities import quantity_named
    >>> of = counted("I(3,8)-[C(f,1)]*N-GAP-O2", {})
    >>> [part.bound for part in parts(of, [quantity_named("params")], {"f": [2, 4], "N": range(4)})]
    [{}, {'N': 0}]
    """
    return islice(_parts(count, quantities, values, {}), MOST_PARTS + 1)


def _parts(
    count: Count, quantities: Sequence[Quantity], values: Mapping[str, Sequence[int]], bound: Mapping[str, int]
) -> Iterator[Part]:
    codes = tuple(_in_columns(code(Answer(count, Question(quantity)))) for quantity in quantities)
    least = least_values(count.trace)
    yield Part(bound, least, codes)
    left = {name: some[:_MOST_LOOKED_AT] for name, some in values.items() if name in least}
    for name, several in values_apart(codes, count.trace, left).items():
        others = {other: some for other, some in left.items() if other != name}
        for value in several:
            try:
                yield from _parts(count.with_values({name: value}), quantities, others, {**bound, name: value})
            except ArchitectureError:
                continue  # there is no such network, or no formula of it
        left[name] = [value for value in left[name] if value not in several]


def _in_columns(code: Code) -> Code:
    """The formula with the fewest operations; refuse one that is not one number, or has a sum over an index."""
    if not code.is_number:
        raise ArchitectureError("bad-form", f"{code.words} is several numbers, and a column holds one")
    if any(isinstance(part, IndexedSum) for size in code.every_size for part in all_parts(size)):
        message = f"the {code.words} is a sum over an index, which no column holds"
        raise ArchitectureError("bad-form", message, hint="give the count that it runs to one value")
    return with_fewest_operations(code)
