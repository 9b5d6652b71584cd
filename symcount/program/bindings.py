"""Bindings: the values that a caller gives to the symbols of a text, as in ``n=28`` or ``k=2*m``."""

from __future__ import annotations

from collections.abc import Mapping

from symcount.errors import ArchitectureError, Span
from symcount.program.scope import Meant
from symcount.syntax import MOST_DIGITS, TOO_LARGE, parse, tree


def merged(bindings: Mapping[str, int | str], values: Mapping[str, int | str]) -> dict[str, int | str]:
    """Return bindings with others over them; a bound symbol that is given as itself is open again.

    >>> merged({"n": 224, "o": 1000}, {"o": 10, "n": "n"})
    {'o': 10}
    """
    together = {**bindings, **values}
    return {name: value for name, value in together.items() if name not in bindings or value != name}


def bound_values(bindings: Mapping[str, int | str]) -> dict[str, Meant]:
    """Return what each name is bound to; an error shows the binding itself as its source."""
    return {name: _bound(name, value) for name, value in bindings.items()}


def _bound(name: str, value: int | str) -> Meant:
    if isinstance(value, int) and abs(value) >= TOO_LARGE:
        raise ArchitectureError("limit", f"{name} has more than {MOST_DIGITS} digits")
    given = f"{name}={value}"
    if isinstance(value, int):
        return Meant(tree.Number(Span(0, len(given)), int(value)), given)
    try:
        program = parse(f"{_LET}{given}")
    except ArchitectureError as error:
        span = error.span or Span(0, 0)
        moved = Span(max(0, span.start - len(_LET)), max(1, span.end - len(_LET)))
        raise ArchitectureError(error.code, error.message, span=moved, hint=error.hint, source=given) from None
    match program.statements:
        case (tree.Let(name=bound, value=expression),) if bound == name:
            itself = isinstance(expression, tree.Name) and expression.name == name
            return Meant(expression, f"{_LET}{given}", len(_LET), leaves_open=itself)
        case _:
            raise ArchitectureError("bad-binding", "a binding is a name, = and a size", hint="write n=28", source=given)


_LET = "let "
"""What is put before a binding to read it: as a ``let`` of the text."""
