"""Turns what one iteration of a repeat requires into what all of them require."""

from __future__ import annotations

from symcount.arithmetic import by_name
from symcount.errors import ArchitectureError, Span
from symcount.layers import Divisible, Equal
from symcount.records import replace
from symcount.trace.required import Iterations, Required
from symcount.trace.shape_equality import depends, plain


def in_every_pass(required: Required, over: Iterations, span: Span | None) -> Required:
    """Return what all iterations require, of what one does; branches must meet in all of them or in none."""
    constraint = required.constraint
    if isinstance(constraint, Equal) and any(depends(side, over.index) for side in (constraint.left, constraint.right)):
        division = _meeting(constraint, over)
        if division is not None:
            return replace(required, constraint=division, around=(*required.around, over))
        # the names of the walk tell a reader nothing
        sides = " and ".join(by_name(plain(side)) for side in (constraint.left, constraint.right))
        message = f"whether branches meet here depends on the pass: {sides}"
        raise ArchitectureError("no-closed-form", message, span=span, hint="give the count a number")
    return replace(required, around=(*required.around, over))


def _meeting(constraint: Equal, over: Iterations) -> Divisible | None:
    """The division under which, and only there, two sizes are equal in every pass."""
    from symcount.algebra import division_where_equal

    division = division_where_equal(constraint.left, constraint.right, over.index, over.first, over.last)
    return None if division is None else Divisible(*division, constraint.left_name, constraint.right_name)
