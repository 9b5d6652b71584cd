"""Walks the layers of a macro where it is called, and the block of layers that a call gives it."""

from __future__ import annotations

from symcount.errors import ArchitectureError
from symcount.layers import Value
from symcount.program import BodyCall, InnerScope, Macro, MacroCall, Place, Scope, evaluated
from symcount.records import replace
from symcount.syntax import tree
from symcount.trace.blocks import Body, MacroBlock
from symcount.trace.context import Call, Frame, Here, Labelled, Labels
from symcount.trace.walk import Walk


def macro_block(walk: Walk, call: MacroCall, macro: Macro, here: Here) -> MacroBlock:
    """Walk the layers of a macro."""
    frame = here.frame
    given = _parameters(walk, call, macro, here.place)
    called = Call(macro.name, tuple((name, size) for name, size in given.items() if isinstance(size, int)))
    _check_ends(walk, call, called, frame)
    within = replace(
        frame.deeper(call),
        scope=InnerScope(_around(walk, macro), given),
        labels=frame.labels if macro.leaves_labels else Labels(own=_labels(call, here)),
        calls=(*frame.calls, called),
        body=None if call.block is None else (call.block, frame),
    )
    try:
        parts, output = walk.inside(macro.body, replace(here, frame=within))
    except ArchitectureError as error:
        raise error.within(macro.source).called(call.span, call.source, macro.name) from None
    return MacroBlock(here.number, call, parts, here.shape or output, output, macro=macro.name, given=given)


def _check_ends(walk: Walk, call: MacroCall, called: Call, frame: Frame) -> None:
    """Refuse a call inside a call of the same macro, unless it is given a whole number from 0 on that is smaller."""
    around = [place for place, each in enumerate(frame.calls) if each.macro == called.macro]
    if not around:
        return
    walk.meet(call)
    before = dict(frame.calls[around[-1]].given)
    if any(0 <= size < before.get(name, 0) for name, size in called.given):
        return
    circle = " → ".join(each.macro for each in (*frame.calls[around[-1] :], called))
    message = f"{called.macro} is defined by itself: {circle}"
    hint = "a repeat is written as [...]*count; a macro that calls itself gives itself a smaller number, [f(n-1)]*(n>1)"
    raise ArchitectureError("recursive", message, span=call.span, hint=hint)


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
