"""The last stage of a derivation: the values that were given, put into the general formula."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from symcount.arithmetic import Named, Size, Symbol, substitute
from symcount.counts import Count
from symcount.derivation.working import Equation
from symcount.records import record


@record
class Case:
    """What each symbol is, what the named sizes of the formula come to, and the formula with all of these."""

    given: tuple[Named, ...]
    sizes: tuple[Equation, ...]
    total: Equation


def substitute_values(count: Count, what: str, formula: Size, sizes: Iterable[Equation], result: Size) -> Case:
    """Put the values of the bound network into a formula of the unbound one.

    ``sizes`` are the named sizes of the formula, ``result`` what the bound network comes to.
    """
    given = {
        name: Named(name, value.value if isinstance(value, Named) else value) for name, value in count.values.items()
    }
    known: dict[str, Named] = {}
    steps = []
    for each in sizes:
        if each.name is not None:
            rule = _put_in(each.result, given, {})
            value = _worked_out(rule)
            # a size that is still open keeps its name
            shown = value if isinstance(value, int) else Named(each.name.name, value)
            known[each.name.name] = Named(each.name.name, shown)
            steps.append(Equation(each.what, rule, value, each.name))
    return Case(tuple(given.values()), tuple(steps), Equation(what, _put_in(formula, given, known), result))


def _put_in(size: Size, given: Mapping[str, Named], known: Mapping[str, Named]) -> Size:
    def letter(size: Symbol | Named) -> Size:
        return known.get(size.name, size) if isinstance(size, Named) else given.get(size.name, size)

    return substitute(size, letter)


def _worked_out(size: Size) -> Size:
    from symcount.algebra import closed_form

    return closed_form([size]).to_term()
