"""Words that cannot be symbols: those with a meaning in arguments, and those that Python's form of a formula needs.

Formulas are printed as Python, so a symbol must be a name there too. Names of layers are free.
"""

from __future__ import annotations

from keyword import iskeyword

from symcount.errors import ArchitectureError, Span

RESERVED = frozenset(("on", "off", "valid", "same", "causal", "learned", "sin", "rope", "none", "qkv", "map"))
"""Words that an argument takes, such as ``p=same``: nothing may be bound to them."""

_OF_PYTHON = frozenset(("min", "max", "sum", "range", "__debug__"))
"""What a formula in Python calls, and what Python lets nobody bind: a symbol of that name would stand in the way."""

_INSTEAD = {"lambda": "lamda", "True": "on", "False": "off", "None": "none"}


def check_symbol(name: str, start: int) -> None:
    """Refuse a symbol that Python's form of a formula could not have: a keyword, or what the form itself calls."""
    check_no_keyword(name, start)
    if name in _OF_PYTHON:
        raise ArchitectureError(
            "reserved-word",
            f"{name!r} cannot be a symbol: formulas are printed as Python, where it has a meaning of its own",
            span=Span(start, start + len(name)),
            hint=f"take another name, such as {name.strip('_')}_",
        )


def check_no_keyword(name: str, start: int) -> None:
    """Refuse a name that is a keyword of Python."""
    if iskeyword(name):
        instead = _INSTEAD.get(name, f"{name}_")
        raise ArchitectureError(
            "python-keyword",
            f"{name!r} cannot be a symbol: formulas are printed as Python, where it is a keyword",
            span=Span(start, start + len(name)),
            hint=f"write {instead}",
        )


def check_bound(name: str, start: int) -> None:
    """Refuse a reserved word where a name is bound."""
    if name in RESERVED:
        raise ArchitectureError(
            "reserved-word",
            f"{name!r} is a word of the language, so nothing can be bound to it",
            span=Span(start, start + len(name)),
            hint=f"take another name, such as {name}_",
        )
