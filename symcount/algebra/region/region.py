"""`Region`: the values that symbols may take together, by their bounds, their steps, and relations between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from math import prod
from typing import Any

from symcount.algebra.domain.assumptions import AtLeast, Divisible
from symcount.algebra.functions.expressions import is_letter
from symcount.algebra.poly.polynomial import Polynomial
from symcount.algebra.region.bounds import both, bounds_by
from symcount.algebra.region.equations import put, solved_for_one
from symcount.algebra.region.interval import Box
from symcount.algebra.region.relation import EQUAL, NOT_NEGATIVE, Relation, relation_of
from symcount.algebra.region.steps import Step, steps_of
from symcount.algebra.terms.compiled import CALLED
from symcount.algebra.terms.to_python import to_python

Stated = AtLeast | Divisible | Relation
"""What may be asked of symbols."""

Point = tuple[int, ...]
"""A value for each symbol, in their order."""

_ROUNDS = 8
"""How many times bounds are drawn from one another."""


class Region:
    """The values of symbols for which all that is stated of them holds.

    ``least`` are the smallest values that there are at all, 1 of a size and 0 of a count.

    >>> import sympy
    >>> n, k = sympy.symbols("n k")
    >>> region = Region({"n": 1, "k": 1}, [AtLeast(n, 2*k + 3), Divisible(sympy.Integer(4), n)])
    >>> region.box, list(region.points(6))
    ({'n': (8, None), 'k': (1, None)}, [(8, 1), (8, 2), (12, 1)])
    """

    def __init__(self, least: Mapping[str, int], stated: Iterable[Stated]) -> None:
        every = tuple(dict.fromkeys(stated))
        # what holds only where something else does keeps no value away by itself
        self.stated = tuple(each for each in every if isinstance(each, Relation) or not each.where)
        self.partial = tuple(each for each in every if not isinstance(each, Relation) and each.where)
        self.symbols = tuple(least)
        self.relations = tuple(
            dict.fromkeys(each if isinstance(each, Relation) else relation_of(each) for each in self.stated)
        )
        self.steps: dict[str, Step] = steps_of(each for each in self.stated if isinstance(each, Divisible))
        self.least = dict(least)

    @cached_property
    def box(self) -> Box:
        """The bounds of each symbol that follow from what is stated, one relation at a time."""
        box: dict[str, tuple[int, int | None]] = {
            name: self._aligned(name, (least, None)) for name, least in self.least.items()
        }
        sides = [each.form for each in self.relations if each.sign in (NOT_NEGATIVE, EQUAL)]
        sides += [-each.form for each in self.relations if each.sign == EQUAL]
        for _ in range(_ROUNDS):
            before = dict(box)
            for form in sides:
                for name, bounds in bounds_by(form.expand(), box):
                    box[name] = self._aligned(name, both(box[name], bounds))
            if box == before:
                break
        return box

    def _aligned(self, name: str, bounds: tuple[int, int | None]) -> tuple[int, int | None]:
        """The bounds at values that a symbol can take by its step."""
        step, (low, high) = self.steps.get(name), bounds
        if step is None:
            return bounds
        low += (step.remainder - low) % step.modulus
        return low, None if high is None else high - (high - step.remainder) % step.modulus

    @property
    def is_empty(self) -> bool:
        """Whether the bounds leave no value to some symbol, or a relation without symbols is false."""
        crossed = any(high is not None and high < low for low, high in self.box.values())
        return crossed or any(not each.symbols and not each.holds({}) for each in self.relations)

    @cached_property
    def determined(self) -> dict[str, Polynomial]:
        """The symbols that equations give, each by others that none gives."""
        found: dict[str, Polynomial] = {}
        for each in self.relations:
            form = each.form.expand()
            for name, value in found.items():
                form = put(form, name, value)
            solved = solved_for_one(form, self.symbols) if each.sign == EQUAL else None
            if solved is not None:
                name, value = solved
                found = {other: put(form, name, value) for other, form in found.items()} | {name: value}
        return found

    def solved(self, form: Polynomial) -> Polynomial:
        """Return a form with what equations give in the place of symbols."""
        for name, value in self.determined.items():
            form = put(form, name, value)
        return form

    @cached_property
    def free(self) -> tuple[str, ...]:
        """The symbols that no equation gives, by name."""
        return tuple(sorted(name for name in self.symbols if name not in self.determined))

    def says(self, relation: Relation) -> bool:
        """Return whether bounds and steps of single symbols say all that a relation does."""
        if len(relation.symbols) != 1:
            return not relation.symbols
        if relation.sign == EQUAL:
            return relation in self._said_by_steps
        degrees = {sum(exponent for _, exponent in monomial) for monomial in relation.form.terms}
        return relation.sign == NOT_NEGATIVE and degrees <= {0, 1} and all(map(is_letter, relation.form.generators))

    @cached_property
    def _said_by_steps(self) -> set[Relation]:
        return {relation_of(each) for each in self.stated if isinstance(each, Divisible) and steps_of([each])}

    @property
    def size(self) -> int | None:
        """How many points there are at most; None where there is no end to them."""
        counts = [self._count(name) for name in self.free]
        return None if None in counts else prod(count for count in counts if count is not None)

    def _count(self, name: str) -> int | None:
        low, high = self.box[name]
        return None if high is None else max(0, (high - low) // self.stride(name) + 1)

    def stride(self, name: str) -> int:
        """Return how far apart the values of a symbol are."""
        return self.steps[name].modulus if name in self.steps else 1

    @cached_property
    def _whole(self) -> Callable[..., Point | None]:
        """Makes a point of values of the free symbols: None where it is not in the region."""
        given = "".join(f"{name} = {to_python(value)}; " for name, value in self.determined.items())
        tests = (
            [_test(each) for each in self.relations]
            + [_partial_test(each) for each in self.partial]
            + [f"{name} >= {self.least[name]}" for name in self.determined]
        )
        source = (
            f"def whole({', '.join(self.free)}):\n    {given}return ({''.join(f'{each}, ' for each in self.symbols)})"
        )
        source += f" if {' and '.join(tests) or 'True'} else None"
        made: dict[str, Any] = {"__builtins__": CALLED}
        exec(source, made)  # our own source, of names and ints
        return made["whole"]  # type: ignore[no-any-return]

    def point(self, values: Sequence[int]) -> Point | None:
        """Return the point of values of the free symbols; None where it is not in the region."""
        try:
            return self._whole(*values)
        except ZeroDivisionError:
            return None

    def points(self, most: int) -> Iterator[Point]:
        """Yield points by the sum of the free symbols, then by their names; ``most`` values are tried."""
        for values in self.tried(most):
            found = self.point(values)
            if found is not None:
                yield found

    def tried(self, most: int) -> Iterator[Point]:
        """Yield so many values of the free symbols, those of the smallest sum first."""
        lows = [self.box[name][0] for name in self.free]
        highs = [self.box[name][1] for name in self.free]
        strides = [self.stride(name) for name in self.free]
        if self.is_empty:
            return
        ends = [high - low for low, high in zip(lows, highs, strict=True) if high is not None]
        limit = sum(ends) if len(ends) == len(lows) else None
        left, more = most, 0
        while left > 0 and (limit is None or more <= limit):
            for values in _with_sum(lows, highs, strides, more):
                yield values
                left -= 1
                if left <= 0:
                    return
            more += 1
            left -= not strides or min(strides) > 1  # sums that no values have are tried too


def _with_sum(
    lows: Sequence[int], highs: Sequence[int | None], strides: Sequence[int], more: int
) -> Iterator[tuple[int, ...]]:
    """Values that are together so much more than the lowest."""
    if not lows:
        if not more:
            yield ()
        return
    low, high, stride = lows[0], highs[0], strides[0]
    if len(lows) == 1:
        if more % stride == 0 and (high is None or low + more <= high):
            yield (low + more,)
        return
    most = more if high is None else min(more, high - low)
    for up in range(0, most + 1, stride):
        for rest in _with_sum(lows[1:], highs[1:], strides[1:], more - up):
            yield (low + up, *rest)


def _partial_test(stated: AtLeast | Divisible) -> str:
    """That something holds where other bounds do."""
    where = " and ".join(_test(relation_of(each)) for each in stated.where)
    return f"(not ({where}) or {_test(relation_of(stated))})"


def _test(relation: Relation) -> str:
    return f"{to_python(whole_form(relation.form, relation.sign))} {relation.sign} 0"


def whole_form(form: Polynomial, sign: str) -> Polynomial:
    """Return a form without fractions that compares with 0 as this one does."""
    form = form.expand()
    if form.is_integral:
        return form
    below = form.denominator
    return (form * below * (below if sign == NOT_NEGATIVE else Polynomial.constant(1))).expand()
