"""Whether two networks have the same of a quantity for all sizes, or a claim about one is true for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from symcount.algebra import (
    EQUAL,
    Outcome,
    Reason,
    Region,
    Relation,
    Residue,
    everywhere,
    is_sure,
    relation_of,
)
from symcount.answers.agreement import Agreement, agreement
from symcount.answers.meaning import Meaning
from symcount.answers.remainders import holds_where
from symcount.arithmetic import Size
from symcount.counts import Count, counted
from symcount.counts.assumed import Assumed, as_stated, read_assumptions
from symcount.counts.assumptions import Assumption
from symcount.counts.least import least_values
from symcount.errors import ArchitectureError
from symcount.program.condition import is_claim
from symcount.quantities import QUANTITIES, Quantity
from symcount.records import record

Network = tuple[str, Count]
"""A network, and what it is called."""


@record
class Proved:
    """What was found of a question: true for all sizes, false for some, or neither.

    ``verdict`` is None where it is open. ``point`` is where it is false, ``smallest`` whether there is no smaller such
    point, and ``values`` what each side comes to there; of a claim that is true, what a quantity comes to where it is
    the ``extreme``, largest or smallest. ``reasons`` say why it is true, ``agreement`` what of two
    networks is the same. ``alone`` are the conditions that one network has and the other has not, with its place;
    ``where`` is what makes equal what is not. ``axes`` are those of the inputs of two networks, where they differ in
    number. ``tried`` counts the points that were looked at.
    """

    networks: tuple[str, ...]
    claim: str
    quantity: Quantity
    verdict: bool | None
    assumed: tuple[Assumed, ...] = ()
    reasons: tuple[Reason, ...] = ()
    agreement: Agreement | None = None
    point: tuple[tuple[str, int], ...] = ()
    values: tuple[tuple[str, int | tuple[int, ...]], ...] = ()
    smallest: bool = False
    extreme: str = ""
    alone: tuple[tuple[int, Assumption], ...] = ()
    where: tuple[Residue, ...] = ()
    axes: tuple[int, ...] = ()
    tried: int = 0
    convention: str = ""

    @property
    def status(self) -> int:
        """The status that a command ends with: 0 for true, 1 for false, 3 for open."""
        return {True: 0, False: 1, None: 3}[self.verdict]


def proved(first: Network, second: Network, quantity: Quantity, given: Iterable[str | Assumed] = ()) -> Proved:
    """Return whether two networks have the same of a quantity for all sizes that both admit."""
    counts = (first[1], second[1])
    sides = _alike(quantity, counts)
    axes = tuple(count.trace.input.rank for count in counts)
    symbols = dict.fromkeys(name for count in counts for name in count.trace.symbols)
    assumed = read_assumptions(given, symbols)
    region = region_of(counts, quantity, assumed)
    forms = [
        counts[0].numbers.closed.polynomial(one) - counts[1].numbers.closed.polynomial(other)
        for one, other in zip(*sides, strict=True)
    ]
    relations = [Relation(form.expand(), EQUAL) for form in forms]

    def values_at(values: dict[str, int]) -> list[int | tuple[int, ...]]:
        return [value_at(count, quantity, values) for count in counts]

    outcome = everywhere(relations, region, _confirmed(lambda values: len({*values_at(values)}) > 1))
    _check_admitted(outcome, region, assumed)
    found = _found(outcome, region)
    return Proved(
        networks=(first[0], second[0]),
        claim="",
        quantity=quantity,
        verdict=outcome.holds,
        assumed=assumed,
        reasons=outcome.reasons,
        agreement=agreement(*counts, quantity, [*map(as_stated, assumed)]) if outcome.holds else None,
        point=tuple(found.items()),
        values=tuple(zip((first[0], second[0]), values_at(found), strict=True)) if outcome.point is not None else (),
        smallest=outcome.smallest,
        alone=tuple(_alone(counts, quantity, region)),
        where=holds_where(relations) if outcome.holds is False else (),
        axes=axes if len({*axes}) > 1 else (),
        tried=outcome.tried,
        convention=counts[0].setting.convention.name,
    )


def claimed(network: Network, claim: str, given: Iterable[str | Assumed] = ()) -> Proved:
    """Return whether a claim about a network is true for all sizes that it admits."""
    name, count = network
    meaning = Meaning(count)
    relations = meaning.relations(claim)
    assumed = read_assumptions(given, count.trace.symbols)
    used = [*meaning.used.values()] or [QUANTITIES["params"]]
    region = region_of((count,), used[0], assumed, used[1:])
    outcome = everywhere(relations, region, _confirmed(lambda values: _is_false(count, claim, values)))
    _check_admitted(outcome, region, assumed)
    found = _found(outcome, region)
    ends = next((dict(each.ends) for each in outcome.reasons if each.kind == "ends"), {})
    at = found if outcome.point is not None else ends if {*meaning.symbols_of(used)} <= ends.keys() else None
    values = [] if at is None else [(each.name, meaning.value_at(each, at)) for each in meaning.used.values()]
    if outcome.point is not None:
        values += meaning.shapes_at(found)
    return Proved(
        networks=(name,),
        claim=claim.strip(),
        quantity=used[0],
        verdict=outcome.holds,
        assumed=assumed,
        reasons=outcome.reasons,
        point=tuple(found.items()),
        values=tuple(values),
        smallest=outcome.smallest,
        extreme=_extreme(meaning, region, ends) if outcome.point is None and len(values) == 1 else "",
        where=holds_where(relations) if outcome.holds is False else (),
        tried=outcome.tried,
        convention=count.setting.convention.name,
    )


def _extreme(meaning: Meaning, region: Region, ends: dict[str, int]) -> str:
    """Whether a quantity is largest or smallest at an end, by its value there and elsewhere."""
    (quantity,) = meaning.used.values()
    points = (dict(zip(region.symbols, point, strict=True)) for point in region.points(8))
    found = [meaning.value_at(quantity, values) for values in points if values.items() - ends.items()]
    at = meaning.value_at(quantity, ends)
    return "largest" if all(at >= value for value in found) else "smallest"  # type: ignore[operator]


def judged(first: Count, second: Count | str, quantity: Quantity, given: Iterable[str | Assumed] = ()) -> Proved:
    """Return what is found of two networks, or of a network and a claim; a text is the one or the other."""
    if isinstance(second, str):
        if is_claim(second):
            return claimed((first.text, first), second, given)
        second = counted(second, {}, convention=first.setting.convention)
    return proved((first.text, first), (second.text, second), quantity, given)


def region_of(
    counts: Sequence[Count], quantity: Quantity, assumed: Iterable[Assumed], others: Iterable[Quantity] = ()
) -> Region:
    """Return the sizes that networks admit, and that meet what is assumed."""
    domains = [count.domain(*(each for each in (quantity, *others) if not each.is_shape)) for count in counts]
    least: dict[str, int] = {}
    for count in counts:
        for name, value in least_values(count.trace).items():
            least[name] = max(value, least.get(name, 0))
    assumed = [*assumed]
    for name in sorted({name for each in assumed for name in each.symbols} - least.keys()):
        least[name] = 0  # a letter of an equation stands for any number that makes a size
    needed = (each for domain in domains for each in (*domain.conditions, *domain.assumptions))
    return Region(least, [*map(as_stated, (*needed, *assumed))])


def value_at(count: Count, quantity: Quantity, values: dict[str, int]) -> int | tuple[int, ...]:
    """Return a quantity where all symbols have values, counted in whole numbers."""
    bound = count.with_known({name: value for name, value in values.items() if name in count.trace.symbols})
    found: int | tuple[int, ...] = bound.of(quantity.name)
    return found


def _confirmed(test: Callable[[dict[str, int]], bool]) -> Callable[[dict[str, int]], bool]:
    """A test that fails where a network does not exist after all."""

    def confirmed(values: dict[str, int]) -> bool:
        try:
            return test(values)
        except ArchitectureError:
            return False

    return confirmed


def _is_false(count: Count, claim: str, values: dict[str, int]) -> bool:
    """Whether a claim is false of the network of these numbers, counted anew."""
    bound = count.with_known({name: value for name, value in values.items() if name in count.trace.symbols})
    relations = Bound(bound, values).relations(claim)
    return not all(each.holds({}) for each in relations)


class Bound(Meaning):
    """What names mean where all symbols have values."""

    def __init__(self, count: Count, values: dict[str, int]) -> None:
        super().__init__(count)
        self.values = values

    def value(self, name: str, node: object) -> object:  # type: ignore[override]
        return self.values[name] if name in self.values else super().value(name, node)


def _alike(quantity: Quantity, counts: Sequence[Count]) -> list[tuple[Size, ...]]:
    """Sizes side by side: the sum where they add up, one for each axis where not."""
    sides = [sizes_of(count, quantity) for count in counts]
    lengths = [len(side) for side in sides]
    if lengths[0] != lengths[1] and 1 in lengths and not quantity.is_shape:
        return [side * (max(lengths) // len(side)) for side in sides]
    if lengths[0] != lengths[1]:
        message = f"{quantity.name} has {lengths[0]} sizes in the first network, and {lengths[1]} in the second"
        raise ArchitectureError("not-comparable", message, hint="compare networks whose inputs have as many axes")
    return sides


def sizes_of(count: Count, quantity: Quantity) -> tuple[Size, ...]:
    """Return a quantity as one size, as one for each axis, or as those of a shape."""
    if quantity.is_shape:
        return count.trace.output.sizes
    parts = count.parts(quantity)
    return (sum(count.sizes(quantity)),) if all(isinstance(part, Size) for part in parts) else count.sizes(quantity)


def _check_admitted(outcome: Outcome, region: Region, assumed: Sequence[Assumed]) -> None:
    if outcome.is_empty:
        told = f" where {' and '.join(map(str, assumed))}" if assumed else ""
        raise ArchitectureError("no-sizes", f"there are no sizes that are admitted{told}")


def _found(outcome: Outcome, region: Region) -> dict[str, int]:
    return dict(zip(region.symbols, outcome.point, strict=True)) if outcome.point is not None else {}


def _alone(counts: Sequence[Count], quantity: Quantity, region: Region) -> Iterator[tuple[int, Assumption]]:
    """What one of two networks needs, and the other not, with the place of the one."""
    if quantity.is_shape:
        return
    for place, count in enumerate(counts):
        domain, other = count.domain(quantity), counts[1 - place].domain(quantity)
        least = {name: max(region.least.get(name, 1), 0) for name in region.symbols}
        known = Region(least, [*map(as_stated, (*other.conditions, *other.assumptions))])
        for each in (*domain.conditions, *domain.assumptions):
            if each in (*other.conditions, *other.assumptions) or not each.symbols <= {
                *counts[1 - place].trace.symbols
            }:
                continue
            stated = as_stated(each)
            if not is_sure(stated if isinstance(stated, Relation) else relation_of(stated), known):
                yield place, each
