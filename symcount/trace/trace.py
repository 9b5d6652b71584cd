"""Walks a whole network: its chains one after another, each from its own input or from a label."""

from __future__ import annotations

from collections.abc import Mapping

from symcount.errors import ArchitectureError
from symcount.layers import TEXTBOOK, Convention, Shape
from symcount.program import Meant, Program, ProgramScope, is_input
from symcount.records import replace
from symcount.trace.context import Frame, Here, Labels
from symcount.trace.items import visitor
from symcount.trace.record import Trace
from symcount.trace.smallest import smallest_axes
from symcount.trace.steps import Part
from symcount.trace.walk import Alter, TooSmallError, Walk


def traced(
    program: Program,
    bindings: Mapping[str, Meant],
    *,
    exact: bool = False,
    convention: Convention = TEXTBOOK,
    alter: Alter | None = None,
) -> Trace:
    """Walk a program; ``exact`` refuses windows that do not fit without a rest, ``alter`` walks other layers."""
    scope = program.scope(bindings, convention)
    try:
        trace = _walked(program, scope, exact=exact, alter=alter)
    except TooSmallError as error:
        smallest = None if alter else _smallest_input(program, bindings)
        hint = smallest and f"the smallest input that would do is {smallest}"
        raise error.hinted(hint).within(program.source) from None
    except ArchitectureError as error:
        raise error.within(program.source) from None
    stray = scope.unused(bindings)
    if stray is not None:
        raise stray
    return trace


def _walked(
    program: Program, scope: ProgramScope, *, exact: bool, start: Shape | None = None, alter: Alter | None = None
) -> Trace:
    """Walk every chain; the output is that of the one labelled ``@out``, else of the last."""
    walk = Walk(scope, visitor(program), exact=exact, start=start, alter=alter)
    frame = Frame(scope, Labels())
    parts: list[Part] = []
    number = 0
    for chain in program.chains:
        here = Here(None, frame)
        for item in chain.items:
            number = number if is_input(item.written) else number + 1
            is_end = item is chain.items[-1] and (chain is not program.chains[-1] or "out" in frame.labels.own)
            at = replace(here, number=(0 if is_input(item.written) else number,), is_end=is_end)
            try:
                parts.append(walk.item(item, at))
            except ArchitectureError as error:
                raise error.naming(walk.unknowns) from None
            here = replace(here, shape=parts[-1].output)
    out = frame.labels.own.get("out")
    output = out.part.output if out else parts[-1].output
    return Trace(tuple(parts), output, scope.symbols, tuple(walk.required))


def _smallest_input(program: Program, bindings: Mapping[str, Meant]) -> str | None:
    """The smallest input that is large enough, as one writes it; None where there are several inputs or none fits."""

    def walked(start: Shape) -> Trace | None:
        try:
            return _walked(program, program.scope(bindings), exact=False, start=start)
        except TooSmallError:
            return None

    if len(program.chains) > 1 or not is_input(program.chains[0].items[0].written):
        return None
    try:
        given = _first(program, bindings)
        found = smallest_axes(given, walked)
    except ArchitectureError:
        return None
    return None if found is None else "×".join(map(str, found))


def _first(program: Program, bindings: Mapping[str, Meant]) -> Shape:
    """The shape of the first input."""
    scope = program.scope(bindings)
    walk = Walk(scope, visitor(program), exact=False)
    return walk.item(program.chains[0].items[0], Here(None, Frame(scope, Labels()), (0,))).output
