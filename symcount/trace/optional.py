"""Walks an optional layer, ``A?``: there where its symbol is 1, absent where that is 0."""

from __future__ import annotations

from symcount.arithmetic import Symbol, Term
from symcount.errors import ArchitectureError
from symcount.layers import Shape
from symcount.program import Labelled as WrittenLabelled
from symcount.program import Maybe
from symcount.records import replace
from symcount.trace.blocks import Optional
from symcount.trace.context import Here, Labelled
from symcount.trace.shape_equality import same_shape
from symcount.trace.walk import Walk


def optional(walk: Walk, item: Maybe, here: Here) -> Optional:
    """Walk an optional layer: a symbol that is 0 or 1 says whether it is there."""
    shape = here.arrived(item)
    there = walk.scope.automatic(item.there)
    if isinstance(there, int) and there not in (0, 1):
        message = f"whether a layer is there is 0 or 1, and {there} is neither"
        raise ArchitectureError("bad-argument", message, span=item.span)
    if isinstance(there, int) and not there:
        return _absent(item, here, shape)
    with walk.where(there if isinstance(there, Term) else 1):
        part = walk.item(item.item, replace(here.deeper(item), number=(*here.number, 1)))
    if isinstance(there, int):
        return Optional(here.number, item, (part,), shape, part.output)
    if isinstance(there, Term) and here.is_end and part.output.rank != shape.rank:
        return Optional(here.number, item, (part,), shape, part.output, notes=(_note(there),), there=there)
    if not isinstance(there, Term) or not same_shape(part.output, shape, walk.closings):
        message = "whether this layer is there changes the shape, so the text stands for several networks"
        hint = _choice(there) if isinstance(there, Symbol) else None
        raise ArchitectureError("schema", message, span=item.span, hint=hint)
    return Optional(here.number, item, (part,), shape, shape, notes=(_note(there),), there=there)


def _absent(item: Maybe, here: Here, shape: Shape) -> Optional:
    """A layer that is not there: what arrives leaves, under the layer's label too; labels inside it name nothing."""
    absent = Optional(here.number, item, (), shape, shape)
    inner = item.item
    while isinstance(inner, WrittenLabelled):
        here.add(inner.label, Labelled(absent, inner.item, here.frame), inner.written)
        inner = inner.item
    return absent


def _note(there: Term) -> str:
    return f"{there.name if isinstance(there, Symbol) else 'it'} is 0 or 1: whether the layer is there"


def _choice(there: Symbol) -> str:
    return f"say whether it is there: {there.name}=0 or {there.name}=1"
