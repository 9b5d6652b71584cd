"""Costs in process: every quantity beside parameters alone, large shipped networks, and a formula."""

from __future__ import annotations

from collections.abc import Callable

import symcount
from symcount.quantities import QUANTITIES
from tests.benchmarks.measure import Figure, times
from tests.benchmarks.networks import NUMERIC

_GPT = "I(T)-E(V,d)@tok-PE-[{LN-MHA(h)+_}-{LN-FF(4*d)+_}]*N-LN-Lin(V,w=@tok,bias=0)"
_ALL = [name for name in QUANTITIES if name != "kv"]
"""What a network without attention has."""


def figures(rounds: int) -> list[Figure]:
    """Measure all quantities of VGG-16, ResNet-152, Llama-3-70B, and the formula of GPT's products."""
    symcount.parse(_GPT).formula("macs").python()
    alone, every, resnet, llama, formula = times(
        [
            _of(NUMERIC, ["params"]),
            _of(NUMERIC, _ALL),
            _of("zoo:resnet152", ["macs", "receptive-field"]),
            _of("zoo:llama-3-70b", ["macs", "kv", "memory"]),
            lambda: symcount.parse(_GPT).formula("macs").python(),
        ],
        rounds,
    )
    return [
        Figure("every quantity of VGG-16 / parameters alone", every / alone, 2, "times"),
        Figure("ResNet-152: macs and receptive field", 1000 * resnet, 30, "ms"),
        Figure("Llama-3-70B: macs, kv and memory", 1000 * llama, 5, "ms"),
        Figure("the formula of GPT's macs, sympy loaded", 1000 * formula, 30, "ms"),
    ]


def _of(text: str, quantities: list[str]) -> Callable[[], object]:
    def run() -> object:
        net = symcount.parse(text)(L=8192) if "llama" in text else symcount.parse(text)
        return [net.of(name) for name in quantities]

    return run
