"""What two or three tokens side by side most likely mean among layers, one function for each."""

from __future__ import annotations

import re

from symcount.errors import ArchitectureError, Span
from symcount.syntax.diagnosis.parse_point import END, ParsePoint

_LINKS = frozenset(("MINUS", "ARROW"))
_NUMBERS = frozenset(("NUMBER", "RECTANGLE"))
_OPENERS = frozenset(("LSQB", "LBRACE"))
_CLOSERS = frozenset(("RSQB", "RBRACE"))
_STARTS = frozenset(("", "SEMICOLON", "EQUAL", "VBAR", "PLUS")) | _OPENERS
_ENDS = frozenset((END, "SEMICOLON", "VBAR", "PLUS")) | _CLOSERS
_AFTER_LAYER = frozenset(("NAME", "RPAR", "NUMBER", "QMARK")) | _CLOSERS


def _count_first(point: ParsePoint) -> ArchitectureError | None:
    """``3*[…]``, ``3C``."""
    if point.found not in _NUMBERS or point.back(1) not in _STARTS | _LINKS:
        return None
    number = point.text(point.after[0])
    if point.ahead(1) in ("STAR", "TIMES", *_OPENERS) or (
        _is_times(point, 1) and point.ahead(2) in _OPENERS | {"NAME"}
    ):
        ahead = 1 if point.ahead(1) in _OPENERS else 2
        return point.error("count-first", "the count goes after what it repeats", f"write [...]*{number}", ahead=ahead)
    if point.ahead(1) == "NAME":
        name = point.text(point.after[1])
        if maps := re.fullmatch("[Cc]([0-9]+(?:x[0-9]+)*)", name):
            hint = f"write C({number},{maps[1]})"
        elif name in ("N", "FC"):
            hint = f"write H{number}"
        else:
            hint = f"write {name}({number}), or {name}*{number} to repeat it"
        return point.error("number-first", "a layer begins with its name", hint, ahead=2)
    return None


def _is_times(point: ParsePoint, ahead: int) -> bool:
    """Whether a token is an ``x`` that stands for a sign."""
    return point.ahead(ahead) == "NAME" and str(point.after[ahead]) in ("x", "X")


_ROW = re.compile(
    r"(?P<side>[0-9]+)\s*[x×]\s*(?P<other>[0-9]+)\s*(?:(?P<pool>max|avg|average)[ -]?pool|conv)?\w*\.?"
    r"(?:\s*,\s*(?P<filters>[0-9]+)\b(?!\s*[x×]))?(?:\s*,\s*(?:stride\s*=?\s*|/\s*)(?P<stride>[0-9]+))?",
    re.IGNORECASE,
)


def _row_of_a_table(point: ParsePoint) -> ArchitectureError | None:
    """``7x7, 64, stride 2``, ``7x7 conv, 64, /2``, ``3x3 max pool, /2``: how papers' tables say it."""
    row = _ROW.match(point.source, point.span(0, 1).start)
    if row is None or point.back(1) not in _STARTS | _LINKS or not (row["filters"] or row["pool"]):
        return None
    kernel = row["side"] if row["side"] == row["other"] else f"{row['side']}x{row['other']}"
    stride = f",s={row['stride']}" if row["stride"] else ""
    pool = {"m": "P", "a": "AP"}[row["pool"][0].lower()] if row["pool"] else ""
    layer = f"{pool}({kernel}{stride})" if pool else f"C({row['filters']},{kernel}{stride})"
    return ArchitectureError(
        "foreign-notation", "this looks like a row of a paper's table", span=Span(*row.span()), hint=f"write {layer}"
    )


def _round_group(point: ParsePoint) -> ArchitectureError | None:
    """``(C-R)*6`` for ``[C-R]*6``."""
    if point.found != "LPAR" or point.back(1) not in _STARTS | _LINKS:
        return None
    return point.error(
        "round-group", "layers are grouped by [ ]; ( ) holds sizes", "write [ ] around them, as in [C-R]*6"
    )


def _sign_of_times(point: ParsePoint) -> ArchitectureError | None:
    """``[…]×6`` and ``[…]x6`` for ``[…]*6``."""
    if point.back(1) not in _AFTER_LAYER:
        return None
    glued = re.fullmatch("[xX]([0-9]+|N)?", str(point.after[0])) if point.found == "NAME" else None
    if point.found != "TIMES" and glued is None:
        return None
    apart = glued is None or not glued[1]
    if apart and point.ahead(1) not in ("NUMBER", "NAME"):
        return None
    count = point.text(point.after[1]) if apart or glued is None else glued[1]
    return point.error("sign-of-times", "a repeat is written with '*'", f"write *{count}", ahead=2 if apart else 1)


def _stride_behind(point: ParsePoint) -> ArchitectureError | None:
    """``C(64,7)/2`` for ``C(64,7,s=2)``."""
    if point.found != "OPERATOR" or str(point.after[0]) != "/" or point.ahead(1) != "NUMBER":
        return None
    stride = point.text(point.after[1])
    if point.back(1) not in ("NAME", "RPAR") or len(stride) > 1:
        return None
    hint = f"write s={stride} inside the brackets, as in C(64,7,s={stride})"
    return point.error("stride-as-division", "a stride is an option of its layer", hint, ahead=2)


def _hyphen_before_size(point: ParsePoint) -> ArchitectureError | None:
    """``H-256``, and ``*N-1`` for ``*(N-1)``."""
    if point.found not in _NUMBERS or point.back(1) not in _LINKS | {"PLUS"}:
        return None
    number = point.text(point.after[0])
    if point.back(3) == "STAR" and point.back(2) in ("NAME", "NUMBER"):
        count = "".join(map(str, point.before[-2:])) + number
        return point.error(
            "count-without-brackets",
            "the count ends before this sign",
            f"write *({count})",
            back=2,
        )
    if point.back(2) != "NAME" or point.back(1) == "PLUS" or point.found == "RECTANGLE":
        return None
    name = point.text(point.before[-2])
    if name[-1].isdigit():
        return None
    return point.error(
        "hyphen-before-size",
        f"{number} is not a layer: '-' links layers, and a size stands right after the name",
        f"did you mean {name}{number}?",
        back=2,
    )


