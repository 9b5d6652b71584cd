"""What is written alike for every framework: how a kind finds what makes it, and layers that differ by a name alone."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from symcount.arithmetic import Size
from symcount.interop.writing.framework import FIRST, LAST, lacking
from symcount.interop.writing.making import (
    Made,
    Making,
    attention_biases,
    attention_widths,
    check_windows,
    latent_widths,
)
from symcount.interop.writing.nodes import Argument, Module
from symcount.interop.writing.sizes import flag
from symcount.interop.writing.windows import Pair, borders
from symcount.layers import Shape, Source, Word
from symcount.records import record
from symcount.trace import Part, Step

_Layers = TypeVar("_Layers", bound="AlikeLayers")


@record
class Kinds(Generic[_Layers]):
    """Which method of a framework's layers makes each kind, by where it wants the channels of what arrives.

    Kinds ``as_it_comes`` take them wherever they stand, or set them elsewhere, and say where they are left. What a
    person may write in place of a kind that the framework lacks is in ``instead``.
    """

    as_it_comes: Mapping[str, Callable[[_Layers, Step, str], tuple[Made, str]]]
    channels_first: Mapping[str, Callable[[_Layers, Step], Made]]
    channels_last: Mapping[str, Callable[[_Layers, Step], Made]]
    instead: Mapping[str, str]

    def made(self, layers: _Layers, step: Step, at: str) -> tuple[Made, str]:
        """Return the modules of a layer, and where the channels stand behind it, given where they stand before."""
        if step.kind in self.as_it_comes:
            return self.as_it_comes[step.kind](layers, step, at)
        for wanted, kinds in ((FIRST, self.channels_first), (LAST, self.channels_last)):
            if step.kind in kinds:
                turned = layers.turned(step, step.input, at, wanted)
                return (*turned, *kinds[step.kind](layers, step)), wanted
        raise lacking(step, f"{layers.style.name} has no {step.layer.noun}", self.instead.get(step.kind))


def order_of_axes(rank: int, wanted: str) -> tuple[int, ...]:
    """Return the order in which axes are taken, counted behind the batch, so that the channels stand where wanted.

    >>> order_of_axes(2, "first"), order_of_axes(2, "last")
    ((3, 1, 2), (2, 3, 1))
    """
    axes = range(1, rank + 1)
    return (rank + 1, *axes) if wanted == FIRST else (*(axis + 1 for axis in axes), 1)


class AlikeLayers(Making, ABC):
    """Makes the layers that are alike in every framework; what each makes in its own way is abstract here."""

    @abstractmethod
    def turned(self, part: Part, shape: Shape, at: str, wanted: str) -> Made:
        """Return what moves the channels of a shape to where they are wanted."""

    @abstractmethod
    def affine(self, step: Step, at: str, *, scale: Size, shift: Size) -> Module:
        """Return a learned factor, a learned offset or both for each channel."""

    @abstractmethod
    def convolution(self, step: Step, filters: Size, groups: Size) -> Made:
        """Return a convolution, behind a padding of its own where the framework's cannot say it."""

    @abstractmethod
    def pooling(self, step: Step, *, largest: bool) -> Made:
        """Return a pooling, behind a padding of its own where the framework's cannot say it."""

    @abstractmethod
    def bordered(self, step: Step, pairs: Sequence[Pair]) -> Module:
        """Return what adds a border, or cuts one off where it is below 0."""

    def attending(self, step: Step, *of_memory: Argument) -> Module:
        """Return attention as a class written beside the network; ``of_memory`` says what arrives from a memory."""
        layer: Any = step.layer
        windowed = not isinstance(layer.win, Word)
        if windowed:
            check_windows(step)
        arguments = (
            self.sizes.size(step.input.channels, "channels"),
            self.sizes.size(layer.heads, "heads"),
            *([self.sizes.size(layer.win, "window")] if windowed else []),
            *attention_widths(self, step),
            *of_memory,
            *self.optional("output_channels", layer.out),
            attention_biases(step),
            flag(layer.norm, "norm", False),
            self.sizes.size(layer.rel, "relative", "relative", 0),
        )
        name = "WindowAttention" if windowed else "Attention"
        return Module(name, arguments, step, "attention", counts=True, needs=memory_of(step))

    def _scale(self, step: Step, at: str) -> tuple[Made, str]:
        return self._of_each_channel(step, at, scale=1, shift=0)

    def _bias(self, step: Step, at: str) -> tuple[Made, str]:
        return self._of_each_channel(step, at, scale=0, shift=1)

    def _of_each_channel(self, step: Step, at: str, *, scale: Size, shift: Size) -> tuple[Made, str]:
        wanted = at if self.style.at == FIRST else LAST  # the class of PyTorch takes the channels wherever they stand
        turned = self.turned(step, step.input, at, wanted)
        return (*turned, self.affine(step, wanted, scale=scale, shift=shift)), wanted

    def _token(self, step: Step, at: str) -> tuple[Made, str]:
        layer: Any = step.layer
        place = self.sizes.size(0 if layer.index is None else layer.index, "index")
        turned = self.turned(step, step.input, at, LAST)
        return (*turned, *self.one(step, "Token", place, word="token", counts=False)), self.style.at

    def _identity(self, step: Step, at: str) -> tuple[Made, str]:
        return (), at

    def _swap(self, step: Step, at: str) -> tuple[Made, str]:
        return (), LAST if at == FIRST else FIRST

    def _zero(self, step: Step, at: str) -> tuple[Made, str]:
        return self.one(step, "Zeros", word="zeros", counts=False), at

    def _free(self, step: Step, at: str) -> tuple[Made, str]:
        layer: Any = step.layer
        return self.one(step, "Declared", self.sizes.size(layer.count, "count"), word="declared"), at

    def _declared_tensor(self, step: Step, at: str) -> tuple[Made, str]:
        layer: Any = step.layer
        shape = [self.sizes.size(each, "size") for each in layer.shape]
        return self.one(step, "Declared", *shape, word=str(layer.name)), at

    def _convolution(self, step: Step) -> Made:
        layer: Any = step.layer
        if layer.links is not None:
            why = f"{self.style.name} has no convolution with a table of connections"
            raise lacking(step, why, "leave links= out: every channel is then seen")
        return self.convolution(step, layer.filters, layer.groups)

    def _max_pooling(self, step: Step) -> Made:
        return self._learned(step, self.pooling(step, largest=True))

    def _average_pooling(self, step: Step) -> Made:
        return self._learned(step, self.pooling(step, largest=False))

    def _learned(self, step: Step, made: Made) -> Made:
        layer: Any = step.layer
        if layer.weight == 0 and layer.bias == 0:
            return made
        return (*made, self.affine(step, self.style.at, scale=layer.weight, shift=layer.bias))

    def _padded(self, step: Step) -> Made:
        return (self.bordered(step, borders(step, 1)),)

    def _latent_attention(self, step: Step) -> Made:
        channels = self.sizes.size(step.input.channels, "channels")
        return self.one(step, "LatentAttention", channels, *latent_widths(self, step), word="attention")

    def _feed_forward(self, step: Step) -> Made:
        return self._wide(step, "FeedForward", usual=True)

    def _gated(self, step: Step) -> Made:
        return self._wide(step, "GatedLinearUnit", usual=False)

    def _wide(self, step: Step, name: str, *, usual: bool) -> Made:
        layer: Any = step.layer
        self.refuse_adapters(step)
        channels, hidden = self.sizes.size(step.input.channels, "channels"), self.sizes.size(layer.hidden, "hidden")
        return self.one(step, name, channels, hidden, flag(layer.bias, "bias", usual), word="feed_forward")


def memory_of(step: Step) -> tuple[int, ...]:
    """Return the identity of the step that attention sees in place of its own input; nothing where there is none."""
    layer: Any = step.layer
    memory: Source | None = layer.memory
    return () if memory is None else (id(step.taken["memory"]),)
