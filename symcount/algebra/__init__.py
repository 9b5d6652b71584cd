"""The algebra of closed forms, and the only importer of sympy.

Written terms become sparse polynomials over symbols and floors in normal form, and these become
sympy expressions, written terms again, conditions and exact values.
"""

from symcount.algebra.assumptions import AtLeast, Divides, divides
from symcount.algebra.bounds import is_never_negative
from symcount.algebra.closed import ClosedForm, closed_form
from symcount.algebra.closing import Closing, closed
from symcount.algebra.conditions import conditions
from symcount.algebra.conversion import Expr, expression_of, polynomial
from symcount.algebra.division import quotient
from symcount.algebra.equality import as_division, equal, sometimes_equal
from symcount.algebra.evaluation import evaluate, value_of
from symcount.algebra.every import in_every_pass
from symcount.algebra.extremes import Maximum, Minimum
from symcount.algebra.floors import FloorDiv, ceil_div, remainder
from symcount.algebra.forms import Residue, assume, collected, factored, has_floor, under
from symcount.algebra.iteration import iterated
from symcount.algebra.passes import Passes
from symcount.algebra.polynomial import Generator, Polynomial
from symcount.algebra.writing import python, written

__all__ = [
    "AtLeast",
    "ClosedForm",
    "Closing",
    "Divides",
    "Expr",
    "FloorDiv",
    "Generator",
    "Maximum",
    "Minimum",
    "Passes",
    "Polynomial",
    "Residue",
    "as_division",
    "assume",
    "ceil_div",
    "closed",
    "closed_form",
    "collected",
    "conditions",
    "divides",
    "equal",
    "evaluate",
    "expression_of",
    "factored",
    "has_floor",
    "in_every_pass",
    "is_never_negative",
    "iterated",
    "polynomial",
    "python",
    "quotient",
    "remainder",
    "sometimes_equal",
    "under",
    "value_of",
    "written",
]
