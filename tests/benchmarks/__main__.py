"""Print every figure: what was measured, the goal, and their ratio. Nothing fails here: speed is not a test."""

from __future__ import annotations

import argparse

from tests.benchmarks import asking, costs, exams, hostile, networks, processes


def main() -> None:
    """Measure everything in one run."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=15, help="repetitions, of which the median is taken")
    rounds = parser.parse_args().rounds
    for figure in (
        *processes.figures(rounds),
        *networks.figures(rounds),
        *costs.figures(rounds),
        *asking.figures(rounds),
        *exams.figures(rounds),
        *hostile.figures(),
    ):
        print(figure)


if __name__ == "__main__":
    main()
