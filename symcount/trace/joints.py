"""Branches, and how their outputs meet: over the channels, added, or multiplied."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from symcount.arithmetic import Size
from symcount.errors import ArchitectureError
from symcount.layers import Equal, Shape
from symcount.syntax import tree
from symcount.trace.agreement import agree
from symcount.trace.frame import Frame
from symcount.trace.steps import Block, Demanded

if TYPE_CHECKING:
    from symcount.trace.walk import Walk


_KINDS = {"|": "concat", "+": "add", "×": "mul"}


def branched(
    walk: Walk,
    item: tree.Branches | tree.Call,
    chains: Sequence[tree.Chain],
    joint: str,
    shape: Shape | None,
    frame: Frame,
    number: tuple[int, ...],
) -> Block:
    """Walk branches, each from the shape that arrives, and join what leaves them."""
    branches = [
        _branch(walk, chain, shape, frame.inside((*number, place), item)) for place, chain in enumerate(chains, 1)
    ]
    first, *others = branches
    output = first.output
    for other in others:
        output = _joined(walk, output, first, other, joint)
    arriving = first.input if shape is None else shape
    return Block(_KINDS[joint], number, item, tuple(branches), arriving, walk.named(output, arriving, number))


def _branch(walk: Walk, chain: tree.Chain, shape: Shape | None, frame: Frame) -> Block:
    if shape is None and not isinstance(chain.items[0], tree.Tap):
        message = "a branch at the begin of a tower starts from a label"
        hint = "two inputs are two towers that meet: I(…)-…@a; I(…)-…@b; {@a|@b}-…"
        raise ArchitectureError("input", message, span=chain.span, hint=hint)
    parts, output = walk.inner(chain, shape, frame)
    return Block("branch", frame.number, chain, parts, output if shape is None else shape, output)


def _joined(walk: Walk, so_far: Shape, first: Block, other: Block, joint: str) -> Shape:
    """The shape of the branches so far and one more; what cannot meet is an error that shows both places."""
    met = other.output
    if joint != "|" and so_far.rank != met.rank and 0 in (so_far.rank, met.rank):
        # a vector of c fits c over any axes
        _meet(walk, so_far.channels, met.channels, first, other)
        return so_far if so_far.rank else met
    if so_far.rank != met.rank:
        raise _differ(first, other)
    for left, right in zip(so_far.axes, met.axes, strict=True):
        _meet(walk, left, right, first, other)
    if joint == "|":
        return Shape(so_far.channels + met.channels, so_far.axes)
    _meet(walk, so_far.channels, met.channels, first, other)
    return so_far


def _meet(walk: Walk, left: Size, right: Size, first: Block, other: Block) -> None:
    """See that two sizes are the same, or keep it as a demand where nothing decides it."""
    decided = agree(left, right)
    if decided is False:
        raise _differ(first, other)
    if decided is None:
        walk.demands.append(Demanded(Equal(left, right, "one branch", "the other")))


def _differ(first: Block, other: Block) -> ArchitectureError:
    one, two = (f"{block.output} (column {block.item.span.start + 1})" for block in (first, other))
    hint = "both need the same axes; adding and multiplying need the same channels too"
    return ArchitectureError("branches-differ", f"branches differ: {one} and {two}", span=other.item.span, hint=hint)
