"""Every quantity by its name. A new one is a rule method of the layers, and an entry beside those of its sort."""

from __future__ import annotations

import copyreg

from symcount.arithmetic import Size
from symcount.errors import ArchitectureError, near
from symcount.layers import Layer, Shape
from symcount.quantities.folds import Last
from symcount.quantities.held import HELD_VALUES
from symcount.quantities.least import Least
from symcount.quantities.parameters import PARAMETERS
from symcount.quantities.products import PRODUCTS
from symcount.quantities.quantity import Quantity, no_rule
from symcount.quantities.reached import Reached, field, padding, stride
from symcount.quantities.setting import Setting


def _size(layer: Layer, x: Shape, y: Shape, setting: Setting) -> Size:
    return y.size


def _output(layer: Layer, x: Shape, y: Shape, setting: Setting) -> Shape:
    return y


_OUTPUT_ONLY = Last(lambda shape: shape.size)

_ALONG_AXES = (
    Reached(
        "receptive-field",
        "how many places of the input a unit sees along each axis, from the first to the last",
        no_rule,
        _OUTPUT_ONLY,
        noun="receptive field",
        measure=field,
    ),
    Reached(
        "stride", "how many places of the input neighbouring units are apart", no_rule, _OUTPUT_ONLY, measure=stride
    ),
    Reached(
        "padding",
        "how many places before the input the first unit begins to see",
        no_rule,
        _OUTPUT_ONLY,
        measure=padding,
    ),
    Least(
        "min-input",
        "the smallest input, along each axis, for which every size on the way is at least 1",
        no_rule,
        _OUTPUT_ONLY,
        noun="smallest input",
    ),
)

_SHAPES = (
    Quantity("size", "the number of values of the output", _size, _OUTPUT_ONLY),
    Quantity("output", "the shape of the output", _output, Last(lambda shape: shape), is_shape=True),
)

QUANTITIES = {each.name: each for each in (*PARAMETERS, *PRODUCTS, *HELD_VALUES, *_ALONG_AXES, *_SHAPES)}
"""Every quantity by its name; the first is the default."""


def quantity_named(name: str) -> Quantity:
    """Return the quantity of this name."""
    if name in QUANTITIES:
        return QUANTITIES[name]
    close = near(name, QUANTITIES)
    hint = f"did you mean {close}?" if close else f"there are: {', '.join(QUANTITIES)}"
    raise ArchitectureError("unknown-quantity", f"no quantity is called {name!r}", hint=hint)


copyreg.pickle(Quantity, lambda quantity: (quantity_named, (quantity.name,)))
"""A rule is no data: a quantity is pickled by its name."""
