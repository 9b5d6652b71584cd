"""Every quantity by its name. A new one is a rule method of the layers, and one entry here."""

from __future__ import annotations

import copyreg
from collections.abc import Iterator

from symcount.arithmetic import Size, minimum, product, ratio
from symcount.errors import ArchitectureError, near
from symcount.layers import STATISTICS_COUNT, Addend, Input, Layer, Nothing, Sentence, Shape, Word, sentence
from symcount.quantities.combined import Combined, Ingredient
from symcount.quantities.folds import Last, Sum
from symcount.quantities.least import Least
from symcount.quantities.quantity import Quantity
from symcount.quantities.reached import Reached, field, padding, stride
from symcount.quantities.setting import Setting
from symcount.trace import Trace


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


def _macs(layer: Layer, x: Shape, y: Shape, setting: Setting) -> Size:
    return _for_all(layer.macs(x, y), x, setting)


def _flops(layer: Layer, x: Shape, y: Shape, setting: Setting) -> Size:
    return 2 * _for_all(layer.macs(x, y), x, setting)


def _macs_inside(layer: Layer, x: Shape, y: Shape, setting: Setting) -> Size:
    return _for_all(layer.macs_inside(x, y), x, setting)


def _connections(layer: Layer, x: Shape, y: Shape, setting: Setting) -> Size:
    return layer.connections(x, y)


def _activations(layer: Layer, x: Shape, y: Shape, setting: Setting) -> Size:
    return y.size if setting.held == "all" else layer.held(x, y)


def _stored(layer: Layer, x: Shape, y: Shape, setting: Setting) -> Size:
    return layer.parameters(x) + layer.adapters(x) + layer.statistics(x)


def _kv(layer: Layer, x: Shape, y: Shape, setting: Setting) -> Size:
    return _kv_of_sequence(layer, x, y, setting) if setting.per == "sequence" else layer.cached(x, y)


def _kv_of_sequence(layer: Layer, x: Shape, y: Shape, setting: Setting) -> Size:
    window = getattr(layer, "win", Word("none"))
    places = product(x.axes) if x.axes else x.channels
    return layer.cached(x, y) * (places if isinstance(window, Word) else minimum(places, window))


def _for_all(products: Size, x: Shape, setting: Setting) -> Size:
    """The products of every pass, or of one token alone where that is asked for."""
    every = setting.passes * products
    if setting.per != "token" or (isinstance(products, int) and products == 0):
        return every
    if not x.axes:
        raise ArchitectureError("no-quantity", "a vector has no tokens", hint="leave out: per token")
    return ratio(every, product(x.axes))


def _needs_attention(trace: Trace) -> None:
    """Refuse a network without self-attention: it caches nothing."""
    if all(isinstance(step.layer.cached, Nothing) for step in trace.steps):
        message = "the network has no attention, whose keys and values could be cached"
        raise ArchitectureError("no-quantity", message, hint="MHA and MLA are attention")


def _seen(layer: Layer, x: Shape, y: Shape) -> Sentence:
    return layer.seen(x, y)


def _held_reason(layer: Layer, x: Shape, y: Shape) -> Sentence:
    held = layer.held
    return sentence(held.reason if isinstance(held, Nothing) else "a new tensor, held for the backward pass")


def _kept(layer: Layer, x: Shape, y: Shape, setting: Setting) -> Size:
    return _accounted(layer, layer.kept(x, scores=True))


def _kept_without(layer: Layer, x: Shape, y: Shape, setting: Setting) -> Size:
    return _accounted(layer, layer.kept(x, scores=False))


def _accounted(layer: Layer, kept: Size | None) -> Size:
    """The bytes that a layer keeps, or a refusal where Megatron's account has no such layer."""
    if kept is None and not isinstance(layer, Input):
        message = f"{layer.token} has no place in Megatron's account of activations"
        hint = "that is of E, PE, LN, MHA, FF and Lin; --memory-of activations is of every kind"
        raise ArchitectureError("no-quantity", message, hint=hint)
    return 0 if kept is None else kept


