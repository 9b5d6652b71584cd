"""Repeats: equal passes are walked once, and passes without number in closed form.

With a count that is a symbol, the shape that arrives at a pass must have a closed form in its
index: unchanged, grown by a constant, multiplied, halved, or set by the index. What has none is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from symcount.arithmetic import Size, Symbol, Term, by_name
from symcount.errors import ArchitectureError
from symcount.layers import AtLeastOne, Equal, Shape, Value
from symcount.network import Place, evaluated
from symcount.records import record, replace
from symcount.syntax import tree
from symcount.trace.agreement import agree, depends, plain, same_shape
from symcount.trace.frame import Frame
from symcount.trace.steps import Block, Demanded, Over

if TYPE_CHECKING:
    from symcount.trace.walk import Walk

MOST_PASSES = 1_000
"""Passes of one repeat that differ from each other and are walked one by one; more need a closed form."""

_MOST_OPEN_PASSES = 64
"""The same, where a size is a symbol."""


def repeated(walk: Walk, item: tree.Repeat, shape: Shape, frame: Frame, number: tuple[int, ...]) -> Block:
    """Walk the passes of a repeat."""
    within = frame.inside(number[:-1] if isinstance(item.item, tree.Call) else number, item)
    passes = _Passes(walk, item, within, number)
    if isinstance(item.count, tree.Index):
        return passes.indexed(item.count, shape, frame.place(shape))
    count = evaluated(item.count, frame.place(shape))
    match count:
        case int() if count >= 0:
            return passes.counted(count, shape)
        case Term():
            return passes.open(count, None, 0, shape)
        case int() | Fraction():
            message = f"a count is a whole number of at least 0, found {count}"
        case _:
            message = "a count is one number"
    raise ArchitectureError("bad-count", message, span=item.count.span, hint="write *3, *N or *(i=1..4)")


def optional(walk: Walk, item: tree.Maybe, shape: Shape, frame: Frame, number: tuple[int, ...]) -> Block:
    """Walk an optional layer: a symbol that is 0 or 1 says whether it is there."""
    ordinal = walk.network.ordinal("?", frame.source, item.span.start)
    there = walk.program.automatic("z", ordinal)
    part = walk.item(item.item, shape, frame.inside(number, item), (*number, 1))
    if isinstance(there, int):
        parts = (part,) if there else ()
        return Block("optional", number, item, parts, shape, part.output if there else shape)
    if not isinstance(there, Term) or not same_shape(part.output, shape):
        message = "whether this layer is there changes the shape, so the text stands for several networks"
        hint = f"say which: {there}=0 or {there}=1" if not isinstance(there, Symbol) else _choice(there)
        raise ArchitectureError("schema", message, span=item.span, hint=hint)
    note = f"{there.name if isinstance(there, Symbol) else 'it'} is 0 or 1: whether the layer is there"
    return Block("optional", number, item, (part,), shape, shape, times=there, notes=(note,))


def _choice(there: Symbol) -> str:
    return f"say whether it is there: {there.name}=0 or {there.name}=1"


class _Passes:
    """The passes of one repeat."""

    def __init__(self, walk: Walk, item: tree.Repeat, frame: Frame, number: tuple[int, ...]) -> None:
        self.walk = walk
        self.item = item
        self.frame = frame
        self.number = number

    def counted(self, count: int, shape: Shape) -> Block:
        """Walk until a pass leaves what arrived: all passes after it are the same."""
        passes: list[Block] = []
        arriving = shape
        while len(passes) < count:
            if len(passes) == (MOST_PASSES if _is_known(arriving) else _MOST_OPEN_PASSES):
                return self.open(count, None, 0, shape)
            one = self._one(arriving, {})
            if same_shape(one.output, arriving):
                passes.append(replace(one, times=count - len(passes), output=arriving))
                break
            passes.append(one)
            arriving = one.output
        return self._block(passes, shape)

    def indexed(self, index: tree.Index, shape: Shape, place: Place) -> Block:
        """Walk one pass for each value of the names."""
        if isinstance(index.values, tree.Range):
            first, last = (self._bound(end, place) for end in (index.values.first, index.values.last))
            if not (isinstance(first, int) and isinstance(last, int)):
                return self.open(last - first + 1, index.names[0], first, shape)
            if last - first >= MOST_PASSES:
                return self.open(last - first + 1, index.names[0], first, shape)
            rows: list[tuple[Value, ...]] = [(value,) for value in range(first, last + 1)]
        else:
            rows = [_row(each, index, place) for each in index.values.items]
        passes: list[Block] = []
        arriving = shape
        for row in rows:
            passes.append(self._one(arriving, dict(zip(index.names, row, strict=True))))
            arriving = passes[-1].output
        empty = () if rows else ("no pass at all: the range is empty",)
        return replace(self._block(passes, shape), notes=empty)

    def open(self, count: Size, name: str | None, first: Size, shape: Shape) -> Block:
        """Walk passes without number: the first one by itself where what arrives at it is of another form."""
        count = plain(count)
        found = self._in_closed_form(shape, first, count, name)
        if found is not None:
            if not isinstance(count, int | Symbol):
                self.walk.demands.append(Demanded(AtLeastOne(count + 1)))
            return found
        one = self._one(shape, {} if name is None else {name: first})
        rest = self._in_closed_form(one.output, plain(first + 1), plain(count - 1), name)
        if rest is None:
            message = "the shape that arrives at a pass has no closed form in the number of the pass"
            hint = "give the count a number, or keep, double or halve the sizes in a pass"
            raise ArchitectureError("no-closed-form", message, span=self.item.span, hint=hint)
        self.walk.demands.append(Demanded(AtLeastOne(count)))
        parts = (one, replace(rest, kind="pass"))
        return Block("repeat", self.number, self.item, parts, shape, rest.output)

    def _one(self, shape: Shape, values: dict[str, Value]) -> Block:
        part = self.walk.item(self.item.item, shape, self.frame.one_pass(values), self._inner)
        parts = part.parts if part.kind == "group" else (part,)
        return Block("pass", self.number, self.item.item, parts, shape, part.output)

    @property
    def _inner(self) -> tuple[int, ...]:
        return (*self.number, 1) if isinstance(self.item.item, tree.Call) else self.number

    def _block(self, passes: Sequence[Block], shape: Shape) -> Block:
        """The passes as one block; a single distinct one needs no level of its own."""
        output = passes[-1].output if passes else shape
        if len(passes) == 1:
            return replace(passes[0], kind="repeat", item=self.item, output=output)
        return Block("repeat", self.number, self.item, tuple(passes), shape, output)

    def _bound(self, node: tree.Expression, place: Place) -> Size:
        value = evaluated(node, place)
        if isinstance(value, int | Term):
            return value
        raise ArchitectureError("bad-count", f"a range runs between whole numbers, found {value}", span=node.span)

    def _in_closed_form(self, start: Shape, first: Size, count: Size, name: str | None) -> Block | None:
        """The passes from a shape on as one block over an index; None where a shape has no closed form."""
        changing = self._recurrences(start, first, name)
        if changing is None or not changing.begin():
            return None
        if name is None and not changing.changed:
            return replace(self._one(start, {}), kind="repeat", item=self.item, output=start, times=count)
        index = Symbol(self.walk.program.index(name or "i"))
        arriving = self._shape(changing.at(index - first))
        before = len(self.walk.demands)
        one = self._one(arriving, {} if name is None else {name: index})
        output = self._shape(changing.at(count)) if changing.changed else start
        over = Over(index, first, plain(first + count - 1))
        self.walk.demands[before:] = [self._in_every_pass(each, over) for each in self.walk.demands[before:]]
        return replace(one, kind="repeat", item=self.item, input=start, output=output, times=count, over=over)

    def _in_every_pass(self, demanded: Demanded, over: Over) -> Demanded:
        """The demand of one pass as that of all; whether branches meet must not depend on the pass."""
        demand = demanded.demand
        if isinstance(demand, Equal) and (depends(demand.left, over.index) or depends(demand.right, over.index)):
            message = (
                f"whether branches meet here depends on the pass: {by_name(demand.left)} and {by_name(demand.right)}"
            )
            raise ArchitectureError("no-closed-form", message, span=self.item.span, hint="give the count a number")
        return replace(demanded, overs=(*demanded.overs, over))

    def _recurrences(self, start: Shape, first: Size, name: str | None) -> _Recurrences | None:
        """How each size goes from pass to pass; passes are walked for it, and nothing of them is kept."""
        demands = len(self.walk.demands)
        passed = Symbol(self.walk.program.fresh("t"))
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
            del self.walk.demands[demands:]
        return _Recurrences(start.sizes, states, later.sizes, passed) if later.rank == start.rank else None

    def _states(self, start: Shape, after: Shape) -> list[Size]:
        """A symbol for each size that a pass changes; one that it leaves is taken to stay as it is."""
        symbols: dict[Size, Size] = {}
        for before, behind in zip(start.sizes, after.sizes, strict=True):
            if not agree(before, behind):
                symbols.setdefault(before, Symbol(self.walk.program.fresh("x")))
        return [symbols.get(size, size) for size in start.sizes]

    def _shape(self, sizes: Sequence[Size]) -> Shape:
        known = [plain(size) for size in sizes]
        shape = self.walk.named(Shape(known[0], tuple(known[1:])), Shape(0), self.number)
        self.walk.check(shape, self.item)
        return shape


@record
class _Recurrences:
    """For each size of a shape: where it starts, the symbol of it before a pass, and what a pass makes of it."""

    starts: Sequence[Size]
    states: Sequence[Size]
    steps: Sequence[Size]
    passed: Symbol

    @property
    def changed(self) -> bool:
        """Whether a pass changes any size."""
        return tuple(self.starts) != tuple(self.states)

    def begin(self) -> bool:
        """Return whether every size has a closed form that holds from the start on."""
        return all(
            size is not None and agree(size, start) for size, start in zip(self._at(0), self.starts, strict=True)
        )

    def at(self, times: Size) -> list[Size]:
        """Return the sizes after so many passes."""
        return [size for size in self._at(times) if size is not None]

    def _at(self, times: Size) -> list[Size | None]:
        from symcount.algebra import iterated

        rows = zip(self.starts, self.states, self.steps, strict=True)
        return [
            iterated(step, state, self.passed, start, times)
            if isinstance(state, Symbol) and state is not start
            else step
            for start, state, step in rows
        ]


def _is_known(shape: Shape) -> bool:
    return all(isinstance(size, int) for size in shape.sizes)


def _row(item: tree.Value, index: tree.Index, place: Place) -> tuple[Value, ...]:
    value = evaluated(item, place)
    row = value if isinstance(value, tuple) else (value,)
    if len(row) != len(index.names):
        message = f"{len(index.names)} names, {', '.join(index.names)}, but {len(row)} values"
        raise ArchitectureError("bad-count", message, span=item.span)
    return row
