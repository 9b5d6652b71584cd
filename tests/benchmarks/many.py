"""Many networks and many sizes: lines and points for each second of a processor, and the memory that they take."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import symcount
from symcount.answers.sweep import Axis, Grid, Sweep
from symcount.quantities import quantity_named
from tests.benchmarks.measure import Figure, seconds, times
from tests.benchmarks.networks import SYMBOLIC

_LINES = 100_000
_CHILD = """
import resource, subprocess, sys
command = [sys.executable, "-c", "from symcount.cli import main; main()", *sys.argv[1:]]
subprocess.run(command, stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
"""


def figures(rounds: int) -> list[Figure]:
    """Measure files of networks, grids, and a compiled formula, once each: all of them take long enough."""
    return [*_lines(), *_points()]


def _lines() -> list[Figure]:
    draw = random.Random(3)
    chains = [_chain(draw) for _ in range(_LINES)]
    cells = [_cell(draw) for _ in range(_LINES // 50)]
    with TemporaryDirectory() as room:
        path = Path(room, "lines.txt")
        rows, of_rows = _counted(path, chains[: _LINES // 5])
        totals, _ = _counted(path, chains, "--only", "params,macs")
        of_cells, _ = _counted(path, cells)
    return [
        Figure("lines of 10 to 60 layers, rows", _LINES / 5 / rows, 3_000, "a second", at_least=True),
        Figure("the same, totals alone", len(chains) / totals, 50_000, "a second", at_least=True),
        Figure("cells of NAS-Bench-201, rows", len(cells) / of_cells, 1_000, "a second", at_least=True),
        Figure("memory for the lines", of_rows, 300, "MB"),
    ]


def _counted(path: Path, lines: list[str], *words: str) -> tuple[float, float]:
    """The seconds and the memory of a process that counts lines, without those that it takes to begin."""
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    whole, memory = _process("count", "--lines", str(path), *words)
    path.write_text(lines[0] + "\n", encoding="utf-8")
    return whole - _process("count", "--lines", str(path), *words)[0], memory


def _process(*words: str) -> tuple[float, float]:
    command = [sys.executable, "-c", _CHILD, *words]
    took, memory = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return float(took), float(memory)


def _chain(draw: random.Random) -> str:
    """A chain of 10 to 60 layers, as a search draws them."""
    parts, halved = ["I(3,64x64)"], 0
    for _ in range(draw.randint(8, 58)):
        kind = draw.random()
        if kind < 0.5:
            parts.append(f"C({draw.choice([16, 32, 64, 128])},{draw.choice([1, 3, 5])},p=same)")
        elif kind < 0.85 or halved == 5:
            parts.append(draw.choice(["R", "BN"]))
        else:
            parts.append("P2")
            halved += 1
    return "-".join([*parts, "GAP", "O10"])


def _cell(draw: random.Random) -> str:
    """A network of NAS-Bench-201's kind: fifteen cells, with one of five operations on each of six edges."""

    def edge(f: int) -> str:
        return draw.choice(["_", f"R-C({f},1,bias=off)-BN", f"R-C({f},3,p=1,bias=off)-BN", "AP(3,s=1,p=1)"])

    def cells(f: int) -> str:
        return f"[{{{edge(f)}-{{{edge(f)}+{edge(f)}}}+{edge(f)}+{edge(f)}-{edge(f)}}}]*5"

    def down(f: int) -> str:
        return f"{{R-C({f},3,s=2,p=1,bias=off)-BN-R-C({f},3,p=1,bias=off)-BN+AP2-C({f},1,bias=off)}}"

    stages = (cells(16), down(32), cells(32), down(64), cells(64))
    return "-".join(["I(3,32x32)-C(16,3,p=1,bias=off)-BN", *stages, "BN-R-GAP-O10"])


def _points() -> list[Figure]:
    net = symcount.parse("I(8,n×n)-C(f,3)-P2-C(g,3)-P2-H(u)-O10")
    axes = [Axis("f", range(1, 101)), Axis("g", range(1, 101)), Axis("u", range(1, 101)), Axis("n", range(12, 32))]
    sweep = Sweep(net.counted, [quantity_named("params")], Grid(axes), ())
    ours, by_hand = times([_run(sweep), _by_hand(axes)], 3)
    vgg = symcount.parse(SYMBOLIC).compiled()
    sizes = [{"c": 3, "n": 224, "f": 64, "g": 512, "u": 4096, "o": 1000}[name] for name in vgg.symbols]
    called = seconds(lambda: [vgg.function(*sizes) for _ in range(10**5)])
    assert _run(sweep)() == _by_hand(axes)()
    return [
        Figure("points of a grid", sweep.grid.size / ours / 1e6, 40, "M/second", at_least=True),
        Figure("a grid against numpy by hand", by_hand / ours, 0.9, "times", at_least=True),
        Figure("calls of VGG-16's compiled formula", 0.1 / called, 1, "M/second", at_least=True),
    ]


def _run(sweep: Sweep) -> Callable[[], object]:
    return lambda: sum(int(block.columns["params"].sum()) for block in sweep.blocks())


def _by_hand(axes: list[Axis]) -> Callable[[], object]:
    """The same formula as one would write it in numpy, a slab for each two of its sizes, the others broadcast."""
    import numpy as np

    one, other, *inner = axes
    u, n = np.array(inner[0].values)[:, None], np.array(inner[1].values)[None, :]

    def run() -> int:
        return sum(
            int((73 * f + 9 * f * g + g * u * ((n - 6) // 4) ** 2 + g + 11 * u + 10).sum())
            for f in one.values
            for g in other.values
        )

    return run
