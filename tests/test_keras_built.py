"""Whole networks as Keras builds them of the exported code: every layer's shape, parameters and products.

Where Keras is not installed, nothing here runs; ``SYMCOUNT_ORACLE=keras`` says that it must be there.
"""

from __future__ import annotations

import os
from inspect import signature
from typing import Any

import pytest

os.environ.setdefault("KERAS_BACKEND", "torch")

if os.environ.get("SYMCOUNT_ORACLE") != "keras":
    pytest.importorskip("keras")

import keras

from symcount.answers.built import Layer
from symcount.catalogue import models
from symcount.counts import Count, counted
from symcount.errors import ArchitectureError
from symcount.interop.checking.keras import building
from symcount.interop.writing.targets import exported
from tests.building import ALIKE_ONCE_DIFFERED, LENGTH, holds_random, known, see_a_wrong_rule, smallest_but

DRAWN = int(os.environ.get("SYMCOUNT_MODELS", "200"))
"""Random networks that are built."""

FAMILIES = smallest_but("lenet5-1998", "awd-lstm", "nin", "unet-2015", "detr")
"""The smallest network of each family, but for those that use what Keras lacks, and two whose image is large: Keras
pools with values even where it asks for shapes alone."""

ONCE_DIFFERED = (
    "I(1,4)-frozen[moe(2,top=1,shared=1)[Lin(5)-R-Lin(1)]]",
    "I(5,6)-frozen[bi[GRU(4)]-MHA(1,bias=off)-SE(2)-FF(3)-MLA(2,1,2,5)-MHA(1,norm=on)]",
    "I(2,8,4)-[PE(kind=rope)]*0",
    "I(2,3)-[C(2,1)]*0",
    "I(3,12,4)-MHA(2,dk=1,bias=off,kv=2,win=2)",
    "I(6,1)-RNN(4)",
    "I(3,6,5,4)-U2",
    "I(6)-rep(5)-GRU(4,bias=1)",
    "I(3,9)-AAP(4)-SE(2)",
    "I(4,9)-cls(3)-Lin2",
    "I(10,9)-AAP(3)-[{Lin(10)+_}]@l-&l*2",
    "I(3,9)-T(4,2,s=3)",
    "I(3,9)-T(4,2,s=3,op=1,fill=off)",
    "I(3,9x9)-T(4,3,s=2,p=1)",
    "I(3,5x8x8)-CLSTM(4,3)-CLSTM(2,(3,1),p=0,last=on)",
    "I(4,8)-[swap-C(3,3,p=1)-swap]@l-{@l|_}",
    "I(4,8)-swap-D-MHA(2)-F-O3",
    "I(8,56x56)-{DW(7,p=3)-LN-Lin(32)-gelu-Lin(8)-scale+_}*2",
    "I(8,9)@m-GAP-rep(4)-MHA(2,from=@m)",
    "I(4,9)-MHA(4,kv=2)",
    "def layers(ops) = C(ops,1)-R-C(ops,1); I(3,8x8)-layers(4)-layers(5)-O2",
    "I(6,5x4)-ECA(3)-GRN-param(A,2,3)-frozen[GRN-ECA(1)-param(B,2)]-seq-swap-scale-bias-tok",
    "I(6,9)-S6(3,norm=on)-SSD(2,3)-frozen[TMix-TMix(6,head=3)-CMix(5)]-Finch(2,mix=1,d=4)-Goose(1,decay=3,rate=2,gate=3)",
    "I(6,9)@x-Lin2@k-Lin4@v-{@x-Lin4}-attend(2,kv=1,k=@k,v=@v)-frozen[queries(3)]-{Lin6|Lin2|Lin2}-attend(3,kv=1)",
)
"""Lines that were once built otherwise than they are counted, or not at all."""


def agrees(count: Count) -> int:
    """Hold every layer, and return how many there were."""
    found = building(count)
    different = [each for each in found.layers if each.differences]
    assert [each for each in different if not is_product_of_one(each)] == [], count.program.source
    assert bool(different) == bool(found.total.differences), count.program.source
    return len(found.layers)


def is_product_of_one(layer: Layer) -> bool:
    """Whether a layer is attention of which fewer products are seen.

    Keras' own is made of einsum, which multiplies value by value where a size is 1; PyTorch's counter sees none then.
    """
    is_attention = layer.text.startswith(("MHA", "res[MHA"))
    return is_attention and layer.differences == ("macs",) and layer.built.macs < layer.counted.macs


@pytest.mark.parametrize("name", FAMILIES.values())
def test_a_network_of_every_family(name: str) -> None:
    assert agrees(known(f"zoo:{name}", "keras"))


@pytest.mark.parametrize(
    ("family", "message"),
    [
        ("lenet5-1998", "table of connections"), ("awd-lstm", "one bias a gate"), ("nin", "does not round up"),
    ],
)  # fmt: skip
def test_a_family_that_keras_lacks_a_layer_of(family: str, message: str) -> None:
    name = next(model.name for model in models() if model.family == family)
    with pytest.raises(ArchitectureError, match=message):
        building(known(f"zoo:{name}", "keras"))


@pytest.mark.filterwarnings("ignore:You are using a softmax over axis")  # of one expert, which Keras finds unlikely
@pytest.mark.parametrize("line", [*ALIKE_ONCE_DIFFERED, *ONCE_DIFFERED])
def test_what_once_differed(line: str) -> None:
    agrees(known(line, "keras"))


def test_random_networks_over_the_whole_language() -> None:
    holds_random(DRAWN, "keras", agrees, DRAWN // 2, EVERY)


EVERY = (
    "C T DW SC P H O Lin BN LN RMS GN LRN R D _ PR free SE ECA GRN PE MHA MLA FF GLU moe E gelu pad "
    "param scale bias tok queries attend S6 SSD TMix CMix Finch Goose"
)
"""Kinds of which each is among the random networks."""


@pytest.mark.parametrize("family", ["resnet-basic", "vgg", "vit", "mobilenet-v2", "bert"])
def test_a_family_with_open_symbols_holds_its_own_formula(family: str) -> None:
    """The class of the network asserts the formula of its total whenever it is made."""
    code = exported(counted(f"zoo:{family}", {}, convention="keras"), "keras")
    given = {**counted(f"zoo:{FAMILIES[family]}", {}).bindings, "N": 2}
    names: dict[str, Any] = {}
    with keras.device("meta"):
        exec(compile(code, family, "exec"), names)
        asked = [*signature(names["Network"]).parameters]
        found = {name: given.get(name, LENGTH) for name in asked}
        sizes = {name: size if isinstance(size, int) else 1 for name, size in found.items()}  # a width of 1/2 is no int
        names["Network"](**sizes)
        formula = code.rpartition("assert total == ")[2]
        wrong = code.replace(formula, f"1 + {formula}")
        exec(compile(wrong, family, "exec"), names)
        with pytest.raises(AssertionError):
            names["Network"](**sizes)


def test_a_wrong_rule_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    see_a_wrong_rule(monkeypatch, "keras", building)
