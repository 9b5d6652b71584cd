"""Walks one of several branches, by a number: that one alone, or every one where the number is open."""

from __future__ import annotations

from contextlib import suppress

from symcount.arithmetic import Bracket, Size, Symbol, Term
from symcount.errors import ArchitectureError
from symcount.layers import Shape
from symcount.program import Picked as WrittenPicked
from symcount.program import evaluated
from symcount.records import replace
from symcount.trace.blocks import Alternative, Branch, Picked
from symcount.trace.context import Here
from symcount.trace.shape_equality import agree, plain
from symcount.trace.walk import Walk


def picked(walk: Walk, item: WrittenPicked, here: Here) -> Picked:
    """Walk the branch of a number, or each where the number is open: what leaves is then that of the number."""
    which = evaluated(item.which, here.place)
    if isinstance(which, Term):
        which = plain(which)
    most = len(item.chains)
    if isinstance(which, int) and 1 <= which <= most:
        return _known(walk, item, here, which)
    if isinstance(which, Term):
        return _open(walk, item, here, which)
    message = f"there {'is 1 branch' if most == 1 else f'are {most} branches'} to pick from, and no number {which}"
    raise ArchitectureError("bad-argument", message, span=item.which.span, hint="the first is 1")


def _known(walk: Walk, item: WrittenPicked, here: Here, which: int) -> Picked:
    inside = here.deeper(item)
    for place, chain in enumerate(item.chains, 1):
        if place != which:
            # its open sizes may be given; what it needs need not be there
            with walk.trial(), suppress(ArchitectureError):
                walk.inside(chain, _at(inside, here, place, is_trial=True))
    chosen = _at(inside, here, which)
    parts, output = walk.inside(item.chains[which - 1], chosen)
    branch = Branch(chosen.number, item.chains[which - 1], parts, here.shape or output, output)
    return Picked(here.number, item, (branch,), here.shape or output, output, which=which)


def _at(inside: Here, here: Here, place: int, *, is_trial: bool = False) -> Here:
    frame = inside.frame.trial() if is_trial else inside.frame
    return replace(inside, frame=frame, number=(*here.number, place))


def _open(walk: Walk, item: WrittenPicked, here: Here, which: Term) -> Picked:
    shape = here.arrived(item)
    inside = here.deeper(item)
    branches: list[Alternative] = []
    for place, chain in enumerate(item.chains, 1):
        there = _there(which, place, len(item.chains))
        with walk.where(there):
            parts, output = walk.inside(chain, _at(inside, here, place))
        number = (*here.number, place)
        branches.append(Alternative(number, chain, parts, shape, output, there=there))
    options = walk.scope.options.get(which.name) if isinstance(which, Symbol) else None
    if options is None or not all(1 <= value <= len(branches) for value in options):
        for bound in (which, len(branches) + 1 - which):
            walk.require_at_least_one(bound)
    output = walk.named(_output(walk, branches), shape, here.number)
    return Picked(here.number, item, tuple(branches), shape, output, which=which)


def _there(which: Term, place: int, most: int) -> Bracket:
    """Whether a number is that of a branch; none is less than the first, or more than the last."""
    return Bracket(which, "<=" if place == 1 else ">=" if place == most else "==", place)


def _output(walk: Walk, branches: list[Alternative]) -> Shape:
    """What leaves: sizes in which the branches agree, and each as often as its branch is there where they do not."""
    first, *others = branches
    for other in others:
        if other.output.rank != first.output.rank:
            message = (
                f"branches that may be picked leave as many axes, but these leave {first.output} and {other.output}"
            )
            hint = "give the number that is picked"
            raise ArchitectureError("branches-differ", message, span=other.item.span, hint=hint)
    columns = zip(*(each.output.sizes for each in branches), strict=True)
    sizes = [_size(walk, branches, column) for column in columns]
    return Shape(sizes[0], tuple(sizes[1:]))


def _size(walk: Walk, branches: list[Alternative], sizes: tuple[Size, ...]) -> Size:
    first, *others = sizes
    if all(agree(first, size, walk.closings) for size in others):
        return first
    total: Size = 0
    for branch, size in zip(branches, sizes, strict=True):
        total = total + branch.there * size
    return plain(total)
