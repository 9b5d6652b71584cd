"""Walks repeats: equal iterations once, and a symbolic number of iterations in closed form.

With a count that is a symbol, the shape that arrives at an iteration must have a closed form in its
index: unchanged, grown by a constant, multiplied, halved, or set by the index. What has none is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from symcount.arithmetic import Size, Symbol, Term, by_name
from symcount.errors import ArchitectureError
from symcount.layers import AtLeastOne, Equal, Shape, Value
from symcount.program import Bidirectional, BodyCall, Frozen, LayerCall, MacroCall, Maybe, Mixture, Place, evaluated
from symcount.program import Labelled as WrittenLabelled
from symcount.program import Repeat as WrittenRepeat
from symcount.records import record, replace
from symcount.syntax import tree
from symcount.trace.context import Here, Labelled
from symcount.trace.shape_equality import agree, depends, plain, same_shape
from symcount.trace.steps import Group, Iteration, Iterations, Optional, Repeat, Required
from symcount.trace.walk import Walk

MOST_ITERATIONS = 1_000
"""The most iterations of one repeat that are walked one by one as they differ; more need a closed form."""

_MOST_OPEN_ITERATIONS = 64
"""The most iterations that are walked one by one where a size is a symbol."""


def repeat(walk: Walk, item: WrittenRepeat, here: Here) -> Repeat:
    """Walk the iterations of a repeat."""
    shape = here.arrived(item)
    repeating = _Repeating(walk, item, here.deeper(item))
    if isinstance(item.count, tree.Index):
        return repeating.indexed(item.count, shape)
    count = evaluated(item.count, here.place)
    if isinstance(count, Term):
        count = plain(count)
    match count:
        case int() if count >= 0:
            return repeating.counted(count, shape)
        case Term():
            return repeating.open(count, None, 0, shape)
        case int() | Fraction():
            message = f"a count is a whole number of at least 0, found {count}"
        case _:
            message = "a count is one number"
    raise ArchitectureError("bad-count", message, span=item.count.span, hint="write *3, *N or *(i=1..4)")


def optional(walk: Walk, item: Maybe, here: Here) -> Optional:
    """Walk an optional layer: a symbol that is 0 or 1 says whether it is there."""
    shape = here.arrived(item)
    there = walk.scope.automatic("z", item.ordinal)
    if isinstance(there, int) and not there:
        return _absent(walk, item, here, shape)
    part = walk.item(item.item, replace(here.deeper(item), number=(*here.number, 1)))
    if isinstance(there, int):
        return Optional(here.number, item, (part,), shape, part.output)
    if not isinstance(there, Term) or not same_shape(part.output, shape):
        message = "whether this layer is there changes the shape, so the text stands for several networks"
        hint = _choice(there) if isinstance(there, Symbol) else None
        raise ArchitectureError("schema", message, span=item.span, hint=hint)
    note = f"{there.name if isinstance(there, Symbol) else 'it'} is 0 or 1: whether the layer is there"
    return Optional(here.number, item, (part,), shape, shape, notes=(note,), there=there)


def _absent(walk: Walk, item: Maybe, here: Here, shape: Shape) -> Optional:
    """A layer that is not there: what arrives leaves, under the layer's label too; labels inside it name nothing."""
    inside = here.deeper(item)
    walk.item(item.item, replace(inside, number=(*here.number, 1), frame=inside.frame.iteration({})))
    absent = Optional(here.number, item, (), shape, shape)
    inner = item.item
    while isinstance(inner, WrittenLabelled):
        here.add(inner.label, Labelled(absent, inner.item, here.frame), inner.written)
        inner = inner.item
    return absent


def _choice(there: Symbol) -> str:
    return f"say whether it is there: {there.name}=0 or {there.name}=1"


