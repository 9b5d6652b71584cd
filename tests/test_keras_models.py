"""Models that Keras builds, read from their JSON: what is learned, and what is kept, must be as many.

Where Keras is not installed, nothing here runs; ``SYMCOUNT_ORACLE=keras`` says that it must be there.
``SYMCOUNT_MODELS`` is how many random models are built.
"""

from __future__ import annotations

import json
import os
import random
from functools import partial
from math import prod
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("KERAS_BACKEND", "torch")

if os.environ.get("SYMCOUNT_ORACLE") != "keras":
    pytest.importorskip("keras")

import keras

import symcount
from symcount.interop.reading.source import read_said
from tests.seeds import chosen_seed

MODELS = int(os.environ.get("SYMCOUNT_MODELS", "120"))
layers = keras.layers
choose = random.Random(chosen_seed())


def drawn(*choices: Any) -> Any:
    return choose.choice(choices)


def counted(weights: Any) -> int:
    return sum(prod(weight.shape) for weight in weights)


def agrees(model: Any, kept_besides: int = 0) -> None:
    """Hold a model against the line that is read from its JSON."""
    read = read_said(json.loads(model.to_json()), "model.json")
    net = symcount.parse(read.numbers)
    assert net.of("trainable") == counted(model.trainable_weights), read.numbers
    assert net.params + net.of("statistics") == counted(model.weights) - kept_besides, read.numbers


def image_layer(x: Any) -> Any:
    """One random layer on an image."""
    size = {"kernel_size": drawn(1, 2, 3, (1, 3)), "padding": drawn("same", "valid"), "use_bias": drawn(True, False)}
    stride = drawn(1, 1, 2)
    kinds = [
        lambda: layers.Conv2D(choose.randint(1, 9), strides=stride, activation=drawn(None, "relu", "tanh"), **size),
        lambda: layers.DepthwiseConv2D(strides=stride, depth_multiplier=drawn(1, 2), **size),
        lambda: layers.SeparableConv2D(choose.randint(1, 9), strides=stride, depth_multiplier=drawn(1, 2), **size),
        lambda: layers.Conv2DTranspose(choose.randint(1, 9), drawn(2, 3), strides=drawn(1, 2), padding=size["padding"]),
        lambda: layers.MaxPooling2D(drawn(2, 3), strides=drawn(None, 1, 2), padding=size["padding"]),
        lambda: layers.AveragePooling2D(2, padding="same"),
        lambda: layers.BatchNormalization(scale=drawn(True, False), center=drawn(True, False)),
        lambda: layers.LayerNormalization(center=drawn(True, False)),
        lambda: layers.GroupNormalization(groups=1),
        lambda: layers.PReLU(shared_axes=drawn(None, [1, 2])),
        lambda: layers.ZeroPadding2D(drawn(1, ((0, 1), (2, 1)))),
        lambda: layers.UpSampling2D(2),
        lambda: layers.Dense(choose.randint(1, 9)),
        lambda: layers.Dropout(0.5),
        lambda: layers.ReLU(max_value=drawn(None, 6)),
    ]
    made = drawn(*kinds)()
    if drawn(True, False, False):
        made.trainable = False
    return made(x)


def random_image_model() -> Any:
    first = keras.Input((drawn(16, 17, 21), drawn(16, 19), drawn(1, 3)))
    ends = [first]
    for _ in range(choose.randint(1, 8)):
        x = choose.choice(ends)
        same = [each for each in ends if each.shape == x.shape and each is not x]
        wide = [each for each in ends if each.shape[1:3] == x.shape[1:3] and each is not x]
        if same and drawn(True, False):
            ends.append(drawn(layers.Add, layers.Multiply, layers.Maximum)()([x, choose.choice(same)]))
        elif wide and drawn(True, False):
            ends.append(layers.Concatenate()([x, choose.choice(wide)]))
        elif min(x.shape[1:3]) >= 5:
            ends.append(image_layer(x))
    last = drawn(layers.GlobalAveragePooling2D(), layers.GlobalMaxPooling2D(), layers.Flatten())(ends[-1])
    return keras.Model(first, layers.Dense(drawn(1, 10), use_bias=drawn(True, False))(last))


def along(recurrent: Any, x: Any) -> Any:
    return recurrent(choose.randint(1, 9), return_sequences=True, use_bias=drawn(True, False))(x)


def both_ways(recurrent: Any, x: Any) -> Any:
    return layers.Bidirectional(recurrent(choose.randint(1, 9), return_sequences=True))(x)


def random_sequence_model() -> Any:
    first = keras.Input((drawn(None, 12),))
    x = layers.Embedding(50, 8)(first)
    for _ in range(choose.randint(1, 4)):
        recurrent = drawn(layers.LSTM, layers.GRU, layers.SimpleRNN)
        kinds = [
            partial(along, recurrent),
            partial(both_ways, recurrent),
            lambda x: layers.GRU(4, return_sequences=True, reset_after=False)(x),
            lambda x: layers.Conv1D(choose.randint(1, 9), 3, padding=drawn("same", "causal"))(x),
            lambda x: layers.TimeDistributed(layers.Dense(choose.randint(1, 9)))(x),
            lambda x: layers.MultiHeadAttention(2, drawn(3, 4), value_dim=drawn(None, 5), use_bias=drawn(True, False))(
                x, x
            ),
            lambda x: layers.Add()([x, layers.LayerNormalization()(x)]),
        ]
        x = drawn(*kinds)(x)
    return keras.Model(first, drawn(layers.GRU(3), layers.GlobalAveragePooling1D())(x))


def test_random_models() -> None:
    for number in range(MODELS):
        with keras.device("meta"):
            model = random_image_model() if number % 3 else random_sequence_model()
        agrees(model)


@pytest.mark.parametrize(
    ("name", "besides"),
    [("MobileNetV3Small", 0), ("EfficientNetB0", 7), ("DenseNet121", 0), ("ConvNeXtTiny", 0), ("ResNet50V2", 0)],
)
def test_applications(name: str, besides: int) -> None:
    """What Keras counts of a ``Normalization`` is said as a note: three means, three variances and a count."""
    with keras.device("meta"):
        model = getattr(keras.applications, name)(weights=None)
    agrees(model, besides)


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # of torch, when Keras writes values
def test_an_archive_that_keras_wrote(tmp_path: Path) -> None:
    model = keras.Sequential([keras.Input((28, 28, 1)), layers.Conv2D(8, 3), layers.Flatten(), layers.Dense(10)])
    model.save(tmp_path / "model.keras")
    assert symcount.from_file(tmp_path / "model.keras").params == counted(model.weights)


def test_a_wrong_line_is_seen() -> None:
    model = keras.Sequential([keras.Input((4, 4)), layers.GRU(3)])
    said = json.loads(model.to_json().replace('"reset_after": true', '"reset_after": false'))
    assert symcount.parse(read_said(said, "model.json").numbers).params != counted(model.weights)
