"""Parameters, sizes and what else can be asked of a network, each by one rule."""

from symcount.layers import CONVENTIONS, TEXTBOOK, Convention
from symcount.quantities.quantity import QUANTITIES, Quantity, quantity_named

__all__ = ["CONVENTIONS", "QUANTITIES", "TEXTBOOK", "Convention", "Quantity", "quantity_named"]
