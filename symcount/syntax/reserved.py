"""Words that cannot be symbols: those with a meaning in arguments, and Python's own.

Formulas are printed as Python, so a symbol must be a name there too. Names of layers are free.
"""

from __future__ import annotations

from keyword import iskeyword

from symcount.errors import ArchitectureError, Span

RESERVED = frozenset(("on", "off", "valid", "same", "causal", "learned", "sin", "rope", "none", "qkv", "map"))
"""Words that an argument takes, such as ``p=same``: nothing may be bound to them."""

_INSTEAD = {"lambda": "lamda", "True": "on", "False": "off", "None": "none"}


def check_symbol(name: str, start: int) -> None:
    """Refuse a symbol that is a keyword of Python."""
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
