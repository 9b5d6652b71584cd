"""Random networks whose sizes are calculations, and a count of them in plain Python, nothing shared with the engine.

A network is a list of nodes; a size is a text that reads alike in the language and in Python.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

Values = Mapping[str, int]

_NAME = re.compile("[A-Za-z]+")


class NoNetworkError(Exception):
    """No network has these sizes."""


def _whole(size: str, values: Mapping[str, int], least: int) -> int:
    found = Fraction(eval(size, {"pick": _pick}, {name: Fraction(value) for name, value in values.items()}))
    if found.denominator != 1 or found < least:
        raise NoNetworkError
    return int(found)


def _pick(holds: bool, yes: Fraction, no: Fraction) -> Fraction:
    """``if(…)`` of the language, which is no name in Python."""
    return yes if holds else no


@dataclass(frozen=True)
class Tensor:
    """Channels over one axis."""

    channels: int
    length: int


@dataclass(frozen=True)
class Convolution:
    filters: str
    kernel: str
    stride: str
    padding: str

    def text(self) -> str:
        return f"C({self.filters},{self.kernel},s={self.stride},p={self.padding})"

    def count(self, x: Tensor, values: Values) -> tuple[int, Tensor]:
        scope = {**values, "cin": x.channels}
        f, k, s = (_whole(size, scope, 1) for size in (self.filters, self.kernel, self.stride))
        p = _whole(self.padding, scope, 0)
        if x.length + 2 * p < k:
            raise NoNetworkError
        return f * (k * x.channels + 1), Tensor(f, (x.length + 2 * p - k) // s + 1)


@dataclass(frozen=True)
class Resized:
    """A pooling, padding, cropping or upsampling: a change of the length alone."""

    token: str
    size: str

    def text(self) -> str:
        return f"{self.token}({self.size})"

    def count(self, x: Tensor, values: Values) -> tuple[int, Tensor]:
        size = _whole(self.size, {**values, "cin": x.channels}, 1 if self.token in "PU" else 0)
        lengths = {
            "P": x.length // max(size, 1),
            "U": x.length * size,
            "pad": x.length + 2 * size,
            "crop": x.length - 2 * size,
        }
        if lengths[self.token] < 1:
            raise NoNetworkError
        return 0, Tensor(x.channels, lengths[self.token])


@dataclass(frozen=True)
class Branches:
    joint: str
    chains: tuple[Chain, ...]

    def text(self) -> str:
        return "{" + self.joint.join(chain.text() or "_" for chain in self.chains) + "}"

    def count(self, x: Tensor, values: Values) -> tuple[int, Tensor]:
        counted = [chain.count(x, values) for chain in self.chains]
        outputs = [output for _, output in counted]
        channels = {output.channels for output in outputs}
        if len({output.length for output in outputs}) > 1 or (self.joint == "+" and len(channels) > 1):
            raise NoNetworkError
        joined = sum(output.channels for output in outputs) if self.joint == "|" else outputs[0].channels
        return sum(total for total, _ in counted), Tensor(joined, outputs[0].length)


@dataclass(frozen=True)
class Repeat:
    """A chain so many times; with an index, from ``first`` to ``last``."""

    chain: Chain
    last: str
    first: str = ""

    def text(self) -> str:
        index = f"i={self.first}..{self.last}" if self.first else self.last
        return f"[{self.chain.text()}]*({index})"

    def is_empty(self, values: Values) -> bool:
        """Whether no pass happens."""
        return _whole(self.last, values, 0) < _whole(self.first or "1", values, 0)

    def count(self, x: Tensor, values: Values) -> tuple[int, Tensor]:
        first = _whole(self.first or "1", values, 0)
        last = _whole(self.last, values, first - 1)
        total = 0
        for i in range(first, last + 1):
            more, x = self.chain.count(x, {**values, "i": i} if self.first else values)
            total += more
        return total, x


@dataclass(frozen=True)
class Choice:
    """A chain that is there where a comparison holds."""

    chain: Chain
    comparison: str

    def text(self) -> str:
        return f"[{self.chain.text()}]*({self.comparison})"

    def count(self, x: Tensor, values: Values) -> tuple[int, Tensor]:
        return self.chain.count(x, values) if eval(self.comparison, {}, dict(values)) else (0, x)


@dataclass(frozen=True)
class Chain:
    nodes: tuple[Convolution | Resized | Branches | Repeat | Choice, ...]

    def text(self) -> str:
        return "-".join(node.text() for node in self.nodes)

    def count(self, x: Tensor, values: Values) -> tuple[int, Tensor]:
        total = 0
        for node in self.nodes:
            more, x = node.count(x, values)
            total += more
        return total, x


@dataclass(frozen=True)
class Network:
    """A chain behind an input of v channels over w places, with the mean and two outputs behind it."""

    chain: Chain

    def text(self) -> str:
        return f"I(v,w)-{self.chain.text()}-GAP-O2".replace("pick(", "if(")

    def is_empty(self, values: Values) -> bool:
        """Whether it holds a repeat that does not happen."""
        return any(node.is_empty(values) for node in self.chain.nodes if isinstance(node, Repeat))

    def may_be_left_out(self, values: Values, unmet: Iterable[str]) -> bool:
        """Whether a formula is one of networks in which a repeat happens, and says so: these statements are not met."""
        ends = {name for node in self.chain.nodes if isinstance(node, Repeat) for name in _NAME.findall(node.last)}
        return self.is_empty(values) and any({*_NAME.findall(each)} <= ends for each in unmet)

    def count(self, values: Values) -> int | None:
        """Return the number of parameters, None where there is no such network."""
        try:
            total, left = self.chain.count(Tensor(values["v"], values["w"]), values)
        except NoNetworkError:
            return None
        return total + 2 * left.channels + 2


_SIZES = ("v", "u", "w-1", "u+v", "2*u-1", "(u+1)/2", "u//2+1", "u*v", "(u+v)/2")
_OF_CHANNELS = ("cin", "2*cin", "cin+u", "cin-1", "cin/2")
_BY_INDEX = ("i", "u+i", "v-i", "u*i", "i*(i+1)//2", "2*i+1", "u", "2*i-1", "(u+i)/2")


def _layer(draw: random.Random, *, in_index: bool) -> Convolution | Resized:
    filters = draw.choice(_BY_INDEX if in_index else (*_SIZES, *_OF_CHANNELS))
    match draw.randrange(6):
        case 0:
            return Resized("P", draw.choice(("2", "2", "3")))
        case 1:
            return Resized(draw.choice(("pad", "crop")), draw.choice(("1", "p", "i" if in_index else "u-1")))
        case 2:
            return Convolution(filters, draw.choice(("3", "5", "2*i+1" if in_index else "2*u+1")), "1", "1")
        case 3:
            return Convolution(filters, "3", draw.choice(("1", "2")), draw.choice(("1", "p")))
        case _:
            return Convolution(filters, "1", "1", "0")


def _chain(draw: random.Random, *, in_index: bool = False) -> Chain:
    return Chain(tuple(_layer(draw, in_index=in_index) for _ in range(draw.randint(1, 2))))


def _same(draw: random.Random, filters: str) -> Chain:
    """A chain that keeps the length."""
    kernel, padding = draw.choice((("1", "0"), ("3", "1"), ("2*u+1", "u")))
    return Chain((Convolution(filters, kernel, "1", padding),))


def images(draw: random.Random) -> Network:
    """Convolutions, poolings, paddings."""
    return Network(Chain(tuple(_layer(draw, in_index=False) for _ in range(draw.randint(1, 4)))))


def branches(draw: random.Random) -> Network:
    """Branches that are concatenated or added; poolings in one of them settle what divides the length."""
    if draw.random() < 0.3:
        met: tuple[Chain, ...] = (Chain((Resized("P", "2"), Resized("U", "2"))), Chain(()))
        joint = draw.choice("|+")
    else:
        joint = draw.choice("|+")
        sizes = ("u", "v", "u+v", "cin", "2*u")
        filters = [draw.choice(sizes)] * 2 if joint == "+" else [draw.choice(sizes) for _ in range(2)]
        met = tuple(_same(draw, size) for size in filters)
    return Network(Chain((*_chain(draw).nodes, Branches(joint, met), *_chain(draw).nodes)))


def repeats(draw: random.Random) -> Network:
    """Repeats by a count, also one that may be 0."""
    body = draw.choice((_chain(draw), Chain((Branches("|", (Chain(()), _same(draw, "u"))),)), _same(draw, "2*cin")))
    return Network(Chain((Repeat(body, draw.choice(("N", "N-1", "N//2", "(N+1)/2"))),)))


def indexed(draw: random.Random) -> Network:
    """Repeats by an index, in which sizes follow it."""
    ends = draw.choice((("1", "N"), ("0", "N-1"), ("1", "u"), ("2", "N")))
    return Network(Chain((Repeat(_chain(draw, in_index=True), ends[1], ends[0]),)))


def strided(draw: random.Random) -> Network:
    """Repeats of windows with an open stride, which may be 1."""
    kernel, padding = draw.choice((("3", "1"), ("u", "0"), ("3", "p"), ("u", "p"), ("1", "p"), ("2*u-1", "u-1")))
    body = (Convolution(draw.choice(("v", "cin", "u")), kernel, draw.choice("vuw"), padding),)
    return Network(Chain((Repeat(Chain(body), draw.choice(("N", "N-1"))), *_chain(draw).nodes)))


def coupled(draw: random.Random) -> Network:
    """Repeats in which the length follows the channels, and these grow or come to rest."""
    change = draw.choice((
        Resized("pad", "cin"),
        Resized("crop", "cin"),
        Convolution("cin", "cin", "1", "0"),
        Convolution("cin", "-(-3//cin)", "1", "0"),
        Convolution("cin", "2", "1", "cin-1"),
    ))  # fmt: skip
    grown = Convolution(draw.choice(("2*cin", "cin+1", "cin+u", "1", "u", "cin")), "1", "1", "0")
    nodes = (change, grown) if draw.random() < 0.5 else (grown, change)
    return Network(Chain((Repeat(Chain(nodes), draw.choice(("N", "N-1"))), *_chain(draw).nodes)))


def choices(draw: random.Random) -> Network:
    """Layers that are there where a comparison holds, and sizes with a branch that is not taken."""
    comparison = draw.choice(("u>3", "w>=5", "u>v", "v<3", "u==v", "u!=2"))
    filters = draw.choice(("u-3", "pick(u>3,u-3,v)", "pick(v>u,v-u,u)", "pick(w>3,(w+1)/2,1)", "u/2", "v"))
    kernel, padding = draw.choice((("1", "0"), ("3", "1"), ("3", "0"), ("u", "0"), ("pick(w>4,5,w)", "0")))
    chosen = Chain((Convolution(filters, kernel, "1", padding),))
    if draw.random() < 0.7:
        return Network(Chain((Choice(chosen, comparison), *_chain(draw).nodes)))
    return Network(Chain((*chosen.nodes, *_chain(draw).nodes)))


def nested(draw: random.Random) -> Network:
    """Layers that keep the shape, so often in each pass, or there in some of the passes alone."""
    inside = draw.choice(("u-2", "(u+2*i)/2", "u-i", "w-i", "u//2", "i", "v-i", "(u+w)/2", "i*u-3"))
    kept = (Convolution(inside, "1", "1", "0"), Convolution("v", "1", "1", "0"))
    kernel, padding = draw.choice((("3", "1"), ("5", "2"), ("2*i+1", "i")))
    padded = (Convolution("v", kernel, "1", "0"), Resized("pad", padding))
    chain = Chain(draw.choice((kept, kept, padded)))
    ends = draw.choice((("1", "N"), ("1", "u"), ("2", "N"), ("1", "N-1")))
    times = draw.choice(("i", "N", "i-1", "N-i", "u-1", "i//2"))
    choice = Choice(chain, draw.choice(("i>2", "i<3", "i==2", "u>i", "i>=u", "N>2")))
    inner = choice if draw.random() < 0.6 else Repeat(chain, times)
    return Network(Chain((Repeat(Chain((inner,)), ends[1], ends[0]),)))


FAMILIES = (images, branches, repeats, indexed, strided, coupled, choices, nested)
