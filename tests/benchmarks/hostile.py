"""Texts that were made to take long: the processor time and the memory of each in a process of its own.

Every text is below the stated limits, so that it is counted or refused within the same bounds.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

from tests.benchmarks.measure import Figure

SECONDS = 2
MEGABYTES = 500

_CHILD = """
import resource, subprocess, sys
done = subprocess.run([sys.executable, "-c", "from symcount.cli import main; main()", *sys.argv[1:]],
                      stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, done.returncode)
"""


def _chain(link: str, times: int) -> str:
    return link * times


def _doubling(layer: str, times: int) -> str:
    """Macros each of which calls the one before it twice."""
    macros = "".join(f"def m{i + 1}=m{i}-m{i}; " for i in range(times))
    return f"def m0={layer}; {macros}I3-m{times}"


def _nested(inside: str, counts: Sequence[str]) -> str:
    return "[" * len(counts) + inside + "".join(f"]{count}" for count in counts)


LETTERS = "NMKLPQRSTU"

CASES: dict[str, tuple[str, ...]] = {
    "a power of 99,999,999": ("formula", "I(n)-H(n^99999999+1)"),
    "n^60 - m^60, factored": ("formula", "I(n)-H(n^60-m^60)", "--form", "factored"),
    "r*cin + 1 repeated, factored": ("formula", "I(a)-[Lin(r*cin+1)]*N", "--form", "factored"),
    "widths that grow by floors, in two repeats": ("formula", "I(1,16)-[P(n+4)-[C(c,c)]*2]*N"),
    "10^20 passes over 10^9 columns": ("count", "I(6,10^90,10^9)-[C(3,3)]*(10^20)"),
    "10^20 poolings": ("formula", "I(c,n)-[P2]*(10^20)"),
    "999 × 999 poolings": ("count", "I(1,n)-[[P(3,s=2,p=1)]*999]*999"),
    "60 repeats of 999 in a chain": ("count", "I(1,n)" + _chain("-[P(3,s=2,p=1)]*999", 60)),
    "macros that double, 2^14 layers": ("count", _doubling("H3", 14)),
    "macros that double, derived": ("derive", _doubling("H3", 14)),
    "5,000 free layers": ("count", "I(3)" + _chain("-free", 5_000)),
    "5,000 free layers, derived": ("derive", "I(3)" + _chain("-free", 5_000)),
    "19,990 free layers": ("count", "I(3)" + _chain("-free", 19_990)),
    "(x*x) % (m+x), eight times": ("formula", "let x_0=n;" + "".join(
        f"let x_{i + 1}=(x_{i}*x_{i})%(m+x_{i});" for i in range(8)) + "I(3)-H(x_8)"),
    "20 repeats in one another": ("formula", f"I(c,n)-{_nested('C(cin+1,1)', ['*(N+1)'] * 20)}"),
    "eight repeats in one another": ("formula", f"I(a)-{_nested('H(cin+1)', [f'*{each}' for each in LETTERS[:8]])}-O1"),
    "a hundred repeats in one another": ("formula", f"I(a)-{_nested('H(cin+1)', ['*N'] * 95)}-O1"),
    "six indices in one another": ("formula", f"I(a)-{_nested('H(i)', ['*(i=1..N)'] * 6)}-O1"),
    "an open range in four repeats": (
        "count", f"I(2,n)-{_nested('C(cin+i,3)', ['*(i=w..N)', '*3', '*3', '*3', '*3'])}"),
    "an open range in 256 passes": (
        "count", "I(2,n×n)-[[[[SC(4,p=w)]*(i=w..N)]*(i=0..2)]*((if(w<4,4,4)^3))]*(4)"),
    "1,000 symbolic convolutions": ("count", "I" + _chain("-C", 1_000)),
    "1,000 symbolic convolutions, the formula": ("formula", "I" + _chain("-C", 1_000)),
    "1,000 symbolic convolutions, derived": ("derive", "I" + _chain("-C", 1_000)),
    "20,000 layers, derived": ("derive", "I(3)" + _chain("-H3", 19_999)),
    "20,000 layers, counted": ("count", "I(3)" + _chain("-H3", 19_999)),
    "400 poolings of an open size": ("formula", "I(c,n)-[P2]*400"),
    "1,000 passes of a width that grows by a symbol": ("formula", "I(c,n)-[C(cin+f,3,p=1)-{_|C(g,1)}]*1000"),
    "1,000 passes with sizes that have no closed form": ("formula", "I(c)-[{_|H(10//cin+1)}]*1000"),
    "as many layers as there may be": ("count", "I(3)" + _chain("-H3", 4_999)),
    "as many layers as are worked out": ("derive", "I(3)" + _chain("-H3", 1_999)),
    "as many symbols as there may be": ("formula", "I(3)" + _chain("-free", 1_000)),
    "220 symbolic convolutions": ("derive", "I" + _chain("-C", 220)),
    "(12 - n)//(n + 4), whose forms say one another": ("formula", "I(5)-H((12-n)//(n+4)+9)"),
    "200 widths of 210 terms each": ("count", "I(n)" + _chain("-H((a+b+c+d+n)^6)-R", 200)),
    "200 widths of 210 terms each, derived": ("derive", "I(n)" + _chain("-H((a+b+c+d+n)^6)-R", 200)),
    "44 counts of 10^99": ("count", "I3-" + "[" * 44 + "H3" + "]*(10^99)" * 44),
}  # fmt: skip


def figures(rounds: int) -> list[Figure]:
    """Measure every case once: each is a process of its own."""
    return [figure for what, words in CASES.items() for figure in _measured(what, words)]


def _measured(what: str, words: tuple[str, ...]) -> tuple[Figure, Figure]:
    done = subprocess.run([sys.executable, "-c", _CHILD, *words], capture_output=True, text=True, check=True)
    seconds, megabytes, status = map(float, done.stdout.split())
    shown = f"{words[0]}: {what}{'' if status == 0 else ' (refused)'}"
    return Figure(shown, seconds, SECONDS, "s"), Figure("", megabytes, MEGABYTES, "MB")
