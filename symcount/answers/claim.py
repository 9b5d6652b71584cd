"""Holds a claim about the total of a network against the count: equal, or what could make the difference."""

from __future__ import annotations

from collections.abc import Iterator

from symcount.counts import BlockRow, Count, LayerRow, Row
from symcount.errors import ArchitectureError
from symcount.layers import Layer, LayerError
from symcount.quantities import QUANTITIES
from symcount.records import record


@record
class Claim:
    """A total that somebody states, of parameters alone: where it stands, and the parts it is made of, by name."""

    total: int
    source: str
    parts: tuple[tuple[str, int], ...] = ()


@record
class Cause:
    """What would make a difference: ``what`` is done to a layer, a block or a part of the claim of this name."""

    what: str
    name: str = ""
    times: int = 1


@record
class Verdict:
    """A claim beside the count, and what could make the difference between them."""

    counted: int
    claim: Claim
    causes: tuple[Cause, ...] = ()

    @property
    def difference(self) -> int:
        """How many more are claimed than are counted."""
        return self.claim.total - self.counted

    @property
    def agrees(self) -> bool:
        """Whether the claim is right."""
        return self.difference == 0


def judged(count: Count, claim: Claim) -> Verdict:
    """Return a claim beside the parameters of a network, whose sizes must be known."""
    total = count.term(QUANTITIES["params"])
    if not isinstance(total, int):
        symbols = ", ".join(count.trace.symbols)
        message = f"the total has open symbols, and a claim is a number: {symbols}"
        raise ArchitectureError("open-total", message, hint="give each a value, as in n=28")
    verdict = Verdict(total, claim)
    if verdict.agrees:
        return verdict
    found = (Cause(what, name, times) for what, name, amount, times in _amounts(count) if amount == verdict.difference)
    held = (Cause("held", name) for name, amount in claim.parts if amount == verdict.difference)
    return Verdict(total, claim, tuple(dict.fromkeys((*held, *found))))


_Amount = tuple[str, str, int, int]
"""What is done, to what, by how much it changes the total, and how many times."""


def _amounts(count: Count) -> Iterator[_Amount]:
    """Every change that is thought of, with what it adds to the total."""
    for quantity, sign in (("statistics", 1), ("biases", -1), ("frozen", -1)):
        amount = count.term(QUANTITIES[quantity])
        if isinstance(amount, int) and amount:
            yield quantity, "", sign * amount, 1
    yield from _of_layers(count)
    for row, times in _every(count.rows, 1):
        if isinstance(row, BlockRow):
            yield from _of_iterations(row, times)


def _of_layers(count: Count) -> Iterator[_Amount]:
    """What is done to one layer or block, and to every layer of a kind."""
    whole: dict[tuple[str, str], list[int]] = {}
    for row, times in _every(count.rows, 1):
        for what, amount in _of_row(row):
            yield what, row.name if isinstance(row, LayerRow) else row.text, amount * times, 1
            if isinstance(row, LayerRow):
                whole.setdefault((what, row.kind), []).append(amount * times)
    for (what, kind), amounts in whole.items():
        if len(amounts) > 1:
            yield f"{what} all", kind, sum(amounts), 1


def _of_iterations(row: BlockRow, times: int) -> Iterator[_Amount]:
    """A repeat of more iterations, or of fewer."""
    often, params = row.times, row.params
    if not isinstance(often, int) or not isinstance(params, int) or often < 2 or params % often or not params:
        return
    once = params // often * times
    for more in range(1, _MOST_ITERATIONS):
        yield "more", row.text, more * once, more
        if more < often:
            yield "fewer", row.text, -more * once, more


_MOST_ITERATIONS = 200
"""The most iterations that a claim is thought to have more, or fewer."""


def _every(rows: tuple[Row, ...], times: int) -> Iterator[tuple[Row, int]]:
    """Every row at any depth, with how many times what holds it happens."""
    for row in rows:
        yield row, times
        inner = row.times if isinstance(row, BlockRow) else 1
        if isinstance(inner, int):
            yield from _every(row.layers, times * inner)


def _of_row(row: Row) -> Iterator[tuple[str, int]]:
    """What leaving a layer out, counting it twice, or another bias would add to the total."""
    if isinstance(row.params, int) and row.params:
        yield "without", -row.params
        yield "twice", row.params
    if not isinstance(row, LayerRow):
        return
    for what, other in _otherwise(row.part.layer):
        try:
            before, after = (layer.parameters(row.part.input) for layer in (row.part.layer, other))
        except LayerError:
            continue
        if isinstance(before, int) and isinstance(after, int) and before != after:
            yield what, after - before


def _otherwise(layer: Layer) -> Iterator[tuple[str, Layer]]:
    """A layer with its bias the other way, and with weights of its own."""
    bias = getattr(layer, "bias", None)
    if isinstance(bias, int):
        yield ("biases of", layer.with_values(bias=0)) if bias else ("with bias", layer.with_values(bias=1))
    if getattr(layer, "tied", None) is not None:
        yield "untied", layer.with_values(tied=None)
