"""Answers a file of one architecture a line: one JSON object for each, in order, by one process or several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from importlib import import_module
from itertools import islice
from typing import Any

from symcount.answers.batch import Totals
from symcount.cli.arguments import network, pairs
from symcount.cli.endings import told
from symcount.cli.output import dumped, error_data, say
from symcount.counts import forget
from symcount.errors import ArchitectureError
from symcount.quantities import quantity_named
from symcount.records import record
from symcount.render.count_json import count_json
from symcount.render.lines import Lines
from symcount.render.totals import totals_json
from symcount.render.view import View

_CHUNK = 250
"""The lines that a process takes at once."""

Answer = tuple[str, bool]
"""An answer in JSON, and whether it says what is wrong instead."""

_Numbered = tuple[int, str]


@record
class Asked:
    """What is asked of every line: ``only`` names quantities whose totals are all that is wanted."""

    bindings: tuple[str, ...]
    convention: str
    exact: bool
    costs: Mapping[str, Any]
    view: View
    only: tuple[str, ...] = ()

    def answering(self) -> Callable[[int, str], str]:
        """Return what answers a line, given its number; bad lines are errors."""
        return self._totals() if self.only else self._rows()

    def _rows(self) -> Callable[[int, str], str]:
        lines = Lines(self.view, self.convention, self.costs, exact=self.exact)

        def answer(number: int, line: str) -> str:
            found = None if self.bindings else lines.answer(line, number)
            if found is not None:
                return found
            counted = network(line, self.bindings, self.convention, self.exact).under(**self.costs)
            return dumped({"line": number, **count_json(counted, self.view)}, indent=None)

        return answer

    def _totals(self) -> Callable[[int, str], str]:
        quantities = [quantity_named(name) for name in self.only]
        bindings = pairs(self.bindings, "a binding", "n=28")
        totals = Totals(quantities, bindings, self.convention, self.costs, exact=self.exact)
        return lambda number, line: dumped({"line": number, **totals_json(quantities, totals.of(line))}, indent=None)


def some_bad(lines: Iterable[str], asked: Asked, jobs: int) -> bool:
    """Print an answer for each line that holds an architecture as they come; return whether any says what is wrong."""
    numbered = _numbered(lines)
    if jobs == 1:
        answers: Iterator[Answer] = _answers(asked.answering(), numbered)
    else:
        ordered = import_module("symcount.cli.workers").ordered
        answers = ordered(partial(_worker, asked), iter(lambda: tuple(islice(numbered, _CHUNK)), ()), jobs)
    bad = False
    for answer, is_error in answers:
        say(answer)
        bad = bad or is_error
    return bad


def _numbered(lines: Iterable[str]) -> Iterator[_Numbered]:
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.lstrip().startswith("#"):
            yield number, line.strip()


def _worker(asked: Asked) -> Callable[[Iterable[_Numbered]], Answer]:
    """Return what one process does with the lines that it is given: their answers, together as one."""
    answer = asked.answering()

    def answered(lines: Iterable[_Numbered]) -> Answer:
        answers, are_errors = zip(*_answers(answer, lines), strict=True)
        return "\n".join(answers), any(are_errors)

    return answered


def _answers(answer: Callable[[int, str], str], lines: Iterable[_Numbered]) -> Iterator[Answer]:
    for number, line in lines:
        try:
            with told():
                found = answer(number, line)
        except ArchitectureError as error:
            yield dumped({"line": number, "architecture": line, "error": error_data(error)}, indent=None), True
        else:
            yield found, False
        forget()
