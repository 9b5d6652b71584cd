"""The command line: commands with no logic of their own. The only room that touches `sys`."""

import sys
from importlib import import_module

__all__ = ["main"]

INTERRUPTED = 130
"""The exit status after Ctrl-C: as shells have it, 128 and the number of the signal."""


def main() -> None:
    """Run the command line; Ctrl-C ends it without a word, also while its modules are still being loaded."""
    try:
        import_module("symcount.cli.commands").run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
