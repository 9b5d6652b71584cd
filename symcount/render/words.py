"""`Words`: what a solution says in words besides its layers; English, where no others are given."""

from __future__ import annotations

from symcount.derivation import Derivation
from symcount.records import record


@record
class Words:
    """The words of a solution: its headline, what is counted, the columns of its short form, and what it rests on.

    ``convention`` is a sentence; ``holds`` and ``assumed`` stand before conditions, and ``conjunction`` between the
    last two. ``notes`` says whether the notes of layers, which are in English, are told.
    """

    headline: str
    noun: str
    convention: str
    layer: str = "layer"
    size: str = "size"
    jump: str = "jump"
    output: str = "output"
    calculation: str = "calculation"
    sum: str = "total"
    total: str = "Total"
    holds: str = "This holds for "
    assumed: str = "It is assumed that "
    conjunction: str = " and "
    notes: bool = True


def english(derivation: Derivation) -> Words:
    """Return the words of a solution in English."""
    convention = derivation.count.setting.convention
    noun = "" if derivation.quantity is None else derivation.quantity.words
    return Words(derivation.headline, noun, f"Convention: {convention.name} ({convention.summary}).")
