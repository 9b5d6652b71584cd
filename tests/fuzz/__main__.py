"""Draw texts by the thousand, and print how far they came and every finding, shortened.

The text of a number is the same in every run with a seed: ``--first 4711`` with one text shows it again.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import time
from contextlib import suppress

from tests.fuzz.checks import FindingError, Funnel, found, peak, shortened
from tests.fuzz.texts import text

_NOT_AGAIN = ("slow", "memory")
"""What is not seen a second time in the same process, or takes too long to see."""


def fuzzed(texts: int, seed: int, first: int = 0) -> Funnel:
    """Hold so many random texts to all that they are held to; an interrupt ends it with those so far."""
    funnel = Funnel()
    with suppress(KeyboardInterrupt):
        _fuzz(funnel, range(first, first + texts), seed)
    return funnel


def _fuzz(funnel: Funnel, numbers: range, seed: int) -> None:
    for number in numbers:
        drawn = text(random.Random(f"{seed} {number}"))
        finding = found(drawn, funnel, random.Random(number))
        if finding is None:
            continue

        def again(other: str, number: int = number) -> FindingError | None:
            return found(other, Funnel(), random.Random(number))

        def is_alike(other: str, kind: str = finding.args[0]) -> bool:
            return (alike := again(other)) is not None and alike.args[0] == kind

        short = drawn if finding.args[0] in _NOT_AGAIN else shortened(drawn, is_alike)
        finding = again(short) or finding
        funnel.findings.append((short, " · ".join(finding.args)))
        print(f"{number}: {short!r}\n    {funnel.findings[-1][1][:600]}", flush=True)


def main() -> None:
    """Run so many texts; the exit status is 1 where there is a finding."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("texts", type=int, nargs="?", default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="the number of the first text")
    given = parser.parse_args()
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # in the background a shell ignores it
    start = time.process_time()
    funnel = fuzzed(given.texts, given.seed, given.first)
    took = time.process_time() - start
    for stage, times in funnel.reached.items():
        print(f"{stage:<24}{times:>12,}")
    print(f"{'findings':<24}{len(funnel.findings):>12,}")
    print(f"seconds of a processor {took:,.0f}, texts a second {funnel.reached['texts'] / took:,.0f}, ", end="")
    print(f"longest question {funnel.longest:.2f} s, peak memory {peak():,.0f} MB")
    sys.exit(1 if funnel.findings else 0)


if __name__ == "__main__":
    main()
