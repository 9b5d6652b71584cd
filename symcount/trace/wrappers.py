"""Walks a block of layers after one of the names ``frozen``, ``bi`` and ``moe``."""

from __future__ import annotations

from symcount.arithmetic import Size, Term, by_name, is_number
from symcount.errors import ArchitectureError
from symcount.layers import Experts as Router
from symcount.layers import Recurrent, Shape
from symcount.program import Bidirectional as WrittenBidirectional
from symcount.program import Copies as WrittenCopies
from symcount.program import Frozen as WrittenFrozen
from symcount.program import Mixture as WrittenMixture
from symcount.program import evaluated
from symcount.records import replace
from symcount.trace.blocks import Bidirectional, Copies, Copy, Experts, Frozen, Mixture
from symcount.trace.context import Here
from symcount.trace.layer import layer_step
from symcount.trace.shape_equality import in_closed_form, plain, same_shape
from symcount.trace.steps import parts_of
from symcount.trace.walk import Walk


def frozen(walk: Walk, item: WrittenFrozen, here: Here) -> Frozen:
    """Walk layers whose parameters are not trained."""
    inside = here.deeper(item)
    parts, output = walk.inside(item.chain, replace(inside, frame=replace(inside.frame, frozen=True)))
    return Frozen(here.number, item, parts, here.shape or output, output)


def bidirectional(walk: Walk, item: WrittenBidirectional, here: Here) -> Bidirectional:
    """Walk a recurrent layer that runs in both directions."""
    shape = here.arrived(item)
    parts, output = walk.inside(item.chain, here.deeper(item))
    layers = [step.layer for part in parts for step in part.steps]
    is_once = all(is_number(each.times, 1) for part in parts for each in parts_of(part))
    if len(layers) != 1 or not isinstance(layers[0], Recurrent) or not is_once:
        message = "bi takes one recurrent layer, which it runs in both directions"
        raise ArchitectureError("not-recurrent", message, span=item.block_span, hint="write bi[LSTM(256)]")
    both = walk.named(Shape(2 * output.channels, output.axes), shape, here.number)
    return Bidirectional(here.number, item, parts, shape, both)


def copies(walk: Walk, item: WrittenCopies, here: Here) -> Copies:
    """Walk one of the copies of a block; what leaves has the channels of all of them."""
    shape = here.arrived(item)
    count = evaluated(item.count, here.place)
    if isinstance(count, Term):
        count = plain(count)
    if not isinstance(count, Size) or (isinstance(count, int) and count < 0):
        message = f"the number of copies is a whole number of at least 0, found {count}"
        raise ArchitectureError("bad-count", message, span=item.count.span)
    inside = here.deeper(item)
    place = replace(inside, number=(*here.number, 1))
    if count == 0:
        with walk.trial():  # only the axes that it would leave are of use
            _, output = walk.inside(item.chain, replace(place, frame=inside.frame.trial()))
        return Copies(here.number, item, (), shape, Shape(0, output.axes))
    parts, output = walk.inside(item.chain, place)
    every = walk.named(Shape(count * output.channels, output.axes), shape, here.number)
    return Copies(here.number, item, (Copy(place.number, item.chain, parts, shape, output, count=count),), shape, every)


def mixture(walk: Walk, item: WrittenMixture, here: Here) -> Mixture:
    """Walk the router of a mixture of experts, and one of its experts."""
    shape = here.arrived(item)
    inside = here.deeper(item)
    router = layer_step(walk, item.router, replace(inside, number=(*here.number, 1)))
    place = replace(inside.deeper(item), number=(*here.number, 2))
    parts, output = walk.inside(item.chain, place)
    if not same_shape(output, shape, walk.closings):
        given, taken = in_closed_form(output), in_closed_form(shape)
        message = f"the experts of a moe leave {given}, but {taken} arrives: what they give is added up"
        raise ArchitectureError("branches-differ", message, span=item.block_span)
    layer = router.layer
    assert isinstance(layer, Router)
    experts = Experts(
        place.number,
        item,
        parts,
        shape,
        shape,
        notes=(f"each token meets {by_name(layer.top)} of {by_name(layer.experts)} experts",),
        copies=layer.experts + layer.shared,
        active=layer.top + layer.shared,
    )
    return Mixture(here.number, item, (router, experts), shape, shape)
