"""How a run ends where it does not end well: a line on standard error and an exit status, never a traceback."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from itertools import pairwise

import click

from symcount.cli.output import discard_output
from symcount.errors import ArchitectureError

BAD_INPUT = 2
"""The exit status where the input could not be read or has no answer."""

_BUG = "bug"
"""The code of an error that is symcount's own."""

_BROKEN_PIPE = 141
"""As shells have it: 128 and the number of the signal."""


@contextmanager
def ending(context: click.Context) -> Iterator[None]:
    """End the run where a command ends badly, with the status that says so."""
    try:
        with told():
            yield
    except ArchitectureError as error:
        context.exit(_failed(error, context.obj))
    except BrokenPipeError:  # whoever reads has enough
        discard_output()
        context.exit(_BROKEN_PIPE)


@contextmanager
def told() -> Iterator[None]:
    """Turn what may befall any command on hostile input into an error with a message."""
    try:
        yield
    except click.UsageError as error:
        misused = import_module("symcount.cli.usage").misused(error)
        raise misused from None
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ArchitectureError("no-file", f"cannot write: {error.strerror or error}") from None
    except MemoryError:
        raise ArchitectureError("limit", "the answer needs more memory than there is") from None
    except RecursionError:
        raise ArchitectureError("limit", "the text is nested too deeply to be answered") from None
    except ValueError as error:
        if "int_max_str_digits" not in str(error):
            raise
        message = f"a number has more than {sys.get_int_max_str_digits():,} digits, the most that are printed"
        raise ArchitectureError("limit", message) from None


def status_of(run: Callable[[], object]) -> int:
    """Run the command line, say what went wrong if anything did, and return the exit status."""
    as_json = asks_for_json(sys.argv)
    try:
        with told():
            status = run()
        return status if isinstance(status, int) else 0
    except ArchitectureError as error:
        return _failed(error, as_json)
    except click.Abort:  # click's own of Ctrl-C
        raise KeyboardInterrupt from None
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        message = f"symcount failed, and the input is not at fault: {type(error).__name__}: {error}"
        return _failed(ArchitectureError(_BUG, message), as_json)


def _failed(error: ArchitectureError, as_json: bool) -> int:
    with suppress(OSError):
        import_module("symcount.cli.complaints").complain(error, as_json)
    discard_output()
    return BAD_INPUT


def asks_for_json(words: Sequence[str]) -> bool:
    """Whether a command line asks for an answer in JSON: what is wrong is then said so, too."""
    return "--format=json" in words or ("--format", "json") in pairwise(words)
