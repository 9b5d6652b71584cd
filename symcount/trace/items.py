"""Chooses the function that walks an item, for every kind of item that a program has."""

from __future__ import annotations

from symcount.arithmetic import Size
from symcount.errors import ArchitectureError
from symcount.program import (
    Again,
    Bidirectional,
    BodyCall,
    Branches,
    Chain,
    Copies,
    Frozen,
    Group,
    Item,
    Joined,
    Labelled,
    LayerCall,
    MacroCall,
    Maybe,
    Mixture,
    Picked,
    Program,
    Repeat,
    Tap,
)
from symcount.records import replace
from symcount.trace.blocks import Group as GroupBlock
from symcount.trace.blocks import Shared
from symcount.trace.context import Here
from symcount.trace.context import Labelled as Named
from symcount.trace.layer import layer_step
from symcount.trace.macros import body, macro_block
from symcount.trace.merging import branch, branches, joined
from symcount.trace.optional import optional
from symcount.trace.picking import picked
from symcount.trace.repeats import repeat
from symcount.trace.steps import Part
from symcount.trace.taps import tap
from symcount.trace.walk import Visit, Walk, same_weights
from symcount.trace.wrappers import bidirectional, copies, frozen, mixture


def visitor(program: Program) -> Visit:
    """Return the function that walks an item of a program, or a branch."""

    def visit(walk: Walk, item: Item | Chain, here: Here) -> Part:
        match item:
            case LayerCall():
                return layer_step(walk, item, here)
            case MacroCall(name=name):
                return macro_block(walk, item, program.macros[name], here)
            case BodyCall():
                return body(walk, item, here)
            case Group():
                return _group(walk, item, here)
            case Joined():
                return joined(walk, item, here)
            case Picked():
                return picked(walk, item, here)
            case Branches():
                return branches(walk, item, here)
            case Chain():
                return branch(walk, item, here)
            case Repeat():
                return repeat(walk, item, here)
            case Maybe():
                return optional(walk, item, here)
            case Tap():
                return tap(walk, item, here)
            case Again():
                return _again(walk, item, here)
            case Labelled():
                return _labelled(walk, item, here)
            case Frozen():
                return frozen(walk, item, here)
            case Bidirectional():
                return bidirectional(walk, item, here)
            case Copies():
                return copies(walk, item, here)
            case Mixture():
                return mixture(walk, item, here)

    return visit


def _group(walk: Walk, item: Group, here: Here) -> GroupBlock:
    parts, output = walk.inside(item.chain, here.deeper(item))
    return GroupBlock(here.number, item, parts, here.shape or output, output)


def _labelled(walk: Walk, item: Labelled, here: Here) -> Part:
    """An item under its label; under several, each names the part that is kept."""
    written = [item]
    while isinstance(inner := written[-1].item, Labelled):
        written.append(inner)
    part = replace(walk.item(inner, here), label=here.name(item.label))
    for each in reversed(written):
        here.add(each.label, Named(part, inner, here.frame), each.written)
    return part


def _again(walk: Walk, item: Again, here: Here) -> Shared:
    """Walk labelled layers again, for ``&blk``: the weights that they need must be those that they have."""
    shape = here.arrived(item)
    first = here.labelled(item.label, item.written)
    frame = replace(first.frame, shared=True, depth=here.frame.depth + 1)
    part = walk.item(first.item, replace(here, frame=frame))
    before, after = _weights(first.part), _weights(part)
    if len(before) != len(after) or not same_weights(walk, before, after):
        message = f"&{here.name(item.label)} would need other weights: {first.part.input} arrived there, {shape} here"
        raise ArchitectureError("other-weights", message, span=item.span)
    return Shared(here.number, item, (part,), shape, part.output, source=first.part)


def _weights(part: Part) -> list[Size]:
    return [step.layer.parameters(step.input) for step in part.steps]
