"""Arguments that commands share: the architecture, its bindings, letters and conventions."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import wraps
from importlib import import_module
from io import BufferedReader
from typing import Any, cast

import click

from symcount.catalogue import network_text
from symcount.cli.output import STANDARD
from symcount.counts import ZOO, Count, counted
from symcount.errors import ArchitectureError, visible
from symcount.interop.reading.files import decoded
from symcount.quantities import HELD, MEMORY_PARTS, QUANTITIES
from symcount.render.medium import DIGITS

_Command = Callable[..., Any]

_BLOCK = 2**16
"""The bytes that are read at once."""


def completing(what: str) -> Callable[[click.Context, click.Parameter, str], Any]:
    """Return what completes one sort of word: a function of `symcount.cli.candidates`, loaded when it is called."""

    def complete(context: click.Context, parameter: click.Parameter, begun: str) -> Any:
        return getattr(import_module("symcount.cli.candidates"), what)(context, begun)

    return complete


def source_of(given: str) -> str:
    """Return the text of an architecture: the line itself, a file's, a shipped one's, or standard input's."""
    if given.startswith(ZOO):
        return network_text(given.removeprefix(ZOO))[0]
    if given == STANDARD or given.endswith(".arch"):
        with reading(given) as file:
            return decoded(file.read(), STANDARD_INPUT if given == STANDARD else visible(given)).lstrip()
    return given


def opened(given: str) -> Iterator[str]:
    """Yield the lines of a file, or of standard input for ``-``, as they come."""
    return (line for lines in arrived(given) for line in lines)


def arrived(given: str) -> Iterator[list[str]]:
    """Yield the lines of a file, or of standard input for ``-``: at a time those that can be read without waiting."""
    with reading(given) as file:
        begun: list[bytes] = []
        while block := file.read1(_BLOCK):
            first, *rest = block.split(b"\n")
            begun.append(first)
            if rest:
                whole = [b"".join(begun), *rest[:-1]]
                begun = [rest[-1]]
                yield [line.decode("utf-8", errors="replace") for line in whole]
        if any(begun):
            yield [b"".join(begun).decode("utf-8", errors="replace")]


@contextmanager
def reading(given: str) -> Iterator[BufferedReader]:
    """Open a file, or standard input for ``-``; only what it is read for stands inside."""
    if given == STANDARD and sys.stdin is None:
        raise ArchitectureError("no-file", f"{STANDARD_INPUT} cannot be read: it is closed")
    try:
        with nullcontext(cast("BufferedReader", sys.stdin.buffer)) if given == STANDARD else open(given, "rb") as file:
            yield file
    except OSError as error:
        name = STANDARD_INPUT if given == STANDARD else visible(given)
        raise ArchitectureError("no-file", f"{name} cannot be read: {error.strerror}") from None


STANDARD_INPUT = "standard input"
"""What errors call it."""


def pairs(given: tuple[str, ...], what: str, example: str) -> dict[str, str]:
    """Return ``NAME=VALUE`` words as a mapping."""
    named: dict[str, str] = {}
    for word in given:
        name, equals, value = word.partition("=")
        if not equals or not name.strip().isidentifier() or not value.strip():
            raise ArchitectureError("bad-binding", f"{word!r} is not {what}", hint=f"write it as {example}")
        if name.strip() in named:
            raise ArchitectureError("twice", f"{name.strip()} is given twice")
        named[name.strip()] = value.strip()
    return named


def letters_of(given: tuple[str, ...]) -> dict[str, str]:
    """Return the letters to rename, given as ``k=n,f=k`` or one by one."""
    return pairs(tuple(word for words in given for word in words.split(",")), "a change of letter", "c=l")


def command_line() -> str:
    """Return the command that is running as one would type it, but for where it writes to."""
    context = click.get_current_context()
    words = ["symcount", context.info_name or ""]
    for parameter in sorted(context.command.params, key=lambda each: isinstance(each, click.Option)):
        value = context.params.get(parameter.name or "")  # an option that is remembered elsewhere has none
        if parameter.name != "path" and value is not None and value != parameter.get_default(context):
            words += _typed(parameter, value)
    return shlex.join(words)


def _typed(parameter: click.Parameter, value: Any) -> Iterator[str]:
    """A parameter as it is typed: a flag, an option before each of its values, or the values alone."""
    for each in value if isinstance(value, tuple) else (value,):
        if isinstance(parameter, click.Option):
            yield parameter.opts[0]
        if not (isinstance(parameter, click.Option) and parameter.is_flag):
            yield str(each)


def _remember_strict(context: click.Context, parameter: click.Parameter, strict: bool) -> None:
    context.meta[_STRICT] = strict


_STRICT = "symcount.strict"


