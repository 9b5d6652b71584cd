"""Written arithmetic: sums, products and floors kept in the order in which they were written.

A layer's rule is ordinary Python arithmetic. Run on ints it gives the number; run on the terms of
this room it gives the rule itself, which `write` prints by name, ``(k^2*c + 1)*f``, or by value,
``(5*5*1 + 1)*32``. Nothing here simplifies, and nothing here depends on any other room.
"""

from symcount.arithmetic.bounds import dividing, divisors, lowest, magnitude, never_zero
from symcount.arithmetic.exact import (
    InexactRatioError,
    ceil_div,
    geometric_sum,
    known_sum,
    maximum,
    minimum,
    product,
    ratio,
)
from symcount.arithmetic.terms import (
    Bracket,
    CeilDiv,
    Difference,
    FloorDiv,
    IndexedSum,
    Max,
    Min,
    Named,
    Power,
    Product,
    Quotient,
    Ratio,
    Remainder,
    Size,
    Sum,
    Symbol,
    Term,
    is_number,
)
from symcount.arithmetic.traversal import all_parts, names, names_of_values, rebuilt, substitute, symbol_names
from symcount.arithmetic.writer import addends_by_name, addends_by_value, by_name, by_value

__all__ = [
    "Bracket",
    "CeilDiv",
    "Difference",
    "FloorDiv",
    "IndexedSum",
    "InexactRatioError",
    "Max",
    "Min",
    "Named",
    "Power",
    "Product",
    "Quotient",
    "Ratio",
    "Remainder",
    "Size",
    "Sum",
    "Symbol",
    "Term",
    "addends_by_name",
    "addends_by_value",
    "all_parts",
    "by_name",
    "by_value",
    "ceil_div",
    "dividing",
    "divisors",
    "geometric_sum",
    "is_number",
    "known_sum",
    "lowest",
    "magnitude",
    "maximum",
    "minimum",
    "names",
    "names_of_values",
    "never_zero",
    "product",
    "ratio",
    "rebuilt",
    "substitute",
    "symbol_names",
]
