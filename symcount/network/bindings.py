"""Values given beside a text: ``n=28``, ``k=2*m``."""

from __future__ import annotations

from collections.abc import Mapping

from symcount.errors import ArchitectureError, Span
from symcount.syntax import parse, tree


def bound_values(bindings: Mapping[str, int | str]) -> dict[str, tree.Expression]:
    """Return the expression that each name is bound to.

    An error shows the binding itself as its source.
    """
    return {name: _bound(name, value) for name, value in bindings.items()}


def _bound(name: str, value: int | str) -> tree.Expression:
    if isinstance(value, int):
        return tree.Number(tree.NO_SPAN, int(value))
    given = f"{name}={value}"
    try:
        program = parse(f"let {given}")
    except ArchitectureError as error:
        raise _moved(error, given) from None
    match program.statements:
        case (tree.Let(name=bound, value=expression),) if bound == name:
            return expression
        case _:
            raise ArchitectureError("bad-binding", "a binding is a name, = and a size", hint="write n=28", source=given)


def _moved(error: ArchitectureError, given: str) -> ArchitectureError:
    """The error as a place in the binding, without the ``let`` that it was read with."""
    start, end = error.span or Span(0, 0)
    span = Span(max(0, start - len("let ")), max(1, end - len("let ")))
    return ArchitectureError(error.code, error.message, span=span, hint=error.hint, source=given)
