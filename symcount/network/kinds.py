"""Which layer kind a name in the text means, digits glued to it included; the nearest one where it means none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from symcount.errors import ArchitectureError
from symcount.layers import KINDS, Layer, Value, kind_called, kind_near
from symcount.syntax import tree
from symcount.syntax.limits import check_digits

_GLUED = re.compile(r"([A-Za-z_]+?)([0-9]+(?:x[0-9]+)*)")


@dataclass(frozen=True, slots=True)
class Meaning:
    """A layer kind, and the first argument that is glued to its name."""

    kind: type[Layer]
    glued: tuple[Value, ...]


def meaning(call: tree.Call) -> Meaning:
    """Return what the name of a link means: a token, an alias, or either with digits glued to it."""
    kind = kind_called(call.name)
    if kind is not None:
        return Meaning(kind, ())
    match = _GLUED.fullmatch(call.name)
    kind = kind_called(match[1]) if match else None
    if match is None or kind is None:
        raise _unknown(call, match[1] if match else call.name, match[2] if match else "")
    numbers = tuple(_glued_numbers(match[2], call.name_span.start + match.start(2)))
    return Meaning(kind, (numbers[0] if len(numbers) == 1 else numbers,))


def _glued_numbers(digits: str, start: int) -> Iterator[int]:
    for number in digits.split("x"):
        check_digits(number, start)
        yield int(number)
        start += len(number) + 1


def _unknown(call: tree.Call, word: str, digits: str) -> ArchitectureError:
    hint = _intended(call.name, word, digits) or "symcount layers lists every kind"
    return ArchitectureError("unknown-layer", f"no layer is called {call.name!r}", span=call.name_span, hint=hint)


def _intended(name: str, word: str, digits: str) -> str | None:
    same = next((token for token in KINDS if token.lower() == word.lower()), None)
    if same is not None:
        return f"did you mean {same}{digits}?"
    if word[0] in KINDS and 1 < len(name) <= 3 and name[1:].islower():
        return f"write {word[0]}({name[1:]}) for a size that is a symbol"
    close = kind_near(word)
    return f"did you mean {close}{digits}?" if close else None
