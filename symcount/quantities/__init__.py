"""Parameters, sizes and what else can be asked of a network: each by one rule and a fold."""

from symcount.layers import CONVENTIONS, Convention
from symcount.quantities.folds import Fold, Last, Sum, Value
from symcount.quantities.quantity import Quantity, Rule, Setting
from symcount.quantities.table import QUANTITIES, quantity_named

__all__ = [
    "CONVENTIONS",
    "QUANTITIES",
    "Convention",
    "Fold",
    "Last",
    "Quantity",
    "Rule",
    "Setting",
    "Sum",
    "Value",
    "quantity_named",
]
