"""Shipped networks with the published total of each beside the total that is counted now."""

from __future__ import annotations

from symcount.catalogue import Model, models
from symcount.counts import Count
from symcount.program import program
from symcount.quantities import CONVENTIONS, Setting
from symcount.records import record


@record
class Entry:
    """A shipped network, and the total that its text gives."""

    model: Model
    total: int

    @property
    def agrees(self) -> bool:
        """Whether the total is the published one."""
        return self.total == self.model.total


def entry(model: Model) -> Entry:
    """Return a shipped network with its total, counted now."""
    total = Count(program(model.text), model.bindings, Setting(CONVENTIONS["textbook"])).of(model.of)
    assert isinstance(total, int)
    return Entry(model, total)


def entries() -> list[Entry]:
    """Return every shipped network with its total."""
    return [entry(each) for each in models()]


@record
class Built:
    """A shipped network beside what a library builds of it: its total, None where the library is not installed."""

    model: Model
    total: int | None

    @property
    def agrees(self) -> bool:
        """Whether the two totals are equal."""
        return self.total == self.model.total
