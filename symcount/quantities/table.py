"""Every quantity by its name. A new one is a rule method of the layers, and one entry here."""

from __future__ import annotations

import copyreg

from symcount.arithmetic import Size
from symcount.errors import ArchitectureError, near
from symcount.layers import STATISTICS_COUNT, Layer, Sentence, Shape
from symcount.quantities.folds import Last, Sum
from symcount.quantities.quantity import Quantity, Setting


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


def _size(layer: Layer, x: Shape, y: Shape, setting: Setting) -> Size:
    return y.size


def _output(layer: Layer, x: Shape, y: Shape, setting: Setting) -> Shape:
    return y


def _reason(layer: Layer, x: Shape) -> Sentence:
    return layer.reason(x)


QUANTITIES = {
    quantity.name: quantity
    for quantity in (
        Quantity(
            "params",
            "parameters: trainable and frozen; under the keras convention the statistics too",
            _params,
            Sum(),
            noun="parameters",
            reason=_reason,
        ),
        Quantity("trainable", "parameters that are learned", _trainable, Sum(), reason=_reason),
        Quantity("frozen", "parameters that could be learned but are held", _frozen, Sum()),
        Quantity(
            "active",
            "parameters that one token meets: of a mixture of experts those that are chosen, and all others",
            _params,
            Sum(active_only=True),
        ),
        Quantity("statistics", "running means and variances, kept but not learned", _statistics, Sum()),
        Quantity("non-trainable", "frozen parameters and statistics together", _non_trainable, Sum()),
        Quantity("weights", "parameters that multiply", _weights, Sum(), reason=_reason),
        Quantity(
            "biases",
            "parameters that are added: biases, and a normalisation's shift",
            _biases,
            Sum(),
            reason=_reason,
        ),
        Quantity("size", "the number of values of the output", _size, Last(lambda shape: shape.size)),
        Quantity("output", "the shape of the output", _output, Last(lambda shape: shape), is_shape=True),
    )
}
"""Every quantity by its name; the first is the default."""


def quantity_named(name: str) -> Quantity:
    """Return the quantity of this name."""
    if name in QUANTITIES:
        return QUANTITIES[name]
    close = near(name, QUANTITIES)
    hint = f"did you mean {close}?" if close else f"there are: {', '.join(QUANTITIES)}"
    raise ArchitectureError("unknown-quantity", f"no quantity is called {name!r}", hint=hint)


copyreg.pickle(Quantity, lambda quantity: (quantity_named, (quantity.name,)))
"""A rule is no data: a quantity is pickled by its name."""
