"""What the shell can complete: each list is worked out when a key asks for it, and never in a run."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

import click

Completing = Callable[[click.Context, click.Parameter, str], Any]


def completing(what: str) -> Completing:
    """Return what completes one sort of word: a function of `symcount.cli.candidates`, loaded when it is called."""

    def complete(context: click.Context, parameter: click.Parameter, begun: str) -> Any:
        return getattr(import_module("symcount.cli.candidates"), what)(context, begun)

    return complete
