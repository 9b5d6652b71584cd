"""How two totals go as one symbol grows: which is smaller up to where, what their ratio tends to, what a step adds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from symcount.algebra import (
    NOT_NEGATIVE,
    ONE,
    AtLeast,
    Polynomial,
    Region,
    Relation,
    closed_expression,
    compiled,
    everywhere,
    is_sure,
    leading,
    reduced,
    shortest,
    substitute,
    symbols_in,
    to_expression,
    to_polynomial,
)
from symcount.answers.prove import region_of
from symcount.arithmetic import Quotient, Size, Symbol
from symcount.counts import Count
from symcount.errors import ArchitectureError
from symcount.quantities import Quantity
from symcount.records import record, replace

_SCANNED = 4_000
"""How many values of a symbol are looked at one by one, before it is doubled."""

_DOUBLINGS = 40

MOST_PIECES = 5
"""Of totals that change places more often it is only said that they do."""


@record
class Piece:
    """From where on a total is smaller (-1), equal (0) or larger (1) than the first one."""

    start: int
    sign: int


@record
class Course:
    """How a total goes beside the first one as a symbol grows.

    ``pieces`` tell which is smaller, ``sure`` that the last of them goes on for ever; there are none where others
    decide too, unless one total is ``always`` smaller (-1), equal (0) or larger (1). ``limit`` is what the ratio tends
    to: a number, a formula in the other symbols, 0, or None where it grows without end.
    ``step`` is what one more of the symbol adds to the total, ``power`` the power with which it grows, and
    ``elasticity`` how many times as fast as the symbol it grows in proportion, ``n/f·∂f/∂n``.
    """

    symbol: str
    pieces: tuple[Piece, ...] = ()
    sure: bool = False
    always: int | None = None
    limit: Size | Fraction | None = None
    has_limit: bool = False
    step: Size | None = None
    power: int | None = None
    elasticity: Size | Fraction | None = None


def courses(first: Count, other: Count, quantity: Quantity, names: Sequence[str] = ()) -> tuple[Course, ...]:
    """Return how the total of a network goes beside the first one's as symbols grow, each by itself; all by default."""
    symbols = dict.fromkeys(name for count in (first, other) for name in count.trace.symbols)
    forms = [count.form(quantity).polynomial.expand() for count in (first, other)]
    concerned = symbols_in(forms[0]) | symbols_in(forms[1])
    for name in names:
        if name not in concerned:
            known_names = ", ".join(sorted(concerned)) or "none"
            message = f"{quantity.name} does not depend on {name} in any of the networks"
            raise ArchitectureError("no-dependence", message, hint=f"its symbols are: {known_names}")
    region = region_of((first, other), quantity, dict.fromkeys((*first.assumed, *other.assumed)))
    if region.is_empty:
        return ()
    chosen = names or [name for name in (*symbols, *sorted(concerned - {*symbols})) if name in concerned]
    if not names and len(chosen) > 1:
        return (Course("", always=_always(forms[1] - forms[0], region)),)
    return tuple(_course(forms, region, name) for name in chosen)


def sensitivities(count: Count, quantity: Quantity, names: Sequence[str] = ()) -> tuple[Course, ...]:
    """Return what a network's total does by itself as symbols grow: those that are named, or its only one."""
    form = count.form(quantity).polynomial.expand()
    own = symbols_in(form)
    return tuple(_grown(form, name) for name in (names or own if len(own) == 1 else names) if name in own)


def _course(forms: Sequence[Polynomial], region: Region, name: str) -> Course:
    parted = forms[1] - forms[0]
    always = _always(parted, region)
    only = symbols_in(parted) <= {name} and always is None and not region.determined
    pieces, sure = _pieces(parted, region, name) if only else ((), False)
    limit, has_limit = limit_of_ratio(forms, name)
    return replace(_grown(forms[1], name), pieces=pieces, sure=sure, always=always, limit=limit, has_limit=has_limit)


def _grown(form: Polynomial, name: str) -> Course:
    """What one total does as a symbol grows."""
    return Course(name, step=_step(form, name), power=_power(form, name), elasticity=_elasticity(form, name))


def _always(parted: Polynomial, region: Region) -> int | None:
    """The sign of a difference where it has one everywhere."""
    if not parted:
        return 0
    for sign in (-1, 1):
        if is_sure(Relation(parted.times(sign) - ONE, NOT_NEGATIVE), region):
            return sign
    return None


