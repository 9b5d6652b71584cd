"""A graph as operations: what each takes and is in the language, before they are set in a line."""

from __future__ import annotations

from symcount.records import record

AGAIN = "&{}"
"""The text of an operation that is the layer of another, with the same weights."""


@record
class Operation:
    """One step of a graph: the numbers of the operations that it takes, and the text of the layer that it is.

    ``text`` is empty where values only pass; ``joint`` is how several inputs meet: ``+ | × cat cat2``. ``also`` is an
    operation whose output the text takes besides, where ``{}`` stands for its label; ``AGAIN`` is that layer again.
    """

    inputs: tuple[int, ...]
    text: str = ""
    joint: str = ""
    also: int | None = None
