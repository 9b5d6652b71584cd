"""Conditions on a variant, in the language's own arithmetic: ``params < 10^6``, ``k < n``, ``answer > 100``.

``answer differs`` is one in words: no question before it on the sheet has the same answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

from symcount.counts import Count
from symcount.errors import ArchitectureError, near
from symcount.layers import Shape, Value, axis_names
from symcount.program import Names, bound_values, evaluated
from symcount.quantities import QUANTITIES, PerAxis
from symcount.records import record
from symcount.syntax import tree

_BOUND = "condition"

_DIFFERS = ["answer", "differs"]


@record
class Condition:
    """One condition: its text, and the comparison that it is."""

    text: str

    @property
    def is_of_the_sheet(self) -> bool:
        """Whether it compares the answer with those before it, and says nothing of a network."""
        return self.text.split() == _DIFFERS

    @property
    def comparison(self) -> tree.Comparison:
        """The comparison that was written."""
        return _read(self.text)

    def holds(self, count: Count, values: Mapping[str, int], answer: Callable[[], int]) -> bool:
        """Whether it holds of a network, with values for the symbols that it was made with, and what the answer is."""
        return evaluated(self.comparison, _Names(count, values, self.text, answer)) == 1

    def apart(self, count: Count, values: Mapping[str, int], answer: Callable[[], int]) -> tuple[int, int]:
        """Return how far its two sides are apart, and the left one."""
        names = _Names(count, values, self.text, answer)
        left, right = (evaluated(each, names) for each in (self.comparison.left, self.comparison.right))
        assert isinstance(left, int)
        assert isinstance(right, int)
        return abs(left - right), left


def read_condition(text: object) -> Condition:
    """Return the condition that a text says."""
    if not isinstance(text, str):
        raise ArchitectureError("bad-exam", f"a condition is a text, found {text!r}", hint='write "params < 10^6"')
    found = Condition(text)
    if not found.is_of_the_sheet:
        _read(text)
    return found


@cache
def _read(text: str) -> tree.Comparison:
    found = bound_values({_BOUND: text})[_BOUND].expression
    if not isinstance(found, tree.Comparison):
        message = f"{text!r} compares nothing"
        raise ArchitectureError("bad-exam", message, hint='write "params < 10^6" or "k != s"')
    return found


class _Names(Names):
    """What the names of a condition stand for: symbols, quantities, the sizes of the output, and the answer."""

    def __init__(self, count: Count, values: Mapping[str, int], text: str, answer: Callable[[], int]) -> None:
        self.count, self.values, self.text, self.answer = count, values, text, answer

    def value(self, name: str, node: tree.Node) -> Value:
        if name in self.values:
            return self.values[name]
        found = self._quantities.get(name.replace("_", "-"))
        if found is not None:
            return found()
        known = (*self.values, *(each.replace("-", "_") for each in self._quantities))
        close = near(name, known)
        hint = f"did you mean {close}?" if close else f"there are: {', '.join(known)}"
        raise ArchitectureError("bad-exam", f"the condition {self.text!r} has an unknown name: {name}", hint=hint)

    def labelled(self, label: tree.Label, node: tree.Node) -> Value:
        raise ArchitectureError("bad-exam", f"a label stands in the condition {self.text!r}, and is no number")

    @property
    def _quantities(self) -> dict[str, Callable[[], int]]:
        sizes = self.count.trace.output
        named = zip(("channels", *axis_names(sizes.rank)), sizes.sizes, strict=True)
        found: dict[str, Callable[[], Any]] = {name: partial(_itself, size) for name, size in named}
        found["answer"] = self.answer
        return found | {name: partial(self._quantity, name) for name in QUANTITIES if name != "output"}

    def _quantity(self, name: str) -> int:
        for each in self.count.parts(QUANTITIES[name]):
            if isinstance(each, PerAxis | Shape):
                raise ArchitectureError("bad-exam", f"{name} in the condition {self.text!r} is no one number here")
        found = self.count.of(name)
        assert isinstance(found, int)
        return found


def _itself(size: Any) -> Any:
    return size
