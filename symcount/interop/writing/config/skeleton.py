"""The skeleton of a network: its layers with what they are given, and the branches and repeats around them.

It is bare of groups, macros and labels, so that two texts of one network have one skeleton.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from symcount.arithmetic import Size, is_number
from symcount.interop.writing.drafting import JOINTS
from symcount.layers import Layer
from symcount.records import record, replace
from symcount.trace import Bidirectional, Branches, Copy, Iteration, Mixture, Part, Repeat, Shared, Step, Tap, Trace

_IDENTITY = "_"

_DENSE = ("H", "O", "Lin")
"""The kinds that are one where a vector arrives."""


@record
class Leaf:
    """A layer: its kind, the values that are not its usual ones, and the layers that it takes something from."""

    number: int
    part: Step
    kind: str
    values: Mapping[str, Any]
    sources: Mapping[str, int]


@record
class Split:
    """Branches that are joined, or a router before what experts are made of."""

    number: int
    part: Part
    joint: str
    branches: tuple[tuple[Item, ...], ...]


@record
class Run:
    """A chain that happens so often."""

    number: int
    part: Part
    body: tuple[Item, ...]
    count: Size


@record
class Again:
    """An earlier tensor, or with weights the layers that it left."""

    number: int
    part: Part
    source: int
    with_weights: bool


Item = Leaf | Split | Run | Again


def skeleton(trace: Trace) -> tuple[Item, ...]:
    """Return the skeleton of a network whose walk this is; numbers of items stand for what labels say."""
    return tuple(_Walk().items(trace.parts))


def written_out(items: Sequence[Item]) -> Iterator[Item]:
    """Yield the items of a network in numbers with every repeat written out."""
    for item in items:
        match item:
            case Run(count=int() as count):
                body = tuple(written_out(item.body))
                for _ in range(count):
                    yield from body
            case Split():
                yield replace(item, branches=tuple(tuple(written_out(each)) for each in item.branches))
            case _:
                yield item


class _Walk:
    def __init__(self) -> None:
        self.number = 0
        self.ends: dict[int, int] = {}

    def items(self, parts: Sequence[Part]) -> Iterator[Item]:
        for part in parts:
            yield from self._part(part)
            self.ends[id(part)] = self.number

    def _next(self) -> int:
        self.number += 1
        return self.number

    def _part(self, part: Part) -> Iterator[Item]:
        match part:
            case Step():
                if part.kind != _IDENTITY:
                    yield self._leaf(part)
            case Tap(source=source):
                if self.ends[id(source)] != self.number:
                    yield Again(self._next(), part, self.ends[id(source)], False)
            case Shared(source=source):
                yield Again(self._next(), part, self.ends[id(source)], True)
            case Branches() | Mixture() | Bidirectional():
                yield from self._split(part)
            case Repeat() if not (part.parts and isinstance(part.parts[0], Iteration)):
                yield from self._run(part)
            case _:
                yield from self.items(part.parts)

    def _leaf(self, step: Step) -> Leaf:
        kind = "H" if step.kind in _DENSE and not step.input.rank else step.kind
        values = {
            name: value for name, value in step.layer.settled(step.input).items() if _counts(step.layer, name, value)
        }
        sources = {name: self._lender(part, name) for name, part in step.taken.items()}
        return Leaf(self._next(), step, kind, values, sources)

    def _lender(self, part: Part, name: str) -> int:
        """The number of the layer that lends its weights, or leaves a tensor."""
        if name != "tied":
            return self.ends[id(part)]
        return next(self.ends[id(step)] for step in part.steps if step.layer.matrix(step.input) is not None)

    def _split(self, part: Part) -> Iterator[Item]:
        branches = []
        for each in part.parts:
            branches.append(tuple(self._part(each)))
            self.ends[id(each)] = self.number
        if len(branches) == 1 and not isinstance(part.parts[0], Copy | Step) and not isinstance(part, Bidirectional):
            yield from branches[0]
        else:
            joint = next((sign for kind, sign in JOINTS.items() if isinstance(part, kind)), part.kind)
            yield Split(self._next(), part, joint, tuple(branches))

    def _run(self, part: Repeat) -> Iterator[Item]:
        body = tuple(self.items(part.parts))
        if is_number(part.count, 1) and part.over is None:
            yield from body
        elif body and not is_number(part.count, 0):
            yield Run(self.number, part, body, part.count)


def _counts(layer: Layer, name: str, value: Any) -> bool:
    """Whether a value has to be compared: it decides something, and is not what is taken where nothing is said."""
    argument = layer.arguments[name]
    if argument.label or not (argument.counted or name == "index"):
        return False
    usual = (argument.default,) * len(value) if isinstance(value, tuple) else argument.default
    return bool(value != usual)
