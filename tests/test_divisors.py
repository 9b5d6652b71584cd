"""What a text divides by is not 0 where it is evaluated: a formula says so where a count does, and nowhere else."""

from __future__ import annotations

from itertools import product

import pytest

import symcount as sc
from symcount.algebra import evaluate
from symcount.arithmetic import Bracket, Symbol
from symcount.program.divisions import MOST_OF_A_NAME, Divisions, Divisor, within_limit
from tests.fuzz.checks import FindingError, Funnel, check_at


def check_everywhere(text: str) -> dict[str, object]:
    """Hold a formula to the walk at all small sizes."""
    said = sc.parse(text).formula().data()
    check(text, said)
    return said


def check(text: str, said: dict[str, object]) -> None:
    """Hold what is said of a text to the walk at all small sizes."""
    net = sc.parse(text)
    for values in product(range(1, 6), repeat=len(net.symbols)):
        check_at(net, said, dict(zip(net.symbols, values, strict=True)), Funnel())


CANCELLED = (
    "I(n)-H(1+0*(5//(n%2)))",
    "I(n)-H(1+5//(n%2)-5//(n%2))",
    "I(n)-H((5//(n%2))^0)",
    "I(n)-H(1+(5//(n%2))%1)",
    "I(3)-H(1+0*(9/(n-3)))",
    "I(3)-H(1+0/((n-3)^2*(k-4)))",
    "I(3)-H(1+0*(9//(n/2-1)))",
    "I(3)-[H(k)]*(0*(6//(n-2)))",
    "I(3)-[H(1+0*(9//(w-i)))]*(i=1..N)",
    "def m(a,b=4//(a-2))=H(a); I(3)-m(k)",
    "let x=0*(4//(n-2)); I(3)-H(x+k)",
)
NOT_TAKEN = (
    "I(3)-H(if(n>3,9//(n-3),5))",
    "I(3)-H(if(n!=3,9//(n-3)^2,5)+1)",
    "I(3)-H(if(n!=3,1+0*(9/(n-3)^2),5))",
    "I(3)-H(if(n-3,1+0*(9/(n-3)),5))",
    "I(3)-H(if(n==3,5,9//(n-3)^2)+1)",
    "I(3)-H(if(n>3,9/(n-3),5))",
    "I(3)-H(if(n>3,min(k,9/(n-3)),5))",
    "I(3)-H(if(4//(n-2)>1,9//(k-3),5))",
    "I(3)-H(if(n<=3,5,if(k<3,2,9//((n-3)*(k-2)))))",
    "I(3)-H(if(n>3,if(k>n,9//(k-n),2),if(k==2,3//(k-1),5)))",
    "I(3)-H(if(n>3,9//(0-n)+12,5))",
    "let x=9//(n-3); I(3)-H(if(n>3,x,5))",
    "let x=(i/if(4>k,i,4)); I(3,9)-C(2,1,s=x)",
    "def m(a,b=4//(a-2))=H(b); I(3)-[m(k)]*(n>3)",
    "I(3)-pick(n){H(4//(k-1))|H(2)}",
    "I(w)-H(if(if(k>2,3,n)<3,(w/(4//cin)),cin))",
    "I(3)-H(if(2//k,w/(n-i),n/2))",
)
EXACT = (
    "I(3)-H(min(n/k,w/(n-k)))",
    "I(3)-H(max(n,w/(n-3)))",
    "I(3)-H(min(w,1/2/(n%k)))",
    "I(3)-H(n/2//1)",
    "I(3)-H(1+n/2%1*4)",
    "I(3,8)-U((4+n)/2//(1%cin))",
)


@pytest.mark.parametrize("text", [*CANCELLED, *NOT_TAKEN, *EXACT])
def test_a_formula_says_of_a_divisor_what_a_count_does(text: str) -> None:
    check_everywhere(text)


@pytest.mark.parametrize("text", CANCELLED)
def test_a_divisor_that_cancels_is_said_not_to_be_0(text: str) -> None:
    said = check_everywhere(text)
    with pytest.raises(FindingError, match="holds-without-a-network"):
        check(text, {**said, "conditions": [], "assumptions": []})


def test_a_divisor_that_is_more_than_0_by_itself_is_not_stated() -> None:
    for text in ("I(n)-H(w//k)", "I(n)-H(1+0*(5//(n+k)))", "I(n)-H(1+0*(5/(n*k)))", "I(3)-H(2+k//(2*n-n-n+1))"):
        assert sc.parse(text).formula().conditions[1:] == (), text


def test_a_definition_is_evaluated_where_it_is_used() -> None:
    assert sc.parse("let x=9//(n-3); I(3)-H(n)")(n=3).params == 12
    assert sc.parse("let x=9//(n-3); I(3)-H(n)").formula().conditions == ()
    conditions = sc.parse("let x=9//(n-3); I(3)-H(if(k>3,x,5))-H(1+0*x)").formula().conditions
    assert [*map(str, conditions)] == ["n ≥ 4", "n ≤ 12 if k ≥ 4"]
    assert sc.parse("let x=0*(4//(n-2)); let y=x+k; I(3)-H(y)").formula().conditions[0].text() == "n ≥ 3"


def test_a_condition_that_no_size_meets_is_not_stated() -> None:
    formula = sc.parse("I(3)-H(if(2//k,w/(n-i),n/2))").formula()
    assert {*map(str, formula.assumptions)} == {"n - i divides w if k ≤ 2", "2 divides n if k ≥ 3"}


def test_what_is_assumed_of_a_divisor_is_not_stated() -> None:
    net = sc.parse("I(n)-H(1+0*(5//(n-3)))")
    assert [*map(str, net.formula().conditions)] == ["n ≥ 4"]
    assert net.assuming("n >= 4").formula().conditions == ()


def test_a_padding_that_divides_is_at_least_1() -> None:
    conditions = sc.parse("I(3,9)-pad(p)-C(1+0*(n//p),1)").formula().conditions
    assert "p ≥ 1" in [*map(str, conditions)]


def test_a_formula_has_a_value_where_a_branch_that_is_not_taken_divides_by_0() -> None:
    net = sc.parse("I(3)-H(if(n!=3,9//(n-3)^2,5)+1)")
    formula = net.formula()
    assert [evaluate(formula.expr, {"n": n}) for n in range(1, 7)] == [net(n=n).params for n in range(1, 7)]
    assert [formula.compiled()(n=n) for n in range(1, 7)] == [net(n=n).params for n in range(1, 7)]


@pytest.mark.parametrize("text", ["I(3)-H(1+0*(1/((1/5)//w)))", "I(3)-H(1+0*(5//(2-2*n)))", "I(3)-H(1+0/(n-n))"])
def test_what_is_0_for_all_sizes_divides_nothing(text: str) -> None:
    with pytest.raises(sc.ArchitectureError):
        _ = sc.parse(text).formula().data()


def test_of_many_conditions_around_the_divisors_of_a_definition_none_is_kept() -> None:
    n, w = Symbol("n"), Symbol("w")
    divisors = [Divisor(w, where=(Bracket(n, ">", place),)) for place in range(MOST_OF_A_NAME + 1)]
    assert within_limit(divisors[1:]) == (*divisors[1:],)
    assert within_limit(divisors) == (Divisor(w),)


def test_a_text_whose_divisors_nobody_hears_of_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Divisions, "met", lambda self, divisor: None)
    with pytest.raises(FindingError, match="holds-without-a-network"):
        check_everywhere("I(n)-H(1+0*(5//(n%2)))")
