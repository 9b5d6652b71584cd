"""Attention, with the options that a network uses and no others, where Keras' own says too little."""

from __future__ import annotations

from collections.abc import Iterator

from symcount.interop.writing.attention import parameters, products, widths
from symcount.interop.writing.lines import Brackets, Item, lines

GIVEN = {
    "Queries": '''
class Queries(layers.Layer):
    """Learned vectors, the same whatever arrives."""

    def __init__(self, count, channels, **kwargs):
        super().__init__(**kwargs)
        self.count, self.channels = count, channels

    def build(self, shape):
        shape = (1, self.count, self.channels)
        self.vectors = self.add_weight(shape=shape, initializer="zeros")

    def call(self, x):
        return ops.repeat(self.vectors, ops.shape(x)[0], axis=0)
''',
    "GivenAttention": '''
class GivenAttention(layers.Layer):
    """Attention of queries, keys and values that are made elsewhere."""

    def __init__(self, heads, kv_heads=None, **kwargs):
        super().__init__(**kwargs)
        self.heads, self.kv_heads = heads, kv_heads or heads

    def call(self, query, key, value):
        heads = (self.heads, self.kv_heads, self.kv_heads)
        parts = map(self.headed, (query, key, value), heads)
        mixed = ops.dot_product_attention(*parts)
        width = mixed.shape[-1] * self.heads
        return ops.reshape(mixed, (-1, *query.shape[1:-1], width))

    def headed(self, x, heads):
        places = math.prod(x.shape[1:-1])
        return ops.reshape(x, (-1, places, heads, x.shape[-1] // heads))
''',
    "PackedAttention": '''
class PackedAttention(GivenAttention):
    """Attention of queries, keys and values that arrive side by side."""

    def call(self, x):
        width = x.shape[-1] // (self.heads + 2 * self.kv_heads)
        asked, seen = self.heads * width, self.kv_heads * width
        key, value = x[..., asked : asked + seen], x[..., asked + seen :]
        return super().call(x[..., :asked], key, value)
''',
}
"""Attention whose queries, keys and values other layers make, and learned queries."""

LATENT = '''
class LatentAttention(layers.Layer):
    """Attention whose keys and values are made of a few values for each token.

    The rotation by positions, which learns nothing, is left out.
    """

    def __init__(
        self,
        channels,
        heads,
        latent,
        head_dim,
        rope_dim,
        query_latent=None,
        value_dim=None,
        **kwargs,
    ):
        super().__init__(**kwargs)
        value_dim = value_dim or head_dim
        self.heads = heads
        self.latent_dim = latent
        self.head_dim = head_dim
        held = {"trainable": self.trainable}
        options = {"use_bias": False, **held}
        self.down = layers.Identity()
        if query_latent is not None:
            small = layers.Dense(query_latent, **options)
            self.down = keras.Sequential([small, layers.RMSNormalization(**held)])
        self.query = layers.Dense(heads * (head_dim + rope_dim), **options)
        self.latent = layers.Dense(latent + rope_dim, **options)
        self.norm = layers.RMSNormalization(**held)
        self.expand = layers.Dense(heads * (head_dim + value_dim), **options)
        self.out = layers.Dense(channels, **options)

    def call(self, x):
        places = math.prod(x.shape[1:-1])
        sequence = ops.reshape(x, (-1, places, x.shape[-1]))
        headed = (-1, places, self.heads)
        query = self.query(self.down(sequence))
        query = ops.reshape(query, (*headed, self.query.units // self.heads))
        made = self.latent(sequence)
        latent, rotated = made[..., : self.latent_dim], made[..., self.latent_dim :]
        expanded = self.expand(self.norm(latent))
        expanded = ops.reshape(expanded, (*headed, self.expand.units // self.heads))
        key, value = expanded[..., : self.head_dim], expanded[..., self.head_dim :]
        rotated = ops.tile(rotated[:, :, None], (1, 1, self.heads, 1))
        key = ops.concatenate([key, rotated], axis=-1)
        mixed = ops.dot_product_attention(query, key, value)
        mixed = ops.reshape(mixed, (-1, *x.shape[1:-1], self.heads * value.shape[-1]))
        return self.out(mixed)
'''


