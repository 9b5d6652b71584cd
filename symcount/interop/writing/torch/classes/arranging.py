"""Classes that set values elsewhere and learn nothing, where PyTorch has none."""

from __future__ import annotations

ARRANGING = {
    "Permute": '''
class Permute(nn.Module):
    """The axes in another order."""

    def __init__(self, *order):
        super().__init__()
        self.order = order

    def forward(self, x):
        return x.permute(self.order)
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
    "Token": '''
class Token(nn.Module):
    """One token of a sequence as a vector."""

    def __init__(self, index):
        super().__init__()
        self.index = index

    def forward(self, x):
        return x[:, self.index]
''',
}
"""The text of each class, by its name."""
