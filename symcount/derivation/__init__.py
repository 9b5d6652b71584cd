"""Worked derivations as data: for each layer its steps, then the total, then this case.

No medium is known here, and every rule is the one that is counted.
"""

from symcount.derivation.case import Case
from symcount.derivation.derivation import Derivation, derivation
from symcount.derivation.working import Equation, Worked

__all__ = ["Case", "Derivation", "Equation", "Worked", "derivation"]
