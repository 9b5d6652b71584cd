"""One rule, three kinds of operand: over random networks they agree, in every way of asking."""

from __future__ import annotations

import random
from typing import Any

import pytest

from symcount import Architecture
from symcount.algebra import evaluate
from symcount.arithmetic import Named
from symcount.arithmetic.notation import PYTHON
from symcount.errors import ArchitectureError
from symcount.render.count_json import count_json
from symcount.render.view import View
from symcount.trace import Step
from tests.networks import Drawn, chain_over_n, network, refusal
from tests.seeds import chosen_seed

ROUNDS = 400
QUANTITIES = ("params", "weights", "biases", "trainable", "statistics", "macs", "size")
COSTS = ("macs-inside", "connections", "activations", "memory")


@pytest.fixture
def draw() -> random.Random:
    seed = chosen_seed()
    print("seed", seed)
    return random.Random(seed)


def at(value: Any, values: dict[str, int]) -> int:
    """The value of an answer, an int or a sympy expression, at these sizes."""
    return value if isinstance(value, int) else evaluate(value, values)


def test_closed_forms_have_the_values_of_a_walk_with_ints(draw: random.Random) -> None:
    symbolic = 0
    for _ in range(ROUNDS):
        drawn = network(draw)
        numbers, net = Architecture(drawn.numbers), Architecture(drawn.symbols)
        symbolic += bool(net.symbols)
        for quantity in QUANTITIES:
            assert at(net.of(quantity), drawn.values) == numbers.of(quantity), (drawn, quantity)
        for ours, theirs in zip(net.layers, numbers.layers, strict=True):
            assert tuple(at(size, drawn.values) for size in ours.output) == theirs.output, (drawn, ours)
            assert at(ours.params, drawn.values) == theirs.params, (drawn, ours)
    assert symbolic > ROUNDS // 2


def test_closed_forms_of_costs_have_the_values_of_a_walk_with_ints(draw: random.Random) -> None:
    """What a window sees has none where kernel or padding is a symbol, and is then refused."""
    formulas = 0
    for _ in range(ROUNDS):
        drawn = network(draw)
        numbers, net = Architecture(drawn.numbers), Architecture(drawn.symbols)
        quantity = draw.choice(COSTS)
        try:
            found = net.of(quantity)
        except ArchitectureError as error:
            assert (error.code, quantity in COSTS[:2]) == ("no-closed-form", True), (drawn, quantity)
        else:
            formulas += bool(net.symbols)
            assert at(found, drawn.values) == numbers.of(quantity), (drawn, quantity)
    assert formulas > ROUNDS // 2


