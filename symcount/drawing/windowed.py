"""One layer with windows, as numbers along each axis: cells, padding, windows, and cells that none of them sees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symcount.counts import Count
from symcount.errors import ArchitectureError
from symcount.layers import Window
from symcount.records import record
from symcount.trace import Step

_LARGEST = 1_000
"""The largest window and stride that are drawn."""


@record
class Axis:
    """One axis: its ``n`` cells with padding before and after, and the windows that slide over it."""

    n: int
    before: int
    after: int
    extent: int
    step: int
    stride: int
    windows: int

    def taps(self, unit: int) -> range:
        """Return the cells that a window sees; those of the padding are less than 0, or at least ``n``."""
        low = unit * self.stride - self.before
        return range(low, low + self.extent, self.step)

    def is_padding(self, cell: int) -> bool:
        """Return whether a cell is none of the input."""
        return not 0 <= cell < self.n

    def is_unseen(self, cell: int) -> bool:
        """Return whether no window sees a cell."""
        low = max(0, -(-(cell + self.before - self.extent + 1) // self.stride))
        high = min(self.windows - 1, (cell + self.before) // self.stride)
        return not any(cell in self.taps(unit) for unit in range(low, high + 1))

    @property
    def unseen(self) -> int:
        """How many cells of the input no window sees: those at both ends, and between them the same in each stride."""
        end = self.extent + self.stride
        if self.n <= 2 * end:
            return self._unseen(range(self.n))
        strides, rest = divmod(self.n - 2 * end, self.stride)
        ends = self._unseen(range(end)) + self._unseen(range(self.n - end - rest, self.n))
        return ends + strides * self._unseen(range(end, end + self.stride))

    def _unseen(self, cells: range) -> int:
        return sum(self.is_unseen(cell) for cell in cells)

    @property
    def cells(self) -> range:
        """Every cell with those of the padding."""
        return range(-self.before, self.n + self.after)

    @property
    def _behind(self) -> int:
        """How many cells stand from the first of the last window to the end."""
        return self.n + self.after - ((self.windows - 1) * self.stride - self.before)

    @property
    def needed(self) -> int:
        """How many cells show the first window, its neighbour and the last."""
        return min(len(self.cells), self.extent + self.stride + 1 + self._behind)

    def shown(self, most: int) -> list[int | None]:
        """Return so many cells at most: all, or those at both ends, and None for those between."""
        cells = self.cells
        if len(cells) <= most:
            return [*cells]
        end = min(max(self._behind, (most - 1) * 2 // 5), most - 2)
        return [*cells[: most - 1 - end], None, *cells[-end:]]


def windowed(count: Count, at: str | int | None) -> tuple[Step, list[Axis]]:
    """Return the layer at a place, or the first one with windows that see more than one cell, and its axes."""
    for step in _steps(count, at):
        reach = step.layer.reach(step.input)
        windows = [each for each in reach or () if isinstance(each, Window)]
        if windows and len(windows) == step.input.rank and (at is not None or not _is_plain(windows)):
            return step, [_axis(step, axis, window) for axis, window in enumerate(windows)]
    where = "the network has no layer with windows" if at is None else f"{at} is no layer with windows"
    raise ArchitectureError("no-windows", where, hint="convolutions and poolings have windows")


def _steps(count: Count, at: str | int | None) -> Iterator[Step]:
    if at is None:
        yield from count.trace.steps
    elif isinstance(part := count.row(at).part, Step):
        yield part


def _is_plain(windows: Sequence[Window]) -> bool:
    """Whether a unit sees its own place alone."""
    return all(isinstance(each.extent, int) and each.extent == 1 for each in windows)


def _axis(step: Step, axis: int, window: Window) -> Axis:
    sizes = (step.input.axes[axis], step.output.axes[axis], window.extent, window.stride, window.before, window.step)
    known = [size for size in sizes if isinstance(size, int)]
    if len(known) < len(sizes):
        message = f"{step.name} has open sizes, and its cells can be drawn of numbers alone"
        raise ArchitectureError("open-total", message, hint="give each symbol a value, as in n=28 k=3")
    n, windows, extent, stride, before, apart = known
    if max(extent, stride) > _LARGEST:
        message = f"{step.name} has windows and strides of at most {_LARGEST:,} cells in a picture"
        raise ArchitectureError("limit", message)
    end = (windows - 1) * stride - before + extent
    given = getattr(step.layer, "padding", ())
    after = given[axis] if given and isinstance(given[axis], int) else 0
    return Axis(n, before, max(after, end - n, 0), extent, apart, stride, windows)
