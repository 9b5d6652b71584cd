"""What two or three tokens side by side most likely mean among sizes, one function for each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from symcount.syntax.place import END, Place

if TYPE_CHECKING:
    from symcount.errors import ArchitectureError

_NUMBERS = frozenset(("NUMBER", "RECTANGLE"))
_OPERATORS = frozenset(("PLUS", "STAR", "OPERATOR", "COMPARISON", "TIMES", "MINUS", "RANGE"))
_SIZE_BEGINS = frozenset(("NUMBER", "RECTANGLE", "NAME", "LPAR", "LSQB", "AT"))
_SIZE_ENDS = frozenset(("NUMBER", "RECTANGLE", "NAME", "RPAR", "RSQB"))
_LOGIC = {
    "and": "multiply conditions, as in (a>0)*(b>0)",
    "or": "take the larger, as in max(a>0,b>0)",
    "if": "write if(condition,a,b)",
}


def _juxtaposed(place: Place) -> ArchitectureError | None:
    """``2x`` for ``2*x``, ``3xh`` for ``3×h``, ``1e5``, ``(k-1)x``."""
    if place.found not in ("NAME", "LPAR") or place.back(1) not in _NUMBERS | {"RPAR"}:
        return None
    last, token = place.before[-1], place.after[0]
    if last.end_pos != token.start_pos:
        return None
    left = "(…)" if place.back(1) == "RPAR" else place.text(last)
    if place.found == "LPAR":
        hint = f"write {left}*(…)"
    elif place.back(1) == "NUMBER" and re.fullmatch("[eE][0-9]*", token):
        return _exponent(place)
    elif token[0] == "x" and len(token) > 1:
        hint = f"write {left}×{token[1:]} for an area, or {left}*{token} for a product"
    else:
        hint = f"write {left}*{place.text(token)}"
    return place.error("missing-operator", "a product needs its sign", hint, back=1)


def _exponent(place: Place) -> ArchitectureError | None:
    """``1e5``, ``1e-5``."""
    number, power = place.text(place.before[-1]), place.text(place.after[0])[1:]
    if not power and place.ahead(1) == "MINUS" and place.ahead(2) == "NUMBER":
        power = f"-{place.text(place.after[2])}"
    return place.error(
        "exponent",
        "numbers are written without an exponent",
        f"write {number}*10^{power or 'n'}",
        back=1,
        ahead=3 if power.startswith("-") else 1,
    )


def _layers_in_sizes(place: Place) -> ArchitectureError | None:
    """``res(C-[BN])``, ``H(256-{A|B})``."""
    if place.found not in ("LBRACE", "LSQB", "AMPERSAND", "ARROW", "QMARK"):
        return None
    return place.error(
        "layers-in-sizes",
        "layers stand in [ ] or { }; ( ) holds sizes and options",
        "is a ')' missing before?",
    )


def _missing_comma(place: Place) -> ArchitectureError | None:
    """``C(32 5)``."""
    if place.found not in _SIZE_BEGINS or place.back(1) not in _SIZE_ENDS or place.in_let:
        return None
    left, right = place.text(place.before[-1]), place.text(place.after[0])
    if right in _LOGIC:
        return place.error("unexpected", f"{right!r} is no operator of sizes", _LOGIC[right])
    return place.error(
        "missing-comma", f"a ',' is missing between {left!r} and {right!r}", f"write {left},{right}", back=1
    )


def _empty_argument(place: Place) -> ArchitectureError | None:
    """``C(,5)``, ``C(32,,5)``."""
    if place.found != "COMMA" or place.back(1) not in ("LPAR", "LSQB", "COMMA"):
        return None
    return place.error(
        "empty-argument",
        "nothing stands before this ','",
        "name the arguments that follow one left out, as in C(k=5)",
    )


def _single_equal(place: Place) -> ArchitectureError | None:
    """``if(i=0,1,2)``."""
    if place.found != "EQUAL" or place.back(1) not in _SIZE_ENDS:
        return None
    return place.error("single-equal", "'=' gives an argument by its name; here it cannot", "write == to compare")


def _calculated_area(place: Place) -> ArchitectureError | None:
    """``28x28*2``."""
    pair = (place.back(1), place.found)
    if "RECTANGLE" not in pair or not _OPERATORS.intersection(pair):
        return None
    return place.error(
        "area-in-expression",
        "an area such as 28x28 has one size for each axis, and no arithmetic",
        "put × between all sizes, as in h×28×28 or (2*28)×(2*28)",
    )


def _missing_operand(place: Place) -> ArchitectureError | None:
    """``C(*3)``, ``C(3+)``."""
    if place.back(1) in _OPERATORS and place.found in _OPERATORS | {
        END,
        "RPAR",
        "RSQB",
        "COMMA",
        "SEMICOLON",
    }:
        sign = str(place.before[-1])
        return place.error("missing-operand", f"a size is missing after {sign!r}", None, back=1)
    if place.found in _OPERATORS and place.back(1) in ("LPAR", "LSQB", "COMMA", "EQUAL"):
        sign = str(place.after[0])
        return place.error("missing-operand", f"a size is missing before {sign!r}", None)
    return None


IN_SIZES = (
    _juxtaposed,
    _layers_in_sizes,
    _missing_comma,
    _empty_argument,
    _single_equal,
    _calculated_area,
    _missing_operand,
)
"""In the order in which they are asked."""
