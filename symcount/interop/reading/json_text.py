"""Reads JSON that others wrote: exact numbers, bounded nesting, no name twice."""

from __future__ import annotations

import json
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from symcount.errors import ArchitectureError, Span

DEEPEST_JSON = 100
"""Brackets of JSON inside one another."""

LONGEST_NUMBER = 100
"""Characters of one number in JSON."""

_TEXT_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[{]|[\]}]', re.DOTALL)


def read_json(text: str, name: str) -> Any:
    """Return what a text of JSON says: whole numbers as ints, others as `Decimal`.

    Raises ``bad-file`` with the place where it is none.

    >>> read_json('{"d": 64, "ratio": 4.0}', "config.json")
    {'d': 64, 'ratio': Decimal('4.0')}
    """
    _check_nesting(text, name)
    try:
        return json.loads(
            text, parse_int=_whole, parse_float=_exact, parse_constant=_refused, object_pairs_hook=_named_once
        )
    except json.JSONDecodeError as error:
        span = Span(error.pos, error.pos + 1)
        raise ArchitectureError(
            "bad-file", f"{name} is not JSON: {_plain(error.msg)}", span=span, source=text
        ) from None
    except _NotReadError as error:
        raise ArchitectureError("bad-file", f"{name} is not read: {error}") from None


class _NotReadError(ValueError):
    """JSON that no description of a network needs."""


def _check_nesting(text: str, name: str) -> None:
    depth = 0
    for match in _TEXT_OR_BRACKET.finditer(text):
        if match[0] in "[{":
            depth += 1
            if depth > DEEPEST_JSON:
                message = f"{name} has brackets nested too deeply; at most {DEEPEST_JSON} are read"
                raise ArchitectureError("too-deep", message)
        elif match[0] in "]}":
            depth -= 1


def _whole(digits: str) -> int:
    _check_length(digits)
    return int(digits)


def _exact(digits: str) -> Decimal:
    _check_length(digits)
    try:
        return Decimal(digits)
    except InvalidOperation:
        raise _NotReadError(f"{digits} is no number that can be kept") from None


def _check_length(digits: str) -> None:
    if len(digits) > LONGEST_NUMBER:
        raise _NotReadError(f"a number of {len(digits):,} characters; at most {LONGEST_NUMBER} are read")


def _refused(word: str) -> Any:
    raise _NotReadError(f"{word} is no number of JSON")


def _named_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in found if names.count(name) > 1)
        raise _NotReadError(f"it says {twice!r} twice")
    return found


def _plain(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
