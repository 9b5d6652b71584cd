"""Attention, with the options that a network uses and no others, where Flax's own says too little."""

from __future__ import annotations

from collections.abc import Iterator

from symcount.interop.writing.attention import parameters, products, widths
from symcount.interop.writing.lines import Brackets, Item, lines

GIVEN = {
    "Queries": '''
class Queries(nnx.Module):
    """Learned vectors, the same whatever arrives."""

    def __init__(self, count, channels, *, rngs):
        self.vectors = nnx.Param(jnp.zeros((1, count, channels)))

    def __call__(self, x):
        return jnp.repeat(self.vectors[...], x.shape[0], axis=0)
''',
    "GivenAttention": '''
class GivenAttention(nnx.Module):
    """Attention of queries, keys and values that are made elsewhere."""

    def __init__(self, heads, kv_heads=None):
        self.heads, self.kv_heads = heads, kv_heads or heads

    def __call__(self, query, key, value):
        shape, times = query.shape[:-1], self.heads // self.kv_heads
        query = self.headed(query, self.heads)
        key, value = (
            jnp.repeat(self.headed(each, self.kv_heads), times, axis=2)
            for each in (key, value)
        )
        scores = jnp.einsum("bqhc,bkhc->bhqk", query, key) / query.shape[-1] ** 0.5
        mixed = jnp.einsum("bhqk,bkhc->bqhc", nnx.softmax(scores), value)
        return mixed.reshape(*shape, -1)

    def headed(self, x, heads):
        return x.reshape(x.shape[0], -1, heads, x.shape[-1] // heads)
''',
    "PackedAttention": '''
class PackedAttention(GivenAttention):
    """Attention of queries, keys and values that arrive side by side."""

    def __call__(self, x):
        width = x.shape[-1] // (self.heads + 2 * self.kv_heads)
        ends = [self.heads * width, (self.heads + self.kv_heads) * width]
        return super().__call__(*jnp.split(x, ends, axis=-1))
''',
}
"""Attention whose queries, keys and values other layers make, and learned queries."""

LATENT = '''
class LatentAttention(nnx.Module):
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
        *,
        rngs,
    ):
        def linear(takes, gives):
            return nnx.Linear(takes, gives, use_bias=False, rngs=rngs)

        value_dim = value_dim or head_dim
        self.heads, self.latent_dim, self.head_dim = heads, latent, head_dim
        down = []
        if query_latent is not None:
            norm = nnx.RMSNorm(query_latent, rngs=rngs)
            down = [linear(channels, query_latent), norm]
        self.down = nnx.Sequential(*down)
        self.query = linear(query_latent or channels, heads * (head_dim + rope_dim))
        self.latent = linear(channels, latent + rope_dim)
        self.norm = nnx.RMSNorm(latent, rngs=rngs)
        self.expand = linear(latent, heads * (head_dim + value_dim))
        self.out = linear(heads * value_dim, channels)

    def __call__(self, x):
        sequence = x.reshape(x.shape[0], -1, x.shape[-1])
        headed = (*sequence.shape[:2], self.heads, -1)
        query = self.query(self.down(sequence)).reshape(headed)
        latent, rotated = jnp.split(self.latent(sequence), [self.latent_dim], axis=-1)
        expanded = self.expand(self.norm(latent)).reshape(headed)
        key, value = jnp.split(expanded, [self.head_dim], axis=-1)
        rotated = jnp.repeat(rotated[:, :, None], self.heads, axis=2)
        key = jnp.concatenate([key, rotated], axis=-1)
        weights = nnx.softmax(jnp.einsum("bqhc,bkhc->bhqk", query, key))
        mixed = jnp.einsum("bhqk,bkhc->bqhc", weights, value)
        return self.out(mixed.reshape(*x.shape[:-1], -1))
'''


