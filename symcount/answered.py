"""`Answered`: an answer that shows itself, whatever was asked."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from symcount.records import Unchanging

_Answer = TypeVar("_Answer")


class Answered(Unchanging, Generic[_Answer]):
    """What the face gives for an answer: two are equal where what was found is."""

    answer: _Answer

    def __init__(self, answer: _Answer) -> None:
        self.__dict__["answer"] = answer

    def to(self, medium: str) -> str:
        """Return what was found in a medium."""
        raise NotImplementedError

    def data(self) -> dict[str, Any]:
        """Return what was found, as JSON has it."""
        raise NotImplementedError

    def __eq__(self, other: object) -> bool:
        return isinstance(other, type(self)) and bool(self.answer == other.answer)

    def __hash__(self) -> int:
        return hash(self.answer)

    def __str__(self) -> str:
        return self.to("text")

    __repr__ = __str__

    def _repr_markdown_(self) -> str:
        return self.to("markdown")
