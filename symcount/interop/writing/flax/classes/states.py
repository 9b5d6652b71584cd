"""Classes of layers that carry a state along a sequence, each step after the one before, where Flax has none."""

from __future__ import annotations

STATES = {
    "SelectiveStateSpace": '''
class SelectiveStateSpace(nnx.Module):
    """A selective state space between two matrices, with a gate, step by step."""

    def __init__(
        self,
        channels,
        states,
        inner,
        rank,
        kernel=4,
        bias=False,
        norm=False,
        *,
        rngs,
    ):
        self.sizes = rank, states
        options = {"padding": "CAUSAL", "feature_group_count": inner}
        chosen = rank + 2 * states
        self.enter = nnx.Linear(channels, 2 * inner, use_bias=bias, rngs=rngs)
        self.near = nnx.Conv(inner, inner, (kernel,), **options, rngs=rngs)
        self.choose = nnx.Linear(inner, chosen, use_bias=False, rngs=rngs)
        self.step = nnx.Linear(rank, inner, rngs=rngs)
        self.leave = nnx.Linear(inner, channels, use_bias=bias, rngs=rngs)
        self.decay = nnx.Param(jnp.zeros((inner, states)))
        self.past = nnx.Param(jnp.ones(inner))
        sizes = (rank, states, states) if norm else ()
        self.norms = nnx.List([nnx.RMSNorm(size, rngs=rngs) for size in sizes])

    def __call__(self, x):
        rank, states = self.sizes
        values, gate = jnp.split(self.enter(x), 2, axis=-1)
        values = nnx.silu(self.near(values))
        chosen = jnp.split(self.choose(values), [rank, rank + states], axis=-1)
        if self.norms:
            chosen = [norm(each) for norm, each in zip(self.norms, chosen)]
        step, write, read = chosen
        step = nnx.softplus(self.step(step))
        kept = jnp.exp(-step[..., None] * jnp.exp(self.decay[...]))
        added = (step * values)[..., None] * write[:, :, None]
        state, seen = 0, []
        for place in range(x.shape[1]):
            state = kept[:, place] * state + added[:, place]
            seen.append((state @ read[:, place, :, None])[..., 0])
        left = jnp.stack(seen, axis=1) + self.past * values
        return self.leave(left * nnx.silu(gate))
''',
    "StateSpaceDuality": '''
class StateSpaceDuality(nnx.Module):
    """A state space with heads between two matrices, step by step."""

    def __init__(
        self,
        channels,
        heads,
        states,
        inner,
        groups=1,
        kernel=4,
        bias=False,
        *,
        rngs,
    ):
        self.heads, self.groups, self.inner = heads, groups, inner
        mixed = inner + 2 * groups * states
        options = {"padding": "CAUSAL", "feature_group_count": mixed}
        entering = inner + mixed + heads
        self.enter = nnx.Linear(channels, entering, use_bias=bias, rngs=rngs)
        self.near = nnx.Conv(mixed, mixed, (kernel,), **options, rngs=rngs)
        self.step = nnx.Param(jnp.zeros(heads))
        self.decay = nnx.Param(jnp.zeros(heads))
        self.past = nnx.Param(jnp.ones((heads, 1)))
        self.norm = nnx.RMSNorm(inner, rngs=rngs)
        self.leave = nnx.Linear(inner, channels, use_bias=bias, rngs=rngs)

    def __call__(self, x):
        made = self.enter(x)
        gate, step = made[..., : self.inner], made[..., -self.heads :]
        mixed = nnx.silu(self.near(made[..., self.inner : -self.heads]))
        values = self.parted(mixed[..., : self.inner], self.heads)
        every = self.heads // self.groups
        write, read = (
            jnp.repeat(self.parted(each, self.groups), every, axis=2)
            for each in jnp.split(mixed[..., self.inner :], 2, axis=-1)
        )
        step = nnx.softplus(step + self.step)
        kept = jnp.exp(-step * jnp.exp(self.decay[...]))[..., None, None]
        added = (step[..., None] * values)[..., None] * write[..., None, :]
        state, seen = 0, []
        for place in range(x.shape[1]):
            state = kept[:, place] * state + added[:, place]
            seen.append((state @ read[:, place, :, :, None])[..., 0])
        left = jnp.stack(seen, axis=1) + self.past * values
        left = left.reshape(*x.shape[:-1], self.inner)
        return self.leave(self.norm(left * nnx.silu(gate)))

    def parted(self, x, count):
        return x.reshape(*x.shape[:-1], count, -1)
''',
}
"""The text of each class, by its name."""
