"""A network as VGSL, the notation of Tesseract and kraken, where that has a word for each of its layers.

https://tesseract-ocr.github.io/tessdoc/tess4/VGSLSpecs.html and https://kraken.re/main/vgsl.html. A sequence is written
as a row, an image of height 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any

from symcount.arithmetic import Size, Symbol, by_name
from symcount.counts import Count
from symcount.interop.reading.notations.notation import MOST_LINKS
from symcount.interop.reading.notations.vgsl import ACTIVATIONS, CELLS
from symcount.interop.writing.framework import lacking
from symcount.layers import Input
from symcount.layers.arguments import SAME, ByConvention, From
from symcount.layers.conventions import Convention
from symcount.records import record
from symcount.trace import (
    Bidirectional,
    Branches,
    Frozen,
    Iteration,
    Mixture,
    Optional,
    Part,
    Picked,
    Repeat,
    Shared,
    Step,
    Tap,
)

_SIGNS = {kind: sign for sign, kind in ACTIVATIONS.items() if kind}
_CELL_SIGNS = {kind: sign for sign, kind in CELLS.items()}
_ENDS = {"softmax": "s", "sigmoid": "l"}
"""The activations that an output may have, and their letters there."""

_NO_CHAIN = (Branches, Frozen, Mixture, Optional, Picked, Shared, Tap)


def code(count: Count) -> str:
    """Return a network as a line of VGSL; what that has no word for is refused by name."""
    convention = count.setting.convention
    links = [_Link(step, way, convention) for part in count.trace.parts for step, way in _steps(part)]
    if len(links) > MOST_LINKS:
        raise lacking(links[MOST_LINKS].step, f"a line of VGSL has at most {MOST_LINKS:,} layers")
    words: list[str] = []
    for number, link in enumerate(links):
        _add(words, link, links[:number], links[number + 1 :])
    if len(words) == 1:
        raise lacking(links[0].step, "a line of VGSL has layers behind its input")
    return f"[{' '.join(words)}]\n"


def _steps(part: Part) -> Iterator[tuple[Step, str]]:
    """Every layer in the order in which it runs, with the letter of its direction."""
    match part:
        case Step():
            yield part, "f"
        case Bidirectional():
            yield next(part.steps), "b"
        case _ if isinstance(part, _NO_CHAIN):
            raise lacking(part, f"a line of VGSL is one chain of layers that learn, without {part.noun}")
        case _:
            runs = isinstance(part, Repeat) and not (part.parts and isinstance(part.parts[0], Iteration))
            times = part.times if runs else 1
            if not isinstance(times, int):
                raise lacking(part, "VGSL has no repeats, and how often this one runs is open", "give it a value")
            inside = [each for one in part.parts for each in _steps(one)]
            for _ in range(min(times, MOST_LINKS + 1) if inside else 0):
                yield from inside


@record
class _Link:
    """One layer, the letter of its direction, and the convention that it is counted under."""

    step: Step
    way: str
    convention: Convention

    def number(self, size: Size) -> str:
        """A size, which must be a number."""
        if not isinstance(size, int):
            raise lacking(self.step, "VGSL has numbers for the sizes of layers, and none is known", "give it a value")
        return str(size)

    def check_usual(self, *said: str) -> None:
        """Refuse a value that is not the usual one of an argument that VGSL does not say."""
        layer: Any = self.step.layer
        for name, argument in layer.arguments.items():
            usual = argument.default
            if isinstance(usual, ByConvention):
                usual = usual.under(self.convention)
            elif isinstance(usual, From):
                usual = getattr(layer, usual.argument)
            elif argument.per_axis:
                usual = (usual,) * len(getattr(layer, name))
            if name not in said and getattr(layer, name) != usual:
                raise lacking(self.step, f"VGSL has no word for its {name}", "leave it out")


def _add(words: list[str], link: _Link, before: Sequence[_Link], behind: Sequence[_Link]) -> None:
    """Add the word of a layer, or its letter to the word of the layer before it."""
    step, is_last = link.step, all(each.step.kind in _ENDS for each in behind)
    if step.kind in _SIGNS:
        link.check_usual()
        words[-1] = _activated(words[-1], step, before[-1].step)
    elif isinstance(step.layer, Input):
        if before:
            raise lacking(step, "a line of VGSL has one input")
        words.append(_input(step))
    elif step.kind in ("H", "O") or (step.kind == "Lin" and not step.input.rank):
        link.check_usual("units")
        words.append(("O0s" if is_last else "Fl") + link.number(_units(step)))
    elif step.kind == "Lin" and step.input.rank == 1 and is_last:
        link.check_usual("units")
        words.append(f"O1s{link.number(_units(step))}")
    elif step.kind == "F":
        if not (behind and behind[0].step.kind in ("H", "O")):
            raise lacking(step, "VGSL flattens in front of a dense layer alone")
    elif step.kind == "seq":
        if step.input.rank != 2 or step.input.axes[0] != 1:
            raise lacking(
                step, "VGSL makes a row of an image of height 1 alone", "reshape(c*h,w) makes channels of rows"
            )
    elif step.kind in _WORDS:
        words.append(_WORDS[step.kind](link))
    else:
        raise lacking(step, f"VGSL has no {step.layer.noun}", _INSTEAD.get(step.kind))


def _units(step: Step) -> Size:
    layer: Any = step.layer
    units: Size = layer.units
    return units


def _activated(word: str, step: Step, before: Step) -> str:
    """The word of a layer with its activation."""
    if word[0] in "CF" and word[1] == "l" and before.kind in ("C", "H", "O", "Lin"):
        return f"{word[0]}{_SIGNS[step.kind]}{word[2:]}"
    if word[0] == "O" and before.kind in ("H", "O", "Lin"):
        return f"{word[:2]}{_ENDS[step.kind]}{word[3:]}"
    raise lacking(step, "VGSL has activations of convolutions and dense layers, one each, right behind them")


def _input(step: Step) -> str:
    """``1,28,28,3``: batch, height, width and channels, 0 for what is open."""
    shape = step.output
    if shape.rank not in (1, 2):
        raise lacking(step, "the input of VGSL is an image or a row", "I(c,h×w), or I(c,w)")
    sizes = (*((1,) if shape.rank == 1 else ()), *shape.axes, shape.channels)
    for place, size in enumerate(sizes):
        if not isinstance(size, int) and (not isinstance(size, Symbol) or size in sizes[:place]):
            why = f"VGSL has 0 for a size that is open, and cannot say {by_name(size)} of this one"
            raise lacking(step, why, "give it a value, or a letter of its own")
    return ",".join(["1", *(str(size) if isinstance(size, int) else "0" for size in sizes)])


def _pair(link: _Link, sizes: Sequence[Size]) -> str:
    """A size along the height and one along the width, the former 1 in a row."""
    if len(sizes) > 2 or not sizes:
        raise lacking(link.step, f"VGSL has images and rows alone, and here are {len(sizes)} axes")
    return ",".join(["1"] * (2 - len(sizes)) + [*map(link.number, sizes)])


def _convolution(link: _Link) -> str:
    layer: Any = link.step.layer
    link.check_usual("filters", "kernel", "stride", "padding")
    kernel = _pair(link, layer.kernel)
    for size, stride, padding in zip(layer.kernel, layer.stride, layer.padding, strict=True):
        if padding != SAME and not (size == 2 * padding + 1 and (stride == 1 or size == 1)):
            raise lacking(
                link.step, "a convolution in VGSL is padded so that only a stride makes it smaller", "write p=same"
            )
    strides = "" if set(layer.stride) == {1} else f",{_pair(link, layer.stride)}"
    return f"Cl{kernel},{link.number(layer.filters)}{strides}"


def _pooling(link: _Link) -> str:
    layer: Any = link.step.layer
    link.check_usual("kernel", "stride")
    strides = "" if layer.stride == layer.kernel else f",{_pair(link, layer.stride)}"
    return f"Mp{_pair(link, layer.kernel)}{strides}"


def _recurrent(link: _Link) -> str:
    layer: Any = link.step.layer
    link.check_usual("units", "last", "along")
    cell, summed = _CELL_SIGNS[link.step.kind], "s" if layer.last else ""
    axis = "y" if link.step.input.rank == 2 and layer.along == 1 else "x"
    if summed and axis == "x" and link.step.input.rank == 2:
        raise lacking(link.step, "VGSL has rows, and what is left of the ends of rows is a column")
    return f"{cell}{link.way}{axis}{summed}{link.number(layer.units)}"


def _linear(link: _Link) -> str:
    link.check_usual("units")
    ones = _pair(link, [1] * link.step.input.rank)
    return f"Cl{ones},{link.number(_units(link.step))}"


def _dropout(link: _Link) -> str:
    layer: Any = link.step.layer
    rate = layer.number
    if rate is None:
        return "Do"
    return f"Do{float(rate if isinstance(rate, Fraction) else int(link.number(rate))):.9f}".rstrip("0")


def _grouped(link: _Link) -> str:
    layer: Any = link.step.layer
    link.check_usual("groups")
    return f"Gn{link.number(layer.groups)}"


def _collapsed(link: _Link) -> str:
    x, y = link.step.input, link.step.output
    rows, channels = x.axes[0] if x.rank == 2 else None, x.channels
    if not (isinstance(rows, int) and isinstance(channels, int) and y.rank == 1 and y.channels == channels * rows):
        raise lacking(link.step, "VGSL makes channels of the rows of an image, and no other shape", "reshape(c*h,w)")
    return "S1(1x0)1,3"


_WORDS: dict[str, Callable[[_Link], str]] = {
    "C": _convolution, "P": _pooling, "LSTM": _recurrent, "GRU": _recurrent, "Lin": _linear, "D": _dropout,
    "GN": _grouped, "reshape": _collapsed,
}  # fmt: skip

_INSTEAD = {
    "AP": "P is a max pooling, Mp",
    "BN": "GN(g) is a group normalisation, Gn",
    "RNN": "LSTM and GRU are read",
}
