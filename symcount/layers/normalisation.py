"""Normalisations, and the learned factors and offsets that stand alone."""

from __future__ import annotations

from collections.abc import Iterator

from symcount.arithmetic import Size
from symcount.layers.arguments import From, flag, size
from symcount.layers.layer import Demand, Divides, Layer
from symcount.layers.shape import Shape


class BatchNormalisation(Layer, token="BN", aliases=("batchnorm", "batchnormalization", "batchnormalisation")):
    """A batch normalisation: a learned factor and offset for each channel, and two statistics that are not learned.

    Ioffe and Szegedy, Batch normalization, 2015. The running mean and variance are kept, not learned.
    """

    scale: Size = flag("scale", default=1)
    shift: Size = flag("shift", default=1, added=True)

    def parameters(self, x: Shape) -> Size:
        return (self.scale + self.shift) * x.channels

    def statistics(self, x: Shape) -> Size:
        return 2 * x.channels


class LayerNormalisation(Layer, token="LN", aliases=("layernorm", "layernormalization", "layernormalisation")):
    """A layer normalisation over the channels of each place: a learned factor and offset for each channel.

    Ba, Kiros and Hinton, Layer normalization, 2016.
    """

    bias: Size = flag("bias", default=1, added=True)

    def parameters(self, x: Shape) -> Size:
        return (1 + self.bias) * x.channels


class RootMeanSquare(Layer, token="RMS", aliases=("rmsnorm", "rmsnormalization", "rmsnormalisation")):
    """A normalisation by the root mean square of the channels: a learned factor for each, and no offset.

    Zhang and Sennrich, Root mean square layer normalization, 2019.
    """

    def parameters(self, x: Shape) -> Size:
        return x.channels


class GroupNormalisation(Layer, token="GN", aliases=("groupnorm", "groupnormalization", "groupnormalisation")):
    """A normalisation over groups of channels: a learned factor and offset for each channel.

    Wu and He, Group normalization, 2018.
    """

    groups: Size = size("g")
    affine: Size = flag("affine", default=1)
    shift: Size = flag("shift", default=From("affine"), added=True)

    def parameters(self, x: Shape) -> Size:
        return (self.affine + self.shift) * x.channels

    def demands(self, x: Shape) -> Iterator[Demand]:
        yield Divides(self.groups, x.channels, "groups", "channels")


class InstanceNormalisation(Layer, token="IN", aliases=("instancenorm", "instancenormalization")):
    """A normalisation of each channel by itself; it learns nothing, unless ``affine=on``.

    Ulyanov, Vedaldi and Lempitsky, Instance normalization, 2016.
    """

    affine: Size = flag("affine", default=0)
    shift: Size = flag("shift", default=From("affine"), added=True)

    def parameters(self, x: Shape) -> Size:
        return (self.affine + self.shift) * x.channels


class Scale(Layer, token="scale", aliases=("layerscale",)):
    """A learned factor for each channel.

    Touvron, Cord, Sablayrolles, Synnaeve and Jégou, Going deeper with image transformers, 2021 (LayerScale).
    """

    def parameters(self, x: Shape) -> Size:
        return x.channels


class Bias(Layer, token="bias"):
    """A learned offset for each channel."""

    def parameters(self, x: Shape) -> Size:
        return x.channels

    def without_biases(self) -> Layer:
        return Layer()
