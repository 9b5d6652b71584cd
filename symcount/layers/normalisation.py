"""Normalisations, and the learned factors and offsets that stand alone."""

from __future__ import annotations

from collections.abc import Iterator

from symcount.arithmetic import Size
from symcount.layers.arguments import From
from symcount.layers.constraints import Constraint, Divisible
from symcount.layers.declarations import flag, size
from symcount.layers.kept import Kept
from symcount.layers.layer import Layer
from symcount.layers.reach import alone, whole
from symcount.layers.rules import none
from symcount.layers.sentences import Sentence, each_of, listed, sentence
from symcount.layers.shape import Shape

_EACH_VALUE = none("what is done to each value by itself is not counted")


class BatchNormalisation(
    Layer, token="BN", aliases=("batchnorm", "batchnormalization", "batchnormalisation", "syncbatchnorm")
):
    """A batch normalisation: a learned factor and offset for each channel, and two statistics that are not learned.

    Ioffe and Szegedy, Batch normalization, 2015. The running mean and variance are kept, not learned.
    """

    reach = alone

    noun = "batch normalisation"

    scale: Size = flag("scale", default=1)
    shift: Size = flag("shift", default=1, added=True)

    macs = _EACH_VALUE

    def parameters(self, x: Shape) -> Size:
        return (self.scale + self.shift) * x.channels

    def biases(self, x: Shape) -> Size:
        return self.shift * x.channels

    def reason(self, x: Shape) -> Sentence:
        return sentence("{}; mean and variance are kept, not learned", _learned(self.scale, self.shift, x))

    def statistics(self, x: Shape) -> Size:
        return 2 * x.channels


class LayerNormalisation(Layer, token="LN", aliases=("layernorm", "layernormalization", "layernormalisation")):
    """A layer normalisation over the channels of each place: a learned factor and offset for each channel.

    Ba, Kiros and Hinton, Layer normalization, 2016.
    """

    reach = alone

    noun = "layer normalisation"

    def kept(self, x: Shape) -> tuple[Kept, ...] | None:
        return (Kept("its input", 2 * x.size),)

    bias: Size = flag("bias", default=1, added=True)

    macs = _EACH_VALUE

    def parameters(self, x: Shape) -> Size:
        return (1 + self.bias) * x.channels

    def biases(self, x: Shape) -> Size:
        return self.bias * x.channels

    def reason(self, x: Shape) -> Sentence:
        return _learned(1, self.bias, x)


class RootMeanSquare(Layer, token="RMS", aliases=("rmsnorm", "rmsnormalization", "rmsnormalisation")):
    """A normalisation by the root mean square of the channels: a learned factor for each, and no offset.

    Zhang and Sennrich, Root mean square layer normalization, 2019.
    """

    reach = alone

    noun = "root mean square normalisation"

    macs = _EACH_VALUE

    def parameters(self, x: Shape) -> Size:
        return x.channels

    biases = none("it has no offset")

    def reason(self, x: Shape) -> Sentence:
        return _learned(1, 0, x)


class _OverPlaces(Layer):
    """A normalisation over places, which learns a factor, an offset or both for each channel."""

    reach = whole

    affine: Size
    shift: Size

    macs = _EACH_VALUE

    def parameters(self, x: Shape) -> Size:
        return (self.affine + self.shift) * x.channels

    def biases(self, x: Shape) -> Size:
        return self.shift * x.channels

    def reason(self, x: Shape) -> Sentence:
        return _learned(self.affine, self.shift, x)


class GroupNormalisation(_OverPlaces, token="GN", aliases=("groupnorm", "groupnormalization", "groupnormalisation")):
    """A normalisation over groups of channels: a learned factor and offset for each channel.

    Wu and He, Group normalization, 2018.
    """

    noun = "group normalisation"

    groups: Size = size("g")
    affine: Size = flag("affine", default=1)
    shift: Size = flag("shift", default=From("affine"), added=True)

    def constraints(self, x: Shape) -> Iterator[Constraint]:
        yield Divisible(self.groups, x.channels, "groups", "channels")


class InstanceNormalisation(
    _OverPlaces, token="IN", aliases=("instancenorm", "instancenormalization", "instancenormalisation")
):
    """A normalisation of each channel by itself; it learns nothing, unless ``affine=on``.

    Ulyanov, Vedaldi and Lempitsky, Instance normalization, 2016.
    """

    noun = "instance normalisation"

    affine: Size = flag("affine", default=0)
    shift: Size = flag("shift", default=From("affine"), added=True)


class GlobalResponse(Layer, token="GRN", aliases=("globalresponsenorm",)):
    """A normalisation of each channel by the size of all its values; a learned factor and offset for each channel.

    Woo and others, ConvNeXt V2: co-designing and scaling ConvNets with masked autoencoders, 2023, section 3.2.
    """

    reach = whole

    noun = "global response normalisation"

    macs = _EACH_VALUE

    def parameters(self, x: Shape) -> Size:
        return 2 * x.channels

    def biases(self, x: Shape) -> Size:
        return x.channels

    def weights(self, x: Shape) -> Size:
        return x.channels

    def reason(self, x: Shape) -> Sentence:
        return _learned(1, 1, x)


class Scale(Layer, token="scale", aliases=("layerscale",)):
    """A learned factor for each channel.

    Touvron, Cord, Sablayrolles, Synnaeve and Jégou, Going deeper with image transformers, 2021 (LayerScale).
    """

    reach = alone

    macs = _EACH_VALUE

    def parameters(self, x: Shape) -> Size:
        return x.channels

    biases = none("it has no offset")

    def reason(self, x: Shape) -> Sentence:
        return _learned(1, 0, x)


class Bias(Layer, token="bias"):
    """A learned offset for each channel."""

    reach = alone

    macs = _EACH_VALUE

    def parameters(self, x: Shape) -> Size:
        return x.channels

    def biases(self, x: Shape) -> Size:
        return x.channels

    def reason(self, x: Shape) -> Sentence:
        return _learned(0, 1, x)

    weights = none("it has no factor")


def _learned(factor: Size, offset: Size, x: Shape) -> Sentence:
    """What is learned for each channel: a factor, an offset, or both."""
    parts = (("a factor", factor), ("an offset", offset))
    learned = listed((sentence(part) for part, there in parts if not (isinstance(there, int) and there == 0)), " and ")
    return sentence("{} for {}", learned, each_of(x.channels, "channel")) if learned else sentence("nothing is learned")
