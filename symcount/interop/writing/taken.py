"""What the modules of a network must heed of its trace: its chains, and the parts that are taken up again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symcount.counts import Count
from symcount.records import replace
from symcount.trace import Part, Shared, Step, Tap, Trace


def chains_of(count: Count) -> Iterator[Sequence[Part]]:
    """Yield the parts of each chain of the text."""
    begin = 0
    for chain in count.program.chains:
        yield count.trace.parts[begin : begin + len(chain.items)]
        begin += len(chain.items)


def taken_up(trace: Trace) -> Iterator[int]:
    """Yield the identity of each part whose tensor, weights or layers are taken up again."""
    for part in trace.every:
        match part:
            case Tap(source=source) | Shared(source=source) if source is not None:
                yield id(source)
            case Step(taken=taken):
                for name, lender in taken.items():
                    yield id(lender)
                    if name == "tied":
                        yield id(lending(lender))


def lending(part: Part) -> Step:
    """Return the step of a labelled part that lends its weights."""
    return next(step for step in part.steps if step.layer.matrix(step.input) is not None)


def copied(part: Part) -> Part:
    """Return a part like this one, and none that was met."""
    return replace(part) if isinstance(part, Step) else replace(part, parts=tuple(map(copied, part.parts)))
