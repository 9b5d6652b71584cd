"""Classes that set values elsewhere and learn nothing, where Keras has none."""

from __future__ import annotations

ARRANGING = {
    "Take": '''
class Take(layers.Layer):
    """The first channels."""

    def __init__(self, channels, **kwargs):
        super().__init__(**kwargs)
        self.channels = channels

    def call(self, x):
        return x[..., : self.channels]
''',
    "Zeros": '''
class Zeros(layers.Layer):
    """Zeros in the shape of what arrives."""

    def call(self, x):
        return ops.zeros_like(x)
''',
    "Token": '''
class Token(layers.Layer):
    """One token of a sequence as a vector."""

    def __init__(self, index, **kwargs):
        super().__init__(**kwargs)
        self.index = index

    def call(self, x):
        return x[:, self.index]
''',
    "MinimumPadding": '''
class MinimumPadding(layers.Layer):
    """A border that no maximum is taken from: so many places at each side of an axis."""

    def __init__(self, padding, **kwargs):
        super().__init__(**kwargs)
        self.padding = padding

    def call(self, x):
        padding = ((0, 0), *self.padding, (0, 0))
        return ops.pad(x, padding, constant_values=float("-inf"))
''',
    "ChannelShuffle": '''
class ChannelShuffle(layers.Layer):
    """The channels of several groups in turn."""

    def __init__(self, groups, **kwargs):
        super().__init__(**kwargs)
        self.groups = groups

    def call(self, x):
        *axes, channels = x.shape[1:]
        grouped = ops.reshape(x, (-1, *axes, self.groups, channels // self.groups))
        return ops.reshape(ops.swapaxes(grouped, -1, -2), (-1, *axes, channels))
''',
    "SpaceToDepth": '''
class SpaceToDepth(layers.Layer):
    """Blocks of places as channels of one."""

    def __init__(self, factor, **kwargs):
        super().__init__(**kwargs)
        self.factor = factor

    def call(self, x):
        *axes, channels = x.shape[1:]
        count = len(axes)
        parted = [size for n in axes for size in (n // self.factor, self.factor)]
        blocks = ops.reshape(x, (-1, *parted, channels))
        places, inner = range(1, 2 * count, 2), range(2, 2 * count + 1, 2)
        blocks = ops.transpose(blocks, (0, *places, 2 * count + 1, *inner))
        shape = [n // self.factor for n in axes]
        return ops.reshape(blocks, (-1, *shape, channels * self.factor**count))
''',
    "DepthToSpace": '''
class DepthToSpace(layers.Layer):
    """Channels of a place as a block of places."""

    def __init__(self, factor, **kwargs):
        super().__init__(**kwargs)
        self.factor = factor

    def call(self, x):
        *axes, channels = x.shape[1:]
        count = len(axes)
        channels //= self.factor**count
        blocks = ops.reshape(x, (-1, *axes, channels, *(self.factor,) * count))
        order = [axis for n in range(1, count + 1) for axis in (n, count + 1 + n)]
        blocks = ops.transpose(blocks, (0, *order, count + 1))
        return ops.reshape(blocks, (-1, *(n * self.factor for n in axes), channels))
''',
    "LocalResponseNormalization": '''
class LocalResponseNormalization(layers.Layer):
    """Every value over those of so many channels beside it."""

    def __init__(self, size, alpha=1e-4, beta=0.75, **kwargs):
        super().__init__(**kwargs)
        self.size, self.alpha, self.beta = size, alpha, beta

    def call(self, x):
        channels, before = x.shape[-1], self.size // 2
        sides = [(0, 0)] * (len(x.shape) - 1) + [(before, self.size - 1 - before)]
        squares = ops.pad(ops.square(x), sides)
        total = sum(squares[..., n : n + channels] for n in range(self.size))
        return x / (1 + self.alpha / self.size * total) ** self.beta
''',
}
"""The text of each class, by its name."""
