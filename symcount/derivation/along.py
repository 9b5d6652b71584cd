"""What solutions share that work along the axes: the steps of a layer, and the layer or block that they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from symcount.counts import Row
from symcount.derivation.steps import letter_meanings
from symcount.derivation.working import Equation, Worked
from symcount.layers import SILENT, Layer, Sentence, Shape, axis_names, lettered, lettered_output, sentence
from symcount.trace import Block, Step

_Alike = TypeVar("_Alike")


def on_letters(row: Row) -> tuple[Layer, Shape] | None:
    """Return a layer and its input under the letters of its rules; None of a block."""
    return lettered(row.part.layer, row.part.input) if isinstance(row.part, Step) else None


def alike(axes: Iterable[_Alike | None], rank: int) -> Iterator[tuple[_Alike, Sentence]]:
    """Yield what is worked along axes, once for those where it is the same, and along which unless along all."""
    together: dict[_Alike, list[str]] = {}
    for axis, each in enumerate(axes):
        if each is not None:
            together.setdefault(each, []).append(axis_names(rank)[axis])
    for each, names in together.items():
        yield each, SILENT if len(names) == rank else sentence("along the {}", " and ".join(names))


def worked_along(
    row: Row,
    inside: tuple[Worked, ...],
    letters: tuple[Layer, Shape] | None,
    steps: tuple[Equation, ...],
    amount: Equation | None,
    reason: Sentence,
    meant: Mapping[str, str],
) -> Worked:
    """Return a layer or block with its steps, one of which may be its amount.

    ``letters`` are those of `on_letters`; ``meant`` says what others stand for.
    """
    part = row.part
    noun = part.layer.noun if isinstance(part, Step) else part.noun
    times = part.times if isinstance(part, Block) else 1
    meanings: dict[str, str] = {}
    if steps and letters is not None:
        leaving = lettered_output(*letters, part.output)
        meanings = {**meant, **letter_meanings(*letters, leaving, [each.rule for each in steps])}
    heading = row.index, row.name, row.label, row.kind, noun, row.text
    shapes = part.input.sizes, part.output.sizes
    others = tuple(each for each in steps if each is not amount)
    return Worked(*heading, *shapes, others, amount, reason, meanings, inside, times)
