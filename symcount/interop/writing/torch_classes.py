"""Classes of PyTorch modules that a network is written with where PyTorch has none, each written once."""

from __future__ import annotations

from collections.abc import Iterator

from symcount.interop.writing.lines import Brackets, Item, lines

CLASSES = {
    "Permute": '''
class Permute(nn.Module):
    """The axes in another order."""

    def __init__(self, *order):
        super().__init__()
        self.order = order

    def forward(self, x):
        return x.permute(self.order)
''',
    "Affine": '''
class Affine(nn.Module):
    """A learned factor and a learned offset for each channel, before so many axes."""

    def __init__(self, channels, axes=0, scale=True, shift=True):
        super().__init__()
        shape = (channels,) + (1,) * axes
        self.weight = nn.Parameter(torch.ones(shape)) if scale else None
        self.bias = nn.Parameter(torch.zeros(shape)) if shift else None

    def forward(self, x):
        x = x if self.weight is None else x * self.weight
        return x if self.bias is None else x + self.bias
''',
    "Take": '''
class Take(nn.Module):
    """The first channels."""

    def __init__(self, channels, axis=1):
        super().__init__()
        self.channels, self.axis = channels, axis

    def forward(self, x):
        return x.narrow(self.axis, 0, self.channels)
''',
    "Zeros": '''
class Zeros(nn.Module):
    """Zeros in the shape of what arrives."""

    def forward(self, x):
        return torch.zeros_like(x)
''',
    "Reshape": '''
class Reshape(nn.Module):
    """The same values in another shape."""

    def __init__(self, *shape):
        super().__init__()
        self.shape = shape

    def forward(self, x):
        return x.reshape(x.shape[0], *self.shape)
''',
    "RepeatVector": '''
class RepeatVector(nn.Module):
    """A vector at every step of a sequence."""

    def __init__(self, times):
        super().__init__()
        self.times = times

    def forward(self, x):
        return x.unsqueeze(1).expand(-1, self.times, -1)
''',
    "Spread": '''
class Spread(nn.Module):
    """A vector with axes of length 1."""

    def __init__(self, axes, first=True):
        super().__init__()
        self.axes, self.first = axes, first

    def forward(self, x):
        ones = (1,) * self.axes
        shape = (-1, *ones) if self.first else (*ones, -1)
        return x.reshape(x.shape[0], *shape)
''',
    "Declared": '''
class Declared(nn.Module):
    """So many parameters, of which the architecture does not say what is done with them."""

    def __init__(self, count):
        super().__init__()
        self.values = nn.Parameter(torch.zeros(count))

    def forward(self, x):
        return x
''',
    "GaussianNoise": '''
class GaussianNoise(nn.Module):
    """Noise that is added in training."""

    def __init__(self, std):
        super().__init__()
        self.std = std

    def forward(self, x):
        return x + self.std * torch.randn_like(x) if self.training else x
''',
    "Token": '''
class Token(nn.Module):
    """One token of a sequence as a vector."""

    def __init__(self, index):
        super().__init__()
        self.index = index

    def forward(self, x):
        return x[:, self.index]
''',
    "ClassToken": '''
class ClassToken(nn.Module):
    """One more token before the others, learned."""

    def __init__(self, channels):
        super().__init__()
        self.token = nn.Parameter(torch.zeros(1, 1, channels))

    def forward(self, x):
        return torch.cat([self.token.expand(x.shape[0], -1, -1), x], dim=1)
''',
    "Positions": '''
class Positions(nn.Module):
    """A learned vector for each place, added to what is there."""

    def __init__(self, places, channels):
        super().__init__()
        self.table = nn.Parameter(torch.zeros(places, channels))

    def forward(self, x):
        places = x.shape[1:-1].numel()
        return x + self.table[:places].reshape(x.shape[1:])
''',
    "Sines": '''
class Sines(nn.Module):
    """Sines and cosines of each place, added to what is there."""

    def forward(self, x):
        channels = x.shape[-1]
        places = torch.arange(x.shape[1:-1].numel(), device=x.device)
        even = torch.arange(0, channels, 2, device=x.device)
        angles = places[:, None] / 10000 ** (even / channels)
        waves = torch.stack([angles.sin(), angles.cos()], dim=-1).flatten(1)
        return x + waves[:, :channels].reshape(x.shape[1:])
''',
    "FeedForward": '''
class FeedForward(nn.Sequential):
    """Two dense layers over the channels, and an activation between them."""

    def __init__(self, channels, hidden, bias=True):
        super().__init__(
            nn.Linear(channels, hidden, bias=bias),
            nn.GELU(),
            nn.Linear(hidden, channels, bias=bias),
        )
''',
    "GatedLinearUnit": '''
class GatedLinearUnit(nn.Module):
    """Two dense layers multiplied value by value, and one back to the channels."""

    def __init__(self, channels, hidden, bias=False):
        super().__init__()
        self.gate = nn.Linear(channels, hidden, bias=bias)
        self.up = nn.Linear(channels, hidden, bias=bias)
        self.down = nn.Linear(hidden, channels, bias=bias)

    def forward(self, x):
        return self.down(functional.silu(self.gate(x)) * self.up(x))
''',
    "SqueezeExcitation": '''
class SqueezeExcitation(nn.Module):
    """The means of all channels through a small dense layer, back to a factor for each."""

    def __init__(self, channels, squeezed, axes=2, bias=True):
        super().__init__()
        self.squeeze = nn.Linear(channels, squeezed, bias=bias)
        self.excite = nn.Linear(squeezed, channels, bias=bias)
        self.shape = (channels,) + (1,) * axes

    def forward(self, x):
        means = x.flatten(2).mean(2) if len(self.shape) > 1 else x
        factors = self.excite(functional.relu(self.squeeze(means))).sigmoid()
        return x * factors.unflatten(1, self.shape)
''',
    "MixtureOfExperts": '''
class MixtureOfExperts(nn.Module):
    """Experts of which each token meets those with the highest scores, and shared ones.

    Every expert runs here, weighted by 0 where a token does not meet it: a fast
    implementation runs the chosen alone.
    """

    def __init__(self, channels, experts, top, shared=0, bias=False):
        super().__init__()
        self.router = nn.Linear(channels, len(experts) - shared, bias=bias)
        self.experts = nn.ModuleList(experts)
        self.top = top

    def forward(self, x):
        weights, chosen = self.router(x).softmax(-1).topk(self.top)
        outputs = []
        for number, expert in enumerate(self.experts):
            if number < self.router.out_features:
                met = (weights * (chosen == number)).sum(-1, keepdim=True)
                outputs.append(met * expert(x))
            else:
                outputs.append(expert(x))
        return sum(outputs)
''',
    "LatentAttention": '''
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
''',
}
"""The text of each class, by its name."""

