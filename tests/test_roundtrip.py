from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings

from symcount.syntax import parse, text
from symcount.syntax import tree as syntax_tree
from symcount.syntax.tree import (
    Call,
    Chain,
    Definition,
    Index,
    Item,
    Label,
    Labelled,
    Name,
    Negative,
    Node,
    Number,
    Operation,
    Program,
    Repeat,
)
from tests.strategies import HERE, any_spelling, calls_of_values, programs, repeats_of_values
from tests.trees import nodes, programs_of

CASES = [
    line
    for line in (Path(__file__).parent / "cases" / "roundtrip.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("##")
]


@pytest.mark.parametrize("case", CASES)
def test_a_text_is_read_printed_and_read_again(case: str) -> None:
    written, _, canonical = case.partition("\t")
    tree = parse(written)
    printed = text(tree)
    assert parse(printed) == tree
    assert text(parse(printed)) == printed
    if canonical:
        assert printed == canonical


def test_a_mark_of_byte_order_is_skipped() -> None:
    assert parse("\ufeffI-C(k)") == parse("I-C(k)")
    [tower] = parse("\ufeffI-C(k)").statements
    assert tower.span == (1, 7)


@pytest.mark.parametrize("name", ["x", "xx", "mix", "exp", "box", "nxn_", "n_x_n", "axis", "nx2", "_xn", "nXn", "xnx"])
def test_a_name_with_an_x_in_it_is_a_symbol(name: str) -> None:
    assert text(parse(f"C({name})")) == f"C({name})"


@pytest.mark.parametrize(
    "written", ["let nxn = 3", "I-C*nxn", "nxn", "def nxn(kxk=hxw) = C", "I@nxn-C(w=@nxn)", "C(nxn=3)"]
)
def test_an_area_is_meant_in_no_other_place(written: str) -> None:
    assert text(parse(written)) == written


def test_there_are_cases() -> None:
    assert len(CASES) > 80


def is_read_again(program: Program) -> None:
    printed = text(program)
    assert parse(printed) == program
    assert text(parse(printed)) == printed


KINDS: list[Any] = [kind for kind in vars(syntax_tree).values() if isinstance(kind, type) and issubclass(kind, Node)]
DEEP = frozenset(kind for kind in KINDS if kind in get_args(Item) or kind in (Chain, Definition, Index))
"""Layers are looked at one level deeper than sizes, of which there are more."""


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in (Node, Program)])
def test_every_kind_of_node_is_read_again_in_every_place(kind: Any) -> None:
    for program in programs_of(kind, 3 if kind in DEEP else 2):
        is_read_again(program)


def test_every_kind_of_node_is_met_in_every_place() -> None:
    assert sum(len(nodes(kind, 3 if kind in DEEP else 2)) for kind in KINDS if kind not in (Node, Program)) > 11_000
    sizes = set(map(text, nodes(Operation, 2)))
    assert {"7-(7-7)", "7//-7", "(-7)^7", "7^7^7", "(7==7)+7", "7-(7-(7+7))", "a(7)*7"} <= sizes
    assert {"[a@a]*7", "a?*7", "[@a-a]*7", "a*7*7", "{a|a}*7", "a*(a=7..7)"} <= set(map(text, nodes(Repeat, 3)))


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(programs)
def test_every_tree_is_printed_so_that_it_is_read_again(program: Program) -> None:
    is_read_again(program)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(calls_of_values | repeats_of_values)
def test_every_value_is_printed_so_that_it_is_read_again(program: Program) -> None:
    is_read_again(program)


@given(any_spelling)
def test_every_name_is_printed_so_that_it_is_read_again(name: str) -> None:
    is_read_again(Program(HERE, (Chain(HERE, (Labelled(HERE, Call(HERE, name, (), None), Label(HERE, name)),)),)))


def test_trees_that_differ_are_not_equal() -> None:
    assert parse("I-C") != parse("I-P")
    assert parse("C(a-b-c)") != parse("C(a-(b-c))")


def test_precedence() -> None:
    x, two = Name(HERE, "x"), Number(HERE, 2)
    power = Operation(HERE, "^", x, two)
    assert parse("let y = -x^2").statements == parse("let y = -(x^2)").statements
    assert _value("-x**2") == Negative(HERE, power)
    assert _value("-x*2") == Operation(HERE, "*", Negative(HERE, x), two)
    assert _value("x^-x^2") == Operation(HERE, "^", x, Negative(HERE, power))
    assert _value("2*x//2") == Operation(HERE, "//", Operation(HERE, "*", two, x), two)


def _value(written: str) -> Node:
    [statement] = parse(f"let y = {written}").statements
    assert not isinstance(statement, Chain)
    return statement.value if hasattr(statement, "value") else statement


def test_spans_are_places_in_the_source() -> None:
    source = "I(1, 28x28) → C(f=(k+1)*2)*3"
    [tower] = parse(source).statements
    assert isinstance(tower, Chain)
    spans = [source[item.span.start : item.span.end] for item in tower.items]
    assert spans == ["I(1, 28x28)", "C(f=(k+1)*2)*3"]


@pytest.mark.parametrize("links", [4000, 20000])
def test_a_chain_may_be_long(links: int) -> None:
    program = parse("I" + "-C(32,3)" * links)
    assert parse(text(program)) == program