def _nothing(layer: Layer, x: Shape, y: Shape, setting: Setting) -> Size:
    """The rule of what is not a rule of one layer."""
    return 0


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
    return _addends(layer.weights_only(), x)


def _work(layer: Layer, x: Shape, y: Shape) -> Sentence:
    return layer.work(x, y)


_EVERY_USE = Sum(count_shared_once=False, active_only=True)
"""Each use of a layer, and of experts those that a token meets."""

_TRAINED = Quantity(
    "trainable", "parameters that are learned", _trainable, Sum(), reason=_reason, addends=_trainable_addends
)
_ACTIVATIONS = Quantity(
    "activations",
    "values held for the backward pass of one sample: the input, and every output that is a new tensor",
    _activations,
    Sum(count_shared_once=False, active_only=True, joins=True),
    reason=_held_reason,
)
_CACHE = Quantity("cache", "keys and values of the sequence", _kv_of_sequence, _EVERY_USE, required=_needs_attention)
_KEPT = Quantity("kept", "bytes of activations, as Megatron accounts for them", _kept, _EVERY_USE)
_KEPT_WITHOUT_SCORES = Quantity(
    "kept-without-scores", "bytes of activations, the scores of attention calculated again", _kept_without, _EVERY_USE
)
_MEMORY = Combined(
    "memory",
    "bytes of the parameters and statistics, or of what is asked for besides: gradients, Adam, activations, kv",
    _nothing,
    Sum(),
    ingredients=(
        Ingredient("params", Quantity("stored", "parameters and statistics", _stored, Sum()), lambda of: of.width),
        Ingredient("gradients", _TRAINED, lambda of: of.width),
        Ingredient("adam", _TRAINED, lambda of: of.optimizer),
        Ingredient("activations", _ACTIVATIONS, lambda of: of.batch * of.width),
        Ingredient("kv", _CACHE, lambda of: of.batch * of.width),
        Ingredient("megatron", _KEPT, lambda of: of.batch),
        Ingredient("megatron-selective", _KEPT_WITHOUT_SCORES, lambda of: of.batch),
    ),
)

_OUTPUT_ONLY = Last(lambda shape: shape.size)

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
            addends=_addends,
        ),
        _TRAINED,
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
            "biases",
            "parameters that are added: biases, and a normalisation's shift",
            _biases,
            Sum(),
            reason=_reason,
        ),
        Quantity(
            "macs",
            "multiply-accumulates of one pass forward, padding included: the products of weights, and of attention",
            _macs,
            _EVERY_USE,
            noun="multiply-accumulates",
            reason=_work,
        ),
        Quantity(
            "flops",
            "floating point operations: twice the multiply-accumulates",
            _flops,
            _EVERY_USE,
            noun="floating point operations",
            reason=_work,
        ),
        Quantity(
            "macs-inside",
            "multiply-accumulates without those with zeros of a padding",
            _macs_inside,
            _EVERY_USE,
            noun="multiply-accumulates inside",
            reason=_seen,
        ),
        Quantity(
            "connections",
            "what each value that leaves sees: values that arrive, no zeros of a padding, and its bias",
            _connections,
            _EVERY_USE,
            reason=_seen,
        ),
        _ACTIVATIONS,
        Quantity(
            "kv",
            "keys and values that self-attention caches for one token",
            _kv,
            _EVERY_USE,
            noun="cached keys and values",
            required=_needs_attention,
        ),
        _MEMORY,
        Reached(
            "receptive-field",
            "how many places of the input a unit sees along each axis, from the first to the last",
            _nothing,
            _OUTPUT_ONLY,
            noun="receptive field",
            measure=field,
        ),
        Reached(
            "stride",
            "how many places of the input neighbouring units are apart",
            _nothing,
            _OUTPUT_ONLY,
            measure=stride,
        ),
        Reached(
            "padding",
            "how many places before the input the first unit begins to see",
            _nothing,
            _OUTPUT_ONLY,
            measure=padding,
        ),
        Least(
            "min-input",
            "the smallest input, along each axis, for which every size on the way is at least 1",
            _nothing,
            _OUTPUT_ONLY,
            noun="smallest input",
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
