"""Which layer kind a name in the text means, digits glued to it included; the nearest one where it means none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from symcount.errors import ArchitectureError, near
from symcount.layers import KINDS, Layer, Value, kind_called, kind_near
from symcount.records import record
from symcount.syntax import tree
from symcount.syntax.limits import check_digits

_GLUED = re.compile(r"([A-Za-z_]\w*?)([0-9]+(?:x[0-9]+)*)")


@record
class Meaning:
    """A layer kind, and the first argument that is glued to its name."""

    kind: type[Layer]
    glued: tuple[Value, ...]


@lru_cache(4096)
def parted(name: str) -> tuple[str, tuple[Value, ...]]:
    """Part a name from the digits that are glued to it: ``P1x2`` is P and (1, 2).

    >>> parted("H256"), parted("relu")
    (('H', (256,)), ('relu', ()))
    """
    match = _GLUED.fullmatch(name)
    if match is None:
        return name, ()
    numbers = tuple(int(digits) for digits in match[2].split("x"))
    return match[1], (numbers[0] if len(numbers) == 1 else numbers,)


def kind_named(name: str) -> type[Layer] | None:
    """Return the kind that a name means, with or without glued digits."""
    return kind_called(name) or kind_called(parted(name)[0])


def meaning(call: tree.Call, macros: Iterable[str] = ()) -> Meaning:
    """Return what the name of a link means: a token, an alias, or either with digits glued to it."""
    kind = kind_called(call.name)
    if kind is not None:
        return Meaning(kind, ())
    word, glued = parted(call.name)
    kind = kind_called(word)
    if kind is None:
        raise _unknown(call, word, call.name[len(word) :], macros)
    start = call.name_span.start + len(word)
    for digits in re.finditer("[0-9]+", call.name[len(word) :]):
        check_digits(digits[0], start + digits.start())
    return Meaning(kind, glued)


def _unknown(call: tree.Call, word: str, digits: str, macros: Iterable[str]) -> ArchitectureError:
    hint = _intended(call.name, word, digits, macros) or "symcount layers lists every kind"
    return ArchitectureError("unknown-layer", f"no layer is called {call.name!r}", span=call.name_span, hint=hint)


def _intended(name: str, word: str, digits: str, macros: Iterable[str]) -> str | None:
    same = next((token for token in KINDS if token.lower() == word.lower()), None)
    if same is not None:
        return f"did you mean {same}{digits}?"
    if word[0] in KINDS and 1 < len(name) <= 3 and name[1:].islower():
        return f"write {word[0]}({name[1:]}) for a size that is a symbol"
    close = near(word, macros) or kind_near(word)
    return f"did you mean {close}{digits}?" if close else None
