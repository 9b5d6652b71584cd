"""Walks the layers of a macro where it is called, and the block of layers that a call gives it."""

from __future__ import annotations

from symcount.errors import ArchitectureError
from symcount.layers import Value
from symcount.program import BodyCall, InnerScope, Macro, MacroCall, Place, Scope, evaluated
from symcount.records import replace
from symcount.syntax import tree
from symcount.trace.blocks import Body, MacroBlock
from symcount.trace.context import Here, Labelled, Labels
from symcount.trace.walk import Walk


def macro_block(walk: Walk, call: MacroCall, macro: Macro, here: Here) -> MacroBlock:
    """Walk the layers of a macro."""
    frame = here.frame
    if macro.name in frame.calls:
        circle = " → ".join((*frame.calls[frame.calls.index(macro.name) :], macro.name))
        message = f"{macro.name} is defined by itself: {circle}"
        raise ArchitectureError("recursive", message, span=call.span, hint="a repeat is written as [...]*count")
    given = _parameters(walk, call, macro, here.place)
    within = replace(
        frame.deeper(call),
        scope=InnerScope(_around(walk, macro), given),
        labels=frame.labels if macro.leaves_labels else Labels(own=_labels(call, here)),
        calls=(*frame.calls, macro.name),
        body=None if call.block is None else (call.block, frame),
    )
    try:
        parts, output = walk.inside(macro.body, replace(here, frame=within))
    except ArchitectureError as error:
        raise error.within(macro.source).called(call.span, call.source, macro.name) from None
    return MacroBlock(here.number, call, parts, here.shape or output, output, macro=macro.name, given=given)


def _around(walk: Walk, macro: Macro) -> Scope:
    """The names that a macro sees besides its parameters: those of its own text."""
    return InnerScope(walk.scope, macro.around) if macro.around else walk.scope


def _labels(call: MacroCall, here: Here) -> dict[str, Labelled]:
    """The labels that a call gives, each under the name of its parameter: ``@a`` in ``def cell(a) = …``."""
    references = ((name, value) for name, value in call.arguments.items() if isinstance(value, tree.Reference))
    return {name: here.labelled(value.label, value) for name, value in references}


def _parameters(walk: Walk, call: MacroCall, macro: Macro, place: Place) -> dict[str, Value]:
    """The values of a macro's parameters in one call; a default may use those before it, and ``cin``."""
    values: dict[str, Value] = {name: evaluated(value, place) for name, value in call.arguments.items()}
    scope = InnerScope(_around(walk, macro), values)
    for name, default in macro.parameters.items():
        if name not in values and default is not None:
            values[name] = evaluated(default, Place(scope, place.channels))
    return values


def body(walk: Walk, call: BodyCall, here: Here) -> Body:
    """Walk the block given to the macro that is being called, in the scope of the call; nothing where none was."""
    shape = here.arrived(call)
    if here.frame.body is None:
        return Body(here.number, call, (), shape, shape)
    block, caller = here.frame.body
    frame = here.frame
    within = replace(caller, depth=frame.depth, shared=frame.shared, frozen=frame.frozen)
    part = walk.item(block, replace(here, frame=within))
    return Body(here.number, call, (part,), shape, part.output)
