"""Walks one layer: gives its arguments their values, and checks that it can take the shape that arrives."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from symcount.arithmetic import InexactRatioError, by_name
from symcount.errors import ArchitectureError
from symcount.layers import Constraint, Divisible, Equal, Input, Layer, LayerError, Shape, TiedWeights
from symcount.program import LayerCall
from symcount.trace.context import TWO_INPUTS, Here
from symcount.trace.required import Required
from symcount.trace.shape_equality import all_agree, in_closed_form
from symcount.trace.steps import Step
from symcount.trace.walk import Walk


def layer_step(walk: Walk, call: LayerCall, here: Here) -> Step:
    """Return the step of one layer: its shapes, its notes and the tensors that it takes."""
    walk.meet(call)
    try:
        return _input(walk, call, here) if call.kind is Input else _step(walk, call, here)
    except LayerError as error:
        raise call.placed(error) from None


def _input(walk: Walk, call: LayerCall, here: Here) -> Step:
    if here.shape is not None or here.frame.depth:
        hint = TWO_INPUTS if here.frame.depth else None
        raise ArchitectureError("input", "the input stands first, and only there", span=call.span, hint=hint)
    layer = call.layer(here.place, 0)
    walk.before = None
    output = walk.start or layer.output(Shape(0))
    return Step(call, here.number, layer, output, output, _notes(call, here, layer, output))


def _step(walk: Walk, call: LayerCall, here: Here) -> Step:
    arriving = here.arrived(call)
    layer = call.layer(here.place, arriving.rank)
    if here.frame.frozen:
        layer = layer.with_values(frozen=1)
    if walk.alter is not None:
        layer, arriving = walk.alter(call, layer, arriving)
    try:
        for constraint in _constraints(walk, layer, arriving):
            _check(walk, constraint, call)
        output = layer.output(arriving)
    except LayerError:
        with suppress(InexactRatioError):  # what does not divide was told of the sizes themselves
            _ = layer.output(in_closed_form(arriving))  # says the same of sizes that a reader knows
        raise
    walk.check(output, call, call.name, arriving)
    named = walk.named(output, arriving, here.number)
    notes = (*_notes(call, here, layer, arriving), *_notes_here(walk, call, here, layer))
    step = Step(call, here.number, layer, arriving, named, notes, here.taken(call), here.frame.shared)
    if named != arriving or layer.learns:
        walk.before = step
    return step


def _notes(call: LayerCall, here: Here, layer: Layer, x: Shape) -> tuple[str, ...]:
    place = "" if len(here.number) == 1 else f" ({'.'.join(map(str, here.number))})"
    return tuple(note.format(f"{call.name}{place}") for note in layer.notes(x))


def _notes_here(walk: Walk, call: LayerCall, here: Here, layer: Layer) -> Iterator[str]:
    """What a reader would want to know of a layer because of its place, or of the convention."""
    yield from call.settled(here.place)
    if walk.before is not None and here.shape is not None and walk.before.output == here.shape:
        for note in layer.notes_behind(walk.before.layer, here.shape):
            yield note.format(call.name)


def _constraints(walk: Walk, layer: Layer, x: Shape) -> Iterator[Constraint]:
    yield from layer.constraints(x)
    if walk.exact:
        yield from layer.exact_constraints(x)


def _check(walk: Walk, constraint: Constraint, call: LayerCall) -> None:
    match constraint:
        case Divisible(int() as divisor, int() as dividend, name, of, hint):
            if dividend % divisor:
                message = f"{name} (={divisor}) does not divide {of} (={dividend})"
                raise LayerError("not-divisible", message, hint=hint, argument=name)
        case Equal(int() as left, int() as right, name, of):
            if left != right:
                raise LayerError("not-equal", f"{name} are {left}, {of} {right}")
        case Divisible(divisor=1):
            pass
        case TiedWeights():
            _check_shared(walk, constraint, call)
        case _:
            walk.required.append(Required(constraint, call))


def _check_shared(walk: Walk, constraint: TiedWeights, call: LayerCall) -> None:
    """Check that tied weights have the same shape, perhaps transposed; require it of the symbols where undecided."""
    lent, needed = constraint.lent, constraint.needed
    same, turned = (all_agree(lent, each) for each in (needed, needed[::-1]))
    if same is False and turned is False:
        sizes = (by_name(size) for size in (*lent, *needed))
        message = "tied weights differ: @{} lends {}×{}, this layer needs {}×{}".format(constraint.label, *sizes)
        raise LayerError("tied-weights", message, argument="tied")
    if not (same or turned):
        of = f"those that @{constraint.label} lends"
        chosen = needed if same is None else needed[::-1]
        same_sizes = (Equal(one, two, "tied weights", of) for one, two in zip(chosen, lent, strict=True))
        walk.required.extend(Required(each, call) for each in same_sizes)
