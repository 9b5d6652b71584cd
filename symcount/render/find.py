"""The answer of `find` in a medium: the sizes that meet a condition, and how it is known that there are no others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from symcount.algebra import Run
from symcount.answers.find import Found
from symcount.answers.solved import Solved
from symcount.arithmetic import by_name
from symcount.arithmetic.notation import PYTHON, told_apart
from symcount.errors import visible
from symcount.records import replace
from symcount.render.media import medium_named
from symcount.render.medium import Medium
from symcount.render.table import Column, Table

_MOST_ROWS = 40
"""The most runs of solutions that a page shows."""


def find_text(found: Found, medium: str = "text", digits: str | None = None) -> str:
    """Return the solutions, as a line or a table, and how they were found."""
    kind = medium_named(medium).parted(digits)
    names = {*found.names, *(name for run in found.runs for name, _ in run.values)}
    kind = replace(kind, notation=told_apart(kind.notation, sorted(names)))
    if len(found.runs) < 2:
        return kind.between.join((*_answer(found, kind), *_below(found, kind)))
    table = kind.table(find_table(found, kind))
    return kind.with_lines(table, _below(found, kind))


def find_table(found: Found, kind: Medium) -> Table:
    """Return a row for each run of solutions: the symbols, and the quantities that were asked for."""
    names = _names(found)
    columns = (*(Column(name, numeric=True) for name in (*names, *found.columns)),)
    rows = [
        (*(_value_of(run, name, kind) for name in names), *(_quantity(ends, kind) for ends in values))
        for run, values in zip(found.runs[:_MOST_ROWS], found.values, strict=False)
    ]
    return Table(columns, tuple(rows))


def find_json(found: Found) -> dict[str, Any]:
    """Return the solutions as data: a run of values by its ends and its step."""
    return {
        "architecture": found.network,
        "where": list(found.where),
        "for": list(found.names),
        "goal": None if found.goal is None else {"max" if found.goal.largest else "min": found.goal.text},
        "solutions": [_solution_json(found, run, at) for at, run in enumerate(found.runs)],
        "count": count_of(found),
        "formula": None if found.solved is None else _solved_json(found.solved),
        "nearest": [{"at": value, "value": _plain(of)} for value, of in found.around],
        "complete": not (found.bounds or found.more or found.interrupted),
        "bounds": dict(found.bounds),
        "tried": found.tried,
        "conditions": [each.text(PYTHON) for each in found.conditions],
        "assumptions": [each.text(PYTHON) for each in found.assumed],
        "convention": found.convention,
    }


def count_of(found: Found) -> int | None:
    """Return how many solutions there are among those that were gathered; None where they have no end."""
    counts = [run.count for run in found.runs]
    return None if None in counts else sum(count for count in counts if count is not None)


def _solution_json(found: Found, run: Run, at: int) -> dict[str, Any]:
    along = run.first if run.count == 1 else {"from": run.first, "to": run.last, "step": run.stride}
    values: dict[str, Any] = {**dict(run.values), **({run.symbol: along} if run.symbol else {})}
    for name, (first, last) in zip(found.columns, found.values[at], strict=True):
        values[name.replace("-", "_")] = _plain(first) if first == last else [_plain(first), _plain(last)]
    return values


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _solved_json(solved: Solved) -> dict[str, Any]:
    low, high = (None if each is None else by_name(each, PYTHON) for each in (solved.low, solved.high))
    found: dict[str, Any] = (
        {"of": solved.name, "equals": low} if low == high else {"of": solved.name, "from": low, "to": high}
    )
    return {**found, "needs": [each.text(PYTHON) for each in solved.needs]}


def _names(found: Found) -> list[str]:
    known = dict.fromkeys((*found.names, *(name for run in found.runs[:1] for name, _ in run.values)))
    return [*known]


def _value_of(run: Run, name: str, kind: Medium) -> str:
    if name != run.symbol:
        return kind.size(dict(run.values)[name])
    return _run(run, kind)


def _run(run: Run, kind: Medium) -> str:
    """A run of values: one, both ends, or the first where it has no end."""
    if run.count == 1:
        return kind.size(run.first)
    by = kind.escape(f" by {run.stride}") if run.stride > 1 else ""
    if run.last is None:
        return kind.size(run.first) + kind.escape("…") + by
    return kind.size(run.first) + kind.escape("…") + kind.size(run.last) + by


def _quantity(ends: tuple[Any, Any], kind: Medium) -> str:
    shown = [kind.shape(end) if isinstance(end, tuple) else kind.size(end) for end in ends if end is not None]
    return kind.escape("…").join(dict.fromkeys(shown)) + kind.escape("…" * (None in ends))


def _answer(found: Found, kind: Medium) -> Iterator[str]:
    """The one solution, the formula, or that there is none."""
    if found.solved is not None:
        yield from _formula(found.solved, kind)
        return
    if not found.runs:
        yield _nothing(found, kind)
        return
    (run,), (values,) = found.runs, found.values
    if not found.names:
        yield kind.escape("it holds")
    shown = [kind.escape(f"{name} = ") + _value_of(run, name, kind) for name in _names(found)]
    goal = "" if found.goal is None else f"{'largest' if found.goal.largest else 'smallest'} {found.goal.text}: "
    if shown:
        yield kind.escape(goal) + kind.escape(", ").join(shown)
    if values:
        told = (
            kind.escape(f"{name} ") + _quantity(ends, kind) for name, ends in zip(found.columns, values, strict=True)
        )
        yield kind.escape(", ").join(told)


def _formula(solved: Solved, kind: Medium) -> Iterator[str]:
    notation = kind.notation
    name = notation.name(solved.name)
    low, high = (None if each is None else by_name(each, notation) for each in (solved.low, solved.high))
    if low == high:
        yield kind.maths(notation.equals.format(name, low))
    else:
        if low is not None:
            yield kind.maths(notation.at_least.format(name, low))
        if high is not None:
            yield kind.maths(notation.at_most.format(name, high))
    for each in solved.needs:
        yield kind.escape("where ") + kind.maths(each.text(notation))


def _nothing(found: Found, kind: Medium) -> str:
    where = kind.code.format(kind.escape(visible(" and ".join(found.where))))
    told = kind.escape(f"no {', '.join(found.names)}: " if found.names else "it does not hold: ") + where
    if not found.around:
        return told
    (name,) = found.columns
    near = [
        kind.escape(f"{name} is ") + _quantity((of, of), kind) + kind.escape(f" at {found.axis} = ") + kind.size(value)
        for value, of in found.around
    ]
    return told + kind.escape("; ") + kind.escape(", and ").join(near)


def _below(found: Found, kind: Medium) -> Iterator[str]:
    """How the solutions were found, and what they rest on."""
    if len(found.runs) > _MOST_ROWS:
        yield kind.escape(f"and {len(found.runs) - _MOST_ROWS:,} more rows")
    if found.more:
        yield kind.escape(f"there are more: the first {len(found.runs):,} were gathered")
    if found.interrupted:
        yield kind.escape(f"interrupted after {found.tried:,} combinations: there may be more")
    elif found.solved is None:
        yield kind.escape(_how(found))
    for each in found.conditions:
        yield kind.escape("for ") + kind.maths(each.text(kind.notation))
    for assumed in found.assumed:
        yield kind.escape("assuming ") + kind.maths(assumed.text(kind.notation))
    yield kind.escape(f"convention: {found.convention}")


def _how(found: Found) -> str:
    """How it is known that these are all."""
    ways = [f"{name} {'rises' if way > 0 else 'falls'} with {found.axis}" for name, way in found.monotone]
    bounds = " and ".join(f"{name} = {last:,}" for name, last in found.bounds)
    up_to = f" up to {bounds}, where the search ends" if bounds else ""
    one_by_one = f"{found.tried:,} combination{'s' * (found.tried != 1)}"
    every = "all solutions" if found.runs else "tried"
    if not found.names:
        return "whatever its symbols are" if found.is_open else "the network has no open symbols"
    if found.axis is None:
        return f"{every}{up_to}: {one_by_one}, one by one"
    why = ", and ".join(ways) or f"each condition holds from some {found.axis} on, or up to one"
    if found.period > 1:
        by = f"by the remainder of {found.axis} by {found.period:,}"
        return f"{every}{up_to}, {by}" if found.of == 1 else f"{every}{up_to}: {one_by_one}, each {by}"
    if found.of == 1:
        return f"{every}{up_to}, by bisection: {why}"
    return f"{every}{up_to}: {one_by_one}, each by bisection: {why}"
