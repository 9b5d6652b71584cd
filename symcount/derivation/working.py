"""The pieces of a worked solution: equations, and the layers that they work out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from symcount.arithmetic import Named, Size
from symcount.layers import SILENT, Sentence
from symcount.records import record, replace


@record
class Equation:
    """``name = rule by name = rule by value = result``, and in a few words what is calculated and how.

    ``name`` is there where the walk gives the result one, such as ``n_1``; ``letter`` where it is one of the
    layer's own rules, such as ``d_k``.
    """

    what: str
    rule: Size
    result: Size
    name: Named | None = None
    how: Sentence = SILENT
    letter: str = ""


@record
class Worked:
    """One layer worked out: its shapes, the steps to its sizes, its amount of the quantity, part by part, and why.

    ``letters`` says what each letter of its rules is. A block has the layers ``inside`` it, and
    happens so many ``times``. What is ``idle`` leaves the shape as it is, and has nothing of the quantity;
    what ``is_branch`` is one of several branches.
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
    idle: bool = False
    is_branch: bool = False
    addends: tuple[Equation, ...] = ()

    @property
    def steps(self) -> tuple[Equation, ...]:
        """Every step, in the order in which they are worked."""
        return self.sizes if self.amount is None else (*self.sizes, *self.addends, self.amount)

    @property
    def only(self) -> Worked:
        """The one part of a branch that is at work, or the layer or block itself."""
        found = self
        while found.is_branch:
            at_work = [each for each in found.inside if not each.idle]
            if len(at_work) != 1:
                break
            [found] = at_work
        return found

    def folded(self, depth: int) -> Worked:
        """Return the same block with so many levels inside it; what is below is part of its sum alone."""
        if depth > 0 or not self.inside:
            return replace(self, inside=tuple(each.folded(depth - 1) for each in self.inside))
        amount = self.amount and replace(self.amount, rule=self.amount.result)
        return replace(self, inside=(), amount=amount)

    @property
    def every(self) -> Iterator[Worked]:
        """The layer or block itself and all inside it, outer before inner."""
        pending = [self]
        while pending:
            found = pending.pop()
            yield found
            pending.extend(reversed(found.inside))
