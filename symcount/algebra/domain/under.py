"""What has to hold only where a comparison of the symbols does, as in a branch that may not be taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

import sympy

from symcount.algebra.domain.assumptions import AtLeast, Divisible, Same, Statement, at_least
from symcount.algebra.domain.cases import Facts
from symcount.algebra.domain.divisibility import divisibility
from symcount.algebra.domain.inequalities import solve
from symcount.algebra.domain.signs import follows
from symcount.algebra.functions.brackets import told_apart
from symcount.algebra.functions.expressions import to_expression
from symcount.algebra.functions.ordering import generator_key
from symcount.algebra.poly.monomial import UNIT
from symcount.algebra.poly.polynomial import ONE, Polynomial
from symcount.records import replace


def facts_of(assumed: Divisible | AtLeast | Same) -> Facts:
    """Return what is not negative where an assumption has to hold."""
    return tuple(left - right for left, right in (each.sides() for each in assumed.where))


def are_sure(facts: Iterable[Polynomial], where: Iterable[Polynomial]) -> bool:
    """Return whether facts follow each from one of others, which is as much or less by a number."""
    where = [*where]
    return all(any(fact == other or _is_less(other - fact, 1) for other in where) for fact in facts)


def weaker_first(cases: Collection[Facts]) -> list[Facts]:
    """Return cases in an order in which facts stand before those from which they follow."""
    return sorted(cases, key=lambda facts: sum(are_sure(other, facts) for other in cases))


def only_where(assumed: Statement, facts: Facts) -> Statement | None:
    """Return an assumption that has to hold only where facts do besides; None where they never hold together."""
    both = together(facts_of(assumed), facts)
    return None if both is None else replace(assumed, where=tuple(map(at_least, both)))


def in_either(stated: Iterable[Statement]) -> list[Statement]:
    """Return statements; one that has to hold where either of several counts is at least 1 is said once, of their sum.

    >>> n, a, b = sympy.symbols("n a b")
    >>> two, one = sympy.Integer(2), sympy.Integer(1)
    >>> [each.text() for each in in_either(Divisible(two, n, (AtLeast(count, one),)) for count in (a, b))]
    ['2 divides n if a + b ≥ 1']
    """
    counts: dict[Statement, list[sympy.Expr]] = {}
    stated = [*stated]
    for each in stated:
        counts.setdefault(_bare(each), []).extend(bound.left for bound in each.where)
    found = (
        replace(each, where=(AtLeast(sympy.Add(*counts[_bare(each)]), sympy.Integer(1)),))
        if _is_of_count(each)
        else each
        for each in stated
    )
    return [*dict.fromkeys(found)]


def _bare(stated: Statement) -> Statement:
    """A statement that has to hold where one count is at least 1, without that; any other as it is."""
    return replace(stated, where=()) if _is_of_count(stated) else stated


def _is_of_count(stated: Divisible | AtLeast | Same) -> bool:
    """Whether a statement has to hold just where a symbol is at least 1, as one does that says how often layers are."""
    return len(stated.where) == 1 and stated.where[0].left.is_Symbol and stated.where[0].right == 1


def by_truth(assumed: Divisible | AtLeast, facts: Facts = ()) -> Iterator[Divisible | AtLeast]:
    """Yield what is assumed where comparisons in it hold, and where not, and where other facts do.

    >>> n = sympy.Symbol("n")
    >>> from symcount.algebra.functions.brackets import Bracket
    >>> [each.text() for each in by_truth(Divisible(sympy.Integer(2), n * Bracket(n - 4)))]
    ['2 divides n if n ≥ 4']
    """
    for left, right, given in _cases(assumed, facts):
        if given:
            yield from _assumed(type(assumed), left, right, given)
        else:
            yield assumed


def equal_by_truth(met: Same) -> Iterator[Same | AtLeast]:
    """Yield that two sizes are equal, where comparisons in them hold, and where not.

    >>> n, w = sympy.symbols("n w")
    >>> from symcount.algebra.functions.brackets import Bracket
    >>> [each.text() for each in equal_by_truth(Same(w + (3 - w)*Bracket(n - 4), w))]
    ['3 = w if n ≥ 4']
    >>> [each.text() for each in equal_by_truth(Same(n - 2*Bracket(n - 4), n))]
    ['n ≤ 3']
    >>> [each.text() for each in equal_by_truth(Same(n + (w - n)*Bracket(n - w - 1), w))]
    ['n ≥ w']
    """
    for left, right, given in _cases(met):
        if not given:
            yield met
        elif (left - right).number is not None:
            yield from under(Same(to_expression(left - right), sympy.Integer(0)), given) if left != right else ()
        else:
            yield from under(*_equal(left, right, given))


def _equal(left: Polynomial, right: Polynomial, facts: Facts) -> tuple[Same | AtLeast, Facts]:
    """That two sizes are equal where facts hold: of which one is at least the other there, that other is no less."""
    for less, more in ((left, right), (right, left)):
        if more - less in facts:
            bound = isolated(less - more, ())
            return bound, tuple(fact for fact in facts if fact != more - less)
    return Same(to_expression(left), to_expression(right)), facts


def _cases(assumed: Divisible | AtLeast | Same, facts: Facts = ()) -> Iterator[tuple[Polynomial, Polynomial, Facts]]:
    """Both sizes in each case of the comparisons in them, with what is not negative in that case."""
    one, other = assumed.sides()
    for left, of_left in told_apart(one):
        for right, of_right in told_apart(other):
            given = together(facts_of(assumed), facts, of_left, of_right)
            if given is not None:
                yield left, right, given


def _assumed(
    kind: type[Divisible | AtLeast], left: Polynomial, right: Polynomial, facts: Facts
) -> Iterator[Divisible | AtLeast]:
    if kind is AtLeast and not follows(left - right, facts):
        yield from under(AtLeast(to_expression(left), to_expression(right)), facts)
    assumption = divisibility(left, right) if kind is Divisible else None
    if assumption is not None:
        yield from under(assumption, facts)


def together(*several: Facts) -> Facts | None:
    """The facts of several without those that follow from another; None where one says that another is false."""
    facts = tuple(dict.fromkeys(fact for each in several for fact in each))
    if len(facts) < 2:
        return facts
    if any(_is_less(one + other, 0) for one in facts for other in facts):
        return None
    return tuple(one for one in facts if not any(_is_less(other - one, 0) for other in facts))


def _is_less(form: Polynomial, number: int) -> bool:
    return form.number is not None and form.number < number


def under(assumed: Statement, facts: Facts, inputs: Sequence[str] = ()) -> Iterator[Statement | AtLeast]:
    """Yield that something must hold where the facts do: of what cannot, that one of these does not."""
    if assumed.is_impossible and facts:
        yield from nowhere(facts, inputs)
        return
    bounds = [bound for fact in facts for bound in without_floors(fact)]
    if all(bound.number is None or bound.number >= 0 for bound in bounds):
        yield replace(assumed, where=tuple(isolated(bound, inputs) for bound in bounds if bound.number is None))


def nowhere(facts: Facts, inputs: Sequence[str] = ()) -> Iterator[AtLeast]:
    """Yield that facts do not hold together."""
    *others, last = facts
    yield from under(isolated(_primitive(-last - ONE), inputs), tuple(others), inputs)


def _primitive(form: Polynomial) -> Polynomial:
    bounds = without_floors(form)
    return bounds[0] if len(bounds) == 1 else form


def without_floors(fact: Polynomial) -> list[Polynomial]:
    """Return what is not negative just where a fact is, without floors; the fact itself where that is not known."""
    bounds = [*solve(fact)]
    return [bound for bound in bounds if bound is not None] if None not in bounds else [fact]


def isolated(bound: Polynomial, inputs: Sequence[str]) -> AtLeast:
    """The condition ``n ≥ …`` for the first symbol that can be isolated, else positive terms ≥ negative terms."""
    wanted = {name: place for place, name in enumerate(inputs)}
    counts = Counter(bound.generators)
    positive = {m for m, number in bound.terms.items() if number > 0 and m} or {UNIT}
    alone = [
        (wanted.get(generator.name, len(wanted)), generator_key(generator), monomial)
        for monomial in positive
        if len(monomial) == 1
        for generator, exponent in monomial
        if exponent == 1 and counts[generator] == 1 and isinstance(generator, sympy.Symbol)
    ]
    left = {min(alone, key=lambda found: found[:2])[2]} if alone else positive
    taken = {generator for monomial, number in bound.terms.items() if number < 0 for generator, _ in monomial}
    if any(generator not in taken for monomial in positive - left for generator, _ in monomial):
        # a symbol that only adds to the size stands beside it
        left = positive
    part = Polynomial({monomial: bound.terms[monomial] for monomial in bound.terms if monomial in left})
    return AtLeast(to_expression(part), to_expression(part - bound))
