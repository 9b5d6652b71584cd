"""Classes of layers that Keras has none for: of tokens, channels and experts."""

from __future__ import annotations

LEARNING = {
    "Affine": '''
class Affine(layers.Layer):
    """A learned factor and a learned offset for each channel."""

    def __init__(self, scale=True, shift=True, **kwargs):
        super().__init__(**kwargs)
        self.scale, self.shift = scale, shift

    def build(self, shape):
        if self.scale:
            self.factor = self.add_weight(shape=shape[-1:], initializer="ones")
        if self.shift:
            self.offset = self.add_weight(shape=shape[-1:], initializer="zeros")

    def call(self, x):
        x = x * self.factor if self.scale else x
        return x + self.offset if self.shift else x
''',
    "Declared": '''
class Declared(layers.Layer):
    """Parameters of which the architecture does not say what is done with them."""

    def __init__(self, *shape, **kwargs):
        super().__init__(**kwargs)
        self.shape = shape

    def build(self, shape):
        self.values = self.add_weight(shape=self.shape, initializer="zeros")

    def call(self, x):
        return x
''',
    "ClassToken": '''
class ClassToken(layers.Layer):
    """More tokens before the others, learned."""

    def __init__(self, count=1, **kwargs):
        super().__init__(**kwargs)
        self.count = count

    def build(self, shape):
        shape = (1, self.count, shape[-1])
        self.tokens = self.add_weight(shape=shape, initializer="zeros")

    def call(self, x):
        tokens = ops.zeros_like(x[:, :1]) + self.tokens
        return ops.concatenate([tokens, x], axis=1)
''',
    "Positions": '''
class Positions(layers.Layer):
    """A learned vector for each place, added to what is there."""

    def __init__(self, places, **kwargs):
        super().__init__(**kwargs)
        self.places = places

    def build(self, shape):
        self.table = self.add_weight(shape=(self.places, shape[-1]))

    def call(self, x):
        places = math.prod(x.shape[1:-1])
        return x + ops.reshape(self.table[:places], x.shape[1:])
''',
    "Sines": '''
class Sines(layers.Layer):
    """Sines and cosines of each place, added to what is there."""

    def call(self, x):
        *axes, channels = x.shape[1:]
        places = ops.arange(math.prod(axes), dtype="float32")[:, None]
        angles = places / 10000 ** (ops.arange(0, channels, 2) / channels)
        waves = ops.stack([ops.sin(angles), ops.cos(angles)], axis=-1)
        waves = ops.reshape(waves, (math.prod(axes), -1))[:, :channels]
        return x + ops.reshape(waves, (*axes, channels))
''',
    "TiedDense": '''
class TiedDense(layers.Layer):
    """A dense layer whose weights are those of another, its lender."""

    def __init__(self, units, use_bias=True, **kwargs):
        super().__init__(**kwargs)
        self.units, self.use_bias = units, use_bias

    def build(self, shape):
        if self.use_bias:
            self.bias = self.add_weight(shape=(self.units,), initializer="zeros")

    def call(self, x):
        weights = self.lender.weights[0]
        if weights.shape[0] != x.shape[-1]:
            weights = ops.transpose(weights)
        x = ops.matmul(x, weights)
        return x + self.bias if self.use_bias else x
''',
    "TiedEmbedding": '''
class TiedEmbedding(layers.Layer):
    """An embedding whose vectors are the weights of another layer, its lender."""

    def __init__(self, width, **kwargs):
        super().__init__(**kwargs)
        self.width = width

    def call(self, x):
        table = self.lender.weights[0]
        table = table if table.shape[-1] == self.width else ops.transpose(table)
        return ops.take(table, ops.cast(x, "int32"), axis=0)
''',
    "FeedForward": '''
class FeedForward(layers.Layer):
    """Two dense layers over the channels, and an activation between them."""

    def __init__(self, channels, hidden, bias=True, **kwargs):
        super().__init__(**kwargs)
        options = {"use_bias": bias, "trainable": self.trainable}
        self.hidden = layers.Dense(hidden, activation="gelu", **options)
        self.back = layers.Dense(channels, **options)

    def call(self, x):
        return self.back(self.hidden(x))
''',
    "GatedLinearUnit": '''
class GatedLinearUnit(layers.Layer):
    """Two dense layers multiplied value by value, and one back to the channels."""

    def __init__(self, channels, hidden, bias=False, **kwargs):
        super().__init__(**kwargs)
        options = {"use_bias": bias, "trainable": self.trainable}
        self.gate = layers.Dense(hidden, activation="silu", **options)
        self.up = layers.Dense(hidden, **options)
        self.down = layers.Dense(channels, **options)

    def call(self, x):
        return self.down(self.gate(x) * self.up(x))
''',
    "SqueezeExcitation": '''
class SqueezeExcitation(layers.Layer):
    """The means of all channels through a small dense layer, back to a factor for each."""

    def __init__(self, channels, squeezed, bias=True, **kwargs):
        super().__init__(**kwargs)
        options = {"use_bias": bias, "trainable": self.trainable}
        self.squeeze = layers.Dense(squeezed, activation="relu", **options)
        self.excite = layers.Dense(channels, activation="sigmoid", **options)

    def call(self, x):
        axes = (*range(1, len(x.shape) - 1),)
        means = ops.mean(x, axis=axes, keepdims=True) if axes else x
        return x * self.excite(self.squeeze(means))
''',
    "ChannelAttention": '''
class ChannelAttention(layers.Layer):
    """The means of all channels through one window of neighbours, to a factor for each."""

    def __init__(self, kernel, **kwargs):
        super().__init__(**kwargs)
        options = {"use_bias": False, "trainable": self.trainable}
        self.window = layers.Conv1D(1, kernel, padding="same", **options)

    def call(self, x):
        means = ops.mean(x, axis=(*range(1, len(x.shape) - 1),))
        factors = ops.sigmoid(self.window(means[..., None]))
        return x * ops.reshape(factors, (-1, *(1,) * (len(x.shape) - 2), x.shape[-1]))
''',
    "GlobalResponse": '''
class GlobalResponse(layers.Layer):
    """Each channel by the size of all its values, beside the mean of these sizes."""

    def build(self, shape):
        self.scale = self.add_weight(shape=shape[-1:], initializer="zeros")
        self.bias = self.add_weight(shape=shape[-1:], initializer="zeros")

    def call(self, x):
        axes = (*range(1, len(x.shape) - 1),)
        size = ops.sqrt(ops.sum(ops.square(x), axis=axes, keepdims=True))
        scaled = x * size / (ops.mean(size, axis=-1, keepdims=True) + 1e-6)
        return self.scale * scaled + self.bias + x
''',
    "MixtureOfExperts": '''
class MixtureOfExperts(layers.Layer):
    """Experts of which each token meets those with the highest scores, and shared ones.

    Every expert runs here, weighted by 0 where a token does not meet it: a fast
    implementation runs the chosen alone.
    """

    def __init__(self, experts, top, shared=0, bias=False, **kwargs):
        super().__init__(**kwargs)
        options = {"use_bias": bias, "trainable": self.trainable}
        self.router = layers.Dense(len(experts) - shared, **options)
        self.experts = experts
        self.top = top

    def call(self, x):
        weights, chosen = ops.top_k(ops.softmax(self.router(x)), self.top)
        outputs = []
        for number, expert in enumerate(self.experts):
            if number < self.router.units:
                met = ops.where(chosen == number, weights, 0)
                outputs.append(ops.sum(met, axis=-1, keepdims=True) * expert(x))
            else:
                outputs.append(expert(x))
        return sum(outputs)
''',
}
"""The text of each class, by its name."""
