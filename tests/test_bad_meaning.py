"""Any text at all is counted, or refused with a place: no other exception, and no waiting."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from re import escape
from types import FrameType

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from symcount import Architecture, ArchitectureError
from symcount.answers.question import FORMS
from symcount.render.count import count_lines, count_table
from symcount.render.count_json import count_json
from symcount.render.view import View
from tests.published import cases

LONGEST = 60
"""Seconds of this process's own time that any answer may take: a guard against what never ends, however busy the
machine is with other things."""


class TooLongError(Exception):
    """An answer that did not come in time."""


@contextmanager
def in_time() -> Iterator[None]:
    def over(number: int, frame: FrameType | None) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGPROF, over)
    signal.setitimer(signal.ITIMER_PROF, LONGEST)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def answer(text: str, **values: int | str) -> object:
    """The count of a text, or its error, which has a place in the text or tells what is wrong with the whole."""
    try:
        with in_time():
            return Architecture(text, values).params
    except ArchitectureError as error:
        return told(error)


def told(error: ArchitectureError) -> ArchitectureError:
    """The error, which says what is wrong and, where it has a place, shows it."""
    assert error.message
    assert error.span is None or ("^" in str(error) and error.column)
    for span, source in ((error.span, error.source), *((call.span, call.source) for call in error.calls)):
        assert span is None or (source is not None and 0 <= span.start <= span.end <= len(source)), (source, span)
    return error


OF_SOME = ("grouped", "relative", "leading")
"""The forms that not every formula has."""


def everything(text: str) -> ArchitectureError | None:
    """Ask all that can be asked of a text; the error that one of the answers is, if any."""
    with in_time():
        try:
            net = Architecture(text)
            assert str(Architecture(str(net))) == str(net)
            json.dumps(count_json(net.counted, View(("size", "weights"))))
            count_table(net.counted, View())
            list(count_lines(net.counted, View()))
            json.dumps(net.formula().data())
            for form in FORMS:
                with suppress(ArchitectureError) if form in OF_SOME else nullcontext():
                    net.formula(form=form).to("text")
        except ArchitectureError as error:
            return told(error)
    return None


SEEDS = [
    *(case.text for case in cases("counts.txt") if len(case.text) < 120),
    *Path(__file__).with_name("cases").joinpath("roundtrip.txt").read_text(encoding="utf-8").splitlines()[:60],
    "let a = n//2; let b = a*m + 1; I(3,a,b)-C(b,3,s=(2,k),p=(k-1)/2,g=g)-BN-PR(per=unit)-AP(2,ceil=on)-H(2^m)",
    "I(c,t,h,w)-T(f,3,s=2,op=1)-pad(before=1)-crop(after=1)-AAP(2)-reshape(8)-rep(4)-LC(2,k,bias=map)-GMP-O",
]
_PIECES = st.sampled_from(
    "( ) , - -> * / // % ^ = n k 0 1 2 99 10^40 1/2 -1 same causal on off cin min( max( ceil( if( I C P T U F H "
    "LC DW SC BN PR pad crop reshape rep -C(3,3) -P2 -U2 -F -O p= s= k= g= d= bias= links= per= ceil=on × 2x2".split()
)


def changed(text: str, draw: st.DrawFn) -> str:
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, min(len(text), start + 3)))
    return text[:start] + draw(_PIECES) + text[end:]


@st.composite
def mutations(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from(SEEDS)).partition("\t")[0]
    for _ in range(draw(st.integers(1, 3))):
        text = changed(text, draw)
    return text


@settings(max_examples=600, derandomize=True, deadline=None)
@given(mutations())
@example("I(1,n)-C(3,3,s=n-n)")
def test_any_change_to_a_network_is_answered(text: str) -> None:
    answer(text)


@settings(max_examples=150, derandomize=True, deadline=None)
@given(mutations())
def test_any_change_to_a_network_is_answered_in_every_way(text: str) -> None:
    everything(text)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.sampled_from(SEEDS), st.text(max_size=12) | st.integers() | _PIECES, st.sampled_from("cnkmf"))
def test_any_binding_is_answered(text: str, value: str | int, name: str) -> None:
    answer(text.partition("\t")[0], **{name: value})


_MEANT_TWICE = st.sampled_from(
    ("let a = #; I(w)-O1", "I(w)-[C(#)]*2", "def f(a, b=#) = H(a); I(w)-f(3)", "I(w)-cb(#,w)")
)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(
    _MEANT_TWICE,
    st.sampled_from("f(3) a w/0 (f(a)) same+1 cin 2^(1/2) a+w".split()),
    st.sampled_from("w a w+1 a+1".split()),
)
def test_an_error_in_a_binding_and_in_a_text_shows_the_one_it_is_in(text: str, size: str, value: str) -> None:
    answer(text.replace("#", size), w=value)


def test_an_error_of_a_definition_that_a_binding_uses_shows_the_definition() -> None:
    text = "let t=f(3);I(w)-O1"
    error = answer(text, w="t+1")
    assert isinstance(error, ArchitectureError)
    assert (error.source, error.column) == (text, 7)


def lets(steps: int, step: Callable[[str], str], first: str = "n + m") -> str:
    """Definitions that rest each on the one before."""
    return f"let a0 = {first}; " + "".join(f"let a{i + 1} = {step(f'a{i}')}; " for i in range(steps)) + f"I(a{steps})-O"


def product_of(number: int, term: str) -> str:
    return "*".join(term.replace("#", str(i)) for i in range(number))


REFUSED = {
    "a tower of powers": ("I-C(9**9**9**9,3)", "limit"),
    "sizes that explode": ("I(1,2x2)" + "-T(3,3,s=10**90)" * 60, "limit"),
    "a width of comparisons in one another": ("I-[C(if((k%w)>(-cin),4,3))]*N", "no-closed-form"),
    "a sum of powers of which the sign is open": ("I(3)-[[H(9-cin)]*N]*M", "no-closed-form"),
    "experts that leave a comparison": ("I(3,n)-moe(2,top=1)[[[LSTM(w>cin)]*3]*3]", "branches-differ"),
    "sizes that are doubled beyond count": ("I(1,2x2)" + "-U(10^99)" * 60, "limit"),
    "a flattened size of 300 digits": (f"I({'9' * 99},{'9' * 99}x{'9' * 99})-F-H10", "limit"),
    "a coefficient of 6,000 digits": ("I(1,n)" + "-U(10^99)" * 60 + "-O", "too-large"),
    "nine axes": ("I(3,2x2x2x2x2x2x2x2x2)-C(2,1)", "limit"),
    "digits glued to a name": ("I" + "9" * 900 + "-O10", "too-many-digits"),
    "digits glued to an area": ("I3x" + "9" * 900, "too-many-digits"),
    "a negative size": ("I(-1,3x3)-O", "bad-argument"),
    "a size of zero": ("I(0)-O", "bad-argument"),
    "a fraction": ("I(1/2)-O", "bad-argument"),
    "a decimal": ("I(3.5)-O", "bad-argument"),
    "a kernel of a third": ("I(1,9)-C(1,1/3)", "bad-argument"),
    "a remainder of nothing": ("I(n%0)-O", "division-by-zero"),
    "a remainder of what cancels": ("I(n%(m-m))-O", "division-by-zero"),
    "a quotient by what cancels": ("I(n//(m-m))-O", "division-by-zero"),
    "a ratio by what cancels": ("I(n/(m-m))-O", "division-by-zero"),
    "a stride that cancels": ("I(3,n)-C(3,3,s=m-m)-O", "division-by-zero"),
    "zero to a negative power": ("I(0^(n-n-1))-O", "division-by-zero"),
    "a root": ("I(n^(1/2))-O", "bad-power"),
    "a symbol below one": ("I(n^(-1))-O", "bad-power"),
    "a sum to a high power": ("I((a+b)^9999)-O", "too-large"),
    "ninety sums multiplied": (f"I(1)-O({product_of(90, '(a#+b#)')})", "too-large"),
    "powers of powers": ("I(" + "(" * 9 + "n" + "+1)^2" * 9 + ")-O", "too-large"),
    "floors that double": ("I(n)" + "-H(cin//2+cin//3)" * 40, "too-large"),
    "minima that double": ("I(n)" + "-H(min(cin,cin//3))" * 40, "too-large"),
    "poolings of symbols that round up": ("I" + "-P(k,s,p,ceil=on)" * 30 + "-O", "too-large"),
    "a definition of itself": ("let a = a; I(a)", "circular"),
    "a circle of definitions": ("let a = b; let b = c; let c = a; I(a)-O", "circular"),
    "five hundred definitions": ("".join(f"let a{i} = a{i + 1}+1; " for i in range(500)) + "I(a0)-O", "too-deep"),
    "a circle of many definitions": (
        "".join(f"let a{i} = a{(i + 1) % 2000}; " for i in range(2000)) + "I(a0)-O", "too-deep",
    ),
    "definitions squared": (lets(12, lambda a: f"{a}*{a}+1"), "too-large"),
    "numbers squared": (lets(12, lambda a: f"{a}*{a}", "9"), "limit"),
    "many arguments": (f"I(min({','.join(['n'] * 1001)}))-O", "bad-argument"),
    "several sizes for one": ("I(3,9)-C((2,2),3)", "bad-argument"),
    "sizes in sizes": ("I(3,9x9)-C(2,((3,3),3))", "bad-argument"),
    "a list": ("I([1,2])-O", "bad-argument"),
    "a range": ("I(1..3)-O", "bad-argument"),
    "a label": ("I(3,9)-C(@x,3)", "unknown-label"),
    "a choice of words by a symbol": ("I-C(8,3,p=if(n,same,1))-O", "undecided"),
    "arithmetic with a word": ("I(same+1)-O", "not-a-number"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_network_is_refused(name: str) -> None:
    text, code = REFUSED[name]
    error = answer(text)
    assert isinstance(error, ArchitectureError)
    assert error.code == code, error
    assert everything(text) is not None


COUNTED = {
    "a power that is whole where its exponent is": "I(n^(m/2))-O",
    "stride": "I(3,9x9)-C(3,3,s=10^99)-O",
    "padding": "I(3,9x9)-C(3,3,p=10^98)-O",
    "filters": "I(3,9x9)-C(10^99,3)-C(10^99,3)-O(10^99)",
    "sixty symbols multiplied": "I(1,n)" + "-U" * 60 + "-O10",
    "tower of symbols": "I(2^(2^(2^n)))-O(n^n^n)",
    "powers of powers": "I(n)" + "-H(2^cin)" * 20,
    "doubled definitions": lets(40, lambda a: f"{a}+{a}"),
    "halved definitions": lets(30, lambda a: f"({a}+1)//2"),
    "definitions in fractions": lets(30, lambda a: f"{a}+{a}/7"),
    "definitions with minima": lets(9, lambda a: f"min({a},{a}+k)"),
    "minimum of many": f"I(min({','.join(f'x{i}' for i in range(500))}))-O",
    "ninety symbols in sums": "I(1)" + "".join(f"-H(a{i}+b{i})" for i in range(90)) + "-O",
    "eight axes": "I(3,a,b,c,d,e,f,g,h)" + "-C(2,3,s=2)" * 12 + "-O",
    "a name with many digits": "I(x" + "9" * 900 + ")-H(y" + "8" * 900 + "*n)-O",
    "forty symbolic layers": "I" + "-C-P" * 20 + "-O10",
    "a thousand layers": "I(c,n×n)" + "-C(f,3)" * 1000,
    "names of Python and sympy": "I(__import__)-H(E)-H(I)-H(N)-H(S)-H(Q)-H(oo)-H(zoo)-H(beta)-O(eval)",
    "a difference": "I(n-m)-O",
    "a negative power": "I(2^(3-n))-O",
}


@pytest.mark.parametrize("name", COUNTED)
def test_a_strange_network_is_counted(name: str) -> None:
    assert not isinstance(answer(COUNTED[name]), ArchitectureError)
    assert everything(COUNTED[name]) is None


@pytest.mark.parametrize(
    "value",
    ["9" * 9_999, 10**9_999, -(10**9_999), 10**100, "0", 0, -1, "1/2", "n+1", "", "=", "3;4", "@x", "m%0", "2^16", "λ"],
    ids=lambda value: str(value)[:12] if isinstance(value, str) else "int",
)  # fmt: skip
def test_a_hostile_binding_is_refused_or_taken(value: int | str) -> None:
    error = answer("I(3,n)-C(4,3)-O", n=value)
    assert isinstance(error, ArchitectureError) is (value not in ("2^16", "n"))


@pytest.mark.parametrize(
    "text", ["I-Ç(3)", "I(ñ)-O", "I-🙂", "I\u200b-O", "I\u202e-O", "I(٣)-O", "I-C(𝟑,3)", "I(n\u0301)-O"]
)
def test_unusual_letters_are_named(text: str) -> None:
    error = answer(text)
    assert isinstance(error, ArchitectureError)
    assert error.code == "unknown-character"


def test_what_never_ends_and_another_exception_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def forever(*_: object) -> None:
        while True:
            pass

    monkeypatch.setitem(in_time.__wrapped__.__globals__, "LONGEST", 1)  # type: ignore[attr-defined]
    with pytest.raises(TooLongError), in_time():
        forever()
    monkeypatch.setattr(Architecture, "params", property(lambda net: 1 // 0))
    with pytest.raises(ZeroDivisionError):
        answer("I784-O10")


@pytest.mark.parametrize(
    ("text", "values", "shown"),
    [
        ("I(3)-H(t)", {"t": "g(3)"}, "  t=g(3)\n    ^^^^"),
        ("I(3)-H(t)", {"t": "u", "u": "t"}, "  u=t\n    ^"),
        ("let t=f(3);I(w)-O1", {"w": "t+1"}, "  let t=f(3);I(w)-O1\n        ^^^^"),
    ],
)
def test_a_binding_is_shown_as_it_was_given(text: str, values: dict[str, str], shown: str) -> None:
    error = answer(text, **values)
    assert isinstance(error, ArchitectureError)
    assert shown in str(error)


@pytest.mark.parametrize(
    ("text", "values", "where"),
    [
        ("I(c,8x8)-C(3,k)", {"c": 2, "k": 9}, "falls from 8 to 0, where k=9"),
        ("I(c,n)-C(3,3)", {"c": 2, "n": 2}, "falls from 2 to 0, where c=2, n=2"),
        ("zoo:resnet50", {"n": "1/2"}, "where n=1/2"),
    ],
)
def test_an_error_tells_the_bindings_that_it_stands_under(text: str, values: dict[str, int], where: str) -> None:
    error = answer(text, **values)
    assert isinstance(error, ArchitectureError)
    assert error.message.endswith(where)


def test_an_error_without_bindings_tells_of_none() -> None:
    assert "where" not in str(answer("I(c,8x8)-C(3,9)"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("I(1,h×w)-C(3,3)-LSTM(5)", "but 3×(h - 2)×(w - 2) with 2 axes arrives"),
        ("I(c,n×n)-C(f,3)-P2-cls", "but f×(⌊n/2⌋ - 1)×(⌊n/2⌋ - 1), with 2 axes, arrives"),
        ("I(3,h×w)-[C(f,3,p=same)]*N-LSTM(5)", "but f×h×w with 2 axes arrives"),
        ("I(c,h×w)-{C(3,3)|C(4,5)}-O1", "branches differ: 3×(h - 2)×(w - 2) (column 11) and 4×(h - 4)×(w - 4) (column"),
    ],
)
def test_a_shape_in_an_error_is_said_in_the_symbols_of_the_text(text: str, said: str) -> None:
    with pytest.raises(ArchitectureError, match=escape(said)):
        _ = Architecture(text).params
