"""A count of numbers starts fast: what it has no use for is not imported."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

HEAVY = {"sympy", "rich", "numpy", "mpmath"}
EXAMPLE = "I(1,28x28)-C(32,5)-P2-C(32,3)-P2-H256-O10"
SYMBOLIC = "I-C(32,5)-P2-C(32,3)-P2-H256-O10"

_PROBE = """
import sys
from symcount.cli import main
sys.argv = ["symcount", *sys.argv[1:]]
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
print("imported:", *sorted({name.partition(".")[0] for name in sys.modules}))
"""


def imported(*arguments: str, **environment: str) -> set[str]:
    """What a command has imported when it is done, by the first part of its names."""
    words, env = [sys.executable, "-c", _PROBE, *arguments], {**os.environ, **environment}
    done = subprocess.run(words, capture_output=True, text=True, check=True, env=env)
    return set(done.stdout.splitlines()[-1].split()[1:])


@pytest.mark.parametrize(
    "arguments",
    [
        ("count", EXAMPLE),
        (EXAMPLE,),
        ("count", EXAMPLE, "--format", "json", "--of", "weights"),
        ("count", SYMBOLIC, "c=1", "n=28"),
        ("fmt", SYMBOLIC),
        ("check", EXAMPLE),
        ("layers",),
        ("count", "zoo:llama-3-70b"),
        ("count", "zoo:llama-3-70b", "--format", "json"),
    ],
)
def test_what_needs_no_algebra_imports_none(arguments: tuple[str, ...]) -> None:
    assert imported(*arguments) & HEAVY == set()


def test_the_symbols_of_a_network_are_completed_without_algebra() -> None:
    line = f"symcount formula '{SYMBOLIC}' --collect "
    asked = {
        "_SYMCOUNT_COMPLETE": "bash_complete",
        "COMP_LINE": line,
        "COMP_POINT": str(len(line)),
        "COMP_WORDBREAKS": "",
    }
    assert imported(COMP_WORDS=line, COMP_CWORD="4", **asked) & HEAVY == set()


@pytest.mark.parametrize("arguments", [("formula", SYMBOLIC), ("count", SYMBOLIC)])
def test_the_check_sees_what_is_imported(arguments: tuple[str, ...]) -> None:
    assert imported(*arguments) & HEAVY == {"sympy", "mpmath"}
