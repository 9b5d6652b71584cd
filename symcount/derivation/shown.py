"""A layer of the walk as a page shows it: equal sizes under one name, that of the first of them."""

from __future__ import annotations

from typing import Any

from symcount.arithmetic import Named, Size, Symbol, Term, substitute
from symcount.counts.numbers import Numbers
from symcount.layers import Source
from symcount.records import replace
from symcount.trace import Step


def shown_step(step: Step, numbers: Numbers) -> Step:
    """Return a step whose shapes and arguments hold each size under the name that a page has for it."""
    if not numbers.trace.symbols:
        return step
    arguments = {name: getattr(step.layer, name) for name in step.layer.arguments}
    layer = step.layer.with_values(**{name: _shown(value, numbers) for name, value in arguments.items()})
    return replace(step, layer=layer, input=numbers.shown(step.input), output=numbers.shown(step.output))


def shown_size(size: Size, numbers: Numbers) -> Size:
    """Return a calculation with each size in it under the name that a page has for it."""

    def letter(found: Symbol | Named) -> Size:
        return numbers.closed.shown(found)

    return substitute(size, letter) if isinstance(size, Term) and numbers.trace.symbols else size


def _shown(value: Any, numbers: Numbers) -> Any:
    match value:
        case Term():
            return shown_size(value, numbers)
        case tuple():
            return tuple(_shown(each, numbers) for each in value)
        case Source():
            return replace(value, shape=numbers.shown(value.shape))
        case _:
            return value
