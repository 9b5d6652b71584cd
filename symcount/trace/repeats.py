"""Walks repeats: equal iterations once, and a symbolic number of iterations in closed form.

With a count that is a symbol, the shape that arrives at an iteration must have a closed form in its
index: unchanged, grown by a constant, multiplied, halved, or set by the index. What has none is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial

from symcount.arithmetic import Size, Symbol, Term, is_number
from symcount.errors import ArchitectureError
from symcount.layers import AtLeastOne, Shape, Value
from symcount.program import Bidirectional, BodyCall, Frozen, LayerCall, MacroCall, Mixture, evaluated
from symcount.program import Repeat as WrittenRepeat
from symcount.records import replace
from symcount.syntax import tree
from symcount.trace.blocks import Group, Iteration, Repeat
from symcount.trace.context import Frame, Here
from symcount.trace.every_pass import in_every_pass
from symcount.trace.indices import downwards, in_list, in_range
from symcount.trace.nested import transferred
from symcount.trace.recurrence import Recurrence, recurrence
from symcount.trace.required import Iterations, Required
from symcount.trace.shape_equality import plain, same_shape
from symcount.trace.times import at_least_one, is_at_least_zero, is_simple, is_there_or_not, may_divide_by_zero
from symcount.trace.transfer import Passes
from symcount.trace.walk import Walk

MOST_ITERATIONS = 1_000
"""The most iterations of one repeat that are walked one by one as they differ; more need a closed form."""

_MOST_OPEN_ITERATIONS = 64
"""The most iterations that are walked one by one where a size is a symbol."""

_MOST_APART = 2
"""How many iterations are walked by themselves before those that have a closed form: the first may be empty."""

_OPEN_AT_FIRST = 2
"""How many iterations of too many are walked before a closed form is sought: most that come to rest do so by then."""


def repeat(walk: Walk, item: WrittenRepeat, here: Here) -> Repeat:
    """Walk the iterations of a repeat."""
    shape = here.arrived(item)
    repeating = _Repeating(walk, item, replace(here.deeper(item), is_end=here.is_end))
    if isinstance(item.count, tree.Index):
        return repeating.indexed(item.count, shape)
    count = evaluated(item.count, here.place)
    if isinstance(count, Term):
        if not isinstance(count, Symbol):
            # a closed form may say nothing of what is divided by in it
            walk.required.append(Required(AtLeastOne(count + 1)))
        count = plain(count)
    match count:
        case int() if count >= 0:
            return repeating.counted(count, shape)
        case Term():
            return repeating.open(Passes(count), shape)
        case int() | Fraction():
            message = f"a count is a whole number of at least 0, found {count}"
        case _:
            message = "a count is one number"
    raise ArchitectureError("bad-count", message, span=item.count.span, hint="write *3, *N or *(i=1..4)")


class _Repeating:
    """The iterations of one repeat."""

    def __init__(self, walk: Walk, item: WrittenRepeat, here: Here) -> None:
        self.walk = walk
        self.item = item
        self.here = here

    def counted(self, count: int, shape: Shape) -> Repeat:
        """Walk until an iteration leaves what arrived: all after it are the same."""
        iterations: list[Iteration] = []
        refused: ArchitectureError | None = None
        arriving = shape
        while len(iterations) < count:
            most = MOST_ITERATIONS if _is_known(arriving) else _MOST_OPEN_ITERATIONS
            if len(iterations) == most:
                if refused is not None:
                    raise refused
                return self.open(Passes(count), shape)
            if len(iterations) == _OPEN_AT_FIRST and count > most and not _is_known(arriving):
                required = len(self.walk.required)
                try:
                    return self.open(Passes(count), shape)
                except ArchitectureError as error:
                    if error.code == "too-large":
                        raise
                    refused = error
                    del self.walk.required[required:]
            one = self._one(arriving, {})
            if same_shape(one.output, arriving, self.walk.closings):
                iterations.append(replace(one, count=count - len(iterations), output=arriving))
                break
            iterations.append(one)
            arriving = one.output
        return self._together(iterations, shape)

    def indexed(self, index: tree.Index, shape: Shape) -> Repeat:
        """Walk one iteration for each value of the names."""
        if not isinstance(index.values, tree.Range):
            return self._one_by_one(
                [dict(zip(index.names, row, strict=True)) for row in in_list(index, index.values, self.here.place)],
                shape,
            )
        passes = in_range(index, index.values, self.here.place)
        first, count = passes.first, passes.count
        if isinstance(count, int) and count < 0:
            raise downwards(index.values, passes)
        if is_number(count, 0):
            return self._one_by_one([], shape)
        if not (isinstance(first, int) and isinstance(count, int)) or count > MOST_ITERATIONS:
            return self.open(passes, shape)
        return self._one_by_one([passes.values(first + i) for i in range(count)], shape)

    def _one_by_one(self, values: Sequence[dict[str, Value]], shape: Shape) -> Repeat:
        iterations: list[Iteration] = []
        arriving = shape
        for each in values:
            iterations.append(self._one(arriving, each))
            arriving = iterations[-1].output
        empty = () if values else ("no pass at all: the range is empty",)
        return replace(self._together(iterations, shape), notes=empty)

    def open(self, passes: Passes, shape: Shape) -> Repeat:
        """Walk iterations without number; in a trial each form of what arrives is walked once."""
        if not self.walk.is_trial or is_there_or_not(passes.count):
            return self.closed(passes, shape)

        def closed(here: Here, passes: Passes) -> Repeat:
            return _Repeating(self.walk, self.item, here).closed(passes, here.arrived(self.item))

        block = transferred(self.walk, self.item, self.here, passes, closed)
        left = [size if size in shape.sizes else plain(size, self.walk.closings) for size in block.output.sizes]
        return replace(block, output=self._shape(left, shape))

    def closed(self, passes: Passes, shape: Shape) -> Repeat:
        """Walk iterations without number: the first by itself where what arrives at it is of another form."""
        if not is_there_or_not(passes.count):
            return self._closed(passes, shape)
        with self.walk.where(passes.count):
            found = self._closed(passes, shape)
        if isinstance(found.count, int):
            # what leaves is what a pass leaves, so that there must be one
            self.walk.required.append(Required(AtLeastOne(passes.count)))
        return found

    def _closed(self, passes: Passes, shape: Shape) -> Repeat:
        count = passes.count
        if is_there_or_not(count):
            one = self._one(shape, passes.values(passes.first))
            left = self._where_there(count, shape, one.output)
            if left is not None:
                return _alone(replace(one, output=left, count=count), self.item)
        changing = self._recurrence(shape, passes)
        if changing is not None and changing.begin():
            if is_there_or_not(count) or not may_divide_by_zero(changing.at(count)):
                return self._from_first(shape, passes, changing)
            return self._where_any(shape, count, partial(self._from_first, shape, passes, changing))
        if is_there_or_not(count) or is_simple(count):
            found = self._first_apart(shape, passes, changing)
            self.walk.required.append(Required(AtLeastOne(plain(count, self.walk.closings))))
            return found
        return self._where_any(shape, count, partial(self._first_apart, shape, passes, changing))

    def _where_any(self, shape: Shape, count: Size, walked: Callable[[], Repeat]) -> Repeat:
        """Walk iterations that are there or not, so that what is said of them is said where there is one."""
        there = at_least_one(count)
        if isinstance(there, int):
            return walked()
        self.walk.required.append(Required(AtLeastOne(plain(count + 1, self.walk.closings))))
        with self.walk.where(there):
            found = walked()
        left = self._where_there(there, shape, found.output)
        if left is None:
            self.walk.required.append(Required(AtLeastOne(count)))
            return found
        return Repeat(self.here.number, self.item, (found,), shape, left, count=there)

    def _from_first(self, shape: Shape, passes: Passes, changing: Recurrence) -> Repeat:
        found = self._in_closed_form(shape, passes, changing)
        if not isinstance(passes.count, int | Symbol):
            self.walk.required.append(Required(AtLeastOne(passes.count + 1)))
        return _alone(found, self.item)

    def _first_apart(self, shape: Shape, passes: Passes, changing: Recurrence | None) -> Repeat:
        iterations = self._behind_first(shape, passes, changing, _MOST_APART - 1)
        return Repeat(self.here.number, self.item, iterations, shape, iterations[-1].output)

    def _where_there(self, there: Size, arriving: Shape, output: Shape) -> Shape | None:
        """What leaves layers that are there or not: what arrives, and where they are there the change that they make.

        None where a shape of another rank goes on.
        """
        if output.rank == arriving.rank:
            pairs = zip(arriving.sizes, output.sizes, strict=True)
            return self._after([size + there * (after - size) for size, after in pairs])
        return output if self.here.is_end else None

    def _behind_first(
        self, shape: Shape, passes: Passes, earlier: Recurrence | None, more: int
    ) -> tuple[Iteration, ...]:
        """The first iteration by itself and those behind it in closed form, after so many ``more`` by themselves."""
        first, rest = self._one(shape, passes.values(passes.first)), passes.without_first()
        later = self._recurrence(first.output, rest)
        if later is not None and later.begin():
            behind = self._in_closed_form(first.output, rest, replace(later, earlier=earlier))
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
            self.walk.required.append(Required(AtLeastOne(plain(rest.count, self.walk.closings))))
            return first, *iterations
        block = Repeat(self.here.number, self.item, iterations, first.output, iterations[-1].output)
        return first, Iteration(self.here.number, self.item, (block,), first.output, left, count=there)

    def _one(self, shape: Shape, values: dict[str, Value], over: Iterations | None = None) -> Iteration:
        """Walk the repeated item once; the layers of a group stand directly inside the iteration."""
        return self._walked(shape, self.here.frame.iteration(values, over))

    def _walked(self, shape: Shape, frame: Frame) -> Iteration:
        here, item = self.here, self.item.item
        number = (*here.number, 1) if isinstance(item, _CALLS) else here.number
        part = self.walk.item(item, replace(here, shape=shape, frame=frame, number=number, is_end=False))
        parts = part.parts if isinstance(part, Group) else (part,)
        return Iteration(here.number, item, parts, shape, part.output)

    def _together(self, iterations: Sequence[Iteration], shape: Shape) -> Repeat:
        """Return the iterations as one block; where all are alike, their layers stand directly inside it."""
        output = iterations[-1].output if iterations else shape
        if len(iterations) == 1:
            return _alone(replace(iterations[0], output=output), self.item)
        return Repeat(self.here.number, self.item, tuple(iterations), shape, output)

    def _recurrence(self, start: Shape, passes: Passes) -> Recurrence | None:
        """How a pass changes each size; None where the passes differ in more."""

        def one_pass(arriving: Shape, index: Size) -> Shape:
            return self._walked(arriving, self.here.frame.trial().iteration(passes.values(index))).output

        return recurrence(self.walk, start, passes.first, one_pass)

    def _in_closed_form(self, start: Shape, passes: Passes, changing: Recurrence) -> Iteration:
        """The iterations from a shape on as one over an index."""
        first, count = passes.first, passes.count
        if passes.name is None and not changing.changed:
            with self.walk.where(count):
                return replace(self._one(start, {}), output=start, count=count)
        # a symbol is at least 0: an index that may begin below is counted from 0 on, under another name
        begins = first if is_at_least_zero(first) else 0
        index = Symbol(self.walk.scope.index("j" if begins is not first else passes.name or "i"))
        passed = index - begins
        arriving = self._after(changing.at(passed))
        before = len(self.walk.required)
        over = Iterations(index, begins, plain(begins + count - 1))
        one = self._one(arriving, passes.values(index if begins is first else first + passed), over)
        output = self._after(changing.at(count)) if changing.changed else start
        self.walk.required[before:] = [
            in_every_pass(each, over, self.item.span) for each in self.walk.required[before:]
        ]
        return replace(one, input=start, output=output, count=count, over=over)

    def _after(self, sizes: Sequence[Size]) -> Shape:
        """A shape in closed form."""
        return self._shape([*map(plain, sizes)], Shape(0))

    def _shape(self, sizes: Sequence[Size], arriving: Shape) -> Shape:
        shape = self.walk.named(Shape(sizes[0], tuple(sizes[1:])), arriving, self.here.number)
        self.walk.check(shape, self.item)
        return shape


_CALLS = (LayerCall, MacroCall, BodyCall, Frozen, Bidirectional, Mixture)
"""The items that are numbered inside an iteration; a group is not, but the layers in it are."""


def _alone(iteration: Iteration, item: WrittenRepeat) -> Repeat:
    """Return a repeat whose iterations are all alike, its layers being those of one iteration."""
    each = iteration
    return Repeat(
        each.number, item, each.parts, each.input, each.output, notes=each.notes, count=each.count, over=each.over
    )


def _is_known(shape: Shape) -> bool:
    return all(isinstance(size, int) for size in shape.sizes)
