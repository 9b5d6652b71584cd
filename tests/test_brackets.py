"""Comparisons of open sizes: a size that is 1 or 0, in every form of a formula, beside Python's own comparison."""

from __future__ import annotations

import itertools
import operator
import random
from fractions import Fraction

import pytest
import sympy

import symcount as sc
from symcount.algebra import evaluate, to_expression, to_polynomial
from symcount.algebra.functions import brackets as algebra
from symcount.algebra.functions.floors import FloorDiv
from symcount.arithmetic import Bracket, Named, by_value
from symcount.arithmetic.notation import PYTHON
from tests.seeds import chosen_seed

SIGNS = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
SIDES = ("c", "n", "3", "2*c-n", "c*n", "n//2", "n/2+1/3", "7-c", "c/n", "min(c,n)", "n%3", "max(8,c*n)-2*n")
GRID = [{"c": c, "n": n} for c, n in itertools.product(range(1, 7), repeat=2)]


def _says(python: str, values: dict[str, int]) -> int:
    """What Python makes of a formula; its division of ints is a fraction here, as it is in the language."""
    return int(eval(python, {"min": min, "max": max}, values))


@pytest.mark.parametrize("sign", SIGNS)
def test_a_comparison_is_one_where_it_holds_and_zero_where_not(sign: str) -> None:
    for left, right in itertools.product(SIDES, repeat=2):
        formula = sc.parse(f"I(c,n)-GAP-Lin(1+({left}{sign}{right}),bias=off)").formula()
        data = formula.data()
        assert not data["conditions"]
        assert not data["assumptions"]
        for values in GRID:
            sides = [
                eval(_exact(side), {"Fraction": Fraction, "min": min, "max": max}, values) for side in (left, right)
            ]
            expected = values["c"] * (1 + SIGNS[sign](*sides))
            assert evaluate(formula.expr, values) == expected, (left, sign, right, values)
            assert _says(data["python"], values) == expected, (left, sign, right, values)


def _exact(side: str) -> str:
    """The same calculation in Python, whose single slash would make a float."""
    return side.replace("/n", "*Fraction(1,n)").replace("n/2+1/3", "n*Fraction(1,2)+Fraction(1,3)")


@pytest.mark.parametrize("sign", SIGNS)
def test_a_written_comparison_reads_the_same_in_python(sign: str) -> None:
    for left, right in itertools.product(range(-3, 4), repeat=2):
        text = by_value(Bracket(Named("a", left), sign, Named("b", right)), PYTHON)
        assert _says(text, {}) == SIGNS[sign](left, right), text


def test_a_choice_by_an_open_comparison_is_the_one_or_the_other() -> None:
    texts = (
        "I(c,n)-C(if(n>5,8,c),3,p=1)-GAP-O(if(n==c,n,2))",
        "I(c,n)-C(if(n-1,8,c+2),3,p=n<4)-H(if(c>2,n//2+1,c*n))",
        "I(c,n)-C(8,3,p=1)*(n>=c)-GAP-O(2)",
        "I(c,n)-[C(8,3)-P2]*(n>=c)-H(2)",
        "I(c,n)-C(4*cin,1)-C(8+8*(9*c<2*n)*(n>3),1)-H(2)",
    )
    for text in texts:
        net = sc.parse(text)
        formula = net.formula()
        for values in GRID:
            if all(each.holds(values) for each in (*formula.conditions, *formula.assumptions)):
                assert evaluate(formula.expr, values) == net(**values).params, (text, values)


def test_a_comparison_is_left_out_beside_a_floor_that_is_0_where_it_fails_alone() -> None:
    c, n = sympy.symbols("c n")
    compared = (n - 1, n - 2, n - 3, n + c - 3, n + c - 4, 2 * n + c - 6, c - 2)
    floors = (FloorDiv(n, 2), FloorDiv(n + 1, 3), FloorDiv(n + c, 4), FloorDiv(2 * n + c, 5), FloorDiv(n - 3, 2))
    left_out = 0
    for size, floor in itertools.product(compared, floors):
        product = to_polynomial(algebra.Bracket(size) * floor)
        found = to_expression(algebra.merged(product))
        left_out += not algebra.has_comparison(found)
        for values in itertools.product(range(9), repeat=2):
            at = dict(zip("cn", values, strict=True))
            assert evaluate(found, at) == evaluate(to_expression(product), at), (found, at)
    assert left_out == 6  # two beside each of the first three floors, which are at least 1 from 2, 2 and n + c = 4 on


def test_a_repeat_of_a_half_is_shown_by_the_half() -> None:
    assert str(sc.parse("I(3,n)-[C(5,3,p=1)]*(N//2)-GAP").formula().expr) == "-30*[N - 2 >= 0] + 80*(N//2)"


def test_layers_that_take_away_axes_happen_once_where_a_comparison_says_so() -> None:
    formula = sc.parse("I(c,n)-[GAP-Lin(4)]*(n>=c)-Lin(2)").formula()
    assert (str(formula.expr), [*map(str, formula.conditions)]) == ("4*c + 14", ["n ≥ c"])


