"""Windows that slide over the axes of an input: what convolutions and poolings have in common."""

from __future__ import annotations

from collections.abc import Iterator

from symcount.arithmetic import Size, ceil_div, product
from symcount.layers.arguments import CAUSAL, LayerError, Padding, Word
from symcount.layers.constraints import Constraint, Divisible
from symcount.layers.inside import lettered_taps, margins, taps_inside
from symcount.layers.layer import Layer
from symcount.layers.letters import axis_names
from symcount.layers.reach import Reach, Window
from symcount.layers.sentences import SILENT, Sentence, listed, sentence
from symcount.layers.shape import Shape


def extent(kernel: Size, dilation: Size) -> Size:
    """Return how far a window reaches: ``k + (k - 1)(d - 1)``."""
    return kernel + (kernel - 1) * (dilation - 1)


def positions(n: Size, kernel: Size, stride: Size, pad: Padding, dilation: Size) -> Size:
    """Return in how many places a window fits along an axis of ``n``.

    With ``same`` and ``causal`` padding one for each stride, ``⌈n/s⌉``; else
    ``⌊(n + 2p - k - (k - 1)(d - 1))/s⌋ + 1`` (Dumoulin and Visin, A guide to convolution
    arithmetic for deep learning, 2016, relationship 15).
    """
    if isinstance(pad, Word):
        return ceil_div(n, stride)
    return (n + 2 * pad - kernel - (kernel - 1) * (dilation - 1)) // stride + 1


class Windowed(Layer):
    """A layer whose windows slide over every axis."""

    kernel: tuple[Size, ...]
    stride: tuple[Size, ...]
    padding: tuple[Padding, ...]
    dilation: tuple[Size, ...]

    def positions(self, x: Shape) -> tuple[Size, ...]:
        """Return the number of places of the window along each axis."""
        return tuple(map(positions, over_axes(self, x), self.kernel, self.stride, self.padding, self.dilation))

    @property
    def is_padded(self) -> bool:
        """Whether a window may meet zeros around the input."""
        return not all(isinstance(pad, int) and pad == 0 for pad in self.padding)

    def taps(self, x: Shape, y: Shape) -> Size:
        """Return the number of pairs of a place of the window and a tap that meets a value, in one channel."""
        if not self.is_padded:
            return product(self.kernel) * product(y.axes)
        return product(self.taps_along(x, y))

    def taps_along(self, x: Shape, y: Shape) -> tuple[Size, ...]:
        """Return those pairs along each axis, under a letter where the layer's sizes are."""
        rows = [*zip(x.axes, y.axes, self.kernel, self.stride, self.padding, self.dilation, strict=True)]
        found = {row: lettered_taps(taps_inside(*row), row[2]) for row in rows}
        return tuple(found[row] for row in rows)

    def seen(self, x: Shape, y: Shape) -> Sentence:
        if not self.is_padded:
            return SILENT
        words = "along each axis so many pairs of a place and a tap meet a value, and no zero of the padding: {}"
        return sentence(words, self.taps_along(x, y))

    def reach(self, x: Shape) -> Reach:
        rows = zip(x.axes, self.kernel, self.stride, self.padding, self.dilation, strict=True)
        return tuple(reached(*row) for row in rows)

    def fit(self, x: Shape) -> Sentence:
        rows = zip(x.axes, self.kernel, self.stride, self.padding, self.dilation, strict=True)
        sides = tuple(dict.fromkeys(_sides(*row) for row in rows))
        how = padded(self.padding)
        if all(sides):
            how = sentence("{}: {}", how, listed(sides, " by "))
        return listed((how, option("stride", self.stride), option("dilation", self.dilation)))

    def notes(self, x: Shape) -> Iterator[str]:
        """Yield which rows and columns at the end no window reaches."""
        rows = zip(x.axes, self.kernel, self.stride, self.padding, self.dilation, strict=True)
        yield from _unseen_words(tuple(_unseen(*row) for row in rows))

    def exact_constraints(self, x: Shape) -> Iterator[Constraint]:
        """Yield that each stride divides what the first window leaves of the axis."""
        rows = zip(axis_names(x.rank), x.axes, self.kernel, self.stride, self.padding, self.dilation, strict=True)
        for name, n, kernel, stride, pad, dilation in rows:
            if not isinstance(pad, Word):
                rest = n + 2 * pad - extent(kernel, dilation)
                yield Divisible(stride, rest, "stride", f"what the first window leaves of the {name}")


