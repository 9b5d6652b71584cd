"""Mistakes with what a unit sees of the input."""

from __future__ import annotations

from typing import Any

from symcount.exam.mistakes.mistake import Mistake
from symcount.layers import Layer, Shape, Window, alone
from symcount.layers.pooling import Pooling
from symcount.layers.reach import Reach
from symcount.layers.windows import Windowed
from symcount.records import replace

_SEEN = ("receptive-field", "stride", "padding")


def _windows(layer: Layer, x: Shape, **values: str | int) -> Reach:
    """The windows of a layer with some of their sizes replaced: by a number, or by another size of the window."""
    return tuple(
        replace(along, **{name: getattr(along, value) if isinstance(value, str) else value
                          for name, value in values.items()}) if isinstance(along, Window) else along
        for along in layer.reach(x) or ()
    )  # fmt: skip


def _wider(layer: Layer, x: Shape) -> Reach:
    """The windows of a layer with a place more each: what is added then is the kernel, and not the kernel less 1."""
    return tuple(
        replace(along, extent=along.extent + 1) if isinstance(along, Window) else along
        for along in layer.reach(x) or ()
    )


def _wider_at_once(layer: Layer, x: Shape) -> Reach:
    return tuple(
        replace(along, extent=along.extent + 1, stride=1) if isinstance(along, Window) else along
        for along in layer.reach(x) or ()
    )


def _own_stride(layer: Layer, x: Shape) -> Reach:
    return tuple(
        replace(along, extent=(along.extent - 1) * along.stride + 1) if isinstance(along, Window) else along
        for along in layer.reach(x) or ()
    )


def _less_one(quantity: Any) -> Any:
    """A field without the one place that the first unit is."""
    return replace(quantity, measure=lambda spans, axis: quantity.measure(spans, axis) - 1)


FIELDS = (
    Mistake(
        "field-stride-ignored",
        "the strides are ignored: a step of a later layer is that of all strides before it",
        (Windowed,),
        _SEEN,
        reach=lambda layer, x: _windows(layer, x, stride=1),
    ),
    Mistake("n-minus-1-layers", "a layer is left out", (Windowed,), _SEEN, reach=alone, once=True),
    Mistake("field-pools-ignored", "the poolings are left out", (Pooling,), _SEEN, reach=alone, everywhere=True),
    Mistake(
        "field-dilation-ignored",
        "the dilation is ignored",
        (Windowed,),
        _SEEN,
        reach=lambda layer, x: layer.with_values(dilation=(1,) * x.rank).reach(x),
    ),
    Mistake(
        "sum-k",
        "the kernels are added up: each layer adds its kernel less 1, times the strides before it",
        (Windowed,),
        ("receptive-field",),
        reach=_wider_at_once,
        quantity=_less_one,
        everywhere=True,
    ),
    Mistake(
        "product-k",
        "the kernels are multiplied: each layer adds its kernel less 1, times the strides before it",
        (Windowed,),
        ("receptive-field",),
        reach=lambda layer, x: _windows(layer, x, stride="extent"),
        everywhere=True,
    ),
    Mistake(
        "field-own-stride",
        "the stride of a layer is counted in its own step: it counts in those behind it",
        (Windowed,),
        ("receptive-field",),
        reach=_own_stride,
        everywhere=True,
    ),
    Mistake(
        "field-kernel-whole",
        "each layer adds its whole kernel: it adds its kernel less 1",
        (Windowed,),
        ("receptive-field",),
        reach=_wider,
        everywhere=True,
    ),
)
"""Mistakes with receptive fields."""
