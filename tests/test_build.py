from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import symcount
from symcount.errors import ArchitectureError
from symcount.syntax import build, parse, text, tree
from symcount.syntax.limits import MOST_DIGITS
from tests import strategies
from tests.strategies import HERE, begins_with_tap

_texts = st.sampled_from(["4*d", "same", "a//2+1", "min(a,b)", "h×w", "28x28", "(a,)", "@tok", "1..N", "a<=b"])
_plain: st.SearchStrategy[Any] = st.one_of(
    st.integers(-(10**9), 10**9), st.fractions(), st.booleans(), _texts, strategies.values
)
_ranges = st.builds(lambda start, length: range(start, start + length), st.integers(-9, 9), st.integers(1, 9))
values: st.SearchStrategy[Any] = st.recursive(
    _plain | _ranges,
    lambda inner: st.lists(inner, min_size=1, max_size=3).flatmap(lambda few: st.sampled_from([few, tuple(few)])),
    max_leaves=4,
)
_sizes = st.integers(-9, 9) | st.sampled_from(["N-1", "a", "i==0"])
_words = strategies.spellings
_calls = st.builds(
    lambda name, few, named: build.call(name, *few, **named),
    _words,
    st.lists(values, max_size=2),
    st.dictionaries(_words, values, max_size=2),
)


