"""Classes of layers that carry a state along a sequence, each step after the one before, where PyTorch has none."""

from __future__ import annotations

STATES = {
    "SelectiveStateSpace": '''
class SelectiveStateSpace(nn.Module):
    """A selective state space between two matrices, with a gate, step by step."""

    def __init__(self, channels, states, inner, rank, kernel=4, bias=False, norm=False):
        super().__init__()
        self.parted = rank, states, states
        self.enter = nn.Linear(channels, 2 * inner, bias=bias)
        self.near = nn.Conv1d(inner, inner, kernel, groups=inner)
        self.choose = nn.Linear(inner, rank + 2 * states, bias=False)
        self.step = nn.Linear(rank, inner)
        self.decay = nn.Parameter(torch.zeros(inner, states))
        self.past = nn.Parameter(torch.ones(inner))
        self.leave = nn.Linear(inner, channels, bias=bias)
        sizes = self.parted if norm else ()
        self.norms = nn.ModuleList(nn.RMSNorm(size) for size in sizes)

    def forward(self, x):
        values, gate = self.enter(x).chunk(2, dim=-1)
        padded = functional.pad(values.transpose(1, 2), (self.near.kernel_size[0] - 1, 0))
        values = functional.silu(self.near(padded).transpose(1, 2))
        chosen = self.choose(values).split(self.parted, dim=-1)
        if len(self.norms):
            chosen = [norm(each) for norm, each in zip(self.norms, chosen)]
        step, write, read = chosen
        step = functional.softplus(self.step(step))
        state, seen = torch.zeros_like(values[:, 0, :, None]), []
        for place in range(x.shape[1]):
            kept = torch.exp(-step[:, place, :, None] * self.decay.exp())
            added = (step * values)[:, place, :, None] * write[:, place, None]
            state = kept * state + added
            seen.append((state @ read[:, place, :, None]).squeeze(-1))
        left = torch.stack(seen, dim=1) + self.past * values
        return self.leave(left * functional.silu(gate))
''',
    "StateSpaceDuality": '''
class StateSpaceDuality(nn.Module):
    """A state space with heads between two matrices, step by step."""

    def __init__(self, channels, heads, states, inner, groups=1, kernel=4, bias=False):
        super().__init__()
        self.heads, self.groups = heads, groups
        mixed = inner + 2 * groups * states
        self.parted = inner, mixed, heads
        self.mixed = inner, groups * states, groups * states
        self.enter = nn.Linear(channels, inner + mixed + heads, bias=bias)
        self.near = nn.Conv1d(mixed, mixed, kernel, groups=mixed)
        self.step = nn.Parameter(torch.zeros(heads))
        self.decay = nn.Parameter(torch.zeros(heads))
        self.past = nn.Parameter(torch.ones(heads))
        self.norm = nn.RMSNorm(inner)
        self.leave = nn.Linear(inner, channels, bias=bias)

    def forward(self, x):
        gate, mixed, step = self.enter(x).split(self.parted, dim=-1)
        padded = functional.pad(mixed.transpose(1, 2), (self.near.kernel_size[0] - 1, 0))
        mixed = functional.silu(self.near(padded).transpose(1, 2)).split(self.mixed, dim=-1)
        values = mixed[0].unflatten(-1, (self.heads, -1))
        every = self.heads // self.groups
        write, read = (
            each.unflatten(-1, (self.groups, -1)).repeat_interleave(every, dim=2)
            for each in mixed[1:]
        )
        step = functional.softplus(step + self.step)
        state, seen = torch.zeros_like(values[:, 0, :, :, None]), []
        for place in range(x.shape[1]):
            kept = torch.exp(-step[:, place] * self.decay.exp())[..., None, None]
            added = (step[..., None] * values)[:, place, :, :, None] * write[:, place, :, None]
            state = kept * state + added
            seen.append((state @ read[:, place, :, :, None]).squeeze(-1))
        left = torch.stack(seen, dim=1) + self.past[:, None] * values
        return self.leave(self.norm(left.flatten(2) * functional.silu(gate)))
''',
    "TimeMixing": '''
class TimeMixing(nn.Module):
    """The time mixing of RWKV, step by step; with heads, that of RWKV-5."""

    def __init__(self, channels, width=None, head=None):
        super().__init__()
        width = width or channels
        self.head = head
        self.names = ("receptance", "key", "value") + (() if head is None else ("gate",))
        self.mixes = nn.ParameterDict({name: torch.zeros(channels) for name in self.names})
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
    """The channel mixing of RWKV: keys and back, times a receptance."""

    def __init__(self, channels, hidden):
        super().__init__()
        self.mixes = nn.Parameter(torch.zeros(2, channels))
        self.key = nn.Linear(channels, hidden, bias=False)
        self.value = nn.Linear(hidden, channels, bias=False)
        self.receptance = nn.Linear(channels, channels, bias=False)

    def forward(self, x):
        before = functional.pad(x, (0, 0, 1, -1))
        asked, kept = (before + (x - before) * mix for mix in self.mixes)
        values = self.value(functional.relu(self.key(asked)).square())
        return self.receptance(kept).sigmoid() * values
''',
}
"""The text of each class, by its name."""
