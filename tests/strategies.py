"""Random syntax trees: everything that a text of the language can say."""

from __future__ import annotations

from fractions import Fraction
from keyword import iskeyword

from hypothesis import strategies as st

from symcount.errors import ArchitectureError, Span
from symcount.syntax.actions.sizes import refuse_downwards
from symcount.syntax.precedence import BINDING
from symcount.syntax.reserved import RESERVED
from symcount.syntax.tree import (
    Again,
    Application,
    Argument,
    Branches,
    Call,
    Chain,
    Choice,
    Comparison,
    Definition,
    Dimensions,
    Expression,
    Index,
    Item,
    Label,
    Labelled,
    Let,
    List,
    Maybe,
    Name,
    Negative,
    Number,
    Operation,
    Parameter,
    Program,
    Range,
    Reference,
    Repeat,
    Series,
    Tap,
    Tuple,
    Value,
)

HERE = Span(0, 0)
_OWN_WORDS = frozenset(("def", "let", "in"))

any_spelling = st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,3}", fullmatch=True).filter(lambda name: name not in _OWN_WORDS)
"""Any word that can name a layer or a label; slow to draw, so that trees take theirs from a few."""

spellings = st.sampled_from("C I x e e5 x3 _ _x k_1 P1x2 conv2d same lambda definition lets into".split())
symbols = spellings.filter(lambda name: not iskeyword(name))
bound = symbols.filter(lambda name: name not in RESERVED)

numbers = st.builds(
    lambda value: Number(HERE, value),
    st.one_of(
        st.integers(0, 10**9),
        st.integers(0, 10**6).map(lambda thousandths: _plain(Fraction(thousandths, 1000))),
    ),
)


def _plain(value: Fraction) -> int | Fraction:
    return value.numerator if value.denominator == 1 else value


names = st.builds(lambda name: Name(HERE, name), symbols)


def _compound(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    comparisons = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
    functions = st.one_of(st.sampled_from(["if", "min", "ceil"]), symbols)
    return st.one_of(
        st.builds(Negative, st.just(HERE), inner),
        st.builds(Operation, st.just(HERE), st.sampled_from(sorted(BINDING)), inner, inner),
        st.builds(Comparison, st.just(HERE), comparisons, inner, inner),
        st.builds(Application, st.just(HERE), functions, st.lists(inner, min_size=1, max_size=3).map(tuple)),
    )


expressions: st.SearchStrategy[Expression] = st.recursive(numbers | names, _compound, max_leaves=8)

ranges = st.builds(Range, st.just(HERE), expressions, expressions)
plain_values: st.SearchStrategy[Value] = st.one_of(
    expressions,
    ranges,
    st.builds(Dimensions, st.just(HERE), st.lists(expressions, min_size=2, max_size=3).map(tuple)),
    st.builds(Reference, st.just(HERE), st.builds(Label, st.just(HERE), spellings)),
)


def _several(inner: st.SearchStrategy[Value]) -> st.SearchStrategy[Value]:
    items = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return st.builds(Tuple, st.just(HERE), items) | st.builds(List, st.just(HERE), items)


values: st.SearchStrategy[Value] = st.recursive(plain_values, _several, max_leaves=4)
lists = st.builds(List, st.just(HERE), st.lists(values, min_size=1, max_size=3).map(tuple))
arguments = st.builds(Argument, st.just(HERE), st.none() | spellings, values)
indices = st.builds(Index, st.just(HERE), st.lists(bound, min_size=1, max_size=3).map(tuple), ranges | lists).filter(
    lambda index: not counts_down(index)
)
calls_of_values = st.builds(
    lambda name, given: Program(HERE, (Chain(HERE, (Call(HERE, name, tuple(given), None),)),)),
    spellings,
    st.lists(arguments, min_size=1, max_size=3),
)

_sizes: st.SearchStrategy[Expression] = st.one_of(
    numbers, names, st.builds(Operation, st.just(HERE), st.sampled_from(sorted(BINDING)), names, numbers)
)
_ranges = st.builds(Range, st.just(HERE), _sizes, _sizes)
_lists = st.builds(List, st.just(HERE), st.lists(_sizes, min_size=1, max_size=3).map(tuple))
_indices = st.builds(Index, st.just(HERE), st.lists(bound, min_size=1, max_size=3).map(tuple), _ranges | _lists).filter(
    lambda index: not counts_down(index)
)
counts = _sizes | _indices

_arguments = st.lists(st.builds(Argument, st.just(HERE), st.none() | spellings, _sizes), max_size=2).map(tuple)
"""Plain ones: what a value may be is drawn apart, as it is the same in every layer."""

_calls: st.SearchStrategy[Item] = st.builds(Call, st.just(HERE), spellings, _arguments, st.none())
labels = st.builds(Label, st.just(HERE), spellings, st.none() | expressions)
_again: st.SearchStrategy[Item] = st.builds(Again, st.just(HERE), labels)


def _chains(items: st.SearchStrategy[Item]) -> st.SearchStrategy[Chain]:
    """Chains, some of which begin with a tap: it may stand nowhere else."""
    taps: st.SearchStrategy[Item] = st.builds(Tap, st.just(HERE), labels)
    untapped = items.filter(lambda item: not begins_with_tap(item))
    later = st.lists(untapped, max_size=3)
    return st.builds(lambda first, rest: Chain(HERE, (first, *rest)), items | taps, later)


def counts_down(index: Index) -> bool:
    """Whether a range is written downwards, which no text may say."""
    try:
        refuse_downwards(index.names[0], index.values)
    except ArchitectureError:
        return True
    return False


def begins_with_tap(item: Item) -> bool:
    match item:
        case Tap():
            return True
        case Repeat(item=inner) | Maybe(item=inner) | Labelled(item=inner):
            return begins_with_tap(inner)
        case Series(chain=chain):
            return begins_with_tap(chain.items[0])
        case _:
            return False


def _wider(items: st.SearchStrategy[Item]) -> st.SearchStrategy[Item]:
    chains = _chains(items)
    series = st.builds(Series, st.just(HERE), chains)
    branches = st.one_of(
        st.builds(Branches, st.just(HERE), st.just("|"), st.lists(chains, min_size=1, max_size=3).map(tuple)),
        st.builds(Branches, st.just(HERE), st.just("+"), st.lists(chains, min_size=2, max_size=3).map(tuple)),
    )
    return st.one_of(
        series,
        branches,
        st.builds(Call, st.just(HERE), spellings, _arguments, series | branches),
        st.builds(Repeat, st.just(HERE), items, counts),
        st.builds(Maybe, st.just(HERE), items),
        st.builds(Labelled, st.just(HERE), items, labels),
    )


items: st.SearchStrategy[Item] = st.recursive(_calls | _again, _wider, max_leaves=6)
chains = _chains(items)
parameters = st.builds(Parameter, st.just(HERE), bound, st.none() | values)
definitions = st.builds(
    Definition,
    st.just(HERE),
    spellings.filter(lambda name: name not in RESERVED),
    st.lists(parameters, max_size=3).map(tuple),
    chains,
)
repeats_of_values = st.builds(
    lambda index: Program(HERE, (Chain(HERE, (Repeat(HERE, Again(HERE, Label(HERE, "a")), index),)),)), indices
)
lets = st.builds(Let, st.just(HERE), bound, expressions)
options = st.builds(Choice, st.just(HERE), bound, st.none(), lists | ranges)
programs = st.builds(
    Program, st.just(HERE), st.lists(chains | definitions | lets | options, min_size=1, max_size=4).map(tuple)
)
