"""A prototxt of Caffe: layers that take blobs from others by name, of the deployed or the training network.

https://github.com/BVLC/caffe, src/caffe/proto/caffe.proto: what is not said has the default there. Layers for training
alone (losses, accuracy, data) are left out. BatchNorm keeps statistics alone, and the Scale behind it learns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from symcount.errors import ArchitectureError, Span
from symcount.interop.reading.dag import Node, written
from symcount.interop.reading.network import Network
from symcount.interop.reading.notations.notation import MOST_LINKS, Notation
from symcount.interop.reading.notations.prototext import Message, read_prototext

_TRAINING = frozenset(
    "Data ImageData HDF5Data MemoryData DummyData WindowData Accuracy SoftmaxWithLoss EuclideanLoss HingeLoss "
    "SigmoidCrossEntropyLoss InfogainLoss ContrastiveLoss MultinomialLogisticLoss Silence".split()
)
"""Layers that only feed or judge a network."""

_SAME = {
    "ReLU": "R", "Sigmoid": "sigmoid", "TanH": "tanh", "ELU": "elu", "Swish": "silu", "Softmax": "softmax",
    "AbsVal": "act", "Power": "act", "Exp": "act", "Log": "act", "BNLL": "softplus", "Dropout": "D", "LRN": "LRN",
    "MVN": "act", "Split": "_",
}  # fmt: skip
"""Layers without parameters that keep the shape."""


def _read(text: str) -> Network:
    net = read_prototext(text)
    layers = [each for each in (*net.every("layer"), *net.every("layers")) if isinstance(each, Message)]
    if len(layers) > MOST_LINKS:
        raise ArchitectureError("limit", f"the text has {len(layers):,} layers; at most {MOST_LINKS:,} are read")
    graph = _Graph(text, net)
    for layer in layers:
        graph.add(layer)
    about = "a prototxt of Caffe"
    notes = ("what only feeds or judges it is left out", *graph.notes)
    return Network(written(graph.nodes, graph.outputs()), about=about, notes=notes)


class _Graph:
    """The layers that are read so far, and which of them made each blob last."""

    def __init__(self, text: str, net: Message) -> None:
        self.text = text
        self.nodes: list[Node] = []
        self.blobs: dict[str, str] = {}
        self.used: set[str] = set()
        self.left: set[str] = set()
        self.notes: list[str] = []
        shapes = [each for each in net.every("input_shape") if isinstance(each, Message)]
        flat = net.every("input_dim")
        for place, name in enumerate(net.every("input")):
            dims = shapes[place].every("dim") if place < len(shapes) else flat[4 * place : 4 * place + 4]
            self._input(str(name), dims, net)

    def add(self, layer: Message) -> None:
        """Read one layer."""
        kind, name = str(layer.one("type") or ""), str(layer.one("name") or len(self.nodes))
        if kind in ("Input", "Data", "DummyData", "MemoryData"):
            self._feeding(layer, kind)
            return
        if kind in _TRAINING or self._is_training(layer):
            self.left |= set(map(str, layer.every("top")))
            return
        sources = [self._made(layer, str(blob)) for blob in layer.every("bottom")]
        self._node(layer, kind, self._fresh(name), tuple(sources))

    def outputs(self) -> list[str]:
        """The layers that no other takes from."""
        ends = [node.name for node in self.nodes if node.name not in self.used]
        return ends or [node.name for node in self.nodes[-1:]]

    def _feeding(self, layer: Message, kind: str) -> None:
        """An input, whose size is said, or is that of the crops that it feeds, or is left open."""
        shape = layer.message("input_param" if kind == "Input" else "dummy_data_param").message("shape")
        crop = layer.message("transform_param").one("crop_size")
        top, self.left = layer.every("top")[:1], self.left | set(map(str, layer.every("top")[1:]))
        for name in top if str(top[0] if top else "") not in self.blobs else ():
            dims: tuple[Any, ...] = shape.every("dim") or (1, "c", crop or "n", crop or "n")
            if not shape.every("dim"):
                self.notes.append("the channels of the input are not said, and left open")
            self._input(str(name), dims, layer)

    def _input(self, blob: str, dims: tuple[Any, ...], at: Message) -> None:
        if not 2 <= len(dims) <= 5 or not all(
            (isinstance(size, int) and size > 0) or size in ("c", "n") for size in dims[1:]
        ):
            raise self._wrong(at, f"the shape of the input {blob!r} is not said")
        axes = "×".join(map(str, dims[2:]))
        name = self._fresh(blob)
        self.nodes.append(Node(name, f"I({dims[1]}{f',{axes}' if axes else ''})"))
        self.blobs[blob] = name

    def _node(self, layer: Message, kind: str, name: str, sources: tuple[str, ...]) -> None:
        self.used |= set(sources)
        if not sources:
            raise self._wrong(layer, f"{kind} takes from no blob")
        if kind in ("Concat", "Eltwise"):
            self._merge(layer, kind, name, sources)
        else:
            text = _SAME.get(kind)
            if text is None:
                writing = _KINDS.get(kind)
                if writing is None or len(sources) > 1:
                    raise self._wrong(
                        layer, f"{kind} is not read" if writing is None else f"{kind} takes from several blobs"
                    )
                text = writing(_Fields(self, layer))
            self.nodes.append(Node(name, text, sources))
        for blob in layer.every("top"):
            self.blobs[str(blob)] = name

    def _merge(self, layer: Message, kind: str, name: str, sources: tuple[str, ...]) -> None:
        axis = layer.message("concat_param").one("axis")
        if kind == "Concat" and axis not in (None, 1):
            raise self._wrong(layer, "it joins along another axis than the channels")
        product = layer.message("eltwise_param").one("operation") in ("PROD", 0)
        joint = "|" if kind == "Concat" else "mul" if product else "+"
        self.nodes.append(Node(name, "", sources, joint if len(sources) > 1 else ""))

    def _made(self, layer: Message, blob: str) -> str:
        found = self.blobs.get(blob)
        if found is None:
            raise self._wrong(layer, f"no layer before makes the blob {blob!r}")
        return found

    def _is_training(self, layer: Message) -> bool:
        """Whether a layer takes from a label, or from a layer that is left out."""
        return any(str(blob) in self.left and str(blob) not in self.blobs for blob in layer.every("bottom"))

    def _fresh(self, name: str) -> str:
        taken = {node.name for node in self.nodes}
        return (
            name
            if name not in taken
            else next(f"{name} {n}" for n in range(len(taken) + 1) if f"{name} {n}" not in taken)
        )

    def _wrong(self, at: Message, message: str) -> ArchitectureError:
        span = Span(at.start, at.start + 1)
        return ArchitectureError("bad-notation", message, span=span, source=self.text)


class _Fields:
    """The parameters of one layer, as whole numbers."""

    def __init__(self, graph: _Graph, layer: Message) -> None:
        self.graph = graph
        self.layer = layer

    def size(self, param: str, name: str, default: int | None = None) -> int:
        found = self.layer.message(param).one(name)
        found = default if found is None else found
        if not isinstance(found, int) or not 0 <= found < 10**12:
            raise self.graph._wrong(self.layer, f"{name} is a whole number, found {found!r}")
        return found

    def sides(self, param: str, name: str, default: int, rows: str, columns: str) -> str:
        """A size that is one, one for each axis, or given as rows and columns."""
        if self.layer.message(param).one(rows) is not None:
            both = (self.size(param, rows), self.size(param, columns))
        else:
            given = self.layer.message(param).every(name) or (default,)
            if not all(isinstance(each, int) and 0 <= each < 10**9 for each in given):
                raise self.graph._wrong(self.layer, f"{name} is a whole number, found {given[0]!r}")
            both = (int(str(given[0])), int(str(given[-1])))
        return str(both[0]) if both[0] == both[1] else f"({both[0]},{both[1]})"

    def on(self, param: str, name: str, default: bool) -> bool:
        found = self.layer.message(param).one(name)
        return default if found is None else found in ("true", "True", 1)


def _convolution(token: str) -> Callable[[_Fields], str]:
    def write(given: _Fields) -> str:
        param = "convolution_param"
        options = [str(given.size(param, "num_output")), given.sides(param, "kernel_size", 1, "kernel_h", "kernel_w")]
        options += _options(
            ("s", given.sides(param, "stride", 1, "stride_h", "stride_w"), "1"),
            ("p", given.sides(param, "pad", 0, "pad_h", "pad_w"), "0"),
            ("d", str(given.size(param, "dilation", 1)), "1"),
            ("g", str(given.size(param, "group", 1)), "1"),
            ("bias", "on" if given.on(param, "bias_term", True) else "off", "on"),
        )
        return f"{token}({','.join(options)})"

    return write


def _options(*given: tuple[str, str, str]) -> Iterator[str]:
    return (f"{name}={value}" for name, value, default in given if value != default)


def _pool(given: _Fields) -> str:
    param = "pooling_param"
    mean = given.layer.message(param).one("pool") in ("AVE", 1)
    if given.on(param, "global_pooling", False):
        return "GAP" if mean else "GMP"
    options = [given.sides(param, "kernel_size", 1, "kernel_h", "kernel_w")]
    options += _options(("s", given.sides(param, "stride", 1, "stride_h", "stride_w"), options[0]),
                        ("p", given.sides(param, "pad", 0, "pad_h", "pad_w"), "0"))  # fmt: skip
    return f"{'AP' if mean else 'P'}({','.join(options)},ceil=on)"


def _dense(given: _Fields) -> str:
    bias = "" if given.on("inner_product_param", "bias_term", True) else ",bias=off"
    return f"H({given.size('inner_product_param', 'num_output')}{bias})"


def _scale(given: _Fields) -> str:
    return "scale-bias" if given.on("scale_param", "bias_term", False) else "scale"


def _sloped(given: _Fields) -> str:
    return "PR(per=layer)" if given.on("prelu_param", "channel_shared", False) else "PR"


_KINDS: dict[str, Callable[[_Fields], str]] = {
    "Convolution": _convolution("C"),
    "Deconvolution": _convolution("T"),
    "Pooling": _pool,
    "InnerProduct": _dense,
    "Flatten": lambda given: "F",
    "BatchNorm": lambda given: "BN(scale=off,shift=off)",
    "Scale": _scale,
    "Bias": lambda given: "bias",
    "PReLU": _sloped,
    "Embed": lambda given: f"E({given.size('embed_param', 'input_dim')},{given.size('embed_param', 'num_output')})",
}
"""Layers with parameters, or that change the shape."""

CAFFE = Notation(
    re.compile(
        r"\A(?:\s|#[^\n]*\n)*(?:name\s*:|layers?\s*\{|input\s*:|input_dim\s*:)[\s\S]*\b(?:layers?\s*\{|top\s*:)"
    ),
    "a prototxt of Caffe",
    _read,
)
