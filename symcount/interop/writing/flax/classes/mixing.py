"""The classes of the mixing of RWKV, which Flax has none of, as text."""

from __future__ import annotations

MIXING = {
    "TimeMixing": '''
class TimeMixing(nnx.Module):
    """The time mixing of RWKV, step by step; with heads, that of RWKV-5."""

    def __init__(self, channels, width=None, head=None, *, rngs):
        width = width or channels
        self.head = head
        count = 3 if head is None else 4
        takes_gives = [(channels, width)] * count + [(width, channels)]
        self.matrices = nnx.List(
            [nnx.Linear(*sizes, use_bias=False, rngs=rngs) for sizes in takes_gives]
        )
        self.mixes = nnx.Param(jnp.zeros((count, channels)))
        self.decay = nnx.Param(jnp.zeros(width))
        self.bonus = nnx.Param(jnp.zeros(width))
        heads = 1 if head is None else width // head
        made = None if head is None else nnx.GroupNorm(width, heads, rngs=rngs)
        self.norm = made

    def __call__(self, x):
        before = jnp.pad(x[:, :-1], ((0, 0), (1, 0), (0, 0)))
        *matrices, out = self.matrices
        receptance, key, value, *gate = (
            made(before + (x - before) * mix)
            for made, mix in zip(matrices, self.mixes[...])
        )
        if self.norm is None:
            return out(nnx.sigmoid(receptance) * self.weighed(key, value))
        left = self.in_heads(*map(self.parted, (receptance, key, value)))
        left = self.norm(left.reshape(-1, key.shape[-1])).reshape(key.shape)
        return out(left * nnx.silu(gate[0]))

    def weighed(self, key, value):
        above = below = jnp.zeros_like(key[:, 0])
        left = []
        for place in range(key.shape[1]):
            now = jnp.exp(self.bonus + key[:, place])
            left.append((above + now * value[:, place]) / (below + now))
            kept, added = jnp.exp(-jnp.exp(self.decay[...])), jnp.exp(key[:, place])
            above = kept * above + added * value[:, place]
            below = kept * below + added
        return jnp.stack(left, axis=1)

    def parted(self, x):
        return x.reshape(*x.shape[:-1], -1, self.head)

    def in_heads(self, receptance, key, value):
        kept = self.parted(jnp.exp(-jnp.exp(self.decay[...])))[..., None]
        bonus = self.parted(self.bonus[...])[..., None]
        state, left = 0, []
        for place in range(key.shape[1]):
            added = key[:, place, :, :, None] * value[:, place, :, None]
            left.append(receptance[:, place, :, None] @ (state + bonus * added))
            state = kept * state + added
        return jnp.stack(left, axis=1)
''',
    "ChannelMixing": '''
class ChannelMixing(nnx.Module):
    """The channel mixing of RWKV: keys and back, times a receptance where there is one."""

    def __init__(self, channels, hidden, receptance=True, *, rngs):
        self.mixes = nnx.Param(jnp.zeros((1 + receptance, channels)))
        self.key = nnx.Linear(channels, hidden, use_bias=False, rngs=rngs)
        self.value = nnx.Linear(hidden, channels, use_bias=False, rngs=rngs)
        made = nnx.Linear(channels, channels, use_bias=False, rngs=rngs)
        self.receptance = made if receptance else None

    def __call__(self, x):
        before = jnp.pad(x[:, :-1], ((0, 0), (1, 0), (0, 0)))
        asked, *kept = (before + (x - before) * mix for mix in self.mixes[...])
        values = self.value(jnp.square(nnx.relu(self.key(asked))))
        return nnx.sigmoid(self.receptance(kept[0])) * values if kept else values
''',
    "FinchMixing": '''
class FinchMixing(nnx.Module):
    """The time mixing of RWKV-6, step by step: mixes and decay are set at every place."""

    def __init__(self, channels, head, mix=32, decay=64, width=None, *, rngs):
        def linear(takes, gives, use_bias=False):
            return nnx.Linear(takes, gives, use_bias=use_bias, rngs=rngs)

        width = width or channels
        self.head = head
        self.mix = nnx.Param(jnp.zeros(channels))
        self.mixes = nnx.Param(jnp.zeros((5, 1, channels)))
        self.mix_down = linear(channels, 5 * mix)
        self.mix_up = nnx.Param(jnp.zeros((5, mix, channels)))
        self.decay_down = linear(channels, decay)
        self.decay_up = linear(decay, width, True)
        self.bonus = nnx.Param(jnp.zeros(width))
        made = (linear(channels, width) for _ in range(4))
        self.receptance, self.key, self.value, self.gate = made
        self.out = linear(width, channels)
        self.norm = nnx.GroupNorm(width, width // head, rngs=rngs)

    def __call__(self, x):
        change = jnp.pad(x[:, :-1], ((0, 0), (1, 0), (0, 0))) - x
        asked = nnx.tanh(self.mix_down(x + change * self.mix))
        asked = jnp.moveaxis(asked.reshape(*x.shape[:-1], 5, -1), -2, 1)
        mixed = x[:, None] + change[:, None] * (self.mixes + asked @ self.mix_up[...])
        decay, key, value, receptance, gate = jnp.moveaxis(mixed, 1, 0)
        decay = self.decay_up(nnx.tanh(self.decay_down(decay)))
        receptance, key = self.receptance(receptance), self.key(key)
        made = receptance, key, self.value(value), decay, self.bonus[...]
        left = self.in_heads(*map(self.parted, made))
        left = self.norm(left.reshape(-1, key.shape[-1])).reshape(key.shape)
        return self.out(left * nnx.silu(self.gate(gate)))

    def parted(self, x):
        return x.reshape(*x.shape[:-1], -1, self.head)

    def in_heads(self, receptance, key, value, decay, bonus):
        kept, bonus = jnp.exp(-jnp.exp(decay))[..., None], bonus[..., None]
        state, left = 0, []
        for place in range(key.shape[1]):
            added = key[:, place, :, :, None] * value[:, place, :, None]
            left.append(receptance[:, place, :, None] @ (state + bonus * added))
            state = kept[:, place] * state + added
        return jnp.stack(left, axis=1)
''',
    "GooseMixing": '''
class GooseMixing(nnx.Module):
    """The time mixing of RWKV-7, step by step: a key is taken out of the state, and a value put in."""

    def __init__(self, channels, head, decay, rate, gate, value=None, *, rngs):
        def linear(takes, gives, use_bias=False):
            return nnx.Linear(takes, gives, use_bias=use_bias, rngs=rngs)

        def thin(rank, between=nnx.identity, last=True):
            down, up = linear(channels, rank), linear(rank, channels, last)
            return nnx.Sequential(down, between, up)

        self.head = head
        self.mixes = nnx.Param(jnp.zeros((6, channels)))
        made = (linear(channels, channels) for _ in range(4))
        self.receptance, self.key, self.value, self.out = made
        self.decay, self.rate = thin(decay, nnx.tanh), thin(rate)
        self.gate = thin(gate, nnx.sigmoid, False)
        self.first = None if value is None else thin(value)
        self.taken = nnx.Param(jnp.zeros(channels))
        self.put = nnx.Param(jnp.zeros(channels))
        self.bonus = nnx.Param(jnp.zeros(channels))
        self.norm = nnx.GroupNorm(channels, channels // head, rngs=rngs)

    def __call__(self, x, first=None):
        change = jnp.pad(x[:, :-1], ((0, 0), (1, 0), (0, 0))) - x
        mixed = (x + change * mix for mix in self.mixes[...])
        asked, decay, key, value, rate, gate = mixed
        receptance, key = self.receptance(asked), self.key(key)
        plain = self.value(value)
        kept = jnp.exp(-0.606531 * nnx.sigmoid(self.decay(decay)))
        rate, gate = nnx.sigmoid(self.rate(rate)), self.gate(gate)
        if self.first is not None:
            share = nnx.sigmoid(self.first(value))
            plain = plain + ((plain if first is None else first) - plain) * share
        taken = self.parted(key * self.taken)
        taken /= jnp.linalg.norm(taken, axis=-1, keepdims=True) + 1e-12
        key = key * (1 + (rate - 1) * self.put)
        parts = map(self.parted, (receptance, kept, key, plain, rate))
        receptance, kept, key, plain, rate = parts
        left = self.seen(receptance, kept, key, plain, taken, rate)
        left = self.norm(left.reshape(-1, x.shape[-1])).reshape(x.shape)
        bonus = receptance * key * self.parted(self.bonus[...])
        bonus = bonus.sum(axis=-1, keepdims=True) * plain
        return self.out((left + bonus.reshape(x.shape)) * gate)

    def parted(self, x):
        return x.reshape(*x.shape[:-1], -1, self.head)

    def seen(self, receptance, kept, key, value, taken, rate):
        state, left = jnp.zeros_like(value[:, 0, :, :, None] * key[:, 0, :, None]), []
        for place in range(key.shape[1]):
            out = state @ taken[:, place, :, :, None]
            out = out * (taken * rate)[:, place, :, None]
            added = value[:, place, :, :, None] * key[:, place, :, None]
            state = state * kept[:, place, :, None] - out + added
            left.append(state @ receptance[:, place, :, :, None])
        return jnp.stack(left, axis=1)
''',
}
"""The text of each class, by its name."""
