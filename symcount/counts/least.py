"""The least values of a network's symbols, and the arguments of its layers that are open."""

from __future__ import annotations

from collections.abc import Iterator

from symcount.arithmetic import Symbol, Term, all_parts, divisors, symbol_names
from symcount.layers import Argument, AtLeastOne
from symcount.trace import Step, Trace


def may_be_zero(trace: Trace) -> frozenset[Symbol]:
    """Return the symbols that may be 0: paddings and their like, and counts, where they are no size and no divisor."""
    parts = [*trace.every]
    steps = [each for each in parts if isinstance(each, Step)]
    given = [(argument.least, size) for each in steps for argument, size in open_arguments(each)]
    times = [each.times for each in parts if not isinstance(each, Step)]
    counts = [size for each in times for size in all_parts(each)]
    divided_by = [size for each in times for size in divisors(each)]
    may = {size for size in (*counts, *(size for least, size in given if not least)) if isinstance(size, Symbol)}
    outputs = (size for each in parts for size in each.output.sizes)
    return frozenset(may.difference(outputs, divided_by, (size for least, size in given if least)))


def in_counts(trace: Trace) -> frozenset[str]:
    """Return the symbols that say how often a repeat happens, and whether it does."""
    times = (each.times for each in trace.every if not isinstance(each, Step))
    needed = (
        each.constraint.size
        for each in trace.required
        if each.call is None and isinstance(each.constraint, AtLeastOne)  # what no layer needs, a repeat does
    )
    return symbol_names((*times, *needed))


def least_values(trace: Trace) -> dict[str, int]:
    """Return the smallest value of each open symbol: 0 of one that may be 0, else 1."""
    zeros = {each.name for each in may_be_zero(trace)}
    return {name: 0 if name in zeros else 1 for name in trace.symbols}


def open_arguments(step: Step) -> Iterator[tuple[Argument, Term]]:
    """The arguments of a layer that are open, with their sizes."""
    for name, argument in step.layer.arguments.items():
        value = getattr(step.layer, name)
        for size in value if isinstance(value, tuple) else (value,):
            if argument.counted and isinstance(size, Term):
                yield argument, size
