"""`Solutions`: the sizes that meet a condition, as bindings of a network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from symcount.answered import Answered
from symcount.answers.find import Found
from symcount.arithmetic import by_name
from symcount.render.find import count_of, find_json, find_text


class Solutions(Answered[Found]):
    """What `Architecture.find` finds: iterating over it yields bindings, each a value for every symbol searched for.

    >>> from symcount import parse
    >>> found = parse("I(n)-H(m)").find("params == 100")
    >>> len(found), found.first, found.is_complete
    (8, {'n': 1, 'm': 50}, True)
    >>> parse("I(c,n)-C(c,k,p=p)").find("output == input", for_="p").formula
    '(k - 1)/2'
    """

    def __iter__(self) -> Iterator[dict[str, int]]:
        names = self.answer.names
        points = (point for run in self.answer.runs for point in run.points())
        return ({name: point[name] for name in (*names, *point.keys() - {*names})} for point in points)

    def __len__(self) -> int:
        count = count_of(self.answer)
        if count is None:
            raise OverflowError("there is no end to the solutions")
        return count

    def __bool__(self) -> bool:
        return self.answer.status == 0

    @property
    def first(self) -> dict[str, int] | None:
        """The first solution; None where there is none."""
        return next(iter(self), None)

    @property
    def formula(self) -> str | None:
        """What the symbol is in others that stay open; None where there are numbers, or it lies between two."""
        solved = self.answer.solved
        if solved is None or solved.low is None or solved.low != solved.high:
            return None
        return by_name(solved.low)

    @property
    def is_complete(self) -> bool:
        """Whether there are no other solutions: the search had no bound of its own, and came to its end."""
        complete: bool = self.data()["complete"]
        return complete

    def to(self, medium: str) -> str:
        """Return the solutions in a medium: text, markdown, latex, html or typst."""
        return find_text(self.answer, medium)

    def data(self) -> dict[str, Any]:
        """Return the solutions, as JSON has them."""
        return find_json(self.answer)
