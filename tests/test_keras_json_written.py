"""The JSON of a Keras model that a network is written as: read by Keras, and by our own reader, with the same count.

Where Keras is not installed, nothing here runs; ``SYMCOUNT_ORACLE=keras`` says that it must be there.
"""

from __future__ import annotations

import json
import os
import random

import pytest

os.environ.setdefault("KERAS_BACKEND", "torch")

if os.environ.get("SYMCOUNT_ORACLE") != "keras":
    pytest.importorskip("keras")

import keras

import symcount
from symcount.counts import Count, counted
from symcount.errors import ArchitectureError
from symcount.interop.reading.source import read_said
from symcount.interop.writing.targets import exported
from tests.networks import network
from tests.seeds import chosen_seed

LINES = (
    "I(1,28x28)-C(32,5)-P2-C(32,3)-P2-H256-O10",
    "I(3,32x32)-C(8,3,p=1)-BN-R6-[{C(8,3,p=1)-BN+_}]*3-{GAP|GMP}-D-O10",
    "I(3,32x32)@a-C(4,3,s=2,p=1)-R@b-U2-{@a|_}-frozen[C(4,3)]-T(3,2,s=2)-leakyrelu-F-H5",
    "I(9)-E(20,8)-[{LN-MHA(2)+_}-{LN-Lin(16)-gelu-Lin(8)+_}]*2-bi[LSTM(4)]-GRU(3,last=on)-O2",
    "I(8,9)-[Lin(8)-R]@l-&l*2-O2",
    "I(3,8x8)-DW(3,m=2)-SC(5,3,p=same)-PR-GN(5)-AP2-GAP-softmax",
)


def agrees(count: Count) -> None:
    text = exported(count, "keras-json")
    with keras.device("meta"):
        assert keras.models.model_from_json(text).count_params() == count.of("params"), count.program.source
    read = read_said(json.loads(text), "model.json")
    assert symcount.parse(read.numbers, convention="keras").params == count.of("params"), read.numbers


@pytest.mark.parametrize("line", [*LINES, "zoo:vgg11", "zoo:squeezenet1_1", "zoo:lenet5"])
def test_it_is_read_by_keras_and_by_us(line: str) -> None:
    agrees(counted(line, {}, convention="keras"))


def test_random_networks() -> None:
    draw = random.Random(chosen_seed())
    written = 0
    for _ in range(60):
        try:
            agrees(counted(network(draw).numbers, {}, convention="keras"))
        except ArchitectureError as error:
            assert error.code in ("not-in-framework", "open-total"), error
        else:
            written += 1
    assert written > 20


def test_a_layer_that_json_has_not_is_refused_by_name() -> None:
    with pytest.raises(ArchitectureError, match="SE1: the JSON of a model has layers of Keras alone") as caught:
        exported(counted("I(3,8x8)-SE2", {}, convention="keras"), "keras-json")
    assert caught.value.code == "not-in-framework"