class _Repeating:
    """The iterations of one repeat."""

    def __init__(self, walk: Walk, item: WrittenRepeat, here: Here) -> None:
        self.walk = walk
        self.item = item
        self.here = here

    def counted(self, count: int, shape: Shape) -> Repeat:
        """Walk until an iteration leaves what arrived: all after it are the same."""
        iterations: list[Iteration] = []
        arriving = shape
        while len(iterations) < count:
            if len(iterations) == (MOST_ITERATIONS if _is_known(arriving) else _MOST_OPEN_ITERATIONS):
                return self.open(count, None, 0, shape)
            one = self._one(arriving, {})
            if same_shape(one.output, arriving):
                iterations.append(replace(one, count=count - len(iterations), output=arriving))
                break
            iterations.append(one)
            arriving = one.output
        return self._together(iterations, shape)

    def indexed(self, index: tree.Index, shape: Shape) -> Repeat:
        """Walk one iteration for each value of the names."""
        place = self.here.place
        if isinstance(index.values, tree.Range):
            first, last = (_bound(end, place) for end in (index.values.first, index.values.last))
            count = plain(last - first + 1)
            rows: list[tuple[Value, ...]] = []
            if not isinstance(count, int) or count >= 1:
                if not (isinstance(first, int) and isinstance(count, int)) or count > MOST_ITERATIONS:
                    return self.open(count, index.names[0], first, shape)
                rows = [(first + i,) for i in range(count)]
        else:
            rows = [_named_values(each, index, place) for each in index.values.items]
        iterations: list[Iteration] = []
        arriving = shape
        for row in rows:
            iterations.append(self._one(arriving, dict(zip(index.names, row, strict=True))))
            arriving = iterations[-1].output
        empty = () if rows else ("no pass at all: the range is empty",)
        return replace(self._together(iterations, shape), notes=empty)

    def open(self, count: Size, name: str | None, first: Size, shape: Shape) -> Repeat:
        """Walk iterations without number: the first by itself where what arrives at it is of another form."""
        found = self._in_closed_form(shape, first, count, name)
        if found is not None:
            if not isinstance(count, int | Symbol):
                self.walk.required.append(Required(AtLeastOne(count + 1)))
            return _alone(found, self.item)
        one = self._one(shape, {} if name is None else {name: first})
        rest = self._in_closed_form(one.output, plain(first + 1), plain(count - 1), name)
        if rest is None:
            message = "the shape that arrives at a pass has no closed form in the number of the pass"
            hint = "give the count a number, or keep, double or halve the sizes in a pass"
            raise ArchitectureError("no-closed-form", message, span=self.item.span, hint=hint)
        self.walk.required.append(Required(AtLeastOne(count)))
        return Repeat(self.here.number, self.item, (one, replace(rest, item=self.item)), shape, rest.output)

    def _one(self, shape: Shape, values: dict[str, Value]) -> Iteration:
        """Walk the repeated item once; the layers of a group stand directly inside the iteration."""
        here, item = self.here, self.item.item
        number = (*here.number, 1) if isinstance(item, _CALLS) else here.number
        part = self.walk.item(item, replace(here, shape=shape, frame=here.frame.iteration(values), number=number))
        parts = part.parts if isinstance(part, Group) else (part,)
        return Iteration(here.number, item, parts, shape, part.output)

    def _together(self, iterations: Sequence[Iteration], shape: Shape) -> Repeat:
        """Return the iterations as one block; where all are alike, their layers stand directly inside it."""
        output = iterations[-1].output if iterations else shape
        if len(iterations) == 1:
            return _alone(replace(iterations[0], output=output), self.item)
        return Repeat(self.here.number, self.item, tuple(iterations), shape, output)

    def _in_closed_form(self, start: Shape, first: Size, count: Size, name: str | None) -> Iteration | None:
        """The iterations from a shape on as one over an index; None where a shape has no closed form."""
        changing = self._recurrences(start, first, name)
        if changing is None or not changing.begin():
            return None
        if name is None and not changing.changed:
            return replace(self._one(start, {}), output=start, count=count)
        index = Symbol(self.walk.scope.index(name or "i"))
        arriving = self._shape(changing.at(index - first))
        before = len(self.walk.required)
        one = self._one(arriving, {} if name is None else {name: index})
        output = self._shape(changing.at(count)) if changing.changed else start
        over = Iterations(index, first, plain(first + count - 1))
        self.walk.required[before:] = [self._in_each(each, over) for each in self.walk.required[before:]]
        return replace(one, input=start, output=output, count=count, over=over)

    def _in_each(self, required: Required, over: Iterations) -> Required:
        """Turn what one iteration requires into what all require; branches must meet in all of them or in none."""
        constraint = required.constraint
        if isinstance(constraint, Equal) and any(
            depends(side, over.index) for side in (constraint.left, constraint.right)
        ):
            sides = f"{by_name(constraint.left)} and {by_name(constraint.right)}"
            message = f"whether branches meet here depends on the pass: {sides}"
            raise ArchitectureError("no-closed-form", message, span=self.item.span, hint="give the count a number")
        return replace(required, over=(*required.over, over))

    def _recurrences(self, start: Shape, first: Size, name: str | None) -> _Recurrences | None:
        """Find how each size changes from iteration to iteration, by trial iterations that leave nothing behind."""
        required = len(self.walk.required)
        passed = Symbol(self.walk.scope.fresh("t"))
        try:
            after = self._one(start, {} if name is None else {name: first}).output
            if after.rank != start.rank:
                return None
            states = self._states(start, after)
            arriving = Shape(states[0], tuple(states[1:]))
            later = self._one(arriving, {} if name is None else {name: first + passed}).output
        except ArchitectureError as error:
            if error.code != "branches-differ":
                raise
            return None
        finally:
            del self.walk.required[required:]
        return _Recurrences(start.sizes, states, later.sizes, passed) if later.rank == start.rank else None

    def _states(self, start: Shape, after: Shape) -> list[Size]:
        """Return a shape with a symbol for each size that an iteration changes; the other sizes stay as they are."""
        symbols: dict[Size, Size] = {}
        for before, behind in zip(start.sizes, after.sizes, strict=True):
            if not agree(before, behind):
                symbols.setdefault(before, Symbol(self.walk.scope.fresh("x")))
        return [symbols.get(size, size) for size in start.sizes]

    def _shape(self, sizes: Sequence[Size]) -> Shape:
        known = [plain(size) for size in sizes]
        shape = self.walk.named(Shape(known[0], tuple(known[1:])), Shape(0), self.here.number)
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


