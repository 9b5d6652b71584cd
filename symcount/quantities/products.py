"""What a pass computes: products of weights with values, and what each value that leaves a layer sees."""

from __future__ import annotations

from symcount.arithmetic import Size, is_number, product, ratio
from symcount.errors import ArchitectureError
from symcount.layers import Layer, Sentence, Shape
from symcount.quantities.folds import EVERY_USE
from symcount.quantities.quantity import Quantity
from symcount.quantities.setting import Setting


def _macs(layer: Layer, x: Shape, y: Shape, setting: Setting) -> Size:
    return _for_all(layer.macs(x, y), x, setting)


def _flops(layer: Layer, x: Shape, y: Shape, setting: Setting) -> Size:
    return 2 * _for_all(layer.macs(x, y), x, setting)


def _macs_inside(layer: Layer, x: Shape, y: Shape, setting: Setting) -> Size:
    return _for_all(layer.macs_inside(x, y), x, setting)


def _connections(layer: Layer, x: Shape, y: Shape, setting: Setting) -> Size:
    return layer.connections(x, y)


def _for_all(products: Size, x: Shape, setting: Setting) -> Size:
    """The products of every pass, or of one token alone where that is asked for."""
    every = setting.passes * products
    if setting.per != "token" or is_number(products, 0):
        return every
    if not x.axes:
        raise ArchitectureError("no-quantity", "a vector has no tokens", hint="leave out: per token")
    return ratio(every, product(x.axes))


def _work(layer: Layer, x: Shape, y: Shape) -> Sentence:
    return layer.work(x, y)


def _seen(layer: Layer, x: Shape, y: Shape) -> Sentence:
    return layer.seen(x, y)


PRODUCTS = (
    Quantity(
        "macs",
        "multiply-accumulates of one pass forward, padding included: the products of weights, and of attention",
        _macs,
        EVERY_USE,
        noun="multiply-accumulates",
        reason=_work,
    ),
    Quantity(
        "flops",
        "floating point operations: twice the multiply-accumulates",
        _flops,
        EVERY_USE,
        noun="floating point operations",
        reason=_work,
    ),
    Quantity(
        "macs-inside",
        "multiply-accumulates without those with zeros of a padding",
        _macs_inside,
        EVERY_USE,
        noun="multiply-accumulates inside",
        reason=_seen,
    ),
    Quantity(
        "connections",
        "what each value that leaves sees: values that arrive, no zeros of a padding, and its bias",
        _connections,
        EVERY_USE,
        noun="connections",
        reason=_seen,
    ),
)
