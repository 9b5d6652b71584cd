"""What a strip says of layers: name and shape below a box, and all of it to one who points at the box."""

from __future__ import annotations

from itertools import groupby

from symcount.arithmetic import Size, by_name, symbol_names
from symcount.arithmetic.notation import UNICODE
from symcount.counts import Count
from symcount.layers import Shape
from symcount.program import canonical_text
from symcount.quantities import QUANTITIES
from symcount.trace import Part, Step

_LONGEST = 9
"""The most letters of a size; a longer one is called by the name that it has on the way."""

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Naming:
    """The texts of one network; ``meanings`` are the names of sizes that it used, with what they stand for.

    ``shown`` are the symbols of the shapes that it wrote.
    """

    def __init__(self, count: Count) -> None:
        self.count = count
        self.meanings: dict[str, str] = {}
        self.shown: set[str] = set()
        self._sizes: dict[Size, str] = {}
        self._in_closed_form: dict[Size, Size] = {}

    def label(self, step: Step) -> str:
        """Return what a layer is called below its box: with its number where that is unique, and with its window."""
        name = "I" if step.is_input else step.name if len(step.number) == 1 else step.kind
        return f"{name} {self._window(step)}".strip()

    def _window(self, step: Step) -> str:
        """The sizes of a window: ``3×3``."""
        kernel = getattr(step.layer, "kernel", ())
        return "×".join(map(self.size, kernel)) if isinstance(kernel, tuple) else ""

    def shape(self, shape: Shape) -> str:
        """Return a shape, equal axes as a power: ``64×56²``."""
        channels, *axes = map(self.size, shape.sizes)
        runs = [(text, len(list(equal))) for text, equal in groupby(axes)]
        return "×".join((channels, *(_power(text, times) for text, times in runs)))

    def size(self, size: Size) -> str:
        """Return a size: a number, a formula, or its name where that would be long."""
        if size not in self._sizes:
            self._sizes[size] = str(size) if isinstance(size, int) else self._open(size)
        return self._sizes[size]

    def _open(self, size: Size) -> str:
        closed = self._closed(size)
        self.shown |= symbol_names([closed])
        whole = by_name(closed, UNICODE)
        if len(whole) <= _LONGEST:
            return whole
        name = by_name(self.count.numbers.term(size), UNICODE, dict(self.count.names))
        if len(name) <= _LONGEST:
            self.meanings.setdefault(name, whole)
        return name if len(name) < len(whole) else whole

    def hint(self, step: Step) -> str:
        """Return all that is said of a layer."""
        said = [f"{step.name}: {canonical_text(step.item)}" if not step.is_input else canonical_text(step.item)]
        said.append(f"output {'×'.join(by_name(self._closed(size), UNICODE) for size in step.output.sizes)}")
        params = QUANTITIES["params"].of(step, self.count.setting, self.count.numbers.reaches)
        if isinstance(params, int) and params:
            said.append(f"{params:,} parameters")
        return "; ".join(said)

    def key(self, part: Part) -> tuple[object, ...]:
        """Return what two parts have in common that look alike."""
        sizes = (*part.input.sizes, *part.output.sizes)
        return canonical_text(part.item), self.times(part.times), tuple(map(self.size, sizes))

    def times(self, times: Size) -> str:
        """Return a count."""
        return by_name(self._closed(times), UNICODE)

    def whole(self, count: Count) -> Size:
        """Return the number of parameters."""
        return count.term(QUANTITIES["params"])

    def _closed(self, size: Size) -> Size:
        if isinstance(size, int):
            return size
        if size not in self._in_closed_form:
            self._in_closed_form[size] = self.count.numbers.closed.closed(size)
        return self._in_closed_form[size]


def _power(text: str, times: int) -> str:
    if times == 1:
        return text
    simple = text.isalnum() or not set(text) & set(" +−-·/*")
    return (text if simple else f"({text})") + str(times).translate(_SUPERSCRIPTS)
