"""Takes labelled tensors up again: by a label's name, or by its index, which may be open where the passes are."""

from __future__ import annotations

from collections.abc import Iterator

from symcount.arithmetic import Named, Size, Symbol, by_name, substitute
from symcount.errors import ArchitectureError
from symcount.layers import Shape
from symcount.program import Tap
from symcount.records import replace
from symcount.syntax import tree
from symcount.trace.blocks import Tap as TapBlock
from symcount.trace.context import Here, Labelled
from symcount.trace.required import Iterations
from symcount.trace.shape_equality import plain, same_shape
from symcount.trace.walk import Walk


def tap(walk: Walk, item: Tap, here: Here) -> TapBlock:
    """Return a labelled tensor again; one of a pass whose number is open has the shape that this pass leaves."""
    walk.before = None
    found = _of_passes(here, item.label)
    if found is None:
        part = here.labelled(item.label, item.written).part
        return TapBlock(here.number, item, (), part.output, part.output, source=part)
    number, of_passes = found
    _check_number(here, item, of_passes, number)
    for inside in _inside(of_passes, number):
        size = plain(inside)
        if not isinstance(size, int):
            walk.require_at_least_one(size)
    shape = _at(of_passes, number)
    output = walk.named(shape, here.shape or Shape(0), here.number)
    return TapBlock(here.number, item, (), output, output, source=of_passes.part)


def _of_passes(here: Here, label: tree.Label) -> tuple[Size, Labelled] | None:
    """The number of a pass, and the label over the passes of a repeat that means it; None where each has its own."""
    index = here.index(label)
    if index is None:
        return None
    name = here.name(label)
    for labels in here.frame.labels.every:
        if name in labels.own:
            return None
        if label.name in labels.open:
            found = labels.open[label.name]
            return plain(index - found.shift), _with_first(found, label.name, here)
    return None


def _with_first(found: Labelled, name: str, here: Here) -> Labelled:
    """A label over passes, and over the passes before them that were walked by themselves and left the same form."""
    over = _over(found)
    before = over.first - 1
    if not (isinstance(before, int) and isinstance(found.shift, int)):
        return found
    own = {key: each for labels in here.frame.labels.every for key, each in labels.own.items()}
    alone = own.get(f"{name}[{before + found.shift}]")
    if alone is None or not same_shape(alone.part.output, _at(found, before)):
        return found
    return replace(found, over=replace(over, first=before))


def _inside(found: Labelled, number: Size) -> Iterator[Size]:
    """The sizes that are at least 1 where a number is that of a pass."""
    over = _over(found)
    yield number - over.first + 1
    yield over.last - number + 1


def _check_number(here: Here, item: Tap, found: Labelled, number: Size) -> None:
    """Refuse a number that is none of the passes, as it is or in the first or last pass of a repeat around the tap."""
    numbers = [number]
    for over in (labels.over for labels in here.frame.labels.every if labels.over is not None):
        numbers += [_put(number, over.index, end) for end in (over.first, over.last)]
    for each in numbers:
        if any(isinstance(size, int) and size < 1 for size in map(plain, _inside(found, each))):
            raise _missing(item, found, each)


def _at(found: Labelled, number: Size) -> Shape:
    """The shape that a pass leaves."""
    sizes = [_put(plain(size), _over(found).index, number) for size in found.part.output.sizes]
    return Shape(sizes[0], tuple(sizes[1:]))


def _put(size: Size, index: Symbol, value: Size) -> Size:
    """A size with a value for an index."""

    def letter(each: Symbol | Named) -> Size:
        return value if each == index else each

    return plain(substitute(size, letter))


def _over(found: Labelled) -> Iterations:
    assert found.over is not None
    return found.over


def _missing(item: Tap, found: Labelled, number: Size) -> ArchitectureError:
    over, name = _over(found), item.label.name
    first, last, asked = (by_name(plain(each + found.shift)) for each in (over.first, over.last, number))
    message = f"no label @{name}[{asked}] is known here"
    hint = f"there are {name}[{first}] to {name}[{last}]"
    return ArchitectureError("unknown-label", message, span=item.written.span, hint=hint)
