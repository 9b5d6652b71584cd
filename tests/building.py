"""Networks as a framework builds them of the exported code, beside their counts: what is asked of every framework."""

from __future__ import annotations

import random
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

ALIKE_ONCE_DIFFERED = (
    "def st(f,b)={C(f,3,s=2,p=1)-C(f,1)+AP2-body}-{C(f,1)+_}*(b-1); I(3,8x8)-st(4,2)[C(4,1)*(4>3)]",
    "def m(f)={R-body+_}; def n(f,k)={m(f)[body*k]-body+_}-body; I(6,9)-n(6,1)[Lin6*1]-n(6,2)[[Lin6-R]*1]",
    "def m()={body*1+_}; I(6,9)@x-m()[MHA(2)]-[MHA(3)]*2-MHA(1)@l-R-&l-Lin6-[MHA(2,from=@x)]*2",
    "def b()=[body]*1; def c()=b()[body]-b()[R-body]; I(6,9)-c()[Lin6-FF(3)]-c()[Lin6]",
    "I(8,9)-moe(1,top=1)[{FF(4)+_}*1]-moe(2,top=1)[_]",
)
"""Lines that every framework once built otherwise than they are counted."""

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


def holds_random(drawn: int, framework: str, agrees: Callable[[Count], int], most_refused: int, every: str) -> None:
    """Random networks are built and held by ``agrees``, which counts their layers, and have every one of some kinds.

    A rare kind that is not among as many as are ``drawn`` is looked for further on.
    """
    seed = chosen_seed()
    print(f"seed {seed}")
    missing = set(every.split())
    layers = refused = 0
    for number in range(_FARTHEST * drawn):
        if number >= drawn and not missing:
            break
        count = counted(whole_network(random.Random(seed + number), framework), {}, convention=framework)
        kinds = {step.kind for step in count.trace.steps}
        if number >= drawn and not kinds & missing:
            continue
        try:
            layers += agrees(count)
        except ArchitectureError as error:
            assert error.code == "not-in-framework", count.program.source
            refused += number < drawn
        else:
            missing -= kinds
    assert missing == set()
    assert layers > 5 * (drawn - refused)
    assert refused < most_refused


_FARTHEST = 10
"""How many times as far a rare kind is looked for as networks are drawn."""


def see_a_wrong_rule(monkeypatch: pytest.MonkeyPatch, framework: str, building: Builds) -> None:
    """A dense layer with one weight too many for each unit is found, and nothing else."""
    assert building(known("I(3,9x9)-C(4,3)-R-H5-O2", framework)).agrees

    def wrong(layer: Any, x: Any) -> Any:
        return (x.size + 2) * layer.units

    monkeypatch.setattr(Hidden, "parameters", wrong)
    found = building(known("I(3,9x9)-C(4,3)-R-Lin5-O2", framework))
    assert [(each.name, each.differences) for each in found.layers if each.differences] == [("O1", ("trainable",))]