def attention(said: frozenset[str]) -> Iterator[str]:
    """Yield the lines of attention with the options that the network uses, and no others."""
    yield from (
        "class Attention(layers.Layer):",
        '    """Every place sees every other, through queries, keys and values of each head."""',
        "",
        *lines(Brackets("def __init__", tuple(map(Item, [*parameters(said), "**kwargs"]))), 4, after=":"),
        "        super().__init__(**kwargs)",
    )
    yield from widths(said)
    held = ", **held" if "trainable" in said else ""
    if held:
        yield '        held = {"trainable": self.trainable}'
    names = ("query", "key", "value", "out")
    rows = zip(names, products(said), strict=True)
    for number, (name, (_, gives)) in enumerate(rows):
        bias = f", use_bias=biases[{number}]" if "bias" in said else ""
        yield f"        self.{name} = layers.Dense({gives}{bias}{held})"
    if "norm" in said:
        yield "        made = layers.RMSNormalization if norm else layers.Identity"
        yield f"        self.query_norm, self.key_norm = made({held[2:]}), made({held[2:]})"
    if "relative" in said:
        yield "        self.relative = None"
        yield "        if relative:"
        yield "            self.relative = self.add_weight(shape=(relative, heads))"
    yield from _call(said)


def _call(said: frozenset[str]) -> Iterator[str]:
    crossing = "memory" in said
    kv_heads = "self.kv_heads" if "kv_heads" in said else "self.heads"
    seen = "x if memory is None else memory" if crossing else "x"
    yield from (
        "",
        f"    def call(self, x{', memory=None' if crossing else ''}):",
        *([f"        seen = {seen}"] if crossing else []),
        "        query = self.headed(self.query(x), self.heads)",
        f"        key = self.headed(self.key({'seen' if crossing else 'x'}), {kv_heads})",
        f"        value = self.headed(self.value({'seen' if crossing else 'x'}), {kv_heads})",
    )
    if "norm" in said:
        yield "        query, key = self.query_norm(query), self.key_norm(key)"
    given = ["query", "key", "value"]
    if "relative" in said:
        yield "        given = {}"
        yield "        if self.relative is not None:"
        yield "            index = self.index(query.shape[1], key.shape[1])"
        yield "            offsets = ops.take(self.relative, index, axis=0)"
        yield '            given["bias"] = ops.transpose(offsets, (2, 0, 1))[None]'
        given.append("**given")
    yield from (
        f"        mixed = ops.dot_product_attention({', '.join(given)})",
        "        width = self.heads * value.shape[-1]",
        "        return self.out(ops.reshape(mixed, (-1, *x.shape[1:-1], width)))",
        "",
        "    def headed(self, x, heads):",
        "        places = math.prod(x.shape[1:-1])",
        "        return ops.reshape(x, (-1, places, heads, x.shape[-1] // heads))",
    )
    if "relative" in said:
        yield from (
            "",
            "    def index(self, asking, answering):",
            "        most = self.relative.shape[0] - 1",
            "        apart = ops.arange(answering) - ops.arange(asking)[:, None]",
            "        return ops.clip(apart + (most + 1) // 2, 0, most)",
        )


def window_attention(said: frozenset[str]) -> Iterator[str]:
    """Yield the lines of attention inside windows."""
    is_wide = "output_channels" in said
    shape, left = ("(*windows.shape[1:-1], left)", "left") if is_wide else ("windows.shape[1:]", "channels")
    yield from (
        "class WindowAttention(Attention):",
        '    """Attention inside windows of equal sides."""',
        "",
        "    def __init__(self, channels, heads, window, **kwargs):",
        "        super().__init__(channels, heads, **kwargs)",
        "        self.window = window",
        "",
        "    def call(self, x):",
        "        *axes, channels = x.shape[1:]",
        "        count = len(axes)",
        "        parted = [size for n in axes for size in (n // self.window, self.window)]",
        "        order = (0, *range(1, 2 * count, 2), *range(2, 2 * count + 1, 2), 2 * count + 1)",
        "        windows = ops.transpose(ops.reshape(x, (-1, *parted, channels)), order)",
        *(["        left = self.out.units"] if is_wide else []),
        f"        shape = {shape}",
        "        rows = ops.reshape(windows, (-1, self.window**count, channels))",
        "        mixed = ops.reshape(super().call(rows), (-1, *shape))",
        "        back = sorted(range(len(order)), key=order.__getitem__)",
        f"        return ops.reshape(ops.transpose(mixed, back), (-1, *axes, {left}))",
    )
    if "relative" in said:
        yield from (
            "",
            "    def index(self, asking, answering):",
            "        side = 2 * self.window - 1",
            "        if asking != self.window**2 or self.relative.shape[0] != side**2:",
            "            return super().index(asking, answering)",
            "        places = ops.arange(asking)",
            "        rows, columns = places // self.window, places % self.window",
            "        down = rows[:, None] - rows + self.window - 1",
            "        return down * side + columns[:, None] - columns + self.window - 1",
        )
