"""The names on a page: short for the sizes on the way, and none that looks like another."""

from __future__ import annotations

from collections.abc import Iterable

from symcount.arithmetic.notation import Notation, called, told_apart
from symcount.counts import Count
from symcount.records import replace
from symcount.render.medium import Medium


def notation_for(count: Count, notation: Notation, others: Iterable[str] = ()) -> Notation:
    """Return a notation for a page about a network, on which ``others`` are names too."""
    on_page = (*count.trace.symbols, *count.names.values(), *others)
    return called(told_apart(notation, on_page), count.names)


def medium_for(count: Count, kind: Medium, others: Iterable[str] = ()) -> Medium:
    """Return a medium for a page about a network."""
    return replace(kind, notation=notation_for(count, kind.notation, others))
