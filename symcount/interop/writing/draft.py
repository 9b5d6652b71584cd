"""A whole network in modules, before it is parted into classes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from symcount.interop.writing.nodes import Chain
from symcount.records import record
from symcount.trace import Step


@record
class Tower:
    """One chain of a network: its own input, or none where it goes on from a label, and whether its end is taken up."""

    input: Step | None
    chain: Chain
    is_taken_up: bool


@record
class Draft:
    """A whole network in modules.

    ``layout`` says where the channels stand behind each part, ``ties`` whose weights are those of which other layer,
    ``out`` is the mark of the output, where a label says which it is, and ``at_end`` where its channels stand.
    """

    towers: tuple[Tower, ...]
    layout: Mapping[int, str]
    ties: tuple[tuple[Step, Step], ...]
    out: int | None
    at_end: str


def variable(label: str | None) -> str:
    """Return a label as the name of a variable, nothing where there is none.

    >>> variable("skip[3]")
    'skip_3'
    """
    return re.sub(r"\W+", "_", label or "").strip("_")
