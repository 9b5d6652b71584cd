"""Random networks over the whole language: every kind with its arguments, branches, repeats, macros, shared weights."""

from __future__ import annotations

import random
from collections.abc import Callable
from math import prod

import symcount as sc
from symcount.errors import ArchitectureError

Shape = tuple[int, ...]
"""Channels, then the axes."""

_MOST_VALUES = 60_000
"""A layer that gives more would be slow to build by the hundred."""


def whole_network(draw: random.Random, convention: str = "torch") -> str:
    """Return a random network that can be counted."""
    writing = _Writing(draw, convention)
    items, shape = _begun(draw)
    for _ in range(draw.randint(1, 5)):
        item, shape = writing.item(shape, draw.randint(0, 2))
        items.append(item)
    if "@tied" in items[0] and len(shape) == 2 and draw.random() < 0.7:
        entries, width = items[0].partition("E(")[2].partition(")")[0].split(",")
        items.append(f"Lin({width})-Lin({entries},w=@tied,bias={draw.randint(0, 1)})")
    text = ";".join([*writing.macros, "-".join(items)])
    is_counted = _output(text, convention) is not None
    assert is_counted or "@tied" in text, text
    return text if is_counted else whole_network(draw, convention)


def _begun(draw: random.Random) -> tuple[list[str], Shape]:
    if draw.random() < 0.2:
        length, width = draw.randint(2, 9), 2 * draw.randint(1, 6)
        return [f"I({length})-E({draw.randint(2, 30)},{width})@tied"], (width, length)
    rank = draw.choice([0, 1, 1, 2, 2, 2, 3])
    shape = (draw.choice([1, 2, 3, 4, 6, 8]), *(draw.randint(4, 12) for _ in range(rank)))
    return [_given(shape)], shape


def _given(shape: Shape) -> str:
    return f"I({','.join(map(str, shape))})"


def _output(text: str, convention: str) -> Shape | None:
    """The shape that leaves a network; None where it cannot be counted, or is too large to build by the hundred."""
    try:
        net = sc.parse(text, convention=convention)
        _ = net.params
    except ArchitectureError:
        return None
    sizes = tuple(size for size in net.output if isinstance(size, int))
    return sizes if prod(sizes) <= _MOST_VALUES and not net.counted.is_open else None


class _Writing:
    """A network while it is written; the macros that it calls stand in front of it."""

    def __init__(self, draw: random.Random, convention: str) -> None:
        self.draw = draw
        self.convention = convention
        self.macros: list[str] = []
        self.labels = 0

    def item(self, shape: Shape, depth: int) -> tuple[str, Shape]:
        """Return one item that takes this shape, and the shape that leaves it."""
        for _ in range(60):
            composite = depth > 0 and self.draw.random() < 0.5
            make = self.draw.choice(_COMPOSITES) if composite else self.draw.choice(_LAYERS)
            macros = len(self.macros)
            text = make(self, shape, depth)
            left = _output(";".join([*self.macros, f"{_given(shape)}-{text}"]), self.convention)
            if left is not None:
                return text, left
            del self.macros[macros:]
        return "_", shape

    def chain(self, shape: Shape, depth: int) -> tuple[str, Shape]:
        """Return several items in a row."""
        items = []
        for _ in range(self.draw.randint(1, 3)):
            text, shape = self.item(shape, depth - 1)
            items.append(text)
        return "-".join(items), shape

    def few(self, least: int = 1, most: int = 6) -> int:
        return self.draw.randint(least, most)

    def maybe(self, *options: str) -> str:
        """Some of these arguments."""
        return "".join(f",{each}" for each in options if self.draw.random() < 0.35)

    def label(self) -> str:
        self.labels += 1
        return f"l{self.labels}"

    def given(self) -> str:
        """A macro that is given a label."""
        name = f"given{chr(97 + len(self.macros) // 26)}{chr(97 + len(self.macros) % 26)}"
        body = self.draw.choice(["{@t|_}", "{@t-Lin(2)+Lin(2)}", "Lin(4)-{MHA(2,from=@t)+_}", "{_|@t-R-C(3,1)}"])
        self.macros.append(f"def {name}(t) = {body}")
        return name

    def window(self, *, pads: tuple[str, ...] = ("same", "causal", "1", "2")) -> str:
        stride, dilation = self.few(1, 3), self.few(1, 2)
        return self.maybe(f"s={stride}", f"p={self.draw.choice(pads)}", f"d={dilation}")

    def kernel(self, shape: Shape) -> str:
        if self.draw.random() < 0.2:
            return f"({','.join(str(self.few(1, 4)) for _ in shape[1:])})" if len(shape) > 2 else str(self.few(1, 4))
        return str(self.few(1, 4))


