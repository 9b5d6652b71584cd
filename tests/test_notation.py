"""Notations: what is written reads back as it was meant, and each form holds together as tightly as it says."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from symcount.arithmetic import (
    CeilDiv,
    Difference,
    FloorDiv,
    IndexedSum,
    Max,
    Min,
    Named,
    Power,
    Product,
    Quotient,
    Ratio,
    Remainder,
    Size,
    Sum,
    Symbol,
    by_name,
    by_value,
)
from symcount.arithmetic.notation import LATEX, MATHML, PYTHON, TEXT, TYPST, UNICODE, Notation
from symcount.arithmetic.notation.notation import ATOM, SUM, SUMMATION, Binding, Form
from symcount.records import replace
from tests.reading import Sizes, Value, raised, read, summed
from tests.seeds import chosen_seed

ROOT = Path(__file__).parent
NOTATIONS = {
    "text": TEXT, "unicode": UNICODE, "python": PYTHON, "latex": LATEX, "typst": TYPST, "mathml": MATHML,
}  # fmt: skip
FORMS = ("power", "ratio", "floor", "ceiling", "remainder", "minimum", "maximum", "summation")
A, B, N, INDEX = (Symbol(name) for name in "abni")
K, M, J = Named("k", 5), Named("m", N + 1), Named("j", -3)
ROUNDS = 1500


def divided(above: Value, below: Value) -> Value:
    return above / below


def divided_exactly(above: Value, below: Value) -> Value:
    if (above / below).denominator != 1:
        raise ArithmeticError(f"{below} does not divide {above}")
    return above / below


def value(size: Size, sizes: Sizes, over: Callable[[Value, Value], Value] = divided) -> Value:
    """The value of a term by a plain walk; an error where it has none."""
    match size:
        case int():
            return Value(size)
        case Symbol(name):
            return sizes[name]
        case Named(_, inner):
            return value(inner, sizes, over)
        case Sum(terms):
            return sum((value(each, sizes, over) for each in terms), Value(0))
        case Difference(left, right):
            return value(left, sizes, over) - value(right, sizes, over)
        case Product(factors):
            return math.prod((value(each, sizes, over) for each in factors), start=Value(1))
        case Power(base, exponent):
            return raised(value(base, sizes, over), value(exponent, sizes, over))
        case Ratio(above, below):
            return over(value(above, sizes, over), value(below, sizes, over))
        case FloorDiv(above, below):
            return Value(value(above, sizes, over) // value(below, sizes, over))
        case CeilDiv(above, below):
            return Value(-(-value(above, sizes, over) // value(below, sizes, over)))
        case Remainder(above, below):
            return value(above, sizes, over) % value(below, sizes, over)
        case Min(terms):
            return min(value(each, sizes, over) for each in terms)
        case Max(terms):
            return max(value(each, sizes, over) for each in terms)
        case IndexedSum(index, first, last, term):
            start, end = value(first, sizes, over), value(last, sizes, over)
            return summed(start, end, lambda i: value(term, {**sizes, index.name: i}, over))
    raise AssertionError(size)


def drawn(draw: random.Random, depth: int) -> Size:
    """A random term."""
    if depth == 0 or draw.random() < 0.15:
        atoms: list[Size] = [A, B, N, K, M, J, draw.randint(-3, 12), draw.randint(0, 4)]
        return draw.choice(atoms)
    first, second, third = (drawn(draw, depth - 1) for _ in range(3))
    made: list[Size] = [
        Sum((first, second, third)), Sum((first, second)), Difference(first, second), Product((first, second)),
        Product((first, first, second)), Product((-1, first)), Power(first, draw.randint(0, 3)),
        Power(first, second), Ratio(first, second), FloorDiv(first, second), CeilDiv(first, second),
        Remainder(first, second), Min((first, second)), Max((first, second, third)),
        IndexedSum(INDEX, 1, second, third), IndexedSum(INDEX, first, second, Product((INDEX, third))),
    ]  # fmt: skip
    return draw.choice(made)


def terms(rounds: int) -> Iterator[tuple[Size, dict[str, Value]]]:
    """Random terms, and sizes for their letters."""
    seed = chosen_seed()
    print("seed", seed)
    draw = random.Random(seed)
    for _ in range(rounds):
        sizes = {name: Value(draw.randint(1, 7)) for name in "abn"}
        yield drawn(draw, draw.randint(1, 3)), sizes | {each.name: value(each, sizes) for each in (K, M, J)}


def misread(notation: Notation, name: str, size: Size, sizes: Sizes) -> str:
    """What a term is written as, where it does not read back with its value; nothing where it does, or has none."""
    try:
        meant = value(size, sizes, divided_exactly if name == "python" else divided)
    except ArithmeticError:
        return ""
    for text in (by_name(size, notation), by_value(size, notation)):
        try:
            found = evaluated(text, sizes) if name == "python" else read(text, name, sizes)
        except (ArithmeticError, AssertionError):
            return text
        if found != meant:
            return text
    return ""


def evaluated(text: str, sizes: Sizes) -> Value:
    return Value(eval(text, {name: each.numerator for name, each in sizes.items()}))


@pytest.mark.parametrize("name", NOTATIONS)
def test_what_is_written_reads_back(name: str) -> None:
    wrong = [text for size, sizes in terms(ROUNDS) if (text := misread(NOTATIONS[name], name, size, sizes))]
    assert wrong[:3] == [], len(wrong)


OPERATIONS: dict[str, Callable[..., Size]] = {
    "power": Power,
    "ratio": Ratio,
    "floor": FloorDiv,
    "ceiling": CeilDiv,
    "remainder": Remainder,
    "minimum": lambda first, second: Min((first, second)),
    "maximum": lambda first, second: Max((first, second)),
    "summation": lambda first, last, term: IndexedSum(INDEX, first, last, term),
}
"""How each form of a notation is made, from what stands in its places."""

ATOMS: dict[str, tuple[Size, ...]] = {"summation": (1, N, INDEX)}
"""What stands in the places of a form where nothing is tried there; elsewhere two letters."""

INSIDE = (A + B, IndexedSum(INDEX, 1, B, Product((INDEX, A))), Product((A, B)), Power(A, N))
"""What is tried in each place, the loosest first."""


def around(size: Size) -> tuple[Size, ...]:
    """What a term is tried in: places that ask for more and more."""
    return (
        IndexedSum(INDEX, 1, N, size), Product((size, B)), Product((2, size)), Remainder(size, 2), Power(size, 2),
        Power(2, size), Difference(N, size),
    )  # fmt: skip


def tried(form: str) -> Iterator[Size]:
    """A form in every place that it may have to hold together in, and with everything in its own places."""
    atoms = ATOMS.get(form, (A, B))
    yield from around(OPERATIONS[form](*atoms))
    for place in range(len(atoms)):
        for size in INSIDE:
            yield OPERATIONS[form](*atoms[:place], size, *atoms[place + 1 :])


def changed(notation: Notation, name: str, form: Form) -> Notation:
    return replace(notation, **{name: form})


def looser(form: Form) -> Iterator[tuple[int | None, Form]]:
    """The same form, said to hold together most tightly, or with one place, given first, that asks for nothing."""
    if form.binds != ATOM:
        yield None, replace(form, binds=ATOM)
    for place, least in enumerate(form.places):
        if least != SUM:
            yield place, replace(form, places=(*form.places[:place], SUM, *form.places[place + 1 :]))


HARMLESS = {("python", "summation", 2)}
"""Where parentheses are for the eye: after a sum, Python's range adds 1 as well."""

