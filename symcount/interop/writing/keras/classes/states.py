"""Classes of layers that carry a state along a sequence, each step after the one before, where Keras has none."""

from __future__ import annotations

STATES = {
    "SelectiveStateSpace": '''
class SelectiveStateSpace(layers.Layer):
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
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.sizes = rank, states, inner
        held = {"trainable": self.trainable}
        options = {"padding": "causal", "groups": inner, **held}
        self.enter = layers.Dense(2 * inner, use_bias=bias, **held)
        self.near = layers.Conv1D(inner, kernel, activation="silu", **options)
        self.choose = layers.Dense(rank + 2 * states, use_bias=False, **held)
        self.step = layers.Dense(inner, activation="softplus", **held)
        self.leave = layers.Dense(channels, use_bias=bias, **held)
        made = layers.RMSNormalization if norm else layers.Identity
        self.norms = [made(**held) for _ in range(3)]

    def build(self, shape):
        _, states, inner = self.sizes
        self.decay = self.add_weight(shape=(inner, states), initializer="zeros")
        self.past = self.add_weight(shape=(inner,), initializer="ones")

    def call(self, x):
        rank, states, _ = self.sizes
        values, gate = ops.split(self.enter(x), 2, axis=-1)
        values = self.near(values)
        made = self.choose(values)
        chosen = made[..., :rank], made[..., rank : rank + states], made[..., -states:]
        step, write, read = (norm(each) for norm, each in zip(self.norms, chosen))
        step = self.step(step)
        kept = ops.exp(-step[..., None] * ops.exp(self.decay))
        added = (step * values)[..., None] * write[:, :, None]
        state, seen = 0, []
        for place in range(x.shape[1]):
            state = kept[:, place] * state + added[:, place]
            seen.append(ops.matmul(state, read[:, place, :, None])[..., 0])
        left = ops.stack(seen, axis=1) + self.past * values
        return self.leave(left * ops.silu(gate))
''',
    "StateSpaceDuality": '''
class StateSpaceDuality(layers.Layer):
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
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.heads, self.groups, self.inner = heads, groups, inner
        held = {"trainable": self.trainable}
        mixed = inner + 2 * groups * states
        options = {"padding": "causal", "groups": mixed, **held}
        self.enter = layers.Dense(inner + mixed + heads, use_bias=bias, **held)
        self.near = layers.Conv1D(mixed, kernel, activation="silu", **options)
        self.norm = layers.RMSNormalization(**held)
        self.leave = layers.Dense(channels, use_bias=bias, **held)

    def build(self, shape):
        self.step = self.add_weight(shape=(self.heads,), initializer="zeros")
        self.decay = self.add_weight(shape=(self.heads,), initializer="zeros")
        self.past = self.add_weight(shape=(self.heads, 1), initializer="ones")

    def call(self, x):
        made = self.enter(x)
        gate, step = made[..., : self.inner], made[..., -self.heads :]
        mixed = self.near(made[..., self.inner : -self.heads])
        values = self.parted(mixed[..., : self.inner], self.heads)
        write, read = ops.split(mixed[..., self.inner :], 2, axis=-1)
        every = self.heads // self.groups
        write = ops.repeat(self.parted(write, self.groups), every, axis=2)
        read = ops.repeat(self.parted(read, self.groups), every, axis=2)
        step = ops.softplus(step + self.step)
        kept = ops.exp(-step * ops.exp(self.decay))[..., None, None]
        added = (step[..., None] * values)[..., None] * write[..., None, :]
        state, seen = 0, []
        for place in range(x.shape[1]):
            state = kept[:, place] * state + added[:, place]
            seen.append(ops.matmul(state, read[:, place, :, :, None])[..., 0])
        left = ops.stack(seen, axis=1) + self.past * values
        left = ops.reshape(left, (-1, *x.shape[1:-1], self.inner))
        return self.leave(self.norm(left * ops.silu(gate)))

    def parted(self, x, count):
        return ops.reshape(x, (-1, *x.shape[1:-1], count, x.shape[-1] // count))
''',
}
"""The text of each class, by its name."""
