"""The kinds of blocks: what holds layers together, and how often they happen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from symcount.arithmetic import IndexedSum, Size, is_number
from symcount.layers import Value
from symcount.records import record
from symcount.trace.required import Iterations
from symcount.trace.steps import Block, Part


@record
class Group(Block):
    """``[A-B]``: layers in series."""


@record
class Branch(Block):
    """One of several branches."""

    word = "branch"


@record
class Branches(Block):
    """Branches whose outputs are concatenated over the channels."""

    word = "concat"
    phrase = "branches, side by side"


@record
class AddedBranches(Branches):
    """Branches whose outputs are added."""

    word = "add"
    phrase = "branches, added"


@record
class MultipliedBranches(Branches):
    """Branches whose outputs are multiplied."""

    word = "mul"
    phrase = "branches, multiplied"


@record
class JoinedBranches(Branches):
    """Branches whose outputs stand one after another along an axis, the first behind the channels being 1."""

    axis: int = 1

    word = "cat"
    phrase = "branches, one after another"


@record
class Copies(Branches):
    """Copies of a block, side by side: one `Copy` that counts so often, or nothing where there is none."""

    word = "par"
    phrase = "copies, side by side"


@record
class Copy(Branch):
    """One of so many copies that are alike but for their weights."""

    count: Size = 1

    word = "copy"

    @property
    def times(self) -> Size:
        return self.count


@record
class Picked(Block):
    """One of several branches, by a number: that branch, or where the number is open every one as an `Alternative`."""

    which: Size = 1

    word = "pick"


@record
class MacroBlock(Block):
    """The layers of a macro at one call; ``given`` are the values of its parameters there."""

    macro: str = ""
    given: Mapping[str, Value] = {}

    @property
    def kind(self) -> str:
        """The name of the macro."""
        return self.macro


@record
class Body(Block):
    """The block that was given to a macro, where the macro says ``body``."""

    word = "body"


@record
class Repeat(Block):
    """A block that is repeated: equal iterations as one that counts so often, others as an `Iteration` each.

    Where ``over`` is given, the sizes inside depend on its index.
    """

    count: Size = 1
    over: Iterations | None = None

    word = "repeat"

    @property
    def times(self) -> Size:
        return self.count

    def multiplied(self, one: Size) -> Size:
        if self.over is None or is_number(one, 0):
            return Block.multiplied(self, one)
        return IndexedSum(self.over.index, self.over.first, self.over.last, one)


@record
class Iteration(Repeat):
    """One iteration of a repeat, or several in a row that share one closed form."""

    word = "pass"


@record
class Optional(Block):
    """An optional layer, ``A?``: it is there where its symbol is 1, and absent where that is 0."""

    there: Size = 1

    word = "optional"

    @property
    def times(self) -> Size:
        return self.there


@record
class Alternative(Optional):
    """One of the branches of a pick whose number is open: it is there where the number is its own."""

    word = "branch"


@record
class Tap(Block):
    """``@a``: an earlier tensor taken up again, the output of ``source``."""

    source: Part | None = None

    word = "tap"


@record
class Shared(Block):
    """``&a``: the layers of ``source`` once more, with the same weights."""

    source: Part | None = None

    word = "again"


@record
class Frozen(Block):
    """Layers whose parameters are not trained."""

    word = "frozen"


@record
class Bidirectional(Block):
    """A recurrent layer in both directions."""

    word = "bi"

    @property
    def times(self) -> Size:
        return 2


@record
class Mixture(Block):
    """A mixture of experts: the router, and the experts."""

    word = "moe"


@record
class Experts(Block):
    """The copies of a mixture's block, of which each token meets ``active``."""

    copies: Size = 1
    active: Size = 1

    word = "expert"

    @property
    def times(self) -> Size:
        return self.copies

    def active_only(self, one: Size) -> Size:
        """Return a quantity of the copies that one token meets, given that of one."""
        total: Size = 0 if is_number(one, 0) else self.active * one
        return total


@record
class Known(Block):
    """Layers that were walked before, from the same shape; ``made`` is what was made of them then."""

    made: Any = None
