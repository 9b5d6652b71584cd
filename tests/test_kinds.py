"""Every kind of layer answers for every rule, and what it adds is told from what multiplies."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest

from symcount.algebra import closed_expression
from symcount.arithmetic import Size
from symcount.layers import (
    KINDS,
    AtLeastOne,
    Divisible,
    Equal,
    Layer,
    LayerError,
    Sentence,
    Shape,
    Source,
    TiedWeights,
    Word,
    in_general,
    lettered,
)
from symcount.layers.arguments import Argument
from symcount.layers.declarations import flag, size
from symcount.layers.reach import alone
from symcount.layers.rules import WRITTEN, Nothing, none
from tests.seeds import chosen_seed

ROUNDS = 60
ADDING = [kind for kind in KINDS.values() if any(each.added for each in kind.arguments.values())]


@pytest.fixture
def draw() -> random.Random:
    seed = chosen_seed()
    print("seed", seed)
    return random.Random(seed)


def layers(draw: random.Random, kind: type[Layer]) -> Iterator[tuple[Layer, Shape]]:
    """Yield layers of the kind with random values for any of its options, each with what arrives at it."""
    found = 0
    while found < ROUNDS:
        x = Shape(draw.choice([1, 2, 4, 6, 8, 12]), tuple(draw.choice([4, 8, 9]) for _ in range(draw.randint(0, 3))))
        options = [each for each in kind.arguments.values() if each.required or draw.random() < 0.5]
        given = {each.name: value for each in options if (value := _value(draw, each, kind, x)) is not None}
        layer = kind.bound(given, x.rank)
        if _exists(layer, x):
            found += 1
            yield layer, x


def _value(draw: random.Random, argument: Argument, kind: type[Layer], x: Shape) -> Any:
    if argument.label:
        matrix = kind.bound({name: 2 for name, each in kind.arguments.items() if each.required}, 0).matrix(x)
        return Source("there", Shape(draw.choice([2, 4]), (5,)), matrix)
    if argument.is_name:
        return Word("there")
    if argument.words and (argument.only_words or draw.random() < 0.3):
        return draw.choice(argument.words)
    if not argument.counted:
        return draw.choice([0, 1]) if argument.flag else Fraction(1, 2)
    most = 1 if argument.flag else argument.most or 4
    one = [draw.randint(argument.least, most) for _ in range(max(len(argument.parts), x.rank, 1))]
    if argument.parts:
        return tuple(one[: len(argument.parts)]) if draw.random() < 0.5 else one[0]
    return tuple(one[: kind.own_rank(x.rank)]) if argument.per_axis and draw.random() < 0.3 else one[0]


def _exists(layer: Layer, x: Shape) -> bool:
    """Whether the layer can stand there: nothing refuses it, its constraints hold, and something leaves it."""
    try:
        return all(map(_holds, layer.constraints(x))) and all(_is_size(each) for each in layer.output(x).sizes)
    except (LayerError, ArithmeticError):
        return False


def _is_size(size: Size) -> bool:
    return isinstance(size, int) and size > 0


def _holds(constraint: object) -> bool:
    match constraint:
        case Divisible(int() as divisor, int() as dividend):
            return dividend % divisor == 0
        case Equal(left, right):
            return left == right
        case TiedWeights(lent, needed):
            return lent in (needed, needed[::-1])
        case AtLeastOne(int() as size):
            return size >= 1
        case _:
            raise AssertionError(constraint)


@pytest.mark.parametrize("kind", KINDS.values(), ids=[*KINDS])
def test_weights_and_biases_are_the_parameters(draw: random.Random, kind: type[Layer]) -> None:
    for layer, x in layers(draw, kind):
        assert layer.weights(x) + layer.biases(x) == layer.parameters(x), (vars(layer), x)


@pytest.mark.parametrize("kind", ADDING, ids=lambda kind: kind.token)
def test_biases_are_what_is_missing_when_they_are_turned_off(draw: random.Random, kind: type[Layer]) -> None:
    some = 0
    for layer, x in layers(draw, kind):
        off = layer.with_values(**{name: 0 for name, each in kind.arguments.items() if each.added})
        assert off.biases(x) == 0
        biases = layer.biases(x)
        assert biases == layer.parameters(x) - off.parameters(x), (vars(layer), x)
        some += isinstance(biases, int) and biases > 0
    assert some > ROUNDS // 8


@pytest.mark.parametrize("kind", KINDS.values(), ids=[*KINDS])
def test_a_rule_in_letters_has_the_same_parts(draw: random.Random, kind: type[Layer]) -> None:
    for layer, x in layers(draw, kind):
        named, over = lettered(layer, x)
        for rule in ("parameters", "weights", "biases", "statistics"):
            assert _total(closed_expression(getattr(named, rule)(over))) == getattr(layer, rule)(x), (
                vars(layer),
                x,
                rule,
            )


def _total(answer: Any) -> int:
    """A closed form of numbers alone."""
    return int(answer)


@pytest.mark.parametrize("kind", KINDS.values(), ids=[*KINDS])
def test_weights_and_biases_in_symbols_are_the_parameters(kind: type[Layer]) -> None:
    layer, x = in_general(kind, 1 if kind.token in ("MHA", "RNN", "GRU", "LSTM", "PE", "cls", "tok", "swap") else 2)
    assert closed_expression(layer.weights(x) + layer.biases(x) - layer.parameters(x)) == 0


def test_options_are_drawn(draw: random.Random) -> None:
    attention = [layer for layer, _ in layers(draw, KINDS["MHA"])]
    assert {type(getattr(layer, "bias")) for layer in attention} == {int, tuple, Word}  # noqa: B009
    assert {type(getattr(layer, "memory")) for layer in attention} == {Source, type(None)}  # noqa: B009


@pytest.mark.parametrize("left_out", WRITTEN)
def test_a_kind_that_leaves_a_rule_out_cannot_be_made(left_out: str) -> None:
    rules = {rule: none("it has none") for rule in WRITTEN}
    with _kinds_restored():
        type("Whole", (Layer,), rules, token="whole")
        del rules[left_out]
        with pytest.raises(TypeError, match=f"forgetful has no rule {left_out}: write it, or"):
            type("Forgetful", (Layer,), rules, token="forgetful")
        assert "whole" in KINDS
        assert "forgetful" not in KINDS


def test_a_kind_with_a_bias_must_count_it() -> None:
    with _kinds_restored(), pytest.raises(TypeError, match="offset has no rule biases, but shift says that it adds"):

        class Offset(Layer, token="offset"):
            shift: Size = flag("shift", default=1, added=True)
            biases = none("none is counted")
            macs = none("it multiplies nothing")
            reach = alone

            def parameters(self, x: Shape) -> Size:
                return self.shift * x.channels


def test_a_kind_without_reason_claims_none() -> None:
    with _kinds_restored():

        class Wide(Layer, token="wide"):
            units: Size = size("u")
            biases = none("it has no offset")
            macs = none("it multiplies nothing")
            reach = alone

            def parameters(self, x: Shape) -> Size:
                return self.units * x.size

        assert not Wide.bound({"units": 3}, 0).reason(Shape(4))


@pytest.mark.parametrize("kind", KINDS.values(), ids=[*KINDS])
def test_every_kind_says_why_it_has_the_parameters_that_it_has(draw: random.Random, kind: type[Layer]) -> None:
    layer, x = next(layers(draw, kind))
    told = [layer.reason(x), layer.work(x, layer.output(x)), layer.seen(x, layer.output(x)), layer.fit(x)]
    assert all(isinstance(each, Sentence) for each in told)
    said = str(told[0])
    assert said
    if isinstance(kind.parameters, Nothing):
        assert said == f"{kind.parameters.reason}: there is nothing to learn"


class _kinds_restored:  # noqa: N801
    """Takes the kinds that a test makes out of the language again."""

    def __enter__(self) -> None:
        self.known = dict(KINDS)

    def __exit__(self, *error: object) -> None:
        KINDS.clear()
        KINDS.update(self.known)
