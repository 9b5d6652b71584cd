"""What two or three tokens side by side most likely mean among sizes, one function for each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from symcount.syntax.diagnosis.parse_point import END, ParsePoint

if TYPE_CHECKING:
    from symcount.errors import ArchitectureError

_NUMBERS = frozenset(("NUMBER", "RECTANGLE"))
_OPERATORS = frozenset(("PLUS", "STAR", "OPERATOR", "COMPARISON", "TIMES", "MINUS", "RANGE"))
_SIZE_BEGINS = frozenset(("NUMBER", "RECTANGLE", "NAME", "LPAR", "AT"))
_SIZE_ENDS = frozenset(("NUMBER", "RECTANGLE", "NAME", "RPAR", "RSQB"))
_LOGIC = {
    "and": "multiply conditions, as in (a>0)*(b>0)",
    "or": "take the larger, as in max(a>0,b>0)",
    "if": "write if(condition,a,b)",
}


def _juxtaposed(point: ParsePoint) -> ArchitectureError | None:
    """``2x`` for ``2*x``, ``3xh`` for ``3×h``, ``1e5``, ``(k-1)x``."""
    if point.found not in ("NAME", "LPAR") or point.back(1) not in _NUMBERS | {"RPAR"}:
        return None
    last, token = point.before[-1], point.after[0]
    if last.end_pos != token.start_pos:
        return None
    left = "(…)" if point.back(1) == "RPAR" else point.text(last)
    if point.found == "LPAR":
        hint = f"write {left}*(…)"
    elif point.back(1) == "NUMBER" and re.fullmatch("[eE][0-9]*", token):
        return _exponent(point)
    elif token[0] == "x" and len(token) > 1:
        hint = f"write {left}×{token[1:]} for an area, or {left}*{token} for a product"
    else:
        hint = f"write {left}*{point.text(token)}"
    return point.error("missing-operator", "a product needs its sign", hint, back=1)


def _exponent(point: ParsePoint) -> ArchitectureError | None:
    """``1e5``, ``1e-5``."""
    number, power = point.text(point.before[-1]), point.text(point.after[0])[1:]
    if not power and point.ahead(1) == "MINUS" and point.ahead(2) == "NUMBER":
        power = f"-{point.text(point.after[2])}"
    return point.error(
        "exponent",
        "numbers are written without an exponent",
        f"write {number}*10^{power or 'n'}",
        back=1,
        ahead=3 if power.startswith("-") else 1,
    )


def _subscript(point: ParsePoint) -> ArchitectureError | None:
    """``d_{ff}``, as LaTeX writes an index."""
    found = re.compile(r"([A-Za-z]\w*_)\s*\{\s*(?:\\\w+\s*\{)?(\w+)\s*\}+").match(point.source, point.span(1, 0).start)
    if point.found != "LBRACE" or point.back(1) != "NAME" or found is None:
        return None
    return point.error("subscript", "an index is part of the name", f"write {found[1]}{found[2]}", back=1)


def _stride_as_division(point: ParsePoint) -> ArchitectureError | None:
    """``C(64,7,/2)`` for ``C(64,7,s=2)``."""
    if point.found != "OPERATOR" or str(point.after[0]) != "/" or point.back(1) not in ("LPAR", "COMMA"):
        return None
    if point.ahead(1) != "NUMBER":
        return None
    stride = point.text(point.after[1])
    return point.error("stride-as-division", "a stride is given by its name", f"write s={stride}", ahead=2)


def _layers_in_sizes(point: ParsePoint) -> ArchitectureError | None:
    """``res(C-[BN])``, ``H(256-{A|B})``."""
    if point.found not in ("LBRACE", "LSQB", "AMPERSAND", "ARROW", "QMARK"):
        return None
    return point.error(
        "layers-in-sizes",
        "layers stand in [ ] or { }; ( ) holds sizes and options",
        "is a ')' missing before?",
    )


def _missing_comma(point: ParsePoint) -> ArchitectureError | None:
    """``C(32 5)``."""
    if point.found not in _SIZE_BEGINS or point.back(1) not in _SIZE_ENDS or point.in_let:
        return None
    left, right = point.text(point.before[-1]), point.text(point.after[0])
    if right in _LOGIC:
        return point.error("unexpected", f"{right!r} is no operator of sizes", _LOGIC[right])
    hint = f"write {left},{right}"
    if point.back(1) == "NAME" and point.found in _NUMBERS and len(left) > 1:
        hint = f"write {left}={right} for an argument by its name, or {left},{right} for two sizes"
    return point.error("missing-comma", f"a ',' is missing between {left!r} and {right!r}", hint, back=1)


def _empty_argument(point: ParsePoint) -> ArchitectureError | None:
    """``C(,5)``, ``C(32,,5)``."""
    if point.found != "COMMA" or point.back(1) not in ("LPAR", "LSQB", "COMMA"):
        return None
    return point.error(
        "empty-argument",
        "nothing stands before this ','",
        "name the arguments that follow one left out, as in C(k=5)",
    )


def _single_equal(point: ParsePoint) -> ArchitectureError | None:
    """``if(i=0,1,2)``."""
    if point.found != "EQUAL" or point.back(1) not in _SIZE_ENDS:
        return None
    return point.error("single-equal", "'=' gives an argument by its name; here it cannot", "write == to compare")


def _calculated_area(point: ParsePoint) -> ArchitectureError | None:
    """``28x28*2``."""
    pair = (point.back(1), point.found)
    if "RECTANGLE" not in pair or not _OPERATORS.intersection(pair):
        return None
    return point.error(
        "area-in-expression",
        "an area such as 28x28 has one size for each axis, and no arithmetic",
        "put × between all sizes, as in h×28×28 or (2*28)×(2*28)",
    )


def _missing_operand(point: ParsePoint) -> ArchitectureError | None:
    """``C(*3)``, ``C(3+)``."""
    if point.back(1) in _OPERATORS and point.found in _OPERATORS | {
        END,
        "RPAR",
        "RSQB",
        "COMMA",
        "SEMICOLON",
    }:
        sign = str(point.before[-1])
        return point.error("missing-operand", f"a size is missing after {sign!r}", None, back=1)
    if point.found in _OPERATORS and point.back(1) in ("LPAR", "LSQB", "COMMA", "EQUAL"):
        sign = str(point.after[0])
        return point.error("missing-operand", f"a size is missing before {sign!r}", None)
    return None


IN_SIZES = (
    _juxtaposed,
    _subscript,
    _stride_as_division,
    _layers_in_sizes,
    _missing_comma,
    _empty_argument,
    _single_equal,
    _calculated_area,
    _missing_operand,
)
"""In the order in which they are asked."""
