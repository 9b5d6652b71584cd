"""Random networks that exist: any layer kind, any of whose sizes may be left symbolic."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from symcount import Architecture, ArchitectureError


@dataclass(frozen=True)
class Drawn:
    """One network written twice: in numbers, and with symbols whose values make the same numbers."""

    numbers: str
    symbols: str
    values: dict[str, int]


@dataclass
class _Drawing:
    """A network while it is drawn, with how likely a size is a symbol, and the symbols so far."""

    draw: random.Random
    likely: float
    values: dict[str, int] = field(default_factory=dict)
    numbers: list[str] = field(default_factory=list)
    symbols: list[str] = field(default_factory=list)

    def size(self, value: int, letter: str) -> tuple[str, str]:
        """A size in numbers, and perhaps as a symbol or a calculation with one."""
        number = str(value)
        if self.draw.random() >= self.likely:
            return number, number
        match self.draw.randrange(8):
            case 0:
                return number, f"{self.symbol(value + 2, letter)}-2"
            case 1 if value % 2 == 0:
                return number, f"2*{self.symbol(value // 2, letter)}"
            case 2:
                return number, f"{self.symbol(3 * value + self.draw.randrange(3), letter)}//3"
            case 3 if value > 1:
                return number, f"({self.symbol(2 * value - 1, letter)}+1)/2"
            case _:
                return number, self.symbol(value, letter)

    def symbol(self, value: int, letter: str) -> str:
        """A symbol of this value: one that is there, or a new one."""
        known = [name for name, each in self.values.items() if each == value]
        if known and self.draw.random() < 0.5:
            return self.draw.choice(known)
        name = f"{letter}{len(self.values)}"
        self.values[name] = value
        return name

    def link(self, token: str, *arguments: tuple[str, str] | str) -> None:
        """Write a layer in both texts."""
        for place, text in ((0, self.numbers), (1, self.symbols)):
            words = [each if isinstance(each, str) else each[place] for each in arguments]
            text.append(f"{token}({','.join(words)})" if words else token)

    def named(self, name: str, value: int, letter: str) -> tuple[str, str]:
        number, symbol = self.size(value, letter)
        return f"{name}={number}", f"{name}={symbol}"

    def drawn(self) -> Drawn:
        return Drawn("-".join(self.numbers), "-".join(self.symbols), self.values)


def network(draw: random.Random, *, likely: float | None = None, layers: int = 7) -> Drawn:
    """Return a random network of which every size is at least 1; ``likely`` is the share of symbols."""
    share = draw.choice([0.0, 0.2, 0.5, 0.9]) if likely is None else likely
    while True:
        drawn = _tried(draw, share, draw.randint(1, layers))
        refused = refusal(drawn.numbers)
        if refused is None:
            return drawn
        assert refused == "too-small", (drawn, refused)


def refusal(text: str, **values: int) -> str | None:
    """Return the code of the error that counting a network ends in, or None where it is counted."""
    try:
        Architecture(text, values).of()
    except ArchitectureError as error:
        return error.code
    return None


def chain_over_n(draw: random.Random) -> str:
    """Return a text whose one symbol is n, the side of its input."""
    drawing = _Drawing(draw, 0.0)
    rank = draw.randint(1, 3)
    channels = 2
    for _ in range(draw.randint(1, 6)):
        channels = draw.choice(_SPATIAL)(drawing, channels, rank)
    return "-".join((f"I(2,{','.join(['n'] * rank)})", *drawing.numbers))


def _tried(draw: random.Random, share: float, layers: int) -> Drawn:
    drawing = _Drawing(draw, share)
    rank, channels = draw.choice([0, 1, 2, 2, 2, 3]), draw.randint(1, 6)
    if draw.random() < 0.5:
        axes = [drawing.size(draw.randint(6, 24), "n") for _ in range(rank)]
    else:
        axes = [drawing.size(draw.randint(6, 24), "n")] * rank if rank else []
    drawing.link("I", drawing.size(channels, "c"), *axes)
    for _ in range(layers):
        kinds = _ANYWHERE + (_SPATIAL * 3 + _FLATTENING if rank else [])
        kind = draw.choice(kinds)
        channels = kind(drawing, channels, rank)
        rank = 0 if kind in _FLATTENING or kind is _dense else rank
        if kind is _flatten:
            break
    drawing.link("O", drawing.size(draw.randint(1, 9), "o"))
    return drawing.drawn()


_Kind = Callable[[_Drawing, int, int], int]
"""Writes one layer of a kind, and returns the channels that leave it."""


def _window(drawing: _Drawing, rank: int, words: tuple[str, ...]) -> list[tuple[str, str] | str]:
    """Stride, padding and dilation of a random window, each at times left out."""
    draw = drawing.draw
    options: list[tuple[str, str] | str] = []
    if draw.random() < 0.5:
        options.append(drawing.named("s", draw.randint(1, 3), "s"))
    if draw.random() < 0.5:
        word = draw.choice((*words, ""))
        options.append(f"p={word}" if word else drawing.named("p", draw.randint(1, 2), "p"))
    if draw.random() < 0.2:
        options.append(drawing.named("d", draw.randint(1, 2), "d"))
    return options


def _kernel(drawing: _Drawing, rank: int) -> tuple[str, str]:
    draw = drawing.draw
    if rank > 1 and draw.random() < 0.2:
        sides = [drawing.size(draw.randint(1, 3), "k") for _ in range(rank)]
        number, symbol = (",".join(side[place] for side in sides) for place in (0, 1))
        return f"k=({number})", f"k=({symbol})"
    return drawing.named("k", draw.randint(1, 4), "k")


def _bias(drawing: _Drawing) -> list[tuple[str, str] | str]:
    return ["bias=off"] if drawing.draw.random() < 0.3 else []


def _convolution(drawing: _Drawing, channels: int, rank: int) -> int:
    draw = drawing.draw
    groups = draw.choice([1, 1, *(g for g in (2, 3) if channels % g == 0)])
    filters = groups * draw.randint(1, 4)
    more = [drawing.named("g", groups, "g")] if groups > 1 else []
    window = _window(drawing, rank, ("same", "causal"))
    token = draw.choice(["C", "C", "C", "LC"])
    drawing.link(token, drawing.size(filters, "f"), _kernel(drawing, rank), *window, *more, *_bias(drawing))
    return filters


def _separable(drawing: _Drawing, channels: int, rank: int) -> int:
    filters = drawing.draw.randint(1, 6)
    multiplier = [drawing.named("m", 2, "m")] if drawing.draw.random() < 0.3 else []
    window = _window(drawing, rank, ("same",))
    drawing.link("SC", drawing.size(filters, "f"), _kernel(drawing, rank), *window, *multiplier, *_bias(drawing))
    return filters


def _depthwise(drawing: _Drawing, channels: int, rank: int) -> int:
    multiplier = drawing.draw.choice([1, 1, 2])
    more = [drawing.named("m", 2, "m")] if multiplier == 2 else []
    drawing.link("DW", _kernel(drawing, rank), *_window(drawing, rank, ("same",)), *more, *_bias(drawing))
    return channels * multiplier


def _transposed(drawing: _Drawing, channels: int, rank: int) -> int:
    filters = drawing.draw.randint(1, 4)
    stride = drawing.named("s", drawing.draw.randint(1, 2), "s")
    drawing.link("T", drawing.size(filters, "f"), _kernel(drawing, rank), stride, *_bias(drawing), "fill=off")
    return filters


def _pooling(drawing: _Drawing, channels: int, rank: int) -> int:
    draw = drawing.draw
    options: list[tuple[str, str] | str] = []
    if draw.random() < 0.3:
        options = [drawing.named("s", draw.randint(1, 3), "s"), drawing.named("p", 1, "p"), "ceil=on"]
    elif draw.random() < 0.5:
        options = _window(drawing, rank, ("same",))
    learned = draw.choice([[], [], ["weight=on"], ["weight=on", "bias=on"]])
    # a padding of more than half the kernel would leave windows without any value
    drawing.link(draw.choice(["P", "AP"]), drawing.named("k", draw.randint(2, 3), "k"), *options, *learned)
    return channels


def _resized(drawing: _Drawing, channels: int, rank: int) -> int:
    token, least, letter = drawing.draw.choice([("U", 1, "r"), ("pad", 1, "p"), ("crop", 1, "p")])
    drawing.link(token, drawing.size(drawing.draw.randint(least, 2), letter))
    return channels


def _linear(drawing: _Drawing, channels: int, rank: int) -> int:
    units = drawing.draw.randint(1, 6)
    drawing.link("Lin", drawing.size(units, "u"), *_bias(drawing))
    return units


def _dense(drawing: _Drawing, channels: int, rank: int) -> int:
    units = drawing.draw.randint(1, 6)
    drawing.link("H", drawing.size(units, "u"), *_bias(drawing))
    return units


def _normalisation(drawing: _Drawing, channels: int, rank: int) -> int:
    drawing.link(drawing.draw.choice(["BN", "BN(shift=off)", "PR", "PR(per=unit)", "PR(per=layer)"]))
    return channels


def _silent(drawing: _Drawing, channels: int, rank: int) -> int:
    drawing.link(drawing.draw.choice(["R", "D(0.5)", "tanh", "_"]))
    return channels


def _pooled(drawing: _Drawing, channels: int, rank: int) -> int:
    drawing.link(drawing.draw.choice(["GAP", "GMP"]))
    return channels


def _flatten(drawing: _Drawing, channels: int, rank: int) -> int:
    drawing.link("F")
    return channels


_SPATIAL: list[_Kind] = [_convolution, _convolution, _separable, _depthwise, _transposed, _pooling, _resized]
_FLATTENING: list[_Kind] = [_pooled, _flatten]
_ANYWHERE: list[_Kind] = [_linear, _dense, _normalisation, _silent]
