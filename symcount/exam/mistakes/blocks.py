"""Mistakes with what holds layers together: how often the layers of a block count."""

from __future__ import annotations

from symcount.exam.mistakes.mistake import Mistake
from symcount.trace import Bidirectional, Block, Experts, Repeat


def _met(block: Block) -> int | None:
    return block.active if isinstance(block, Experts) and isinstance(block.active, int) else None


BLOCKS = (
    Mistake("one-direction", "one direction is counted: the layer runs in both, with weights of its own in each",
            block=lambda block: 1 if isinstance(block, Bidirectional) else None, everywhere=True),
    Mistake("repeat-once", "a block that is repeated is counted once",
            block=lambda block: 1 if isinstance(block, Repeat) else None, everywhere=True),
    Mistake("one-expert", "one expert is counted, where there are several",
            block=lambda block: 1 if isinstance(block, Experts) else None, everywhere=True),
    Mistake("active-experts", "the experts that a token meets are counted: all of them have parameters",
            block=_met, everywhere=True),
)  # fmt: skip
"""Mistakes with blocks."""
