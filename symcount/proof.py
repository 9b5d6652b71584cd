"""`Proof`: what was found of a question about all sizes: true, false for some, or open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from symcount.answered import Answered
from symcount.answers.prove import Proved
from symcount.render.prove import prove_json, prove_text


class Proof(Answered[Proved]):
    """The answer to whether something is so for all sizes; it is true where it is proved.

    >>> from symcount import prove
    >>> proof = prove("I(1,n)-C(4,3,s=2,p=same)-H2", "I(1,n)-C(4,3,p=same)-P2-H2")
    >>> proof.verdict, proof.counterexample, proof.values, proof.holds_where
    (False, {'n': 3}, (34, 26), ('n mod 2 = 0',))
    >>> bool(prove("I(1,n)-C(4,3,s=2,p=same)-H2", "I(1,n)-C(4,3,p=same)-P2-H2", assume="n % 2 == 0"))
    True
    """

    @property
    def verdict(self) -> bool | None:
        """True where it is proved, False where there is a counterexample, None where neither was found."""
        return self.answer.verdict

    def __bool__(self) -> bool:
        return self.answer.verdict is True

    @property
    def counterexample(self) -> Mapping[str, int] | None:
        """Sizes for which it is not so; None where there are none, or none was found."""
        return dict(self.answer.point) if self.answer.verdict is False else None

    @property
    def is_smallest(self) -> bool:
        """Whether no smaller sizes, by their sum, are a counterexample."""
        return self.answer.smallest

    @property
    def values(self) -> tuple[int | tuple[int, ...], ...]:
        """What each side comes to at the counterexample."""
        return tuple(value for _, value in self.answer.values)

    @property
    def holds_where(self) -> tuple[str, ...]:
        """The remainder under which it would be true, where one makes it so."""
        return tuple(map(str, self.answer.where))

    def to(self, medium: str) -> str:
        """Return the verdict and its reason in a medium: text, markdown, latex, html or typst."""
        return prove_text(self.answer, medium)

    def data(self) -> dict[str, Any]:
        """Return the verdict and its reason, as JSON has it."""
        return prove_json(self.answer)
