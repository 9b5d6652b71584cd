"""What is written inside ``( )``: numbers, names, expressions of them, and several sizes together."""

from __future__ import annotations

from fractions import Fraction

from symcount.errors import Span
from symcount.records import record

NO_SPAN = Span(0, 0)
"""The place of what stands in no text."""


@record
class Node:
    """Anything that was written; ``span`` is its place in the source."""

    span: Span

    _apart = ("span",)


@record
class Number(Node):
    """A number, exact: ``256``, ``1_000``, ``0.5``."""

    value: int | Fraction


@record
class Name(Node):
    """A symbol, a parameter or a word such as ``same``."""

    name: str


@record
class Negative(Node):
    """``-x``."""

    operand: Expression


@record
class Operation(Node):
    """Two operands and one of ``+ - * / // % ^``."""

    operator: str
    left: Expression
    right: Expression


@record
class Comparison(Node):
    """Two operands and one of ``== != < <= > >=``."""

    operator: str
    left: Expression
    right: Expression


@record
class Application(Node):
    """A function of sizes: ``min(a, b)``, ``if(i == 0, 64, 128)``."""

    function: str
    arguments: tuple[Expression, ...]


@record
class Indexed(Node):
    """``k[i]``: the symbol of this name and the number of its index, ``k_3`` where that is 3."""

    name: str
    index: Expression


Expression = Number | Name | Negative | Operation | Comparison | Application | Indexed


@record
class Dimensions(Node):
    """One size for each axis: ``28x28``, ``h×w``."""

    sizes: tuple[Expression, ...]


@record
class Tuple(Node):
    """``(2,1)``."""

    items: tuple[Value, ...]


@record
class List(Node):
    """``[(64,2),(128,2)]``."""

    items: tuple[Value, ...]


@record
class Range(Node):
    """``0..4``, both ends included."""

    first: Expression
    last: Expression


@record
class Label(Node):
    """What stands behind ``@`` or ``&``: a name, or one of several by its index, ``skip[i-1]``."""

    name: str
    index: Expression | None = None


@record
class Reference(Node):
    """A label as an argument: ``w=@tok``."""

    label: Label


Value = Expression | Dimensions | Tuple | List | Range | Reference
