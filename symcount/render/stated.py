"""What an answer rests on: for which inputs a network exists, and what is assumed of its symbols."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from symcount.arithmetic.notation import PYTHON
from symcount.render.medium import Medium

if TYPE_CHECKING:
    from symcount.counts.assumed import Assumed
    from symcount.counts.assumptions import Stated
    from symcount.counts.domain import Domain
    from symcount.counts.plainness import Everywhere


def rests_on(domain: Domain | Everywhere | Stated, assumed: Sequence[Assumed], kind: Medium) -> Iterator[str]:
    """Yield for which inputs a network exists, and what is assumed of its symbols: by itself, and by who asks."""
    notation = kind.notation
    conditions = [kind.maths(each.text(notation)) for each in domain.conditions]
    if conditions:
        yield "for " + ", ".join(conditions)
    for assumption in (*domain.assumptions, *assumed):
        yield "assuming " + kind.maths(assumption.text(notation))


def rests_on_json(domain: Domain | Everywhere | Stated, assumed: Sequence[Assumed]) -> dict[str, list[str]]:
    """Return the same as data: statements in Python's syntax."""
    return {
        "conditions": [each.text(PYTHON) for each in domain.conditions],
        "assumptions": [each.text(PYTHON) for each in (*assumed, *domain.assumptions)],
    }