def _wider(items: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    chains = st.builds(
        lambda first, rest: build.chain(first, *rest), items | st.builds(build.tap, _words), st.lists(items, max_size=2)
    )
    # a filter would be shown in full when it tries again, and that takes long
    untapped = chains.map(lambda chain: build.chain(build.call("C")) if begins_with_tap(chain.items[0]) else chain)
    return st.one_of(
        untapped,
        st.builds(build.series, untapped),
        st.builds(lambda few: build.branches(*few), st.lists(chains, min_size=1, max_size=3)),
        st.builds(lambda few: build.branches(*few, joint="+"), st.lists(chains, min_size=2, max_size=3)),
        st.builds(build.repeat, items, _sizes),
        st.builds(build.repeat, items, _ranges, strategies.bound),
        st.builds(build.labelled, items, _words),
        st.builds(build.maybe, items),
        st.builds(build.wrapper, _words, items, _sizes),
    )


layers: st.SearchStrategy[Any] = st.recursive(_calls | st.builds(build.again, _words), _wider, max_leaves=4)
statements = st.one_of(
    layers,
    st.builds(build.let, strategies.bound, _sizes),
    st.builds(
        lambda name, body, bare, more: build.definition(name, body, *bare, **more),
        strategies.bound,
        layers,
        st.lists(strategies.bound, max_size=2),
        st.dictionaries(strategies.bound, values, max_size=2),
    ),
)


@given(values)
def test_a_value_that_is_built_is_read_again(value: Any) -> None:
    built = build.call("C", value, k=value)
    assert parse(text(built)).statements == (build.chain(built),)


@given(st.lists(statements, min_size=1, max_size=3))
def test_what_is_built_is_read_again(several: list[Any]) -> None:
    program = build.program(*several)
    assert parse(text(program)) == program
    assert [text(each) for each in program.statements] == [text(each) for each in several]


def test_a_program_has_its_places_in_its_text() -> None:
    program = build.program(build.let("d", 64), build.chain(build.call("I", "d"), build.call("O", 10)))
    written = text(program)
    [_, tower] = program.statements
    assert isinstance(tower, tree.Chain)
    assert [written[item.span.start : item.span.end] for item in tower.items] == ["I(d)", "O(10)"]


def test_a_network_that_is_built_is_counted() -> None:
    block = build.chain(build.call("C", 8, 3, p="same", bias=False), build.call("BN"))
    network = build.program(
        build.definition("blk", block),
        build.chain(
            build.call("I", 3, (32, 32)),
            build.call("C", 8, 1),
            build.repeat(build.wrapper("res", build.call("blk")), 3),
            build.call("GAP"),
            build.call("O", 10),
        ),
    )
    assert text(network) == "def blk = C(8,3,p=same,bias=off)-BN; I(3,32x32)-C(8,1)-res[blk]*3-GAP-O(10)"
    assert symcount.parse(text(network)).params == 4 * 8 + 3 * (9 * 64 + 16) + 90


_C = build.call("C")


def _call(value: Any) -> tree.Call:
    return build.call("C", value)


REFUSED: dict[str, tuple[Callable[[], object], type[Exception], str]] = {
    "a float": (lambda: _call(0.5), TypeError, "exact, found 0.5"),
    "nothing": (lambda: _call(None), TypeError, "found None"),
    "layers for a value": (lambda: _call(_C), TypeError, "a value is a number"),
    "a name that is none": (lambda: build.call("C-D"), ValueError, "letters, digits and _"),
    "a name of the language": (lambda: build.labelled(_C, "let"), ValueError, "none of def, let and in"),
    "a name with a new line": (lambda: build.tap("a\n"), ValueError, "letters"),
    "a name that is a number": (lambda: build.tap(3), TypeError, "a name is text"),  # type: ignore[arg-type]
    "an empty tuple": (lambda: build.call("C", ()), ValueError, "one at least"),
    "an empty range": (lambda: build.call("C", range(3, 3)), ValueError, "one value at least"),
    "a range of twos": (lambda: build.call("C", range(0, 4, 2)), ValueError, "upwards by one"),
    "a long number": (lambda: build.call("C", 10**MOST_DIGITS), ValueError, "at most 100 digits"),
    "a reserved word": (lambda: build.let("same", 3), ArchitectureError, "reserved-word"),
    "a keyword": (lambda: build.repeat(_C, range(3), "lambda"), ArchitectureError, "python-keyword"),
    "a macro of a reserved name": (lambda: build.definition("same", _C), ArchitectureError, "reserved-word"),
    "an area as a name": (lambda: build.call("I", 3, "nxn"), ArchitectureError, "area-as-name"),
    "a node of such a name": (lambda: build.call("I", tree.Name(HERE, "nxn")), ArchitectureError, "area-as-name"),
    "two values in one text": (lambda: build.call("C", "32,5"), ArchitectureError, "bad-argument"),
    "an argument by name in a text": (lambda: build.call("C", "k=3"), ArchitectureError, "bad-argument"),
    "layers in a text": (lambda: build.call("C", "3)-C(3"), ArchitectureError, "bad-argument"),
    "statements in a text": (lambda: build.call("C", "3);C(3"), ArchitectureError, "bad-argument"),
    "a block in a text": (lambda: build.call("C", "3)[C(3)]-C(3"), ArchitectureError, "bad-argument"),
    "an empty text": (lambda: build.call("C", ""), ArchitectureError, "bad-argument"),
    "a bad text": (lambda: build.call("C", "2f"), ArchitectureError, "missing-operator"),
    "a tap inside": (lambda: build.chain(_C, build.tap("a")), ArchitectureError, "tap-inside"),
    "a let among layers": (lambda: build.chain(_C, build.let("a", 1)), TypeError, "made of items"),  # type: ignore[arg-type]
    "one branch to add": (lambda: build.branches(_C, joint="+"), ValueError, "two or more"),
    "no branch": (lambda: build.branches(), ValueError, "one or more"),
    "another joint": (lambda: build.branches(_C, _C, joint="*"), ValueError, "found '*'"),
    "a count of two": (lambda: build.repeat(_C, (3, 3)), TypeError, "a count is one number"),
    "names of a number": (lambda: build.repeat(_C, 3, "i"), TypeError, "a range or a list"),
    "a let of a list": (lambda: build.let("a", [1]), TypeError, "a let defines one number"),
    "an empty program": (lambda: build.program(), ValueError, "one statement"),
    "a node that no text says": (lambda: build.program(build.call("C", tree.Number(HERE, -3))), ValueError, "no text"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_built_is_refused(name: str) -> None:
    made, kind, part = REFUSED[name]
    with pytest.raises(kind) as raised:
        made()
    assert part in (raised.value.code if isinstance(raised.value, ArchitectureError) else str(raised.value))


def test_a_bad_text_is_shown_alone() -> None:
    with pytest.raises(ArchitectureError) as raised:
        build.call("C", 32, "k+2f")
    assert str(raised.value) == "a product needs its sign\n  k+2f\n    ^^\nhint: write 2*f"


def test_a_text_may_end_in_a_comment() -> None:
    assert text(build.call("C", "3 # a kernel")) == "C(3)"


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (Fraction(4, 2), "2"),
        (Fraction(1, 1024), "0.0009765625"),
        (Fraction(-2, 7), "-(2/7)"),
        (Fraction(1, 2**101), f"1/{2**101}"),
        (10**MOST_DIGITS - 1, "9" * MOST_DIGITS),
    ],
)
def test_a_number_is_exact(number: int | Fraction, written: str) -> None:
    assert text(build.call("C", number)) == f"C({written})"