_Make = Callable[[_Writing, Shape, int], str]


def _convolution(w: _Writing, shape: Shape, depth: int) -> str:
    groups = w.draw.choice([1, 1, 1, 2, 3])
    return f"C({groups * w.few()},{w.kernel(shape)}{w.window()}{w.maybe('bias=off')}{f',g={groups}' * (groups > 1)})"


def _transposed(w: _Writing, shape: Shape, depth: int) -> str:
    padding = w.draw.choice(["", ",p=1", ",p=same", ",op=1"])
    return f"T({w.few()},{w.kernel(shape)},s={w.few(1, 3)}{padding}{w.maybe('bias=off', 'd=2')})"


def _depthwise(w: _Writing, shape: Shape, depth: int) -> str:
    return f"DW({w.kernel(shape)}{w.window()}{w.maybe('bias=off', 'm=2')})"


def _separable(w: _Writing, shape: Shape, depth: int) -> str:
    return f"SC({w.few()},{w.kernel(shape)}{w.window(pads=('same', '1'))}{w.maybe('bias=off', 'm=2')})"


def _pooling(w: _Writing, shape: Shape, depth: int) -> str:
    token = w.draw.choice(["P", "AP"])
    learned = w.maybe("weight=on", "bias=on")
    if w.draw.random() < 0.3:
        return f"{token}({w.few(2, 3)},s={w.few(1, 3)}{w.maybe('p=1')},ceil=on{learned})"
    dilation = w.maybe("d=2") if token == "P" else ""
    return (
        f"{token}({w.kernel(shape)}{w.maybe(f's={w.few(1, 3)}', w.draw.choice(['p=same', 'p=1']))}{dilation}{learned})"
    )


def _adaptive(w: _Writing, shape: Shape, depth: int) -> str:
    return w.draw.choice(["GAP", "GMP", f"AAP({w.few(1, 4)})", f"AMP({w.few(1, 4)})", f"resize({w.few(2, 7)})"])


def _resized(w: _Writing, shape: Shape, depth: int) -> str:
    sides = f"before={w.few(0, 2)},after={w.few(0, 2)}"
    return w.draw.choice(["U2", "pad(1)", f"pad({sides})", "crop(1)", f"crop({sides})", "s2d(2)", "d2s(2)"])


def _dense(w: _Writing, shape: Shape, depth: int) -> str:
    token = w.draw.choice(["H", "O", "Lin", "Lin"])
    return f"{token}({w.few()}{w.maybe('bias=off')})"


def _normalisation(w: _Writing, shape: Shape, depth: int) -> str:
    groups = w.draw.choice([1, 2, 3])
    return w.draw.choice([
        f"BN{w.draw.choice(['', '(shift=off)', '(scale=off)', '(scale=off,shift=off)'])}",
        f"LN{w.draw.choice(['', '(bias=off)'])}", "RMS", f"GN({groups}{w.maybe('affine=off')})",
        f"GN({groups},shift=off)", f"IN{w.draw.choice(['', '(affine=on)'])}", "LRN", "LRN(3)",
    ])  # fmt: skip


def _elementwise(w: _Writing, shape: Shape, depth: int) -> str:
    return w.draw.choice([
        "R", "R6", "leakyrelu", "elu", "selu", "silu", "gelu", "mish", "tanh", "sigmoid", "softplus", "hardswish",
        "act", "hardsigmoid", "softmax", "D", "D(0.25)", "noise", "_", "PR", "PR(per=layer)", "PR(per=unit)", "scale",
        "bias", "scale(frozen=on)",
    ])  # fmt: skip