def _pieces(parted: Polynomial, region: Region, name: str) -> tuple[tuple[Piece, ...], bool]:
    low, high = region.box[name]
    stride = region.stride(name)
    valued = compiled([parted * parted.denominator], [name])
    values = range(low, (low + _SCANNED * stride if high is None else min(high, low + _SCANNED * stride)) + 1, stride)
    found: list[Piece] = []
    for value in values:
        sign = _sign(valued(value)[0])
        if not found or found[-1].sign != sign:
            found.append(Piece(value, sign))
    for power in range(_DOUBLINGS) if high is None else ():
        far = values[-1] + (stride << power)
        sign = _sign(valued(far)[0])
        if found[-1].sign != sign:
            before = values[-1] + (stride << power - 1 if power else 0)
            found.append(Piece(_first(valued, found[-1].sign, before, far, stride), sign))
    if high is not None and high <= values[-1]:
        return tuple(found), True
    last = found[-1]
    bound = AtLeast(closed_expression(Symbol(name)), closed_expression(last.start))
    beyond = Region({name: 1}, [bound])
    relation = Relation(parted.times(last.sign or 1) - (ONE if last.sign else Polynomial({})), NOT_NEGATIVE)
    sure = bool(last.sign) and everywhere([relation], beyond).holds is True
    return tuple(found), sure


def _first(valued: object, sign: int, low: int, high: int, stride: int) -> int:
    """The first value between two at which a difference no longer has a sign."""
    below, above = 0, (high - low) // stride
    while above - below > 1:
        middle = (below + above) // 2
        if _sign(valued(low + stride * middle)[0]) == sign:  # type: ignore[operator]
            below = middle
        else:
            above = middle
    return low + stride * above


def _sign(value: int) -> int:
    return (value > 0) - (value < 0)


def limit_of_ratio(forms: Sequence[Polynomial], name: str) -> tuple[Size | Fraction | None, bool]:
    """Return what the ratio of a second total to a first tends to as a symbol grows, and whether it is known."""
    try:
        below, above = (leading(form, [name]) for form in forms)
    except ArchitectureError:
        return None, False
    if not below:
        return None, False
    degrees = [_degree(form, name) for form in (below, above)]
    if not above or degrees[1] < degrees[0]:
        return Fraction(0), True
    if degrees[1] > degrees[0]:
        return None, True
    return _ratio(above, below), True


def _ratio(above: Polynomial, below: Polynomial) -> Size | Fraction:
    """One sum over another, without what all their terms share."""
    above, below = reduced(above, below)
    if above.number is not None and below.number is not None:
        return Fraction(above.number) / Fraction(below.number)
    top, under = map(shortest, (above, below))
    return top if under == 1 else Quotient(top, under)


def _degree(form: Polynomial, name: str) -> int:
    return max((exponent for monomial in form.terms for g, exponent in monomial if str(g) == name), default=0)


def _step(form: Polynomial, name: str) -> Size | None:
    """What one more of a symbol adds, where the form has no floor by which that would change from value to value."""
    if _is_inside(form, name):
        return None
    letter = closed_expression(Symbol(name))
    more = to_polynomial(substitute(to_expression(form), {letter: letter + 1}))
    return shortest((more - form).expand())


def _elasticity(form: Polynomial, name: str) -> Size | Fraction | None:
    """How many times as fast as a symbol a form grows, in proportion; None where it has no derivative."""
    if not form or _is_inside(form, name):
        return None
    grown = Polynomial({m: x * e for m, x in form.terms.items() for g, e in m if str(g) == name})
    return _ratio(grown, form) if grown else None


def _is_inside(form: Polynomial, name: str) -> bool:
    """Whether a symbol stands inside of a floor, a power or the like."""
    letter = closed_expression(Symbol(name))
    return any(str(g) != name and letter in getattr(g, "free_symbols", ()) for g in form.generators)


def _power(form: Polynomial, name: str) -> int | None:
    try:
        return _degree(leading(form, [name]), name)
    except ArchitectureError:
        return None


def shown(pieces: Sequence[Piece]) -> Iterator[tuple[int, int | None, int]]:
    """Yield each stretch of values: its first, its last, and which total is smaller there."""
    for place, piece in enumerate(pieces):
        end = pieces[place + 1].start if place + 1 < len(pieces) else None
        yield piece.start, end, piece.sign
