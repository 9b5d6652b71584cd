"""What the page in a browser asks, answered: a message of JSON in, a message of JSON out.

Bad input is an answer too, under ``error``. What cannot be answered without sympy says so under ``needs``: the page
then fetches it, and asks again.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib import import_module
from typing import Any

from symcount.errors import ArchitectureError
from symcount.playground.copies import copied
from symcount.playground.network import Asked
from symcount.playground.offers import offers, shipped
from symcount.playground.table import table
from symcount.playground.text import colours, mistake
from symcount.playground.written import comparison, derivation, formulas, picture

__all__ = ["answer"]

_ANSWERS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "table": lambda request: table(Asked.of(request)),
    "formula": lambda request: formulas(Asked.of(request)),
    "picture": lambda request: picture(Asked.of(request)),
    "derivation": lambda request: derivation(Asked.of(request)),
    "compare": lambda request: comparison(Asked.of(request), request["others"]),
    "copy": lambda request: copied(Asked.of(request), request["what"], request["medium"]),
    "colours": lambda request: {"colours": colours(request["text"])},
    "zoo": lambda request: shipped(request["name"]),
    "offers": lambda request: offers(),
}


def _instead(request: dict[str, Any], error: ArchitectureError) -> Any:
    """The network that was meant, where a text is in another notation; an error of none of its places is no such."""
    if request["ask"] != "table" or error.span is None:
        return None
    return import_module(f"{__name__}.elsewhere").read_instead(request["text"])


_ALGEBRA = ("sympy", "mpmath")


def answer(message: str) -> str:
    """Return the answer to a message, in which ``ask`` says what is asked.

    >>> answer('{"ask": "table", "text": "I784-H100-O10"}')[:32]
    '{"canonical": "I784-H100-O10", "'
    """
    return json.dumps(_answered(json.loads(message)))


def _answered(request: dict[str, Any]) -> dict[str, Any]:
    try:
        return _ANSWERS[request["ask"]](request)
    except ArchitectureError as error:
        return {"error": mistake(error, request.get("text", "")), "instead": _instead(request, error)}
    except ModuleNotFoundError as error:
        if error.name not in _ALGEBRA:
            raise
        return {"needs": "sympy"}
