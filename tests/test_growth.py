"""What a walk works out grows with the number of its layers, and not with its square."""

from __future__ import annotations

import pytest

import symcount
from symcount.algebra.closed.conversion import Conversion


def _resolved(text: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many named sizes are worked out for the walk of a text."""
    times = 0
    keep = Conversion._keep

    def counted(self: Conversion, *of: object) -> object:
        nonlocal times
        times += 1
        return keep(self, *of)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(Conversion, "_keep", counted)
        _ = symcount.parse(text).counted.trace
    return times


@pytest.mark.parametrize(
    "block",
    ["-{C(f,3,p=1)-R+_}", "-[C(f,3,p=1)]*3", "-C(f,3)-moe(4,top=2)[C(f,3,p=1)]", "-{P2|C(8,2,s=2)}"],
)
def test_sizes_that_are_compared_are_worked_out_once(block: str, monkeypatch: pytest.MonkeyPatch) -> None:
    few, many = (_resolved("I(f,n)" + block * times, monkeypatch) for times in (10, 40))
    assert few > 0
    assert many <= 4.2 * few


def test_a_walk_whose_sizes_are_too_many_together_still_compares_each(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "I(f,n×n)" + "-{C(f,3,p=1)-R+_}" * 12
    expected = symcount.parse(text).counted.trace
    monkeypatch.setattr("symcount.algebra.closed.conversion.MOST_WRITTEN", 14)
    assert symcount.parse(text).counted.trace.required == expected.required == ()
