"""Where a walk stands: the scope, the labels in sight, the macro calls around it, the number of the place."""

from __future__ import annotations

from collections.abc import Mapping

from symcount.errors import ArchitectureError, near
from symcount.layers import Matrix, Shape, Source, Value
from symcount.network import InnerScope, Place, Scope
from symcount.records import record, replace
from symcount.syntax import tree
from symcount.trace.steps import Part, Step

DEEPEST = 100
"""Groups and macro calls inside one another."""


@record
class Labelled:
    """What a label names: the tensor that leaves an item, and the item with the place it was met at."""

    shape: Shape
    item: tree.Item
    frame: Frame
    part: Part


class Labels:
    """The labels that are in sight; those of a macro call or a pass end with it."""

    def __init__(self, around: Labels | None = None) -> None:
        self.around = around
        self.own: dict[str, Labelled] = {}

    def find(self, label: str, node: tree.Node) -> Labelled:
        """Return what a label names, the innermost meaning first."""
        known: list[str] = []
        labels: Labels | None = self
        while labels is not None:
            if label in labels.own:
                return labels.own[label]
            known += labels.own
            labels = labels.around
        close = near(label, known)
        hint = f"did you mean @{close}?" if close else "a label is in sight behind the item that it stands on"
        raise ArchitectureError("unknown-label", f"no label @{label} is known here", span=node.span, hint=hint)

    def add(self, label: str, labelled: Labelled, node: tree.Node) -> None:
        """Record a label; the same label twice is an error."""
        if label in self.own:
            raise ArchitectureError("twice", f"the label @{label} is defined twice", span=node.span)
        self.own[label] = labelled


@record
class Frame:
    """One place of a walk.

    ``calls`` are the macros being called, outermost first; ``body`` is the block given to the
    innermost, with the frame of its caller. ``frozen`` and ``shared`` hold for all layers met here.
    """

    scope: Scope
    source: str
    labels: Labels
    number: tuple[int, ...] = ()
    calls: tuple[str, ...] = ()
    body: tuple[tree.Series | tree.Branches, Frame] | None = None
    depth: int = 0
    frozen: bool = False
    shared: bool = False

    def place(self, shape: Shape | None) -> Place:
        """Return the scope where a shape arrives."""
        return Place(self.scope, None if shape is None else shape.channels, self._source)

    def _source(self, label: str, node: tree.Node) -> Source:
        """What a label gives to an argument."""
        found = self.labels.find(label, node)
        matrices = [matrix for matrix in map(_matrix, found.part.steps) if matrix is not None]
        return Source(label, found.shape, matrices[0] if len(matrices) == 1 else None)

    def inside(self, number: tuple[int, ...], node: tree.Node) -> Frame:
        """Return the frame inside a group."""
        if self.depth >= DEEPEST:
            message = f"groups and macro calls inside one another: at most {DEEPEST} are followed"
            raise ArchitectureError("too-deep", message, span=node.span, source=self.source)
        return replace(self, number=number, depth=self.depth + 1)

    def one_pass(self, values: Mapping[str, Value]) -> Frame:
        """Return the frame of one pass of a repeat."""
        scope = InnerScope(self.scope, values) if values else self.scope
        return replace(self, scope=scope, labels=Labels(self.labels))


def _matrix(step: Step) -> Matrix | None:
    return step.layer.matrix(step.input)
