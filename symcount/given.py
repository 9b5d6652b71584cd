"""What is given to the face: values for symbols, and one text or several."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from operator import index

from symcount.counts import Bindings
from symcount.errors import ArchitectureError


def several(given: str | Iterable[str]) -> tuple[str, ...]:
    """Return the texts that are given, of which there may be one."""
    return (given,) if isinstance(given, str) else tuple(given)


def values_of(values: Bindings) -> Bindings:
    """Return the values as ints, or as expressions in text: a float or a truth value is no size."""
    return {_symbol(name): _value(name, value) for name, value in values.items()}


def _symbol(name: object) -> str:
    if isinstance(name, str):
        return name
    raise ArchitectureError("bad-binding", f"a symbol is called by its name as text, found {name!r}")


def _value(name: str, value: object) -> int | str:
    """An int of any library's, or text; sympy's True is none of these, nor numpy's."""
    if isinstance(value, str):
        return value
    if not isinstance(value, bool) and hasattr(value, "__index__"):
        with suppress(TypeError):
            return index(value)
    hint = f"write {name}={int(value)}" if isinstance(value, float) and value.is_integer() else None
    raise ArchitectureError("bad-binding", f"{name} is an int, or an expression as text, found {value!r}", hint=hint)