def _arranged(w: _Writing, shape: Shape, depth: int) -> str:
    reshaped = f"reshape({prod(shape)})" if w.draw.random() < 0.5 else f"reshape({prod(shape[1:])},{shape[0]})"
    return w.draw.choice([
        "F", "seq", "swap", f"take({w.few(1, shape[0])})", "shuffle(2)", reshaped, f"rep({w.few()})",
        f"free({w.few(0, 9)})", "free(3,trainable=off)", "cls", "cls(3)", "tok", f"tok({w.few(0, 3)})",
        f"param(sinks,{w.few()})", f"param(A,{w.few()},{w.few()},trainable=off)", f"queries({w.few()})", "queries(2,5)",
    ])  # fmt: skip


def _squeezed(w: _Writing, shape: Shape, depth: int) -> str:
    return w.draw.choice([f"SE({w.few()}{w.maybe('bias=off')})", "ECA(3)", "ECA(1)", "GRN"])


def _positions(w: _Writing, shape: Shape, depth: int) -> str:
    return w.draw.choice(
        ["PE", f"PE({prod(shape[1:]) + w.few(0, 3)})", "PE(kind=sin)", "PE(kind=rope)", "PE(frozen=on)"]
    )


def _attention(w: _Writing, shape: Shape, depth: int) -> str:
    kv = w.few(1, 2)
    heads = kv * w.few(1, 2)
    widths = w.maybe(f"dk={w.few()}", f"dv={w.few()}")
    bias = w.draw.choice(["", ",bias=off", ",bias=qkv", ",bias=(1,0,1,1)"])
    more = w.maybe("norm=on", f"rel={w.few(1, 9)}", f"kv={kv}", f"out={w.few()}")
    return f"MHA({heads}{widths}{bias}{more}{w.draw.choice(['', '', ',win=2,rel=9', ',win=2'])})"


def _latent(w: _Writing, shape: Shape, depth: int) -> str:
    return f"MLA({w.few(1, 3)},{w.few()},{w.few()},{w.few()}{w.maybe(f'q={w.few()}', f'dv={w.few()}')})"


def _carrying(w: _Writing, shape: Shape, depth: int) -> str:
    made = (
        f"{{Lin({2 * w.few(1, 3)})|Lin(2)|Lin(2)}}-attend(1)" if w.draw.random() < 0.2 else "{Lin4|Lin4|Lin4}-attend(2)"
    )
    options = w.maybe("inner=6", "kernel=2", "bias=on")
    return w.draw.choice([
        made, "{Lin6|Lin2|Lin2}-attend(3,kv=1)", f"S6({w.few()}{options}{w.maybe('norm=on', 'rank=2')})",
        f"SSD(2,{w.few()}{options}{w.maybe('g=2')})",
        f"TMix{w.draw.choice(['', '(4)', '(6,head=3)'])}", f"CMix({w.few()}{w.maybe('receptance=off')})",
        f"Finch(2,mix={w.few()},d=4)", f"Goose(1,decay={w.few()},rate=2,gate=3{w.maybe('value=2')})",
    ])  # fmt: skip


def _wide(w: _Writing, shape: Shape, depth: int) -> str:
    return f"{w.draw.choice(['FF', 'GLU'])}({w.few()}{w.draw.choice(['', ',bias=on', ',bias=off'])})"


def _recurrent(w: _Writing, shape: Shape, depth: int) -> str:
    kind = w.draw.choice(["RNN", "GRU", "LSTM"])
    proj = ",proj=2" if kind == "LSTM" and w.draw.random() < 0.3 else ""
    text = f"{kind}({w.few(3, 6)}{w.maybe('bias=off', 'last=on')}{proj})"
    return f"bi[{text}]" if w.draw.random() < 0.3 else text


_LAYERS: list[_Make] = [
    _convolution, _convolution, _transposed, _depthwise, _separable, _pooling, _adaptive, _resized, _dense,
    _normalisation, _elementwise, _arranged, _squeezed, _positions, _attention, _latent, _wide, _recurrent,
    _carrying,
]  # fmt: skip


def _group(w: _Writing, shape: Shape, depth: int) -> str:
    text, _ = w.chain(shape, depth)
    return w.draw.choice(
        [
            "[{}]",
            "res[{}]",
            "frozen[{}]",
            "mul{{{}|_}}",
            "{{{}|_}}",
            "{{_|{}|_}}",
            "{{{}+_+_}}",
            "[{}]*1",
            "par(2)[{}]",
            "{{_|par(3)[{}]}}",
        ]
    ).format(text)


