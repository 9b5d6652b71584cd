"""Questions to formulas in process: a proof, searches for one symbol and for two."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

import symcount
from tests.benchmarks.measure import Figure, times

_STAGES = "-{0}C(2*w,3,s=2,p={1})-{0}C(4*w,3,s=2,p={1})-C(8*w,3,s=2,p={1})-H1000"
_STRIDED = "I(3,n×n)-C(w,7,s=2,p=same)-BN-R-P(2,p=same)" + _STAGES
_PADDED = "I(3,n×n)-C(w,7,s=2,p=3)-BN-R-P(3,s=2,p=1)" + _STAGES
_BLOCK = "res[C(cin,3,p=1,bias=off)-BN-R-C(cin,3,p=1,bias=off)-BN]-R-"

_GPT = (
    "I(L)-E(V,d)@w-PE-[{LN-MHA(1)+_}-{LN-FF(4*d)+_}]*N-LN-Lin(V,w=@w,bias=off)",
    lambda L, V, d, N: 12 * N * d**2 + L * d + 13 * N * d + V * d + 2 * d,  # noqa: N803
)
_FLOOR = ("I-C(32,5)-P2-C(32,3)-P2-H256-O10", lambda c, n: 800 * c + 8192 * (n // 4 - 2) ** 2 + 12106)


def figures(rounds: int) -> list[Figure]:
    """Measure the proof that two residual networks of five strides are equal, and what `find` takes."""
    texts = _STRIDED.format(_BLOCK, "same"), _PADDED.format(_BLOCK, 1)
    vgg, wide = symcount.parse("zoo:vgg16")(o="o"), symcount.parse("I(n)-H(m)-O10")
    assert symcount.prove(*texts).verdict
    assert vgg.find("params == 138357544").first == {"o": 1000}
    proof, one, two = times(
        [
            lambda: symcount.prove(*map(symcount.parse, texts)),
            lambda: vgg.find("params == 138357544"),
            lambda: wide.find("params % 997 == 3", for_="n=1..100,m=1..100"),
        ],
        rounds,
    )
    return [
        Figure("numpy's form of a transformer against hand", _against_hand(*_GPT, rounds), 0.9, "times", at_least=True),
        Figure("numpy's form with a floor against hand", _against_hand(*_FLOOR, rounds), 0.9, "times", at_least=True),
        Figure("prove: two residual networks of five strides", 1000 * proof, 300, "ms"),
        Figure("find: one symbol of VGG-16", 1000 * one, 10, "ms"),
        Figure("find: two symbols, 10,000 pairs one by one", 1000 * two, 500, "ms"),
    ]


def _against_hand(text: str, by_hand: Callable[..., object], rounds: int) -> float:
    """How fast a function of a million points is, against the same formula without its checks."""
    net = symcount.parse(text)
    made: dict[str, object] = {}
    exec(net.formula().to("numpy"), made)
    ours = made["params"]
    assert callable(ours)
    columns = {name: np.random.default_rng(8).integers(12, 200, 10**6) for name in net.symbols}
    assert (by_hand(**columns) == ours(**columns)).all()
    hand, own = times([lambda: by_hand(**columns), lambda: ours(**columns)], rounds)
    return hand / own
