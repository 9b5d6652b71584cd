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
        before = self.near.kernel_size[0] - 1
        padded = functional.pad(values.transpose(1, 2), (before, 0))
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
        before = self.near.kernel_size[0] - 1
        padded = functional.pad(mixed.transpose(1, 2), (before, 0))
        mixed = functional.silu(self.near(padded).transpose(1, 2))
        values, *chosen = mixed.split(self.mixed, dim=-1)
        values = values.unflatten(-1, (self.heads, -1))
        every = self.heads // self.groups
        write, read = (
            each.unflatten(-1, (self.groups, -1)).repeat_interleave(every, dim=2)
            for each in chosen
        )
        step = functional.softplus(step + self.step)
        state, seen = torch.zeros_like(values[:, 0, :, :, None]), []
        for place in range(x.shape[1]):
            kept = torch.exp(-step[:, place] * self.decay.exp())[..., None, None]
            added = (step[..., None] * values)[:, place, :, :, None]
            added = added * write[:, place, :, None]
            state = kept * state + added
            seen.append((state @ read[:, place, :, :, None]).squeeze(-1))
        left = torch.stack(seen, dim=1) + self.past[:, None] * values
        return self.leave(self.norm(left.flatten(2) * functional.silu(gate)))
''',
}
"""The text of each class, by its name."""
