"""`Picture`: a drawing of a network, which shows itself in a notebook."""

from __future__ import annotations

from symcount.counts import Count
from symcount.drawing import Figure, View, figure
from symcount.records import Unchanging
from symcount.render.pictures import picture_bytes, picture_text


class Picture(Unchanging):
    """A drawing of a network: the figure as data, and its text in a medium.

    >>> from symcount import parse
    >>> picture = parse("I(1,28x28)-C(32,5)-P2-O10").draw()
    >>> picture.figure.title
    'Architecture of I(1,28x28)-C(32,5)-P2-O10'
    >>> picture.to("svg").splitlines()[-1]
    '</svg>'
    """

    figure: Figure
    _identity: tuple[Count, str, View]

    def __init__(self, count: Count, name: str, view: View) -> None:
        self.__dict__["figure"] = figure(count, name, view)
        self.__dict__["_identity"] = (count, name, view)

    def to(self, medium: str) -> str:
        """Return it in a medium: svg, or latex, as TikZ."""
        return picture_text(self.figure, medium)

    def pdf(self) -> bytes:
        """Return it as a PDF; needs the extra ``symcount[pdf]``."""
        return picture_bytes(self.figure, "pdf")

    def png(self) -> bytes:
        """Return it as a PNG, two dots a pixel; needs the extra ``symcount[pdf]``."""
        return picture_bytes(self.figure, "png")

    def __str__(self) -> str:
        return self.figure.description

    def __repr__(self) -> str:
        return f"<picture: {self.figure.title}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Picture) and self._identity == other._identity

    def __hash__(self) -> int:
        return hash(self._identity)

    def __reduce__(self) -> tuple[object, ...]:
        return Picture, self._identity

    def _repr_svg_(self) -> str:
        return self.to("svg")
