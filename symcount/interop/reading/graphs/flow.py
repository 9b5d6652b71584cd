"""What has been read of a graph so far: its operations, and where the channels of each of its tensors stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from symcount.errors import ArchitectureError
from symcount.interop.reading.graphs.layout import Layout
from symcount.interop.reading.graphs.operations import Operation
from symcount.records import record

FIRST, LAST = "first", "last"
"""Where the channels of a tensor stand, behind its batch."""

CUT = "cut"
"""A tensor whose places or channels stand on other axes than the language's, as windows do; its layout says where."""

SPREAD = "spread"
"""A vector that has been given axes of length 1, to meet what has axes."""

LOOSE = "loose"
"""A sequence whose batch, steps and channels stand in any order, as on the way through a recurrent layer."""


@record
class Value:
    """What a step gives: the operation that it is, its shape without the batch, and where its channels stand.

    What is ``CUT`` has a layout, and as its shape what stands behind the first of its axes.
    """

    operation: int
    shape: tuple[int, ...]
    at: str
    layout: Layout | None = None

    @property
    def channels(self) -> int:
        """The number of its channels."""
        if self.layout is not None:
            return self.layout.shape[self.layout.channels]
        return self.shape[0] if self.at == FIRST else self.shape[-1]

    @property
    def sizes(self) -> tuple[int, ...]:
        """Its shape as the language has it, channels first."""
        return self.shape if self.at == FIRST or len(self.shape) < 2 else (self.shape[-1], *self.shape[:-1])


@record
class Parameter:
    """A parameter that stands in a graph by itself, perhaps seen in another shape."""

    count: int


@record
class Traced:
    """A graph that was read: its operations, the texts of its inputs by their numbers, and what leaves it.

    ``output`` leaves it first, and the operations ``besides`` too. ``met`` are the identities of the parameters that
    were met on the way.
    """

    operations: tuple[Operation, ...]
    inputs: tuple[tuple[int, str], ...]
    output: Value
    besides: tuple[int, ...]
    warnings: tuple[str, ...]
    met: frozenset[int]

    @property
    def declared(self) -> int:
        """How many parameters stand in it as a number alone."""
        texts = (each.text.partition("(") for each in self.operations)
        return sum(int(count[:-1]) for kind, _, count in texts if kind == "free")


def refused(what: str, hint: str | None = None) -> ArchitectureError:
    """Return the refusal of something that the language does not say."""
    return ArchitectureError("not-traced", f"the model has what no line says: {what}", hint=hint)


class Flow:
    """The operations of a graph while it is read, the texts of its inputs, and what a reader should know."""

    def __init__(self) -> None:
        self.operations: list[Operation] = []
        self.texts: list[tuple[int, str]] = []
        self.warnings: list[str] = []
        self.batch = 1

    def input(self, shape: tuple[int, ...], at: str) -> Value:
        """Return an input of a shape without its batch."""
        value = self.add(Operation(()), shape, at)
        self.texts.append((value.operation, f"I({','.join(map(str, value.sizes))})"))
        return value

    def add(self, operation: Operation, shape: tuple[int, ...], at: str) -> Value:
        """Return what leaves one more operation."""
        self.operations.append(operation)
        return Value(len(self.operations) - 1, shape, at)

    def layer(self, value: Value, text: str, shape: tuple[int, ...], at: str) -> Value:
        """Return what leaves a layer of one input; ``_`` is none."""
        if at == CUT:
            return self.inside(value, text, shape, value.channels)
        if text == "_":
            return Value(value.operation, shape, at)
        return self.add(Operation((value.operation,), text), shape, at)

    def inside(self, value: Value, text: str, shape: tuple[int, ...], channels: int) -> Value:
        """Return what leaves a layer that makes so many channels at each place of a tensor, wherever it stands."""
        layout = value.layout
        assert layout is not None
        layout = layout if channels == value.channels else layout.with_channels(channels)
        operation = (
            value.operation if text == "_" else self.add(Operation((value.operation,), text), shape, CUT).operation
        )
        return Value(operation, shape, CUT, layout)

    def turned(self, value: Value, wanted: str, name: str) -> Value:
        """Return a value with the channels where a layer wants them; ``name`` is what errors call the layer."""
        if not wanted or value.at == wanted or (len(value.shape) < 2 and value.at != CUT):
            return value
        if value.at == CUT and value.layout is not None:
            if wanted == LAST and value.layout.is_channels_last:
                return value
            raise refused(f"{name} acts on channels that are cut, or on places in another order")
        if len(value.shape) > 2:
            raise refused(f"{name} acts on an axis of an image, and not on its channels")
        return self.layer(value, "swap", value.shape, wanted)

    def traced(self, outputs: Sequence[Value], met: Iterable[int]) -> Traced:
        """Return what was read, by what leaves it."""
        if not outputs:
            raise refused("an output that is no tensor")
        output, *others = outputs
        besides = tuple(each.operation for each in others)
        return Traced(tuple(self.operations), tuple(self.texts), output, besides, tuple(self.warnings), frozenset(met))

    def declared(self, value: Value, count: int, name: str) -> Value:
        """Return a value behind so many parameters that no kind of layer says, with a warning."""
        self.warnings.append(f"{name} is written as free({count})")
        return self.layer(value, f"free({count})", value.shape, value.at)

    def module(self, value: Value, count: int, name: str, kind: str) -> Value:
        """Return a value behind a module that no kind of layer says, as its parameters alone, with a warning."""
        said = f"{name}, {'an' if kind[0] in 'AEIOU' else 'a'} {kind},"
        if count:
            self.warnings.append(f"{said} is written as free({count}): its parameters alone are counted")
        else:
            self.warnings.append(f"{said} is left out: it has no parameters, and leaves the shape that arrives")
        return self.layer(value, f"free({count})" if count else "_", value.shape, value.at)


def flat(values: object) -> list[int]:
    """Return whole numbers out of lists in lists."""
    if not isinstance(values, Sequence):
        return [values]  # type: ignore[list-item]
    return [each for value in values for each in flat(value)]
