"""Attention, with the options that a network uses and no others, where PyTorch's own says too little."""

from __future__ import annotations

from collections.abc import Iterator

from symcount.interop.writing.attention import parameters, products, widths
from symcount.interop.writing.lines import Brackets, Item, lines

GIVEN = {
    "Queries": '''
class Queries(nn.Module):
    """Learned vectors, the same whatever arrives."""

    def __init__(self, count, channels):
        super().__init__()
        self.vectors = nn.Parameter(torch.zeros(1, count, channels))

    def forward(self, x):
        return self.vectors.repeat(x.shape[0], 1, 1)
''',
    "GivenAttention": '''
class GivenAttention(nn.Module):
    """Attention of queries, keys and values that are made elsewhere."""

    def __init__(self, heads, kv_heads=None):
        super().__init__()
        self.heads, self.kv_heads = heads, kv_heads or heads

    def forward(self, query, key, value):
        heads = (self.heads, self.kv_heads, self.kv_heads)
        parts = (
            each.flatten(1, -2).unflatten(-1, (number, -1)).transpose(1, 2)
            for each, number in zip((query, key, value), heads)
        )
        grouped = self.heads != self.kv_heads
        mixed = functional.scaled_dot_product_attention(*parts, enable_gqa=grouped)
        return mixed.transpose(1, 2).reshape(*query.shape[:-1], -1)
''',
    "PackedAttention": '''
class PackedAttention(GivenAttention):
    """Attention of queries, keys and values that arrive side by side."""

    def forward(self, x):
        width = x.shape[-1] // (self.heads + 2 * self.kv_heads)
        sizes = (self.heads * width, self.kv_heads * width, self.kv_heads * width)
        return super().forward(*x.split(sizes, dim=-1))
''',
}
"""Attention whose queries, keys and values other layers make, and learned queries."""

LATENT = '''
class LatentAttention(nn.Module):
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
    ):
        super().__init__()
        value_dim = value_dim or head_dim
        self.heads = heads
        self.kept = latent, rope_dim
        self.parted = head_dim, value_dim
        asked = heads * (head_dim + rope_dim)
        if query_latent is None:
            self.query = nn.Linear(channels, asked, bias=False)
        else:
            self.query = nn.Sequential(
                nn.Linear(channels, query_latent, bias=False),
                nn.RMSNorm(query_latent),
                nn.Linear(query_latent, asked, bias=False),
            )
        self.latent = nn.Linear(channels, latent + rope_dim, bias=False)
        self.norm = nn.RMSNorm(latent)
        self.expand = nn.Linear(latent, heads * (head_dim + value_dim), bias=False)
        self.output = nn.Linear(heads * value_dim, channels, bias=False)

    def forward(self, x):
        places = x.flatten(1, -2)
        query = self.query(places).unflatten(-1, (self.heads, -1)).transpose(1, 2)
        latent, rotated = self.latent(places).split(self.kept, dim=-1)
        made = self.expand(self.norm(latent)).unflatten(-1, (self.heads, -1))
        key, value = made.transpose(1, 2).split(self.parted, dim=-1)
        rotated = rotated.unsqueeze(1).expand(-1, self.heads, -1, -1)
        key = torch.cat([key, rotated], dim=-1)
        mixed = functional.scaled_dot_product_attention(query, key, value)
        return self.output(mixed.transpose(1, 2).flatten(2)).reshape(x.shape)
'''


