"""The seed of random tests: the same on every run, or the one that SYMCOUNT_SEED names."""

from __future__ import annotations

import os

SEED = 20_261_120


def chosen_seed() -> int:
    """The seed of this run, printed by whoever draws from it."""
    return int(os.environ.get("SYMCOUNT_SEED", SEED))