def network_arguments(command: _Command) -> _Command:
    """Give a command its ARCH, its NAME=VALUE bindings, and the options that settle what a line leaves open."""
    decorators: tuple[Callable[..., _Command], ...] = (
        click.option(
            "--strict", is_flag=True, expose_value=False, callback=_remember_strict,
            help="Refuse a line in another notation, instead of reading it with a note.",
        ),
        click.option("--exact", is_flag=True, help="Refuse windows that do not fit without a rest."),
        click.option(
            "--convention", default="textbook", metavar="NAME", show_default=True,
            help="textbook, torch or keras: what the line leaves open.", shell_complete=completing("conventions"),
        ),
        click.argument("bindings", nargs=-1, metavar="[NAME=VALUE]...", shell_complete=completing("bindings")),
        click.argument("arch", shell_complete=completing("networks")),
    )  # fmt: skip
    for decorate in decorators:
        command = decorate(command)
    return command


convention_option = click.option(
    "--convention", default="textbook", metavar="NAME", show_default=True, help="textbook, torch or keras.",
    shell_complete=completing("conventions"),
)  # fmt: skip
"""The convention under which a command counts whatever it is given."""

_COSTS: tuple[Callable[..., _Command], ...] = (
    click.option("--training", is_flag=True, help="Forward and backward: three times the forward pass."),
    click.option("--per", metavar="WHAT", help="macs and flops for a token, kv for a token or a sequence."),
    click.option("--held", default=HELD[0], metavar="WHICH", help="activations: new, or all outputs."),
    click.option("--memory-of", metavar="PART,...", help=f"memory: {', '.join(MEMORY_PARTS)}."),
    click.option("--dtype", metavar="TYPE", help="memory: float32, bfloat16, ..., bytes, or a letter."),
    click.option("--adam-dtype", metavar="TYPE", help="memory: of a moment of Adam; float32 if nothing is said."),
    click.option("--batch", default="1", metavar="SIZE", help="memory: samples, a number or a letter."),
    click.option("--scheme", metavar="NAME", help="memory: mixed, 2 + 2 + 12 bytes a parameter."),
)


def cost_options(command: _Command) -> _Command:
    """Give a command the options of costs, which it takes together as ``costs``."""

    @wraps(command)
    def together(**given: Any) -> Any:
        costs = {name: given.pop(name) for name in _COST_NAMES}
        return command(**given, costs=costs)

    decorated: _Command = together
    for decorate in reversed(_COSTS):
        decorated = decorate(decorated)
    return decorated


_COST_NAMES = ("training", "per", "held", "memory_of", "dtype", "adam_dtype", "batch", "scheme")


def quantity_option(default: tuple[str, ...]) -> Callable[[_Command], _Command]:
    """Give a command its ``--of``, which may stand more than once."""
    what = f"What is counted, more than once for several: {', '.join(QUANTITIES)}."
    return click.option(
        "--of", "quantities", multiple=True, default=default or None, metavar="Q", show_default=bool(default),
        help=what, shell_complete=completing("quantities"),
    )  # fmt: skip


digits_option = click.option(
    "--digits", type=click.Choice(DIGITS), help="How the digits of numbers are parted; by default as the format has it."
)

assume_option = click.option(
    "--assume", "given", multiple=True, metavar="COND",
    help="What is known, as 'n % 32 == 0', 'n >= 64', 'k odd', 'h divides d' or 'n == 2*m+1'.",
)  # fmt: skip

place_option = click.option(
    "--at", metavar="LAYER", help="One layer alone: its name, number or label.", shell_complete=completing("layers")
)


def read(arch: str, bindings: tuple[str, ...], convention: str, exact: bool) -> Count:
    """Return the count of the network that a command was given: a line, ``zoo:NAME``, a file, or ``-``.

    A line in another notation is read where no ``--strict`` stands, and a note says as what.
    """
    source = arch if arch.startswith(ZOO) else source_of(arch)
    try:
        return network(source, bindings, convention, exact)
    except ArchitectureError as error:
        instead = None if click.get_current_context().meta.get(_STRICT, True) else _instead(source, error)
        if instead is None:
            raise
    return network(instead.numbers, bindings, convention, exact).remarked(instead.remarks)


def _instead(source: str, error: ArchitectureError) -> Any:
    """The network of a line in another notation, or None where it is in none that is read, or not read to its end."""
    if error.code != "foreign-notation":
        return None
    return import_module("symcount.cli.other_notations").read_instead(source)


def network(line: str, bindings: tuple[str, ...], convention: str, exact: bool) -> Count:
    """Return the count of a line or of ``zoo:NAME``: whatever stands in it, no file is opened."""
    return counted(line, pairs(bindings, "a binding", "n=28"), convention=convention, exact=exact)
