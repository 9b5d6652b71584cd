"""The classes of the mixing of RWKV, which Keras has none of, as text."""

from __future__ import annotations

MIXING = {
    "TimeMixing": '''
class TimeMixing(layers.Layer):
    """The time mixing of RWKV, step by step; with heads, that of RWKV-5."""

    def __init__(self, channels, width=None, head=None, **kwargs):
        super().__init__(**kwargs)
        self.width, self.head = width or channels, head
        held = {"trainable": self.trainable}
        options = {"use_bias": False, **held}
        count = 3 if head is None else 4
        self.matrices = [layers.Dense(self.width, **options) for _ in range(count)]
        self.out = layers.Dense(channels, **options)
        if head is not None:
            self.norm = layers.GroupNormalization(self.width // head, **held)

    def build(self, shape):
        mixes = (len(self.matrices), shape[-1])
        self.mixes = self.add_weight(shape=mixes, initializer="zeros")
        self.decay = self.add_weight(shape=(self.width,), initializer="zeros")
        self.bonus = self.add_weight(shape=(self.width,), initializer="zeros")

    def call(self, x):
        before = ops.pad(x[:, :-1], ((0, 0), (1, 0), (0, 0)))
        receptance, key, value, *gate = (
            made(before + (x - before) * self.mixes[number])
            for number, made in enumerate(self.matrices)
        )
        if self.head is None:
            return self.out(ops.sigmoid(receptance) * self.weighed(key, value))
        left = self.in_heads(*map(self.parted, (receptance, key, value)))
        left = self.norm(ops.reshape(left, (-1, self.width)))
        left = ops.reshape(left, (-1, *x.shape[1:-1], self.width))
        return self.out(left * ops.silu(gate[0]))

    def weighed(self, key, value):
        above = below = ops.zeros_like(key[:, 0])
        left = []
        for place in range(key.shape[1]):
            now = ops.exp(self.bonus + key[:, place])
            left.append((above + now * value[:, place]) / (below + now))
            kept, added = ops.exp(-ops.exp(self.decay)), ops.exp(key[:, place])
            above = kept * above + added * value[:, place]
            below = kept * below + added
        return ops.stack(left, axis=1)

    def parted(self, x):
        return ops.reshape(x, (-1, *x.shape[1:-1], self.width // self.head, self.head))

    def in_heads(self, receptance, key, value):
        heads = (self.width // self.head, self.head, 1)
        kept = ops.reshape(ops.exp(-ops.exp(self.decay)), heads)
        bonus = ops.reshape(self.bonus, heads)
        state, left = 0, []
        for place in range(key.shape[1]):
            added = key[:, place, :, :, None] * value[:, place, :, None]
            asked = receptance[:, place, :, None]
            left.append(ops.matmul(asked, state + bonus * added))
            state = kept * state + added
        return ops.stack(left, axis=1)
''',
    "ChannelMixing": '''
class ChannelMixing(layers.Layer):
    """The channel mixing of RWKV: keys and back, times a receptance where there is one."""

    def __init__(self, channels, hidden, receptance=True, **kwargs):
        super().__init__(**kwargs)
        options = {"use_bias": False, "trainable": self.trainable}
        self.key = layers.Dense(hidden, activation="relu", **options)
        self.value = layers.Dense(channels, **options)
        self.receptance = None
        if receptance:
            self.receptance = layers.Dense(channels, activation="sigmoid", **options)

    def build(self, shape):
        mixes = (1 if self.receptance is None else 2, shape[-1])
        self.mixes = self.add_weight(shape=mixes, initializer="zeros")

    def call(self, x):
        before = ops.pad(x[:, :-1], ((0, 0), (1, 0), (0, 0)))
        mixes = (self.mixes[number] for number in range(self.mixes.shape[0]))
        asked, *kept = (before + (x - before) * mix for mix in mixes)
        values = self.value(ops.square(self.key(asked)))
        return self.receptance(kept[0]) * values if kept else values
''',
    "FinchMixing": '''
class FinchMixing(layers.Layer):
    """The time mixing of RWKV-6, step by step: mixes and decay are set at every place."""

    def __init__(self, channels, head, mix=32, decay=64, width=None, **kwargs):
        super().__init__(**kwargs)
        self.width, self.head, self.rank = width or channels, head, mix
        held = {"trainable": self.trainable}
        options = {"use_bias": False, **held}
        self.mix_down = layers.Dense(5 * mix, activation="tanh", **options)
        self.decay_down = layers.Dense(decay, activation="tanh", **options)
        self.decay_up = layers.Dense(self.width, **held)
        made = (layers.Dense(self.width, **options) for _ in range(4))
        self.receptance, self.key, self.value, self.gate = made
        self.out = layers.Dense(channels, **options)
        self.norm = layers.GroupNormalization(self.width // head, **held)

    def build(self, shape):
        channels = shape[-1]
        up = (5, self.rank, channels)
        self.mix = self.add_weight(shape=(channels,), initializer="zeros")
        self.mixes = self.add_weight(shape=(5, 1, channels), initializer="zeros")
        self.mix_up = self.add_weight(shape=up, initializer="zeros")
        self.bonus = self.add_weight(shape=(self.width,), initializer="zeros")

    def call(self, x):
        change = ops.pad(x[:, :-1], ((0, 0), (1, 0), (0, 0))) - x
        asked = self.mix_down(x + change * self.mix)
        asked = ops.reshape(asked, (-1, x.shape[1], 5, self.rank))
        mixes = self.mixes + ops.matmul(ops.swapaxes(asked, 1, 2), self.mix_up)
        mixed = x[:, None] + change[:, None] * mixes
        decay, key, value, receptance, gate = ops.unstack(mixed, 5, axis=1)
        decay = self.decay_up(self.decay_down(decay))
        made = self.receptance(receptance), self.key(key), self.value(value), decay
        left = self.norm(ops.reshape(self.in_heads(*made), (-1, self.width)))
        left = ops.reshape(left, (-1, x.shape[1], self.width))
        return self.out(left * ops.silu(self.gate(gate)))

    def in_heads(self, *parts):
        heads = (self.width // self.head, self.head)
        receptance, key, value, decay = (
            ops.reshape(part, (-1, part.shape[1], *heads)) for part in parts
        )
        kept = ops.exp(-ops.exp(decay))[..., None]
        bonus = ops.reshape(self.bonus, (*heads, 1))
        state, left = 0, []
        for place in range(key.shape[1]):
            added = key[:, place, :, :, None] * value[:, place, :, None]
            asked = receptance[:, place, :, None]
            left.append(ops.matmul(asked, state + bonus * added))
            state = kept[:, place] * state + added
        return ops.stack(left, axis=1)
''',
    "GooseMixing": '''
class GooseMixing(layers.Layer):
    """The time mixing of RWKV-7, step by step: a key is taken out of the state, and a value put in."""

    def __init__(self, channels, head, decay, rate, gate, value=None, **kwargs):
        super().__init__(**kwargs)
        self.head = head
        held = {"trainable": self.trainable}
        options = {"use_bias": False, **held}
        made = (layers.Dense(channels, **options) for _ in range(4))
        self.receptance, self.key, self.value, self.out = made
        self.decay = self.thin(channels, decay, activation="tanh", **held)
        self.rate = self.thin(channels, rate, **held)
        self.gate = self.thin(channels, gate, activation="sigmoid", last=False, **held)
        self.first = None if value is None else self.thin(channels, value, **held)
        self.norm = layers.GroupNormalization(channels // head, **held)

    @staticmethod
    def thin(channels, rank, activation=None, last=True, **held):
        down = layers.Dense(rank, activation=activation, use_bias=False, **held)
        return keras.Sequential([down, layers.Dense(channels, use_bias=last, **held)])

    def build(self, shape):
        channels = shape[-1]
        self.mixes = self.add_weight(shape=(6, channels), initializer="zeros")
        self.taken, self.put, self.bonus = (
            self.add_weight(shape=(channels,), initializer="zeros") for _ in range(3)
        )

    def call(self, x, first=None):
        change = ops.pad(x[:, :-1], ((0, 0), (1, 0), (0, 0))) - x
        mixed = (x + change * self.mixes[number] for number in range(6))
        asked, decay, key, value, rate, gate = mixed
        receptance, key = self.receptance(asked), self.key(key)
        plain = self.value(value)
        kept = ops.exp(-0.606531 * ops.sigmoid(self.decay(decay)))
        rate, gate = ops.sigmoid(self.rate(rate)), self.gate(gate)
        if self.first is not None:
            share = ops.sigmoid(self.first(value))
            plain = plain + ((plain if first is None else first) - plain) * share
        taken = ops.normalize(self.parted(key * self.taken), axis=-1)
        key = key * (1 + (rate - 1) * self.put)
        parts = map(self.parted, (receptance, kept, key, plain, rate))
        receptance, kept, key, plain, rate = parts
        left = self.seen(receptance, kept, key, plain, taken, rate)
        left = self.norm(ops.reshape(left, (-1, x.shape[-1])))
        bonus = receptance * key * ops.reshape(self.bonus, (-1, self.head))
        bonus = ops.sum(bonus, axis=-1, keepdims=True) * plain
        shape = (-1, *x.shape[1:])
        return self.out((ops.reshape(left, shape) + ops.reshape(bonus, shape)) * gate)

    def parted(self, x):
        channels = x.shape[-1]
        return ops.reshape(x, (-1, x.shape[1], channels // self.head, self.head))

    def seen(self, receptance, kept, key, value, taken, rate):
        state = ops.zeros_like(value[:, 0, :, :, None] * key[:, 0, :, None])
        left = []
        for place in range(key.shape[1]):
            out = ops.matmul(state, taken[:, place, :, :, None])
            out = out * (taken * rate)[:, place, :, None]
            added = value[:, place, :, :, None] * key[:, place, :, None]
            state = state * kept[:, place, :, None] - out + added
            left.append(ops.matmul(state, receptance[:, place, :, :, None]))
        return ops.stack(left, axis=1)
''',
}
"""The text of each class, by its name."""
