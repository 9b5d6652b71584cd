"""What is assumed of a division for every value of an index: where that holds, each division leaves no rest."""

from __future__ import annotations

from itertools import product

import pytest
from sympy import Expr, Integer, symbols

from symcount.algebra import evaluate, to_polynomial
from symcount.algebra.domain.assumptions import Divisible
from symcount.algebra.sums.for_all import for_all
from symcount.algebra.sums.index_range import IndexRange

c, d, i, n, t = symbols("c d i n t")

DIVISIONS: dict[str, tuple[Expr, Expr, Expr, Expr, list[str]]] = {
    "without the index": (2, c, 0, n, ["2 divides c"]),
    "always exact": (2**i, 4**i * c, 0, n, []),
    "a growing divisor": (2**i, c, 0, n, ["2^n divides c"]),
    "a falling divisor": (2 ** (n - i), c, 0, n, ["2^n divides c"]),
    "a sum that grows": (2, c + i * t, 0, n, ["2 divides c", "2 divides t if n ≥ 1"]),
    "a growing divisor of growing terms": (2**i, 3**i * c + 3**i * d, 0, n, ["2^n divides c", "2^n divides d"]),
    "a falling term": (8, 2 ** (n - i) * c + 8 * 3**i, 0, n, ["8 divides c"]),
    "a term that grows": (9, 2**i * c, 0, n, ["9 divides c"]),
    "a falling divisor of two terms": (2 ** (n - i), 3**i * c + 4**n * d, 0, n, ["2^n divides c"]),
    "one value": (2**i, c + i, 3, 3, ["8 divides c + 3"]),
    "a few values": (i, c, 1, 4, ["2 divides c", "3 divides c", "4 divides c"]),
}

ASSUMED_OF_EACH_TERM = "a growing divisor of growing terms"
"""Those of which more is assumed than is needed: that each term is divided, where only the sum must be."""


def over(first: Expr, last: Expr) -> IndexRange:
    return IndexRange(i, to_polynomial(Integer(first)), to_polynomial(Integer(last) if isinstance(last, int) else last))


@pytest.mark.parametrize("name", DIVISIONS)
def test_divisions_of_every_value(name: str) -> None:
    divisor, dividend, first, last, texts = DIVISIONS[name]
    assumptions = [*for_all(over(first, last), [Divisible(Integer(1) * divisor, Integer(1) * dividend)])]
    assert [each.text() for each in assumptions] == texts
    for of_c, of_d, of_t, passes in product(range(1, 20), (1, 4), (1, 2), range(4)):
        values = {"c": of_c, "d": of_d, "t": of_t, "n": passes}
        places = range(first, (passes if last == n else last) + 1)
        exact = all(_divides(divisor, dividend, values | {"i": place}) for place in places)
        holds = all(each.holds(values) for each in assumptions)
        assert exact or not holds, values
        assert holds or not exact or name in ASSUMED_OF_EACH_TERM, values


def _divides(divisor: Expr, dividend: Expr, values: dict[str, int]) -> bool:
    above, below = (evaluate(Integer(1) * each, values) for each in (dividend, divisor))
    return above % below == 0
