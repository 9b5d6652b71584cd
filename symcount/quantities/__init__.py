"""What can be counted in a network, such as parameters: each quantity is a rule for one layer and a way to total."""

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
