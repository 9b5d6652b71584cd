"""What two or three tokens side by side most likely mean among layers, one function for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symcount.syntax.place import END, Place

if TYPE_CHECKING:
    from symcount.errors import ArchitectureError

_LINKS = frozenset(("MINUS", "ARROW"))
_NUMBERS = frozenset(("NUMBER", "RECTANGLE"))
_OPENERS = frozenset(("LSQB", "LBRACE"))
_CLOSERS = frozenset(("RSQB", "RBRACE"))
_STARTS = frozenset(("", "SEMICOLON", "EQUAL", "VBAR", "PLUS")) | _OPENERS
_ENDS = frozenset((END, "SEMICOLON", "VBAR", "PLUS")) | _CLOSERS
_AFTER_LAYER = frozenset(("NAME", "RPAR", "NUMBER", "QMARK")) | _CLOSERS


def _count_first(place: Place) -> ArchitectureError | None:
    """``3*[…]``, ``3C``."""
    if place.found not in _NUMBERS or place.back(1) not in _STARTS | _LINKS:
        return None
    number = place.text(place.after[0])
    if place.ahead(1) == "STAR":
        return place.error("count-first", "the count goes after what it repeats", f"write [...]*{number}", ahead=2)
    if place.ahead(1) == "NAME":
        name = place.text(place.after[1])
        return place.error(
            "number-first",
            "a layer begins with its name",
            f"write {name}({number}), or {name}*{number} to repeat it",
            ahead=2,
        )
    return None


def _hyphen_before_size(place: Place) -> ArchitectureError | None:
    """``H-256``, and ``*N-1`` for ``*(N-1)``."""
    if place.found not in _NUMBERS or place.back(1) not in _LINKS | {"PLUS"}:
        return None
    number = place.text(place.after[0])
    if place.back(3) == "STAR" and place.back(2) in ("NAME", "NUMBER"):
        count = "".join(map(str, place.before[-2:])) + number
        return place.error(
            "count-without-brackets",
            "the count ends before this sign",
            f"write *({count})",
            back=2,
        )
    if place.back(2) != "NAME" or place.back(1) == "PLUS" or place.found == "RECTANGLE":
        return None
    name = place.text(place.before[-2])
    if name[-1].isdigit():
        return None
    return place.error(
        "hyphen-before-size",
        f"{number} is not a layer: '-' links layers, and a size stands right after the name",
        f"did you mean {name}{number}?",
        back=2,
    )


def _bare_size(place: Place) -> ArchitectureError | None:
    """``[256]``, ``28x28-C``."""
    if place.found not in _NUMBERS or place.back(1) not in _STARTS | _LINKS:
        return None
    number = place.text(place.after[0])
    if place.found == "RECTANGLE":
        return place.error("number-first", "a layer begins with its name", f"write I(1,{number}) for an input")
    return place.error("number-first", "a layer begins with its name", f"write H{number} for a dense layer")


def _calculated_count(place: Place) -> ArchitectureError | None:
    """``*N+1`` and ``*N/2`` for ``*(N/2)``."""
    if place.found not in ("PLUS", "OPERATOR", "COMPARISON") or place.back(2) != "STAR":
        return None
    count = "".join(map(str, (place.before[-1], *place.after[:2])))
    return place.error("count-without-brackets", "a calculated count stands in brackets", f"write *({count})", back=1)


def _empty_layer(place: Place) -> ArchitectureError | None:
    """``--``, a leading or a trailing ``-``."""
    if place.found in _LINKS and place.back(1) in _LINKS:
        return place.error(
            "empty-layer", "an empty layer: nothing stands between two links", "remove one of them", back=1
        )
    if place.found in _LINKS and place.back(1) in _STARTS:
        return place.error("empty-layer", "an empty layer: nothing stands before this link", "remove it")
    if place.found in _ENDS and place.back(1) in _LINKS:
        sign = str(place.before[-1])
        return place.error("empty-layer", f"an empty layer: nothing follows {sign!r}", f"remove the {sign!r}, or go on")
    return None


def _empty_part(place: Place) -> ArchitectureError | None:
    """``[]``, ``{A|}``, ``;;`` and the empty text."""
    found, last = place.found, place.back(1)
    if found == END and not last:
        return place.error("empty-text", "there is no layer in this text", "write I(1,28x28)-C(32,5)-H10")
    if found == "SEMICOLON" and last in ("SEMICOLON", ""):
        return place.error("empty-statement", "nothing stands before this ';'", "remove it")
    if last in _OPENERS and found in _CLOSERS:
        return place.error("empty-group", "no layer stands in these brackets", "write _ for none", back=1)
    if (found in ("VBAR", "PLUS") and last in _OPENERS | {"VBAR", "PLUS"}) or (
        found in _CLOSERS and last in ("VBAR", "PLUS")
    ):
        return place.error("empty-branch", "a branch is empty", "write _ for the identity", back=1)
    return None


def _missing_count(place: Place) -> ArchitectureError | None:
    """``C*-P``."""
    if place.back(1) != "STAR":
        return None
    return place.error("missing-count", "a count is missing after '*'", "write *3, *N or *(N-1)", back=1)


def _missing_link(place: Place) -> ArchitectureError | None:
    """``C(32,5)P2``."""
    if place.found not in _OPENERS | {"NAME", "AMPERSAND"} or place.back(1) not in _AFTER_LAYER:
        return None
    if place.statement[:1] in (("DEF",), ("LET",)) and "EQUAL" not in place.statement:
        return None
    left, right = place.text(place.before[-1]), place.text(place.after[0])
    return place.error("missing-link", f"a '-' is missing between {left!r} and {right!r}", f"write -{right}")


def _mixed_joints(place: Place) -> ArchitectureError | None:
    """``{A|B+C}``, ``[A+B]``, ``A|B``."""
    if place.found not in ("VBAR", "PLUS"):
        return None
    sign = str(place.after[0])
    if place.bracket != "{":
        return place.error(
            "branches-outside-braces", f"{sign!r} parts branches, which stand in {{ }}", f"write {{A{sign}B}}"
        )
    if place.joints - {sign}:
        return place.error(
            "mixed-branches",
            "'|' concatenates branches and '+' adds them; one pair of braces does one of the two",
            "put braces around one part, as in {A|{B+C}}",
        )
    return None


IN_LAYERS = (
    _count_first,
    _hyphen_before_size,
    _bare_size,
    _calculated_count,
    _empty_layer,
    _empty_part,
    _missing_count,
    _missing_link,
    _mixed_joints,
)
"""In the order in which they are asked."""
