"""What is copied from the page: formula, table, derivation and question, each in the media that it has."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from symcount.architecture import Architecture
from symcount.errors import ArchitectureError
from symcount.playground.network import Asked
from symcount.playground.written import solution
from symcount.render.code import LANGUAGES
from symcount.render.count import count_text
from symcount.render.count_json import count_json
from symcount.render.media import media_for
from symcount.render.view import View


def _table(asked: Asked, medium: str) -> str:
    count, view = asked.given, View(asked.names, depth=asked.depth)
    return _dumped(count_json(count, view)) if medium == "json" else count_text(count, medium, view)


def _each_formula(asked: Asked, medium: str) -> str:
    net = Architecture.of_count(asked.open)
    found = [net.formula(name) for name in asked.names]
    if medium == "json":
        return _dumped([each.data() for each in found] if len(found) > 1 else found[0].data())
    return "\n\n".join(each.to(medium) for each in found)


def _sheet(sheet: str) -> Callable[[Asked, str], str]:
    return lambda asked, medium: str(solution(asked).to(medium, sheet=sheet))


def _dumped(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2)


_COPIES: dict[str, tuple[Callable[[Asked, str], str], tuple[str, ...]]] = {
    "formula": (_each_formula, (*media_for("formula"), *LANGUAGES, "json")),
    "table": (_table, (*media_for("table"), "json")),
    "derivation": (_sheet("solution"), (*media_for("page"), "json")),
    "exam question": (_sheet("question"), media_for("page")),
}
"""What can be copied: what writes it, and the media that it is written in."""


def copies() -> dict[str, tuple[str, ...]]:
    """Return what can be copied, each with its media."""
    return {what: media for what, (_, media) in _COPIES.items()}


def copied(asked: Asked, what: str, medium: str) -> dict[str, Any]:
    """Return a piece of the page in a medium."""
    write, media = _COPIES.get(what, (_each_formula, ()))
    if medium not in media:
        raise ArchitectureError(
            "bad-medium", f"no {what} is written in {medium}", hint=f"there are: {', '.join(media)}"
        )
    return {"text": write(asked, medium).rstrip("\n") + "\n"}
