"""What one begins with: a network from a line of text or from the zoo, and the kinds that a line can name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import overload

from symcount.answers.batch import Totals, batch
from symcount.answers.kinds import Kind, kinds
from symcount.architecture import Architecture
from symcount.counts import ZOO
from symcount.listing import Models
from symcount.quantities import Convention, quantity_named


def parse(text: str, *, convention: str | Convention = "textbook", exact: bool = False) -> Architecture:
    """Read one line of the language, or ``zoo:`` and the name of a shipped network.

    ``convention`` (textbook, torch, keras, or one of your own) settles what the line leaves open;
    ``exact`` refuses windows that do not fit without a rest. Bad text raises `ArchitectureError`.

    >>> parse("I784-H800-R-H800-R-O10").params
    1276810
    >>> parse("zoo:resnet50").params
    25557032
    """
    return Architecture(text, convention=convention, exact=exact)


@overload
def zoo() -> Models: ...
@overload
def zoo(name: str, /, **values: int | str) -> Architecture: ...
def zoo(name: str | None = None, /, **values: int | str) -> Architecture | Models:
    """Return a shipped network, or a family with its symbols open; without a name, what is published of each.

    ``values`` bind further symbols. A value of the network gives way to one that is given here, and
    ``n="n"`` opens it again.

    >>> zoo("resnet50").params
    25557032
    >>> zoo("resnet50", o=10).params
    23528522
    >>> zoo("wide-resnet", b=4, c=3, o=10).params
    364288*k**2 + 4992*k + 474
    >>> next(model.total for model in zoo() if model.name == "resnet50")
    25557032
    """
    if name is None and values:
        raise TypeError("values are for one network: write zoo(name, ...)")
    if name is None:
        return Models()
    network = parse(f"{ZOO}{name}")
    return network(**values) if values else network


def count_batch(
    lines: Iterable[str],
    of: Sequence[str] = ("params",),
    *,
    convention: str | Convention = "textbook",
    exact: bool = False,
    **values: int | str,
) -> dict[str, list[object]]:
    """Count many networks, one a line: a column for each quantity, and one that says what is wrong with a line.

    Links that lines have in common are counted once. ``values`` bind symbols in every line. A line that cannot be
    counted, or whose sizes are open, has None in each column and an error.

    >>> count_batch(["I784-H100-O10", "I784-Q10"], of=["params", "macs"])["macs"]
    [79400, None]
    """
    return batch(lines, Totals([quantity_named(name) for name in of], values, convention, {}, exact=exact))


def layer_kinds() -> tuple[Kind, ...]:
    """Return every layer kind with its rules, family by family.

    >>> next(kind.rule for kind in layer_kinds() if kind.token == "BN")
    '(scale + shift)*c'
    """
    return kinds()
