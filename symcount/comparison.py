"""`Comparison`: networks beside the first of them, as a sequence that shows itself as a table."""

from __future__ import annotations

from symcount.answers.compare import Compared
from symcount.render.compare import compare_text


class Comparison(tuple[Compared, ...]):
    """Networks beside the first of them, in the order in which they were given.

    Where symbols are open there stands below it which is smaller up to where, and how the totals grow.

    >>> from symcount import compare
    >>> print(compare("I784-H100", "I784-H200"))
    network     params  difference  ratio  rounded
    I784-H100   78,500           0      1    1.000
    I784-H200  157,000      78,500      2    2.000
    """

    __slots__ = ()

    def to(self, medium: str) -> str:
        """Return the table in a medium, and what stands under it: text, markdown, latex, html, typst or csv."""
        return compare_text(self, medium)

    def __str__(self) -> str:
        return self.to("text")

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return self.to("html")
