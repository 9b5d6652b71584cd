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
def parted(name: str) -> tuple[str, str]:
    """Part a name from the digits that are glued to it.

    >>> parted("P1x2"), parted("relu")
    (('P', '1x2'), ('relu', ''))
    """
    match = _GLUED.fullmatch(name)
    return (match[1], match[2]) if match else (name, "")


def glued_values(call: tree.Call) -> tuple[Value, ...]:
    """Return the first argument of a link whose name has digits glued to it: of ``P1x2`` it is (1, 2)."""
    word, digits = parted(call.name)
    start = call.name_span.start + len(word)
    for each in re.finditer("[0-9]+", digits):
        check_digits(each[0], start + each.start())
    numbers = tuple(int(each) for each in digits.split("x") if each)
    return numbers if len(numbers) < 2 else (numbers,)


def kind_named(name: str) -> type[Layer] | None:
    """Return the kind that a name means, with or without glued digits."""
    return kind_called(name) or kind_called(parted(name)[0])


def meaning(call: tree.Call, macros: Iterable[str] = ()) -> Meaning:
    """Return what the name of a link means: a token, an alias, or either with digits glued to it."""
    kind = kind_called(call.name)
    if kind is not None:
        return Meaning(kind, ())
    word, digits = parted(call.name)
    kind = kind_called(word)
    if kind is None:
        raise _unknown(call, word, digits, macros)
    return Meaning(kind, glued_values(call))


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
