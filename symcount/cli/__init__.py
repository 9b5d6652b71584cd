"""The command line: commands with no logic of their own. The only room that touches `sys`."""

import atexit
import gc
import sys
from importlib import import_module

__all__ = ["main"]

INTERRUPTED = 130
"""The exit status after Ctrl-C: as shells have it, 128 and the number of the signal."""

_OBJECTS = 200_000
"""How many new objects bring on a search for circles among them; Python's 700 are made by each module."""


def main() -> None:
    """Run the command line; Ctrl-C ends it without a word, also while its modules are still being loaded.

    What is left when Python ends goes with the process, and is not searched for circles first.
    """
    gc.set_threshold(_OBJECTS)
    atexit.register(gc.freeze)
    try:
        import_module("symcount.cli.commands").run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
