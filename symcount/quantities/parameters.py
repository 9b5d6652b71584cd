"""Parameters, and the parts of them that one asks for."""

from __future__ import annotations

from collections.abc import Iterator

from symcount.arithmetic import Size
from symcount.layers import STATISTICS_COUNT, Addend, Layer, Sentence, Shape
from symcount.quantities.folds import Sum
from symcount.quantities.quantity import Quantity
from symcount.quantities.setting import Setting


def _params(layer: Layer, x: Shape, y: Shape, setting: Setting) -> Size:
    learned = layer.parameters(x) + layer.adapters(x)
    return learned + layer.statistics(x) if setting.convention.choice(STATISTICS_COUNT) else learned


def _weights(layer: Layer, x: Shape, y: Shape, setting: Setting) -> Size:
    return layer.weights(x) + layer.adapters(x)


def _biases(layer: Layer, x: Shape, y: Shape, setting: Setting) -> Size:
    return layer.biases(x)


def _trainable(layer: Layer, x: Shape, y: Shape, setting: Setting) -> Size:
    # what has adapters is frozen
    return layer.adapters(x) if layer.frozen else layer.parameters(x)


def _frozen(layer: Layer, x: Shape, y: Shape, setting: Setting) -> Size:
    return layer.parameters(x) if layer.frozen else 0


def _statistics(layer: Layer, x: Shape, y: Shape, setting: Setting) -> Size:
    return layer.statistics(x)


def _non_trainable(layer: Layer, x: Shape, y: Shape, setting: Setting) -> Size:
    return _frozen(layer, x, y, setting) + layer.statistics(x)


def _stored(layer: Layer, x: Shape, y: Shape, setting: Setting) -> Size:
    return layer.parameters(x) + layer.adapters(x) + layer.statistics(x)


def _reason(layer: Layer, x: Shape, y: Shape) -> Sentence:
    return layer.reason(x)


def _addends(layer: Layer, x: Shape) -> Iterator[Addend]:
    parts = [*layer.addends(x)]
    yield from parts
    if parts:
        yield Addend("adapters", layer.adapters(x))


def _trainable_addends(layer: Layer, x: Shape) -> Iterator[Addend]:
    return iter(()) if layer.frozen else layer.addends(x)


def _weight_addends(layer: Layer, x: Shape) -> Iterator[Addend]:
    """The parts of the weights; none where the rule holds biases that no option of the kind takes away."""
    alone = layer.weights_only()
    return _addends(alone, x) if alone.biases(x) == 0 else iter(())


TRAINABLE = Quantity(
    "trainable", "parameters that are learned", _trainable, Sum(), reason=_reason, addends=_trainable_addends
)

STORED = Quantity("stored", "parameters and statistics", _stored, Sum())
"""What a file of weights holds, whatever a convention counts."""

PARAMETERS = (
    Quantity(
        "params",
        "parameters: trainable and frozen; under the keras convention the statistics too",
        _params,
        Sum(),
        noun="parameters",
        reason=_reason,
        addends=_addends,
    ),
    TRAINABLE,
    Quantity("frozen", "parameters that could be learned but are held", _frozen, Sum()),
    Quantity(
        "active",
        "parameters that one token meets: of a mixture of experts those that are chosen, and all others",
        _params,
        Sum(active_only=True),
        addends=_addends,
    ),
    Quantity("statistics", "running means and variances, kept but not learned", _statistics, Sum()),
    Quantity("non-trainable", "frozen parameters and statistics together", _non_trainable, Sum()),
    Quantity("weights", "parameters that multiply", _weights, Sum(), reason=_reason, addends=_weight_addends),
    Quantity(
        "biases", "parameters that are added: biases, and a normalisation's shift", _biases, Sum(), reason=_reason
    ),
)
