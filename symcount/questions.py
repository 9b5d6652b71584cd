"""What is asked of networks beside each other: compare, prove, solve."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from symcount.answers.compare import compared
from symcount.architecture import Architecture, network_of
from symcount.comparison import Comparison
from symcount.errors import ArchitectureError
from symcount.given import several
from symcount.quantities import quantity_named

if TYPE_CHECKING:
    from symcount.proof import Proof
    from symcount.solutions import Solutions


def compare(
    *networks: Architecture | str,
    of: str | Iterable[str] = "params",
    grows: str | Iterable[str] = (),
    assume: str | Iterable[str] = (),
) -> Comparison:
    """Return networks beside the first of them: totals, differences and ratios, of one quantity or several.

    ``grows`` are the symbols with which it is told how the totals go; ``assume`` are conditions on the symbols.

    >>> [each.difference for each in compare("I784-H100-O10", "I784-H200-O10")]
    [0, 79500]
    """
    nets = [*map(network_of, networks)]
    if not nets:
        raise ArchitectureError("no-network", "nothing to compare", hint="write compare(a, b)")
    named = [(net.text, net.counted) for net in nets]
    asked = map(quantity_named, several(of))
    return Comparison(row for each in asked for row in compared(named, each, several(grows), several(assume)))


def prove(
    first: Architecture | str, second: Architecture | str, *, of: str = "params", assume: str | Iterable[str] = ()
) -> Proof:
    """Return whether two networks have the same of a quantity for all sizes that both admit, or a claim is true.

    ``second`` may be a claim about the first, as in ``"macs <= 3e8"``; ``assume`` are conditions on the symbols.

    >>> prove("I(c,n)-C(f,3)-C(f,3)", "I(c,n)-C(f,5)", of="output").verdict
    True
    >>> prove("I(1,n)-C(4,3)", "params == 16").verdict
    True
    """
    from symcount.answers.prove import judged
    from symcount.proof import Proof

    other = second if isinstance(second, str) else second.counted
    return Proof(judged(network_of(first).counted, other, quantity_named(of), several(assume)))


def solve(
    network: Architecture | str, *, equals: int | str, for_: str | Iterable[str], of: str = "params"
) -> Solutions:
    """Return the sizes for which a quantity of a network comes to a number, or to an expression.

    >>> solve("I(1,28x28)-C(f,5)-P2-C(32,3)-P2-H256-O10", equals=217706, for_="f").first
    {'f': 32}
    """
    quantity = quantity_named(of).key
    return network_of(network).find(f"{quantity} == {equals}", for_=for_)
