"""What a command does not import: a count on numbers must start fast."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("sympy", "mpmath", "rich", "numpy", "pygments")
RUN = """
import sys
from symcount.cli import main
sys.argv = ["symcount", *{arguments!r}]
try:
    main()
except SystemExit:
    pass
print("imported:", *[name for name in {names!r} if name in sys.modules])
"""


def imported(*arguments: str, names: tuple[str, ...] = HEAVY) -> list[str]:
    """Run a command in a process of its own, and return which of the modules it imported."""
    script = RUN.format(arguments=arguments, names=names)
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=Path(__file__).parent.parent, capture_output=True, text=True, check=True
    )
    *_, last = done.stdout.splitlines()
    return last.split()[1:]


@pytest.mark.parametrize("arguments", [
    ("count", "I(1,28x28)-C(32,5)-P2-C(32,3)-P2-H256-O10"),
    ("count", "I(1,28x28)-C(32,5)-P2-C(32,3)-P2-H256-O10", "--format", "json"),
    ("fmt", "I-C(32,5)-O10"),
    ("check", "I784-H10"),
    ("layers", "C"),
    ("count", "I(1,28x28)-c(32,5)"),
    ("--help",),
])  # fmt: skip
def test_nothing_heavy_is_imported_for_numbers(arguments: tuple[str, ...]) -> None:
    assert imported(*arguments) == []


def test_what_explains_an_error_is_imported_when_there_is_one() -> None:
    names = ("symcount.syntax.explain", "difflib")
    assert imported("count", "I784-H10", names=names) == []
    assert imported("count", "I784-H(10", names=names) == ["symcount.syntax.explain"]
    assert imported("count", "I784-dens(10)", names=names) == ["difflib"]


def test_an_import_is_noticed() -> None:
    assert imported("formula", "I(n)-H10")[:1] == ["sympy"]
