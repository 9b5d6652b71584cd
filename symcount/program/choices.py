"""Choices: the values that ``let f in [16,32,64]`` leaves a size to choose among, which makes a text a search space."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symcount.arithmetic import Term, by_name
from symcount.errors import ArchitectureError
from symcount.program.scope import Place, ProgramScope
from symcount.program.values import evaluated
from symcount.syntax import text, tree

MOST_OPTIONS = 10_000
"""The most values of one choice."""

_MOST_SHOWN = 8
"""The most values that a message lists."""


def options_of(choice: tree.Choice, scope: ProgramScope) -> tuple[int, ...]:
    """Return the values of a choice in their order: whole numbers of at least 0, each once."""
    found = tuple(_values(choice, scope))
    if not found:
        raise ArchitectureError("bad-choice", f"{choice.name} has nothing to choose among", span=choice.values.span)
    if len({*found}) < len(found):
        twice = next(value for place, value in enumerate(found) if value in found[:place])
        raise ArchitectureError("bad-choice", f"{choice.name} has the value {twice} twice", span=choice.values.span)
    return found


def _values(choice: tree.Choice, scope: ProgramScope) -> Iterator[int]:
    if isinstance(choice.values, tree.Range):
        first, last = (_whole(each, scope) for each in (choice.values.first, choice.values.last))
        if last - first >= MOST_OPTIONS:
            message = f"{choice.name} has more than {MOST_OPTIONS:,} values"
            raise ArchitectureError("limit", message, span=choice.values.span)
        yield from range(first, last + 1)
    else:
        yield from (_whole(each, scope) for each in choice.values.items)


def _whole(value: tree.Value, scope: ProgramScope) -> int:
    found = evaluated(value, Place(scope))
    if isinstance(found, int) and found >= 0:
        return found
    shown = by_name(found) if isinstance(found, Term) else text(value)
    hint = "a choice of layers is pick(op){A|B|C}, with let op in 1..3"
    raise ArchitectureError("bad-choice", f"a choice is among whole numbers, found {shown}", span=value.span, hint=hint)


def check_chosen(name: str, value: object, options: Sequence[int], choice: tree.Choice, source: str) -> None:
    """Refuse a value for a choice that is none of its own, and show where the text says so."""
    if isinstance(value, int) and value in options:
        return
    among = ", ".join(map(str, options[:_MOST_SHOWN])) + ("" if len(options) <= _MOST_SHOWN else ", …")
    found = by_name(value) if isinstance(value, Term) else value
    message = f"{name} is one of {among}, found {found}"
    raise ArchitectureError("not-a-choice", message, span=choice.span, source=source)
