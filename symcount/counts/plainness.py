"""Networks in which no size is calculated: each is a number or a symbol, so that there is nothing to work out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symcount.arithmetic import Size, Symbol, Term
from symcount.records import record
from symcount.trace import Optional, Part, Repeat, Step, Trace

if TYPE_CHECKING:
    from symcount.algebra import AtLeast
    from symcount.counts.assumptions import Assumption


@record
class Everywhere:
    """The domain of a network that exists for all values of its symbols."""

    conditions: tuple[AtLeast, ...] = ()
    assumptions: tuple[Assumption, ...] = ()


def is_plain(size: Size) -> bool:
    """Return whether a size is a number or a symbol."""
    return isinstance(size, int | Symbol)


def needs_nothing(trace: Trace) -> bool:
    """Return whether a walk required nothing of its symbols and calculated no size with them.

    >>> from symcount.counts import counted
    >>> [needs_nothing(counted(text, {}).trace) for text in ("I(L)-E(9,4)-Lin2", "I(1,n)-C(8,3)", "I(d)-[Lin(d)]*N")]
    [True, False, True]
    """
    return not trace.required and all(map(_is_plain_part, trace.every))


def _is_plain_part(part: Part) -> bool:
    if not all(map(is_plain, (*part.input.sizes, *part.output.sizes, part.times))):
        return False
    if isinstance(part, Step):
        return all(_is_plain_argument(part, name) for name in part.layer.arguments)
    return not isinstance(part, Optional) and not (isinstance(part, Repeat) and part.over is not None)


def _is_plain_argument(step: Step, name: str) -> bool:
    """Whether an argument is a number or a symbol; an open one that may not exceed another size is not."""
    value, argument = getattr(step.layer, name), step.layer.arguments[name]
    sizes = [size for size in (value if isinstance(value, tuple) else (value,)) if isinstance(size, Term)]
    return not sizes or (argument.most is None and all(map(is_plain, sizes)))
