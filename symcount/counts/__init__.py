"""One network counted: rows, totals, shapes, and formulas with what they rest on. Pure, and knows no medium."""

from symcount.counts.count import Bindings, Count
from symcount.counts.network import ZOO, counted
from symcount.counts.numbers import Number, Numbers, Sizes
from symcount.counts.rows import BlockRow, LayerRow, Row

__all__ = ["ZOO", "Bindings", "BlockRow", "Count", "LayerRow", "Number", "Numbers", "Row", "Sizes", "counted"]