SIZES = tuple(
    {"a": Value(a), "b": Value(b), "n": Value(n)}
    for a, b, n in [(2, 3, 4), (6, 3, 2), (12, 2, 3), (1, 4, 2), (0, 3, 2)]
)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", NOTATIONS)
def test_every_form_reads_back_in_every_place(name: str, form: str) -> None:
    wrong = [text for size in tried(form) for at in SIZES if (text := misread(NOTATIONS[name], name, size, at))]
    assert wrong == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", NOTATIONS)
def test_a_form_that_said_it_held_more_tightly_would_be_misread(name: str, form: str) -> None:
    notation = NOTATIONS[name]
    for place, other in looser(getattr(notation, form)):
        signs = changed(notation, form, other)
        seen = any(misread(signs, name, size, at) for size in tried(form) for at in SIZES)
        assert seen != ((name, form, place) in HARMLESS), (place, other)


@pytest.mark.parametrize("name", ["typst", "mathml"])
def test_what_is_drawn_holds_together_alike(name: str) -> None:
    for form in FORMS:
        drawn_form, latex = getattr(NOTATIONS[name], form), getattr(LATEX, form)
        assert (drawn_form.binds, drawn_form.places) == (latex.binds, latex.places), form


@pytest.mark.parametrize("name", ["text", "unicode", "python", "latex", "typst"])
def test_a_name_with_a_negative_value_is_taken_away(name: str) -> None:
    notation = NOTATIONS[name]
    minus, power = notation.minus, Named("q", Product((-1, A)))
    assert by_value(N + Named("p", -3), notation) == f"n{minus}3"
    assert by_value(N + power, notation) == f"n{minus}a"
    assert by_name(N + Named("p", -3), notation) == f"n{notation.plus}p"


