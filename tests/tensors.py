"""The tensors of sequence layers, one shape for each weight and bias that a paper's equations name.

This is written from the papers, not from the package: nothing of it is imported here.
"""

from __future__ import annotations

from math import prod

Tensors = dict[str, tuple[int, ...]]


def total(tensors: Tensors) -> int:
    """The number of values in all tensors."""
    return sum(map(prod, tensors.values()))


def added(tensors: Tensors) -> int:
    """The number of values in those that are added, the biases, all of whose names begin with b."""
    return total({name: shape for name, shape in tensors.items() if name[0] == "b"})


def recurrent(gates: str, c: int, h: int, biases: int, state: int | None = None) -> Tensors:
    """For each gate W x + U s + b, where the state s may be a projection of h values."""
    s = h if state is None else state
    tensors: Tensors = {} if state is None else {"projection": (state, h)}
    for gate in gates:
        tensors |= {f"W_{gate}": (h, c), f"U_{gate}": (h, s)}
        tensors |= {f"b_{gate}{each}": (h,) for each in range(biases)}
    return tensors


GATES = {"RNN": "h", "GRU": "zrn", "LSTM": "ifgo"}


def convolutional_lstm(c: int, f: int, kernel: tuple[int, ...], biases: int) -> Tensors:
    tensors: Tensors = {}
    for gate in GATES["LSTM"]:
        tensors |= {f"W_{gate}": (f, c, *kernel), f"U_{gate}": (f, f, *kernel)}
        tensors |= {f"b_{gate}{each}": (f,) for each in range(biases)}
    return tensors


def attention(
    c: int, heads: int, kv: int, dk: int, dv: int, memory: int, biases: tuple[int, int, int, int], norm: int, rel: int,
    out: int | None = None,
) -> Tensors:  # fmt: skip
    """Every head by itself: its query, the keys and values that groups of heads share, and the rows of the output."""
    tensors: Tensors = {}
    left = c if out is None else out
    for head in range(heads):
        tensors |= {f"W_q{head}": (c, dk), f"W_o{head}": (dv, left)}
        tensors |= {f"b_q{head}": (dk,)} if biases[0] else {}
    for group in range(kv):
        tensors |= {f"W_k{group}": (memory, dk), f"W_v{group}": (memory, dv)}
        tensors |= {f"b_k{group}": (dk,)} if biases[1] else {}
        tensors |= {f"b_v{group}": (dv,)} if biases[2] else {}
    tensors |= {"b_o": (left,)} if biases[3] else {}
    tensors |= {"norm_q": (dk,), "norm_k": (dk,)} if norm else {}
    tensors |= {"relative": (rel, heads)} if rel else {}
    return tensors


def feed_forward(c: int, hidden: int, bias: int) -> Tensors:
    tensors: Tensors = {"W_1": (hidden, c), "W_2": (c, hidden)}
    return tensors | {"b_1": (hidden,), "b_2": (c,)} if bias else tensors


def gated(c: int, hidden: int, bias: int) -> Tensors:
    tensors: Tensors = {"W": (hidden, c), "V": (hidden, c), "W_2": (c, hidden)}
    return tensors | {"b": (hidden,), "b_V": (hidden,), "b_2": (c,)} if bias else tensors


def experts(c: int, hidden: int, count: int, shared: int) -> Tensors:
    tensors: Tensors = {"router": (count, c)}
    for expert in range(count + shared):
        tensors |= {f"{name}_{expert}": shape for name, shape in gated(c, hidden, 0).items()}
    return tensors


def adapters(rank: int, *matrices: tuple[int, int]) -> Tensors:
    tensors: Tensors = {}
    for place, (takes, gives) in enumerate(matrices):
        tensors |= {f"A_{place}": (rank, takes), f"B_{place}": (gives, rank)}
    return tensors


def finch(c: int, d: int, mix: int, decay: int) -> Tensors:
    """Time mixing of RWKV-6: five mixes by a thin matrix each, a decay by another, and what keys and values need."""
    tensors: Tensors = {"mu_x": (c,), "W_o": (d, c), "lambda_w": (d,), "A_w": (c, decay), "B_w": (decay, d), "u": (d,)}
    tensors |= {f"W_{each}": (c, d) for each in "rkvg"}
    for each in "wkvrg":
        tensors |= {f"mu_{each}": (c,), f"A_mu_{each}": (c, mix), f"B_mu_{each}": (mix, c)}
    return tensors | {"scale": (d,), "shift": (d,)}


def goose(c: int, decay: int, rate: int, gate: int, value: int | None) -> Tensors:
    """Time mixing of RWKV-7: in the first layer, which gives the others its values, these are not mixed."""
    tensors: Tensors = {f"W_{each}": (c, c) for each in "rkvo"}
    tensors |= {f"mu_{each}": (c,) for each in "rwkvag"}
    for each, rank in {"w": decay, "a": rate, "g": gate, "v": value}.items():
        if rank is not None:
            tensors |= {f"A_{each}": (c, rank), f"B_{each}": (rank, c)}
            tensors |= {} if each == "g" else {f"lambda_{each}": (c,)}
    return tensors | {"xi": (c,), "alpha": (c,), "rho": (c,), "scale": (c,), "shift": (c,)}
