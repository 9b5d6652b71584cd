"""Mistakes with products, operations and bytes."""

from __future__ import annotations

from symcount.arithmetic import product, ratio
from symcount.exam.mistakes.mistake import Mistake, Operands, instead, operands, result
from symcount.exam.mistakes.weights import BIASED, MIXING, WINDOWS
from symcount.layers import Layer, Shape
from symcount.layers.attention import Attention
from symcount.layers.dense import Hidden
from symcount.layers.pooling import Pooling
from symcount.layers.projections import Projecting

_PRODUCTS = ("macs", "flops")
_BITS = 8
_DEFAULT_BYTES = 4


def _at_one_place(layer: Layer, x: Shape, y: Shape) -> Operands:
    return layer, Shape(x.channels, (1,) * x.rank), Shape(y.channels, (1,) * y.rank)


def _input_places(layer: Layer, x: Shape, y: Shape) -> Operands:
    return layer, x, Shape(y.channels, x.axes)


PRODUCTS = (
    Mistake(
        "no-output-area",
        "the positions are forgotten: each weight is used at every one of them",
        tuple(kind for kind in BIASED if kind is not Hidden),
        ("macs", "flops", "macs-inside", "connections"),
        operands(_at_one_place),
    ),
    Mistake(
        "input-area",
        "the positions of the input are counted: a window has a product for each position of the output",
        MIXING,
        ("macs", "flops"),
        operands(_input_places),
    ),
    Mistake(
        "bias-in-macs",
        "biases are counted: they are added, and are no products",
        BIASED,
        _PRODUCTS,
        result(lambda amount, layer, x, y: amount + layer.biases(x) * product(y.axes)),
    ),
    Mistake(
        "pool-has-macs",
        "the values that a pooling compares are counted as products: it multiplies none",
        (Pooling,),
        _PRODUCTS,
        instead(lambda layer, x, y: product(layer.kernel) * y.size),  # type: ignore[attr-defined]
    ),
    Mistake(
        "no-scores",
        "the products of queries with keys, and of scores with values, are left out",
        (Attention,),
        ("macs",),
        instead(lambda layer, x, y: Projecting.macs(layer, x, y)),  # type: ignore[arg-type]
    ),
    Mistake(
        "flops-for-macs",
        "operations are counted: a multiply-accumulate is two of them",
        of=("macs", "macs-inside"),
        amount=result(lambda amount, layer, x, y: 2 * amount),
        everywhere=True,
    ),
    Mistake(
        "macs-for-flops",
        "multiply-accumulates are counted: each is two operations",
        of=("flops",),
        amount=result(lambda amount, layer, x, y: ratio(amount, 2)),
        everywhere=True,
    ),
    Mistake(
        "params-for-macs",
        "the parameters are counted, not the products",
        (*WINDOWS,),
        _PRODUCTS,
        instead(lambda layer, x, y: layer.parameters(x)),
    ),
    Mistake(
        "bits-for-bytes",
        "bits are counted: a byte is eight of them",
        of=("memory",),
        amount=result(lambda amount, layer, x, y: _BITS * amount),
        everywhere=True,
    ),
    Mistake(
        "values-for-bytes",
        "the values are counted, not their bytes: a value of float32 takes four",
        of=("memory",),
        amount=result(lambda amount, layer, x, y: ratio(amount, _DEFAULT_BYTES)),
        everywhere=True,
    ),
    Mistake(
        "twice-the-bytes",
        "a value is given twice its bytes, as float64 for float32 or float32 for float16",
        of=("memory",),
        amount=result(lambda amount, layer, x, y: 2 * amount),
        everywhere=True,
    ),
    Mistake(
        "half-the-bytes",
        "a value is given half its bytes, as float16 for float32",
        of=("memory",),
        amount=result(lambda amount, layer, x, y: ratio(amount, 2)),
        everywhere=True,
    ),
)
"""Mistakes with the work and the memory of a network."""