def attention(said: frozenset[str]) -> Iterator[str]:
    """Attention with the options that the network uses, and no others."""
    yield from (
        "class Attention(nn.Module):",
        '    """Every place sees every other, through queries, keys and values of each head."""',
        "",
        *lines(Brackets("def __init__", tuple(map(Item, parameters(said)))), 4, after=":"),
        "        super().__init__()",
    )
    yield from widths(said)
    names = ("query", "key", "value", "output")
    rows = zip(names, products(said), strict=True)
    for number, (name, (takes, gives)) in enumerate(rows):
        bias = f", bias=biases[{number}]" if "bias" in said else ""
        yield f"        self.{name} = nn.Linear({takes}, {gives}{bias})"
    if "norm" in said:
        yield "        self.query_norm = nn.RMSNorm(head_dim) if norm else nn.Identity()"
        yield "        self.key_norm = nn.RMSNorm(head_dim) if norm else nn.Identity()"
    if "relative" in said:
        yield "        table = torch.zeros(relative, heads) if relative else None"
        yield "        self.relative = None if table is None else nn.Parameter(table)"
    crossing = "memory" in said
    yield from (
        "",
        f"    def forward(self, x{', memory=None' if crossing else ''}):",
        "        places = x.flatten(1, -2)",
    )
    seen = "places"
    if crossing:
        yield "        seen = places if memory is None else memory.flatten(1, -2)"
        seen = "seen"
    heads = "self.kv_heads" if "kv_heads" in said else "self.heads"
    yield "        query = self.query(places).unflatten(-1, (self.heads, -1))"
    yield f"        key = self.key({seen}).unflatten(-1, ({heads}, -1))"
    yield f"        value = self.value({seen}).unflatten(-1, ({heads}, -1))"
    if "norm" in said:
        yield "        query, key = self.query_norm(query), self.key_norm(key)"
    given = ["query.transpose(1, 2)", "key.transpose(1, 2)", "value.transpose(1, 2)"]
    given += ["self.offsets(query, key)"] if "relative" in said else []
    given += ["enable_gqa=self.kv_heads != self.heads"] if "kv_heads" in said else []
    call = Brackets("functional.scaled_dot_product_attention", tuple(map(Item, given)))
    yield from lines(call, 8, "mixed = ")
    shape = "*x.shape[:-1], -1" if "output_channels" in said else "x.shape"
    yield f"        return self.output(mixed.transpose(1, 2).flatten(2)).reshape({shape})"
    if "relative" in said:
        yield from (
            "",
            "    def offsets(self, query, key):",
            "        if self.relative is None:",
            "            return None",
            "        index = self.index(query.shape[1], key.shape[1])",
            "        return self.relative[index].permute(2, 0, 1)",
            "",
            "    def index(self, asking, answering):",
            "        device, middle = self.relative.device, len(self.relative) // 2",
            "        places = torch.arange(answering, device=device)",
            "        apart = places - torch.arange(asking, device=device)[:, None]",
            "        return (apart + middle).clamp(0, len(self.relative) - 1)",
        )


def window_attention(said: frozenset[str]) -> Iterator[str]:
    """Yield the lines of attention inside windows."""
    shape = "*windows.shape[:-1], -1" if "output_channels" in said else "windows.shape"
    yield from (
        "class WindowAttention(Attention):",
        '    """Attention inside windows of equal sides."""',
        "",
        "    def __init__(self, channels, heads, window, **options):",
        "        super().__init__(channels, heads, **options)",
        "        self.window = window",
        "",
        "    def forward(self, x):",
        "        sides = x.shape[1:-1]",
        "        for axis in range(len(sides)):",
        "            x = x.unflatten(1 + 2 * axis, (-1, self.window))",
        "        inner = range(2, 1 + 2 * len(sides), 2)",
        "        order = (0, *(axis - 1 for axis in inner), *inner, x.dim() - 1)",
        "        windows = x.permute(order)",
        "        parted = windows.reshape(-1, self.window ** len(sides), x.shape[-1])",
        f"        mixed = super().forward(parted).reshape({shape})",
        "        back = sorted(range(x.dim()), key=order.__getitem__)",
        "        return mixed.permute(back).reshape(x.shape[0], *sides, -1)",
    )
    if "relative" in said:
        yield from (
            "",
            "    def index(self, asking, answering):",
            "        is_square = asking == self.window**2",
            "        if not is_square or len(self.relative) != (2 * self.window - 1) ** 2:",
            "            return super().index(asking, answering)",
            "        sides = torch.arange(self.window, device=self.relative.device)",
            "        places = torch.cartesian_prod(sides, sides)",
            "        apart = places[:, None] - places + self.window - 1",
            "        return apart[..., 0] * (2 * self.window - 1) + apart[..., 1]",
        )
