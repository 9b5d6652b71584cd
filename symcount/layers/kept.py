"""What a layer keeps for the backward pass, term by term, as Megatron accounts for transformers.

Korthikanti and others, Reducing activation recomputation in large transformer models, 2022, sections 4 and 5: values in
2 bytes, masks of dropouts in 1, with a dropout behind the scores and behind each block.
"""

from __future__ import annotations

from symcount.arithmetic import Size
from symcount.records import record

ALL_KEPT, SELECTIVE, FULL = ACCOUNTS = ("megatron", "megatron-selective", "megatron-full")
"""All is kept; the scores of attention are calculated again; all is, from what arrives at a transformer's layer."""

UNLESS_FULL = (ALL_KEPT, SELECTIVE)


@record
class Kept:
    """The bytes of one thing that is kept, under the words for it, and the accounts that keep it."""

    what: str
    size: Size
    under: tuple[str, ...] = UNLESS_FULL
