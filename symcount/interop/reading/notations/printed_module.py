"""What ``print(model)`` shows of a PyTorch module, where it shows all: a Sequential of layers, and Sequentials in it.

Of any other class the text hides how its layers are joined, and each parameter that is no layer's own; so it is refused
by name. What a layer prints is in its ``extra_repr``, https://github.com/pytorch/pytorch, torch/nn/modules.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from symcount.errors import ArchitectureError, Span
from symcount.interop.reading.network import Network
from symcount.interop.reading.notations.notation import MOST_LINKS, Notation
from symcount.records import record

_LINE = re.compile(
    r"^[ \t]*(?:\((?P<name>[\w.-]+)\): )?(?P<times>[0-9]+ x )?(?P<kind>[A-Za-z_]\w*)\((?P<inside>.*)$", re.MULTILINE
)
_NUMBERS = re.compile(r"-?[0-9]+")


@record
class _Printed:
    """One layer as it is printed: its kind, what stands in its parentheses, and its place."""

    kind: str
    inside: str
    start: int
    text: str

    def numbers(self, field: str = "") -> list[int]:
        """The whole numbers of a field, or those that stand first."""
        part = re.search(rf"\b{field}=(\([^)]*\)|[^,)]+)", self.inside)[1] if field and self.has(field) else self.inside  # type: ignore[index]
        return [int(each) for each in _NUMBERS.findall(part if field else re.split(r", \w+=", self.inside)[0])]

    def has(self, field: str) -> bool:
        """Whether a field is printed."""
        return re.search(rf"\b{field}=", self.inside) is not None

    def off(self, field: str) -> bool:
        """Whether a flag is printed as off."""
        return f"{field}=False" in self.inside

    def each(self, field: str, default: int) -> str:
        """A field as one size, or one for each axis."""
        if not self.has(field):
            return str(default)
        found = self.numbers(field) or [default]
        return str(found[0]) if len(set(found)) == 1 else f"({','.join(map(str, found))})"

    def wrong(self, message: str) -> ArchitectureError:
        """The error for this layer."""
        span = Span(self.start, self.start + len(self.kind))
        return ArchitectureError("cannot-say", message, span=span, source=self.text, hint=_HINT)


_HINT = "a file of its weights checks a total: symcount verify ARCH --against model.safetensors"


def _read(text: str) -> Network:
    layers = list(_layers(text))
    if len(layers) > MOST_LINKS:
        raise ArchitectureError("limit", f"the text has {len(layers):,} layers; at most {MOST_LINKS:,} are read")
    towers: list[list[str]] = []
    channels: int | None = None
    for layer in layers:
        taken, link, given = _link(layer)
        flat = bool(towers) and towers[-1][-1] == "F" and layer.kind == "Linear"
        if not towers or flat:
            towers.append([_input(layer, taken)])
        elif taken is not None and channels is not None and taken != channels:
            raise layer.wrong(f"{layer.kind} takes {taken}, and {channels} arrive")
        towers[-1].append(link)
        channels = given if given is not None else None if link == "F" else channels
    if not towers:
        raise ArchitectureError("bad-notation", "the text shows no layers")
    notes = (
        ("the side of the input is not shown: behind the flattening the line begins again",) if len(towers) > 1 else ()
    )
    return Network("; ".join(map("-".join, towers)), about="a printed Sequential of PyTorch", notes=notes)


def _layers(text: str) -> Iterator[_Printed]:
    """The layers in order; a module that is no Sequential and holds others is refused."""
    for match in _LINE.finditer(text):
        inside = match["inside"].rstrip()
        start = match.start("kind")
        whole = inside.endswith(")")
        layer = _Printed(match["kind"], inside[:-1] if whole else "", start, text)
        if match["times"]:
            raise layer.wrong(f"{match['kind']} stands several times in a list, whose order of calls is not shown")
        if not whole:
            if match["kind"] != "Sequential":
                raise layer.wrong(f"{match['kind']} hides how its layers are joined, and parameters of its own")
            continue
        yield layer


def _input(layer: _Printed, taken: int | None) -> str:
    if layer.kind == "Embedding":
        return "I(L)"
    if taken is None:
        raise layer.wrong(f"what arrives at the first layer, {layer.kind}, is not shown")
    rank = re.search(r"([123])d$", layer.kind)
    axes = {"1": ",T", "2": ",h×w", "3": ",t×h×w"}[rank[1]] if rank and layer.kind != "BatchNorm1d" else ""
    return f"I({taken}{axes})"


_Link = tuple[int | None, str, int | None]
"""How many channels a layer takes, its text, and how many it gives; None where it takes any, or keeps them."""


def _link(layer: _Printed) -> _Link:
    if layer.kind in _PLAIN:
        return None, _PLAIN[layer.kind], None
    for sign, reader in _READERS:
        if re.fullmatch(sign, layer.kind):
            try:
                return reader(layer)
            except (IndexError, ValueError):
                raise layer.wrong(f"{layer.kind} does not show its sizes as PyTorch prints them") from None
    hidden = "hides its projections" if "Attention" in layer.kind else "is not read"
    raise layer.wrong(f"{layer.kind} {hidden}")


def _arguments(*given: str) -> str:
    return f"({','.join(filter(None, given))})" if any(given) else ""


def _option(name: str, value: str, default: str) -> str:
    return "" if value == default else f"{name}={value}"


def _linear(layer: _Printed) -> _Link:
    units = layer.numbers("out_features")[0]
    return layer.numbers("in_features")[0], f"Lin{_arguments(str(units), 'bias=off' * layer.off('bias'))}", units


def _convolution(layer: _Printed) -> _Link:
    takes, gives = layer.numbers()[:2]
    word = re.search(r"padding=(same|valid)", layer.inside)
    transposed = layer.kind.startswith("ConvTranspose")
    options = [
        _option("s", layer.each("stride", 1), "1"),
        _option("p", word[1] if word else layer.each("padding", 0), "0"),
        _option("op", layer.each("output_padding", 0), "0") if transposed else "",
        _option("d", layer.each("dilation", 1), "1"),
        _option("g", layer.each("groups", 1), "1"),
        "bias=off" * layer.off("bias"),
    ]
    return takes, f"{'T' if transposed else 'C'}{_arguments(str(gives), layer.each('kernel_size', 1), *options)}", gives


def _normalised(layer: _Printed) -> _Link:
    if layer.off("track_running_stats") and layer.kind.startswith("Batch"):
        raise layer.wrong("a batch normalisation that keeps no statistics is not read")
    channels = layer.numbers()[0]
    match layer.kind[:3]:
        case "Bat":
            return channels, "BN(scale=off,shift=off)" if layer.off("affine") else "BN", None
        case "Ins":
            return channels, "IN" if layer.off("affine") else "IN(affine=on)", None
        case _:
            groups, channels = layer.numbers()[:2]
            return channels, f"GN{_arguments(str(groups), 'affine=off' * layer.off('affine'))}", None


def _normalised_values(layer: _Printed) -> _Link:
    shape = re.match(r"\(([0-9]+),\)", layer.inside)
    if shape is None or layer.off("elementwise_affine"):
        raise layer.wrong(f"{layer.kind} over several axes, or without factors, is not read")
    channels = int(shape[1])
    return channels, "RMS" if layer.kind == "RMSNorm" else "LN(bias=off)" if layer.off("bias") else "LN", None


def _pool(layer: _Printed) -> _Link:
    size = layer.each("kernel_size", 1)
    options = (
        _option("s", layer.each("stride", 1), size),
        _option("p", layer.each("padding", 0), "0"),
        _option("d", layer.each("dilation", 1), "1"),
        "ceil=on" * ("ceil_mode=True" in layer.inside),
    )
    return None, f"{'P' if layer.kind.startswith('Max') else 'AP'}{_arguments(size, *options)}", None


def _adaptive(layer: _Printed) -> _Link:
    return None, f"{'AMP' if 'Max' in layer.kind else 'AAP'}{_arguments(layer.each('output_size', 1))}", None


def _flat(layer: _Printed) -> _Link:
    if layer.numbers("start_dim") != [1] or layer.numbers("end_dim") != [-1]:
        raise layer.wrong("Flatten is read where it flattens all")
    return None, "F", None


def _embedding(layer: _Printed) -> _Link:
    entries, width = layer.numbers()[:2]
    return None, f"E({entries},{width})", width


def _sloped(layer: _Printed) -> _Link:
    slopes = layer.numbers("num_parameters")[0]
    return (None, "PR(per=layer)", None) if slopes == 1 else (slopes, "PR", None)


_PLAIN = {
    "ReLU": "R", "ReLU6": "R6", "LeakyReLU": "leakyrelu", "ELU": "elu", "SELU": "selu", "CELU": "act", "SiLU": "silu",
    "GELU": "gelu", "Mish": "mish", "Tanh": "tanh", "Sigmoid": "sigmoid", "Softplus": "softplus", "Softmax": "softmax",
    "Hardswish": "hardswish", "LogSoftmax": "act", "Hardsigmoid": "act", "Hardtanh": "act", "Softsign": "act",
    "Dropout": "D", "Dropout1d": "D", "Dropout2d": "D", "Dropout3d": "D", "AlphaDropout": "D",
    "LocalResponseNorm": "LRN", "Identity": "_",
}  # fmt: skip
"""Layers without parameters that keep the shape."""

_READERS: tuple[tuple[str, Callable[[_Printed], _Link]], ...] = (
    ("Linear", _linear),
    (r"Conv(Transpose)?[123]d", _convolution),
    (r"(BatchNorm|InstanceNorm)[123]d|GroupNorm", _normalised),
    ("LayerNorm|RMSNorm", _normalised_values),
    (r"(Max|Avg)Pool[123]d", _pool),
    (r"Adaptive(Max|Avg)Pool[123]d", _adaptive),
    ("Flatten", _flat),
    ("Embedding", _embedding),
    ("PReLU", _sloped),
)

PRINTED_MODULE = Notation(
    re.compile(r"\A\s*[A-Za-z_]\w*\([ \t]*\r?\n[ \t]*\([\w.-]+\): "), "a printed module of PyTorch", _read
)
