"""Walks parallel branches, and joins their outputs: over the channels or along an axis, added, or multiplied."""

from __future__ import annotations

from typing import cast

from symcount.arithmetic import Size, Symbol, by_name, is_number
from symcount.arithmetic.notation import PYTHON
from symcount.errors import ArchitectureError
from symcount.layers import Shape
from symcount.program import Branches as WrittenBranches
from symcount.program import Chain
from symcount.program import Joined as WrittenJoined
from symcount.records import replace
from symcount.trace.blocks import AddedBranches, Branch, Branches, JoinedBranches, MultipliedBranches
from symcount.trace.context import Here
from symcount.trace.shape_equality import depends, in_closed_form, plain
from symcount.trace.steps import Block
from symcount.trace.walk import Walk

_BLOCKS = {"|": Branches, "+": AddedBranches, "×": MultipliedBranches}


def branches(walk: Walk, item: WrittenBranches, here: Here) -> Branches:
    """Walk branches, each from the shape that arrives, and join what leaves them."""
    walked = _walked(walk, item, here)
    if item.joint == "|":
        # a branch of no copies is not there
        walked = tuple(each for each in walked if not is_number(each.output.channels, 0)) or walked[:1]
    first, *others = walked
    output = first.output
    for other in others:
        output = _joined(walk, output, first, other, item.joint)
    arriving = first.input if here.shape is None else here.shape
    output = walk.named(output, arriving, here.number)
    return _BLOCKS[item.joint](here.number, item, walked, arriving, output)


def joined(walk: Walk, item: WrittenJoined, here: Here) -> JoinedBranches:
    """Walk branches, each from the shape that arrives, and set what leaves them one after another along an axis."""
    walked = _walked(walk, item, here)
    shapes = [_with_places(block.output) for block in walked]
    first, shape = walked[0], shapes[0]
    if item.axis > shape.rank:
        message = f"cat({item.axis}) needs {item.axis} axes, and {shape} has {shape.rank}"
        hint = "branches are side by side over the channels in {A|B}"
        raise ArchitectureError("wrong-rank", message, span=item.span, hint=hint)
    length = shape.axes[item.axis - 1]
    for other, met in zip(walked[1:], shapes[1:], strict=True):
        if met.rank != shape.rank:
            raise _differ(first, other, _ALONG)
        for place, (left, right) in enumerate(zip(shape.sizes, met.sizes, strict=True)):
            if place != item.axis and not walk.require_equal(left, right, ("one branch", "the other")):
                raise _differ(first, other, _where_equal(left, right) or _ALONG)
        length = length + met.axes[item.axis - 1]
    axes = (*shape.axes[: item.axis - 1], length, *shape.axes[item.axis :])
    arriving = first.input if here.shape is None else here.shape
    output = walk.named(Shape(shape.channels, axes), arriving, here.number)
    return JoinedBranches(here.number, item, walked, arriving, output, axis=item.axis)


_ALONG = "along an axis the channels and all other axes are the same"


def _with_places(shape: Shape) -> Shape:
    """A shape, in which a vector is a sequence of one place."""
    return shape if shape.axes else Shape(shape.channels, (1,))


def _walked(walk: Walk, item: WrittenBranches, here: Here) -> tuple[Block, ...]:
    inside = here.deeper(item)
    return tuple(
        [
            cast("Block", walk.item(chain, replace(inside, number=(*here.number, place))))
            for place, chain in enumerate(item.chains, 1)
        ]
    )


def branch(walk: Walk, chain: Chain, here: Here) -> Branch:
    """Walk a chain that is one of several branches."""
    parts, output = walk.inside(chain, here)
    return Branch(here.number, chain, parts, here.shape or output, output)


def _joined(walk: Walk, so_far: Shape, first: Block, other: Block, joint: str) -> Shape:
    """The shape of the branches so far and one more; what cannot meet is an error that shows both places."""
    met = other.output
    if joint != "|" and so_far.rank != met.rank and 0 in (so_far.rank, met.rank):
        # a vector of c fits c over any axes
        pairs = [(so_far.channels, met.channels)]
        joined = so_far if so_far.rank else met
    elif so_far.rank != met.rank:
        raise _differ(first, other)
    elif joint == "|":
        pairs = [*zip(so_far.axes, met.axes, strict=True)]
        joined = Shape(so_far.channels + met.channels, so_far.axes)
    else:
        pairs = [*zip(so_far.axes, met.axes, strict=True), (so_far.channels, met.channels)]
        joined = so_far
    for left, right in pairs:
        if not walk.require_equal(left, right, ("one branch", "the other")):
            raise _differ(first, other, _where_equal(left, right))
    return joined


def _where_equal(left: Size, right: Size) -> str | None:
    """What would let two sizes be the same, where one of them is a symbol."""
    symbol, size = (left, right) if isinstance(left, Symbol) else (right, left)
    if not isinstance(symbol, Symbol) or depends(size, symbol):
        return None
    return f"they meet where {symbol.name} is {by_name(plain(size))}: say {symbol.name}={by_name(plain(size), PYTHON)}"


def _differ(first: Block, other: Block, remedy: str | None = None) -> ArchitectureError:
    one, two = (f"{in_closed_form(block.output)} (column {block.item.span.start + 1})" for block in (first, other))
    hint = remedy or "both need the same axes; adding and multiplying need the same channels too"
    return ArchitectureError("branches-differ", f"branches differ: {one} and {two}", span=other.item.span, hint=hint)
