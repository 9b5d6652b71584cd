"""Print every figure, in processor time, beside its goal. Nothing fails here: speed is not a test."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import asdict

from tests.benchmarks import asking, costs, exams, growth, hostile, many, networks, peers, processes
from tests.benchmarks.measure import Figure

GROUPS: dict[str, Callable[[int], Sequence[Figure]]] = {
    "start": processes.figures,
    "networks": networks.figures,
    "peers": peers.figures,
    "growth": growth.figures,
    "many": many.figures,
    "costs": costs.figures,
    "asking": asking.figures,
    "exams": exams.figures,
    "hostile": hostile.figures,
}
"""What is measured, by what it is of."""


def main() -> None:
    """Measure everything in one run, or some of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("groups", nargs="*", choices=[[], *GROUPS], help=f"what is measured: {', '.join(GROUPS)}")
    parser.add_argument("--rounds", type=int, default=15, help="repetitions, of which the median is taken")
    parser.add_argument("--json", action="store_true", help="one object for each figure")
    given = parser.parse_args()
    if not given.json:
        print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} processors; times are those of a processor")
    for group in given.groups or GROUPS:
        for figure in GROUPS[group](given.rounds):
            print(json.dumps(asdict(figure), ensure_ascii=False) if given.json else figure, flush=True)


if __name__ == "__main__":
    main()
