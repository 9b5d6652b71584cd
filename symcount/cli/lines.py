"""Answers a file of one architecture a line: a row or a JSON object for each, in order, by one process or several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from importlib import import_module
from itertools import chain, islice
from time import monotonic
from typing import Any

from symcount.answers.batch import Totals, answered
from symcount.cli.arguments import network, pairs
from symcount.cli.endings import told
from symcount.cli.output import dumped, error_data
from symcount.cli.rows import FORMATS, opened_rows, rows_format, text_format
from symcount.counts import forget
from symcount.errors import ArchitectureError, visible
from symcount.quantities import Quantity, quantity_named
from symcount.records import record, replace
from symcount.render.count_json import count_json
from symcount.render.lines import Lines
from symcount.render.rows import row
from symcount.render.totals import totals_json
from symcount.render.view import View

_CHUNK = 250
"""The lines that a process takes at once."""

_LATEST = 0.1
"""The seconds after which an answer is written at the latest, while others are worked out."""

_JSON = "jsonl"
_INTERRUPTED = 130

Answer = tuple[str, bool]
"""An answer as text, and whether it says what is wrong instead."""

_Numbered = tuple[int, str]


@record
class Asked:
    """What is asked of every line: ``only`` names quantities whose totals are all that is wanted, in rows or JSON."""

    bindings: tuple[str, ...]
    convention: str
    exact: bool
    costs: Mapping[str, Any]
    view: View
    only: tuple[str, ...] = ()
    medium: str = _JSON

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """The quantities whose totals are asked for."""
        return tuple(map(quantity_named, self.only))

    def answering(self) -> Callable[[int, str], Answer]:
        """Return what answers a line, given its number."""
        if self.medium != _JSON:
            return self._rows()
        answer = self._totals() if self.only else self._objects()

        def answered(number: int, line: str) -> Answer:
            try:
                with told():
                    return answer(number, line), False
            except ArchitectureError as error:
                return dumped({"line": number, "architecture": line, "error": error_data(error)}, indent=None), True

        return answered

    def _objects(self) -> Callable[[int, str], str]:
        lines = Lines(self.view, self.convention, self.costs, exact=self.exact)

        def answer(number: int, line: str) -> str:
            found = None if self.bindings else lines.answer(line, number)
            if found is not None:
                return found
            counted = network(line, self.bindings, self.convention, self.exact).under(**self.costs)
            return dumped({"line": number, **count_json(counted, self.view)}, indent=None)

        return answer

    def _totals(self) -> Callable[[int, str], str]:
        quantities, totals = self.quantities, self._counted()
        return lambda number, line: dumped({"line": number, **totals_json(quantities, totals.of(line))}, indent=None)

    def _rows(self) -> Callable[[int, str], Answer]:
        totals = self._counted()

        def answer(number: int, line: str) -> Answer:
            values, error = answered(line, totals, told)
            return row([number, *values, error and visible(error)]), error is not None

        return answer

    def _counted(self) -> Totals:
        bindings = pairs(self.bindings, "a binding", "n=28")
        return Totals(self.quantities, bindings, self.convention, self.costs, exact=self.exact)


Sharing = Callable[
    [Callable[[], Callable[[Iterable[_Numbered]], Answer]], Iterable[Iterable[_Numbered]]], Iterator[Answer]
]
"""A function that answers chunks of lines in order, given what makes in a process what answers them, and the chunks."""


def shared_by(jobs: int, address: str) -> Sharing | None:
    """Return what shares lines among processes of this machine or of a cluster; None where one process does it."""
    if address and jobs > 1:
        message = "--jobs are processes of this machine, and --dask says those of a cluster"
        raise ArchitectureError("usage", message, hint="leave one of them out")
    if address:
        return partial(import_module("symcount.cli.cluster").ordered, address=address)
    return partial(import_module("symcount.cli.workers").ordered, jobs=jobs) if jobs > 1 else None


def status_of_lines(
    lines: Iterable[list[str]], asked: Asked, sharing: Sharing | None, medium: str | None, path: str
) -> int:
    """Write an answer for each line that holds an architecture as they come; return the status: 1 where one is bad."""
    written = _format(medium, path, asked)
    columns = {"line": int, **{each.key: str if each.is_shape else int for each in asked.quantities}, "error": str}
    asked = replace(asked, medium=text_format(written))
    with opened_rows(path, written, columns) as write:
        return _status(lines, asked, sharing, lambda text: write(f"{text}\n"))


def _format(medium: str | None, path: str, asked: Asked) -> str:
    written = rows_format(_JSON if medium == "json" else medium, path, _JSON)
    if written not in FORMATS:
        message = f"--lines are not written as {written}"
        raise ArchitectureError("bad-medium", message, hint=f"there are: {', '.join(FORMATS)}")
    if written != _JSON and not asked.only:
        message = f"{written} holds a row for each network, and no layers"
        raise ArchitectureError("usage", message, hint="name its columns: --only params,macs")
    return written


def _status(lines: Iterable[list[str]], asked: Asked, sharing: Sharing | None, write: Callable[[str], None]) -> int:
    blocks = _numbered(lines)
    if sharing is None:
        answer = asked.answering()
        answers: Iterator[Iterable[Answer]] = (_answers(answer, block) for block in blocks)
    else:
        numbered = chain.from_iterable(blocks)
        chunks = iter(lambda: tuple(islice(numbered, _CHUNK)), ())
        answers = ([each] for each in sharing(partial(_worker, asked), chunks))
    bad = False
    try:
        for block in answers:
            bad = _written(block, write) or bad
    except KeyboardInterrupt:
        return _INTERRUPTED
    return 1 if bad else 0


def _written(answers: Iterable[Answer], write: Callable[[str], None]) -> bool:
    """Write answers, several at once; return whether any says what is wrong. What is answered is always written."""
    held: list[str] = []
    bad, since = False, monotonic()
    try:
        for text, is_error in answers:
            held.append(text)
            bad = bad or is_error
            if monotonic() - since > _LATEST:
                since, whole = monotonic(), "\n".join(held)
                held.clear()
                write(whole)
    finally:
        if held:
            write("\n".join(held))
    return bad


def _numbered(lines: Iterable[list[str]]) -> Iterator[list[_Numbered]]:
    """The lines that hold an architecture, each with its number."""
    number = 0
    for block in lines:
        yield [
            (place, line.strip())
            for place, line in enumerate(block, number + 1)
            if line.strip() and not line.lstrip().startswith("#")
        ]
        number += len(block)


def _worker(asked: Asked) -> Callable[[Iterable[_Numbered]], Answer]:
    """Return what one process does with the lines that it is given: their answers, together as one."""
    answer = asked.answering()

    def answered(lines: Iterable[_Numbered]) -> Answer:
        answers, are_errors = zip(*_answers(answer, lines), strict=True)
        return "\n".join(answers), any(are_errors)

    return answered


def _answers(answer: Callable[[int, str], Answer], lines: Iterable[_Numbered]) -> Iterator[Answer]:
    for number, line in lines:
        yield answer(number, line)
        forget()
