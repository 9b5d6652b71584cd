"""Whole processes: the installed command against the bare import of what it cannot do without."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.benchmarks.measure import Figure, times

EXAMPLE = "I(1,28x28)-C(32,5)-P2-C(32,3)-P2-H256-O10"
SYMBOLIC = "I-C(32,5)-P2-C(32,3)-P2-H256-O10"
_SCRIPT = Path(sysconfig.get_path("scripts"), "symcount")


def figures(rounds: int) -> list[Figure]:
    """Measure the start of `count` and of `formula`."""
    if not _SCRIPT.exists():
        raise SystemExit(f"{_SCRIPT} is not there: install symcount into this environment first")
    count, lark, formula, sympy, resnet, llama = times(
        [
            _process(str(_SCRIPT), "count", EXAMPLE),
            _process(sys.executable, "-c", "import lark"),
            _process(str(_SCRIPT), "formula", SYMBOLIC),
            _process(sys.executable, "-c", "import sympy, lark"),
            _process(str(_SCRIPT), "count", "zoo:resnet152"),
            _process(str(_SCRIPT), "count", "zoo:llama-3-70b"),
        ],
        rounds,
    )
    return [
        Figure("symcount count, whole process / import lark", count / lark, 1.75, "times"),
        Figure("the same of ResNet-152", resnet / lark, 2.0, "times"),
        Figure("the same of Llama-3-70B, its length open", llama / lark, 2.0, "times"),
        Figure("symcount formula, whole process / import sympy, lark", formula / sympy, 1.2, "times"),
    ]


def _process(*command: str) -> Callable[[], object]:
    """Run a command away from any checkout, its modules compiled, so that what is installed is measured."""
    left_out = ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE")
    environment = {name: value for name, value in os.environ.items() if name not in left_out}
    return lambda: _run(command, environment)


def _run(command: Sequence[str], environment: dict[str, str]) -> None:
    subprocess.run(command, cwd=os.sep, env=environment, stdout=subprocess.DEVNULL, check=True)
