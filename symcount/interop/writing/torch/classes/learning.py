"""Classes of layers that PyTorch has none for: of tokens, channels and experts."""

from __future__ import annotations

LEARNING = {
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
    "Declared": '''
class Declared(nn.Module):
    """Parameters of which the architecture does not say what is done with them."""

    def __init__(self, *shape):
        super().__init__()
        self.values = nn.Parameter(torch.zeros(shape))

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
    "ClassToken": '''
class ClassToken(nn.Module):
    """One more token before the others, learned, or several."""

    def __init__(self, channels, tokens=1):
        super().__init__()
        self.token = nn.Parameter(torch.zeros(1, tokens, channels))

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
    "ChannelAttention": '''
class ChannelAttention(nn.Module):
    """The means of all channels through one window of neighbours, to a factor for each."""

    def __init__(self, kernel, axes=2):
        super().__init__()
        self.window = nn.Conv1d(1, 1, kernel, padding=kernel // 2, bias=False)
        self.axes = (1,) * axes

    def forward(self, x):
        means = x.flatten(2).mean(2) if self.axes else x
        factors = self.window(means.unsqueeze(1)).squeeze(1).sigmoid()
        return x * factors.unflatten(1, (-1, *self.axes))
''',
    "GlobalResponse": '''
class GlobalResponse(nn.Module):
    """Each channel by the size of all its values, beside the mean of these sizes."""

    def __init__(self, channels):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(channels))
        self.bias = nn.Parameter(torch.zeros(channels))

    def forward(self, x):
        places = tuple(range(1, x.dim() - 1))
        size = x.square().sum(places, keepdim=True).sqrt() if places else x.abs()
        scaled = x * size / (size.mean(-1, keepdim=True) + 1e-6)
        return self.weight * scaled + self.bias + x
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
}
"""The text of each class, by its name."""