def _bare_size(point: ParsePoint) -> ArchitectureError | None:
    """``[256]``, ``28x28-C``."""
    if point.found not in _NUMBERS or point.back(1) not in _STARTS | _LINKS:
        return None
    number = point.text(point.after[0])
    if point.found == "RECTANGLE":
        return point.error("number-first", "a layer begins with its name", f"write {_input(number)} for an input")
    return point.error("number-first", "a layer begins with its name", f"write H{number} for a dense layer")


def _input(area: str) -> str:
    """An area as an input: ``224x224x3`` and ``3x224x224`` say how many channels they have."""
    first, *others = area.split("x")
    if len(others) > 1 and others[-1] in ("1", "3"):
        return f"I({others[-1]},{'x'.join((first, *others[:-1]))})"
    return f"I({first},{'x'.join(others)})" if len(others) > 1 and first in ("1", "3") else f"I(1,{area})"


def _number_apart(point: ParsePoint) -> ArchitectureError | None:
    """``stride 2`` and ``H 256`` among layers."""
    if point.found not in _NUMBERS or point.back(1) != "NAME":
        return None
    name, number = point.text(point.before[-1]), point.text(point.after[0])
    if len(name) > 2:
        hint = f"write {name}({number}) for a layer, or {name}={number} inside the brackets of one"
    else:
        hint = f"write {name}{number}"
    return point.error("number-apart", "a size stands in brackets, or right behind the name", hint, back=1)


def _calculated_count(point: ParsePoint) -> ArchitectureError | None:
    """``*N+1`` and ``*N/2`` for ``*(N/2)``."""
    if point.found not in ("PLUS", "OPERATOR", "COMPARISON") or point.back(2) != "STAR":
        return None
    count = "".join(map(str, (point.before[-1], *point.after[:2])))
    return point.error("count-without-brackets", "a calculated count stands in brackets", f"write *({count})", back=1)


def _empty_layer(point: ParsePoint) -> ArchitectureError | None:
    """``--``, a leading or a trailing ``-``."""
    if point.found in _LINKS and point.back(1) in _LINKS:
        return point.error(
            "empty-layer", "an empty layer: nothing stands between two links", "remove one of them", back=1
        )
    if point.found in _LINKS and point.back(1) in _STARTS:
        return point.error("empty-layer", "an empty layer: nothing stands before this link", "remove it")
    if point.found in _ENDS and point.back(1) in _LINKS:
        sign = str(point.before[-1])
        return point.error("empty-layer", f"an empty layer: nothing follows {sign!r}", f"remove the {sign!r}, or go on")
    return None


def _empty_part(point: ParsePoint) -> ArchitectureError | None:
    """``[]``, ``{A|}``, ``;;`` and the empty text."""
    found, last = point.found, point.back(1)
    if found == END and not last:
        return point.error("empty-text", "there is no layer in this text", "write I(1,28x28)-C(32,5)-H10")
    if found == "SEMICOLON" and last in ("SEMICOLON", ""):
        return point.error("empty-statement", "nothing stands before this ';'", "remove it")
    if last in _OPENERS and found in _CLOSERS:
        return point.error("empty-group", "no layer stands in these brackets", "write _ for none", back=1)
    if (found in ("VBAR", "PLUS") and last in _OPENERS | {"VBAR", "PLUS"}) or (
        found in _CLOSERS and last in ("VBAR", "PLUS")
    ):
        return point.error("empty-branch", "a branch is empty", "write _ for the identity", back=1)
    return None


def _missing_count(point: ParsePoint) -> ArchitectureError | None:
    """``C*-P``."""
    if point.back(1) != "STAR":
        return None
    return point.error("missing-count", "a count is missing after '*'", "write *3, *N or *(N-1)", back=1)


def _missing_link(point: ParsePoint) -> ArchitectureError | None:
    """``C(32,5)P2``."""
    if point.found not in _OPENERS | {"NAME", "AMPERSAND"} or point.back(1) not in _AFTER_LAYER:
        return None
    if point.statement[:1] in (("DEF",), ("LET",)) and "EQUAL" not in point.statement:
        return None
    left, right = point.text(point.before[-1]), point.text(point.after[0])
    return point.error("missing-link", f"a '-' is missing between {left!r} and {right!r}", f"write -{right}")


def _mixed_joints(point: ParsePoint) -> ArchitectureError | None:
    """``{A|B+C}``, ``[A+B]``, ``A|B``."""
    if point.found not in ("VBAR", "PLUS"):
        return None
    sign = str(point.after[0])
    if point.bracket != "{":
        return point.error(
            "branches-outside-braces", f"{sign!r} parts branches, which stand in {{ }}", f"write {{A{sign}B}}"
        )
    if point.joints - {sign}:
        return point.error(
            "mixed-branches",
            "'|' concatenates branches and '+' adds them; one pair of braces does one of the two",
            "put braces around one part, as in {A|{B+C}}",
        )
    return None


IN_LAYERS = (
    _row_of_a_table,
    _count_first,
    _hyphen_before_size,
    _bare_size,
    _number_apart,
    _calculated_count,
    _empty_layer,
    _empty_part,
    _missing_count,
    _round_group,
    _sign_of_times,
    _stride_behind,
    _missing_link,
    _mixed_joints,
)
"""In the order in which they are asked."""
