"""Values at which a formula leaves networks out, as 0 of how often a repeat happens whose layers it counts.

A network with such a value is counted by a formula of its own, in which the symbol has that value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from math import prod

from symcount.answers.code import Code, Requirement
from symcount.arithmetic import Remainder, by_name, symbol_names
from symcount.arithmetic.notation import PYTHON
from symcount.counts.least import in_counts, least_values
from symcount.trace import Trace

MOST_ASKED = 100_000
"""The most combinations of values that are asked for one statement; of more, each value of one symbol is bound."""


def values_apart(
    codes: Iterable[Code], trace: Trace, values: Mapping[str, Sequence[int]]
) -> dict[str, tuple[int, ...]]:
    """Return, for each symbol that has any, the values at which a formula leaves networks out, or may.

    These are values for which it does not hold by that symbol alone; and where it does not hold for how often repeats
    happen, in more symbols than one, those of the symbol that has the fewest.

    >>> from symcount.answers.code import code
    >>> from symcount.answers.forms import Answer
    >>> from symcount.answers.question import Question
    >>> from symcount.counts import counted
    >>> of = counted("I(3,8)-[C(f,1)]*N-[C(4,1)]*(M-K)-GAP-O2", {})
    >>> values = {"f": [2, 4], "N": range(4), "M": [2, 3, 4], "K": [1, 2]}
    >>> values_apart([code(Answer(of, Question()))], of.trace, values)
    {'N': (0,), 'K': (2,)}
    """
    least, counts = least_values(trace), in_counts(trace)
    found = {name: {value for value in values[name] if value < least.get(name, 1)} for name in values}
    for each in codes:
        for requirement in each.requirements:
            names = symbol_names(requirement.sizes)
            if names and names <= values.keys() and (len(names) == 1 or names <= counts):
                name, excluded = _excluded(requirement, {name: values[name] for name in sorted(names)})
                found[name] |= excluded
    return {name: tuple(sorted(excluded)) for name, excluded in found.items() if excluded}


def _excluded(requirement: Requirement, values: Mapping[str, Sequence[int]]) -> tuple[str, set[int]]:
    """The symbol that has the fewest values, and those for which a requirement does not hold with some of the others.

    Where there are too many combinations to ask, all of its values are returned.
    """
    fewest, *others = sorted(values, key=lambda name: len(values[name]))
    if prod(map(len, values.values())) > MOST_ASKED:
        return fewest, {*values[fewest]}
    run = compiled((fewest, *others), in_python(requirement))
    points = product(values[fewest], *(values[name] for name in others))
    return fewest, {point[0] for point in points if not worked_out(run, point)}


def in_python(each: Requirement) -> str:
    """Return a requirement in Python, which is true wherever its own conditions do not hold."""
    left, right = by_name(each.left, PYTHON), by_name(each.right, PYTHON)
    if each.sign == "divides":
        text = f"({by_name(Remainder(each.right, each.left), PYTHON)} == 0)"
    else:
        text = f"({left} {each.sign} {right})"
    return text if not each.where else f"(not ({' and '.join(map(in_python, each.where))}) or {text})"


def compiled(names: Sequence[str], text: str) -> Callable[..., int]:
    """Return the function of some sizes that gives the value of an expression in Python."""
    run: Callable[..., int] = eval(f"lambda {', '.join(names)}: int({text})", {"max": max, "min": min, "sum": sum})
    return run


def worked_out(run: Callable[..., int], values: Sequence[int]) -> int | None:
    """Return the value of an expression; None where it divides by zero, which is no network."""
    try:
        return run(*values)
    except ZeroDivisionError:
        return None
