"""`Solution`: the worked solution of a network."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from symcount.counts import Count
from symcount.derivation import DETAILS, Derivation, derivation
from symcount.quantities import Quantity
from symcount.records import Unchanging
from symcount.render.handout import Handout, handed_out
from symcount.render.medium import DIGITS
from symcount.render.pdf import pdf


class Solution(Unchanging):
    """A worked solution: the derivation as data, and its page in a medium."""

    derivation: Derivation
    _identity: tuple[Any, ...]

    def __init__(
        self,
        count: Count,
        quantity: Quantity,
        *,
        at: str | int | None = None,
        detail: str = DETAILS[0],
        letters: Mapping[str, str] | None = None,
        depth: int | None = None,
    ) -> None:
        worked = derivation(count, quantity, at=at, detail=detail, letters=letters, depth=depth)
        self.__dict__["derivation"] = worked
        self.__dict__["_identity"] = (count, quantity, at, detail, tuple((letters or {}).items()), depth)

    def to(
        self,
        medium: str,
        *,
        digits: str = DIGITS[0],
        standalone: bool = False,
        fragment: bool = False,
        title: str = "",
        sheet: str = "solution",
    ) -> str:
        """Return it in a medium: text, markdown, latex, html, typst or json.

        ``digits`` groups digits by ``space`` or ``comma``; ``standalone`` makes a LaTeX document, ``fragment`` a
        piece of HTML or Typst for a page of one's own. ``sheet`` is the question, the solution, or both.
        """
        return handed_out([[self.derivation]], medium, Handout(title, sheet, digits, standalone, fragment))

    def pdf(self, *, digits: str = DIGITS[0], title: str = "", sheet: str = "solution") -> bytes:
        """Return it as a PDF; needs the extra ``symcount[pdf]``."""
        return pdf(self.to("typst", digits=digits, title=title, sheet=sheet))

    def __str__(self) -> str:
        return self.to("text")

    __repr__ = __str__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Solution) and self._identity == other._identity

    def __hash__(self) -> int:
        return hash(self._identity)

    def __reduce__(self) -> tuple[Any, ...]:
        return _solution, self._identity

    def _repr_markdown_(self) -> str:
        return self.to("dollars")

    def _repr_latex_(self) -> str:
        return self.to("notebook")


def _solution(
    count: Count,
    quantity: Quantity,
    at: str | int | None,
    detail: str,
    letters: tuple[tuple[str, str], ...],
    depth: int | None,
) -> Solution:
    return Solution(count, quantity, at=at, detail=detail, letters=dict(letters), depth=depth)
