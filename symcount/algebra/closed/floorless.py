"""The least assumption under which a formula has no floors: that symbols are divisible by numbers or symbols."""

from __future__ import annotations

import sympy

from symcount.algebra.closed.assuming import assuming
from symcount.algebra.closed.closed_form import ClosedForm
from symcount.algebra.domain.assumptions import Divisible
from symcount.algebra.functions.floors import FloorDiv
from symcount.algebra.functions.size_function import SizeFunction
from symcount.algebra.region.region import Stated
from symcount.algebra.region.remainders import moduli
from symcount.algebra.region.residue import Residue
from symcount.algebra.region.steps import steps_of
from symcount.arithmetic.remembered import remembered
from symcount.errors import ArchitectureError
from symcount.records import record


@record
class Floorless:
    """A formula without floors, and what is assumed for it."""

    assumed: tuple[Residue | Divisible, ...]
    form: ClosedForm


@remembered
def floorless(form: ClosedForm, known: tuple[Stated, ...] = ()) -> Floorless | None:
    """Return a formula without the floors that it has, with what makes them whole; None where nothing small does.

    >>> from symcount.algebra.closed.closed_form import closed_form
    >>> from symcount.arithmetic import Symbol
    >>> found = floorless(closed_form([Symbol("n") // 4 * 8]))
    >>> found.form.expr, found.assumed[0].text()
    (2*n, 'n mod 4 = 0')
    """
    floors = form.expr.atoms(SizeFunction)
    if not floors or not all(isinstance(floor, FloorDiv) for floor in floors):
        return None
    steps = steps_of(each for each in known if isinstance(each, Divisible))
    residues = [
        Residue(name, modulus, steps[name].remainder % modulus if name in steps else 0)
        for name, modulus in moduli({floor for floor in floors if floor.args[1].is_Integer}).items()
    ]
    symbolic = [
        Divisible(floor.args[1], floor.args[0])
        for floor in sorted(floors, key=str)
        if floor.args[0].is_Symbol and not floor.args[1].is_Integer
    ]
    try:
        found = _without(form, residues, symbolic)
        return None if found is None else _least(form, residues, symbolic, found)
    except ArchitectureError:
        # what is known already leaves another remainder, or the formula would be too large
        return None


def _without(form: ClosedForm, residues: list[Residue], symbolic: list[Divisible]) -> ClosedForm | None:
    found = assuming(form, [*(each.division for each in residues), *symbolic])
    return None if found.expr.has(SizeFunction) else found


def _least(form: ClosedForm, residues: list[Residue], symbolic: list[Divisible], found: ClosedForm) -> Floorless:
    """The same with each number as small as it can be."""
    for place, residue in enumerate(residues):
        for prime in sympy.primefactors(residue.modulus):
            while residues[place].modulus % prime == 0:
                smaller = residues[place].modulus // prime
                changed = Residue(residue.symbol, smaller, residue.remainder % smaller) if smaller > 1 else None
                tried = [*residues[:place], *([changed] if changed else []), *residues[place + 1 :]]
                less = _without(form, tried, symbolic)
                if less is None or changed is None:
                    break
                residues[place], found = changed, less
    return Floorless((*residues, *symbolic), found)
