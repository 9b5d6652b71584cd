"""What can be counted in a network, such as parameters: each quantity is a rule for one layer and a way to total."""

from symcount.layers import CONVENTIONS, Convention
from symcount.quantities.combined import Combined
from symcount.quantities.folds import Fold, Last, PerAxis, Sum, Value
from symcount.quantities.least import Least
from symcount.quantities.lines import Line
from symcount.quantities.quantity import Quantity, Rule
from symcount.quantities.reached import Reached
from symcount.quantities.reaches import Reaches, Seen
from symcount.quantities.setting import BYTES, HELD, MEMORY_PARTS, PER, SCHEMES, Memory, Setting, setting
from symcount.quantities.spans import All, Spans
from symcount.quantities.table import QUANTITIES, quantity_named

__all__ = [
    "BYTES",
    "CONVENTIONS",
    "HELD",
    "MEMORY_PARTS",
    "PER",
    "QUANTITIES",
    "SCHEMES",
    "All",
    "Combined",
    "Convention",
    "Fold",
    "Last",
    "Least",
    "Line",
    "Memory",
    "PerAxis",
    "Quantity",
    "Reached",
    "Reaches",
    "Rule",
    "Seen",
    "Setting",
    "Spans",
    "Sum",
    "Value",
    "quantity_named",
    "setting",
]
