"""One network and everything that can be asked of it: its rows, numbers, shapes and formulas."""

from symcount.architecture.architecture import Architecture, Number, Sizes
from symcount.architecture.rows import BlockRow, LayerRow, Row

__all__ = ["Architecture", "BlockRow", "LayerRow", "Number", "Row", "Sizes"]
