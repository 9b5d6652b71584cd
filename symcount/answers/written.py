"""A formula as it is written: its addends, and the letters in them."""

from __future__ import annotations

from symcount.arithmetic import Named, Size
from symcount.records import record


@record
class Written:
    """A formula in one form: its addends, and what the letters in them stand for.

    The sizes of a shape are not added; ``by_value`` says that a rule's letters stand for their values.
    """

    sizes: tuple[Size, ...]
    letters: tuple[Named, ...] = ()
    by_value: bool = False
