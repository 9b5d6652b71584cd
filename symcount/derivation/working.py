"""The pieces of a worked solution: equations, and the layers that they work out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from symcount.arithmetic import Named, Size
from symcount.layers import SILENT, Sentence
from symcount.records import record


@record
class Equation:
    """``name = rule by name = rule by value = result``, and in a few words what is calculated and how.

    ``name`` is there where the walk gives the result one, such as ``n_1``.
    """

    what: str
    rule: Size
    result: Size
    name: Named | None = None
    how: Sentence = SILENT


@record
class Worked:
    """One layer worked out: its shapes, the steps to its sizes, its amount of the quantity, and why.

    ``letters`` says what each letter of its rules is. A block has the layers ``inside`` it, and
    happens so many ``times``.
    """

    index: int | str
    name: str
    label: str | None
    kind: str
    noun: str
    text: str
    input: tuple[Size, ...]
    output: tuple[Size, ...]
    sizes: tuple[Equation, ...]
    amount: Equation | None
    reason: Sentence
    letters: Mapping[str, str]
    inside: tuple[Worked, ...] = ()
    times: Size = 1

    @property
    def steps(self) -> tuple[Equation, ...]:
        """Every step, in the order in which they are worked."""
        return self.sizes if self.amount is None else (*self.sizes, self.amount)

    @property
    def every(self) -> Iterator[Worked]:
        """The layer or block itself and all inside it, outer before inner."""
        pending = [self]
        while pending:
            found = pending.pop()
            yield found
            pending.extend(reversed(found.inside))
