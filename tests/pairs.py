"""Random pairs of networks that are often alike, and what a plain count at every point of a grid says of them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from itertools import product

from symcount import Architecture, ArchitectureError

_LAYERS = (
    "C({f},{k},s={s},p={p})",
    "C({f},{k},p=same)-P({s})",
    "C({f},{k},p=same)-P({s},p=same)",
    "C({f},{k},s={s},p=same)",
    "C({f},{k},s={s},p=same,bias=off)-BN",
    "C({f},{k},d=2)",
    "C({f},{k})-C({f},{k},s={s})",
    "P({k},s={s})",
    "P({s},p=same)",
    "P({k},s={s},p={q},ceil=on)",
    "AP({s})",
    "U2-P2",
    "BN-R",
)
_ENDS = ("-H10", "-GAP-O10", "-H(h)-O10", "", "-C(5,1)-H3")


def pair(draw: random.Random, *, open_sizes: bool = True) -> tuple[str, str]:
    """Return two networks; of three pairs in four the second is the first with something changed."""
    first = _chain(draw, open_sizes)
    second = _changed(draw, first) if draw.random() < 0.75 else _chain(draw, open_sizes)
    end = draw.choice(_ENDS)
    shape = draw.choice(("I(2,n)", "I(2,n×n)", "I(c,n×n)", "I(c,n)"))
    return "-".join((shape, *first)) + end, "-".join((shape, *second)) + end


def _chain(draw: random.Random, open_sizes: bool) -> list[str]:
    return [_layer(draw, open_sizes) for _ in range(draw.randint(1, 4))]


def _layer(draw: random.Random, open_sizes: bool) -> str:
    kernel = draw.choice((1, 2, 3, 3, 5))
    filters = draw.choice((3, 4, "f" if open_sizes else 5))
    kernels = draw.choice((kernel, kernel, kernel, "k" if open_sizes else 3))
    return draw.choice(_LAYERS).format(
        f=filters,
        k=kernels,
        s=draw.choice((1, 2, 2, 3)),
        p=draw.choice((0, 1, "same")),
        q=draw.choice((0, kernel // 2)),
    )


def _changed(draw: random.Random, chain: list[str]) -> list[str]:
    found = list(chain)
    place = draw.randrange(len(found))
    match draw.randrange(7):
        case 0:
            found[place] = found[place].replace("s=2,p=same)", "p=same)-P(2,p=same)")
        case 1:
            found[place] = found[place].replace("s=2,p=same)", "p=same)-P(2)")
        case 2:
            found[place] = found[place].replace("P(2)", "P(2,p=same)").replace("P(3)", "P(3,ceil=on)")
        case 3:
            found[place] = found[place].replace("p=same", "p=1")
        case 4:
            found.insert(place, draw.choice(("R", "P(1)", "P(2)", "BN")))
        case 5:
            found = [*found[:place], *reversed(found[place:])]
        case _:
            found[place] = _layer(draw, open_sizes=False)
    return found


def grid(nets: tuple[Architecture, Architecture], sides: Mapping[str, range]) -> Iterator[dict[str, int]]:
    """Yield the points of a grid over the open symbols of both."""
    names = sorted({name for net in nets for name in net.symbols})
    ranges = [sides[name] for name in names]
    return (dict(zip(names, values, strict=True)) for values in product(*ranges))


def counted(net: Architecture, of: str, values: Mapping[str, int]) -> object:
    """Return a quantity counted in whole numbers, None where the network does not exist."""
    try:
        return net(**{name: value for name, value in values.items() if name in net.symbols}).of(of)
    except ArchitectureError:
        return None
