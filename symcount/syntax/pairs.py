"""Explains what two or three tokens side by side most likely mean.

One function for each misreading, in the order in which they are asked; most places have none.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from symcount.errors import ArchitectureError
from symcount.syntax.place import END, Place

_Reading = Callable[[Place], ArchitectureError | None]

_LINKS = frozenset(("MINUS", "ARROW"))
_NUMBERS = frozenset(("NUMBER", "RECTANGLE"))
_OPENERS = frozenset(("LSQB", "LBRACE"))
_CLOSERS = frozenset(("RSQB", "RBRACE"))
_STARTS = frozenset(("", "SEMICOLON", "EQUAL", "VBAR", "PLUS")) | _OPENERS
_ENDS = frozenset((END, "SEMICOLON", "VBAR", "PLUS")) | _CLOSERS
_AFTER_LAYER = frozenset(("NAME", "RPAR", "NUMBER", "QMARK")) | _CLOSERS
_OPERATORS = frozenset(("PLUS", "STAR", "OPERATOR", "COMPARISON", "TIMES", "MINUS", "RANGE"))
_LOGIC = {
    "and": "multiply conditions, as in (a>0)*(b>0)",
    "or": "take the larger, as in max(a>0,b>0)",
    "if": "write if(condition,a,b)",
}
_SIZE_BEGINS = frozenset(("NUMBER", "RECTANGLE", "NAME", "LPAR", "LSQB", "AT"))
_SIZE_ENDS = frozenset(("NUMBER", "RECTANGLE", "NAME", "RPAR", "RSQB"))


def misread(place: Place) -> ArchitectureError | None:
    """Return what the tokens at a place most likely mean, or None."""
    for reading in _ALWAYS + (_SIZES if place.in_sizes else _LAYERS):
        if error := reading(place):
            return error
    return None


def _language_word(place: Place) -> ArchitectureError | None:
    """``let in = 3``, ``I-C let w = 3``."""
    if place.found not in ("DEF", "LET", "IN"):
        return None
    word = str(place.after[0])
    if place.found != "IN" and not place.bracket and place.back(1) in _AFTER_LAYER:
        return place.error("missing-semicolon", f"a ';' is missing before {word!r}", f"write ; {word} …")
    return place.error(
        "reserved-word", f"{word!r} is a word of the language and cannot be a name", f"write {word}_"
    )


def _bare_binding(place: Place) -> ArchitectureError | None:
    """``w = 64; …``."""
    if place.found != "EQUAL" or place.statement != ("NAME",):
        return None
    name = place.text(place.before[-1])
    return place.error(
        "missing-let",
        "a name is given a meaning by a word before it",
        f"write let {name} = … for a size, or def {name} = … for layers",
        back=1,
    )


def _missing_name(place: Place) -> ArchitectureError | None:
    """``def = C``."""
    if place.back(1) not in ("DEF", "LET"):
        return None
    word = str(place.before[-1])
    return place.error("missing-name", f"a name is missing after {word!r}", f"write {word} a = …")


def _missing_label(place: Place) -> ArchitectureError | None:
    """``C@-P``."""
    if place.back(1) not in ("AT", "AMPERSAND") or place.found == "NAME":
        return None
    sign = str(place.before[-1])
    return place.error(
        "missing-label", f"a label is missing after {sign!r}", f"write a name, as in {sign}a", back=1
    )


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


def _calculated_count(place: Place) -> ArchitectureError | None:
    """``*N+1`` and ``*N/2`` for ``*(N/2)``."""
    if place.found not in ("PLUS", "OPERATOR", "COMPARISON") or place.back(2) != "STAR":
        return None
    count = "".join(map(str, (place.before[-1], *place.after[:2])))
    return place.error(
        "count-without-brackets", "a calculated count stands in brackets", f"write *({count})", back=1
    )


def _count_first(place: Place) -> ArchitectureError | None:
    """``3*[…]``, ``3C``."""
    if place.found not in _NUMBERS or place.back(1) not in _STARTS | _LINKS:
        return None
    number = place.text(place.after[0])
    if place.ahead(1) == "STAR":
        return place.error(
            "count-first", "the count goes after what it repeats", f"write [...]*{number}", ahead=2
        )
    if place.ahead(1) == "NAME":
        name = place.text(place.after[1])
        return place.error(
            "number-first",
            "a layer begins with its name",
            f"write {name}({number}), or {name}*{number} to repeat it",
            ahead=2,
        )
    return None


def _bare_size(place: Place) -> ArchitectureError | None:
    """``[256]``, ``28x28-C``."""
    if place.found not in _NUMBERS or place.back(1) not in _STARTS | _LINKS:
        return None
    number = place.text(place.after[0])
    if place.found == "RECTANGLE":
        return place.error("number-first", "a layer begins with its name", f"write I(1,{number}) for an input")
    return place.error("number-first", "a layer begins with its name", f"write H{number} for a dense layer")


def _missing_link(place: Place) -> ArchitectureError | None:
    """``C(32,5)P2``."""
    if place.found not in _OPENERS | {"NAME", "AMPERSAND"} or place.back(1) not in _AFTER_LAYER:
        return None
    if place.statement[:1] in (("DEF",), ("LET",)) and "EQUAL" not in place.statement:
        return None
    left, right = place.text(place.before[-1]), place.text(place.after[0])
    return place.error(
        "missing-link", f"a '-' is missing between {left!r} and {right!r}", f"write -{right}"
    )


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
        return place.error(
            "empty-layer", f"an empty layer: nothing follows {sign!r}", f"remove the {sign!r}, or go on"
        )
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


def _missing_count(place: Place) -> ArchitectureError | None:
    """``C*-P``."""
    if place.back(1) != "STAR":
        return None
    return place.error("missing-count", "a count is missing after '*'", "write *3, *N or *(N-1)", back=1)


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


def _layers_in_sizes(place: Place) -> ArchitectureError | None:
    """``res(C-[BN])``, ``H(256-{A|B})``."""
    if place.found not in ("LBRACE", "LSQB", "AMPERSAND", "ARROW", "QMARK"):
        return None
    return place.error(
        "layers-in-sizes", "layers stand in [ ] or { }; ( ) holds sizes and options", "is a ')' missing before?"
    )


def _single_equal(place: Place) -> ArchitectureError | None:
    """``if(i=0,1,2)``."""
    if place.found != "EQUAL" or place.back(1) not in _SIZE_ENDS:
        return None
    return place.error(
        "single-equal", "'=' gives an argument by its name; here it cannot", "write == to compare"
    )


def _missing_operand(place: Place) -> ArchitectureError | None:
    """``C(*3)``, ``C(3+)``."""
    if place.back(1) in _OPERATORS and place.found in _OPERATORS | {END, "RPAR", "RSQB", "COMMA", "SEMICOLON"}:
        sign = str(place.before[-1])
        return place.error("missing-operand", f"a size is missing after {sign!r}", None, back=1)
    if place.found in _OPERATORS and place.back(1) in ("LPAR", "LSQB", "COMMA", "EQUAL"):
        sign = str(place.after[0])
        return place.error("missing-operand", f"a size is missing before {sign!r}", None)
    return None


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


_ALWAYS: tuple[_Reading, ...] = (_language_word, _bare_binding, _missing_name, _missing_label)
_LAYERS: tuple[_Reading, ...] = (
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
_SIZES: tuple[_Reading, ...] = (
    _juxtaposed,
    _layers_in_sizes,
    _missing_comma,
    _empty_argument,
    _single_equal,
    _calculated_area,
    _missing_operand,
)
