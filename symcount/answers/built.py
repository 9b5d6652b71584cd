"""A network beside what a framework builds of it: layer by layer what each has, and where the two differ."""

from __future__ import annotations

from symcount.counts import Count, Row
from symcount.errors import ArchitectureError
from symcount.records import record
from symcount.trace import Experts

_WORDS = ("shape", "trainable", "other", "macs")


@record
class Measured:
    """What a layer has: the shape that leaves it, parameters that are learned, other values that are kept, products."""

    shape: tuple[int, ...]
    trainable: int
    other: int
    macs: int


@record
class Layer:
    """A layer as it is counted, and as a framework builds it."""

    name: str
    text: str
    counted: Measured
    built: Measured

    @property
    def differences(self) -> tuple[str, ...]:
        """In what the two differ: shape, trainable, other or macs."""
        return tuple(word for word in _WORDS if getattr(self.counted, word) != getattr(self.built, word))


@record
class Building:
    """A network that a framework built: its layers, and its totals."""

    framework: str
    layers: tuple[Layer, ...]
    total: Layer

    @property
    def agrees(self) -> bool:
        """Whether nothing differs."""
        return not any(each.differences for each in (*self.layers, self.total))


def measured(row: Row) -> Measured:
    """Return what a layer has by the count; its sizes must be known."""
    return _measured(row.output, *(row.of(name) for name in _QUANTITIES))


def measured_whole(count: Count) -> Measured:
    """Return what the whole network has by the count; where experts are, the products of all, as all of them run."""
    *others, macs = _QUANTITIES
    products = count.of(macs)
    if any(isinstance(part, Experts) for part in count.trace.every):
        products = sum(map(_of_all_experts, count.rows))
    return _measured(count.output, *(count.of(name) for name in others), products)


def _of_all_experts(row: Row) -> int:
    """The products of a layer or a block, in which each expert runs on every token."""
    times = row.part.times
    inside = sum(map(_of_all_experts, row.layers)) if row.layers else row.of("macs")
    assert isinstance(times, int)
    assert isinstance(inside, int)
    return times * inside


_QUANTITIES = ("trainable", "non-trainable", "macs")


def _measured(shape: object, *amounts: object) -> Measured:
    sizes = tuple(shape) if isinstance(shape, tuple) else ()
    whole = [size for size in (*sizes, *amounts) if isinstance(size, int)]
    assert len(whole) == len(sizes) + len(amounts)
    return Measured(tuple(whole[: len(sizes)]), *whole[len(sizes) :])


def check_known(count: Count) -> None:
    """Refuse a network with open sizes: what is built has numbers."""
    if count.is_open:
        symbols = ", ".join(count.trace.symbols)
        message = f"a framework builds numbers, and open symbols are left: {symbols}"
        raise ArchitectureError("open-total", message, hint="give each a value, as in n=28")
