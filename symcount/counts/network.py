"""From a line of text, or the name of a shipped network, to its count."""

from __future__ import annotations

from importlib import import_module

from symcount.arithmetic.work import begin
from symcount.catalogue import network_text
from symcount.counts.count import Count
from symcount.counts.given import Bindings
from symcount.errors import ArchitectureError
from symcount.layers import CONVENTIONS, TEXTBOOK, Convention
from symcount.program import Program, merged, program
from symcount.quantities import Setting

ZOO = "zoo:"
"""The prefix that marks the name of a shipped network."""


def counted(source: str, values: Bindings, *, convention: str | Convention = "textbook", exact: bool = False) -> Count:
    """Return the count of a text, or of the shipped network named behind ``zoo:``, with values for some symbols.

    A shipped network comes with values of its own, which give way to those that are given. Its count is a question
    with work of its own.

    >>> counted("zoo:resnet50", {"o": 10}).of("params")
    23528522
    """
    begin()
    text, own = network_text(source.removeprefix(ZOO)) if source.startswith(ZOO) else (source, {})
    setting = Setting(convention_named(convention))
    return Count(read_program(text), merged(own, values), setting, exact=exact, own=own)


def read_program(text: str) -> Program:
    """Read a text, or say what to write where it is nothing but a name: of the zoo, of a model, of a file."""
    try:
        return program(text)
    except ArchitectureError as error:
        named: ArchitectureError | None = import_module("symcount.counts.name_alone").name_alone(text)
        raise error if named is None else named.within(text) from None


def convention_named(given: str | Convention) -> Convention:
    """Return the convention of this name; one of the user's own makes no choice that there is not."""
    if isinstance(given, Convention):
        for name in given.choices:
            if name not in TEXTBOOK.choices:
                message = f"the convention {given.name!r} makes a choice that there is not: {name!r}"
                hint = f"there are: {', '.join(TEXTBOOK.choices)}"
                raise ArchitectureError("unknown-convention", message, hint=hint)
        return given
    if isinstance(given, str) and given in CONVENTIONS:
        return CONVENTIONS[given]
    message = f"no convention is called {given!r}"
    raise ArchitectureError("unknown-convention", message, hint=f"there are: {', '.join(CONVENTIONS)}")
