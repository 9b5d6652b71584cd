"""What is held: values for the backward pass, keys and values for later tokens, and the memory of it all in bytes."""

from __future__ import annotations

from collections.abc import Iterator

from symcount.arithmetic import Size, minimum, product
from symcount.errors import ArchitectureError
from symcount.layers import ACCOUNTS, Addend, Input, Layer, Nothing, Sentence, Shape, Word, added, sentence
from symcount.quantities.combined import Combined, Ingredient
from symcount.quantities.folds import EVERY_USE, Sum
from symcount.quantities.parameters import STORED, TRAINABLE
from symcount.quantities.quantity import Quantity, no_rule
from symcount.quantities.setting import Setting
from symcount.trace import Trace


def _activations(layer: Layer, x: Shape, y: Shape, setting: Setting) -> Size:
    return y.size if setting.held == "all" else layer.held(x, y)


def _held_reason(layer: Layer, x: Shape, y: Shape) -> Sentence:
    held = layer.held
    return sentence(held.reason if isinstance(held, Nothing) else "a new tensor, held for the backward pass")


def _kv(layer: Layer, x: Shape, y: Shape, setting: Setting) -> Size:
    return _kv_of_sequence(layer, x, y, setting) if setting.per == "sequence" else layer.cached(x, y)


def _kv_of_sequence(layer: Layer, x: Shape, y: Shape, setting: Setting) -> Size:
    window = getattr(layer, "win", Word("none"))
    places = product(x.axes) if x.axes else x.channels
    return layer.cached(x, y) * (places if isinstance(window, Word) else minimum(places, window))


def _needs_attention(trace: Trace) -> None:
    """Refuse a network without self-attention: it caches nothing."""
    if all(isinstance(step.layer.cached, Nothing) for step in trace.steps):
        message = "the network has no attention, whose keys and values could be cached"
        raise ArchitectureError("no-quantity", message, hint="MHA, MLA and attend are attention")


def _account(name: str, summary: str) -> Quantity:
    """The bytes that one of Megatron's accounts keeps."""

    def kept(layer: Layer, x: Shape) -> Iterator[Addend]:
        found = layer.kept(x)
        if found is None and not isinstance(layer, Input):
            message = f"{layer.token} has no place in Megatron's account of activations"
            hint = "that is of E, PE, LN, MHA, FF and Lin; --memory-of activations is of every kind"
            raise ArchitectureError("no-quantity", message, hint=hint)
        return (Addend(each.what, each.size) for each in found or () if name in each.under)

    def rule(layer: Layer, x: Shape, y: Shape, setting: Setting) -> Size:
        return added(kept(layer, x))

    return Quantity(
        name, f"bytes of activations, in Megatron's account{summary}", rule, EVERY_USE, noun="bytes kept", addends=kept
    )


_ACTIVATIONS = Quantity(
    "activations",
    "values held for the backward pass of one sample: the input, and every output that is a new tensor",
    _activations,
    Sum(count_shared_once=False, active_only=True, joins=True),
    reason=_held_reason,
)
_CACHE = Quantity("cache", "keys and values of the sequence", _kv_of_sequence, EVERY_USE, required=_needs_attention)
_AGAIN = ("", ", the scores of attention calculated again", ", all calculated again from what arrives at each layer")

HELD_VALUES = (
    _ACTIVATIONS,
    Quantity(
        "kv",
        "keys and values that self-attention caches for one token",
        _kv,
        EVERY_USE,
        noun="cached keys and values",
        required=_needs_attention,
    ),
    Combined(
        "memory",
        "bytes of the parameters and statistics, or of what is asked for besides: gradients, Adam, activations, kv",
        no_rule,
        Sum(),
        ingredients=(
            Ingredient("params", STORED, lambda of: of.width),
            Ingredient("gradients", TRAINABLE, lambda of: of.width),
            Ingredient("adam", TRAINABLE, lambda of: of.optimizer),
            Ingredient("activations", _ACTIVATIONS, lambda of: of.batch * of.width),
            Ingredient("kv", _CACHE, lambda of: of.batch * of.width),
            *(
                Ingredient(name, _account(name, again), lambda of: of.batch, in_layers=True)
                for name, again in zip(ACCOUNTS, _AGAIN, strict=True)
            ),
        ),
    ),
)
