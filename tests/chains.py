"""Networks to try things on: those of the corpus that can be counted, and random ones."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import symcount as sc
from symcount.errors import ArchitectureError

CORPUS = Path(__file__).parent / "cases" / "roundtrip.txt"
ORDINARY = 12
"""So many networks of the corpus can be counted at least."""


@cache
def countable() -> tuple[sc.Architecture, ...]:
    """The networks of the corpus that can be counted."""
    found = []
    for line in CORPUS.read_text(encoding="utf-8").splitlines():
        text = line.partition("\t")[0].strip()
        if text and not text.startswith("#"):
            try:
                net = sc.parse(text)
                _ = net.params, net.assumptions
            except ArchitectureError:
                continue
            found.append(net)
    assert len(found) >= ORDINARY
    return tuple(found)


def random_networks(draw: random.Random, count: int, *, symbolic: bool) -> Iterator[sc.Architecture]:
    """Random chains over images; with ``symbolic`` some of their sizes are open."""
    while count:
        try:
            net = sc.parse(_chain(draw, symbolic))
            _ = net.params, net.assumptions, net.formula().conditions
        except ArchitectureError:
            continue
        count -= 1
        yield net


def _chain(draw: random.Random, symbolic: bool) -> str:
    def size(low: int, high: int, *letters: str) -> str:
        return draw.choice(letters) if symbolic and draw.random() < 0.5 else str(draw.randint(low, high))

    def layer() -> str:
        k, s = draw.randint(1, 4), draw.randint(1, 3)
        f = size(1, 9, "f", "f_2", "d_model", "alpha")
        p = draw.choice(["valid", "same", str(draw.randint(0, 2))])
        bias = draw.choice(["", ",bias=off"])
        return draw.choice([
            f"C({f},{k},s={s},p={p}{bias})", f"C({f},{size(1, 3, 'k')},p=same)", f"DW({k},p={p},m={s})",
            f"SC({f},{k})", f"P({k})", f"AP({k},s={s},ceil=on)", f"P({k},weight=on,bias=on)", "BN", "R", "PR", "D(0.5)",
            f"T({f},{k},s={s})", "U2", "pad(1)", f"LC({f},{k},bias=map)", f"C({f},({k},{s}))", f"Lin({f})",
        ])  # fmt: skip

    sides = f"{size(20, 60, 'n')},{size(20, 60, 'n', 'w')}"
    body = [layer() for _ in range(draw.randint(1, 7))]
    end = draw.choice(["GAP", "F", "H(7)", f"H({size(2, 9, 'u')})-R"])
    return "-".join([f"I({size(1, 4, 'c')},{sides})", *body, end, "O10"])
