"""Classes of layers that Flax has none for: of tokens, channels and experts."""

from __future__ import annotations

LEARNING = {
    "frozen": '''
class Frozen(nnx.Param):
    """A parameter that is not learned; the filter of an optimizer leaves it out."""


def frozen(module):
    """Return a module none of whose parameters is learned."""
    for _, each in nnx.iter_modules(module):
        for name, value in [*vars(each).items()]:
            if type(value) is nnx.Param:
                setattr(each, name, Frozen(value[...]))
    return module
''',
    "Affine": '''
class Affine(nnx.Module):
    """A learned factor and a learned offset for each channel."""

    def __init__(self, channels, scale=True, shift=True, *, rngs):
        self.factor = nnx.Param(jnp.ones(channels)) if scale else 1
        self.offset = nnx.Param(jnp.zeros(channels)) if shift else 0

    def __call__(self, x):
        return x * self.factor + self.offset
''',
    "Declared": '''
class Declared(nnx.Module):
    """Parameters of which the architecture does not say what is done with them."""

    def __init__(self, *shape, rngs):
        self.values = nnx.Param(jnp.zeros(shape))

    def __call__(self, x):
        return x
''',
    "Slopes": '''
class Slopes(nnx.Module):
    """A learned slope below 0 for each channel, or for each value."""

    def __init__(self, shape, *, rngs):
        self.slope = nnx.Param(jnp.full(shape, 0.25))

    def __call__(self, x):
        return jnp.where(x < 0, self.slope * x, x)
''',
    "SeparableConv": '''
class SeparableConv(nnx.Sequential):
    """A convolution of each channel by itself, and one over the channels of a place."""

    def __init__(
        self, channels, features, kernel, multiplier=1, use_bias=True, *, rngs, **window
    ):
        inner = multiplier * channels
        window |= {"feature_group_count": channels, "use_bias": False}
        super().__init__(
            nnx.Conv(channels, inner, kernel, **window, rngs=rngs),
            nnx.Linear(inner, features, use_bias=use_bias, rngs=rngs),
        )
''',
    "ClassToken": '''
class ClassToken(nnx.Module):
    """One more token before the others, learned, or several."""

    def __init__(self, channels, tokens=1, *, rngs):
        self.tokens = nnx.Param(jnp.zeros((1, tokens, channels)))

    def __call__(self, x):
        tokens = jnp.repeat(self.tokens[...], x.shape[0], axis=0)
        return jnp.concatenate([tokens, x], axis=1)
''',
    "Positions": '''
class Positions(nnx.Module):
    """A learned vector for each place, added to what is there."""

    def __init__(self, places, channels, *, rngs):
        self.table = nnx.Param(jnp.zeros((places, channels)))

    def __call__(self, x):
        places = x[0, ..., 0].size
        return x + self.table[:places].reshape(x.shape[1:])
''',
    "TiedLinear": '''
class TiedLinear(nnx.Module):
    """A linear layer whose weights are those of another, its lender."""

    def __init__(self, features, use_bias=True, *, rngs):
        self.bias = nnx.Param(jnp.zeros(features)) if use_bias else 0

    def __call__(self, x):
        if isinstance(self.lender, nnx.Embed):
            return self.lender.attend(x) + self.bias
        kernel = self.lender.kernel[...]
        kernel = kernel if kernel.shape[0] == x.shape[-1] else kernel.T
        return x @ kernel + self.bias
''',
    "TiedEmbed": '''
class TiedEmbed(nnx.Module):
    """An embedding whose vectors are the weights of another layer, its lender."""

    def __init__(self, features, *, rngs):
        self.features = features

    def __call__(self, x):
        if isinstance(self.lender, nnx.Embed):
            return self.lender(x)
        kernel = self.lender.kernel[...]
        return (kernel if kernel.shape[-1] == self.features else kernel.T)[x]
''',
    "FeedForward": '''
class FeedForward(nnx.Sequential):
    """Two linear layers over the channels, and an activation between them."""

    def __init__(self, channels, hidden, bias=True, *, rngs):
        super().__init__(
            nnx.Linear(channels, hidden, use_bias=bias, rngs=rngs),
            nnx.gelu,
            nnx.Linear(hidden, channels, use_bias=bias, rngs=rngs),
        )
''',
    "GatedLinearUnit": '''
class GatedLinearUnit(nnx.Module):
    """Two linear layers multiplied value by value, and one back to the channels."""

    def __init__(self, channels, hidden, bias=False, *, rngs):
        self.gate = nnx.Linear(channels, hidden, use_bias=bias, rngs=rngs)
        self.up = nnx.Linear(channels, hidden, use_bias=bias, rngs=rngs)
        self.down = nnx.Linear(hidden, channels, use_bias=bias, rngs=rngs)

    def __call__(self, x):
        return self.down(nnx.silu(self.gate(x)) * self.up(x))
''',
    "SqueezeExcitation": '''
class SqueezeExcitation(nnx.Module):
    """The means of all channels through a small layer, back to a factor for each."""

    def __init__(self, channels, squeezed, bias=True, *, rngs):
        self.squeeze = nnx.Linear(channels, squeezed, use_bias=bias, rngs=rngs)
        self.excite = nnx.Linear(squeezed, channels, use_bias=bias, rngs=rngs)

    def __call__(self, x):
        means = x.mean(axis=(*range(1, x.ndim - 1),), keepdims=True)
        return x * nnx.sigmoid(self.excite(nnx.relu(self.squeeze(means))))
''',
    "ChannelAttention": '''
class ChannelAttention(nnx.Module):
    """The means of all channels through one window of neighbours, to a factor for each."""

    def __init__(self, kernel, *, rngs):
        pad = kernel // 2
        self.window = nnx.Conv(1, 1, (kernel,), padding=pad, use_bias=False, rngs=rngs)

    def __call__(self, x):
        means = x.mean(axis=(*range(1, x.ndim - 1),))
        factors = nnx.sigmoid(self.window(means[..., None])[..., 0])
        return x * factors.reshape(-1, *(1,) * (x.ndim - 2), x.shape[-1])
''',
    "GlobalResponse": '''
class GlobalResponse(nnx.Module):
    """Each channel by the size of all its values, beside the mean of these sizes."""

    def __init__(self, channels, *, rngs):
        self.scale = nnx.Param(jnp.zeros(channels))
        self.bias = nnx.Param(jnp.zeros(channels))

    def __call__(self, x):
        axes = (*range(1, x.ndim - 1),)
        size = jnp.sqrt(jnp.sum(jnp.square(x), axis=axes, keepdims=True))
        scaled = x * size / (size.mean(axis=-1, keepdims=True) + 1e-6)
        return self.scale * scaled + self.bias + x
''',
    "MixtureOfExperts": '''
class MixtureOfExperts(nnx.Module):
    """Experts of which each token meets those with the highest scores, and shared ones.

    Every expert runs here, weighted by 0 where a token does not meet it: a fast
    implementation runs the chosen alone.
    """

    def __init__(self, channels, experts, top, shared=0, bias=False, *, rngs):
        self.routed = len(experts) - shared
        self.router = nnx.Linear(channels, self.routed, use_bias=bias, rngs=rngs)
        self.experts = nnx.List(experts)
        self.top = top

    def __call__(self, x):
        weights, chosen = jax.lax.top_k(nnx.softmax(self.router(x)), self.top)
        outputs = []
        for number, expert in enumerate(self.experts):
            if number < self.routed:
                met = jnp.where(chosen == number, weights, 0)
                outputs.append(met.sum(axis=-1, keepdims=True) * expert(x))
            else:
                outputs.append(expert(x))
        return sum(outputs)
''',
}
"""The text of each, by its name."""
