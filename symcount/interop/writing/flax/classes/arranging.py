"""Classes and functions that set values elsewhere and learn nothing, where Flax has none."""

from __future__ import annotations

ARRANGING = {
    "flatten": '''
def flatten(x):
    """Return all values of a sample in a row."""
    return x.reshape(x.shape[0], -1)
''',
    "with_sines": '''
def with_sines(x):
    """Add sines and cosines of each place to what is there."""
    channels = x.shape[-1]
    places = jnp.arange(x[0, ..., 0].size)
    angles = places[:, None] / 10000 ** (jnp.arange(0, channels, 2) / channels)
    waves = jnp.stack([jnp.sin(angles), jnp.cos(angles)], axis=-1)
    waves = waves.reshape(len(places), -1)[:, :channels]
    return x + waves.reshape(x.shape[1:])
''',
    "Reshape": '''
class Reshape(nnx.Module):
    """The same values in another shape."""

    def __init__(self, *shape):
        self.shape = shape

    def __call__(self, x):
        return x.reshape(x.shape[0], *self.shape)
''',
    "Take": '''
class Take(nnx.Module):
    """The first channels."""

    def __init__(self, channels):
        self.channels = channels

    def __call__(self, x):
        return x[..., : self.channels]
''',
    "Token": '''
class Token(nnx.Module):
    """One token of a sequence as a vector."""

    def __init__(self, index):
        self.index = index

    def __call__(self, x):
        return x[:, self.index]
''',
    "RepeatVector": '''
class RepeatVector(nnx.Module):
    """A vector at every step of a sequence."""

    def __init__(self, times):
        self.times = times

    def __call__(self, x):
        return jnp.repeat(x[:, None], self.times, axis=1)
''',
    "LastStep": '''
class LastStep(nnx.Module):
    """The last step of a recurrent layer."""

    def __init__(self, recurrent):
        self.recurrent = recurrent

    def __call__(self, x):
        return self.recurrent(x)[:, -1]
''',
    "LastStepBothWays": '''
class LastStepBothWays(nnx.Module):
    """The last step of a recurrent layer in each direction."""

    def __init__(self, recurrent):
        self.recurrent = recurrent

    def __call__(self, x):
        forward, backward = jnp.split(self.recurrent(x), 2, axis=-1)
        return jnp.concatenate([forward[:, -1], backward[:, 0]], axis=-1)
''',
    "Crop": '''
class Crop(nnx.Module):
    """Less at each side of an axis."""

    def __init__(self, sides):
        self.sides = sides

    def __call__(self, x):
        pairs = zip(self.sides, x.shape[1:])
        inside = (slice(before, n - after) for (before, after), n in pairs)
        return x[:, *inside]
''',
    "AdaptivePool": '''
class AdaptivePool(nnx.Module):
    """So many windows along each axis, which may overlap, each as one value."""

    def __init__(self, pool, sizes):
        self.pool, self.sizes = pool, sizes

    def __call__(self, x):
        for axis, count in enumerate(self.sizes, 1):
            n = x.shape[axis]
            ends = ((i * n // count, -(-(i + 1) * n // count)) for i in range(count))
            windows = (x.take(jnp.arange(first, end), axis) for first, end in ends)
            x = jnp.stack([self.pool(each, axis=axis) for each in windows], axis=axis)
        return x
''',
    "Upsample": '''
class Upsample(nnx.Module):
    """Each place several times along each axis."""

    def __init__(self, factors):
        self.factors = factors

    def __call__(self, x):
        for axis, factor in enumerate(self.factors, 1):
            x = jnp.repeat(x, factor, axis=axis)
        return x
''',
    "Resize": '''
class Resize(nnx.Module):
    """Axes of other sizes; each place is the nearest that was."""

    def __init__(self, sizes):
        self.sizes = sizes

    def __call__(self, x):
        return jax.image.resize(x, (x.shape[0], *self.sizes, x.shape[-1]), "nearest")
''',
    "ChannelShuffle": '''
class ChannelShuffle(nnx.Module):
    """The channels of several groups in turn."""

    def __init__(self, groups):
        self.groups = groups

    def __call__(self, x):
        grouped = x.reshape(*x.shape[:-1], self.groups, -1)
        return jnp.swapaxes(grouped, -1, -2).reshape(x.shape)
''',
    "SpaceToDepth": '''
class SpaceToDepth(nnx.Module):
    """Blocks of places as channels of one."""

    def __init__(self, factor):
        self.factor = factor

    def __call__(self, x):
        samples, *axes, channels = x.shape
        count = len(axes)
        parted = [size for n in axes for size in (n // self.factor, self.factor)]
        blocks = x.reshape(samples, *parted, channels)
        places, inner = range(1, 2 * count, 2), range(2, 2 * count + 1, 2)
        blocks = blocks.transpose(0, *places, 2 * count + 1, *inner)
        return blocks.reshape(samples, *(n // self.factor for n in axes), -1)
''',
    "DepthToSpace": '''
class DepthToSpace(nnx.Module):
    """Channels of a place as a block of places."""

    def __init__(self, factor):
        self.factor = factor

    def __call__(self, x):
        samples, *axes, channels = x.shape
        count = len(axes)
        blocks = x.reshape(samples, *axes, -1, *(self.factor,) * count)
        order = [axis for n in range(1, count + 1) for axis in (n, count + 1 + n)]
        blocks = blocks.transpose(0, *order, count + 1)
        return blocks.reshape(samples, *(n * self.factor for n in axes), -1)
''',
    "LocalResponseNorm": '''
class LocalResponseNorm(nnx.Module):
    """Every value over those of so many channels beside it."""

    def __init__(self, size, alpha=1e-4, beta=0.75):
        self.size, self.alpha, self.beta = size, alpha, beta

    def __call__(self, x):
        channels, before = x.shape[-1], self.size // 2
        sides = [(0, 0)] * (x.ndim - 1) + [(before, self.size - 1 - before)]
        squares = jnp.pad(jnp.square(x), sides)
        total = sum(squares[..., n : n + channels] for n in range(self.size))
        return x / (1 + self.alpha / self.size * total) ** self.beta
''',
    "GaussianNoise": '''
class GaussianNoise(nnx.Module):
    """Noise that is added in training."""

    def __init__(self, deviation, *, rngs):
        self.deviation = deviation
        self.deterministic = False
        self.rngs = rngs.noise.fork()

    def __call__(self, x):
        if self.deterministic:
            return x
        return x + self.deviation * jax.random.normal(self.rngs(), x.shape)
''',
}
"""The text of each, by its name."""
