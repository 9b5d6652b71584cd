"""Whole networks as Flax traces them of the exported code: every layer's shape, parameters and products.

Where Flax is not installed, nothing here runs; ``SYMCOUNT_ORACLE=flax`` says that it must be there.
"""

from __future__ import annotations

import os
from inspect import signature
from typing import Any

import pytest

if os.environ.get("SYMCOUNT_ORACLE") != "flax":
    pytest.importorskip("flax")

import jax
from flax import nnx

from symcount.catalogue import models
from symcount.counts import Count, counted
from symcount.errors import ArchitectureError
from symcount.interop.checking.flax import building
from symcount.interop.writing.targets import exported
from tests.building import ALIKE_ONCE_DIFFERED, LENGTH, holds_random, known, see_a_wrong_rule, smallest_but

DRAWN = int(os.environ.get("SYMCOUNT_MODELS", "200"))
"""Random networks that are built."""

FAMILIES = smallest_but("lenet5-1998", "awd-lstm")
"""The smallest network of each family, but for those that use what Flax lacks."""

ONCE_DIFFERED = (
    "I(4,8)-T(6,3,op=1)",
    "I(4,8)-frozen[PR(per=layer)-FF(3)]",
    "I(6,9)-MHA(2,dk=6,bias=off,norm=on,kv=1,rel=7)",
    "I(6,9)-frozen[MLA(2,6,2,6,q=3)]",
    "I(8)-E(11,4)@e-C(4,3,p=(causal))-Lin(4)-Lin(11,w=@e)",
    "I(3,9x8)-C(4,(3,1),s=(2,1),p=same)-T(5,2,s=3)-AP(3,ceil=on)-AAP(3)",
    "I(3,5x6x7x8)-C(4,3)-P(2)-BN(scale=off,shift=off)-GAP-O2",
    "I(4,9)-swap-scale-bias-swap-tok",
    "I(6,9)-S6(3,norm=on)-SSD(2,3)-frozen[TMix-TMix(6,head=3)-CMix(5)]-Finch(2,mix=1,d=4)-Goose(1,decay=3,rate=2,gate=3)",
    "I(6,9)@x-Lin2@k-Lin4@v-{@x-Lin4}-attend(2,kv=1,k=@k,v=@v)-frozen[queries(3)]-{Lin6|Lin2|Lin2}-attend(3,kv=1)",
)
"""Lines that were once built otherwise than they are counted, or not at all, and what only Flax has."""


def agrees(count: Count) -> int:
    """Hold every layer, and return how many there were."""
    found = building(count)
    assert [each for each in found.layers if each.differences] == [], count.program.source
    assert found.agrees, count.program.source
    return len(found.layers)


@pytest.mark.parametrize("name", FAMILIES.values())
def test_a_network_of_every_family(name: str) -> None:
    assert agrees(known(f"zoo:{name}", "textbook"))


@pytest.mark.parametrize(
    ("family", "message"),
    [("lenet5-1998", "table of connections"), ("awd-lstm", "one bias a gate")],
)
def test_a_family_that_flax_lacks_a_layer_of(family: str, message: str) -> None:
    name = next(model.name for model in models() if model.family == family)
    with pytest.raises(ArchitectureError, match=message):
        building(known(f"zoo:{name}", "textbook"))


@pytest.mark.parametrize("line", [*ALIKE_ONCE_DIFFERED, *ONCE_DIFFERED])
def test_what_once_differed(line: str) -> None:
    assert agrees(known(line, "textbook"))


def test_random_networks_over_the_whole_language() -> None:
    holds_random(DRAWN, "textbook", agrees, DRAWN // 3, EVERY)


EVERY = (
    "C T DW SC P H O Lin BN LN RMS GN GRN LRN R D _ PR free SE ECA PE MHA MLA FF GLU moe E gelu pad param "
    "scale bias tok queries attend S6 SSD TMix CMix Finch Goose"
)
"""Kinds of which each is among the random networks."""


def test_values_run_as_shapes_do() -> None:
    """Of what is traced without values elsewhere, a network with some of everything runs with them."""
    line = "I(3,16x16)-cbr(8,3,2,1)-{DW(3,p=1)-SE(4)+_}-P2-frozen[C(4,1)]-seq-{LN-MHA(2)+_}-bi[GRU(3,last=on)]-D-O5"
    names: dict[str, Any] = {}
    exec(compile(exported(counted(line, {}), "flax"), line, "exec"), names)
    assert names["model"](jax.numpy.ones((2, 16, 16, 3))).shape == (2, 5)


@pytest.mark.parametrize("family", ["resnet-basic", "vgg", "vit", "mobilenet-v2", "bert"])
def test_a_family_with_open_symbols_holds_its_own_formula(family: str) -> None:
    """The class of the network asserts the formula of its total whenever it is made."""
    code = exported(counted(f"zoo:{family}", {}), "flax")
    given = {**counted(f"zoo:{FAMILIES[family]}", {}).bindings, "N": 2}
    names: dict[str, Any] = {}
    exec(compile(code, family, "exec"), names)
    asked = [name for name in signature(names["Network"].__init__).parameters if name not in ("self", "rngs")]
    found = {name: given.get(name, LENGTH) for name in asked}
    sizes = {name: size if isinstance(size, int) else 1 for name, size in found.items()}  # a width of 1/2 is no int

    def made() -> None:
        jax.make_jaxpr(lambda: names["Network"](**sizes, rngs=nnx.Rngs(0)) and 0)()

    made()
    formula = code.rpartition("assert total == ")[2]
    wrong = code.replace(formula, f"1 + {formula}")
    exec(compile(wrong, family, "exec"), names)
    with pytest.raises(AssertionError):
        made()


def test_a_wrong_rule_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    see_a_wrong_rule(monkeypatch, "textbook", building)