@pytest.mark.parametrize(
    ("size", "latex", "typst"),
    [
        (Symbol("vocab") * Symbol("dim") * A, r"\text{vocab} \cdot \text{dim} \cdot a", '"vocab" dot "dim" dot a'),
        (
            Symbol("d_model") * A * Symbol("d_head_1"),
            r"d_{\text{model}} a d_{\text{head},1}",
            'd_"model" a d_("head",1)',
        ),
        (Quotient(9 * A**2 * B, 2), r"\frac{9}{2} a^{2} b", "frac(9, 2) a^(2) b"),
        (Quotient(A**2, 2), r"\frac{a^{2}}{2}", "frac(a^(2), 2)"),
    ],
)
def test_factors_stand_side_by_side_unless_they_are_words(size: Size, latex: str, typst: str) -> None:
    assert (by_name(size, LATEX), by_name(size, TYPST)) == (latex, typst)


CASES = [line.split(" | ") for line in (ROOT / "cases" / "notations.txt").read_text(encoding="utf-8").splitlines()]


def shown(notation: Notation, form: str) -> list[str]:
    """A form in every place, and with everything in its own."""
    return [by_name(size, notation) for size in tried(form)]


@pytest.mark.parametrize(("name", "form", "texts"), CASES, ids=lambda given: given[:12])
def test_how_a_form_looks(name: str, form: str, texts: str) -> None:
    assert "   ".join(shown(NOTATIONS[name], form)) == texts


def test_every_form_of_every_notation_is_looked_at() -> None:
    assert {(name, form) for name, form, _ in CASES} == {(name, form) for name in NOTATIONS for form in FORMS}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["text", "python", "latex"])
def test_a_binding_that_changes_is_seen(name: str, form: str) -> None:
    notation = NOTATIONS[name]
    given: Form = getattr(notation, form)
    # nothing in Python is a summation that reaches up to the next sign
    levels = [each for each in Binding if name != "python" or each != SUMMATION]
    others = [replace(given, binds=level) for level in levels if level != given.binds]
    for place, least in enumerate(given.places):
        if form == "summation" and place == 0:
            continue  # an index is a name, which stands anywhere
        others += [
            replace(given, places=(*given.places[:place], level, *given.places[place + 1 :]))
            for level in levels
            if level != least
        ]
    for other in others:
        assert shown(changed(notation, form, other), form) != shown(notation, form), other
