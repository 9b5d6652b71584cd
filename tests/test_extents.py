"""Between which numbers a form lies, and in which direction it goes: what is said is held against every value."""

from __future__ import annotations

from itertools import pairwise, product

import pytest
import sympy

from symcount.algebra import Expr, FloorDiv, is_never_negative, to_polynomial, value_of
from symcount.algebra.functions.brackets import Bracket
from symcount.algebra.functions.minmax import Maximum, Minimum
from symcount.algebra.region.direction import direction, never_negative
from symcount.algebra.region.interval import extent

n, w, x, v = sympy.symbols("n w x v")
BOX = {"n": (2, 7), "w": (1, 4)}
POINTS = [
    dict(zip(BOX, point, strict=True)) for point in product(*(range(low, high + 1) for low, high in BOX.values()))
]


@pytest.mark.parametrize(
    "form",
    [
        n**2 - 3 * w, n * w - 5, -n * w, n / w, 6 - n / w, FloorDiv(n, 3), FloorDiv(n, 3) * w,
        FloorDiv(20, w) + n, Maximum(n, 3), Maximum(n - 4, 2 - w), Minimum(n, 3) * w, Minimum(n, 9 - w), Bracket(n - 4),
        Bracket(n - 2), Bracket(1 - n), 2**w * n, 2**n - w, w**n, (n - 1)**w, 2**(w - 1) * 3,
    ],
    ids=str,
)  # fmt: skip
def test_a_form_in_which_each_symbol_stands_once_takes_both_of_its_bounds(form: Expr) -> None:
    values = [value_of(form, point) for point in POINTS]
    assert extent(to_polynomial(form), BOX) == (min(values), max(values))
    for bound in (0, 1):
        assert never_negative(to_polynomial(form) - to_polynomial(sympy.Integer(min(values) // 1 + bound)), BOX) == (
            min(values) >= min(values) // 1 + bound
        )


@pytest.mark.parametrize(
    ("form", "low", "high"),
    [
        (n + x, 3, None), (n - x, None, 6), (n * x, 2, None), (v**2, 0, None), (v**3, None, None),
        (Maximum(n, x), 2, None),
        (Minimum(n, x), 1, 7), (Minimum(n, -x), None, -1), (Maximum(n, -x), 2, 7), (FloorDiv(x, 3), 0, None),
        ((n - 4)**w, None, None), (FloorDiv(n, w - 2), None, None),
        (x**2 - n, -6, None), (2**x, 2, None), (Bracket(x - 4), 0, 1), (Bracket(3 - x), 0, 1), (Bracket(x - 1), 1, 1),
        (Bracket(-x), 0, 0), (n / x, 0, 7),
    ],
    ids=str,
)  # fmt: skip
def test_of_what_is_not_bounded_one_end_is_open(form: Expr, low: int | None, high: int | None) -> None:
    assert extent(to_polynomial(form), {**BOX, "x": (1, None), "v": (-3, None)}) == (low, high)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (n - 3 * Bracket(n - 3), True), (n - 4 * Bracket(n - 3), False),
        ((n - 1)**2 * (w - 1) - (n - 1) * (w - 1), True),
        ((n - 1)**2 * (w - 1) - 2 * (n - 1) * (w - 1), False), ((n - 1)**2 * (w - 1) - (n - 1) * (w - 1)**2, False),
    ],
    ids=str,
)  # fmt: skip
def test_a_form_that_is_never_negative_is_so_for_all_sizes_from_one(form: Expr, expected: bool) -> None:
    assert is_never_negative(to_polynomial(form.expand())) == expected
    assert expected == all(value_of(form, {"n": n, "w": w}) >= 0 for n in range(1, 9) for w in range(1, 9))


@pytest.mark.parametrize(
    ("form", "ways"),
    [
        (n**2 - 3 * w, (1, -1)), (n * w, (1, 1)), (n - n * w, (-1, -1)), (n * w - n, (1, 1)), (w - n, (-1, 1)),
        (n**2 - 3 * n, (1, 0)), (n**2 - 9 * n, (None, 0)), (FloorDiv(n, 3) - w, (1, -1)), (FloorDiv(n, w), (1, None)),
        (Minimum(n, w + 1), (1, 1)), (Maximum(n, -w), (1, -1)), (Maximum(n, 9 - n), (None, 0)), (2**n * w, (1, 1)),
        (w**n, (1, 1)), (w**(n - 3), (1, None)),
        (w / n, (None, 1)), (n / w, (1, None)), (n / w - n, (None, None)), (3 + 0 * n, (0, 0)),
        ((n - 3)**w, (None, None)), (2**(3 - w), (0, None)), (8 * n - n**2, (None, 0)), (n - 14 * n**2, (-1, 0)),
        (FloorDiv(n + w, 2) * w - w, (1, 1)),
    ],
    ids=str,
)  # fmt: skip
def test_a_direction_is_that_of_the_values(form: Expr, ways: tuple[int | None, ...]) -> None:
    for name, way in zip(BOX, ways, strict=True):
        assert direction(to_polynomial(form), name, BOX) == way
        steps = [
            value_of(form, {**point, name: later}) - value_of(form, {**point, name: before})
            for point in POINTS
            for before, later in pairwise(range(BOX[name][0], BOX[name][1] + 1))
        ]
        assert way is None or all(step * way >= 0 for step in steps)
        assert way != 0 or not any(steps)
