"""The values that the names of an indexed repeat take, ``i=1..N`` or ``(f,k)=[(16,3),(32,5)]``."""

from __future__ import annotations

from symcount.arithmetic import Size, Term, by_name
from symcount.errors import ArchitectureError
from symcount.layers import Value
from symcount.program import Place, evaluated
from symcount.syntax import text, tree
from symcount.trace.shape_equality import plain
from symcount.trace.transfer import Passes


def in_range(index: tree.Index, values: tree.Range, place: Place) -> Passes:
    """Return the passes of a range; fewer than none are an error for whoever walks them to raise."""
    first, last = (_bound(end, place) for end in (values.first, values.last))
    return Passes(plain(last - first + 1), index.names[0], first)


def in_list(index: tree.Index, values: tree.List, place: Place) -> list[tuple[Value, ...]]:
    """Return the values of each pass, one for each name."""
    rows = []
    for item in values.items:
        value = evaluated(item, place)
        row = value if isinstance(value, tuple) else (value,)
        if len(row) != len(index.names):
            message = f"{len(index.names)} names, {', '.join(index.names)}, but {len(row)} values"
            raise ArchitectureError("bad-count", message, span=item.span)
        rows.append(row)
    return rows


def downwards(values: tree.Range, passes: Passes) -> ArchitectureError:
    """Return the error of a range that ends more than one before it begins: no formula of a sum admits it either."""
    name, begins, ends = passes.name, text(values.first), text(values.last)
    last = plain(passes.first + passes.count - 1)
    message = f"a range counts upwards, and here {name}={by_name(passes.first)}..{by_name(last)}"
    hint = f"{name}={begins}..max({ends},{begins}-1) has no pass where it would count down"
    return ArchitectureError("downwards", message, span=values.span, hint=hint)


def _bound(node: tree.Expression, place: Place) -> Size:
    value = evaluated(node, place)
    if isinstance(value, int | Term):
        return value
    raise ArchitectureError("bad-count", f"a range runs between whole numbers, found {value}", span=node.span)
