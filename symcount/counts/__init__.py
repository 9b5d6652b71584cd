"""One network counted: a row for each layer, totals, shapes, and formulas with their conditions. Prints nothing."""

from symcount.arithmetic.remembered import forget
from symcount.arithmetic.work import begin
from symcount.counts.count import Count
from symcount.counts.given import Bindings
from symcount.counts.network import ZOO, convention_named, counted, read_program
from symcount.counts.notes import said_once
from symcount.counts.numbers import Number, Numbers, Sizes
from symcount.counts.rows import BlockRow, KnownRow, LayerRow, Row

__all__ = [
    "ZOO",
    "Bindings",
    "BlockRow",
    "Count",
    "KnownRow",
    "LayerRow",
    "Number",
    "Numbers",
    "Row",
    "Sizes",
    "begin",
    "convention_named",
    "counted",
    "forget",
    "read_program",
    "said_once",
]
