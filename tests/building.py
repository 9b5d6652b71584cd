"""Networks as a framework builds them of the exported code, beside their counts: what is asked of every framework."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from symcount.answers.built import Building
from symcount.catalogue import models
from symcount.counts import Count, counted
from symcount.errors import ArchitectureError
from symcount.layers.dense import Hidden
from tests.seeds import chosen_seed
from tests.whole_language import whole_network

LENGTH = 64
"""What an open size of a shipped network is here."""

Builds = Callable[[Count], Building]


def smallest_but(*left_out: str) -> dict[str, str]:
    """The smallest network of each family, but for some."""
    falling = sorted(models(), key=lambda model: -model.total)
    return {model.family: model.name for model in falling if model.family not in left_out}


def known(source: str, framework: str) -> Count:
    """A network of which every open size has a value, and of many layers that are alike just some."""
    count = counted(source, {}, convention=framework)
    values: dict[str, int | str] = dict.fromkeys(count.trace.symbols, LENGTH)
    deep = count.bindings.get("N")
    return counted(source, {**values, "N": 3} if isinstance(deep, int) and deep > 3 else values, convention=framework)


def kinds_of_random(drawn: int, framework: str, agrees: Callable[[Count], int], most_refused: int) -> set[str]:
    """The kinds of layers among random networks that were built, each held by ``agrees``, which counts their layers."""
    seed = chosen_seed()
    print(f"seed {seed}")
    kinds: Counter[str] = Counter()
    layers = refused = 0
    for number in range(drawn):
        count = counted(whole_network(random.Random(seed + number), framework), {}, convention=framework)
        try:
            layers += agrees(count)
        except ArchitectureError as error:
            assert error.code == "not-in-framework", count.program.source
            refused += 1
        else:
            kinds.update(step.kind for step in count.trace.steps)
    assert layers > 5 * (drawn - refused)
    assert refused < most_refused
    return set(kinds)


def see_a_wrong_rule(monkeypatch: pytest.MonkeyPatch, framework: str, building: Builds) -> None:
    """A dense layer with one weight too many for each unit is found, and nothing else."""
    assert building(known("I(3,9x9)-C(4,3)-R-H5-O2", framework)).agrees

    def wrong(layer: Any, x: Any) -> Any:
        return (x.size + 2) * layer.units

    monkeypatch.setattr(Hidden, "parameters", wrong)
    found = building(known("I(3,9x9)-C(4,3)-R-Lin5-O2", framework))
    assert [(each.name, each.differences) for each in found.layers if each.differences] == [("O1", ("trainable",))]