def _bound(node: tree.Expression, place: Place) -> Size:
    value = evaluated(node, place)
    if isinstance(value, int | Term):
        return value
    raise ArchitectureError("bad-count", f"a range runs between whole numbers, found {value}", span=node.span)


@record
class _Recurrences:
    """How an iteration changes each size: the size at the start, its symbol before, and its value after."""

    starts: Sequence[Size]
    states: Sequence[Size]
    steps: Sequence[Size]
    passed: Symbol

    @property
    def changed(self) -> bool:
        """Whether an iteration changes any size."""
        return tuple(self.starts) != tuple(self.states)

    def begin(self) -> bool:
        """Return whether every size has a closed form that holds from the first iteration on."""
        return all(
            size is not None and agree(size, start) for size, start in zip(self._at(0), self.starts, strict=True)
        )

    def at(self, times: Size) -> list[Size]:
        """Return the sizes after so many iterations."""
        return [size for size in self._at(times) if size is not None]

    def _at(self, times: Size) -> list[Size | None]:
        from symcount.algebra import iterate

        rows = zip(self.starts, self.states, self.steps, strict=True)
        return [
            iterate(step, state, self.passed, start, times)
            if isinstance(state, Symbol) and state is not start
            else step
            for start, state, step in rows
        ]


def _is_known(shape: Shape) -> bool:
    return all(isinstance(size, int) for size in shape.sizes)


def _named_values(item: tree.Value, index: tree.Index, place: Place) -> tuple[Value, ...]:
    value = evaluated(item, place)
    row = value if isinstance(value, tuple) else (value,)
    if len(row) != len(index.names):
        message = f"{len(index.names)} names, {', '.join(index.names)}, but {len(row)} values"
        raise ArchitectureError("bad-count", message, span=item.span)
    return row
