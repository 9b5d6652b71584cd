"""The last stage of a worked solution: the given values are put into the general formula."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from symcount.arithmetic import Named, Size, Symbol, substitute
from symcount.counts import Count
from symcount.derivation.working import Equation
from symcount.records import record, replace


@record
class Case:
    """The given values, the named sizes worked out with them, and what follows: the total, or the shape that leaves."""

    given: tuple[Named, ...]
    sizes: tuple[Equation, ...]
    total: Equation | None
    output: tuple[Size, ...] = ()


def substitute_values(
    count: Count, general: Count, sizes: Iterable[Equation], total: Equation | None, output: tuple[Size, ...] = ()
) -> Case:
    """Put the values of the bound network into the named sizes of the general one, and into its total.

    The ``total`` has the formula of the general network as its rule, and as its result what the bound one comes to.
    """
    given = {
        name: Named(name, value.value if isinstance(value, Named) else value)
        for name, value in count.values.items()
        if name not in general.bindings
    }
    known: dict[str, Named] = {}
    steps = []
    for each in sizes:
        if each.name is not None and each.name.name not in known:
            rule = _put_in(each.result, given, known)
            value = _worked_out(rule)
            # a size that is still open keeps its name
            shown = value if isinstance(value, int) else Named(each.name.name, value)
            known[each.name.name] = Named(each.name.name, shown)
            steps.append(Equation(each.what, rule, value, each.name))
    put_in = total and replace(total, rule=_put_in(total.rule, given, known))
    return Case(tuple(given.values()), tuple(steps), put_in, output)


def _put_in(size: Size, given: Mapping[str, Named], known: Mapping[str, Named]) -> Size:
    def letter(size: Symbol | Named) -> Size:
        return known.get(size.name, size) if isinstance(size, Named) else given.get(size.name, size)

    return substitute(size, letter)


def _worked_out(size: Size) -> Size:
    from symcount.algebra import closed_form

    return closed_form([size]).to_term()
