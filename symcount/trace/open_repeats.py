"""Walks repeats whose number of iterations is a symbol, or too large to walk each: in closed form.

The shape that arrives at an iteration must have a closed form in its index: unchanged, grown by a
constant, multiplied, halved, or set by the index. What has none is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from symcount.arithmetic import Size, Symbol
from symcount.errors import ArchitectureError
from symcount.layers import Shape
from symcount.records import replace
from symcount.trace.blocks import Iteration, Repeat
from symcount.trace.context import Here
from symcount.trace.every_pass import in_every_pass
from symcount.trace.nested import transferred
from symcount.trace.recurrence import Recurrence, recurrence
from symcount.trace.repeated import Repeated
from symcount.trace.required import Iterations
from symcount.trace.shape_equality import plain
from symcount.trace.times import at_least_one, is_at_least_zero, is_simple, is_zero_or_one, may_divide_by_zero
from symcount.trace.transfer import Passes

_MOST_APART = 2
"""How many iterations are walked by themselves before those that have a closed form: the first may be empty."""


def open_repeat(repeated: Repeated, passes: Passes, shape: Shape) -> Repeat:
    """Walk iterations in closed form; in a trial each form of what arrives is walked once."""
    walk, item = repeated.walk, repeated.item
    if not walk.is_trial or is_zero_or_one(passes.count):
        return _OpenRepeat(repeated).walked(passes, shape)

    def walked(here: Here, passes: Passes) -> Repeat:
        return _OpenRepeat(Repeated(walk, item, here)).walked(passes, here.arrived(item))

    block = transferred(walk, item, repeated.here, passes, walked)
    left = [size if size in shape.sizes else plain(size, walk.closings) for size in block.output.sizes]
    return replace(block, output=_OpenRepeat(repeated).named(left, shape))


class _OpenRepeat:
    """The iterations of one repeat, without number."""

    def __init__(self, repeated: Repeated) -> None:
        self.repeated = repeated
        self.walk = repeated.walk
        self.item = repeated.item
        self.here = repeated.here

    def walked(self, passes: Passes, shape: Shape) -> Repeat:
        """Walk the iterations: the first by itself where what arrives at it is of another form."""
        count = passes.count
        if is_zero_or_one(count):
            return self._at_most_once(passes, shape)
        changing = self._recurrence(shape, passes)
        if changing is not None and changing.begin():
            from_first = partial(self._from_first, shape, passes, changing)
            return self._where_any(shape, count, from_first) if may_divide_by_zero(changing.at(count)) else from_first()
        first_apart = partial(self._first_apart, shape, passes, changing)
        if not is_simple(count):
            return self._where_any(shape, count, first_apart)
        found = first_apart()
        self.walk.require_at_least_one(plain(count, self.walk.closings))
        return found

    def named(self, sizes: Sequence[Size], arriving: Shape) -> Shape:
        """Return the shape of some sizes, each calculated one under a name of its own."""
        shape = self.walk.named(Shape(sizes[0], tuple(sizes[1:])), arriving, self.here.number)
        self.walk.check(shape, self.item)
        return shape

    def _at_most_once(self, passes: Passes, shape: Shape) -> Repeat:
        """An iteration that happens or not, as a comparison says."""
        count = passes.count
        with self.walk.where(count):
            one = self.repeated.once(shape, passes.values(passes.first))
        left = self._where_there(count, shape, one.output)
        if left is None:
            self.walk.require_at_least_one(count)
            return self.repeated.alike(one)
        return self.repeated.alike(replace(one, output=left, count=count))

    def _where_any(self, shape: Shape, count: Size, walked: Callable[[], Repeat]) -> Repeat:
        """Iterations in a block that is there or not, so that what they need is needed only where there is one."""
        there = at_least_one(count)
        if isinstance(there, int):
            return walked()
        self.walk.require_at_least_one(plain(count + 1, self.walk.closings))
        with self.walk.where(there):
            found = walked()
        left = self._where_there(there, shape, found.output)
        if left is None:
            self.walk.require_at_least_one(count)
            return found
        return self.repeated.block((found,), shape, left, there)

    def _where_there(self, there: Size, arriving: Shape, output: Shape) -> Shape | None:
        """What leaves layers that are there or not: what arrives, and where they are there the change that they make.

        None where a shape of another rank goes on, so that they must be there.
        """
        if output.rank == arriving.rank:
            pairs = zip(arriving.sizes, output.sizes, strict=True)
            return self._in_closed_form([size + there * (after - size) for size, after in pairs])
        return output if self.here.is_end else None

    def _from_first(self, shape: Shape, passes: Passes, changing: Recurrence) -> Repeat:
        """All iterations as one over an index."""
        found = self._over_index(shape, passes, changing)
        if not isinstance(passes.count, int | Symbol):
            self.walk.require_at_least_one(passes.count + 1)
        return self.repeated.alike(found)

    def _first_apart(self, shape: Shape, passes: Passes, changing: Recurrence | None) -> Repeat:
        """The first iterations by themselves, and all others as one over an index."""
        iterations = self._behind_first(shape, passes, changing, _MOST_APART - 1)
        return self.repeated.block(iterations, shape, iterations[-1].output)

    def _behind_first(
        self, shape: Shape, passes: Passes, earlier: Recurrence | None, more: int
    ) -> tuple[Iteration, ...]:
        """The first iteration by itself, ``more`` at most behind it by themselves, and the others over an index."""
        first, rest = self.repeated.once(shape, passes.values(passes.first)), passes.without_first()
        later = self._recurrence(first.output, rest)
        if later is not None and later.begin():
            behind = self._over_index(first.output, rest, replace(later, earlier=earlier))
            return first, replace(behind, item=self.item)
        if not more:
            message = "the shape that arrives at a pass has no closed form in the number of the pass"
            hint = "give the count a number, or keep, double or halve the sizes in a pass"
            raise ArchitectureError("no-closed-form", message, span=self.item.span, hint=hint)
        there = at_least_one(rest.count)
        with self.walk.where(there):
            iterations = self._behind_first(first.output, rest, None, more - 1)
        left = self._where_there(there, first.output, iterations[-1].output)
        if left is None:
            self.walk.require_at_least_one(plain(rest.count, self.walk.closings))
            return first, *iterations
        block = self.repeated.block(iterations, first.output, iterations[-1].output)
        return first, Iteration(self.here.number, self.item, (block,), first.output, left, count=there)

    def _recurrence(self, start: Shape, passes: Passes) -> Recurrence | None:
        """How a pass changes each size; None where the passes differ in more."""

        def one_pass(arriving: Shape, index: Size) -> Shape:
            return self.repeated.within(arriving, self.here.frame.trial().iteration(passes.values(index))).output

        return recurrence(self.walk, start, passes.first, one_pass)

    def _over_index(self, start: Shape, passes: Passes, changing: Recurrence) -> Iteration:
        """The iterations from a shape on as one over an index."""
        first, count = passes.first, passes.count
        if passes.name is None and not changing.changed:
            with self.walk.where(count):
                return replace(self.repeated.once(start, {}), output=start, count=count)
        # a symbol is at least 0: an index that may begin below is counted from 0 on, under another name
        begins = first if is_at_least_zero(first) else 0
        index = Symbol(self.walk.scope.index("j" if begins is not first else passes.name or "i"))
        passed = index - begins
        arriving = self._in_closed_form(changing.at(passed))
        before = len(self.walk.required)
        over = Iterations(index, begins, plain(begins + count - 1))
        one = self.repeated.once(arriving, passes.values(index if begins is first else first + passed), over)
        output = self._in_closed_form(changing.at(count)) if changing.changed else start
        self.walk.required[before:] = [
            in_every_pass(each, over, self.item.span) for each in self.walk.required[before:]
        ]
        return replace(one, input=start, output=output, count=count, over=over)

    def _in_closed_form(self, sizes: Sequence[Size]) -> Shape:
        return self.named([*map(plain, sizes)], Shape(0))
