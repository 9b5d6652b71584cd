"""Calls of macros, and of the block given to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symcount.errors import ArchitectureError, near
from symcount.layers import Shape, Value
from symcount.network import InnerScope, Macro, Place, evaluated, evaluated_arguments, glued_values, parted
from symcount.records import replace
from symcount.syntax import tree
from symcount.trace.frame import Frame, Labels
from symcount.trace.steps import Block
from symcount.trace.wrappers import wrapped

if TYPE_CHECKING:
    from symcount.trace.walk import Walk


def called(walk: Walk, call: tree.Call, shape: Shape | None, frame: Frame, number: tuple[int, ...]) -> Block | None:
    """Walk a macro, its given block or a wrapper; None where the call is a layer."""
    if call.name == "body" and frame.calls:
        return _body(walk, call, walk.arrived(call, shape), frame, number)
    macro = walk.network.macro(call.name)
    glued: tuple[Value, ...] = ()
    if macro is None and parted(call.name)[1]:
        macro = walk.network.macro(parted(call.name)[0])
        glued = glued_values(call) if macro else ()
    if macro is not None:
        return _macro(walk, call, macro, glued, shape, frame, number)
    return wrapped(walk, call, shape, frame, number)


def _macro(
    walk: Walk,
    call: tree.Call,
    macro: Macro,
    glued: tuple[Value, ...],
    shape: Shape | None,
    frame: Frame,
    number: tuple[int, ...],
) -> Block:
    name = macro.definition.name
    if name in frame.calls:
        circle = " → ".join((*frame.calls[frame.calls.index(name) :], name))
        message = f"{name} is defined by itself: {circle}"
        raise ArchitectureError("recursive", message, span=call.span, hint="a repeat is written as [...]*count")
    scope = _parameters(walk, call, macro, glued, frame.place(shape))
    within = replace(
        frame.inside(number, call),
        scope=scope,
        source=macro.source,
        labels=Labels(),
        calls=(*frame.calls, name),
        body=None if call.block is None else (call.block, frame),
    )
    try:
        parts, output = walk.inner(macro.definition.body, shape, within)
    except ArchitectureError as error:
        raise error.within(macro.source).called(call.span, frame.source, name) from None
    return Block(name, number, call, parts, output if shape is None else shape, output)


def _parameters(walk: Walk, call: tree.Call, macro: Macro, glued: tuple[Value, ...], place: Place) -> InnerScope:
    """The parameters of a call; a default may use those before it, and ``cin``."""
    definition = macro.definition
    by_place, named = evaluated_arguments(call.arguments, place)
    positional = (*glued, *by_place)
    names = [parameter.name for parameter in definition.parameters]
    if len(positional) > len(names):
        takes = f"at most {len(names)} ({', '.join(names)})" if names else "none"
        message = f"{definition.name} takes {takes}, found {len(positional)}"
        raise ArchitectureError("too-many-arguments", message, span=call.span)
    values = dict(zip(names, positional, strict=False))
    for name, value in named.items():
        if name not in names:
            close = near(name, names)
            hint = f"did you mean {close}?" if close else f"it takes {', '.join(names) or 'none'}"
            message = f"{definition.name} has no parameter {name!r}"
            raise ArchitectureError("unknown-argument", message, span=call.span, hint=hint)
        if name in values:
            raise ArchitectureError("twice", f"{definition.name}: {name} is given twice", span=call.span)
        values[name] = value
    scope = InnerScope(walk.program, values)
    for parameter in definition.parameters:
        if parameter.name in values:
            continue
        if parameter.default is None:
            message = f"{definition.name} needs a value for {parameter.name}"
            hint = f"def {definition.name}({', '.join(names)}) has no default for it"
            raise ArchitectureError("missing-argument", message, span=call.span, hint=hint)
        values[parameter.name] = evaluated(parameter.default, Place(scope, place.channels))
    return scope


def _body(walk: Walk, call: tree.Call, shape: Shape, frame: Frame, number: tuple[int, ...]) -> Block:
    """The block given to the macro that is being called, in the scope of the call; nothing where none was."""
    if frame.body is None:
        return Block("body", number, call, (), shape, shape)
    block, caller = frame.body
    within = replace(caller, depth=frame.depth, shared=frame.shared, frozen=frame.frozen)
    part = walk.item(block, shape, within, number)
    return Block("body", number, call, (part,), shape, part.output)
