"""Arithmetic in Python on numpy's columns of 64-bit integers."""

from __future__ import annotations

from symcount.arithmetic.notation.notation import ATOM, PRODUCT, SUM, Form, comparisons
from symcount.arithmetic.notation.python import PYTHON
from symcount.records import replace

NUMPY = replace(
    PYTHON,
    minimum=Form("np.minimum{}", ATOM, (SUM,)),
    maximum=Form("np.maximum{}", ATOM, (SUM,)),
    brackets=comparisons("np.where({{}} {} {{}}, 1, 0)", {sign: sign for sign in ("==", "!=", "<", "<=", ">", ">=")}),
    at_least="({} >= {})",
    at_most="({} <= {})",
    divides="({2} == 0)",
    equals="({} == {})",
    shifted=Form("({} >> {})", ATOM, (PRODUCT, ATOM)),
    shifted_up=Form("(-(-{} >> {}))", ATOM, (PRODUCT, ATOM)),
)
"""Python on columns: conditions are columns too, a minimum has two places, and a shift is quicker than a division."""