_RECURRENT = '''
class EveryStep{kind}(nn.{kind}):
    """The states at every step."""

    def forward(self, x):
        return super().forward(x)[0]
'''

_LAST = '''
class LastStep{kind}(nn.{kind}):
    """The state behind the last step, of both directions where there are two."""

    def forward(self, x):
        state = super().forward(x)[1]{first}
        return state.transpose(0, 1).flatten(1)
'''

_SEPARABLE = '''
class SeparableConv{axes}d(nn.Sequential):
    """A convolution of each channel by itself, and one of kernel 1 over the channels."""

    def __init__(
        self,
        in_channels,
        filters,
        kernel_size,
        stride=1,
        padding=0,
        dilation=1,
        multiplier=1,
        bias=True,
    ):
        between = multiplier * in_channels
        super().__init__(
            nn.Conv{axes}d(
                in_channels,
                between,
                kernel_size,
                stride=stride,
                padding=padding,
                dilation=dilation,
                groups=in_channels,
                bias=False,
            ),
            nn.Conv{axes}d(between, filters, 1, bias=bias),
        )
'''


def class_text(name: str, said: frozenset[str]) -> str | None:
    """Return the text of a class, None for what is none of these; ``said`` are the options that some call gives."""
    if name in CLASSES:
        return CLASSES[name].strip("\n")
    for begin, text in (("EveryStep", _RECURRENT), ("LastStep", _LAST)):
        if name.startswith(begin):
            kind = name.removeprefix(begin)
            return text.format(kind=kind, first="[0]" if kind == "LSTM" else "").strip("\n")
    if name.startswith("SeparableConv"):
        return _SEPARABLE.format(axes=name[-2]).strip("\n")
    if name == "Attention":
        return "\n".join(_attention(said))
    return "\n".join(_window_attention(said)) if name == "WindowAttention" else None


CLASS_NAMES = frozenset(
    (
        *CLASSES,
        "Attention",
        "WindowAttention",
        *(f"{which}Step{kind}" for which in ("Every", "Last") for kind in ("RNN", "GRU", "LSTM")),
        *(f"SeparableConv{axes}d" for axes in (1, 2, 3)),
    )
)
"""The names of all these classes."""

BASES = {"WindowAttention": "Attention"}
"""Classes that are written on top of another of these."""


def _attention(said: frozenset[str]) -> Iterator[str]:
    """Attention with the options that the network uses, and no others."""
    parameters = ["self", "channels", "heads"]
    parameters += [f"{name}=None" for name in ("kv_heads", "head_dim", "value_dim", "memory_channels") if name in said]
    parameters += ["bias=True"] if "bias" in said else []
    parameters += [f"{name}={default}" for name, default in (("norm", False), ("relative", 0)) if name in said]
    kv = "kv_heads" if "kv_heads" in said else "heads"
    value = "value_dim" if "value_dim" in said else "head_dim"
    memory = "memory_channels" if "memory_channels" in said else "channels"
    yield from (
        "class Attention(nn.Module):",
        '    """Every place sees every other, through queries, keys and values of each head."""',
        "",
        *lines(Brackets("def __init__", tuple(map(Item, parameters))), 4, after=":"),
        "        super().__init__()",
    )
    if "kv_heads" in said:
        yield "        kv_heads = kv_heads or heads"
    yield f"        head_dim = {'head_dim or ' if 'head_dim' in said else ''}channels // heads"
    if "value_dim" in said:
        yield "        value_dim = value_dim or head_dim"
    if "memory_channels" in said:
        yield "        memory_channels = memory_channels or channels"
    if "bias" in said:
        yield "        biases = (bias,) * 4 if isinstance(bias, bool) else bias"
    yield "        self.heads = heads" if kv == "heads" else "        self.heads, self.kv_heads = heads, kv_heads"
    rows = (
        ("query", "channels", "heads * head_dim"),
        ("key", memory, f"{kv} * head_dim"),
        ("value", memory, f"{kv} * {value}"),
        ("output", f"heads * {value}", "channels"),
    )
    for number, (name, takes, gives) in enumerate(rows):
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
    yield "        return self.output(mixed.transpose(1, 2).flatten(2)).reshape(x.shape)"
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


def _window_attention(said: frozenset[str]) -> Iterator[str]:
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
        "        mixed = super().forward(parted).reshape(windows.shape)",
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
