"""Layers that act on each value alone: activations, dropout, noise. Only the parametric one learns."""

from __future__ import annotations

from fractions import Fraction

from symcount.arithmetic import Size
from symcount.layers.arguments import LayerError, Word
from symcount.layers.declarations import uncounted, word
from symcount.layers.layer import Layer
from symcount.layers.reach import alone
from symcount.layers.rules import none
from symcount.layers.sentences import Sentence, each_of, sentence
from symcount.layers.shape import Shape


class ParametricReLU(Layer, token="PR", aliases=("prelu",)):
    """A rectifier with a learned slope: one for each channel, for the whole layer, or for each unit.

    He, Zhang, Ren and Sun, Delving deep into rectifiers, 2015.
    """

    reach = alone

    noun = "parametric relu"

    per: Word = word("per", "channel", "layer", "unit")

    def parameters(self, x: Shape) -> Size:
        match self.per:
            case "layer":
                return 1
            case "unit":
                return x.size
            case _:
                return x.channels

    biases = none("a slope multiplies")
    macs = none("what is done to each value by itself is not counted")

    def reason(self, x: Shape) -> Sentence:
        match self.per:
            case "layer":
                return sentence("one slope for the whole layer")
            case "unit":
                return sentence("one slope for {}", each_of(x.size, "value"))
            case _:
                return sentence("one slope for {}", each_of(x.channels, "channel"))


class _Elementwise(Layer):
    """A layer without parameters."""

    number: Size | Fraction | None = uncounted("number")

    parameters = biases = macs = none("it acts on each value by itself")
    held = none("it works in place")
    reach = alone


_WITHOUT_PARAMETERS = {
    "R": (("relu",), "The rectifier, max(0, x)."),
    "R6": (("relu6",), "The rectifier cut off at 6."),
    "leakyrelu": (("lrelu",), "The rectifier with a small fixed slope below zero."),
    "elu": ((), "The exponential linear unit."),
    "selu": ((), "The scaled exponential linear unit."),
    "silu": (("swish",), "The sigmoid linear unit, x times its sigmoid."),
    "gelu": ((), "The Gaussian error linear unit."),
    "mish": ((), "The unit x times tanh of softplus."),
    "tanh": ((), "The hyperbolic tangent."),
    "sigmoid": (("logistic",), "The logistic function."),
    "softplus": ((), "The smooth rectifier, log(1 + exp x)."),
    "hardswish": ((), "The piecewise linear stand-in for silu."),
    "act": (
        ("activation", "hardsigmoid", "hardtanh", "celu", "rrelu", "softsign", "logsigmoid", "logsoftmax"),
        "Any activation without parameters.",
    ),
    "D": (
        ("dropout", "spatialdropout", "alphadropout", "gaussiandropout"),
        "Dropout: some values are left out in training.",
    ),
    "noise": (("gaussiannoise",), "Noise added in training."),
    "_": (("identity",), "The identity: what arrives, unchanged."),
}

for _token, (_aliases, _sentence) in _WITHOUT_PARAMETERS.items():
    type(
        _token,
        (_Elementwise,),
        {"__doc__": _sentence, "__module__": __name__},
        token=_token,
        aliases=_aliases,
    )


class Softmax(Layer, token="softmax"):
    """The softmax: positive values that add up to 1."""

    reach = alone

    number: Size | Fraction | None = uncounted("number")

    parameters = biases = macs = none("it has no weights")

    def output(self, x: Shape) -> Shape:
        units = self.number
        if isinstance(units, int) and units > x.rank + 1 and units != x.channels:
            message = f"softmax has no units, and {units} are asked for"
            raise LayerError("bad-argument", message, hint=f"write O{units}-softmax for a dense layer of {units} units")
        return x


class LocalResponse(Layer, token="LRN", aliases=("localresponsenorm",)):
    """Local response normalisation, which learns nothing."""

    reach = alone

    number: Size | Fraction | None = uncounted("number")

    parameters = biases = macs = none("it has no weights")
