"""Large networks in process: numbers, closed forms, and how both grow with the number of layers."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from statistics import median

import symcount
from tests.benchmarks.measure import Figure, times

_WIDTHS = (64, 128, 256, 512, 512)
_DEPTHS = (2, 2, 3, 3, 3)


def vgg(image: str, widths: tuple[int | str, ...], units: tuple[int | str, int | str]) -> str:
    """Return VGG-16, written out."""
    stages = (f"-C({width},3,p=same)-R" * depth + "-P2" for width, depth in zip(widths, _DEPTHS, strict=True))
    return f"{image}{''.join(stages)}-H({units[0]})-R-H({units[0]})-R-O({units[1]})"


def chained(layers: int, image: str, filters: str) -> str:
    """Return so many convolutions of kernel 3, one after another."""
    return image + f"-C({filters},3)" * layers


NUMERIC = vgg("I(3,224x224)", _WIDTHS, (4096, 1000))
SYMBOLIC = vgg("I(c,n×n)", ("f", "2*f", "4*f", "g", "g"), ("u", "o"))
VGG_16 = 138_357_544


def figures(rounds: int) -> list[Figure]:
    """Measure VGG-16, and chains of 1,000 and 4,000 convolutions."""
    assert _total(NUMERIC) == VGG_16
    count, closed = times([_counted(NUMERIC), _counted(SYMBOLIC)], 4 * rounds)
    number, numbers, symbol, symbols = times(
        [
            _counted(chained(1000, "I(3,9000x9000)", "16")),
            _counted(chained(4000, "I(3,9000x9000)", "16")),
            _counted(chained(1000, "I(3,n×n)", "f")),
            _counted(chained(4000, "I(3,n×n)", "f")),
        ],
        max(3, rounds // 4),
    )
    return [
        Figure("VGG-16, parsed and counted", 1000 * count, 2.5, "ms"),
        Figure("VGG-16 with c, n and every width symbolic, closed form", 1000 * closed, 40, "ms"),
        Figure("the same, the first in its process", 1000 * _first(SYMBOLIC, rounds), 40, "ms"),
        Figure("1,000 chained convolutions, numbers", number, 0.13, "s"),
        Figure("1,000 chained convolutions, symbols", symbol, 0.4, "s"),
        Figure("the same, the first in its process", _first(chained(1000, "I(3,n×n)", "f"), rounds), 0.4, "s"),
        Figure("4,000 against 1,000, numbers", numbers / number, 5, "times"),
        Figure("4,000 against 1,000, symbols", symbols / symbol, 5, "times"),
    ]


def _counted(text: str) -> Callable[[], object]:
    return lambda: _total(text)


_FIRST = """
import sys, time
import sympy, symcount, symcount.algebra
symcount.parse("I784-H10").params
start = time.process_time()
symcount.parse(sys.argv[1]).params
print(time.process_time() - start)
"""


def _first(text: str, rounds: int) -> float:
    """Return the median seconds of a closed form in a process that made none before, so that no cache helps."""
    command = [sys.executable, "-c", _FIRST, text]
    printed = (subprocess.run(command, capture_output=True, text=True, check=True).stdout for _ in range(rounds))
    return median(map(float, printed))


def _total(text: str) -> object:
    return symcount.parse(text).params
