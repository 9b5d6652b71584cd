"""Keeps to itself what PyTorch prints of a graph that it cannot make: the error says it once."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import StringIO


@contextmanager
def silent() -> Iterator[None]:
    """Without warnings, logged lines and printed tracebacks."""
    from warnings import catch_warnings, simplefilter

    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with catch_warnings(), redirect_stderr(StringIO()), redirect_stdout(StringIO()):
            simplefilter("ignore")
            yield
    finally:
        logging.disable(before)
