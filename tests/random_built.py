"""Random networks as a framework builds them, by hand: ``python -m tests.random_built torch 1000 --seed 3``.

What differs, and what ends in anything but a layer that is refused by name, is printed as a line that can be counted.
"""

from __future__ import annotations

import argparse
import gc
import random
from importlib import import_module

from symcount.counts import counted
from symcount.errors import ArchitectureError
from tests.whole_language import whole_network

CONVENTIONS = {"torch": "torch", "keras": "keras", "flax": "textbook"}
"""The convention under which each framework counts."""


def main() -> None:
    """Build them, and tell how many there were."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("framework", choices=CONVENTIONS)
    given.add_argument("drawn", type=int)
    given.add_argument("--seed", type=int, default=0)
    asked = given.parse_args()
    agrees = import_module(f"tests.test_{asked.framework}_built").agrees
    gc.freeze()  # a framework is a million objects, which are looked through again and again otherwise
    convention = CONVENTIONS[asked.framework]
    built = layers = refused = wrong = 0
    for seed in range(asked.seed, asked.seed + asked.drawn):
        line = whole_network(random.Random(seed), convention)
        try:
            layers += agrees(counted(line, {}, convention=convention))
            built += 1
        except Exception as error:
            if isinstance(error, ArchitectureError) and error.code == "not-in-framework":
                refused += 1
                continue
            wrong += 1
            print(f"seed {seed}: {line}\n  {type(error).__name__}: {str(error)[:300]}", flush=True)
    print(
        f"{asked.drawn:,} drawn, {built:,} built, {layers:,} layers, {refused:,} refused, {wrong:,} wrong", flush=True
    )


if __name__ == "__main__":
    main()
