"""Normalisations: a learned factor and offset, and what is kept of the data."""

from __future__ import annotations

from symcount.arithmetic import Size
from symcount.layers.arguments import flag
from symcount.layers.layer import Layer
from symcount.layers.sentence import Sentence, each_of, listed, said
from symcount.layers.shape import Shape


class BatchNormalisation(Layer, token="BN", aliases=("batchnorm", "batchnormalization", "batchnormalisation")):
    """A batch normalisation: a learned factor and offset for each channel, and two statistics that are not learned.

    Ioffe and Szegedy, Batch normalization, 2015. The running mean and variance are kept, not learned.
    """

    noun = "batch normalisation"

    scale: Size = flag("scale", default=1)
    shift: Size = flag("shift", default=1, added=True)

    def parameters(self, x: Shape) -> Size:
        return (self.scale + self.shift) * x.channels

    def reason(self, x: Shape) -> Sentence:
        parts = (("a factor", self.scale), ("an offset", self.shift))
        kept = "mean and variance are kept, not learned"
        learned = listed((said(part) for part, there in parts if not (isinstance(there, int) and there == 0)), " and ")
        if not learned:
            return said(f"nothing is learned; {kept}")
        return said("{} for {}; {}", learned, each_of(x.channels, "channel"), kept)

    def statistics(self, x: Shape) -> Size:
        return 2 * x.channels
