"""The quantities that can be asked of a network: which rule gives one, and how layers make a total.

A new quantity is one rule method of `Layer` and one entry here.
"""

from __future__ import annotations

from collections.abc import Callable

from symcount.arithmetic import Size
from symcount.errors import ArchitectureError, near
from symcount.layers import STATISTICS_COUNT, Convention, Layer, Sentence, Shape, lettered
from symcount.records import record
from symcount.trace import Part, Step

Rule = Callable[[Layer, Shape, Convention], Size]
"""The quantity of one layer, from the shape that arrives."""


@record
class Quantity:
    """One quantity: its name in commands, what it is, and its rule.

    ``adds_up`` says that layers make a total, and not the last one alone; ``kept_once`` that layers
    which share their weights count once; ``met`` that of experts only those count that one token meets. ``noun`` is
    what a page calls it, ``reason`` why a layer has as much of it as it has.
    """

    name: str
    summary: str
    rule: Rule
    adds_up: bool = True
    kept_once: bool = True
    met: bool = False
    noun: str = ""
    reason: Callable[[Layer, Shape], Sentence] | None = None

    @property
    def words(self) -> str:
        """What it is called in a sentence."""
        return self.noun or self.name

    def of(self, part: Part, convention: Convention) -> Size:
        """Return the quantity of a layer, or of all layers of a block."""
        return self._made(part, lambda step: self.rule(step.layer, step.input, convention))

    def written(self, part: Part, convention: Convention) -> Size:
        """Return the quantity with every size of a layer's rule under its letter, as `of` makes it of the sizes."""
        return self._made(part, lambda step: self.rule(*lettered(step.layer, step.input), convention))

    def _made(self, part: Part, of_step: Callable[[Step], Size]) -> Size:
        match part:
            case Step(shared=True) if self.kept_once:
                return 0
            case Step():
                return of_step(part)
            case _ if not self.adds_up:
                return part.output.size
            case _:
                once: Size = sum(self._made(each, of_step) for each in part.parts)
                return part.multiplied(once, active=self.met)


def _params(layer: Layer, x: Shape, convention: Convention) -> Size:
    learned = layer.parameters(x) + layer.adapters(x)
    return learned + layer.statistics(x) if convention.choice(STATISTICS_COUNT) else learned


def _weights(layer: Layer, x: Shape, convention: Convention) -> Size:
    return layer.weights(x) + layer.adapters(x)


def _biases(layer: Layer, x: Shape, convention: Convention) -> Size:
    return layer.biases(x)


def _trainable(layer: Layer, x: Shape, convention: Convention) -> Size:
    return layer.adapters(x) if layer.frozen else layer.parameters(x) + layer.adapters(x)


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
        Quantity(
            "active",
            "parameters that one token meets: of a mixture of experts those that are chosen, and all others",
            _params,
            met=True,
        ),
        Quantity("statistics", "running means and variances, kept but not learned", _statistics),
        Quantity("non-trainable", "frozen parameters and statistics together", _non_trainable),
        Quantity("weights", "parameters that multiply", _weights, reason=_reason),
        Quantity("biases", "parameters that are added: biases, and a normalisation's shift", _biases, reason=_reason),
        Quantity("size", "the number of values of the output", _size, adds_up=False, kept_once=False),
    )
}
"""Every quantity that is a number, by its name; the first is the default."""


def quantity_named(name: str) -> Quantity:
    """Return the quantity of this name."""
    if name in QUANTITIES:
        return QUANTITIES[name]
    close = near(name, QUANTITIES)
    hint = f"did you mean {close}?" if close else f"there are: {', '.join(QUANTITIES)}, output"
    raise ArchitectureError("unknown-quantity", f"no quantity is called {name!r}", hint=hint)