def _branches(w: _Writing, shape: Shape, depth: int) -> str:
    one, left = w.chain(shape, depth)
    other, right = w.chain(shape, depth)
    adapted = f"{other}-Lin({left[0]})" if left[1:] == right[1:] and left != right else other
    joint = w.draw.choice(
        ["{{{}|{}}}", "{{{}+{}}}", "mul{{{}|{}}}", "cat{{{}|{}}}", "cat2{{{}|_|{}}}", "pick2{{{}|{}}}"]
    )
    if joint in ("{{{}|{}}}", "pick2{{{}|{}}}"):
        return joint.format(one, other)
    return joint.format(one, adapted)


def _repeated(w: _Writing, shape: Shape, depth: int) -> str:
    text, _ = w.chain(shape, depth)
    if w.draw.random() < 0.3:
        kind = w.draw.choice(["C({}*2^i,3,p=1)", "Lin({}+i)", "{{C({}*i,1)|_}}"]).format(w.few(1, 3))
        return f"[{kind}-{w.draw.choice(['R', 'BN', '_'])}]*(i=1..{w.few(1, 4)})"
    return f"[{text}]*{w.few(0, 4)}"


def _macro(w: _Writing, shape: Shape, depth: int) -> str:
    name = f"m{chr(97 + len(w.macros) // 26)}{chr(97 + len(w.macros) % 26)}"
    body = w.draw.choice([
        "C(f,3,s=s,p=1)-BN-R", "{C(f,3,s=s,p=1)-BN+body}-R", "cbr(f,1)-C(2*f,k,p=same,s=s)", "Lin(f)-[R-Lin(f)]*k",
        "{body|C(f,1)}", "[{Lin(cin)+_}]*k-Lin(f)", "cbr(cin,k,1,1)*(s>1)-Lin(f)-R", "{_|BN-R-C(f,1,bias=off)}",
        "DW(k,s=s,p=same)-LN-Lin(f)-gelu", "C(f,k,p=same)@z-R-{@z|_}",
    ])  # fmt: skip
    w.macros.append(f"def {name}(f,s=1,k=2) = {body}")
    calls = []
    for _ in range(w.few(1, 4)):
        given = f"{w.few(1, 4)}{w.maybe(f's={w.few(1, 2)}', f'k={w.few(1, 3)}')}"
        block = w.draw.choice(["", "", "[C(2,1)]", "[cb(4,1,2)]", "[res[Lin(cin)]]"]) if "body" in body else ""
        calls.append(f"{name}({given}){block}{w.draw.choice(['', '', '*2', '*3'])}")
    return "-".join(calls)


def _taken_up(w: _Writing, shape: Shape, depth: int) -> str:
    """Layers whose output, or whose weights, are taken up again behind others."""
    first, left = w.chain(shape, depth)
    label = w.label()
    between, _ = w.chain(left, depth)
    return w.draw.choice([
        f"[{first}]@{label}-{between}-{{@{label}|_}}", f"[{first}]@{label}-{between}-{{@{label}-Lin(3)+Lin(3)}}",
        f"[{first}]@{label}-&{label}", f"[{first}]@{label}-&{label}*2",
        f"[{first}]@{label}-{between}-MHA(1,from=@{label})",
        f"{first}-[{{Lin({left[0]})+_}}]@{label}-&{label}*{w.few(1, 3)}",
        f"[{first}]@{label}-[{{MHA(1,dk=2,from=@{label})+_}}-Lin(cin)]*{w.few(1, 3)}",
        f"[{first}]@{label}-{between}-{w.given()}(@{label})",
    ])  # fmt: skip


def _experts(w: _Writing, shape: Shape, depth: int) -> str:
    text = w.draw.choice(["GLU(3)", "FF(4)", f"Lin(5)-R-Lin({shape[0]})"])
    return f"moe({w.few(2, 4)},top={w.few(1, 2)}{w.maybe('shared=1', 'bias=on')})[{text}]"


_COMPOSITES: list[_Make] = [_group, _branches, _branches, _repeated, _repeated, _macro, _macro, _taken_up, _experts]
