"""What the layers of every framework share: how a module is made of a step, and what no framework has."""

from __future__ import annotations

from typing import Any

from symcount.arithmetic import Size, by_name
from symcount.interop.writing.framework import Style, lacking
from symcount.interop.writing.nodes import Argument, Module
from symcount.interop.writing.sizes import Sizes, flag
from symcount.layers import Word
from symcount.records import replace
from symcount.trace import Step

MOST_ALLOCATED = 2**30
"""A model with more parameters is made without values: it would not fit everybody's memory."""

Made = tuple[Module, ...]
"""The modules of one layer."""


class Making:
    """Makes modules of the sizes of one network."""

    style: Style

    def __init__(self, sizes: Sizes) -> None:
        self.sizes = sizes

    def one(
        self, step: Step, name: str, *arguments: Argument, word: str = "layer", counts: bool = True
    ) -> tuple[Module]:
        """Return one module as those of a layer."""
        return (Module(name, arguments, step, word, counts=counts),)

    def number(self, step: Step, usual: str, role: str, default: str | None = None) -> Argument:
        """Return the number that an activation, a dropout or a noise is given, the usual where none is."""
        number = getattr(step.layer, "number", None)
        if number is None:
            return Argument(usual, "", default, role)
        if isinstance(number, int):
            return Argument(str(number), "", default, role)
        if isinstance(number, Size):
            return Argument(self.sizes.text(number), "", default, role, is_open=True)
        return Argument(str(float(number)), "", default, role)

    def optional(self, name: str, size: Size | None) -> tuple[Argument, ...]:
        """Return an argument that is None where nothing is said."""
        if size is None:
            return (Argument("None", name, "None", name),)
        found = self.sizes.size(size, name, name)
        return (Argument(found.text, name, "None", name, found.is_open),)

    def refuse_adapters(self, step: Step) -> None:
        """Refuse a layer with low-rank adapters."""
        lora = getattr(step.layer, "lora", 0)
        if lora != 0:
            why = f"low-rank adapters are no layers of {self.style.name}"
            raise lacking(step, why, "leave lora= out; peft adds adapters")


def step_with(step: Step, **values: Any) -> Step:
    """Return a step whose layer has other values for some of its arguments."""
    return replace(step, layer=step.layer.with_values(**values))


def attention_biases(step: Step) -> Argument:
    """Return whether the four projections of attention have biases: one answer, or one for each."""
    layer: Any = step.layer
    if not isinstance(layer.bias, tuple | Word):
        return flag(layer.bias, "bias", True)
    return Argument(str(tuple(map(bool, biases_of_attention(layer)))), "bias")


def biases_of_attention(layer: Any) -> tuple[Any, ...]:
    """Return whether the projections to queries, keys, values and back have biases."""
    if isinstance(layer.bias, Word):
        return (1, 1, 1, 0)
    return layer.bias if isinstance(layer.bias, tuple) else (layer.bias,) * 4


def attention_widths(making: Making, step: Step) -> tuple[Argument, ...]:
    """Return the heads and widths of attention that are not the usual ones."""
    layer: Any = step.layer
    return (
        *making.optional("kv_heads", None if by_name(layer.kv) == by_name(layer.heads) else layer.kv),
        *making.optional("head_dim", layer.dk),
        *making.optional("value_dim", None if layer.dv is layer.dk else layer.dv),
    )


def latent_widths(making: Making, step: Step) -> tuple[Argument, ...]:
    """Return the widths of latent attention."""
    layer: Any = step.layer
    return (
        making.sizes.size(layer.heads, "heads"),
        making.sizes.size(layer.latent, "latent"),
        making.sizes.size(layer.dk, "head_dim"),
        making.sizes.size(layer.rope, "rope_dim"),
        *making.optional("query_latent", layer.q),
        *making.optional("value_dim", None if layer.dv is layer.dk else layer.dv),
    )


def check_windows(step: Step) -> None:
    """Refuse attention inside windows that do not fit."""
    layer: Any = step.layer
    if layer.memory is not None or step.input.rank > 2:
        raise lacking(step, "attention inside windows is written for images and sequences that see themselves")
    for n in step.input.axes:
        if isinstance(n, int) and isinstance(layer.win, int) and n % layer.win:
            raise lacking(step, f"windows of {layer.win} do not fit {n} places", "pad(…) before it makes them fit")
