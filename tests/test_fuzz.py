"""Random texts: each is counted or refused with a message, prints back to itself, and its formula is the walk's number.

Half of them are drawn from a small grammar of texts that mostly exist, half are fixtures and shipped networks
in which some characters were changed.
By hand, more: ``SYMCOUNT_FUZZ=100000 pytest tests/test_fuzz.py``.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import symcount as sc
from symcount.catalogue import families, family_text

TEXTS = int(os.environ.get("SYMCOUNT_FUZZ", "2000"))
CASES = Path(__file__).parent / "cases"

MEDIA = ("text", "markdown", "latex", "typst", "html", "json")

INTERNAL = re.compile(r"\b[a-z]+'\d|\b(i|tap)'\s*=")
"""A name that the walk gives, which no text can write."""

sizes = st.recursive(
    st.sampled_from("1 2 3 4 5 8 n w k N cin i".split()),
    lambda inner: st.one_of(
        st.builds("({}{}{})".format, inner, st.sampled_from(["+", "-", "*", "//", "/", "%", "^"]), inner),
        st.builds("{}({}/{})".format, st.sampled_from(["ceil", "floor"]), inner, inner),
        st.builds("{}({},{})".format, st.sampled_from(["min", "max"]), inner, inner),
        st.builds("if({}=={},{},{})".format, inner, inner, inner, inner),
    ),
    max_leaves=3,
)
options = st.sampled_from(
    ["", "", "", ",s=2", ",p=1", ",p=same", ",bias=off", ",g=2", ",d=2", ",ceil=on", ",frozen=on"]
)
kinds = st.sampled_from("C T DW SC P AP H Lin FF GN LSTM E PE SE U pad crop MHA".split())
layers = st.one_of(
    st.builds("{}({}{})".format, kinds, sizes, options),
    st.builds("C({},{}{})".format, sizes, sizes, options),
    st.sampled_from("C P H O R BN LN GAP F seq swap bias free _ cls tok".split()),
)
counts = st.one_of(st.sampled_from(["*2", "*N", "*3", "*(i=1..N)", "*(i=0..2)", "?"]), st.builds("*({})".format, sizes))
chains = st.recursive(
    layers,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map("-".join),
        st.builds("[{}]{}".format, inner, counts),
        st.builds("{{{}{}{}}}".format, inner, st.sampled_from("|+"), inner),
        st.builds("{}[{}]".format, st.sampled_from(["res", "frozen", "bi", "moe(4,top=2)", "blk", "mul"]), inner),
        st.builds("{}@a-{{@a|_}}".format, inner),
    ),
    max_leaves=5,
)
inputs = st.sampled_from(["I", "I3", "I(n)", "I(3,8)", "I(3,8x8)", "I(w,n)", "I(2,n×n)", "I(n,9)"])
written = st.builds("def blk(f=cin) = [body-Lin(f)]; {}-{}".format, inputs, chains)


def _lines(name: str) -> list[str]:
    lines = (line.partition("\t")[0] for line in (CASES / name).read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


FIXTURES = (*_lines("counts.txt"), *_lines("roundtrip.txt"), *map(family_text, families()))


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A fixture or a shipped network in which some characters are left out, doubled or replaced."""
    text = draw(st.sampled_from(FIXTURES))
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, max(0, len(text) - 1)))
        put = draw(st.one_of(st.just(""), st.sampled_from([*"()[]{}-+*/|@&,;=?^0129nNC_", "let ", "def ", "->"])))
        text = text[:place] + put + text[place + draw(st.integers(0, 2)) :]
    return text


def check(text: str) -> bool:
    """See that a text is answered; return whether it is a network."""
    try:
        net = sc.parse(text)
        again = sc.parse(str(net))
        assert str(again) == str(net)
        params = net.params
        assert again.params == params
        if not net.symbols:
            check_written(net)
            return True
        said = net.formula().data()
    except sc.ArchitectureError as error:
        assert str(error)
        assert not INTERNAL.search(str(error))
        return False
    check_written(net)
    for value in (2, 5):  # a network that is refused where its formula holds would be a finding
        check_at(net, said, dict.fromkeys(net.symbols, value))
    return True


def check_written(net: sc.Architecture) -> None:
    """See that a network is worked out and written, each text in one medium, in names that a text may use."""
    medium = MEDIA[len(str(net)) % len(MEDIA)]
    try:
        pages = [net.derive().to(medium)]
    except sc.ArchitectureError as error:
        assert error.code in ("too-large", "limit", "no-closed-form"), error
        pages = []
    if net.symbols and medium != "json":
        pages.append(net.formula().to(medium))
    for page in pages:
        assert page.strip()
        assert not INTERNAL.search(page), page


def check_at(net: sc.Architecture, said: dict[str, object], values: dict[str, int]) -> None:
    """See that a formula has the value that the walk counts, where it says that it holds."""
    names = {"min": min, "max": max}
    stated = (*said["conditions"], *said["assumptions"])  # type: ignore[misc]
    if max(map(len, (*stated, str(said["python"])))) > 2_000:
        return
    if all(eval(each, names, dict(values)) for each in stated):
        try:
            walked = net(**values).params
        except sc.ArchitectureError as error:
            # a number too long to write is nothing that a domain states
            assert error.code in ("limit", "too-large"), (str(error), str(net), values)
            return
        assert walked == eval(str(said["python"]), names, dict(values)), (str(net), values)


fuzzed = settings(
    max_examples=TEXTS // 2,
    deadline=None,
    suppress_health_check=[*HealthCheck],
    derandomize="SYMCOUNT_FUZZ" not in os.environ,
)


@fuzzed
@given(written)
def test_texts_that_mostly_exist(text: str) -> None:
    check(text)


@fuzzed
@given(mutated())
def test_texts_that_were_changed(text: str) -> None:
    check(text)


def test_a_wrong_formula_would_be_noticed() -> None:
    net = sc.parse("I(n)-[H(cin+1)]*N")
    said = net.formula().data()
    check_at(net, said, {"n": 2, "N": 3})
    with pytest.raises(AssertionError):
        check_at(net, {**said, "python": f"{said['python']} + N - 2"}, {"n": 2, "N": 3})


def test_a_domain_that_admits_what_is_no_network_would_be_noticed() -> None:
    net = sc.parse("I(1,n)-C(1,3)")
    said = net.formula().data()
    check_at(net, said, {"n": 1})
    with pytest.raises(AssertionError, match="the length falls"):
        check_at(net, {**said, "conditions": []}, {"n": 1})


def test_many_of_the_texts_are_networks() -> None:
    assert sum(map(check, FIXTURES[::10])) > len(FIXTURES[::10]) // 2
