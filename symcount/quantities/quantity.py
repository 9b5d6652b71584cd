"""The quantities that can be asked of a network: which rule gives one, and how layers make a total.

A new quantity is one rule method of `Layer` and one entry here.
"""

from __future__ import annotations

from collections.abc import Callable

from symcount.arithmetic import Size
from symcount.layers import Layer, Sentence, Shape
from symcount.quantities.convention import Convention
from symcount.records import record

Rule = Callable[[Layer, Shape, Convention], Size]
"""The quantity of one layer, from the shape that arrives."""


@record
class Quantity:
    """One quantity: its name in commands, what it is, its rule, and whether layers add up or the last one tells.

    ``noun`` is what a page calls it, ``reason`` why a layer has as much of it as it has.
    """

    name: str
    summary: str
    rule: Rule
    adds_up: bool = True
    noun: str = ""
    reason: Callable[[Layer, Shape], Sentence] | None = None

    @property
    def words(self) -> str:
        """What it is called in a sentence."""
        return self.noun or self.name


def _params(layer: Layer, x: Shape, convention: Convention) -> Size:
    learned = layer.parameters(x)
    return learned + layer.statistics(x) if convention.statistics_count else learned


def _weights(layer: Layer, x: Shape, convention: Convention) -> Size:
    return layer.without_biases().parameters(x)


def _biases(layer: Layer, x: Shape, convention: Convention) -> Size:
    return layer.parameters(x) - _weights(layer, x, convention)


def _trainable(layer: Layer, x: Shape, convention: Convention) -> Size:
    return 0 if layer.frozen else layer.parameters(x)


def _frozen(layer: Layer, x: Shape, convention: Convention) -> Size:
    return layer.parameters(x) if layer.frozen else 0


def _statistics(layer: Layer, x: Shape, convention: Convention) -> Size:
    return layer.statistics(x)


def _non_trainable(layer: Layer, x: Shape, convention: Convention) -> Size:
    return _frozen(layer, x, convention) + layer.statistics(x)


def _size(layer: Layer, x: Shape, convention: Convention) -> Size:
    return layer.output(x).size


def _reason(layer: Layer, x: Shape) -> Sentence:
    return layer.reason(x)


QUANTITIES = {
    quantity.name: quantity
    for quantity in (
        Quantity(
            "params",
            "parameters: trainable and frozen; under the keras convention the statistics too",
            _params,
            noun="parameters",
            reason=_reason,
        ),
        Quantity("trainable", "parameters that are learned", _trainable, reason=_reason),
        Quantity("frozen", "parameters that could be learned but are held", _frozen),
        Quantity("statistics", "running means and variances, kept but not learned", _statistics),
        Quantity("non-trainable", "frozen parameters and statistics together", _non_trainable),
        Quantity("weights", "parameters that multiply", _weights, reason=_reason),
        Quantity("biases", "parameters that are added: biases, and a normalisation's shift", _biases, reason=_reason),
        Quantity("size", "the number of values of the output", _size, adds_up=False),
    )
}
"""Every quantity that is a number, by its name; the first is the default."""