def padded(padding: tuple[Padding, ...]) -> Sentence:
    """Return how an input is padded: ``valid`` is without any."""
    words = ["valid" if isinstance(pad, int) and pad == 0 else pad for pad in padding]
    if all(word == words[0] for word in words):
        return sentence("{} padding", words[0]) if isinstance(words[0], str) else sentence("padding {}", words[0])
    sizes = tuple(pad for pad in padding if not isinstance(pad, Word))
    return sentence("padding {}", sizes if len(sizes) == len(padding) else " by ".join(map(str, words)))


def _sides(n: Size, kernel: Size, stride: Size, pad: Padding, dilation: Size) -> Sentence:
    """Return how many zeros a word for padding puts on each side of an axis; nothing where no word says it.

    Where sides differ, the one after the last value has one more, as in TensorFlow and PyTorch.
    """
    if not isinstance(pad, Word):
        return SILENT
    before = extent(kernel, dilation) - 1
    if pad == CAUSAL:
        return sentence("{} before the first", before)
    if isinstance(n, int) and isinstance(stride, int) and isinstance(before, int):
        total: Size = max(0, (-(-n // stride) - 1) * stride + before + 1 - n)
    elif isinstance(stride, int) and stride == 1:
        total = before
    else:
        return SILENT
    if not isinstance(total, int):
        return sentence("{} in all", total)
    fewer, more = total // 2, total - total // 2
    return sentence(f"{fewer} on each side" if fewer == more else f"{fewer} before and {more} after")


def option(name: str, sizes: tuple[Size, ...]) -> Sentence:
    """Return an option with its sizes, or nothing where it is 1 along every axis."""
    if all(isinstance(each, int) and each == 1 for each in sizes):
        return SILENT
    return sentence(f"{name} {{}}", sizes[0] if all(each == sizes[0] for each in sizes) else sizes)


def reached(n: Size, kernel: Size, stride: Size, pad: Padding, dilation: Size) -> Window:
    """Return what a window sees along one axis."""
    reach = extent(kernel, dilation)
    before, _ = margins(n, positions(n, kernel, stride, pad, dilation), reach, stride, pad)
    room = 1 if isinstance(pad, Word) else reach - 2 * pad
    return Window(reach, stride, before, dilation, room)


def over_axes(layer: Layer, x: Shape) -> tuple[Size, ...]:
    """Return the axes that the layer works on, or refuse a vector, which has none."""
    if not x.axes:
        hint = "an input with axes is written I(channels,length) or I(channels,height×width)"
        raise LayerError("no-axes", f"{layer.token} needs axes to work on, but a vector arrives", hint=hint)
    return x.axes


def _unseen(n: Size, kernel: Size, stride: Size, pad: Padding, dilation: Size) -> int:
    """How many places at the end of an axis of plain sizes no window reaches, and no padding covers."""
    left_over = 0 if isinstance(pad, Word) else (n + 2 * pad - extent(kernel, dilation)) % stride
    return max(0, left_over - pad) if isinstance(left_over, int) and isinstance(pad, int) else 0


def _unseen_words(unseen: tuple[int, ...]) -> Iterator[str]:
    """Yield one note on all axes at whose end something is not seen."""
    words = {1: ("step",), 2: ("row", "column"), 3: ("frame", "row", "column")}
    names = words.get(len(unseen)) or axis_names(len(unseen))
    parts = [name if count == 1 else f"{count} {name}s" for name, count in zip(names, unseen, strict=True) if count]
    if parts:
        are = "is" if len(parts) == 1 and max(unseen) == 1 else "are"
        yield f"{{}}: the last {' and '.join(parts)} {are} never seen"
