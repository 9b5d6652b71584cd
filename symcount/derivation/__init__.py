"""Worked solutions as data: the steps of each layer, the total, and the total with the given values put in.

No medium is known here, and every rule is the one that is counted.
"""

from symcount.derivation.case import Case
from symcount.derivation.derivation import DETAILS, Derivation, derivation
from symcount.derivation.working import Equation, Worked

__all__ = ["DETAILS", "Case", "Derivation", "Equation", "Worked", "derivation"]
