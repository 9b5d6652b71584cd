"""What a part is drawn as: itself, or what is in it, where nothing need be drawn around that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from symcount.arithmetic import Size
from symcount.drawing.strip.slabs import is_stripe
from symcount.trace import Group, Iteration, MacroBlock, Part, Repeat, Step, Tap, parts_of

_FEW = 4
"""The most passes that are drawn one by one, where each is one box."""

_Pass = tuple[tuple[Part, ...], Size]


def opened(part: Part) -> Iterator[Part]:
    """Yield a part, or what is in it; of what never happens, nothing."""
    match part:
        case Group(label=None):
            yield from _all(part.parts)
        case MacroBlock(parts=parts, label=None) if all(isinstance(each, Step) for each in parts) and _boxes(parts) < 2:
            yield from parts
        case Repeat(label=None) if _is_short(passes := passes_of(part)):
            for parts, times in passes:
                yield from [*_all(parts)] * _whole(times)
        case _:
            yield part


def passes_of(part: Repeat) -> list[_Pass]:
    """Return the passes of a repeat that differ, each with how often it happens."""
    if part.parts and not isinstance(part.parts[0], Iteration):
        return [(part.parts, part.times)]
    return [(each.parts, each.times) for each in part.parts]


def _all(parts: Sequence[Part]) -> Iterator[Part]:
    return chain.from_iterable(map(opened, parts))


def _is_short(passes: Sequence[_Pass]) -> bool:
    """Whether passes are few, and each is one box, or none but stripes, or gives or takes a labelled tensor."""
    if sum(_whole(times) for _, times in passes) > _FEW:
        return False
    if passes and all(any(map(_is_joined, parts)) for parts, _ in passes):
        return True
    inner = [[*_all(parts)] for parts, _ in passes]
    return all(all(isinstance(each, Step) for each in parts) and _boxes(parts) < 2 for parts in inner)


def _is_joined(part: Part) -> bool:
    """Whether a tensor of a part is taken up elsewhere, or it takes one up."""
    return any(isinstance(each, Tap) or each.label is not None for each in parts_of(part))


def _whole(times: Size) -> int:
    """How many times, where that is known; else more than a few."""
    return times if isinstance(times, int) else _FEW + 1


def _boxes(parts: Sequence[Part]) -> int:
    return sum(not (isinstance(each, Step) and is_stripe(each)) for each in parts)
