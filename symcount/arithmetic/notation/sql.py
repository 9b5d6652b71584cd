"""Arithmetic in dialects of SQL, exact on integers: each has its own division, and none rounds down by itself."""

from __future__ import annotations

import re

from symcount.arithmetic.notation.notation import ATOM, PRODUCT, SUM, Form, Notation, comparisons
from symcount.arithmetic.notation.python import PYTHON
from symcount.records import replace

_SIGNS = {"==": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


def _dialect(quotient: str, rest: str, quoted: str, least: str = "LEAST", largest: str = "GREATEST") -> Notation:
    """A dialect by its division, which drops what is behind the point, and the remainder of that."""
    floored = rest.format(f"({rest.format('{0}', '{1}')} + {{1}})", "{1}")
    up = rest.format(f"({rest.format('(-{0})', '{1}')} + {{1}})", "{1}")
    return replace(
        PYTHON,
        name=lambda name: name if _PLAIN.fullmatch(name) and name not in _RESERVED else quoted.format(name),
        repeats=64,
        ratio=Form(quotient.format("{0}", "{1}"), ATOM, (PRODUCT, ATOM)),
        floor=Form(quotient.format(f"({{0}} - {floored})", "{1}"), ATOM, (ATOM, ATOM)),
        ceiling=Form(quotient.format(f"({{0}} + {up})", "{1}"), ATOM, (ATOM, ATOM)),
        remainder=Form(floored, ATOM, (ATOM, ATOM)),
        minimum=Form(f"{least}{{}}", ATOM, (SUM,)),
        maximum=Form(f"{largest}{{}}", ATOM, (SUM,)),
        brackets=comparisons("(CASE WHEN {{}} {} {{}} THEN 1 ELSE 0 END)", _SIGNS),
        divides="{2} = 0",
        equals="{} = {}",
    )


_PLAIN = re.compile(r"[a-z_][a-z0-9_]*")

_RESERVED = frozenset(
    "all and any as asc at by case cast check desc div do else end except exists false for from full get group having "
    "if in inner int into is join key left like limit mod no not null of on or order out over row rows select set "
    "some table then to true union unique use user using values when where with".split()
)
"""Short words that some dialect keeps for itself, among which a symbol may be."""

DIALECTS = {
    "duckdb": _dialect("({} // {})", "({} % {})", '"{}"'),
    "postgres": _dialect("({} / {})", "({} % {})", '"{}"'),
    "sqlite": _dialect("({} / {})", "({} % {})", '"{}"', "min", "max"),
    "spark": _dialect("({} div {})", "({} % {})", "`{}`"),
    "bigquery": _dialect("DIV({}, {})", "MOD({}, {})", "`{}`"),
}
"""The notation of each dialect."""
