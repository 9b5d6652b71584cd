"""The same network by other means, where they are installed: PyTorch builds it without memory, and counts."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

import symcount
from tests.benchmarks.measure import Figure, times
from tests.benchmarks.networks import NUMERIC, VGG_16


def figures(rounds: int) -> list[Figure]:
    """Measure VGG-16 against PyTorch's meta device; nothing where PyTorch is not installed."""
    if find_spec("torch") is None:
        return []
    import torch

    assert _built(torch) == VGG_16
    count, table, built = times(
        [
            lambda: symcount.parse(NUMERIC).params,
            lambda: symcount.parse(NUMERIC)._repr_html_(),
            lambda: _built(torch),
        ],
        rounds,
    )
    return [
        Figure("VGG-16: count / torch on meta, built and counted", count / built, 0.5, "times"),
        Figure("VGG-16: table / torch on meta, built and counted", table / built, 1, "times"),
    ]


def _built(torch: Any) -> int:
    nn = torch.nn
    with torch.device("meta"):
        layers, channels = [], 3
        for width, depth in ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3)):
            for _ in range(depth):
                layers += [nn.Conv2d(channels, width, 3, padding=1), nn.ReLU()]
                channels = width
            layers.append(nn.MaxPool2d(2))
        dense = [nn.Linear(512 * 49, 4096), nn.ReLU(), nn.Linear(4096, 4096), nn.ReLU(), nn.Linear(4096, 1000)]
        net = nn.Sequential(*layers, nn.Flatten(), *dense)
    return sum(each.numel() for each in net.parameters())
