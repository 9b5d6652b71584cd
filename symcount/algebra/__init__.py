"""The algebra of closed forms, and the only importer of sympy.

Written terms become sparse polynomials over symbols and floors in normal form, and these become
sympy expressions, written terms again, conditions and exact values. Other rooms use what is named
here. Inside, each group looks only into those before it:

- ``poly``: sparse polynomials and their division, without sympy
- ``functions``: sympy expressions, and the functions of sizes that stay exact: floors, minima, maxima
- ``terms``: closed forms as written terms and as Python source
- ``domain``: what must hold of the symbols, and whether two sizes are equal for all of them
- ``region``: the values that symbols may take together, and what holds at all of them
- ``sums``: sums over an index, closed
- ``closed``: written terms made closed forms, and what is done to a whole formula
"""

from symcount.algebra.closed.agreeing import agrees
from symcount.algebra.closed.assuming import assuming, given_that
from symcount.algebra.closed.closed_form import ClosedForm, closed_form
from symcount.algebra.closed.conversion import Conversion, closed_expression
from symcount.algebra.closed.factoring import brief, collected, shortest, simplest
from symcount.algebra.closed.floorless import Floorless, floorless
from symcount.algebra.closed.leading import leading, relative
from symcount.algebra.closed.meeting import division_where_equal
from symcount.algebra.closed.multiples import Multiples, multiples
from symcount.algebra.closed.recurrence import iterate
from symcount.algebra.closed.transform import factor, reduced
from symcount.algebra.domain.assumptions import AtLeast, Divisible, Same
from symcount.algebra.domain.cases import Cases, Facts
from symcount.algebra.domain.decisions import at_least_zero
from symcount.algebra.domain.divisibility import divisibility
from symcount.algebra.domain.divisors import divisors_of_floors
from symcount.algebra.domain.domain import conditions
from symcount.algebra.domain.equality import as_divisions, equal, sometimes_equal
from symcount.algebra.domain.implication import contradiction, only_where_possible, said_once
from symcount.algebra.domain.inequalities import is_never_positive, without_factors
from symcount.algebra.domain.signs import is_never_negative, unsigned
from symcount.algebra.domain.under import (
    by_truth,
    equal_by_truth,
    facts_of,
    in_either,
    only_where,
    together,
)
from symcount.algebra.functions.brackets import where_positive
from symcount.algebra.functions.evaluation import evaluate, value_of
from symcount.algebra.functions.expressions import has_floor, to_expression, to_polynomial
from symcount.algebra.functions.floors import FloorDiv, ceil_div, remainder
from symcount.algebra.functions.hermite import settled
from symcount.algebra.functions.minmax import Maximum, Minimum
from symcount.algebra.functions.size_function import Expr
from symcount.algebra.functions.substitution import substitute
from symcount.algebra.poly.division import quotient
from symcount.algebra.poly.monomial import Generator
from symcount.algebra.poly.polynomial import ONE, Polynomial
from symcount.algebra.region.direction import direction
from symcount.algebra.region.everywhere import Outcome, everywhere
from symcount.algebra.region.interval import extent
from symcount.algebra.region.isolated import Isolated, isolated
from symcount.algebra.region.placed import placed
from symcount.algebra.region.reasons import Reason, is_sure
from symcount.algebra.region.region import Point, Region, Stated
from symcount.algebra.region.relation import EQUAL, NOT_NEGATIVE, UNEQUAL, Relation, compared, relation_of, symbols_in
from symcount.algebra.region.remainders import Classes, classes
from symcount.algebra.region.residue import Residue, residue_of
from symcount.algebra.region.run import Run, joined
from symcount.algebra.region.runs import Solving
from symcount.algebra.sums.for_all import for_all
from symcount.algebra.sums.index_range import IndexRange
from symcount.algebra.sums.lowest import lowest
from symcount.algebra.sums.restricted import restricted
from symcount.algebra.terms.compiled import compiled
from symcount.algebra.terms.to_python import exact_python, exact_term, to_python
from symcount.algebra.terms.to_term import to_term

__all__ = [
    "EQUAL",
    "NOT_NEGATIVE",
    "ONE",
    "UNEQUAL",
    "AtLeast",
    "Cases",
    "Classes",
    "ClosedForm",
    "Conversion",
    "Divisible",
    "Expr",
    "Facts",
    "FloorDiv",
    "Floorless",
    "Generator",
    "IndexRange",
    "Isolated",
    "Maximum",
    "Minimum",
    "Multiples",
    "Outcome",
    "Point",
    "Polynomial",
    "Reason",
    "Region",
    "Relation",
    "Residue",
    "Run",
    "Same",
    "Solving",
    "Stated",
    "agrees",
    "as_divisions",
    "assuming",
    "at_least_zero",
    "brief",
    "by_truth",
    "ceil_div",
    "classes",
    "closed_expression",
    "closed_form",
    "collected",
    "compared",
    "compiled",
    "conditions",
    "contradiction",
    "direction",
    "divisibility",
    "division_where_equal",
    "divisors_of_floors",
    "equal",
    "equal_by_truth",
    "evaluate",
    "everywhere",
    "exact_python",
    "exact_term",
    "extent",
    "factor",
    "facts_of",
    "floorless",
    "for_all",
    "given_that",
    "has_floor",
    "in_either",
    "is_never_negative",
    "is_never_positive",
    "is_sure",
    "isolated",
    "iterate",
    "joined",
    "leading",
    "lowest",
    "multiples",
    "only_where",
    "only_where_possible",
    "placed",
    "quotient",
    "reduced",
    "relation_of",
    "relative",
    "remainder",
    "residue_of",
    "restricted",
    "said_once",
    "settled",
    "shortest",
    "simplest",
    "sometimes_equal",
    "substitute",
    "symbols_in",
    "to_expression",
    "to_polynomial",
    "to_python",
    "to_term",
    "together",
    "unsigned",
    "value_of",
    "where_positive",
    "without_factors",
]
