"""Notes for a reader, each said once: one line names all the places where the same happens."""

from __future__ import annotations

from collections.abc import Iterable

_MOST_PLACES = 6
"""The most places that one note names."""


def said_once(notes: Iterable[str]) -> tuple[str, ...]:
    """Return notes in the order in which they come first, the places of equal ones together.

    >>> said_once(["C1: the last row is never seen", "H1 flattens its input", "C3: the last row is never seen"])
    ('C1 and C3: the last row is never seen', 'H1 flattens its input')
    """
    places: dict[str, dict[str, None]] = {}
    for note in notes:
        place, colon, what = note.partition(": ")
        places.setdefault(what if colon else note, {}).update({place: None} if colon else {})
    return tuple(f"{_listed([*where])}: {what}" if where else what for what, where in places.items())


def _listed(places: list[str]) -> str:
    if len(places) > _MOST_PLACES:
        places = [*places[: _MOST_PLACES - 1], f"{len(places) - _MOST_PLACES + 1} other layers"]
    return f"{', '.join(places[:-1])} and {places[-1]}" if len(places) > 1 else places[0]
