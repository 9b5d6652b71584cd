"""The answer of `verify --with`: every layer as it is counted and as a framework built it, with a mark."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from symcount.answers.built import Building, Layer, Measured
from symcount.render.table import Column, Table

_COLUMNS = (
    Column(""),
    Column("name"),
    Column("layer", leaves=1, code=True),
    Column("shape"),
    Column("trainable", numeric=True),
    Column("other", numeric=True),
    Column("macs", numeric=True),
)
SAME, DIFFERENT = "✓", "✗"
"""The marks of a layer that is built as it is counted, and of one that is not."""


def built_table(building: Building) -> Table:
    """Return a row for each layer; where the two differ, the count and behind ≠ what was built."""
    return Table(_COLUMNS, tuple(map(_row, building.layers)), _row(building.total))


def built_sentence(building: Building) -> str:
    """Return in a sentence whether all layers agree."""
    bad = [layer.name for layer in building.layers if layer.differences]
    count = len(building.layers)
    if building.agrees:
        return f"{building.framework} builds the same: {count} layers, {building.total.built.trainable:,} trainable"
    where = ", ".join(bad) if bad else "the total alone"
    return f"{building.framework} builds another: {len(bad)} of {count} layers differ ({where})"


def built_json(building: Building) -> dict[str, Any]:
    """Return the layers as data."""
    layers = [{**_json(layer), "layer": layer.text} for layer in building.layers]
    found = {"framework": building.framework, "agrees": building.agrees}
    return {**found, "layers": layers, "total": _json(building.total)}


def _json(layer: Layer) -> dict[str, Any]:
    both = {"counted": _values(layer.counted), "built": _values(layer.built)}
    return {"name": layer.name, **both, "differs": list(layer.differences)}


def _values(measured: Measured) -> dict[str, Any]:
    found: dict[str, Any] = {"shape": list(measured.shape)}
    return {**found, "trainable": measured.trainable, "other": measured.other, "macs": measured.macs}


def _row(layer: Layer) -> tuple[str, ...]:
    return (DIFFERENT if layer.differences else SAME, layer.name, layer.text, *_cells(layer))


def _cells(layer: Layer) -> Iterator[str]:
    pairs = zip(_texts(layer.counted), _texts(layer.built), strict=True)
    return (one if one == other else f"{one} ≠ {other}" for one, other in pairs)


def _texts(measured: Measured) -> Iterator[str]:
    yield "×".join(map(str, measured.shape))
    yield from (f"{each:,}" for each in (measured.trainable, measured.other, measured.macs))
