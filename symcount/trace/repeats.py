"""Walks repeats: equal iterations once, others one by one, and a number of them that is open in closed form."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from symcount.arithmetic import Symbol, Term, is_number
from symcount.errors import ArchitectureError
from symcount.layers import Shape, Value
from symcount.program import Repeat as WrittenRepeat
from symcount.program import evaluated
from symcount.records import replace
from symcount.syntax import tree
from symcount.trace.blocks import Iteration, Repeat
from symcount.trace.context import Here
from symcount.trace.indices import downwards, in_list, in_range
from symcount.trace.open_repeats import open_repeat
from symcount.trace.repeated import Repeated
from symcount.trace.shape_equality import plain, same_shape
from symcount.trace.transfer import Passes
from symcount.trace.walk import Walk

MOST_ITERATIONS = 1_000
"""The most iterations of one repeat that are walked one by one as they differ; more need a closed form."""

_MOST_OPEN_ITERATIONS = 64
"""The most iterations that are walked one by one where a size is a symbol."""

_OPEN_AT_FIRST = 2
"""How many iterations of too many are walked before a closed form is sought: most that come to rest do so by then."""


def repeat(walk: Walk, item: WrittenRepeat, here: Here) -> Repeat:
    """Walk the iterations of a repeat."""
    shape = here.arrived(item)
    repeated = Repeated(walk, item, replace(here.deeper(item), is_end=here.is_end))
    if isinstance(item.count, tree.Index):
        return _indexed(repeated, item.count, shape)
    count = evaluated(item.count, here.place)
    if isinstance(count, Term):
        if not isinstance(count, Symbol):
            # a closed form may say nothing of what is divided by in it
            walk.require_at_least_one(count + 1)
        count = plain(count)
    match count:
        case int() if count >= 0:
            return _counted(repeated, count, shape)
        case Term():
            return open_repeat(repeated, Passes(count), shape)
        case int() | Fraction():
            message = f"a count is a whole number of at least 0, found {count}"
        case _:
            message = "a count is one number"
    raise ArchitectureError("bad-count", message, span=item.count.span, hint="write *3, *N or *(i=1..4)")


def _counted(repeated: Repeated, count: int, shape: Shape) -> Repeat:
    """Walk until an iteration leaves what arrived: all after it are the same."""
    walk = repeated.walk
    iterations: list[Iteration] = []
    refused: ArchitectureError | None = None
    arriving = shape
    while len(iterations) < count:
        most = MOST_ITERATIONS if _is_known(arriving) else _MOST_OPEN_ITERATIONS
        if len(iterations) == most:
            if refused is not None:
                raise refused
            return open_repeat(repeated, Passes(count), shape)
        if len(iterations) == _OPEN_AT_FIRST and count > most and not _is_known(arriving):
            required = len(walk.required)
            try:
                return open_repeat(repeated, Passes(count), shape)
            except ArchitectureError as error:
                if error.code == "too-large":
                    raise
                refused = error
                del walk.required[required:]
        one = repeated.once(arriving, {})
        if same_shape(one.output, arriving, walk.closings):
            iterations.append(replace(one, count=count - len(iterations), output=arriving))
            break
        iterations.append(one)
        arriving = one.output
    return _together(repeated, iterations, shape)


def _indexed(repeated: Repeated, index: tree.Index, shape: Shape) -> Repeat:
    """Walk one iteration for each value of the names."""
    place = repeated.here.place
    if not isinstance(index.values, tree.Range):
        rows = in_list(index, index.values, place)
        return _one_by_one(repeated, [dict(zip(index.names, row, strict=True)) for row in rows], shape)
    passes = in_range(index, index.values, place)
    first, count = passes.first, passes.count
    if isinstance(count, int) and count < 0:
        raise downwards(index.values, passes)
    if is_number(count, 0):
        return _one_by_one(repeated, [], shape)
    if not (isinstance(first, int) and isinstance(count, int)) or count > MOST_ITERATIONS:
        return open_repeat(repeated, passes, shape)
    return _one_by_one(repeated, [passes.values(first + i) for i in range(count)], shape)


def _one_by_one(repeated: Repeated, values: Sequence[dict[str, Value]], shape: Shape) -> Repeat:
    iterations: list[Iteration] = []
    arriving = shape
    for each in values:
        iterations.append(repeated.once(arriving, each))
        arriving = iterations[-1].output
    empty = () if values else ("no pass at all: the range is empty",)
    return replace(_together(repeated, iterations, shape), notes=empty)


def _together(repeated: Repeated, iterations: Sequence[Iteration], shape: Shape) -> Repeat:
    """Return the iterations as one block; where all are alike, their layers stand directly inside it."""
    output = iterations[-1].output if iterations else shape
    if len(iterations) == 1:
        return repeated.alike(replace(iterations[0], output=output))
    return repeated.block(iterations, shape, output)


def _is_known(shape: Shape) -> bool:
    return all(isinstance(size, int) for size in shape.sizes)