def test_written_python_has_the_values_of_a_walk_with_ints(draw: random.Random) -> None:
    for _ in range(ROUNDS // 5):
        drawn = network(draw, likely=draw.choice([0.3, 0.8]))
        numbers, net = Architecture(drawn.numbers), Architecture(drawn.symbols)
        for quantity in QUANTITIES[:3]:
            python = net.formula(quantity).python()
            assert eval(python, dict(drawn.values)) == numbers.of(quantity), (drawn, python)
        ours, theirs = (count_json(each.counted, View(("size",))) for each in (net, numbers))
        assert _evaluated(ours["total"], drawn) == theirs["total"], drawn
        assert _evaluated(ours["output"], drawn) == theirs["output"], drawn
        for text in (*ours.get("conditions", ()), *ours.get("assumptions", ())):
            assert eval(text, dict(drawn.values)) is True, (drawn, text)
        for row, other in zip(ours["layers"], theirs["layers"], strict=True):
            for key in ("output", "params", "trainable", "size"):
                assert _evaluated(row[key], drawn) == other[key], (drawn, row)


def _evaluated(answer: Any, drawn: Drawn) -> Any:
    """JSON with its strings evaluated at the sizes of a network."""
    match answer:
        case dict():
            return {key: _evaluated(value, drawn) for key, value in answer.items()}
        case list():
            return [_evaluated(value, drawn) for value in answer]
        case str():
            return eval(answer, dict(drawn.values))
        case _:
            return answer


def test_a_rule_with_its_values_is_the_number(draw: random.Random) -> None:
    for _ in range(ROUNDS):
        drawn = network(draw)
        numbers = Architecture(drawn.numbers)
        for layer in numbers.layers:
            assert eval(layer.rule_by_value(PYTHON), {}) == layer.params, (drawn, layer)


def test_a_rule_with_open_sizes_is_the_number_at_their_values(draw: random.Random) -> None:
    for _ in range(ROUNDS // 2):
        drawn = network(draw, likely=0.6)
        numbers, net = Architecture(drawn.numbers), Architecture(drawn.symbols)
        names = {size for step in net.counted.trace.steps for size in step.output.sizes if isinstance(size, Named)}
        sizes = {size.name: at(net.counted.numbers.number(size), drawn.values) for size in names}
        for layer, other in zip(net.layers, numbers.layers, strict=True):
            written = layer.rule_by_value(PYTHON)
            assert eval(written, {**drawn.values, **sizes}) == other.params, (drawn, layer, written)


def test_a_rule_in_letters_is_the_number_at_their_values(draw: random.Random) -> None:
    for _ in range(ROUNDS // 2):
        drawn = network(draw, likely=0.0)
        for layer in Architecture(drawn.numbers).layers:
            written = layer.rule_by_name(notation=PYTHON)
            assert isinstance(layer.part, Step)
            arguments = layer.part.layer
            letters: dict[str, Any] = {}
            for name, argument in arguments.arguments.items():
                value = getattr(arguments, name)
                letters[argument.letter] = value[0] if argument.per_axis and value else value
            if all(len(set(each)) < 2 for each in vars(arguments).values() if isinstance(each, tuple)):
                shape = layer.part.input
                sizes = dict(zip(("c", *_axes(shape.rank)), shape.sizes, strict=True)) if shape.axes else {}
                sizes["n"] = shape.axes[0] if shape.axes else shape.channels
                assert eval(written, {**letters, **sizes}) == layer.params, (drawn, layer, written)


def _axes(rank: int) -> tuple[str, ...]:
    return {1: ("n",), 2: ("h", "w"), 3: ("t", "h", "w")}[rank]


def test_layers_add_up(draw: random.Random) -> None:
    for _ in range(ROUNDS):
        drawn = network(draw, likely=0.0)
        net = Architecture(drawn.numbers)
        of_layers: dict[str, Any] = {name: [layer.of(name) for layer in net.layers] for name in QUANTITIES}
        for name in QUANTITIES[:-1]:
            assert sum(of_layers[name]) == net.of(name), (drawn, name)
        assert net.of("size") == of_layers["size"][-1]
        for name in COSTS:
            costs: list[Any] = [layer.of(name) for layer in net.layers]
            given = net.counted.trace.input.size if name == "activations" else 0
            assert sum(costs, given) == net.of(name), (drawn, name)
        assert net.of("weights") + net.of("biases") == net.params
        assert net.of("trainable") + net.of("frozen") == net.params
        assert net.of("frozen") + net.of("statistics") == net.of("non-trainable")
        keras = Architecture(drawn.numbers, convention="keras")
        assert keras.params == net.params + net.of("statistics")


def test_symbolic_layers_add_up(draw: random.Random) -> None:
    for _ in range(ROUNDS // 4):
        drawn = network(draw, likely=0.5)
        net = Architecture(drawn.symbols)
        assert sum(at(layer.params, drawn.values) for layer in net.layers) == at(net.params, drawn.values)
        together = at(net.of("weights"), drawn.values) + at(net.of("biases"), drawn.values)
        assert together == at(net.params, drawn.values), drawn


def test_conditions_and_assumptions_hold_of_a_network_that_exists(draw: random.Random) -> None:
    for _ in range(ROUNDS // 2):
        drawn = network(draw, likely=0.6)
        net = Architecture(drawn.symbols)
        if net.symbols:
            formula = net.formula()
            for condition in formula.conditions:
                assert condition.holds(drawn.values), (drawn, condition.text())
            for assumption in formula.assumptions:
                assert assumption.holds(drawn.values), (drawn, assumption.text())


def test_conditions_say_which_inputs_are_large_enough(draw: random.Random) -> None:
    above_one = 0
    for _ in range(ROUNDS // 2):
        text = chain_over_n(draw)
        conditions = Architecture(text).formula().conditions
        smallest = next(n for n in range(1, 10**6) if all(each.holds({"n": n}) for each in conditions))
        above_one += smallest > 1
        assert refusal(text, n=smallest) is None, (text, smallest)
        assert refusal(text, n=smallest + 1) is None, (text, smallest)
        assert smallest == 1 or refusal(text, n=smallest - 1) == "too-small", (text, smallest)
    assert above_one > ROUNDS // 8


def test_a_symbol_bound_later_is_the_number_in_its_place(draw: random.Random) -> None:
    for _ in range(ROUNDS // 2):
        drawn = network(draw, likely=0.6)
        numbers, net = Architecture(drawn.numbers), Architecture(drawn.symbols)
        bound = net(**drawn.values)
        assert bound.params == numbers.params, drawn
        assert [layer.output for layer in bound.layers] == [layer.output for layer in numbers.layers]
        assert not bound.symbols
        some = {name: value for name, value in drawn.values.items() if draw.random() < 0.5}
        partly = net(**some)
        assert at(partly.params, drawn.values) == numbers.params, (drawn, some)
        assert partly(**{name: value for name, value in drawn.values.items() if name not in some}) == bound
        said = net(**{name: f"{value - 1}+1" for name, value in drawn.values.items()})
        assert said.params == numbers.params
