"""Which sizes meet a condition: all whole solutions, the best of them, or a formula where other symbols stay open."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from symcount.algebra import EQUAL, Polynomial, Run, direction
from symcount.answers.finding import Finding
from symcount.answers.goal import MOST_SHOWN, Goal
from symcount.answers.meaning import Meaning
from symcount.answers.solved import Solved
from symcount.counts.assumed import Assumed
from symcount.counts.assumptions import Assumption
from symcount.records import record


@record
class Found:
    """What was found: runs of solutions and, for each, the values of the quantities at its ends.

    ``monotone`` are the quantities that rise (1) or fall (-1) along the ``axis`` of bisection, and ``period`` is after
    how many of its values the conditions on others come again; ``tried`` of ``of`` combinations were tried, up to
    ``bounds`` that the search set itself. ``around`` are the nearest values on both sides where there is no solution.
    ``more`` says that there are further runs, ``interrupted`` that the search did not end, and ``is_open`` that the
    network has open symbols.
    """

    network: str
    where: tuple[str, ...]
    goal: Goal | None
    names: tuple[str, ...]
    runs: tuple[Run, ...] = ()
    columns: tuple[str, ...] = ()
    values: tuple[tuple[tuple[object, object], ...], ...] = ()
    axis: str | None = None
    period: int = 1
    monotone: tuple[tuple[str, int], ...] = ()
    tried: int = 0
    of: int = 0
    bounds: tuple[tuple[str, int], ...] = ()
    around: tuple[tuple[int, int | tuple[int, ...]], ...] = ()
    solved: Solved | None = None
    conditions: tuple[Assumption, ...] = ()
    assumed: tuple[Assumed, ...] = ()
    more: bool = False
    interrupted: bool = False
    is_open: bool = False
    convention: str = ""

    @property
    def status(self) -> int:
        """The status that a command ends with: 0 where something was found, else 1."""
        return 0 if self.runs or self.solved is not None else 1


def found(finding: Finding, progress: Callable[[int, int], None] = lambda tried, of: None) -> Found:
    """Return what a search finds, and how; what there is so far where it is interrupted."""
    common = {
        "network": finding.name,
        "where": finding.where,
        "goal": finding.goal,
        "names": finding.names,
        "assumed": finding.assumed,
        "convention": finding.count.setting.convention.name,
    }
    if finding.open_names:
        return Found(**common, solved=finding.solved(), conditions=finding.needed)  # type: ignore[arg-type]
    runs: list[Run] = []
    interrupted = more = False
    try:
        for run in finding.runs(progress):
            if len(runs) == MOST_SHOWN:
                more = True
                break
            runs.append(run)
    except KeyboardInterrupt:
        interrupted = True
    solving = finding.solving
    columns = tuple(dict.fromkeys((*finding.meaning.used, *finding.meaning.shapes)))
    return Found(
        **common,  # type: ignore[arg-type]
        runs=tuple(runs),
        columns=columns,
        values=tuple(_values(finding, run, columns) for run in runs),
        axis=solving.axis,
        monotone=tuple(_monotone(finding)),
        period=solving.period,
        tried=solving.combinations.tried,
        of=solving.combinations.count,
        bounds=tuple(solving.combinations.bounds.items()),
        around=() if runs or interrupted else tuple(_around(finding)),
        conditions=tuple(each for each in finding.needed if each.symbols & {*finding.names}),
        more=more,
        interrupted=interrupted,
        is_open=finding.count.is_open,
    )


def _values(finding: Finding, run: Run, columns: Sequence[str]) -> tuple[tuple[object, object], ...]:
    """The quantities at the ends of a run; None is the last of one that has no end, along which it changes."""
    ends = [run.at(run.first) if run.symbol else dict(run.values)]
    if run.symbol:
        ends.append(run.at(run.first + run.stride if run.last is None else run.last))
    found = [[_value(finding.meaning, name, point) for name in columns] for point in ends]
    pairs = zip(found[0], found[-1], strict=True)
    endless = bool(run.symbol) and run.last is None
    return tuple((first, None if endless and first != last else last) for first, last in pairs)


def _value(meaning: Meaning, name: str, point: dict[str, int]) -> object:
    if name in meaning.used:
        return meaning.value_at(meaning.used[name], point)
    return dict(meaning.shapes_at(point, name))[name]


def _monotone(finding: Finding) -> Iterator[tuple[str, int]]:
    """The quantities that rise or fall along the axis of bisection."""
    axis = finding.solving.axis
    if axis is None:
        return
    meaning = finding.meaning
    sides = {name: meaning.count.sizes(quantity) for name, quantity in meaning.used.items()} | meaning.shapes
    for name, sizes in sides.items():
        form = Polynomial.total(meaning.polynomial(size) for size in sizes)
        way = direction(form, axis, finding.region.box)
        if way:
            yield name, way


def _around(finding: Finding) -> Iterator[tuple[int, int | tuple[int, ...]]]:
    """The values of the one quantity on both sides of the one that does not occur."""
    solving, meaning = finding.solving, finding.meaning
    names = [*meaning.used, *meaning.shapes]
    equations = [each for each in solving.relations if each.sign == EQUAL]
    alone = solving.axis is not None and solving.period == 1 and not solving.combinations.names
    if not alone or len(names) != 1 or not equations or finding.region.determined:
        return
    for value in solving.neighbours(equations[0]):
        yield value, _value(meaning, names[0], {str(solving.axis): value})  # type: ignore[misc]
