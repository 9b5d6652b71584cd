"""The classes of the mixing of RWKV, which PyTorch has none of, as text."""

from __future__ import annotations

MIXING = {
    "TimeMixing": '''
class TimeMixing(nn.Module):
    """The time mixing of RWKV, step by step; with heads, that of RWKV-5."""

    def __init__(self, channels, width=None, head=None):
        super().__init__()
        width = width or channels
        self.head = head
        names = ("receptance", "key", "value", "gate")
        self.names = names[:3] if head is None else names
        mixes = {name: torch.zeros(channels) for name in self.names}
        self.mixes = nn.ParameterDict(mixes)
        made = {name: nn.Linear(channels, width, bias=False) for name in self.names}
        self.matrices = nn.ModuleDict(made)
        self.output = nn.Linear(width, channels, bias=False)
        self.decay = nn.Parameter(torch.zeros(width))
        self.bonus = nn.Parameter(torch.zeros(width))
        self.norm = None if head is None else nn.GroupNorm(width // head, width)

    def forward(self, x):
        before = functional.pad(x, (0, 0, 1, -1))
        receptance, key, value, *gate = (
            self.matrices[name](before + (x - before) * self.mixes[name])
            for name in self.names
        )
        if self.head is None:
            return self.output(receptance.sigmoid() * self.weighed(key, value))
        left = self.in_heads(receptance, key, value).flatten(0, 1)
        left = self.norm(left).reshape(receptance.shape)
        return self.output(left * functional.silu(gate[0]))

    def weighed(self, key, value):
        above = below = torch.zeros_like(key[:, 0])
        left = []
        for place in range(key.shape[1]):
            now = torch.exp(self.bonus + key[:, place])
            left.append((above + now * value[:, place]) / (below + now))
            kept, added = torch.exp(-self.decay.exp()), torch.exp(key[:, place])
            above, below = kept * above + added * value[:, place], kept * below + added
        return torch.stack(left, dim=1)

    def in_heads(self, *parts):
        heads = (-1, self.head)
        receptance, key, value, decay, bonus = (
            part.unflatten(-1, heads) for part in (*parts, self.decay, self.bonus)
        )
        kept, bonus = torch.exp(-decay.exp())[..., None], bonus[..., None]
        state, left = torch.zeros_like(key[:, 0, :, :, None] * value[:, 0, :, None]), []
        for place in range(key.shape[1]):
            added = key[:, place, :, :, None] * value[:, place, :, None]
            left.append(receptance[:, place, :, None] @ (state + bonus * added))
            state = kept * state + added
        return torch.stack(left, dim=1).flatten(2)
''',
    "ChannelMixing": '''
class ChannelMixing(nn.Module):
    """The channel mixing of RWKV: keys and back, times a receptance where there is one."""

    def __init__(self, channels, hidden, receptance=True):
        super().__init__()
        self.mixes = nn.Parameter(torch.zeros(1 + receptance, channels))
        self.key = nn.Linear(channels, hidden, bias=False)
        self.value = nn.Linear(hidden, channels, bias=False)
        made = nn.Linear(channels, channels, bias=False) if receptance else None
        self.receptance = made

    def forward(self, x):
        before = functional.pad(x, (0, 0, 1, -1))
        asked, *kept = (before + (x - before) * mix for mix in self.mixes)
        values = self.value(functional.relu(self.key(asked)).square())
        return self.receptance(kept[0]).sigmoid() * values if kept else values
''',
    "FinchMixing": '''
class FinchMixing(nn.Module):
    """The time mixing of RWKV-6, step by step: mixes and decay are set at every place."""

    def __init__(self, channels, head, mix=32, decay=64, width=None):
        super().__init__()
        width = width or channels
        self.head = head
        self.mix = nn.Parameter(torch.zeros(channels))
        self.mixes = nn.Parameter(torch.zeros(5, channels))
        self.mix_down = nn.Parameter(torch.zeros(channels, 5 * mix))
        self.mix_up = nn.Parameter(torch.zeros(5, mix, channels))
        self.decay = nn.Parameter(torch.zeros(width))
        self.decay_down = nn.Parameter(torch.zeros(channels, decay))
        self.decay_up = nn.Parameter(torch.zeros(decay, width))
        self.bonus = nn.Parameter(torch.zeros(width))
        made = (nn.Linear(channels, width, bias=False) for _ in range(4))
        self.receptance, self.key, self.value, self.gate = made
        self.output = nn.Linear(width, channels, bias=False)
        self.norm = nn.GroupNorm(width // head, width)

    def forward(self, x):
        change = functional.pad(x, (0, 0, 1, -1)) - x
        asked = torch.tanh((x + change * self.mix) @ self.mix_down)
        asked = asked.unflatten(-1, (5, -1)).movedim(-2, 1)
        mixes = self.mixes + (asked @ self.mix_up).movedim(1, -2)
        mixed = x[..., None, :] + change[..., None, :] * mixes
        decay, key, value, receptance, gate = mixed.unbind(-2)
        decay = self.decay + torch.tanh(decay @ self.decay_down) @ self.decay_up
        receptance, key = self.receptance(receptance), self.key(key)
        left = self.in_heads(receptance, key, self.value(value), decay, self.bonus)
        left = self.norm(left.flatten(0, 1)).reshape(left.shape)
        return self.output(left * functional.silu(self.gate(gate)))

    def in_heads(self, *parts):
        receptance, key, value, decay, bonus = (
            part.unflatten(-1, (-1, self.head)) for part in parts
        )
        kept, bonus = torch.exp(-decay.exp())[..., None], bonus[..., None]
        state, left = torch.zeros_like(key[:, 0, :, :, None] * value[:, 0, :, None]), []
        for place in range(key.shape[1]):
            added = key[:, place, :, :, None] * value[:, place, :, None]
            left.append(receptance[:, place, :, None] @ (state + bonus * added))
            state = kept[:, place] * state + added
        return torch.stack(left, dim=1).flatten(2)
''',
    "GooseMixing": '''
class GooseMixing(nn.Module):
    """The time mixing of RWKV-7, step by step: a key is taken out of the state, and a value put in."""

    def __init__(self, channels, head, decay, rate, gate, value=None):
        super().__init__()
        self.head = head
        self.mixes = nn.Parameter(torch.zeros(6, channels))
        made = (nn.Linear(channels, channels, bias=False) for _ in range(4))
        self.receptance, self.key, self.value, self.output = made
        self.decay, self.rate = self.thin(channels, decay), self.thin(channels, rate)
        self.gate = self.thin(channels, gate, bias=False)
        self.first = None if value is None else self.thin(channels, value)
        self.taken, self.put, self.bonus = (
            nn.Parameter(torch.zeros(channels)) for _ in range(3)
        )
        self.norm = nn.GroupNorm(channels // head, channels)

    @staticmethod
    def thin(channels, rank, bias=True):
        down = nn.Linear(channels, rank, bias=False)
        return nn.ModuleList([down, nn.Linear(rank, channels, bias=bias)])

    def forward(self, x, first=None):
        change = functional.pad(x, (0, 0, 1, -1)) - x
        asked, decay, key, value, rate, gate = (x + change * mix for mix in self.mixes)
        receptance, key = self.receptance(asked), self.key(key)
        plain = self.value(value)
        decay = self.decay[1](self.decay[0](decay).tanh())
        kept = torch.exp(-0.606531 * decay.sigmoid())
        rate = self.rate[1](self.rate[0](rate)).sigmoid()
        gate = self.gate[1](self.gate[0](gate).sigmoid())
        if self.first is not None:
            share = self.first[1](self.first[0](value)).sigmoid()
            plain = plain + ((plain if first is None else first) - plain) * share
        taken = self.parted(key * self.taken)
        taken = functional.normalize(taken, dim=-1)
        key = key * (1 + (rate - 1) * self.put)
        parts = map(self.parted, (receptance, kept, key, plain, rate))
        receptance, kept, key, plain, rate = parts
        left = self.seen(receptance, kept, key, plain, taken, rate)
        left = self.norm(left.flatten(0, 1)).reshape(x.shape)
        bonus = receptance * key * self.parted(self.bonus)
        bonus = bonus.sum(-1, keepdim=True) * plain
        return self.output((left + bonus.flatten(-2)) * gate)

    def parted(self, values):
        return values.unflatten(-1, (-1, self.head))

    def seen(self, receptance, kept, key, value, taken, rate):
        state, left = torch.zeros_like(value[:, 0, :, :, None] * key[:, 0, :, None]), []
        for place in range(key.shape[1]):
            out = state @ taken[:, place, :, :, None]
            out = out * (taken * rate)[:, place, :, None]
            added = value[:, place, :, :, None] * key[:, place, :, None]
            state = state * kept[:, place, :, None] - out + added
            left.append((state @ receptance[:, place, :, :, None]).squeeze(-1))
        return torch.stack(left, dim=1).flatten(2)
''',
}
"""The text of each class, by its name."""