def test_both_ways_to_say_a_comparison_print_alike() -> None:
    chance = random.Random(chosen_seed())
    for _ in range(60):
        a, b, k = chance.randint(1, 6), chance.randint(-6, 6), chance.randint(1, 4)
        alike = (
            f"if({a}*n>{b}*c,c,3)",
            f"if({a}*n<={b}*c,3,c)",
            f"3+({k * a}*n>{k * b}*c)*(c-3)",
            f"c+({a}*n/{k}<={b}*c/{k})*(3-c)",
            f"if({a}*n<{b}*c+1,3,c)",
        )
        printed = {str(sc.parse(f"I(c,n)-GAP-Lin({text})").formula()) for text in alike}
        assert len(printed) == 1, printed


def test_a_comparison_is_printed_in_brackets() -> None:
    formula = sc.parse("I(c,n)-GAP-Lin(8+8*(10*n>9*c))").formula()
    assert formula.where == {"m": "[9*c ≥ 10*n]"}
    assert r"\left[9 c \ge 10 n\right]" in formula.to("latex")
    assert "[9 c >= 10 n]" in formula.to("typst")
    assert "<mo>[</mo><mn>9</mn><mo>⋅</mo><mi>c</mi><mo>≥</mo>" in formula.to("html")


QUARTERS = range(1, 10)


@pytest.mark.parametrize(("name", "bound"), [("mobilenet_v2", {}), ("mnasnet", {"c": 3, "o": 1000})])
def test_a_width_multiplier_may_be_left_open(name: str, bound: dict[str, int]) -> None:
    formula = sc.zoo(name)(a="p/4", **bound).formula()
    assert formula.symbols == ("p",)
    for p in QUARTERS:
        expected = sc.zoo(name)(a=f"{p}/4", **bound).params
        assert evaluate(formula.expr, {"p": p}) == _says(formula.python(), {"p": p}) == expected


def test_the_widths_and_depths_of_efficientnet_may_be_left_open() -> None:
    formula = sc.zoo("efficientnet")(a="p/10", d="q/10", c=3, o=1000).formula()
    for p, q in ((10, 10), (10, 11), (11, 12), (12, 14), (14, 18), (16, 22), (18, 26), (20, 31), (3, 2), (7, 1)):
        expected = sc.zoo("efficientnet")(a=f"{p}/10", d=f"{q}/10", c=3, o=1000).params
        assert evaluate(formula.expr, {"p": p, "q": q}) == expected
    assert evaluate(formula.expr, {"p": 10, "q": 10}) == sc.zoo("efficientnet_b0").params


PIECES = (
    "[C(if(i==1,8,16),1)]*(i=1..N)",
    "[C(8,1)-C(if(i<4,8,16),1)]*(i=1..N)",
    "[C(i%2+1,1)]*(i=1..N)",
    "[C(i//2+1,1)]*(i=1..N)",
    "[C(2^i*(i%3+1),1)]*(i=1..N)",
    "[C(max(i,3),1)]*(i=1..N)",
    "[C(min(2^i,64),1)]*(i=0..N)",
    "[C(min(i,5,M),1)]*(i=1..N)",
    "[C(f*2^min(i,3),1)]*(i=0..N)",
    "[{C(min(2^i,8),1)|_}-C(3,1)]*(i=0..N)",
    "[C(if(i>=0,8,16),1)]*(i=-2..N)",
    "[C(f*(1+(i+M)%2),1)]*(i=1..N)",
    "[C(if(i%2==1,6,i),1)]*(i=1..N)",
    "[C(8,1)-C(f,1)*(i>2)]*(i=1..N)",
    "[C(8,1)-[C(f,1)-C(M,1)]*(i<=3)]*(i=1..N)",
    "[C(f,1)-C(cin+1,1)]*(M>N)",
    "C(f,1)*(M<=N)-C(4,1)*(N==2)",
    "[C(if(3*i>M,4,M),1)]*(i=0..N)",
    "[C(if(2*M>3*i,4,i),1)]*(i=1..N)",
)


@pytest.mark.parametrize("repeat", PIECES)
def test_a_repeat_whose_passes_differ_in_pieces_has_a_formula(repeat: str) -> None:
    net = sc.parse(f"I(c,n)-{repeat}-GAP-O(2)")
    formula = net.formula()
    held = 0
    for count, more in itertools.product(range(10), range(1, 5)):
        values = {"c": 3, "n": 2, "f": 2, "M": more, "N": count}
        given = {name: value for name, value in values.items() if name in formula.symbols}
        if all(each.holds(values) for each in (*formula.conditions, *formula.assumptions)):
            held += 1
            assert evaluate(formula.expr, values) == _says(formula.python(), values) == net(**given).params, values
    assert held >= 36


def test_cases_come_in_one_order_whatever_the_order_of_a_sum_is() -> None:
    c, n = sympy.symbols("c n")
    one, other = to_polynomial(c * algebra.Bracket(n - 4)), to_polynomial(n * algebra.Bracket(c - 9))
    assert algebra.told_apart(one + other) == algebra.told_apart(other + one)
