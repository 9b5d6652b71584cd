"""What the rules of the grammar make: one function for each rule, called while the parser runs."""

from __future__ import annotations

from types import FunctionType, SimpleNamespace

from symcount.syntax.actions import links, parts, sizes


def rules() -> SimpleNamespace:
    """Return the functions under the names of the grammar's rules; ``list_`` is the rule ``list``."""
    return SimpleNamespace(
        **{
            name.rstrip("_"): made
            for module in (parts, sizes, links)
            for name, made in vars(module).items()
            if isinstance(made, FunctionType) and made.__module__ == module.__name__
        }
    )