def attention(said: frozenset[str]) -> Iterator[str]:
    """Yield the lines of attention with the options that the network uses, and no others."""
    yield from (
        "class Attention(nnx.Module):",
        '    """Every place sees every other, through queries, keys and values of each head."""',
        "",
        *lines(Brackets("def __init__", tuple(map(Item, [*parameters(said), "*", "rngs"]))), 4, after=":"),
        "        def linear(takes, gives, use_bias=True):",
        "            return nnx.Linear(takes, gives, use_bias=use_bias, rngs=rngs)",
        "",
    )
    yield from widths(said, "seen")
    names = ("query", "key", "value", "out")
    rows = zip(names, products(said, "seen"), strict=True)
    for number, (name, (takes, gives)) in enumerate(rows):
        yield f"        self.{name} = linear({takes}, {gives}{f', biases[{number}]' if 'bias' in said else ''})"
    if "norm" in said:
        for name in ("query", "key"):
            made = "nnx.RMSNorm(head_dim, rngs=rngs) if norm else nnx.identity"
            yield f"        self.{name}_norm = {made}"
    if "relative" in said:
        yield "        table = nnx.Param(jnp.zeros((relative, heads)))"
        yield "        self.relative = table if relative else None"
    yield from _call(said)


def _call(said: frozenset[str]) -> Iterator[str]:
    crossing = "memory" in said
    shared = "kv_heads" in said
    kv_heads = "self.kv_heads" if shared else "self.heads"
    seen = "seen" if crossing else "x"
    yield from (
        "",
        f"    def __call__(self, x{', memory=None' if crossing else ''}):",
        *(["        seen = x if memory is None else memory"] if crossing else []),
        "        query = self.headed(self.query(x), self.heads)",
        f"        key = self.headed(self.key({seen}), {kv_heads})",
        f"        value = self.headed(self.value({seen}), {kv_heads})",
    )
    if "norm" in said:
        yield "        query, key = self.query_norm(query), self.key_norm(key)"
    if shared:
        yield "        times = self.heads // self.kv_heads"
        yield "        key, value = (jnp.repeat(each, times, axis=2) for each in (key, value))"
    yield '        scores = jnp.einsum("bqhc,bkhc->bhqk", query, key)'
    yield "        scores /= query.shape[-1] ** 0.5"
    if "relative" in said:
        yield "        if self.relative is not None:"
        yield "            index = self.index(query.shape[1], key.shape[1])"
        yield "            scores += self.relative[index].transpose(2, 0, 1)"
    yield from (
        '        mixed = jnp.einsum("bhqk,bkhc->bqhc", nnx.softmax(scores), value)',
        "        return self.out(mixed.reshape(*x.shape[:-1], -1))",
        "",
        "    def headed(self, x, heads):",
        "        return x.reshape(x.shape[0], -1, heads, x.shape[-1] // heads)",
    )
    if "relative" in said:
        yield from (
            "",
            "    def index(self, asking, answering):",
            "        most = self.relative.shape[0] - 1",
            "        apart = jnp.arange(answering) - jnp.arange(asking)[:, None]",
            "        return jnp.clip(apart + (most + 1) // 2, 0, most)",
        )


def window_attention(said: frozenset[str]) -> Iterator[str]:
    """Yield the lines of attention inside windows."""
    is_wide = "output_channels" in said
    mixed, left = ("*windows.shape[:-1], -1", "*x.shape[:-1], -1") if is_wide else ("windows.shape", "x.shape")
    yield from (
        "class WindowAttention(Attention):",
        '    """Attention inside windows of equal sides."""',
        "",
        "    def __init__(self, channels, heads, window, **options):",
        "        super().__init__(channels, heads, **options)",
        "        self.window = window",
        "",
        "    def __call__(self, x):",
        "        samples, *axes, channels = x.shape",
        "        count = len(axes)",
        "        parted = [size for n in axes for size in (n // self.window, self.window)]",
        "        order = (0, *range(1, 2 * count, 2), *range(2, 2 * count + 1, 2), 2 * count + 1)",
        "        windows = x.reshape(samples, *parted, channels).transpose(order)",
        "        rows = windows.reshape(-1, self.window**count, channels)",
        f"        mixed = super().__call__(rows).reshape({mixed})",
        "        back = sorted(range(len(order)), key=order.__getitem__)",
        f"        return mixed.transpose(back).reshape({left})",
    )
    if "relative" in said:
        yield from (
            "",
            "    def index(self, asking, answering):",
            "        side = 2 * self.window - 1",
            "        if asking != self.window**2 or self.relative.shape[0] != side**2:",
            "            return super().index(asking, answering)",
            "        places = jnp.arange(asking)",
            "        rows, columns = places // self.window, places % self.window",
            "        down = rows[:, None] - rows + self.window - 1",
            "        return down * side + columns[:, None] - columns + self.window - 1",
        )
